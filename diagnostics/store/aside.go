package store

import (
	"context"
)

// AsideDays is how long a draft that was set aside is kept.
const AsideDays = 30

// SetAside takes a draft out of the list without throwing it away: it can be
// taken up again for AsideDays. One that is gone is no error.
func (n *Notebook) SetAside(ctx context.Context, id string) error {
	return n.write(ctx, "store.SetAside", func(t *tx) error {
		_, err := t.exec(ctx, "UPDATE drafts SET aside = ? WHERE id = ?", t.now.UnixMilli(), id)
		return err
	})
}

// TakeUp puts a draft that was set aside back into the list.
func (n *Notebook) TakeUp(ctx context.Context, id string) error {
	return n.write(ctx, "store.TakeUp", func(t *tx) error {
		_, err := t.exec(ctx, "UPDATE drafts SET aside = 0 WHERE id = ?", id)
		return err
	})
}

// AsideDrafts gives the drafts that were set aside, the last changed first.
func (n *Notebook) AsideDrafts(ctx context.Context) ([]Draft, error) {
	return collect(ctx, n.db, scanDraft, sqlDrafts+" WHERE aside > 0 ORDER BY updated_at DESC, id DESC")
}

// dropAside throws away the drafts whose time aside is over.
func (n *Notebook) dropAside(ctx context.Context) error {
	until := n.clock().AddDate(0, 0, -AsideDays).UnixMilli()
	ids, err := collect(ctx, n.db, scanText, "SELECT id FROM drafts WHERE aside > 0 AND aside < ?", until)
	for _, id := range ids {
		if err == nil {
			err = n.DiscardDraft(ctx, id)
		}
	}
	return err
}
