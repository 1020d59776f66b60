package questionnaires

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"solidaren/ui/kit"
	kitform "solidaren/ui/kit/form"
	look "solidaren/ui/kit/theme"
	"solidaren/ui/model"
	modelform "solidaren/ui/model/form"
	"solidaren/ui/words"
)

// PreviewWindow is what a preview asks of the window.
type PreviewWindow interface {
	AutoAdvance() bool
	Modals() *kit.Modals
	Say(sentence string)
	Back()
}

// Preview is a blank form as workers will see it. It can be filled in; nothing
// of it is kept.
type Preview struct {
	model  *model.Preview
	window PreviewWindow
	form   *modelform.Model
	view   *kitform.View
	object *fyne.Container
}

// NewPreview makes the screen.
func NewPreview(m *model.Preview, w PreviewWindow) *Preview {
	return &Preview{model: m, window: w, form: modelform.New(m.Session, modelform.Options{
		Now: m.Clock, AutoAdvance: w.AutoAdvance(),
	})}
}

// Object is what the window shows.
func (s *Preview) Object() fyne.CanvasObject {
	if s.object == nil {
		return nil // to be built
	}
	return s.object
}

// Title of the window while the screen is in front.
func (s *Preview) Title() string { return words.T("forms.preview.title", s.model.Title) }

// View is the form on the screen; the menu's commands go to it.
func (s *Preview) View() *kitform.View { return s.view }

// Confirm ends the form, which writes nothing.
func (s *Preview) Confirm() { s.view.Finish() }

// Load has nothing to read.
func (s *Preview) Load() {}

// Focus goes to the first question.
func (s *Preview) Focus() { s.view.Focus() }

// Close leaves the form.
func (s *Preview) Close() {
	if s.view != nil {
		s.view.Close()
	}
}

// Build makes the widgets, again in another language.
func (s *Preview) Build() {
	s.Close()
	done := func() {
		s.window.Back()
		s.window.Say(words.T("forms.preview.done"))
	}
	s.view = kitform.New(s.form, kitform.Options{
		Title: s.model.Title, OnFinish: done, OnKeep: done, OnStatus: s.window.Say, Modals: s.window.Modals(),
	})
	banner := kit.NewBanner(kit.Info, words.T("forms.preview.banner"))
	if s.object == nil {
		s.object = container.NewStack()
	}
	s.object.Objects = []fyne.CanvasObject{kit.Inset(look.Gap, container.NewBorder(banner, nil, nil, nil, s.view))}
	s.object.Refresh()
}
