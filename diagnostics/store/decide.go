package store

import (
	"context"
	"database/sql"
	"strings"

	"solidaren/diagnostics"
	"solidaren/sync/wire"
)

// InConflict gives the cards with a field of several answers, the last changed
// first; count is 1 to 200, 50 if 0.
func (n *Notebook) InConflict(ctx context.Context, count int) ([]diagnostics.Record, error) {
	return collect(ctx, n.db, scanRecord,
		"SELECT "+recordColumns+" FROM records WHERE conflict <> '' ORDER BY at DESC, id DESC LIMIT ?", limit(count))
}

// Decide gives a field of several answers the one that counts, and writes down
// what was kept, what was set aside and why, in one transaction. A field that
// was decided before may be decided again: others are the answers that are set
// aside then. Errors: not_found, forbidden (a fact), invalid, unauthorized,
// internal.
func (n *Notebook) Decide(ctx context.Context, id, field, value, why string, others []string) error {
	return n.write(ctx, "store.Decide", func(t *tx) error {
		r, err := readRow(ctx, t, id)
		if err != nil {
			return err
		}
		if r == nil {
			return notFound("store.Decide")
		}
		person := r.Get("person")
		if r.Type == diagnostics.TypePerson {
			person = r.ID
		}
		resolution := diagnostics.Record{Type: diagnostics.TypeResolution, Fields: diagnostics.Values{
			"record": id, "person": person, "field": field, "kept": value, "set_aside": strings.Join(others, " · "),
			"why": why, "at": diagnostics.FormatTime(t.now), "team": r.Get("team"), "demo": r.Get("demo"),
		}}
		if err := t.update(ctx, r, changes(r, diagnostics.Values{field: value}, true)); err != nil {
			return err
		}
		return t.create(ctx, &resolution)
	})
}

// Resolutions gives how the answers of a record were decided, newest first.
func (n *Notebook) Resolutions(ctx context.Context, id string) ([]diagnostics.Record, error) {
	return collect(ctx, n.db, scanRecord, "SELECT "+recordColumns+` FROM records
 WHERE type = 'resolution' AND json_extract(fields, '$.record') = ? ORDER BY at DESC, id DESC`, id)
}

// HeldOp is an operation of this laptop that the server has and did not apply.
type HeldOp struct {
	N              int64
	Rec, Type, Why string
}

// HeldOps gives them, the newest first.
func (n *Notebook) HeldOps(ctx context.Context) ([]HeldOp, error) {
	return collect(ctx, n.db, func(rows *sql.Rows) (h HeldOp, err error) {
		return h, rows.Scan(&h.N, &h.Rec, &h.Type, &h.Why)
	}, "SELECT n, rec, coalesce(json_extract(body, '$.type'), ''), held FROM ops WHERE "+sqlHeld+" ORDER BY n DESC LIMIT ?", pageRows)
}

// sqlHeld chooses the operations that are held and that nobody decided about.
const sqlHeld = "held IS NOT NULL AND held <> '" + wire.HeldDropped + "'"

// HeldNumbers gives the numbers of the held operations, the first first; at most
// 200.
func (n *Notebook) HeldNumbers(ctx context.Context) ([]int64, error) {
	return collect(ctx, n.db, func(rows *sql.Rows) (number int64, err error) {
		return number, rows.Scan(&number)
	}, "SELECT n FROM ops WHERE "+sqlHeld+" ORDER BY n LIMIT ?", pageRows)
}
