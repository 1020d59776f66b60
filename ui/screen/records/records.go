// Package records is the list of finished records, the newest first.
package records

import (
	"fyne.io/fyne/v2"

	"solidaren/ui/kit"
	"solidaren/ui/kit/page"
	"solidaren/ui/model"
	"solidaren/ui/words"
)

// Window is what the screen asks of the window.
type Window interface {
	OpenRecord(id string)
}

// Screen shows a model.Records.
type Screen struct {
	model  *model.Records
	window Window

	object fyne.CanvasObject
	list   *page.Rows
}

// New makes the screen.
func New(m *model.Records, w Window) *Screen {
	s := &Screen{model: m, window: w}
	m.OnChange = s.refresh
	m.Open()
	return s
}

// Object is what the window shows.
func (s *Screen) Object() fyne.CanvasObject { return s.object }

// Title of the window while the screen is in front.
func (s *Screen) Title() string { return words.T("nav.records") }

// Close ends the screen's work.
func (s *Screen) Close() { s.model.Close() }

// Load reads what is shown again.
func (s *Screen) Load() { s.model.Load() }

// Focus goes to the list.
func (s *Screen) Focus() { kit.Focus(s.list.List) }

// Chooses reports whether a kind of record is chosen by its digit.
func (s *Screen) Chooses() bool { return true }

// Build makes the widgets, again in another language.
func (s *Screen) Build() {
	s.list = page.NewRows(words.T("records.empty"), kit.ListOptions{
		Length: s.model.Rows.Len,
		Line:   s.line,
		OnOpen: s.open,
	}).Like(s.list)
	options := []kit.Option{{Value: "", Label: words.T("records.all")}}
	for _, id := range s.model.Forms.IDs() {
		options = append(options, kit.Option{Value: id, Label: page.FormName(s.model.Forms, id)})
	}
	filter := kit.NewChoice(kit.ChoiceOptions{
		Options: page.Keyed(options...), Selected: []string{s.model.Form},
		Columns: len(options), OnAnswer: func(chosen []string, _ bool) { s.onFilter(chosen) },
	})
	s.object = page.New(words.T("nav.records"),
		page.Above(filter, s.list.Object))
	s.refresh()
}

func (s *Screen) line(i int) kit.Line {
	row, ok := s.model.Rows.At(i)
	if !ok {
		return page.Unread
	}
	return page.RecordLine(s.model.Forms, row)
}

func (s *Screen) open(i int) {
	if row, ok := s.model.Rows.At(i); ok {
		s.window.OpenRecord(row.ID)
	}
}

func (s *Screen) onFilter(chosen []string) {
	form := ""
	if len(chosen) > 0 {
		form = chosen[0]
	}
	s.model.Filter(form)
}

func (s *Screen) refresh() { s.list.Refresh() }
