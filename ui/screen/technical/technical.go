// Package technical shows how the program, its notebook and its computer are,
// and writes it to a file for whoever helps. What is written is what is shown,
// line by line, and tells nothing of anybody.
package technical

import (
	"fyne.io/fyne/v2"

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
}

// Screen shows a model.Technical.
type Screen struct {
	model  *model.Technical
	window Window

	object             fyne.CanvasObject
	list               *page.Rows
	file               *kit.Entry
	check, ask, saving *kit.Button
	progress           *kit.Progress
	result             *kit.Banner
}

// New makes the screen.
func New(m *model.Technical, w Window) *Screen {
	s := &Screen{model: m, window: w}
	m.OnChange = s.refresh
	m.Open()
	return s
}

// Object is what the window shows.
func (s *Screen) Object() fyne.CanvasObject { return s.object }

// Title of the window while the screen is in front.
func (s *Screen) Title() string { return words.T("nav.technical") }

// Close ends the screen's work.
func (s *Screen) Close() { s.model.Close() }

// Load reads what is shown again.
func (s *Screen) Load() { s.model.Load() }

// Focus goes to the lines.
func (s *Screen) Focus() { kit.Focus(s.list.List) }

// Confirm writes the file.
func (s *Screen) Confirm() { s.model.Save() }

// Build makes the widgets, again in another language.
func (s *Screen) Build() {
	s.list = page.NewRows(words.T("tech.reading"), kit.ListOptions{
		Length: func() int { return len(s.model.Lines) },
		Line:   func(i int) kit.Line { return line(s.model.Lines[i]) },
	}).Like(s.list)
	s.file = kit.NewEntry("")
	s.file.SelectAll = true
	s.file.Put(s.model.File)
	s.file.OnChanged = func(text string) { s.model.File = text }
	s.file.OnSubmitted = func(string) { s.model.Save() }
	s.check = kit.NewButton(words.T("tech.check"), s.model.Check)
	s.ask = kit.NewButton(words.T("tech.ask"), s.model.Ask)
	s.saving = kit.NewButton(words.T("tech.save"), s.model.Save).As(kit.Primary).WithKey(s.window.Keys("finish"))
	s.progress, s.result = kit.NewProgress(s.model.Cancel), kit.NewBanner(kit.Success, "")
	foot := kit.VStack(look.Gap, s.result, s.progress,
		page.Field(words.T("tech.file"), words.T("tech.file.hint"), s.file), page.Flow(s.saving, s.check, s.ask))
	s.object = page.New(words.T("nav.technical"), page.Footed(foot, page.Above(kit.Muted(words.T("tech.what")), s.list.Object)))
	s.refresh()
}

// line shows a title of a group, or a thing with its value.
func line(l model.TechnicalLine) kit.Line {
	shown := kit.Line{Title: l.Name, Detail: l.Value}
	if l.Bad {
		shown.Mark = "!"
	}
	return shown
}

func (s *Screen) refresh() {
	s.list.Refresh()
	m := s.model
	for _, b := range []*kit.Button{s.check, s.ask} {
		if m.Checking() || m.Asking() {
			b.Disable()
		} else {
			b.Enable()
		}
	}
	switch {
	case m.Checking():
		s.progress.Show()
		s.progress.Set(words.T("tech.checking"), m.Done, m.Total)
	case m.Asking():
		s.progress.Show()
		s.progress.Set(words.T("tech.asking"), 0, 0)
	case m.Saving():
		s.progress.Show()
		s.progress.Set(words.T("tech.saving"), 0, 0)
	default:
		s.progress.Hide()
	}
	s.result.Show()
	switch {
	case m.Err != nil:
		s.result.Set(kit.Warning, diagnostics.Sentence(m.Err, words.Language()))
	case m.Saved != "":
		s.result.Set(kit.Success, words.T("tech.saved", m.Saved))
	case m.Sound != nil && *m.Sound:
		s.result.Set(kit.Success, words.T("care.sound"))
	default:
		s.result.Hide()
	}
	s.object.Refresh()
}
