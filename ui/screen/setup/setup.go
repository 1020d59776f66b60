// Package setup is the screen that follows the making of a notebook: the
// recovery sheet, then the passphrase once more, after a while. Nothing of it
// keeps anybody from working: it can be put off at any point.
package setup

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"solidaren/diagnostics"
	"solidaren/ui/kit"
	"solidaren/ui/kit/page"
	"solidaren/ui/kit/sheet"
	"solidaren/ui/model"
	"solidaren/ui/words"
)

// Window is what the screen asks of the window.
type Window interface {
	// Open hands a file to the program of the system that shows it.
	Open(file string) error
	// EndSetup leaves the set-up: done, or put off.
	EndSetup()
}

// Screen shows a model.Setup.
type Screen struct {
	model  *model.Setup
	window Window
	sheet  sheet.View

	object   *fyne.Container
	first    fyne.Focusable
	result   *kit.Banner
	progress *kit.Progress
	shown    shown
}

// shown is what the window was built for.
type shown struct {
	stage         model.SetupStage
	code, printed string
	busy          bool
}

// New makes the screen.
func New(m *model.Setup, w Window) *Screen {
	s := &Screen{model: m, window: w}
	s.sheet = sheet.View{Model: m.Security, Open: w.Open, Failed: func(sentence string) {
		s.result.Set(kit.Fault, sentence)
		s.result.Show()
	}}
	m.OnChange = s.refresh
	m.Open()
	return s
}

// Object is what the window shows.
func (s *Screen) Object() fyne.CanvasObject {
	if s.object == nil {
		return nil
	}
	return s.object
}

// Title of the window while the screen is in front.
func (s *Screen) Title() string { return words.T("setup.title") }

// Close forgets the code.
func (s *Screen) Close() { s.model.Close() }

// Leave takes the code off the screen.
func (s *Screen) Leave() {
	if s.model.Code != "" {
		s.model.Hide()
	}
}

// Load reads how things are.
func (s *Screen) Load() { s.model.Load() }

// Focus goes to what is asked for.
func (s *Screen) Focus() {
	if s.first != nil {
		kit.Focus(s.first)
	}
}

// Later puts off what is left.
func (s *Screen) Later() { s.window.EndSetup() }

// Build makes the widgets, again in another language.
func (s *Screen) Build() {
	s.object = container.NewStack()
	s.result, s.progress = kit.NewBanner(kit.Fault, ""), kit.NewProgress(nil)
	s.shown = shown{stage: -1}
	s.refresh()
}

// titles of the stages, and what they are good for.
var (
	titles = map[model.SetupStage]string{
		model.SetupOffer: "setup.sheet", model.SetupCode: "setup.sheet", model.SetupProof: "setup.sheet", model.SetupPhrase: "setup.phrase",
	}
	reasons = map[model.SetupStage]string{
		model.SetupOffer: "security.sheet.why", model.SetupCode: "setup.sheet.keep", model.SetupPhrase: "setup.phrase.why",
	}
)

func (s *Screen) refresh() {
	if s.object == nil {
		return
	}
	stage := s.model.Stage()
	if stage == model.SetupEnd && s.shown.stage > model.SetupReading {
		s.window.EndSetup()
		return
	}
	now := shown{stage, s.model.Code, s.model.Printed, s.model.Running()}
	if now != s.shown {
		s.shown = now
		s.show()
		s.Focus()
	}
	s.tell()
}

// show builds what is asked for now.
func (s *Screen) show() {
	s.first = nil
	rows := []fyne.CanvasObject{kit.Heading(words.T("setup.title"))}
	if title, ok := titles[s.shown.stage]; ok {
		rows = append(rows, kit.Subheading(words.T(title)))
	}
	if why, ok := reasons[s.shown.stage]; ok {
		rows = append(rows, kit.Text(words.T(why)))
	}
	rows = append(rows, s.progress, s.result)
	if !s.shown.busy {
		rows = append(rows, s.asked()...)
	}
	s.object.Objects = []fyne.CanvasObject{page.Centred(rows...)}
	s.object.Refresh()
}

func (s *Screen) asked() []fyne.CanvasObject {
	later := kit.NewButton(words.T("setup.later"), s.Later).WithKey(words.T("keyname.escape"))
	switch s.shown.stage {
	case model.SetupOffer:
		do := kit.NewButton(words.T("security.sheet.make"), s.model.MakeSheet).As(kit.Primary).WithKey(words.T("keyname.enter"))
		s.first = do
		return []fyne.CanvasObject{page.Flow(do, later), kit.Caption(words.T("setup.later.why"))}
	case model.SetupCode:
		rows := s.sheet.Fresh()
		s.first = s.sheet.First
		return rows
	case model.SetupProof:
		rows := s.sheet.Proof(later)
		s.first = s.sheet.First
		return rows
	case model.SetupPhrase:
		return s.phrase(later)
	}
	return nil
}

// phrase asks for the passphrase once more.
func (s *Screen) phrase(later fyne.CanvasObject) []fyne.CanvasObject {
	phrase := kit.NewPassword("")
	try := func() { s.model.Try(phrase.Text) }
	phrase.OnSubmitted = func(string) { try() }
	s.first = phrase
	return []fyne.CanvasObject{
		page.Field(words.T("lock.phrase"), "", phrase), kit.NewCheck(words.T("lock.reveal"), false, phrase.Reveal),
		page.Flow(kit.NewButton(words.T("setup.phrase.try"), try).As(kit.Primary), later),
	}
}

// running are the words of what runs.
var running = map[string]string{
	"security.sheet.making": "security.sheet.making", "security.sheet.printing": "security.sheet.printing",
	"security.sheet.proving": "security.sheet.proving", "lock.busy": "lock.busy",
}

// tell shows what runs, or what did not go.
func (s *Screen) tell() {
	m := s.model
	s.progress.Hide()
	s.result.Hide()
	switch {
	case m.Running():
		s.progress.Set(words.T(running[m.Text]), 0, 0)
		s.progress.Show()
	case m.Err != nil:
		s.result.Set(kit.Fault, diagnostics.Sentence(m.Err, words.Language()))
		s.result.Show()
	}
	s.object.Refresh()
}
