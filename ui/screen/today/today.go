// Package today is the first screen of an open notebook: drafts to go on with,
// what one can start, what waits to be sent, what was written last.
package today

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"solidaren/ui/kit"
	"solidaren/ui/kit/page"
	"solidaren/ui/model"
	"solidaren/ui/words"
)

// Window is what the screen asks of the window.
type Window interface {
	StartForm(id string)
	Resume(draftID string)
	OpenRecord(id string)
	FindPerson()
	Confirm(kit.Question)
	Send()
	Keys(command string) string // the shortcut of a command, as it is shown
}

// Screen shows a model.Today.
type Screen struct {
	model  *model.Today
	window Window

	object          fyne.CanvasObject
	first           *kit.Button
	drafts, records *page.Rows
	sending         *kit.Label
	focused         bool
}

// New makes the screen.
func New(m *model.Today, w Window) *Screen {
	s := &Screen{model: m, window: w}
	m.OnChange = s.refresh
	m.Open()
	return s
}

// Object is what the window shows.
func (s *Screen) Object() fyne.CanvasObject { return s.object }

// Title of the window while the screen is in front.
func (s *Screen) Title() string { return words.T("nav.today") }

// Close ends the screen's work.
func (s *Screen) Close() { s.model.Close() }

// Load reads what is shown again.
func (s *Screen) Load() { s.model.Load() }

// Focus puts the first draft, or what can be started, under the keys. It waits
// for the drafts to be read.
func (s *Screen) Focus() {
	s.focused = false
	kit.Focus(s.first)
}

// Build makes the widgets, again in another language.
func (s *Screen) Build() {
	s.drafts = page.NewRows(words.T("today.no_draft"), kit.ListOptions{
		Length: func() int { return len(s.model.Drafts) },
		Line:   func(i int) kit.Line { return page.DraftLine(s.model.Forms, s.model.Drafts[i]) },
		OnOpen: func(i int) { s.window.Resume(s.model.Drafts[i].ID) },
	})
	s.drafts.OnKey = s.onDraftKey
	s.records = page.NewRows(words.T("today.no_record"), kit.ListOptions{
		Length: func() int { return len(s.model.Records) },
		Line:   func(i int) kit.Line { return page.RecordLine(s.model.Forms, s.model.Records[i]) },
		OnOpen: func(i int) { s.window.OpenRecord(s.model.Records[i].ID) },
	})
	s.sending = kit.Text("")
	lists := page.Beside(0.5,
		page.Titled(words.T("today.drafts"), s.drafts.Object),
		page.Titled(words.T("today.records"), s.records.Object))
	send := kit.NewButton(words.T("today.send"), s.window.Send)
	foot := container.NewBorder(nil, nil, nil, send, s.sending)
	s.object = page.New(words.T("nav.today"), container.NewBorder(nil, foot, nil, nil, page.Above(s.starts(), lists)))
	s.refresh()
}

// starts are the buttons for what can be written now.
func (s *Screen) starts() fyne.CanvasObject {
	var buttons []fyne.CanvasObject
	for _, id := range s.model.Forms.IDs() {
		button := kit.NewButton(page.FormName(s.model.Forms, id), func() { s.window.StartForm(id) })
		if keys := s.window.Keys(id); keys != "" {
			button.WithKey(keys)
		}
		if len(buttons) == 0 {
			s.first = button.As(kit.Primary)
		}
		buttons = append(buttons, button)
	}
	buttons = append(buttons, kit.NewButton(words.T("today.find"), s.window.FindPerson).WithKey(s.window.Keys("find")))
	return page.Flow(buttons...)
}

func (s *Screen) refresh() {
	s.drafts.Refresh()
	s.records.Refresh()
	s.sending.Set(page.Waiting(s.model.Counts.Unsent))
	if !s.focused && len(s.model.Drafts) > 0 {
		s.focused = true
		kit.Focus(s.drafts.List)
	}
}

// onDraftKey: Delete asks whether to throw the highlighted draft away.
func (s *Screen) onDraftKey(key *fyne.KeyEvent) bool {
	i := s.drafts.Highlighted()
	if key.Name != fyne.KeyDelete || i < 0 || i >= len(s.model.Drafts) {
		return false
	}
	id := s.model.Drafts[i].ID
	s.window.Confirm(kit.Question{Title: words.T("draft.discard.title"), Text: words.T("draft.discard.text"),
		Yes: words.T("draft.discard.yes"), No: words.T("draft.discard.no"), Danger: true,
		Then: func() { s.model.Discard(id) }})
	return true
}
