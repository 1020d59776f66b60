// Package sealed is the list of records that were written before the locked
// notebook. It asks its holder whose they are, and throws none away.
package sealed

import (
	"fyne.io/fyne/v2"

	"solidaren/ui/kit"
	"solidaren/ui/kit/page"
	"solidaren/ui/model"
	"solidaren/ui/words"
)

// Window is what the screen asks of the window.
type Window interface {
	Resume(draftID string)
	Say(sentence string)
	// Keys are those of a command of the window, as they are shown.
	Keys(command string) string
	// Retitle is told when there is something to confirm, or nothing any more.
	Retitle()
}

// Screen shows a model.Sealed.
type Screen struct {
	model  *model.Sealed
	window Window

	object     fyne.CanvasObject
	list       *page.Rows
	note       *kit.Label
	take, hold *kit.Button
	one, other *kit.Button
}

// New makes the screen.
func New(m *model.Sealed, w Window) *Screen {
	s := &Screen{model: m, window: w}
	m.OnTaken = s.onTaken
	m.OnChange = func() {
		s.refresh()
		w.Retitle()
	}
	m.Open()
	return s
}

// Object is what the window shows.
func (s *Screen) Object() fyne.CanvasObject { return s.object }

// Title of the window while the screen is in front.
func (s *Screen) Title() string { return words.T("nav.sealed") }

// Close ends the screen's work.
func (s *Screen) Close() { s.model.Close() }

// Load reads what is shown again.
func (s *Screen) Load() { s.model.Load() }

// Focus goes to the list.
func (s *Screen) Focus() { kit.Focus(s.list.List) }

// Confirm takes all that nobody has spoken for.
func (s *Screen) Confirm() { s.model.TakeAll() }

// Confirms reports whether there are some.
func (s *Screen) Confirms() bool { return len(s.model.Waiting) > 0 && !s.model.Busy }

// Build makes the widgets, again in another language.
func (s *Screen) Build() {
	s.take = kit.NewButton(words.T("sealed.take"), s.model.TakeAll).As(kit.Primary).WithKey(s.window.Keys("finish"))
	s.hold = kit.NewButton(words.T("sealed.hold"), s.model.HoldAll)
	s.one = kit.NewButton(words.T("sealed.take.one"), s.each(s.model.Take))
	s.other = kit.NewButton(words.T("sealed.hold.one"), s.each(s.model.Hold))
	s.note = kit.Text("")
	s.list = page.NewRows(words.T("sealed.none"), kit.ListOptions{
		Length:      func() int { return len(s.model.Rows()) },
		Line:        s.line,
		OnOpen:      func(i int) { s.window.Resume(s.model.Rows()[i].ID) },
		OnHighlight: func(int) { s.enable() },
	}).Like(s.list)
	s.object = page.New(words.T("nav.sealed"), page.Above(s.note,
		page.Titled(words.T("sealed.list"), page.Footed(page.Flow(s.take, s.hold, s.one, s.other), s.list.Object))))
	s.refresh()
}

func (s *Screen) line(i int) kit.Line {
	l := page.DraftLine(s.model.Forms, s.model.Rows()[i])
	if i >= len(s.model.Waiting) {
		l.Detail, l.Mark = page.Joined(words.T("sealed.apart"), l.Detail), "–"
	}
	return l
}

// each does something with the record that is highlighted.
func (s *Screen) each(do func(id string)) func() {
	return func() {
		if i := s.list.Highlighted(); i < len(s.model.Rows()) {
			do(s.model.Rows()[i].ID)
		}
	}
}

func (s *Screen) refresh() {
	note := words.T("sealed.why")
	if s.model.Found.Unread > 0 {
		note = page.Joined(note, words.T("sealed.unread", s.model.Found.Unread))
	}
	s.note.Set(note)
	s.list.Refresh()
	s.enable()
}

// enable shows what can be done.
func (s *Screen) enable() {
	i, rows := s.list.Highlighted(), s.model.Rows()
	on := map[*kit.Button]bool{
		s.take:  len(s.model.Waiting) > 0,
		s.hold:  len(s.model.Waiting) > 0,
		s.one:   i < len(rows),
		s.other: i < len(s.model.Waiting),
	}
	for button, can := range on {
		if can && !s.model.Busy {
			button.Enable()
		} else {
			button.Disable()
		}
	}
}

func (s *Screen) onTaken(t model.Taken) { s.window.Say(TakenText(t)) }

// TakenText tells what became of records that are the holder's.
func TakenText(t model.Taken) string {
	var parts []string
	if t.Finished > 0 {
		parts = append(parts, words.T("sealed.finished", t.Finished))
	}
	if t.Drafts > 0 {
		parts = append(parts, words.T("sealed.drafts", t.Drafts))
	}
	return page.Joined(parts...)
}
