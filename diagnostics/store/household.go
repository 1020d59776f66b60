package store

import (
	"context"
	"database/sql"
	"slices"
	"time"

	"solidaren/diagnostics"
)

// HouseholdMember is one person's time in a household.
type HouseholdMember struct {
	Card   diagnostics.Record // of type member; without an id where a form alone put the person there
	Person diagnostics.PersonRow
}

// Present reports whether the person lives there on a day. Where no day was
// written down, from the first or to the last.
func (m HouseholdMember) Present(on time.Time) bool {
	from, until := m.Card.Time("from"), m.Card.Time("until")
	return (from.IsZero() || !on.Before(from)) && (until.IsZero() || on.Before(until))
}

const (
	sqlMembers = "SELECT " + recordColumns + ` FROM records WHERE type = 'member' AND json_extract(fields, '$.household') = ?1
 AND coalesce(json_extract(fields, '$.mistake'), '') <> 'yes' ORDER BY at, id LIMIT ?2`
	sqlLivesThere = "SELECT id FROM persons WHERE household = ? ORDER BY id LIMIT ?"
	sqlOpenMember = "SELECT id FROM records WHERE person = ?1 AND type = 'member' AND json_extract(fields, '$.household') = ?2" + `
 AND json_extract(fields, '$.until') IS NULL AND coalesce(json_extract(fields, '$.mistake'), '') <> 'yes' ORDER BY at DESC, id DESC LIMIT 1`
)

// Members gives who lives or lived in a household, those who came first first;
// at most 200. Of a person who objects, or whose file is archived, only the code
// is given.
func (n *Notebook) Members(ctx context.Context, household string) ([]HouseholdMember, error) {
	cards, err := collect(ctx, n.db, scanRecord, sqlMembers, household, pageRows)
	if err != nil {
		return nil, err
	}
	there, err := collect(ctx, n.db, scanText, sqlLivesThere, household, pageRows)
	if err != nil {
		return nil, err
	}
	var out []HouseholdMember
	for _, card := range cards {
		out = append(out, HouseholdMember{Card: card, Person: diagnostics.PersonRow{ID: card.Get("person")}})
	}
	for _, id := range there {
		open := slices.ContainsFunc(cards, func(c diagnostics.Record) bool { return c.Get("person") == id && c.Get("until") == "" })
		if !open {
			out = append(out, HouseholdMember{Person: diagnostics.PersonRow{ID: id}})
		}
	}
	for i := range out {
		rows, err := n.personRowsOf(ctx, out[i].Person.ID)
		if err != nil {
			return nil, err
		}
		if len(rows) > 0 {
			out[i].Person = rows[0]
		}
	}
	return out, nil
}

// Restore is a field of a card as it stood before a change.
type Restore struct {
	ID  string
	Set diagnostics.Values
}

// moving is one change of who lives where, and what takes it back.
type moving struct {
	*tx
	undo []Restore
}

// Found makes a household with a person in it from a day on, and gives its id.
// Errors: as Join.
func (n *Notebook) Found(ctx context.Context, person string, on time.Time) (string, []Restore, error) {
	home := diagnostics.Record{ID: diagnostics.NewID(), Type: diagnostics.TypeHousehold}
	m := &moving{}
	err := n.write(ctx, "store.Found", func(t *tx) error {
		m.tx, m.undo = t, nil
		if err := t.create(ctx, &home); err != nil {
			return err
		}
		return m.join(ctx, home.ID, person, "", on)
	})
	return home.ID, m.undo, err
}

// Join writes that a person lives in a household from a day on; where they lived
// in another one, that ends on the same day. It gives what takes it back.
// Errors: not_found, invalid (a day that is yet to come), forbidden (the person
// objects), conflict (the person lives there already), internal.
func (n *Notebook) Join(ctx context.Context, household, person, role string, on time.Time) ([]Restore, error) {
	m := &moving{}
	err := n.write(ctx, "store.Join", func(t *tx) error {
		m.tx, m.undo = t, nil
		return m.join(ctx, household, person, role, on)
	})
	return m.undo, err
}

// Leave writes that a person no longer lives in a household from a day on.
// Errors: not_found, invalid (a day that is yet to come, or before they came),
// internal.
func (n *Notebook) Leave(ctx context.Context, household, person string, on time.Time) ([]Restore, error) {
	m := &moving{}
	err := n.write(ctx, "store.Leave", func(t *tx) error {
		m.tx, m.undo = t, nil
		if err := m.past(on); err != nil {
			return err
		}
		return m.leave(ctx, household, person, on)
	})
	return m.undo, err
}

// TakeBack puts fields back as they stood before a change of a household.
func (n *Notebook) TakeBack(ctx context.Context, undo []Restore) error {
	return n.write(ctx, "store.TakeBack", func(t *tx) error {
		m := &moving{tx: t}
		for i := len(undo) - 1; i >= 0; i-- {
			if _, err := m.set(ctx, undo[i].ID, undo[i].Set); err != nil {
				return err
			}
		}
		return nil
	})
}

