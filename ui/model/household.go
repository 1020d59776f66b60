package model

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"solidaren/diagnostics"
	"solidaren/diagnostics/store"
	"solidaren/ui/words"
)

// MemberLine is one person's time in a household, its texts ready.
type MemberLine struct {
	Person, Code, Traits, When string
	Role                       string // code
	Card                       string // id of the card of that time, "" where a form alone tells of it
	Present                    bool   // on the day that is asked for
	Living                     bool   // the person has not left
}

// Household is who lives together, and who did on any day.
type Household struct {
	Screen
	ID      string
	Card    diagnostics.Record
	Members []MemberLine
	On      time.Time // the day that is asked for
	Present int       // members on that day

	read    []store.HouseholdMember
	shown   bool // the access log knows that it was opened
	dirty   diagnostics.Values
	save    *Autosave[diagnostics.Values]
	load    Command
	change  Command
	Invalid map[string]error // by field: why it is not saved
}

// NewHousehold makes the screen of one household.
func NewHousehold(d *Desk, id string) *Household {
	return &Household{Screen: Screen{Desk: d}, ID: id, On: d.Clock().Local(), dirty: diagnostics.Values{}, Invalid: map[string]error{}}
}

// Open starts the screen.
func (m *Household) Open() {
	m.Screen.Open()
	m.save = autosave(m.Desk, cardPause, func(ctx context.Context, set diagnostics.Values) error {
		_, err := m.Notebook.Update(ctx, m.ID, set)
		return err
	}, func(set diagnostics.Values, err error) {
		if m.failed("household save", err) {
			return
		}
		for field, value := range set {
			if m.dirty[field] == value {
				delete(m.dirty, field)
			}
		}
		m.saved()
		m.changed()
	})
}

// Close leaves the screen; what was typed is still written.
func (m *Household) Close() {
	m.Screen.Close()
	leave(m.Desk, m.save)
}

// Load reads the card and the members.
func (m *Household) Load() {
	id, shown := m.ID, m.shown
	type read struct {
		card    diagnostics.Record
		members []store.HouseholdMember
	}
	Run(m.scope, &m.load, func(ctx context.Context) (read, error) {
		card, err := m.Notebook.Get(ctx, id)
		if err == nil && !shown {
			err = m.Notebook.Log(ctx, diagnostics.Access{Action: diagnostics.ActionRead, Target: id})
		}
		if err != nil {
			return read{}, err
		}
		members, err := m.Notebook.Members(ctx, id)
		return read{card, members}, err
	}, func(r read, err error) {
		if m.failed("household", err) {
			return
		}
		m.shown, m.Card, m.read = true, r.card, r.members
		for field, value := range m.dirty {
			m.Card.Fields[field] = value
		}
		m.show()
	})
}

// Ask shows who lived there on a day.
func (m *Household) Ask(day time.Time) {
	m.On = day
	m.show()
}

// show writes the lines: who is there on the day, then the others.
func (m *Household) show() {
	on := dateOf(m.On)
	m.Members, m.Present = nil, 0
	for _, member := range m.read {
		person := m.personLines([]diagnostics.PersonRow{member.Person})[0]
		line := MemberLine{
			Person: member.Person.ID, Code: member.Person.Code, Card: member.Card.ID, Role: member.Card.Get("role"),
			Traits: joined(m.Label(diagnostics.ListMemberRole, member.Card.Get("role")), person.Handle, person.Traits),
			When:   span(member.Card), Present: member.Present(on), Living: member.Card.Get("until") == "",
		}
		if line.Present {
			m.Present++
		}
		m.Members = append(m.Members, line)
	}
	slices.SortStableFunc(m.Members, func(a, b MemberLine) int { return cmp.Compare(order(a), order(b)) })
	m.changed()
}

func order(l MemberLine) int {
	if l.Present {
		return 0
	}
	return 1
}

// span says from and until when.
func span(card diagnostics.Record) string {
	from, until := Day(card.Time("from")), Day(card.Time("until"))
	switch {
	case from == "" && until == "":
		return words.T("household.undated")
	case until == "":
		return words.T("household.since", from)
	case from == "":
		return words.T("household.until", until)
	}
	return words.T("household.between", from, until)
}

// Set changes a field of the card; it is written a moment later.
func (m *Household) Set(field, value string) {
	if m.Card.Get(field) == value {
		return
	}
	if m.Card.Fields == nil {
		m.Card.Fields = diagnostics.Values{}
	}
	m.Card.Fields[field] = value
	err := diagnostics.Record{Type: diagnostics.TypeHousehold, Fields: diagnostics.Values{field: value}}.Validate()
	if (err == nil) != (m.Invalid[field] == nil) {
		defer m.changed()
	}
	if err != nil {
		m.Invalid[field] = err
		delete(m.dirty, field)
		return
	}
	delete(m.Invalid, field)
	m.dirty[field] = value
	m.save.Save(maps.Clone(m.dirty))
}

// Join adds a person by the code, from a day on, and hands over what takes that
// back.
func (m *Household) Join(code, role string, on time.Time, done func(undo func())) {
	m.move("household join", func(ctx context.Context) ([]store.Restore, error) {
		person, err := m.Notebook.PersonByCode(ctx, code)
		if err != nil {
			return nil, err
		}
		return m.Notebook.Join(ctx, m.ID, person.ID, role, on)
	}, done)
}

// Leave ends a person's time in the household.
func (m *Household) Leave(person string, on time.Time, done func(undo func())) {
	m.move("household leave", func(ctx context.Context) ([]store.Restore, error) {
		return m.Notebook.Leave(ctx, m.ID, person, on)
	}, done)
}

func (m *Household) move(op string, work func(context.Context) ([]store.Restore, error), done func(undo func())) {
	Run(m.scope, &m.change, work, func(undo []store.Restore, err error) {
		if m.failed(op, err) {
			return
		}
		m.saved()
		m.Load()
		done(func() { m.takeBack(undo, m.Load) })
	})
}

// takeBack outlives the screen: one may have gone elsewhere.
func (d *Desk) takeBack(undo []store.Restore, then func()) {
	var command Command
	Run(d.scope, &command, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, d.Notebook.TakeBack(ctx, undo)
	}, func(_ struct{}, err error) {
		if err == nil {
			d.saved()
			then()
		}
	})
}

// Household finds the household of a person, "" if there is none.
func (d *Desk) Household(person string, then func(id string, err error)) {
	var command Command
	Run(d.scope, &command, func(ctx context.Context) (string, error) {
		card, err := d.Notebook.Get(ctx, person)
		return card.Get("household"), err
	}, then)
}

// FoundHousehold makes a household with a person in it from a day on.
func (d *Desk) FoundHousehold(person string, on time.Time, then func(id string, undo func(), err error)) {
	type made struct {
		id   string
		undo []store.Restore
	}
	var command Command
	Run(d.scope, &command, func(ctx context.Context) (made, error) {
		id, undo, err := d.Notebook.Found(ctx, person, on)
		return made{id, undo}, err
	}, func(m made, err error) {
		if err == nil {
			d.saved()
		}
		then(m.id, func() { d.takeBack(m.undo, func() {}) }, err)
	})
}
