// Package sending shows what waits to be sent, joins a team, and starts or
// stops an exchange with the central API. Being offline is shown as the normal
// state that it is.
package sending

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"solidaren/diagnostics"
	"solidaren/ui/kit"
	"solidaren/ui/kit/page"
	look "solidaren/ui/kit/theme"
	"solidaren/ui/model"
	"solidaren/ui/words"
)

// Window is what the screen asks of the window.
type Window interface {
	Keys(command string) string // the shortcut of a command, as it is shown
	Lock()                      // leaves the notebook
}

// Screen shows a model.Sending.
type Screen struct {
	model  *model.Sending
	window Window

	object   fyne.CanvasObject
	body     *fyne.Container
	first    fyne.Focusable
	enrolled bool

	invite, device *kit.Entry
	start          *kit.Button
	progress       *kit.Progress
	state          *fyne.Container
}

// New makes the screen.
func New(m *model.Sending, w Window) *Screen {
	s := &Screen{model: m, window: w}
	m.OnChange = s.refresh
	m.Open()
	return s
}

// Object is what the window shows.
func (s *Screen) Object() fyne.CanvasObject { return s.object }

// Title of the window while the screen is in front.
func (s *Screen) Title() string { return words.T("nav.sending") }

// Close ends the screen's work.
func (s *Screen) Close() { s.model.Close() }

// Load reads what is shown again.
func (s *Screen) Load() { s.model.Load() }

// Focus goes to the invite, or to the button that sends.
func (s *Screen) Focus() { kit.Focus(s.first) }

// Confirm joins the team, or begins an exchange.
func (s *Screen) Confirm() {
	switch {
	case s.model.Member.Rehearsal():
	case s.enrolled:
		s.model.Start()
	default:
		s.onEnrol()
	}
}

// Confirms reports whether that can be done: nothing is sent from the demo.
func (s *Screen) Confirms() bool { return !s.model.Member.Rehearsal() }

// Build makes the widgets, again in another language.
func (s *Screen) Build() {
	s.body = container.NewStack()
	s.object = page.New(words.T("nav.sending"), s.body)
	s.fill()
}

// fill shows what fits: joining a team first, sending then.
func (s *Screen) fill() {
	s.enrolled = s.model.Enrolled()
	s.state = kit.VStack(look.Gap)
	s.progress = kit.NewProgress(s.model.Cancel)
	s.progress.Hide()
	switch {
	case s.model.Member.Rehearsal(): // it has nothing to send, and joins nothing
		s.start = kit.NewButton(words.T("demo.leave"), s.window.Lock)
		s.first = s.start
		s.body.Objects = []fyne.CanvasObject{page.Footed(page.Flow(s.start), page.Reading(s.state))}
	case s.enrolled:
		s.start = kit.NewButton(words.T("send.start"), s.model.Start).As(kit.Primary).WithKey(s.window.Keys("finish"))
		s.first = s.start
		s.body.Objects = []fyne.CanvasObject{page.Footed(page.Flow(s.start), page.Reading(s.state, s.progress,
			kit.Muted(words.T("send.server", s.model.Member.ServerURL(), s.model.Member.Team())),
			kit.Caption(words.T("send.words")), kit.Muted(s.model.Words())))}
	default:
		s.invite, s.device = kit.NewEntry("").Like(s.invite), kit.NewEntry("")
		s.device.SelectAll = true
		s.device.Put(words.T("send.device.default"))
		s.invite.OnSubmitted = func(string) { kit.Focus(s.device) }
		s.device.OnSubmitted = func(string) { s.onEnrol() }
		s.start = kit.NewButton(words.T("send.enrol"), s.onEnrol).As(kit.Primary).WithKey(s.window.Keys("finish"))
		s.first = s.invite
		s.body.Objects = []fyne.CanvasObject{page.Footed(page.Flow(s.start), page.Column(s.state, s.progress,
			page.Field(words.T("send.invite"), words.T("send.invite.hint"), s.invite),
			page.Field(words.T("send.device"), words.T("send.device.hint"), s.device)))}
	}
	s.body.Refresh()
	s.refresh()
}

