package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"

	"solidaren/diagnostics"
	"solidaren/sync/wire"
)

// row is a record as the table holds it.
type row struct {
	diagnostics.Record
	ver       int64
	team      string
	reflected int64        // own operations up to this number are in state
	state     *wire.Record // nil before the first pull
}

const recordColumns = "id, type, conflict, locked, fields"

func scanRecord(rows *sql.Rows) (diagnostics.Record, error) {
	var r diagnostics.Record
	var conflict, locked, fields string
	if err := rows.Scan(&r.ID, &r.Type, &conflict, &locked, &fields); err != nil {
		return r, err
	}
	r.Conflict, r.Sealed = names(conflict), names(locked)
	return r, readFields(fields, &r.Fields)
}

const sqlReadRow = "SELECT " + recordColumns + ", ver, team, reflected, state FROM records WHERE id = ?"

func scanRow(rows *sql.Rows) (row, error) {
	var r row
	var conflict, locked, fields string
	var state sql.NullString
	err := rows.Scan(&r.ID, &r.Type, &conflict, &locked, &fields, &r.ver, &r.team, &r.reflected, &state)
	if err != nil {
		return r, err
	}
	r.Conflict, r.Sealed = names(conflict), names(locked)
	if state.Valid {
		r.state = &wire.Record{}
		if err := json.Unmarshal([]byte(state.String), r.state); err != nil {
			return r, fmt.Errorf("state of record %s: %w", r.ID, err)
		}
	}
	return r, readFields(fields, &r.Fields)
}

func readFields(text string, v *diagnostics.Values) error {
	return json.Unmarshal([]byte(text), v)
}

// names reads a list of field names; nil if there is none.
func names(list string) []string {
	if list == "" {
		return nil
	}
	return strings.Split(list, " ")
}

// readRow gives the row of a record, nil if the notebook has none.
func readRow(ctx context.Context, q querier, id string) (*row, error) {
	rows, err := collect(ctx, q, scanRow, sqlReadRow, id)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	return &rows[0], nil
}

const sqlPutRecord = `INSERT INTO records
 (id, type, ver, team, at, diagnostic, encounter, person, form, corrects, reflected, conflict, locked, fields, state, born)
 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)
 ON CONFLICT (id) DO UPDATE SET type = ?2, ver = ?3, team = ?4, at = ?5, diagnostic = ?6, encounter = ?7, person = ?8,
 form = ?9, corrects = ?10, reflected = ?11, conflict = ?12, locked = ?13, fields = ?14, state = ?15`

// put writes a row and what lists and searches keep of it.
func (t *tx) put(ctx context.Context, r *row) error {
	fields, err := json.Marshal(r.Fields)
	if err != nil {
		return err
	}
	var state any
	if r.state != nil {
		text, err := json.Marshal(r.state)
		if err != nil {
			return err
		}
		state = string(text)
	}
	t.forms = t.forms || r.Type == diagnostics.TypeForm
	form, corrects := "", ""
	switch r.Type {
	case diagnostics.TypeDiagnostic:
		form, corrects = r.Get("form_id"), r.Get("corrects")
	case diagnostics.TypeWithdrawal:
		corrects = r.Get("corrects")
	}
	_, err = t.exec(ctx, sqlPutRecord, r.ID, r.Type, r.ver, r.team, seenAt(r.Record),
		null(r.Get("diagnostic")), null(r.Get("encounter")), null(r.Get("person")), null(form), null(corrects),
		r.reflected, strings.Join(r.Conflict, " "), strings.Join(r.Sealed, " "), string(fields), state, t.change())
	if err != nil {
		return err
	}
	switch {
	case corrects != "":
		return t.supersede(ctx, r.ID, corrects)
	case r.Type == diagnostics.TypePerson:
		return t.putPerson(ctx, r.Record)
	default:
		return t.noteTraits(ctx, r.Record)
	}
}

// timeFields name the field that says when a record was seen, where it is not
// "at".
var timeFields = map[string]string{
	diagnostics.TypeTour:   "start",
	diagnostics.TypePerson: "last_contact_on",
	diagnostics.TypeMember: "from",
}

// seenAt is when the record was seen, in Unix seconds, 0 if it does not say.
func seenAt(r diagnostics.Record) int64 {
	name, ok := timeFields[r.Type]
	if !ok {
		name = "at"
	}
	at := r.Time(name)
	if at.IsZero() {
		return 0
	}
	return at.Unix()
}

const (
	// One correction takes the place of what it corrects. Of two corrections of
	// one diagnostic, made apart, the one with the larger id counts.
	sqlSupersede = `INSERT OR IGNORE INTO superseded (id, by, born)
 SELECT ?2, ?1, ?3 UNION ALL
 SELECT min(id, ?1), max(id, ?1), ?3 FROM records WHERE corrects = ?2 AND id <> ?1`
	sqlCounts = "NOT EXISTS (SELECT 1 FROM superseded s WHERE s.id = coalesce(r.diagnostic, r.id))"
)

// supersede notes that a correction stands in the place of another diagnostic,
// which need not have arrived yet.
func (t *tx) supersede(ctx context.Context, id, corrects string) error {
	if _, err := t.exec(ctx, sqlSupersede, id, corrects, t.change()); err != nil {
		return err
	}
	person, err := t.about(ctx, corrects)
	if err != nil {
		return err
	}
	return t.retellTraits(ctx, person)
}

// remove takes a record and all that is kept of it out of the notebook.
func (t *tx) remove(ctx context.Context, id string) error {
	t.touched = true
	person, err := t.about(ctx, id)
	if err != nil {
		return err
	}
	if err := t.removePerson(ctx, id); err != nil {
		return err
	}
	for _, query := range []string{
		"DELETE FROM superseded WHERE by = ?",
		"DELETE FROM records WHERE id = ?",
	} {
		if _, err := t.exec(ctx, query, id); err != nil {
			return err
		}
	}
	return t.retellTraits(ctx, person)
}
