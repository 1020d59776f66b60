package model

import (
	"context"
	"slices"

	"solidaren/diagnostics"
	"solidaren/diagnostics/store"
)

// SameLine is another card of the same person, texts ready.
type SameLine struct {
	PersonLine
	Link string // what Apart takes back, "" if the cards are joined through others
}

func (d *Desk) sameLines(cards []store.SameCard) []SameLine {
	rows := make([]diagnostics.PersonRow, len(cards))
	for i, c := range cards {
		rows[i] = c.PersonRow
	}
	lines := make([]SameLine, len(cards))
	for i, line := range d.personLines(rows) {
		lines[i] = SameLine{PersonLine: line, Link: cards[i].Link}
	}
	return lines
}

// objects reports whether the person refuses the use of their data, on any of
// the cards.
func objects(card diagnostics.Record, same []store.SameCard) bool {
	return card.Get(diagnostics.Objection) == "yes" ||
		slices.ContainsFunc(same, func(c store.SameCard) bool { return c.Objects() })
}

// Restrictions are what a person may restrict, in the order in which they are
// shown.
func Restrictions() []string {
	return []string{diagnostics.NoResearch, diagnostics.NoShare, diagnostics.Objection}
}

// SameAs says that the card with a code is the same person. Nothing is moved.
func (m *Person) SameAs(code string) {
	m.say("person same", func(ctx context.Context) error {
		other, err := m.Notebook.PersonByCode(ctx, code)
		if err != nil {
			return err
		}
		return m.Notebook.Same(ctx, m.ID, other.ID)
	})
}

// Apart takes back that a card is the same person.
func (m *Person) Apart(link string) {
	m.say("person apart", func(ctx context.Context) error { return m.Notebook.Apart(ctx, link) })
}

// Restrict writes down what the person restricts, or no longer does. The
// history keeps both.
func (m *Person) Restrict(field string, on bool) {
	value := ""
	if on {
		value = "yes"
	}
	m.Rectify(diagnostics.Values{field: value}, "")
}

// Rectify puts fields of the card right at the person's request, and keeps what
// stood there with what the person says of it.
func (m *Person) Rectify(set diagnostics.Values, statement string) {
	m.say("person rectify", func(ctx context.Context) error {
		return m.Notebook.Rectify(ctx, m.ID, set, statement)
	})
}

// say writes something about the card and shows it again.
func (m *Person) say(op string, write func(context.Context) error) {
	Run(m.scope, &m.said, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, write(ctx)
	}, func(_ struct{}, err error) {
		if m.failed(op, err) {
			m.changed() // a box that was ticked stands as it was
			return
		}
		m.saved()
		m.Load()
	})
}
