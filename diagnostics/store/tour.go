package store

import (
	"context"

	"solidaren/diagnostics"
)

// sqlCurrentTour looks at tours that this laptop wrote: a colleague's open one,
// pulled at the depot, is not where this laptop is.
const sqlCurrentTour = "SELECT " + recordColumns + ` FROM records r WHERE type = 'tour' AND at > 0
 AND json_extract(fields, '$.end') IS NULL AND EXISTS (SELECT 1 FROM ops WHERE rec = r.id)
 ORDER BY at DESC, id DESC LIMIT 1`

// CurrentTour gives the tour that this laptop is on: begun here and not ended.
// Errors: not_found, internal.
func (n *Notebook) CurrentTour(ctx context.Context) (diagnostics.Record, error) {
	tours, err := collect(ctx, n.db, scanRecord, sqlCurrentTour)
	return first("store.CurrentTour", tours, err)
}

// Tours gives the last tours, newest first; limit is 1 to 200, 50 if 0.
func (n *Notebook) Tours(ctx context.Context, count int) ([]diagnostics.Record, error) {
	return collect(ctx, n.db, scanRecord,
		"SELECT "+recordColumns+" FROM records WHERE type = 'tour' ORDER BY at DESC, id DESC LIMIT ?", limit(count))
}
