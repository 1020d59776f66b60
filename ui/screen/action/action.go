// Package action is one line of the directory, field by field: the action and
// its actor, put right by hand. It is about organisations, never about a person.
package action

import (
	"fyne.io/fyne/v2"

	"solidaren/diagnostics"
	"solidaren/ui/kit"
	"solidaren/ui/kit/page"
	look "solidaren/ui/kit/theme"
	"solidaren/ui/model"
	"solidaren/ui/words"
)

// Window is what the screen asks of the window.
type Window interface {
	Modals() *kit.Modals
	Undoable(sentence string, undo func())
	Back()
	Keys(command string) string // the shortcut of a command, as it is shown
}

// Screen shows a model.DirectoryCard.
type Screen struct {
	model  *model.DirectoryCard
	window Window

	object        fyne.CanvasObject
	title, shared *kit.Label
	result        *kit.Banner
	action, actor *page.Rows
	shut, all     *kit.Button
}

// New makes the screen.
func New(m *model.DirectoryCard, w Window) *Screen {
	s := &Screen{model: m, window: w}
	m.OnChange, m.OnUndoable = s.refresh, w.Undoable
	m.Open()
	return s
}

// Object is what the window shows.
func (s *Screen) Object() fyne.CanvasObject { return s.object }

// Title of the window while the screen is in front.
func (s *Screen) Title() string { return words.T("directory.card") }

// Close ends the screen's work.
func (s *Screen) Close() { s.model.Close() }

// Load reads what is shown again.
func (s *Screen) Load() { s.model.Load() }

// Focus goes to the fields of the action.
func (s *Screen) Focus() { kit.Focus(s.action.List) }

// Build makes the widgets, again in another language.
func (s *Screen) Build() {
	s.title, s.shared, s.result = kit.Subheading(""), kit.Muted(""), kit.NewBanner(kit.Warning, "")
	s.action = s.fields(diagnostics.TypeAction, func() []model.FieldLine { return s.model.Action }, s.action)
	s.actor = s.fields(diagnostics.TypeActor, func() []model.FieldLine { return s.model.Actor }, s.actor)
	s.actor.Say(words.T("directory.card.no_actor"))
	s.shut = kit.NewButton("", s.model.Toggle).WithKey(letterShut)
	s.all = kit.NewButton("", s.model.ToggleAll).WithKey(letterAll)
	for _, b := range []*kit.Button{s.shut, s.all} {
		b.OnRune = s.Bindings().Rune
	}
	back := kit.NewButton(words.T("nav.back"), s.window.Back).WithKey(s.window.Keys("back"))
	head := kit.VStack(look.Gap, s.title, kit.Muted(words.T("directory.card.how")), s.result)
	actor := page.Above(s.shared, s.actor.Object)
	s.object = page.New(words.T("directory.card"), page.Above(head, page.Beside(0.5,
		page.Titled(words.T("directory.card.action"), s.action.Object),
		page.Titled(words.T("field.actor"), actor))), s.shut, s.all, back)
	s.refresh()
}

// Letters of what closes and opens again.
const (
	letterShut = "F"
	letterAll  = "T"
)

// Bindings are the letters of the lists.
func (s *Screen) Bindings() kit.Bindings {
	do := func(f func()) func(string) bool {
		return func(string) bool {
			f()
			return true
		}
	}
	return kit.Bindings{
		{Keys: []string{letterShut}, Label: "directory.card.shut", Do: do(s.model.Toggle)},
		{Keys: []string{letterAll}, Label: "directory.card.shut_all", Do: do(s.model.ToggleAll)},
	}
}

func (s *Screen) fields(recordType string, lines func() []model.FieldLine, old *page.Rows) *page.Rows {
	rows := page.NewRows("", kit.ListOptions{
		Length: func() int { return len(lines()) },
		Line: func(i int) kit.Line {
			l := lines()[i]
			text := l.Text
			if text == "" {
				text = words.T("rectify.empty")
			}
			return kit.Line{Title: page.FieldName(recordType, l.Field), Detail: text}
		},
		OnOpen: func(i int) { s.ask(recordType, lines()[i]) },
	}).Like(old)
	rows.OnRune = s.Bindings().Rune
	return rows
}

// limits are the lengths of long texts; others have 120 characters.
var limits = map[string]int{"description": 1000, "conditions": 500, "remark": 500, "opening_hours": 120}

const limit = 120

// hints say how a value is written.
var hints = map[string]string{"opening_hours": "directory.card.hours"}

// ask asks for another value of a field. One key is enough for one code.
func (s *Screen) ask(recordType string, l model.FieldLine) {
	value := l.Value
	most := limits[l.Field]
	if most == 0 {
		most = limit
	}
	save := func() { s.model.Put(recordType == diagnostics.TypeActor, l.Field, value) }
	input, first := page.Input(l, most, func(text string) { value = text }, func() {
		s.window.Modals().Dismiss()
		save()
	})
	hint := ""
	if key := hints[l.Field]; key != "" {
		hint = words.T(key)
	}
	s.window.Modals().Show(kit.Dialog{
		Title: page.FieldName(recordType, l.Field), First: first, Wide: true,
		Content: page.Field(s.model.Title, hint, input),
		Buttons: []kit.Action{{Text: words.T("kit.cancel")}, {Text: words.T("directory.save"), Default: true, Do: save}},
	})
}

func (s *Screen) refresh() {
	if s.object == nil {
		return
	}
	m := s.model
	s.title.Set(m.Title)
	s.shared.Set("")
	if m.Others > 0 {
		s.shared.Set(words.T("directory.card.shared", m.Others))
	}
	s.shut.SetText(words.T(map[bool]string{false: "directory.card.shut", true: "directory.card.reopen"}[m.Shut]))
	s.all.SetText(words.T(map[bool]string{false: "directory.card.shut_all", true: "directory.card.reopen_all"}[m.AllShut]))
	s.all.Hidden = m.Others == 0
	s.action.Refresh()
	s.actor.Refresh()
	s.result.Hidden = m.Err == nil
	if m.Err != nil {
		s.result.Set(kit.Warning, diagnostics.Sentence(m.Err, words.Language()))
	}
	s.object.Refresh()
}
