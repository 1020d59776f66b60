package store

import (
	"context"
	"database/sql"
	"time"

	"solidaren/diagnostics"
)

// FinishedFilter asks for a page of finished diagnostics.
type FinishedFilter struct {
	Form, Person string // form id and person id; "" for all
	After        string // id of the last one of the page before
	Skip         int    // how many behind After are passed over
	Limit        int    // 1 to 200; 50 if 0
}

// FinishedRow is one line of the list of what was recorded.
type FinishedRow struct {
	ID, Form        string
	At, CompletedAt time.Time
	District        string
	PersonCode      string // "" if anonymous
	Needs           int    // needs that it observed
	Corrected       bool   // another one stands in its place
	Withdrawn       bool   // it was taken back: nothing stands in its place
	Correction      bool   // it stands in the place of another one
	Sent            bool   // the server has it
	Author          string // device
}

// A page is chosen in the filter's own index alone, in its order, and the few
// diagnostics of persons that are hidden are passed over; only what stands on it
// is read. Every condition but the one of that index is shut to indexes, so that
// a page is never sorted.
const (
	sqlFinished = `SELECT r.id, r.fields, coalesce(` + sqlPersonCode + `, ''),
 (SELECT count(*) FROM records c WHERE c.diagnostic = r.id AND c.type = 'need'),
 EXISTS (SELECT 1 FROM superseded s WHERE s.id = r.id),
 NOT EXISTS (SELECT 1 FROM superseded s JOIN records b ON b.id = s.by WHERE s.id = r.id AND b.type <> 'withdrawal'),
 r.corrects IS NOT NULL,
 NOT EXISTS (SELECT 1 FROM ops o, progress g WHERE o.rec = r.id AND o.n > g.acked)
 FROM (SELECT r.id FROM records r WHERE (r.at, r.id) < (?2, ?3)
 AND r.id NOT IN (SELECT h.id FROM persons p CROSS JOIN records h ON h.person = p.id WHERE p.limits > 0 AND p.limits & ?6 > 0) AND `
	sqlOnPage = ` ORDER BY r.at DESC, r.id DESC LIMIT ?5 OFFSET ?7) page CROSS JOIN records r ON r.id = page.id
 LEFT JOIN persons p ON p.id = r.person ORDER BY r.at DESC, r.id DESC`
)

// Finished gives a page of diagnostics, newest first. Errors: not_found
// (After), internal.
func (n *Notebook) Finished(ctx context.Context, f FinishedFilter) ([]FinishedRow, error) {
	at, err := n.seenBefore(ctx, f.After)
	if err != nil {
		return nil, err
	}
	return collect(ctx, n.db, scanFinished, sqlFinished+f.where()+sqlOnPage,
		f.Person, at, f.After, f.Form, limit(f.Limit), limitObjection|limitArchive, f.Skip)
}

func (f FinishedFilter) where() string {
	switch {
	case f.Person != "":
		return "r.person IN " + samePerson + " AND +r.type = 'diagnostic' AND (?4 = '' OR +r.form = ?4)"
	case f.Form != "":
		return "r.form = ?4"
	}
	return "r.type = 'diagnostic'"
}

// The diagnostics of a filter are counted in its index, and the few of persons
// that are hidden by themselves.
const (
	sqlCountFinished  = "SELECT count(*) FROM records r WHERE "
	sqlHiddenFinished = `SELECT count(*) FROM persons p CROSS JOIN records r ON r.person = p.id
 WHERE p.limits > 0 AND p.limits & ?2 > 0 AND +r.type = 'diagnostic' AND (?4 = '' OR +r.form = ?4) AND (?1 = '' OR +r.person IN ` + samePerson + ")"
)

// CountFinished tells how many diagnostics all pages of a filter give. Errors:
// internal.
func (n *Notebook) CountFinished(ctx context.Context, f FinishedFilter) (int, error) {
	all, err := n.count(ctx, sqlCountFinished+f.where(), f.Person, nil, nil, f.Form)
	if err != nil {
		return 0, err
	}
	hidden, err := n.count(ctx, sqlHiddenFinished, f.Person, limitObjection|limitArchive, nil, f.Form)
	return all - hidden, err
}

// seenBefore is the time of the record that a page ends with; without one, the
// end of time.
func (n *Notebook) seenBefore(ctx context.Context, id string) (int64, error) {
	if id == "" {
		return 1 << 62, nil
	}
	at, err := collect(ctx, n.db, scanInt, "SELECT at FROM records WHERE id = ?", id)
	return first("store.Finished", at, err)
}

func scanFinished(rows *sql.Rows) (FinishedRow, error) {
	var f FinishedRow
	var r diagnostics.Record
	var fields string
	err := rows.Scan(&f.ID, &fields, &f.PersonCode, &f.Needs, &f.Corrected, &f.Withdrawn, &f.Correction, &f.Sent)
	if err != nil {
		return f, err
	}
	err = readFields(fields, &r.Fields)
	f.Withdrawn = f.Withdrawn && f.Corrected
	f.Corrected = f.Corrected && !f.Withdrawn
	f.Form, f.District, f.Author = r.Get("form_id"), r.Get("district"), r.Get("author_device")
	f.At, f.CompletedAt = r.Time("at"), r.Time("completed_at")
	return f, err
}
