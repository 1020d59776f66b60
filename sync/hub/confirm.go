package hub

import (
	"context"

	"solidaren/diagnostics"
	"solidaren/sync/wire"
)

// mostUnconfirmed is how many erasures one reply tells of.
const mostUnconfirmed = 20

// confirm notes that a device holds nothing any more of what was erased up to
// its cursor. It writes only where there is something to confirm: most calls
// confirm nothing new.
func (h *Hub) confirm(ctx context.Context, dev Device, req wire.SyncRequest) error {
	cursor := req.Cursors[dev.Team]
	if !req.Clean || cursor <= dev.Wiped {
		return nil
	}
	var due bool
	err := h.store.View(ctx, func(tx Tx) error {
		next, err := tx.ErasedAfter(ctx, dev.Team, dev.Wiped, 1)
		due = len(next) > 0 && next[0].Seq <= cursor
		return err
	})
	if err != nil || !due {
		return err
	}
	return h.store.Update(ctx, func(tx Tx) error { return tx.SetWiped(ctx, dev.ID, cursor) })
}

// unconfirmed tells a coordinator of the persons whom some laptop of the team
// may still hold, and of which laptops.
func unconfirmed(ctx context.Context, tx Tx, dev Device) ([]wire.Unconfirmed, error) {
	if dev.role() != diagnostics.RoleCoordinator {
		return nil, nil
	}
	holders, err := tx.Holders(ctx, dev.Team, keyHolders())
	if err != nil || len(holders) == 0 {
		return nil, err
	}
	least := holders[0].Wiped
	for _, d := range holders {
		least = min(least, d.Wiped)
	}
	erased, err := tx.ErasedAfter(ctx, dev.Team, least, mostUnconfirmed)
	if err != nil {
		return nil, err
	}
	var all []wire.Unconfirmed
	for _, r := range erased {
		u := wire.Unconfirmed{ID: r.ID, At: r.GoneAt}
		for _, d := range holders {
			if d.Wiped < r.Seq {
				u.Devices = append(u.Devices, d.Name)
			}
		}
		all = append(all, u)
	}
	return all, nil
}
