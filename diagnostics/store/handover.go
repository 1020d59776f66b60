package store

import (
	"context"

	"solidaren/diagnostics"
)

const sqlCounted = "SELECT " + recordColumns + ` FROM records r WHERE r.id IN (
 SELECT t.id FROM records t WHERE t.type = 'tour' AND json_extract(t.fields, '$.kind') = 'count'
 UNION SELECT d.id FROM records d WHERE d.form = ?1
 UNION SELECT o.id FROM records d CROSS JOIN records o ON o.diagnostic = d.id WHERE d.form = ?1
 UNION SELECT w.id FROM records d CROSS JOIN records w ON w.corrects = d.id AND w.type = 'withdrawal' WHERE d.form = ?1
 ) AND EXISTS (SELECT 1 FROM ops o WHERE o.rec = r.id) ORDER BY r.id`

// Counted gives all that was written on this laptop with a form of counting:
// tours, diagnostics with what they observed, and what was taken back. All of it
// is chosen once, by indexes: choosing is dear, and a night's counting is not
// much.
func (n *Notebook) Counted(ctx context.Context, form string) ([]diagnostics.Record, error) {
	return collect(ctx, n.db, scanRecord, sqlCounted, form)
}

// Receive takes records of another laptop in, in one transaction, and tells how
// many of them are new diagnostics. What is there already stays as it is, but
// for a tour, which may have ended since: a file that comes twice counts once.
// Errors: those of Create.
func (n *Notebook) Receive(ctx context.Context, records []diagnostics.Record) (fresh int, err error) {
	err = n.write(ctx, "store.Receive", func(t *tx) error {
		fresh = 0
		for _, r := range records {
			known, err := readRow(ctx, t, r.ID)
			switch {
			case err != nil:
				return err
			case known == nil:
				if err := t.create(ctx, &diagnostics.Record{ID: r.ID, Type: r.Type, Fields: r.Fields}); err != nil {
					return err
				}
				if r.Type == diagnostics.TypeDiagnostic {
					fresh++
				}
			case r.Type == diagnostics.TypeTour && known.Type == r.Type && known.Get("end") == "" && r.Get("end") != "":
				if err := t.update(ctx, known, diagnostics.Values{"end": r.Get("end")}); err != nil {
					return err
				}
			}
		}
		return t.access(ctx, diagnostics.Access{Action: diagnostics.ActionCreate, Count: fresh})
	})
	return fresh, err
}
