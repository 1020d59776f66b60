// Package persons finds known persons while one types. A new code is offered
// only under the candidates, so that nobody is written down twice.
package persons

import (
	"fyne.io/fyne/v2"

	"solidaren/diagnostics"
	"solidaren/ui/kit"
	"solidaren/ui/kit/page"
	"solidaren/ui/model"
	"solidaren/ui/words"
)

// Window is what the screen asks of the window.
type Window interface {
	OpenPerson(id string)
	Keys(command string) string // the shortcut of a command, as it is shown
	Back()
}

// Screen shows a model.Persons. With Pick set it hands over a code and goes
// back instead of opening the person; with Known set only somebody known will do.
type Screen struct {
	Pick  func(code string, known bool)
	Known bool

	model  *model.Persons
	window Window

	object fyne.CanvasObject
	query  *kit.Entry
	list   *page.Rows
	create *kit.Button
}

// New makes the screen.
func New(m *model.Persons, w Window) *Screen {
	s := &Screen{model: m, window: w}
	m.OnChange = s.refresh
	m.Open()
	return s
}

// Object is what the window shows.
func (s *Screen) Object() fyne.CanvasObject { return s.object }

// Title of the window while the screen is in front.
func (s *Screen) Title() string {
	if s.Pick != nil {
		return words.T("persons.pick")
	}
	return words.T("nav.persons")
}

// Close ends the screen's work.
func (s *Screen) Close() { s.model.Close() }

// Load reads what is shown again.
func (s *Screen) Load() { s.model.Load() }

// Focus goes to the search.
func (s *Screen) Focus() { kit.Focus(s.query) }

// Build makes the widgets, again in another language.
func (s *Screen) Build() {
	s.query = kit.NewEntry(words.T("persons.search"))
	s.query.Put(s.model.Query)
	s.query.OnChanged = s.model.Search
	s.query.OnSubmitted = func(string) { s.onSubmit() }
	s.query.OnKey = s.Bindings().Key
	s.list = page.NewRows("", kit.ListOptions{
		Length: s.model.Rows.Len,
		Line:   s.line,
		OnOpen: s.open,
	})
	label := words.T("persons.create")
	if s.Pick != nil {
		label = words.T("persons.fresh")
	}
	s.create = kit.NewButton(label, s.Confirm).As(kit.Primary).WithKey(s.window.Keys("finish"))
	actions, body := []fyne.CanvasObject{}, page.Above(s.query, s.list.Object)
	if s.Pick != nil {
		actions = append(actions, kit.NewButton(words.T("nav.back"), s.window.Back).WithKey(s.window.Keys("back")))
	}
	if !s.Known {
		body = page.Footed(page.Flow(s.create, kit.High(kit.Muted(words.T("persons.none_fits")).Whole())), body)
	}
	s.object = page.New(s.Title(), body, actions...)
	s.refresh()
}

// nobody says that nobody is listed, and what helps.
func (s *Screen) nobody() string {
	switch {
	case s.Known:
		return words.T("persons.empty.known")
	case s.model.Query == "":
		return words.T("persons.nobody")
	}
	return words.T("persons.empty")
}

func (s *Screen) line(i int) kit.Line {
	p, ok := s.model.Rows.At(i)
	if !ok {
		return page.Unread
	}
	return kit.Line{Title: page.Joined(p.Code, p.Handle), Detail: page.Joined(p.Names, p.Traits, p.Place, p.Note, p.Common), Side: p.Last}
}

// onSubmit: Enter opens the first candidate once the search has shown it.
func (s *Screen) onSubmit() {
	if s.model.Shown {
		s.open(0)
	}
}

// Bindings are the keys of the search.
func (s *Screen) Bindings() kit.Bindings {
	return kit.Bindings{{Keys: []string{"Down"}, Label: "persons.keys.down", Do: s.toCandidates}}
}

// toCandidates goes down into the candidates.
func (s *Screen) toCandidates(string) bool {
	if s.model.Rows.Len() == 0 {
		return false
	}
	kit.Focus(s.list.List)
	return true
}

func (s *Screen) open(i int) {
	switch row, ok := s.model.Rows.At(i); {
	case !ok:
	case s.Pick != nil:
		s.Pick(row.Code, true)
	default:
		s.window.OpenPerson(row.ID)
	}
}

// Make begins a code.
func (s *Screen) Make() { s.Confirm() }

// Makes reports whether that can be done now.
func (s *Screen) Makes() bool { return !s.Known }

// Confirm makes a fresh code, after the candidates were shown.
func (s *Screen) Confirm() {
	if s.Known || !s.model.CanCreate() {
		return
	}
	if s.Pick != nil {
		s.Pick(diagnostics.NewPersonCode(nil), false)
		return
	}
	s.model.Create(func(id, _ string) { s.window.OpenPerson(id) })
}

func (s *Screen) refresh() {
	s.list.Silent = !s.model.Shown
	s.list.Say(s.nobody())
	s.list.Refresh()
	if s.model.CanCreate() {
		s.create.Enable()
	} else {
		s.create.Disable()
	}
}
