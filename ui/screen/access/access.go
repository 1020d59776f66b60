// Package access is the access log: what was opened, searched, written and
// erased, and why. It says of nobody that it was them, and counts nobody.
package access

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"solidaren/ui/kit"
	"solidaren/ui/kit/page"
	"solidaren/ui/model"
	"solidaren/ui/words"
)

// Screen shows a model.AccessLog.
type Screen struct {
	model  *model.AccessLog
	object fyne.CanvasObject
	state  *kit.Label
	list   *page.Rows
}

// New makes the screen.
func New(m *model.AccessLog) *Screen {
	s := &Screen{model: m}
	m.OnChange = s.refresh
	m.Open()
	return s
}

// Object is what the window shows.
func (s *Screen) Object() fyne.CanvasObject { return s.object }

// Title of the window while the screen is in front.
func (s *Screen) Title() string { return words.T("nav.access") }

// Close ends the screen's work.
func (s *Screen) Close() { s.model.Close() }

// Load reads what is shown again.
func (s *Screen) Load() { s.model.Load() }

// Focus goes to the list.
func (s *Screen) Focus() { kit.Focus(s.list.List) }

// Build makes the widgets, again in another language.
func (s *Screen) Build() {
	s.state = kit.Muted("")
	s.list = page.NewRows(words.T("access.empty"), kit.ListOptions{
		Length: s.model.Rows.Len,
		Line:   s.line,
	})
	s.object = page.New(words.T("nav.access"), container.NewBorder(s.state, nil, nil, nil, s.list.Object))
	s.refresh()
}

func (s *Screen) line(i int) kit.Line {
	r, ok := s.model.Rows.At(i)
	if !ok {
		return page.Unread
	}
	if r.FormID != "" {
		r.What = page.FormName(s.model.Forms, r.FormID)
	}
	return kit.Line{Title: page.Joined(r.Action, r.What), Detail: r.Purpose, Side: r.When}
}

func (s *Screen) refresh() {
	switch {
	case s.model.Withheld:
		s.state.Set(words.T("access.withheld", model.LeastTeam))
	case s.model.Verified:
		s.state.Set(words.T("access.verified"))
	default:
		s.state.Set(words.T("access.reading"))
	}
	s.list.Silent = s.model.Withheld || !s.model.Verified
	s.list.Refresh()
}
