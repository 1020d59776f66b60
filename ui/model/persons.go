package model

import (
	"context"
	"strings"
	"time"

	"solidaren/diagnostics"
	"solidaren/diagnostics/store"
	"solidaren/ui/words"
)

// SearchPause is how long typing must rest before a search begins.
const SearchPause = 200 * time.Millisecond

// PersonLine is one known person, texts ready.
type PersonLine struct {
	ID, Code, Handle, Names, Traits, Place, Last string
	Common                                       string // what agrees with the search: "2 traits communs : prénom, quartier"
	Note                                         string // another card of the same person, or an objection
}

// Persons finds persons while one types, and makes a new one only after the
// search has shown who is known already.
type Persons struct {
	Screen
	Query string
	Rows  Pages[PersonLine]
	Shown bool // the rows are those of Query

	logged bool // the access log knows that persons are searched
	create Command
}

// NewPersons makes the search.
func NewPersons(d *Desk) *Persons { return &Persons{Screen: Screen{Desk: d}} }

// Load searches at once, for the opening of the screen.
func (m *Persons) Load() { m.find(0, true) }

// Search looks for persons like text, once the typing rests.
func (m *Persons) Search(text string) {
	if text == m.Query && m.Shown {
		return
	}
	m.Query, m.Shown = text, false
	m.find(SearchPause, false)
}

func (m *Persons) find(pause time.Duration, again bool) {
	filter := store.PersonFilter{Text: m.Query, Limit: Page}
	source := Source[PersonLine]{
		Page: func(ctx context.Context, after string, skip int) (func() []PersonLine, error) {
			f := filter
			f.After, f.Skip = after, skip
			read, err := m.Notebook.Persons(ctx, f)
			return func() []PersonLine { return m.personLines(read) }, err
		},
		Count: func(ctx context.Context) (int, error) { return m.Notebook.CountPersons(ctx, filter) },
		Key:   func(row PersonLine) string { return row.ID },
	}
	log := m.Query != "" && !m.logged
	if log {
		source.Open = func(ctx context.Context) error {
			return m.Notebook.Log(ctx, diagnostics.Access{Action: diagnostics.ActionSearch})
		}
	}
	m.Rows.Begin(m.scope, pause, again, source, func() {
		m.Shown = filter.Text == m.Query
		m.logged = m.logged || log
		m.changed()
	}, func(err error) bool { return m.failed("persons", err) })
}

func (d *Desk) personLines(read []diagnostics.PersonRow) []PersonLine {
	lines := make([]PersonLine, len(read))
	for i, p := range read {
		var traits []string
		for _, t := range []string{d.Label("gender", p.Gender), d.Label("age_band", p.AgeBand)} {
			if t != "" {
				traits = append(traits, t)
			}
		}
		lines[i] = PersonLine{
			ID: p.ID, Code: p.Code, Handle: p.Handle, Names: p.Names,
			Traits: strings.Join(traits, " "), Place: d.Label("district", p.District),
			Last: Day(p.LastContact), Common: common(p.Traits), Note: note(p),
		}
		if d.hides(p.ID) {
			lines[i].Handle, lines[i].Names = sealedText(p.Handle+p.Names), ""
		}
	}
	return lines
}

// traitNames say what agrees.
var traitNames = map[diagnostics.TraitKind]string{
	diagnostics.TraitCode:     "trait.code",
	diagnostics.TraitHandle:   "trait.handle",
	diagnostics.TraitNames:    "trait.names",
	diagnostics.TraitBirth:    "trait.birth_date",
	diagnostics.TraitPhone:    "trait.phone",
	diagnostics.TraitEmail:    "trait.email",
	diagnostics.TraitAnimal:   "trait.animal",
	diagnostics.TraitDistrict: "trait.district",
	diagnostics.TraitTeam:     "trait.team",
}

// common tells in words what a person has in common with a search. It says
// nothing of how likely it is that they are the same.
func common(traits []diagnostics.Trait) string {
	if len(traits) == 0 {
		return ""
	}
	names := make([]string, len(traits))
	for i, t := range traits {
		names[i] = words.T(traitNames[t.Kind])
		if t.Near {
			names[i] = words.T("trait.near", names[i])
		}
	}
	return words.T("persons.common", len(names), strings.Join(names, ", "))
}

func note(p diagnostics.PersonRow) string {
	switch {
	case p.Objects():
		return words.T("persons.objection")
	case p.SameAs != "":
		return words.T("persons.same", p.SameAs)
	}
	return ""
}

// CanCreate reports whether the candidates for what was typed were shown.
func (m *Persons) CanCreate() bool { return m.Shown && !m.create.Running() }

// Create makes a person with a free code and nothing else, and hands it to
// done. It does nothing before the candidates were shown.
func (m *Persons) Create(done func(id, code string)) {
	if !m.CanCreate() {
		return
	}
	Run(m.scope, &m.create, func(ctx context.Context) (diagnostics.Record, error) {
		return m.Notebook.Create(ctx, diagnostics.Record{Type: diagnostics.TypePerson}) // the store draws a free code
	}, func(person diagnostics.Record, err error) {
		if m.failed("person create", err) {
			return
		}
		m.saved()
		done(person.ID, person.Get("code"))
	})
}
