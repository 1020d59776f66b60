package store

import (
	"context"
	"maps"
	"slices"

	"solidaren/diagnostics"
)

// Rectify puts fields of a person's card right, and keeps for each what stood
// there before and what the person says of it, in their words ("" if nothing).
// It is how a link to another card and a restriction are written, too, so that
// their history is kept. Errors: as Update.
func (n *Notebook) Rectify(ctx context.Context, personID string, set diagnostics.Values, statement string) error {
	return n.write(ctx, "store.Rectify", func(t *tx) error { return t.rectify(ctx, personID, set, statement) })
}

func (t *tx) rectify(ctx context.Context, id string, set diagnostics.Values, statement string) error {
	r, err := readRow(ctx, t, id)
	if err != nil {
		return err
	}
	if r == nil || r.Type != diagnostics.TypePerson {
		return notFound("store.Rectify")
	}
	changed := changes(r, set, true)
	before := maps.Clone(r.Fields)
	if err := t.update(ctx, r, changed); err != nil {
		return err
	}
	for _, field := range slices.Sorted(maps.Keys(changed)) {
		err := t.create(ctx, &diagnostics.Record{Type: diagnostics.TypeRectification, Fields: diagnostics.Values{
			"person": id, "at": diagnostics.FormatTime(t.now), "field": field, "demo": before["demo"],
			"before": before[field], "after": changed[field], "statement": statement,
		}})
		if err != nil {
			return err
		}
	}
	return nil
}

// sqlRectifications leaves nothing out: a rectification stands by itself.
const sqlRectifications = "SELECT " + recordColumns + " FROM records WHERE person IN " + samePerson + ` AND +type = 'rectification'
 AND (at, id) < (coalesce((SELECT at FROM records WHERE id = ?2), 1 << 62), ?2) ORDER BY at DESC, id DESC LIMIT ?3`

// Rectifications gives the history of a person's cards, newest first: at most a
// page behind the one with the id after, "" for the first.
func (n *Notebook) Rectifications(ctx context.Context, personID, after string) ([]diagnostics.Record, error) {
	return collect(ctx, n.db, scanRecord, sqlRectifications, personID, after, pageRows)
}
