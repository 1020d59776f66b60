// Package record shows one finished record as it was written, with labels. It
// changes nothing: a correction is a new record.
package record

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"solidaren/ui/kit"
	"solidaren/ui/kit/page"
	look "solidaren/ui/kit/theme"
	"solidaren/ui/model"
	"solidaren/ui/words"
)

// Window is what the screen asks of the window.
type Window interface {
	Correct(recordID string)
	OpenPerson(id string)
	OpenRecord(id string)
	Back()
	Keys(command string) string // the shortcut of a command, as it is shown
}

// Screen shows a model.Record.
type Screen struct {
	model  *model.Record
	window Window

	object  fyne.CanvasObject
	body    *fyne.Container
	correct *kit.Button
	person  *kit.Button
	waiting bool // for the record, to take the focus
}

// New makes the screen.
func New(m *model.Record, w Window) *Screen {
	s := &Screen{model: m, window: w}
	m.OnChange = s.refresh
	m.Open()
	return s
}

// Object is what the window shows.
func (s *Screen) Object() fyne.CanvasObject { return s.object }

// ID is that of the record.
func (s *Screen) ID() string { return s.model.ID }

// Title of the window while the screen is in front.
func (s *Screen) Title() string { return words.T("record.title") }

// Close ends the screen's work.
func (s *Screen) Close() { s.model.Close() }

// Load reads what is shown again.
func (s *Screen) Load() { s.model.Load() }

// Focus goes to the first action, once the record is read.
func (s *Screen) Focus() {
	s.waiting = s.model.Finished.ID == ""
	kit.Focus(s.correct)
}

// Build makes the widgets, again in another language.
func (s *Screen) Build() {
	s.correct = kit.NewButton(words.T("record.correct"), func() { s.window.Correct(s.model.ID) }).As(kit.Primary)
	s.person = kit.NewButton(words.T("record.person"), func() { s.window.OpenPerson(s.model.Finished.Get("person")) })
	back := kit.NewButton(words.T("nav.back"), s.window.Back).WithKey(s.window.Keys("back"))
	s.body = kit.VStack(look.Gap)
	s.object = page.New(words.T("record.title"), page.Footed(page.Flow(s.correct, s.person), kit.NewReader(s.body)), back)
	s.refresh()
}

func (s *Screen) refresh() {
	s.body.Objects = s.content()
	s.body.Refresh()
	if s.model.Finished.Get("person") == "" {
		s.person.Hide()
	} else {
		s.person.Show()
	}
	if s.model.Correctable() {
		s.correct.Enable()
	} else {
		s.correct.Disable()
	}
	if s.waiting && s.model.Finished.ID != "" {
		s.Focus()
	}
}

func (s *Screen) content() []fyne.CanvasObject {
	m := s.model
	if m.Finished.ID == "" {
		return nil
	}
	rows := []fyne.CanvasObject{
		kit.Subheading(page.FormName(m.Forms, m.Finished.Get("form_id"))),
		kit.Muted(words.T("record.where", m.When, m.Place)),
	}
	if m.Corrects != "" {
		rows = append(rows, kit.NewBanner(kit.Info, words.T("record.corrects")))
	}
	if !m.Readable {
		rows = append(rows, kit.NewBanner(kit.Warning, words.T("record.unknown_form")))
	}
	if m.Awaited {
		rows = append(rows, kit.NewBanner(kit.Info, words.T("record.awaited")))
	}
	for _, line := range m.Lines {
		rows = append(rows, lineObject(line))
	}
	return rows
}

// lineObject is a heading, or a question beside its answer.
func lineObject(line model.Line) fyne.CanvasObject {
	if line.Heading {
		return kit.Subheading(line.Label)
	}
	return container.NewGridWithColumns(2, kit.Muted(line.Label), kit.Text(line.Answer))
}
