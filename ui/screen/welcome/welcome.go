// Package welcome is the screen of a computer that has no notebook yet: trying
// the demo, joining a team, beginning alone, in the language that suits. It asks
// for nothing that could wait.
package welcome

import (
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"solidaren/diagnostics"
	"solidaren/ui/kit"
	"solidaren/ui/kit/page"
	"solidaren/ui/model"
	"solidaren/ui/words"
)

// Window is what the screen asks of the window.
type Window interface {
	Show(kit.Dialog)
	Modals() *kit.Modals
}

// Screen shows a model.Welcome.
type Screen struct {
	model    *model.Welcome
	settings *model.Settings
	window   Window

	object   *fyne.Container
	first    fyne.Focusable
	invite   *kit.Entry
	problem  *kit.Label
	progress *kit.Progress
	doors    *kit.Choice
	keys     *kit.Entry // tries the keyboard
	felt     *kit.Field // says what it was
	built    bool
	shown    shown

	team, address *kit.Entry // of the space of an organisation
	commands      *kit.Label
}

// shown is which of its questions the screen asks.
type shown struct{ joining, founding bool }

func (s *Screen) now() shown { return shown{s.model.Joining, s.model.Founding} }

// New makes the screen.
func New(m *model.Welcome, settings *model.Settings, w Window) *Screen {
	s := &Screen{model: m, settings: settings, window: w, object: container.NewStack()}
	m.OnChange = s.refresh
	return s
}

// Object is what the window shows, nil before the first Build.
func (s *Screen) Object() fyne.CanvasObject {
	if !s.built {
		return nil
	}
	return s.object
}

// Title of the window while the screen is in front.
func (s *Screen) Title() string { return words.T("welcome.title") }

// Close stops what runs.
func (s *Screen) Close() { s.model.Close() }

// Wait returns when nothing runs any more.
func (s *Screen) Wait() { s.model.Wait() }

// Load has nothing to read.
func (s *Screen) Load() {}

// Focus goes to the choice, or to the invite.
func (s *Screen) Focus() { kit.Focus(s.first) }

// Chooses reports whether a door is chosen by its digit.
func (s *Screen) Chooses() bool { return !s.shown.joining && !s.shown.founding }

// Build makes the widgets, again in another language.
func (s *Screen) Build() {
	s.built, s.shown = true, s.now()
	s.problem = kit.Text("")
	s.problem.Color = theme.ColorNameError
	s.progress = kit.NewProgress(s.model.Cancel)
	s.progress.Cancel.WithKey(words.T("keyname.escape"))
	rows := []fyne.CanvasObject{kit.Heading("SolidaRen")}
	switch {
	case s.shown.joining:
		rows = append(rows, s.join()...)
	case s.shown.founding:
		rows = append(rows, s.found()...)
	default:
		rows = append(rows, s.choose()...)
	}
	s.object.Objects = []fyne.CanvasObject{page.Centred(rows...)}
	s.object.Refresh()
	s.refresh()
}

// What the doors lead to.
const (
	try   = "try"
	join  = "join"
	found = "found"
	alone = "alone"
)

func (s *Screen) choose() []fyne.CanvasObject {
	s.doors = kit.NewChoice(kit.ChoiceOptions{
		Options: page.Keyed(
			kit.Option{Value: try, Label: words.T("welcome.try")},
			kit.Option{Value: join, Label: words.T("welcome.join")},
			kit.Option{Value: found, Label: words.T("welcome.found")},
			kit.Option{Value: alone, Label: words.T("welcome.alone")}),
		Columns: 1, OnAnswer: s.onDoor,
	})
	s.first, s.invite = s.doors, nil
	languages := kit.NewChoice(kit.ChoiceOptions{
		Options:  []kit.Option{{Value: "fr", Label: "Français"}, {Value: "en", Label: "English"}},
		Selected: []string{words.Language()}, Columns: 2,
		OnAnswer: func(chosen []string, _ bool) {
			if len(chosen) == 1 && chosen[0] != words.Language() {
				s.settings.SetLanguage(chosen[0])
			}
		},
	})
	return []fyne.CanvasObject{
		kit.Text(words.T("about.what")), kit.Subheading(words.T("welcome.ask")),
		s.doors, s.problem, s.progress,
		kit.Muted(words.T("welcome.doors")),
		kit.Caption(words.T("welcome.looks")), languages,
		s.keyboard(), // last what has the focus: Tab shows all of it
	}
}

