package hub

import (
	"context"
	"net/http"

	"solidaren/diagnostics"
	"solidaren/sync/wire"
)

// Sync pushes a device's operations and envelopes in one transaction and then
// pulls what its team changed. A Refusal tells gap, epoch-changed,
// device-forked, too-old, invalid or too_large; a held operation is no error.
func (h *Hub) Sync(ctx context.Context, dev Device, req wire.SyncRequest) (wire.SyncReply, error) {
	reply := wire.SyncReply{
		Epoch: h.epoch, Now: h.now().UTC(), Proto: []int{wire.Proto}, Acked: dev.Acked, Anchor: dev.Anchor,
		Cursors: map[string]int64{},
	}
	if err := checkRequest(dev, req); err != nil {
		return reply, err
	}
	if req.Epoch != "" && req.Epoch != h.epoch {
		return reply, h.epochChanged(dev)
	}
	if len(req.Ops) > 0 || len(req.Envelopes) > 0 {
		done, err := h.take(ctx, dev, req)
		if err != nil {
			return reply, err
		}
		reply.Acked, reply.Anchor = done.acked, done.anchor
	}
	if !dev.Active {
		return h.handedIn(ctx, dev, reply, req)
	}
	if req.Proto < wire.MinProto {
		return h.pushOnly(reply, req)
	}
	if err := h.confirm(ctx, dev, req); err != nil {
		return reply, err
	}
	err := h.store.View(ctx, func(tx Tx) error { return h.pull(ctx, tx, dev, req, &reply) })
	return reply, err
}

// take keeps the operations and envelopes of a request in one transaction.
func (h *Hub) take(ctx context.Context, dev Device, req wire.SyncRequest) (done pushed, err error) {
	err = h.store.Update(ctx, func(tx Tx) error {
		locked, err := tx.Device(ctx, dev.ID)
		if err != nil {
			return err
		}
		if err := stillIn(ctx, tx, locked); err != nil {
			return err
		}
		if done, err = h.push(ctx, tx, locked, req); err != nil {
			return err
		}
		if !locked.Active {
			return nil
		}
		return addEnvelopes(ctx, tx, locked, req.Envelopes)
	})
	if err != nil {
		return done, err
	}
	if done.late > 0 {
		h.log.Info("operations on erased records were discarded", "device", dev.ID, "operations", done.late)
	}
	if done.erased {
		h.wipe(context.WithoutCancel(ctx))
	}
	return done, nil
}

// pushOnly answers a program that is too old to pull: its field work is taken,
// and it is told once nothing is left to send.
func (h *Hub) pushOnly(reply wire.SyncReply, req wire.SyncRequest) (wire.SyncReply, error) {
	if len(req.Ops) == 0 {
		return reply, refuse(http.StatusUpgradeRequired, wire.ProblemTooOld,
			"This program is too old to receive. Sending still works.")
	}
	reply.Cursors = req.Cursors
	return reply, nil
}

// handedIn answers a computer that was replaced: its last field work is taken
// and set aside, it is told nothing of the team, and once nothing is left to
// send, that it has no access any more.
func (h *Hub) handedIn(ctx context.Context, dev Device, reply wire.SyncReply, req wire.SyncRequest) (wire.SyncReply, error) {
	if len(req.Ops) == 0 {
		return reply, revoked()
	}
	reply.Cursors, reply.Members = req.Cursors, req.Members
	err := h.store.View(ctx, func(tx Tx) (err error) {
		reply.Held, err = tx.Held(ctx, dev.ID, req.Ops[0].N, reply.Acked)
		return err
	})
	return reply, err
}

func (h *Hub) epochChanged(dev Device) *Refusal {
	r := refuse(http.StatusConflict, wire.ProblemEpochChanged,
		"The server was restored: push from acked+1, pull from 0.")
	r.Epoch, r.Acked, r.Anchor = h.epoch, dev.Acked, dev.Anchor
	return r
}

func checkRequest(dev Device, req wire.SyncRequest) error {
	if req.Dev != dev.ID {
		return refuse(http.StatusForbidden, string(diagnostics.CodeForbidden), "The token belongs to another device.")
	}
	if len(req.Ops) > wire.MaxOps {
		return refuse(http.StatusRequestEntityTooLarge, string(diagnostics.CodeTooLarge), "Too many operations in one push.")
	}
	for i, op := range req.Ops {
		if op.N != req.Ops[0].N+int64(i) || op.N < 1 {
			return refuse(http.StatusUnprocessableEntity, string(diagnostics.CodeInvalid),
				"The numbers of the operations do not follow each other.")
		}
	}
	return nil
}
