// Package help lists the keys of the window, finds them by a few letters, and
// writes them down for the wall. It knows no key itself: it is given them.
package help

import (
	"fyne.io/fyne/v2"

	"solidaren/diagnostics"
	"solidaren/ui/kit"
	"solidaren/ui/kit/page"
	look "solidaren/ui/kit/theme"
	"solidaren/ui/model"
	"solidaren/ui/words"
)

// List is a field over the keys that fit what is typed into it.
type List struct {
	Object fyne.CanvasObject
	Entry  *kit.Entry

	model *model.Help
	rows  *page.Rows
}

// NewList shows a model.Help.
func NewList(m *model.Help) *List {
	l := &List{model: m}
	l.Entry = kit.NewEntry(words.T("help.search"))
	l.Entry.OnChanged = m.Search
	l.rows = page.NewRows(words.T("help.none"), kit.ListOptions{
		Length: func() int { return len(m.Lines) },
		Line: func(i int) kit.Line {
			return kit.Line{Title: m.Lines[i].What, Detail: m.Lines[i].Group, Side: m.Lines[i].Keys}
		},
	})
	down := kit.Bindings{{Keys: []string{"Down", "Enter"}, Label: "kit.keys.move", Do: func(string) bool {
		kit.Focus(l.rows.List)
		return true
	}}}
	l.Entry.OnKey = down.Key
	m.OnChange = l.rows.Refresh
	l.Object = page.Above(l.Entry, l.rows.Object)
	return l
}

// Screen shows the keys of the whole window.
type Screen struct {
	model *model.Help
	keys  func(command string) string
	all   func() []model.HelpLine

	object fyne.CanvasObject
	list   *List
	result *kit.Banner
}

// New makes the screen; all gives the keys in the present language, and
// keys gives the shortcut of a command.
func New(m *model.Help, all func() []model.HelpLine, keys func(command string) string) *Screen {
	return &Screen{model: m, all: all, keys: keys}
}

// Object is what the window shows.
func (s *Screen) Object() fyne.CanvasObject { return s.object }

// Title of the window while the screen is in front.
func (s *Screen) Title() string { return words.T("nav.help") }

// Close has nothing to end.
func (s *Screen) Close() {}

// Load lists the keys again: the role or the language may have changed.
func (s *Screen) Load() { s.model.Fill(s.all()) }

// Focus goes to the search.
func (s *Screen) Focus() { kit.Focus(s.list.Entry) }

// Confirm writes the document.
func (s *Screen) Confirm() { s.model.Print() }

// Prints reports that there is always something to print: the keys.
func (s *Screen) Prints() bool { return true }

// Printout is all keys; unlike what Confirm writes it goes with the lock.
func (s *Screen) Printout() model.Printout { return s.model.Printout() }

// Build makes the widgets, again in another language.
func (s *Screen) Build() {
	old := s.list
	if s.list = NewList(s.model); old != nil {
		s.list.Entry.Like(old.Entry)
	}
	s.result = kit.NewBanner(kit.Success, "")
	s.model.OnChange = s.refresh
	write := kit.NewButton(words.T("help.print"), s.Confirm).WithKey(s.keys("finish"))
	s.object = page.New(words.T("nav.help"), page.Footed(kit.VStack(look.Gap, s.result, page.Flow(write)), s.list.Object))
	s.refresh()
}

func (s *Screen) refresh() {
	s.list.rows.Refresh()
	s.result.Show()
	switch {
	case s.model.Err != nil:
		s.result.Set(kit.Warning, diagnostics.Sentence(s.model.Err, words.Language()))
	case s.model.Saved != "":
		s.result.Set(kit.Success, words.T("help.printed", s.model.Saved))
	default:
		s.result.Hide()
	}
	s.object.Refresh()
}
