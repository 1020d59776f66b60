// Package tries proposes what to do in the demo, with how many keys it takes, and
// shows what was done. It is shown in the demo alone.
package tries

import (
	"fyne.io/fyne/v2"

	"solidaren/ui/kit"
	"solidaren/ui/kit/page"
	"solidaren/ui/model"
	"solidaren/ui/words"
)

// Window is what the screen asks of the window.
type Window interface{ StartTry(id string) }

// Screen shows a model.Tries.
type Screen struct {
	model  *model.Tries
	window Window

	object fyne.CanvasObject
	list   *page.Rows
}

// New makes the screen.
func New(m *model.Tries, w Window) *Screen {
	s := &Screen{model: m, window: w}
	m.OnChange = s.refresh
	m.Open()
	return s
}

// Object is what the window shows.
func (s *Screen) Object() fyne.CanvasObject { return s.object }

// Title of the window while the screen is in front.
func (s *Screen) Title() string { return words.T("tries.title") }

// Close ends the screen's work.
func (s *Screen) Close() { s.model.Close() }

// Load looks again at what was done.
func (s *Screen) Load() { s.model.Load() }

// Focus goes to the list.
func (s *Screen) Focus() { kit.Focus(s.list.List) }

// names and ways are the words of the tries: what, and how.
var (
	names = map[string]string{
		model.TryAsleep: "tries.asleep", model.TryMaraude: "tries.maraude", model.TryDecide: "tries.decide",
		model.TryFollow: "tries.follow", model.TryExport: "tries.export",
	}
	ways = map[string]string{
		model.TryAsleep: "tries.asleep.how", model.TryMaraude: "tries.maraude.how", model.TryDecide: "tries.decide.how",
		model.TryFollow: "tries.follow.how", model.TryExport: "tries.export.how",
	}
)

// Build makes the widgets, again in another language.
func (s *Screen) Build() {
	s.list = page.NewRows("", kit.ListOptions{
		Length: func() int { return len(s.model.Items) },
		Line:   s.line,
		OnOpen: func(i int) { s.window.StartTry(s.model.Items[i].ID) },
	}).Like(s.list)
	s.object = page.New(words.T("tries.title"), page.Above(kit.Muted(words.T("tries.what")), s.list.Object))
}

func (s *Screen) line(i int) kit.Line {
	try := s.model.Items[i]
	line := kit.Line{Title: words.T(names[try.ID]), Detail: words.T(ways[try.ID]), Side: words.T("tries.keys", try.Keys), Mark: "○"}
	if try.Done {
		line.Mark, line.Side = "✓", words.T("tries.done")
		if try.Used > 0 {
			line.Side = words.T("tries.used", words.T("tries.keys", try.Used), try.Keys)
		}
	}
	return line
}

func (s *Screen) refresh() {
	if s.list != nil {
		s.list.Refresh()
	}
}
