package ui

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"solidaren/diagnostics"
	"solidaren/ui/kit"
	"solidaren/ui/kit/page"
	look "solidaren/ui/kit/theme"
	"solidaren/ui/model"
	"solidaren/ui/words"
)

// status is the line at the bottom: where one works, what was just said and how
// to take it back, what is saved, what waits to be sent, whose laptop this is,
// the hour.
type status struct {
	model  *model.Status
	shell  *Shell
	object fyne.CanvasObject

	place, undo, sync         *kit.Link
	said, written, role, hour *kit.Label
	until                     time.Time // when what was said goes away
	waiting                   bool      // something lasts
}

// saying is how long a sentence stays.
const saying = 10 * time.Second

func newStatus(shell *Shell) *status {
	s := &status{
		model: model.NewStatus(shell.desk), shell: shell,
		said: kit.Caption("").OneLine(), written: kit.Caption("").Whole(), role: kit.Caption("").Whole(), hour: kit.Caption("").Whole(),
	}
	s.place = kit.NewLink(func() { shell.Go(roomTour) })
	s.undo = kit.NewLink(s.onLink)
	s.sync = kit.NewLink(func() { shell.Go(roomSending) })
	s.model.OnChange = s.refresh
	s.model.Open()
	line := container.New(&statusLayout{s}, s.place, s.said, s.undo, s.written, s.sync, s.role, s.hour)
	s.object = container.NewBorder(widget.NewSeparator(), nil, nil, nil, kit.Inset(look.Gap, line))
	s.refresh()
	return s
}

// onLink takes back what was said, or stops what lasts.
func (s *status) onLink() {
	if s.waiting {
		s.shell.desk.StopSlow()
		return
	}
	s.shell.undoLast()
}

// wait says that something lasts, until it has ended.
func (s *status) wait(on bool) {
	if on == s.waiting {
		return
	}
	s.waiting = on
	if !on {
		s.say("", "")
		return
	}
	s.say(words.T("status.busy"), words.T("status.stop"))
	s.until = s.until.Add(time.Hour) // its end takes it away
}

func (s *status) load()  { s.model.Load() }
func (s *status) close() { s.model.Close() }

// say shows a sentence for a while, and how to take back what it tells.
func (s *status) say(sentence, undo string) {
	s.said.Set(sentence)
	s.undo.Set(undo)
	s.until = s.shell.desk.Clock().Add(saying)
	s.object.Refresh()
}

// tick follows the clock.
func (s *status) tick() {
	now := s.shell.desk.Clock()
	if s.said.Text != "" && now.After(s.until) {
		s.say("", "")
	}
	s.hour.Set(words.Clock(now.Local()))
}

// savedText says when the last change was written.
func (s *status) savedText() string {
	at, err := s.shell.desk.Written()
	switch {
	case err != nil:
		return words.T("state.unsaved")
	case at.IsZero():
		return words.T("state.nothing")
	}
	return words.T("state.saved", words.Clock(at.Local()))
}

// roleNames are the words of the roles.
var roleNames = map[diagnostics.Role]string{
	diagnostics.RoleWorker:       "role.worker",
	diagnostics.RoleSocialWorker: "role.social_worker",
	diagnostics.RoleCoordinator:  "role.coordinator",
	diagnostics.RoleResearcher:   "role.researcher",
	diagnostics.RoleAdmin:        "role.admin",
	diagnostics.RoleVolunteer:    "role.volunteer",
}

// RoleName is what a role is called, "" for none.
func (s *Shell) RoleName(role string) string {
	if name, ok := roleNames[diagnostics.Role(role)]; ok {
		return words.T(name)
	}
	return ""
}

func (s *status) refresh() {
	m := s.model
	place := words.T("status.no_tour")
	if m.TourSince != "" {
		place = words.T("status.tour", m.TourTeam, m.TourSince)
	}
	s.place.Set(place)
	s.written.Color = look.Muted
	if _, err := m.Written(); err != nil {
		s.written.Color = theme.ColorNameError
	}
	s.written.Set("")
	if at, err := m.Written(); !at.IsZero() || err != nil {
		s.written.Set(s.savedText())
	}
	sync := words.T("status.alone")
	switch {
	case s.shell.inDemo():
		sync = words.T("status.demo")
	case m.Enrolled:
		sync = page.Waiting(m.Counts.Unsent)
		if m.LastSync != "" {
			sync = words.T("status.sync", sync, m.LastSync)
		}
	}
	s.sync.Set(sync)
	s.role.Set(s.shell.RoleName(string(m.Role())))
	s.hour.Set(words.Clock(m.Clock().Local()))
	if s.shell.rail != nil {
		s.shell.rail.show(s.shell.name, m)
	}
	s.object.Refresh()
}

// statusLayout lays the texts on one line. Where it is too narrow, the role
// goes first, then what is saved, then the place; while something was just said,
// what waits to be sent goes too. The hour stays.
type statusLayout struct{ *status }

// MinSize leaves the line as narrow as the window wants it.
func (l *statusLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(200, l.hour.MinSize().Height)
}

// Layout places what there is room for.
func (l *statusLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	gap := theme.Size(look.Section)
	right := []fyne.CanvasObject{l.written, l.sync, l.role, l.hour}
	need := l.wants(gap)
	for _, o := range []fyne.CanvasObject{l.place, l.written, l.sync, l.role, l.hour} {
		o.Show()
	}
	leaving := []fyne.CanvasObject{l.role, l.written, l.place}
	if l.said.Text != "" {
		leaving = append(leaving, l.sync)
	}
	for _, o := range leaving {
		if width := o.MinSize().Width; need > size.Width && width > 0 {
			need -= width + gap
			o.Hide()
		}
	}
	at := float32(0)
	if l.place.Visible() && l.place.MinSize().Width > 0 {
		at = put(l.place, 0, size.Height) + gap
	}
	end := size.Width
	for i := len(right) - 1; i >= 0; i-- {
		if o := right[i]; o.Visible() && o.MinSize().Width > 0 {
			put(o, end-o.MinSize().Width, size.Height)
			end -= o.MinSize().Width + gap
		}
	}
	room := max(0, end-at)
	undo := l.undo.MinSize().Width
	if undo > 0 {
		room -= undo + gap
	}
	said := min(l.said.Natural()+1, max(0, room))
	l.said.Move(fyne.NewPos(at, (size.Height-l.said.MinSize().Height)/2))
	l.said.Resize(fyne.NewSize(said, l.said.MinSize().Height))
	put(l.undo, at+said+gap/2, size.Height)
}

// wants is the width of everything.
func (l *statusLayout) wants(gap float32) float32 {
	need := float32(0)
	for _, o := range []fyne.CanvasObject{l.place, l.undo, l.written, l.sync, l.role, l.hour} {
		if width := o.MinSize().Width; width > 0 {
			need += width + gap
		}
	}
	if l.said.Text != "" {
		need += l.said.Natural() + 1
	}
	return need
}

// put places a text in the middle of the line's height, and gives its end.
func put(o fyne.CanvasObject, x, height float32) float32 {
	size := o.MinSize()
	o.Move(fyne.NewPos(x, (height-size.Height)/2))
	o.Resize(size)
	return x + size.Width
}