// keyboard lets the digit row be tried: what it writes tells the keyboard, and
// that a choice needs no Shift.
func (s *Screen) keyboard() fyne.CanvasObject {
	s.keys = kit.NewEntry("")
	s.keys.OnChanged = s.onKeyboard
	s.keys.OnSubmitted = func(string) { kit.Focus(s.doors) }
	s.felt = page.Field(words.T("welcome.keyboard"), words.T("welcome.keyboard.try"), s.keys)
	return s.felt
}

// felt are the words of the keyboards.
var felt = map[model.Keyboard]string{
	model.KeyboardAZERTY: "welcome.keyboard.azerty", model.KeyboardBEPO: "welcome.keyboard.bepo",
	model.KeyboardQWERTY: "welcome.keyboard.qwerty", model.KeyboardOther: "welcome.keyboard.other",
}

// onKeyboard keeps the last key that was tried, and says what it was.
func (s *Screen) onKeyboard(text string) {
	text = strings.TrimSpace(text)
	if text == "" {
		s.felt.Hint(words.T("welcome.keyboard.try"))
		return
	}
	written, _ := utf8.DecodeLastRuneInString(text)
	s.keys.Put(string(written))
	s.felt.Hint(words.T(felt[model.FeelKeyboard(written)], string(written)))
	s.object.Refresh()
}

func (s *Screen) join() []fyne.CanvasObject {
	s.invite = kit.NewEntry("")
	s.invite.OnSubmitted = func(string) { s.Confirm() }
	s.first = s.invite
	return []fyne.CanvasObject{
		kit.Subheading(words.T("welcome.join.title")), kit.Text(words.T("welcome.join.why")),
		page.Field(words.T("send.invite"), words.T("welcome.join.hint"), s.invite), s.problem, s.progress,
		page.Flow(
			kit.NewButton(words.T("welcome.join.go"), s.Confirm).As(kit.Primary).WithKey(words.T("keyname.enter")),
			kit.NewButton(words.T("welcome.join.file"), s.onFile),
			kit.NewButton(words.T("welcome.return"), s.model.Return)),
		kit.Caption(words.T("welcome.join.next")),
	}
}

// Later (Escape) stops the writing of the demo, or goes back to the doors.
func (s *Screen) Later() {
	switch {
	case s.model.Busy:
		s.model.Cancel()
	case s.shown != shown{}:
		s.model.Return()
	}
}

// Busy reports whether the demo is being written: it must not be begun twice.
func (s *Screen) Busy() bool { return s.model.Busy }

// Confirm goes on with the invite.
func (s *Screen) Confirm() {
	if s.shown.joining {
		s.model.Invite(s.invite.Text)
	}
}

// Confirms reports whether an invite is asked for.
func (s *Screen) Confirms() bool { return s.shown.joining }

// onDoor goes through a door. The choice keeps no answer: it is no question.
func (s *Screen) onDoor(chosen []string, _ bool) {
	if len(chosen) == 0 || s.model.Busy {
		return
	}
	s.doors.Update(s.doors.Options, nil)
	switch chosen[0] {
	case try:
		s.model.Try()
	case join:
		s.model.Join()
	case found:
		s.model.Found()
	case alone:
		s.model.OnAlone()
	}
}

// maxInviteFile is the largest file in which an invite is looked for, in bytes.
const maxInviteFile = 1 << 20

// onFile chooses the file that holds the invite.
func (s *Screen) onFile() {
	folder := kit.NewFolder("", nil, func(path string) {
		s.window.Modals().Dismiss()
		content, err := kit.ReadFile(path, maxInviteFile)
		if err != nil {
			s.window.Modals().ShowError("welcome", err)
			return
		}
		s.model.Invite(string(content))
	})
	s.window.Show(kit.Dialog{
		Title: words.T("welcome.join.file"), Content: folder, First: folder.Entry, Wide: true,
		Buttons: []kit.Action{{Text: words.T("kit.cancel")}},
	})
}

func (s *Screen) refresh() {
	if s.shown != s.now() {
		s.Build()
		s.Focus()
		return
	}
	s.problem.Set("")
	if s.model.Err != nil {
		s.problem.Set(diagnostics.Sentence(s.model.Err, words.Language()))
	}
	s.problem.Hidden = s.model.Err == nil
	if s.model.Busy {
		s.progress.Show()
		s.progress.Set(words.T("welcome.try.busy", s.model.Written), int64(s.model.Written), int64(s.model.Planned))
	} else {
		s.progress.Hide()
	}
	s.object.Refresh()
}
