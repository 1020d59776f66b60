package store

import (
	"context"

	"solidaren/diagnostics"
	"solidaren/diagnostics/directory"
)

const sqlDirectory = "SELECT " + recordColumns + " FROM records WHERE type IN ('actor', 'action') AND id > ? ORDER BY id LIMIT ?"

// Directory gives the cards of all actors and actions.
func (n *Notebook) Directory(ctx context.Context) ([]diagnostics.Record, error) {
	var out []diagnostics.Record
	for after := ""; ; {
		page, err := collect(ctx, n.db, scanRecord, sqlDirectory, after, pageRows)
		if err != nil {
			return nil, err
		}
		out = append(out, page...)
		if len(page) < pageRows {
			return out, nil
		}
		after = page[len(page)-1].ID
	}
}

// ImportDirectory does what a plan says, in one transaction: all of it, or
// nothing. Errors: those of Create and Update.
func (n *Notebook) ImportDirectory(ctx context.Context, p directory.Plan) error {
	return n.write(ctx, "store.ImportDirectory", func(t *tx) error {
		for _, r := range p.Create {
			if err := t.create(ctx, &r); err != nil {
				return err
			}
		}
		for _, c := range p.Update {
			r, err := readRow(ctx, t, c.ID)
			if err != nil {
				return err
			}
			if r == nil {
				return notFound("store.ImportDirectory")
			}
			if err := t.update(ctx, r, changes(r, c.Set, true)); err != nil {
				return err
			}
		}
		return nil
	})
}
