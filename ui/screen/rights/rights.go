// Package rights is where the coordinator answers what persons ask about their
// data, and sees which files are erased when. It erases nothing at one touch.
package rights

import (
	"strings"

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
	Show(kit.Dialog)
	OpenPerson(id string)
	Rectify(personID string)
	Undoable(sentence string, undo func())
}

// Screen shows a model.Rights.
type Screen struct {
	model  *model.Rights
	window Window

	object         fyne.CanvasObject
	requests, due  *page.Rows
	code           *kit.Entry
	kind, identity *kit.Choice
	asked, checked string
	note           *kit.Button
	waiting        *kit.Label
	result         *kit.Banner
}

// New makes the screen.
func New(m *model.Rights, w Window) *Screen {
	s := &Screen{model: m, window: w}
	m.OnChange = s.refresh
	m.Open()
	return s
}

// Object is what the window shows.
func (s *Screen) Object() fyne.CanvasObject { return s.object }

// Title of the window while the screen is in front.
func (s *Screen) Title() string { return words.T("nav.rights") }

// Close ends the screen's work.
func (s *Screen) Close() { s.model.Close() }

// Load reads what is shown again.
func (s *Screen) Load() { s.model.Load() }

// Focus goes to the requests, or to a new one where there is none.
func (s *Screen) Focus() {
	if len(s.model.Requests) > 0 {
		kit.Focus(s.requests.List)
		return
	}
	kit.Focus(s.code)
}

// Chooses reports whether an answer is chosen by its digit.
func (s *Screen) Chooses() bool { return true }

// Build makes the widgets, again in another language.
func (s *Screen) Build() {
	s.requests = page.NewRows(words.T("rights.none"), kit.ListOptions{
		Length: func() int { return len(s.model.Requests) },
		Line:   func(i int) kit.Line { return requestLine(s.model.Requests[i]) },
		OnOpen: func(i int) { s.open(s.model.Requests[i]) },
	}).Like(s.requests)
	s.due = page.NewRows(words.T("rights.no_due", diagnostics.WarningDays), kit.ListOptions{
		Length: func() int { return len(s.model.Due) },
		Line:   func(i int) kit.Line { return dueLine(s.model.Due[i]) },
		OnOpen: func(i int) { s.openDue(s.model.Due[i]) },
	}).Like(s.due)
	s.code = kit.NewEntry("").Like(s.code)
	s.kind = choice(diagnostics.ListRequest, &s.asked)
	s.identity = choice(diagnostics.ListIdentityCheck, &s.checked)
	s.note = kit.NewButton(words.T("rights.note"), s.onNote).As(kit.Primary)
	s.waiting = kit.Muted("")
	s.result = kit.NewBanner(kit.Success, "")
	form := page.Footed(page.Flow(s.note), page.Column(page.Field(words.T("rights.code"), "", s.code),
		page.Field(words.T("rights.kind"), "", s.kind),
		page.Field(words.T("rights.identity"), words.T("rights.identity.hint"), s.identity), s.waiting))
	lists := container.NewGridWithRows(2,
		page.Titled(words.T("rights.requests"), s.requests.Object),
		page.Titled(words.T("rights.due"), s.due.Object))
	s.object = page.New(words.T("nav.rights"), page.Footed(s.result,
		page.Beside(0.55, lists, page.Titled(words.T("rights.new"), form))))
	s.refresh()
}

// choice offers the codes of a list.
func choice(list string, kept *string) *kit.Choice {
	var options []kit.Option
	for _, c := range diagnostics.Codes(list) {
		options = append(options, kit.Option{Value: c.Code, Label: c.In(words.Language())})
	}
	var selected []string
	if *kept != "" {
		selected = []string{*kept}
	}
	return kit.NewChoice(kit.ChoiceOptions{Options: page.Keyed(options...), Selected: selected, Columns: 1, OnAnswer: func(chosen []string, _ bool) {
		*kept = ""
		if len(chosen) == 1 {
			*kept = chosen[0]
		}
	}})
}