func (m *moving) join(ctx context.Context, household, person, role string, on time.Time) error {
	if err := m.past(on); err != nil {
		return err
	}
	card, err := readRow(ctx, m, person)
	if err != nil {
		return err
	}
	if card == nil || card.Type != diagnostics.TypePerson {
		return notFound("store.Join")
	}
	objecting, err := collect(ctx, m, scanInt, "SELECT 1 FROM persons WHERE id = ? AND limits & ? > 0", person, limitObjection)
	if err != nil {
		return err
	}
	if len(objecting) > 0 {
		return diagnostics.E("store.Join", diagnostics.CodeForbidden,
			"Cette personne s'oppose à l'usage de ses données : elle n'est pas ajoutée.",
			"This person objects to the use of their data: they are not added.", nil)
	}
	switch old := card.Get("household"); old {
	case "":
	case household:
		return diagnostics.E("store.Join", diagnostics.CodeConflict,
			"Cette personne est déjà dans ce ménage.", "This person is in this household already.", nil)
	default:
		if err := m.leave(ctx, old, person, on); err != nil {
			return err
		}
	}
	member := diagnostics.Record{ID: diagnostics.NewID(), Type: diagnostics.TypeMember, Fields: diagnostics.Values{
		"household": household, "person": person, "role": role, "from": on.Format(time.DateOnly), "demo": card.Get("demo"),
	}}
	if err := m.create(ctx, &member); err != nil {
		return err
	}
	if err := m.accessed(ctx, diagnostics.ActionCreate, member, 1); err != nil {
		return err
	}
	m.undo = append(m.undo, Restore{member.ID, diagnostics.Values{"mistake": "yes"}})
	return m.change(ctx, person, diagnostics.Values{"household": household})
}

func (m *moving) leave(ctx context.Context, household, person string, on time.Time) error {
	open, err := collect(ctx, m, scanText, sqlOpenMember, person, household)
	if err != nil {
		return err
	}
	day := on.Format(time.DateOnly)
	if len(open) > 0 {
		r, err := readRow(ctx, m, open[0])
		if err != nil {
			return err
		}
		if r.Get("from") > day {
			return diagnostics.E("store.Leave", diagnostics.CodeInvalid,
				"Cette date est avant son arrivée dans le ménage.", "This date is before they came into the household.", nil)
		}
		if err := m.change(ctx, open[0], diagnostics.Values{"until": day}); err != nil {
			return err
		}
	} else {
		member := diagnostics.Record{ID: diagnostics.NewID(), Type: diagnostics.TypeMember, Fields: diagnostics.Values{
			"household": household, "person": person, "until": day,
		}}
		if err := m.create(ctx, &member); err != nil {
			return err
		}
		m.undo = append(m.undo, Restore{member.ID, diagnostics.Values{"mistake": "yes"}})
	}
	card, err := readRow(ctx, m, person)
	if err != nil || card == nil || card.Get("household") != household {
		return err
	}
	return m.change(ctx, person, diagnostics.Values{"household": ""})
}

// change sets fields of a card and notes what stood there.
func (m *moving) change(ctx context.Context, id string, set diagnostics.Values) error {
	before, err := m.set(ctx, id, set)
	if err == nil {
		m.undo = append(m.undo, Restore{id, before})
	}
	return err
}

func (m *moving) set(ctx context.Context, id string, set diagnostics.Values) (before diagnostics.Values, err error) {
	r, err := readRow(ctx, m, id)
	if err != nil {
		return nil, err
	}
	if r == nil {
		return nil, notFound("store.set")
	}
	before = diagnostics.Values{}
	for field := range set {
		before[field] = r.Get(field)
	}
	if err := m.update(ctx, r, changes(r, set, true)); err != nil {
		return nil, err
	}
	return before, m.accessed(ctx, diagnostics.ActionModify, r.Record, 1)
}

func (m *moving) past(on time.Time) error {
	if on.Format(time.DateOnly) <= m.now.Local().Format(time.DateOnly) {
		return nil
	}
	return diagnostics.E("store.Household", diagnostics.CodeInvalid,
		"La date est après aujourd'hui. Exemple : 23/11/2026.", "The date is after today. Example: 23/11/2026.", nil)
}

const sqlPersonRow = personRows + " FROM persons p JOIN records r ON r.id = p.id WHERE p.id = ?"

func (n *Notebook) personRowsOf(ctx context.Context, id string) ([]diagnostics.PersonRow, error) {
	return collect(ctx, n.db, func(rows *sql.Rows) (diagnostics.PersonRow, error) {
		l, err := scanPersonLine(rows)
		if l.limits&limitArchive != 0 {
			return diagnostics.PersonRow{ID: l.ID, Code: l.Get("code")}, err
		}
		return l.row(), err
	}, sqlPersonRow, id)
}
