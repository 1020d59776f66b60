// Package lock is the screen before the notebook is open: it makes a notebook
// or asks for its passphrase. It shows nothing of what the notebook holds.
package lock

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"solidaren/diagnostics"
	"solidaren/ui/kit"
	"solidaren/ui/kit/page"
	"solidaren/ui/model"
	"solidaren/ui/words"
)

// Screen shows a model.Lock.
type Screen struct {
	model    *model.Lock
	settings *model.Settings
	folder   string

	object        fyne.CanvasObject
	phrase, again *kit.Entry
	open          *kit.Button
	problem       *kit.Label
	activity      *kit.Label
}

// New makes the screen; folder is shown, so that one knows which notebook is
// asked for.
func New(m *model.Lock, settings *model.Settings, folder string) *Screen {
	s := &Screen{model: m, settings: settings, folder: folder}
	m.OnChange = s.refresh
	return s
}

// Object is what the window shows.
func (s *Screen) Object() fyne.CanvasObject { return s.object }

// Title of the window while the screen is in front.
func (s *Screen) Title() string { return words.T("lock.title") }

// Close forgets the passphrase.
func (s *Screen) Close() {
	s.phrase.Put("")
	s.again.Put("")
	s.model.Close()
}

// Wait returns when no passphrase is being checked.
func (s *Screen) Wait() { s.model.Wait() }

// Load has nothing to read.
func (s *Screen) Load() {}

// Focus puts the writer in the passphrase.
func (s *Screen) Focus() { kit.Focus(s.phrase) }

// Build makes the widgets, again in another language.
func (s *Screen) Build() {
	s.phrase, s.again = kit.NewPassword(""), kit.NewPassword("")
	s.phrase.OnSubmitted = func(string) { s.onPhrase() }
	s.again.OnSubmitted = func(string) { s.onOpen() }
	s.problem, s.activity = kit.Text(""), kit.Muted("")
	s.problem.Color = theme.ColorNameError
	rows := []fyne.CanvasObject{kit.Heading("SolidaRen")}
	if s.model.Creating {
		s.open = kit.NewButton(words.T("lock.create"), s.onOpen).As(kit.Primary)
		rows = append(rows, kit.Text(words.T("lock.create.why")),
			page.Field(words.T("lock.phrase.new"), words.T("lock.phrase.rule"), s.phrase),
			page.Field(words.T("lock.phrase.again"), "", s.again))
	} else {
		s.open = kit.NewButton(words.T("lock.open"), s.onOpen).As(kit.Primary)
		rows = append(rows, kit.Text(words.T("lock.open.why")), page.Field(words.T("lock.phrase"), "", s.phrase))
	}
	rows = append(rows, kit.NewCheck(words.T("lock.reveal"), false, s.onReveal),
		s.problem, s.open, s.activity, kit.Caption(words.T("lock.folder", s.folder)),
		kit.Caption(words.T("lock.emergency")), s.languages())
	s.object = page.Centred(rows...)
	s.refresh()
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

// onPhrase: Enter in the first field opens, or goes on to the second one.
func (s *Screen) onPhrase() {
	if s.model.Creating {
		kit.Focus(s.again)
		return
	}
	s.onOpen()
}

func (s *Screen) onOpen() {
	if s.model.Creating {
		s.model.Create(s.phrase.Text, s.again.Text)
		return
	}
	s.model.Unlock(s.phrase.Text)
}

func (s *Screen) onReveal(on bool) {
	s.phrase.Reveal(on)
	s.again.Reveal(on)
}
