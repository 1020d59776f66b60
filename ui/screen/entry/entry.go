// Package entry is the screen in which a form is filled: it joins the model of
// the form with the notebook's draft. What the form looks like and which keys
// it takes is the business of kit/form.
package entry

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"solidaren/ui/kit"
	kitform "solidaren/ui/kit/form"
	"solidaren/ui/kit/page"
	look "solidaren/ui/kit/theme"
	"solidaren/ui/model"
	modelform "solidaren/ui/model/form"
	"solidaren/ui/words"
)

// Window is what the screen asks of the window.
type Window interface {
	// Finished is told when the records are in the notebook.
	Finished(done *Screen, formID string, record model.Finished, correction bool)
	// Undoable says what was done and offers to take it back.
	Undoable(sentence string, undo func())
	// Hold keeps what is typed until the next record is there, and Release
	// hands it on.
	Hold()
	Release()
	// Drafts shows what was written on this outing.
	Drafts()
	Keys(command string) string // the shortcut of a command, as it is shown
	// AutoAdvance tells whether a choice by key goes on to the next question.
	AutoAdvance() bool
	// Retitle is told when the title of the screen is known.
	Retitle()
	Back()
	Say(sentence string)
	Modals() *kit.Modals
}

// Screen shows a model.Entry.
type Screen struct {
	model  *model.Entry
	window Window

	form   *modelform.Model // nil until the form is read
	view   *kitform.View
	strip  *strip // of a record that is filled on the spot, nil for others
	object *fyne.Container
	caret  func() // puts the caret back, nil: it is behind the text
	shown  bool

	where  string      // the question that a draft was taken up at, in words
	agreed bool        // the writer has seen what a newer version of the form changes
	goOn   *kit.Button // of that preview
}

// New makes the screen.
func New(m *model.Entry, w Window) *Screen {
	s := &Screen{model: m, window: w, object: container.NewStack()}
	m.OnLoad, m.OnSaved, m.OnFinish = s.onLoad, s.onSaved, s.onFinished
	m.Open()
	m.Load()
	return s
}

// Object is what the window shows.
func (s *Screen) Object() fyne.CanvasObject { return s.object }

// Bindings are the keys of a form.
func (s *Screen) Bindings() kit.Bindings { return kitform.Bindings() }

// Title of the window while the screen is in front.
func (s *Screen) Title() string {
	if s.model.FormID == "" {
		return words.T("entry.title")
	}
	return page.FormName(s.model.Forms, s.model.FormID)
}

// DraftID tells which draft the screen writes, "" before the first answer.
func (s *Screen) DraftID() string { return s.model.Draft.ID }

// Finishing reports whether what the screen writes is just becoming a record.
func (s *Screen) Finishing() bool { return s.model.Finishing() }

// View is the form on the screen, nil until it is read; the menu's commands go
// to it.
func (s *Screen) View() *kitform.View { return s.view }

// Confirm finishes the form.
func (s *Screen) Confirm() {
	if s.view != nil {
		s.view.Finish()
	}
}

// Load has nothing to read again: the form is held by the screen.
func (s *Screen) Load() {}

// Focus goes to where the writer was.
func (s *Screen) Focus() {
	s.shown = true
	if s.view != nil {
		s.view.Focus()
	} else if s.goOn != nil {
		kit.Focus(s.goOn)
	}
}

// waits reports whether the writer has not agreed yet to what a newer version of
// the form makes of the draft: until then it stays as it was.
func (s *Screen) waits() bool { return s.model.Moved != nil && !s.agreed }

// Leave writes what is being typed, when another screen comes to the front.
func (s *Screen) Leave() {
	s.shown = false
	if s.form != nil && !s.waits() {
		s.form.Flush()
		s.model.Keep()
	}
}

// Close leaves the form; its draft stays.
func (s *Screen) Close() {
	if s.form != nil && !s.waits() {
		s.form.Flush()
	}
	s.model.Close()
	if s.view != nil {
		s.view.Close()
	}
}

// Build makes the widgets, again in another language.
func (s *Screen) Build() {
	if s.form == nil {
		s.object.Objects = []fyne.CanvasObject{kit.Muted(words.T("entry.loading"))}
		s.object.Refresh()
		return
	}
	if s.waits() {
		s.object.Objects = []fyne.CanvasObject{s.preview()}
		s.object.Refresh()
		if s.shown {
			kit.Focus(s.goOn)
		}
		return
	}
	if s.view != nil {
		s.view.Close()
	}
	s.form.SetAutoAdvance(s.window.AutoAdvance())
	s.view = kitform.New(s.form, kitform.Options{
		Title: s.Title(), OnFinish: s.finish, OnKeep: s.window.Back, OnStatus: s.window.Say, Modals: s.window.Modals(),
		OnEnter: s.onEnter,
	})
	if s.where == "" {
		s.where = s.view.Where()
	}
	content := fyne.CanvasObject(s.view)
	if s.model.Outing != nil {
		s.strip = newStrip(s)
		content = container.NewBorder(s.strip.top, s.strip.night, nil, nil, s.view)
	}
	if banner := s.banner(); banner != "" {
		content = container.NewBorder(kit.NewBanner(kit.Info, banner), nil, nil, nil, s.view)
	}
	s.object.Objects = []fyne.CanvasObject{kit.Inset(look.Gap, content)}
	s.object.Refresh()
	if s.shown {
		s.view.Focus()
	}
}

// banner says why the form is not blank.
func (s *Screen) banner() string {
	switch {
	case s.model.Resumed && s.where != "":
		return words.T("entry.resumed.at", s.where)
	case s.model.Resumed:
		return words.T("entry.resumed")
	case s.model.Draft.Corrects != "":
		return words.T("entry.correcting")
	default:
		return ""
	}
}

// PutCaret puts the caret where it was when the notebook was locked, once the
// form is there.
func (s *Screen) PutCaret(c fyne.Canvas, caret kit.Caret) {
	s.caret = func() { kit.PutCaret(c, caret) }
}

func (s *Screen) onLoad() {
	s.form = modelform.New(s.model.Session, modelform.Options{
		Now: s.model.Clock, Cursor: s.model.Cursor, AutoAdvance: s.window.AutoAdvance(), Save: s.save, Previous: s.model.Previous,
		Files: s.model.Files, Aside: s.aside(),
	})
	s.model.Blank()
	s.Build()
	s.window.Retitle()
	s.window.Release()
	if s.caret != nil {
		s.caret()
	}
}

// save keeps what was answered. The hour of a record that is filled on the spot
// is that of its first answer.
func (s *Screen) save(state []byte, cursor string) {
	if s.model.StampHour(s.form, state) {
		return
	}
	first := !s.model.Begun()
	s.model.Save(state, cursor, s.form.Answered())
	if first && s.model.Begun() && s.strip != nil {
		s.strip.show()
	}
}

func (s *Screen) onSaved(err error) { s.form.SaveDone(err) }

func (s *Screen) onFinished() {
	s.window.Finished(s, s.model.FormID, s.model.Done, s.model.Draft.Corrects != "")
}