func (s *Screen) onNote() { s.model.Ask(s.code.Text, s.asked, s.checked) }

func requestLine(r model.RequestRow) kit.Line {
	line := kit.Line{Title: page.Joined(r.KindText, r.Code), Side: r.Due, Mark: "•"}
	switch {
	case r.Answer != "":
		line.Detail, line.Mark, line.Side = r.Answer, "✓", ""
	case r.Days < 0:
		line.Detail, line.Mark = words.T("rights.late", -r.Days), "!"
	default:
		line.Detail = words.T("rights.days", r.Days)
	}
	return line
}

func dueLine(r model.DueRow) kit.Line {
	detail := words.T("rights.last", r.Last)
	if r.Last == "" {
		detail = words.T("rights.never")
	}
	if r.Archived {
		detail = words.T("rights.archived")
	}
	return kit.Line{Title: r.Code, Detail: detail, Side: words.T("rights.on", r.On)}
}

// open asks what is to be done about a request.
func (s *Screen) open(r model.RequestRow) {
	if r.Answer != "" {
		return
	}
	why := kit.NewEntry("")
	buttons := []kit.Action{{Text: words.T("kit.cancel"), Default: true}}
	content := []fyne.CanvasObject{kit.Text(words.T("rights.what", r.Code, r.Due))}
	if r.Code != "" {
		buttons = append(buttons, kit.Action{Text: words.T("rights.document"), Do: func() { s.model.Access(r) }})
	}
	if !r.Extended {
		content = append(content, page.Field(words.T("rights.why"), words.T("rights.why.hint"), why))
		buttons = append(buttons, kit.Action{Text: words.T("rights.extend"), Do: func() { s.model.Extend(r.ID, why.Text) }})
	}
	if r.Kind == diagnostics.RequestRectify && r.Code != "" {
		buttons = append(buttons, kit.Action{Text: words.T("rectify.title"), Do: func() { s.window.Rectify(r.Person) }})
	}
	if r.Kind == diagnostics.RequestErase && r.Code != "" {
		buttons = append(buttons, kit.Action{Text: words.T("rights.erase"), Do: func() { s.confirmErase(r) }})
	}
	buttons = append(buttons,
		kit.Action{Text: words.T("rights.refused"), Do: func() { s.model.Answer(r.ID, "refused") }},
		kit.Action{Text: words.T("rights.done"), Do: func() { s.model.Answer(r.ID, "done") }})
	s.window.Show(kit.Dialog{Title: r.KindText, Content: kit.VStack(look.Gap, content...), Buttons: buttons, Wide: true})
}

// confirmErase erases once the word was typed: it cannot be undone.
func (s *Screen) confirmErase(r model.RequestRow) {
	s.window.Show(page.TypedQuestion{
		Title: words.T("rights.erase.title"), Text: words.T("rights.erase.ask", r.Code), Word: words.T("rights.erase.word"),
		Yes:  words.T("rights.erase"),
		Then: func() { s.model.Erase(r) },
		Else: func(sentence string) {
			s.result.Set(kit.Warning, sentence)
			s.result.Show()
			s.object.Refresh()
		},
	}.Dialog())
}

func (s *Screen) refresh() {
	s.requests.Refresh()
	s.due.Refresh()
	if s.model.Busy() {
		s.note.Disable()
	} else {
		s.note.Enable()
	}
	s.waiting.Hide()
	if names := s.model.Unconfirmed; len(names) > 0 {
		s.waiting.Set(words.T("rights.unconfirmed", strings.Join(names, ", ")))
		s.waiting.Show()
	}
	switch {
	case s.model.Err != nil:
		s.result.Set(kit.Warning, diagnostics.Sentence(s.model.Err, words.Language()))
		s.result.Show()
	case s.model.Done != "":
		s.result.Set(kit.Success, words.T("rights.written", s.model.Done))
		s.result.Show()
	default:
		s.result.Hide()
	}
}
