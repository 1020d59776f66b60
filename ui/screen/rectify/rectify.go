// Package rectify puts a person's card right at their request. It forgets
// nothing: what stood there before stays in the history, with what the person
// says of it in their words.
package rectify

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
	Show(kit.Dialog)
	Back()
	Keys(command string) string // the shortcut of a command, as it is shown
}

// Screen shows a model.Rectify.
type Screen struct {
	model  *model.Rectify
	window Window

	object        fyne.CanvasObject
	code          *kit.Label
	list, history *page.Rows
	result        *kit.Banner
}

// New makes the screen.
func New(m *model.Rectify, w Window) *Screen {
	s := &Screen{model: m, window: w}
	m.OnChange = s.refresh
	m.Open()
	return s
}

// Object is what the window shows.
func (s *Screen) Object() fyne.CanvasObject { return s.object }

// Title of the window while the screen is in front: never the person's name.
func (s *Screen) Title() string { return words.T("rectify.title") }

// Close ends the screen's work.
func (s *Screen) Close() { s.model.Close() }

// Load reads what is shown again.
func (s *Screen) Load() { s.model.Load() }

// Focus goes to the fields.
func (s *Screen) Focus() { kit.Focus(s.list.List) }

// Build makes the widgets, again in another language.
func (s *Screen) Build() {
	s.code, s.result = kit.Subheading(""), kit.NewBanner(kit.Warning, "")
	s.list = page.NewRows("", kit.ListOptions{
		Length: func() int { return len(s.model.Lines) },
		Line:   s.line,
		OnOpen: func(i int) { s.ask(s.model.Lines[i]) },
	}).Like(s.list)
	s.history = page.NewRows(words.T("rectify.none"), kit.ListOptions{
		Length: func() int { return len(s.model.History) },
		Line:   s.past,
		OnOpen: func(i int) { s.tell(s.model.History[i]) },
	}).Like(s.history)
	back := kit.NewButton(words.T("nav.back"), s.window.Back).WithKey(s.window.Keys("back"))
	head := kit.VStack(look.Gap, s.code, kit.Text(words.T("rectify.why")), s.result)
	s.object = page.New(words.T("rectify.title"), page.Above(head, page.Beside(0.5,
		page.Titled(words.T("rectify.fields"), s.list.Object),
		page.Titled(words.T("rectify.history"), s.history.Object))), back)
	s.refresh()
}

func (s *Screen) line(i int) kit.Line {
	l := s.model.Lines[i]
	text := l.Text
	if text == "" {
		text = words.T("rectify.empty")
	}
	return kit.Line{Title: page.FieldName(diagnostics.TypePerson, l.Field), Detail: text}
}

func (s *Screen) past(i int) kit.Line {
	r := s.model.History[i]
	mark := ""
	if r.Statement != "" {
		mark = "●"
	}
	return kit.Line{Title: page.FieldName(diagnostics.TypePerson, r.Field), Detail: change(r), Side: r.When, Mark: mark}
}

func change(r model.RectifiedRow) string {
	empty := func(text string) string {
		if text == "" {
			return words.T("rectify.empty")
		}
		return text
	}
	return words.T("rectify.change", empty(r.Before), empty(r.After))
}

// tell shows one thing that was put right, with the person's words.
func (s *Screen) tell(r model.RectifiedRow) {
	said := words.T("rectify.unsaid")
	if r.Statement != "" {
		said = words.T("rectify.said", r.Statement)
	}
	s.window.Show(kit.Dialog{
		Title: page.FieldName(diagnostics.TypePerson, r.Field), Content: kit.VStack(look.Gap, kit.Text(change(r)), kit.Text(said), kit.Caption(r.When)),
		Buttons: []kit.Action{{Text: words.T("kit.close"), Default: true}},
	})
}

// ask asks what is right, and what the person says of it.
func (s *Screen) ask(l model.FieldLine) {
	value := l.Value
	statement := kit.NewNotes(3)
	input, first := page.Input(l, 0, func(text string) { value = text }, func() { kit.Focus(statement) })
	s.window.Show(kit.Dialog{
		Title: page.FieldName(diagnostics.TypePerson, l.Field), First: first, Wide: true,
		Content: kit.VStack(look.Gap, page.Field(words.T("rectify.right"), "", input),
			page.Field(words.T("rectify.statement"), words.T("rectify.statement.hint"), statement)),
		Buttons: []kit.Action{
			{Text: words.T("kit.cancel")},
			{Text: words.T("rectify.put"), Default: true, Do: func() { s.model.Put(l.Field, value, statement.Text) }},
		},
	})
}

func (s *Screen) refresh() {
	if s.code.Text != s.model.Code {
		s.code.Set(s.model.Code)
		s.object.Refresh() // the code takes its place
	}
	s.list.Refresh()
	s.history.Refresh()
	if s.model.Err == nil {
		s.result.Hide()
		return
	}
	s.result.Set(kit.Warning, diagnostics.Sentence(s.model.Err, words.Language()))
	s.result.Show()
}
