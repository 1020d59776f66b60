// Package lock is the screen before the notebook is open: it makes a notebook
// or asks for its passphrase. It shows nothing of what the notebook holds.
package lock

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

// Screen shows a model.Lock.
type Screen struct {
	model    *model.Lock
	settings *model.Settings
	folder   string
	keys     func(command string) string // of the window, as they are shown

	object              *fyne.Container
	code, phrase, again *kit.Entry
	open                *kit.Button
	problem             *kit.Label
	sealed              *kit.Label // how many records wait
	activity            *kit.Label
	proposal            *kit.Label      // the words that were drawn
	field               *kit.Field      // of the passphrase
	learning            *fyne.Container // the words, while they are learnt
	reveal              *kit.Check
	damage              *fyne.Container
	waiting             bool // the next try has to wait
	shown               mode
}

// mode is what the screen asks for.
type mode struct{ creating, recovering bool }

func (s *Screen) mode() mode { return mode{s.model.Creating, s.model.Recovering} }

// New makes the screen; folder is shown, so that one knows which notebook is
// asked for; keys gives the shortcut of a command.
func New(m *model.Lock, settings *model.Settings, folder string, keys func(command string) string) *Screen {
	s := &Screen{model: m, settings: settings, folder: folder, keys: keys, object: container.NewStack()}
	m.OnChange = s.refresh
	return s
}

// Object is what the window shows, nil before the first Build.
func (s *Screen) Object() fyne.CanvasObject {
	if s.phrase == nil {
		return nil
	}
	return s.object
}

// Title of the window while the screen is in front.
func (s *Screen) Title() string { return words.T("lock.title") }

// Close forgets what was typed.
func (s *Screen) Close() {
	s.forget()
	s.model.Close()
}

func (s *Screen) forget() {
	for _, field := range []*kit.Entry{s.code, s.phrase, s.again} {
		field.Put("")
	}
	s.draw("")
}

// Tick shows how long the next try has to wait for.
func (s *Screen) Tick() {
	wait := s.model.Vault.Delay()
	if wait <= 0 || s.model.Busy || s.model.Creating {
		if s.waiting {
			s.waiting = false
			s.refresh()
		}
		return
	}
	s.waiting = true
	s.activity.Set(waitText(wait))
}

// waitText tells a delay in seconds, or in minutes where it is long. It says
// honestly what the delay is good for.
func waitText(wait time.Duration) string {
	seconds := int((wait + time.Second - 1) / time.Second)
	if seconds >= 60 {
		return words.T("lock.wait.minutes", (seconds+59)/60)
	}
	return words.T("lock.wait", seconds)
}

// Wait returns when no passphrase is being checked.
func (s *Screen) Wait() { s.model.Wait() }

// Load has nothing to read.
func (s *Screen) Load() {}

// Focus puts the writer in the first field.
func (s *Screen) Focus() {
	if s.model.Recovering {
		kit.Focus(s.code)
		return
	}
	kit.Focus(s.phrase)
}

// Chooses reports whether a notebook, or a symbol, is chosen.
func (s *Screen) Chooses() bool {
	if s.model.Recovering {
		return false
	}
	return len(s.model.There) > 1 || s.model.Creating && len(s.model.Free) > 0
}

// Build makes the widgets, again in another language.
func (s *Screen) Build() {
	s.code, s.phrase, s.again = kit.NewEntry("").Like(s.code), kit.NewPassword("").Like(s.phrase), kit.NewPassword("").Like(s.again)
	s.phrase.OnChanged, s.again.OnChanged = s.onTyped, s.onTyped
	s.code.OnSubmitted = func(string) { kit.Focus(s.phrase) }
	s.phrase.OnSubmitted = func(string) { s.onPhrase() }
	s.again.OnSubmitted = func(string) { s.onOpen() }
	s.problem, s.activity = kit.Text(""), kit.Muted("")
	s.problem.Color = theme.ColorNameError
	s.proposal = kit.Subheading("")
	s.reveal = kit.NewCheck(words.T("lock.reveal"), false, s.onReveal)
	s.reveal.Key = s.keys("hint")
	s.learning = nil
	s.field = page.Field(words.T("lock.phrase"), "", s.phrase)
	rows := []fyne.CanvasObject{kit.Heading("SolidaRen")}
	switch {
	case s.model.Creating:
		rows = append(rows, s.creating()...)
	case s.model.Recovering:
		rows = append(rows, s.recovering()...)
	default:
		rows = append(rows, s.opening()...)
	}
	s.damage = kit.VStack(look.Gap, kit.Text(words.T("lock.damaged")),
		kit.NewButton(words.T("lock.rescue"), func() { s.model.Rescue(s.code.Text, s.phrase.Text) }))
	rows = append(rows, s.reveal, s.problem, s.damage,
		page.Flow(append([]fyne.CanvasObject{s.open}, s.others()...)...), s.activity)
	if !s.model.Creating && !s.model.Recovering {
		rows = append(rows, s.recording())
	}
	if len(s.model.There)+len(s.model.Free) == 0 {
		rows = append(rows, kit.Caption(words.T("lock.folder", s.folder)))
	}
	colours := kit.NewButton(words.T("cmd.theme"), s.settings.NextPalette).WithKey(s.keys("theme"))
	rows = append(rows, s.languages(), page.Flow(colours))
	s.shown = s.mode()
	if s.learning != nil {
		s.propose()
	}
	s.onTyped("")
	s.sealed = kit.Text("")
	foot := container.NewVBox(widget.NewSeparator(), kit.Inset(look.Gap,
		kit.VStack(look.RingWidth, kit.Text(words.T("lock.emergency")), s.sealed)))
	s.object.Objects = []fyne.CanvasObject{container.NewBorder(nil, foot, nil, nil, page.Centred(rows...))}
	s.object.Refresh()
	s.refresh()
}

