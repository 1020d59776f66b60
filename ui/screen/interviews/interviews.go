// Package interviews is the queue of drafts: which are begun, how far each of
// their sections is, and which were set aside.
package interviews

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"solidaren/ui/kit"
	kitform "solidaren/ui/kit/form"
	"solidaren/ui/kit/page"
	look "solidaren/ui/kit/theme"
	"solidaren/ui/model"
	"solidaren/ui/words"
)

// Window is what the screen asks of the window.
type Window interface {
	StartForm(id string)
	Resume(draftID string)
	Undoable(sentence string, undo func())
	Keys(command string) string // the shortcut of a command, as it is shown
}

// Screen shows a model.Interviews.
type Screen struct {
	model  *model.Interviews
	window Window

	object  fyne.CanvasObject
	start   *kit.Button
	list    *page.Rows
	outline *fyne.Container
}

// New makes the screen.
func New(m *model.Interviews, w Window) *Screen {
	s := &Screen{model: m, window: w}
	m.OnChange = s.refresh
	m.Open()
	return s
}

// Object is what the window shows.
func (s *Screen) Object() fyne.CanvasObject { return s.object }

// Title of the window while the screen is in front.
func (s *Screen) Title() string { return words.T("nav.interviews") }

// Close ends the screen's work.
func (s *Screen) Close() { s.model.Close() }

// Load reads what is shown again.
func (s *Screen) Load() { s.model.Load() }

// Make begins an interview.
func (s *Screen) Make() { s.window.StartForm("entretien") }

// Makes reports whether that can be done now.
func (s *Screen) Makes() bool { return true }

// Focus goes to the queue.
func (s *Screen) Focus() { kit.Focus(s.list.List) }

// Build makes the widgets, again in another language.
func (s *Screen) Build() {
	s.start = kit.NewButton(words.T("cmd.entretien"), func() { s.window.StartForm("entretien") }).
		As(kit.Primary).WithKey(s.window.Keys("entretien"))
	starts := []fyne.CanvasObject{s.start}
	for _, id := range s.model.Forms.ReceivedIDs() {
		starts = append(starts, kit.NewButton(page.FormName(s.model.Forms, id), func() { s.window.StartForm(id) }))
	}
	s.list = page.NewRows(words.T("interviews.none"), kit.ListOptions{
		Length:      func() int { return len(s.model.Sheets) },
		Line:        s.line,
		OnOpen:      s.open,
		OnHighlight: func(int) { s.show() },
	}).Like(s.list)
	s.list.OnKey = s.Bindings().Key
	s.outline = container.NewStack()
	queue := page.Titled(words.T("interviews.queue"), s.list.Object)
	s.object = page.New(words.T("nav.interviews"), page.Footed(page.Flow(starts...), page.Above(kit.Muted(words.T("interviews.how")),
		page.Beside(0.55, queue, page.Titled(words.T("interviews.outline"), s.outline)))))
	s.refresh()
}

func (s *Screen) line(i int) kit.Line {
	sheet := s.model.Sheets[i]
	line := page.DraftLine(s.model.Forms, sheet.DraftRow)
	if sheet.Aside {
		line.Mark, line.Detail = "–", page.Joined(words.T("interviews.aside"), line.Detail)
	}
	return line
}

func (s *Screen) refresh() {
	s.list.Silent = !s.model.Loaded
	s.list.Refresh()
	s.show()
}

// show lists the sections of the highlighted draft.
func (s *Screen) show() {
	s.outline.Objects = nil
	if i := s.list.Highlighted(); i < len(s.model.Sheets) {
		var lines []fyne.CanvasObject
		for _, section := range s.model.Sheets[i].Sections {
			line := kitform.SectionLine(section, false)
			lines = append(lines, kit.Text(page.Joined(line.Mark+" "+line.Title, line.Detail, line.Side)))
		}
		s.outline.Objects = []fyne.CanvasObject{page.Reading(kit.VStack(look.Gap, lines...))}
	}
	s.outline.Refresh()
}

// open goes on with a draft; one that was set aside comes back first.
func (s *Screen) open(i int) {
	sheet := s.model.Sheets[i]
	if !sheet.Aside {
		s.window.Resume(sheet.ID)
		return
	}
	s.model.TakeUp(sheet.ID, func() { s.window.Resume(sheet.ID) })
}

// Bindings are the keys of the queue.
func (s *Screen) Bindings() kit.Bindings {
	return kit.Bindings{{Keys: []string{"Delete"}, Label: "interviews.put_aside", Do: s.setAside}}
}

// setAside sets the highlighted draft aside, at once: it can be taken back.
func (s *Screen) setAside(string) bool {
	i := s.list.Highlighted()
	if i >= len(s.model.Sheets) || s.model.Sheets[i].Aside {
		return false
	}
	id := s.model.Sheets[i].ID
	s.model.SetAside(id, func() {
		s.window.Undoable(words.T("interviews.set_aside"), func() { s.model.TakeUp(id, func() {}) })
	})
	return true
}
