package model

import (
	"context"
	"slices"

	"solidaren/diagnostics"
	"solidaren/diagnostics/store"
	"solidaren/ui/words"
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

// SameAs says that the card with a code is the same person. Nothing is moved, and
// Undo can take it back.
func (m *Person) SameAs(code string) {
	m.say("person same", func(ctx context.Context) error {
		other, err := m.Notebook.PersonByCode(ctx, code)
		if err != nil {
			return err
		}
		return m.Notebook.Same(ctx, m.ID, other.ID)
	}, func() { m.undoable(words.T("sheet.same.done", code), func() { m.split(code) }) })
}

// split takes back that the card with a code is the same person.
func (m *Person) split(code string) {
	m.say("person apart", func(ctx context.Context) error {
		cards, err := m.Notebook.SameCards(ctx, m.ID)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(cards, func(c store.SameCard) bool { return c.Code == code })
		if at < 0 || cards[at].Link == "" {
			return nil // taken back already, or joined by somebody else too
		}
		return m.Notebook.Apart(ctx, cards[at].Link)
	}, func() {})
}

// Apart takes back that a card is the same person; Undo can join them again.
func (m *Person) Apart(link string) {
	at := slices.IndexFunc(m.Same, func(l SameLine) bool { return l.Link == link })
	code := ""
	if at >= 0 {
		code = m.Same[at].Code
	}
	m.say("person apart", func(ctx context.Context) error { return m.Notebook.Apart(ctx, link) }, func() {
		if code != "" {
			m.undoable(words.T("sheet.same.apart", code), func() { m.SameAs(code) })
		}
	})
}

// undoable offers to take back what was done.
func (m *Person) undoable(sentence string, undo func()) {
	if m.OnUndoable != nil {
		m.OnUndoable(sentence, undo)
	}
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
	}, func() {})
}

// say writes something about the card and shows it again.
func (m *Person) say(op string, write func(context.Context) error, done func()) {
	Run(m.scope, &m.said, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, write(ctx)
	}, func(_ struct{}, err error) {
		if m.failed(op, err) {
			m.changed() // a box that was ticked stands as it was
			return
		}
		m.saved()
		m.Load()
		done()
	})
}