func (s *Screen) opening() []fyne.CanvasObject {
	s.open = kit.NewButton(words.T("lock.open"), s.onOpen).As(kit.Primary)
	rows := []fyne.CanvasObject{kit.Text(words.T("lock.open.why"))}
	if len(s.model.There) > 1 {
		rows = append(rows, page.Field(words.T("lock.symbol"), "", s.symbols(s.model.There)))
	}
	return append(rows, s.field)
}

// recording is the way to records that are written without opening.
func (s *Screen) recording() fyne.CanvasObject {
	return kit.VStack(look.Gap, kit.NewButton(words.T("lock.record"), s.model.Record).WithKey(words.T("lock.record.key")),
		kit.Caption(words.T("lock.record.why")))
}

// count tells how many records wait for the opening.
func (s *Screen) count() {
	text := ""
	if n := s.model.Sealed(); n > 0 {
		text = words.T("lock.sealed", n)
	}
	s.sealed.Set(text)
}

// offered is how many free symbols are shown: enough to choose from.
const offered = 6

func (s *Screen) creating() []fyne.CanvasObject {
	s.open = kit.NewButton(words.T("lock.create"), s.onOpen).As(kit.Primary)
	rows := []fyne.CanvasObject{kit.Text(words.T("lock.create.why"))}
	if len(s.model.Free) > 0 {
		rows = append(rows, page.Field(words.T("lock.symbol"), words.T("lock.symbol.hint"), s.symbols(s.model.Free[:min(len(s.model.Free), offered)])))
	}
	return append(rows, s.newPhrase()...)
}

func (s *Screen) recovering() []fyne.CanvasObject {
	s.open = kit.NewButton(words.T("lock.recover"), s.onOpen).As(kit.Primary)
	return append([]fyne.CanvasObject{
		kit.Text(words.T("lock.recover.why")),
		page.Field(words.T("lock.code"), words.T("lock.code.hint"), s.code),
	}, s.newPhrase()...)
}

// others are the ways to another of the screen's questions.
func (s *Screen) others() []fyne.CanvasObject {
	var buttons []fyne.CanvasObject
	if s.model.Creating || s.model.Recovering {
		if len(s.model.There) > 0 || s.model.Recovering {
			buttons = append(buttons, kit.NewButton(words.T("lock.return"), s.model.Return))
		}
	} else {
		buttons = append(buttons, kit.NewButton(words.T("lock.forgot"), s.model.Forgot))
		if len(s.model.Free) > 0 {
			buttons = append(buttons, kit.NewButton(words.T("lock.another"), s.model.Begin))
		}
	}
	return buttons
}

func (s *Screen) languages() fyne.CanvasObject {
	return kit.NewChoice(kit.ChoiceOptions{
		Options:  []kit.Option{{Value: "fr", Label: "Français"}, {Value: "en", Label: "English"}},
		Selected: []string{words.Language()}, Columns: 2,
		OnAnswer: func(chosen []string, _ bool) {
			if len(chosen) == 1 && chosen[0] != words.Language() {
				s.settings.SetLanguage(chosen[0])
			}
		},
	})
}

func (s *Screen) refresh() {
	if s.shown != s.mode() {
		s.forget()
		s.Build()
		s.Focus()
		return
	}
	if !s.model.Creating && !s.model.Recovering {
		s.count() // of the notebook that is meant
	}
	if s.model.Damaged && !s.model.Creating {
		s.damage.Show()
	} else {
		s.damage.Hide()
	}
	s.problem.Set("")
	if s.model.Err != nil {
		s.problem.Set(diagnostics.Sentence(s.model.Err, words.Language()))
		s.phrase.TypedShortcut(&fyne.ShortcutSelectAll{}) // the next try replaces it
	}
	if s.model.Busy {
		s.activity.Set(words.T("lock.busy"))
		s.open.Disable()
		return
	}
	s.activity.Set("")
	s.open.Enable()
}

func (s *Screen) onOpen() {
	switch {
	case s.model.Creating:
		s.model.Create(s.phrase.Text, s.again.Text)
	case s.model.Recovering:
		s.model.Recover(s.code.Text, s.phrase.Text, s.again.Text)
	case s.phrase.Text == "":
		s.model.Record()
	default:
		s.model.Unlock(s.phrase.Text)
	}
}

// Record begins to record without opening the notebook.
func (s *Screen) Record() { s.model.Record() }
