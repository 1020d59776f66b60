package store

import (
	"context"

	"solidaren/diagnostics"
	"solidaren/diagnostics/directory"
)

// Cards of the directory are seen at no time, so that the index of types and
// times holds them together in the order of their ids.
const sqlDirectory = "SELECT " + recordColumns + " FROM records WHERE type = ? AND at = 0 AND id > ? ORDER BY id LIMIT ?"

// Directory gives the cards of all actors and actions.
func (n *Notebook) Directory(ctx context.Context) ([]diagnostics.Record, error) {
	var out []diagnostics.Record
	for _, recordType := range []string{diagnostics.TypeActor, diagnostics.TypeAction} {
		for after := ""; ; {
			page, err := collect(ctx, n.db, scanRecord, sqlDirectory, recordType, after, pageRows)
			if err != nil {
				return nil, err
			}
			out = append(out, page...)
			if len(page) < pageRows {
				break
			}
			after = page[len(page)-1].ID
		}
	}
	return out, nil
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
