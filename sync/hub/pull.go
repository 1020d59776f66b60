package hub

import (
	"context"
	"net/http"

	"solidaren/diagnostics"
	"solidaren/sync/wire"
)

// pull fills the reply with what the device has not seen: held operations of
// its own, changes of membership, and a page of its team's records.
func (h *Hub) pull(ctx context.Context, tx Tx, dev Device, req wire.SyncRequest, reply *wire.SyncReply) error {
	if len(req.Ops) > 0 {
		held, err := tx.Held(ctx, dev.ID, req.Ops[0].N, reply.Acked)
		if err != nil {
			return err
		}
		reply.Held = held
	}
	if len(req.Held) > 0 {
		settled, err := tx.Settled(ctx, dev.ID, req.Held[:min(len(req.Held), heldPage)])
		if err != nil {
			return err
		}
		reply.Held = append(reply.Held, settled...)
	}
	if err := pullMembers(ctx, tx, dev, req.Members, reply); err != nil {
		return err
	}
	if !dev.role().HoldsKey() {
		return nil // no key, no records: exports are made by who holds one
	}
	if err := h.pullRecords(ctx, tx, dev, req, reply); err != nil {
		return err
	}
	var err error
	reply.Unconfirmed, err = unconfirmed(ctx, tx, dev)
	return err
}

func pullMembers(ctx context.Context, tx Tx, dev Device, after int64, reply *wire.SyncReply) error {
	var err error
	if reply.Members, err = tx.BumpMembers(ctx, dev.Team, 0); err != nil {
		return err
	}
	if reply.Members != after {
		if reply.Devices, err = tx.Devices(ctx, dev.Team, after); err != nil {
			return err
		}
		if err = revokedDevices(ctx, tx, reply.Devices); err != nil {
			return err
		}
		if reply.Envelopes, err = tx.Envelopes(ctx, dev.ID, after); err != nil {
			return err
		}
	}
	reply.Wanted, err = tx.Wanted(ctx, dev.ID, keyHolders(), maxWanted)
	return err
}

func (h *Hub) pullRecords(ctx context.Context, tx Tx, dev Device, req wire.SyncRequest, reply *wire.SyncReply) error {
	after := req.Cursors[dev.Team]
	head, err := tx.BumpHead(ctx, dev.Team, 0)
	if err != nil {
		return err
	}
	if after > head {
		h.log.Warn("a device has seen more than the server holds: was an older database put back?", "device", dev.ID)
		return h.epochChanged(dev)
	}
	limit := req.LimitBytes
	if limit <= 0 {
		limit = wire.DefaultPageSize
	}
	page, more, err := tx.Changes(ctx, dev.Team, after, min(limit, maxPage))
	if err != nil {
		return err
	}
	if len(page) > 0 {
		after = page[len(page)-1].Seq
		reply.Changes = map[string][]wire.Record{dev.Team: page}
	}
	reply.Cursors[dev.Team], reply.More = after, more
	return nil
}

// addEnvelopes keeps the keys that a device wrapped for devices of its team.
func addEnvelopes(ctx context.Context, tx Tx, dev Device, envelopes []wire.Envelope) error {
	if len(envelopes) == 0 {
		return nil
	}
	team, err := tx.Devices(ctx, dev.Team, 0)
	if err != nil {
		return err
	}
	holds := map[string]bool{}
	for _, d := range team {
		holds[d.ID] = d.Active && diagnostics.Role(d.Role).HoldsKey()
	}
	last, err := tx.BumpMembers(ctx, dev.Team, len(envelopes))
	if err != nil {
		return err
	}
	for i, e := range envelopes {
		if !holds[dev.ID] || !holds[e.Device] || len(e.Body) > maxEnvelope || e.Key == "" {
			return refuse(http.StatusForbidden, string(diagnostics.CodeForbidden),
				"A key goes from a key holder to a key holder of the same team.")
		}
		e.Team, e.From = dev.Team, dev.ID
		if err := tx.AddEnvelope(ctx, e, last-int64(len(envelopes)-1-i)); err != nil {
			return err
		}
	}
	return nil
}

// maxEnvelope is the longest envelope, in base64 characters: a hybrid age file
// of a 32-byte key is about 2,300.
const maxEnvelope = 8 << 10

func keyHolders() []diagnostics.Role {
	var holders []diagnostics.Role
	for _, r := range diagnostics.Roles() {
		if r.HoldsKey() {
			holders = append(holders, r)
		}
	}
	return holders
}
