package store

import (
	"context"
	"database/sql"
	"time"

	"solidaren/diagnostics"
)

// NightRow is one record of an outing: where, what the contact was, how many
// people. A record that was corrected or taken back is left out.
type NightRow struct {
	ID, Form   string
	At         time.Time
	District   string
	PlaceKind  string
	Contact    string // contact_kind of an encounter, case of a count
	Persons    int
	Needs      int
	PersonCode string // "" if anonymous
	Asleep     bool
}

// The encounter, the count or the observation of a place says what was seen;
// a form observes one of them.
const sqlNight = `SELECT r.id, r.fields, coalesce(p.code, ''),
 (SELECT count(*) FROM records c WHERE c.diagnostic = r.id AND c.type = 'need'),
 coalesce((SELECT c.fields FROM records c WHERE c.diagnostic = r.id AND c.type IN ('encounter', 'count', 'territory') LIMIT 1), '{}')
 FROM records r LEFT JOIN persons p ON p.id = r.person
 WHERE r.type = 'diagnostic' AND r.at >= ?1
 AND CASE WHEN ?2 <> '' THEN json_extract(r.fields, '$.tour') = ?2 ELSE EXISTS (SELECT 1 FROM ops o WHERE o.rec = r.id) END
 AND NOT EXISTS (SELECT 1 FROM superseded s WHERE s.id = r.id)
 ORDER BY r.at DESC, r.id DESC LIMIT ?3`

// Night gives what was recorded since a moment, newest first: on the tour, or
// without one by this laptop; at most 200 rows.
func (n *Notebook) Night(ctx context.Context, tourID string, since time.Time) ([]NightRow, error) {
	return collect(ctx, n.db, scanNight, sqlNight, since.Unix(), tourID, pageRows)
}

func scanNight(rows *sql.Rows) (NightRow, error) {
	var row NightRow
	var whole, seen diagnostics.Record
	var fields, seenFields string
	if err := rows.Scan(&row.ID, &fields, &row.PersonCode, &row.Needs, &seenFields); err != nil {
		return row, err
	}
	if err := readFields(fields, &whole.Fields); err != nil {
		return row, err
	}
	if err := readFields(seenFields, &seen.Fields); err != nil {
		return row, err
	}
	row.Form, row.At, row.District = whole.Get("form_id"), whole.Time("at"), whole.Get("district")
	row.PlaceKind = seen.Get("place_kind") + seen.Get("place") // an encounter has one, a count the other
	row.Contact = seen.Get("contact_kind") + seen.Get("case")
	row.Persons = seen.Int("persons") + seen.Int("seen") + seen.Int("people_seen")
	row.Asleep = row.Contact == "asleep" || seen.Get("asleep") == "yes"
	return row, nil
}

// Withdraw takes a finished record back: it stops counting, and stays readable.
// Errors: not_found, forbidden (it is no diagnostic), internal.
func (n *Notebook) Withdraw(ctx context.Context, id string) error {
	return n.write(ctx, "store.Withdraw", func(t *tx) error {
		r, err := readRow(ctx, t, id)
		switch {
		case err != nil:
			return err
		case r == nil:
			return notFound("store.Withdraw")
		case r.Type != diagnostics.TypeDiagnostic:
			return diagnostics.E("store.Withdraw", diagnostics.CodeForbidden,
				"Seule une fiche terminée se retire.", "Only a finished record can be taken back.", nil)
		}
		return t.create(ctx, withdrawal(id, r, t.now))
	})
}