// Join joins the team of an invite that was given before the notebook was made.
func (s *Screen) Join(invite string) {
	if !s.enrolled && s.invite != nil {
		s.invite.Put(invite)
		s.onEnrol()
	}
}

func (s *Screen) onEnrol() { s.model.Enrol(s.invite.Text, s.device.Text) }

func (s *Screen) refresh() {
	if s.enrolled != s.model.Enrolled() {
		s.fill()
		s.Focus()
		return
	}
	if !s.enrolled && s.invite != nil && s.invite.Text == "" && s.model.Invite != "" && !s.model.Enrolling() {
		s.invite.Put(s.model.Invite)
	}
	s.state.Objects = s.sentences()
	s.state.Refresh()
	busy := s.model.Running() || s.model.Enrolling()
	if busy {
		s.start.Disable()
	} else {
		s.start.Enable()
	}
	r := s.model.Report
	switch {
	case s.model.Running():
		s.progress.Show()
		all := r.Pushed + r.ToPush
		s.progress.Set(words.T("send.progress", r.Pushed, all, r.Pulled), int64(r.Pushed), int64(all))
	case s.model.Enrolling():
		s.progress.Show()
		s.progress.Set(words.T("send.enrolling"), 0, 0)
	default:
		s.progress.Hide()
	}
	s.body.Refresh() // there may be more sentences than before
}

// sentences say what is true now: what is safe, what waits, what went wrong.
func (s *Screen) sentences() []fyne.CanvasObject {
	m := s.model
	var out []fyne.CanvasObject
	add := func(text string) { out = append(out, kit.Text(text)) }
	if m.Err != nil {
		out = append(out, kit.NewBanner(kit.Warning, diagnostics.Sentence(m.Err, words.Language())))
	} else if m.Done && m.Counts.Unsent == 0 {
		out = append(out, kit.NewBanner(kit.Success, done(m.Report.Pulled)))
	}
	out = append(out, s.belonging()...)
	if s.enrolled && !m.Running() && (!m.Done || m.Counts.Unsent > 0) { // the bar tells while it runs
		add(page.Waiting(m.Counts.Unsent))
	}
	if s.enrolled && m.LastSync != "" {
		add(words.T("send.last", m.LastSync))
	}
	for _, text := range s.decided() {
		add(text)
	}
	if m.Counts.Held > 0 {
		add(words.T("send.held", m.Counts.Held))
	}
	if m.Counts.Conflicts > 0 {
		add(words.T("send.conflicts", m.Counts.Conflicts))
	}
	return out
}

// belonging says to which team the notebook belongs, or that it belongs to none.
func (s *Screen) belonging() []fyne.CanvasObject {
	m := s.model
	var out []fyne.CanvasObject
	switch {
	case m.Member.Rehearsal():
		out = append(out, kit.Text(words.T("send.demo")))
	case !s.enrolled:
		out = append(out, kit.Text(words.T("send.alone")))
	}
	if m.Joined {
		out = append(out, kit.Text(words.T("send.joined", m.Member.Team())))
	}
	if m.Member.Waiting() {
		out = append(out, kit.NewBanner(kit.Info, words.T("send.key.waiting")))
	}
	if m.Invite != "" && !s.enrolled {
		out = append(out, kit.Text(words.T("send.invite.kept")))
	}
	return out
}

// decided says what the coordinator decided about records of this computer that
// were set aside.
func (s *Screen) decided() []string {
	var out []string
	if r := s.model.Report; s.model.Done {
		if r.Released > 0 {
			out = append(out, words.T("send.released", r.Released))
		}
		if r.Dropped > 0 {
			out = append(out, words.T("send.dropped", r.Dropped))
		}
	}
	return out
}

// done says that all is sent, and what came in.
func done(pulled int) string {
	if pulled == 0 {
		return words.T("send.done.none")
	}
	return words.T("send.done", pulled)
}
