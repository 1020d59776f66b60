package hub

import (
	"context"
	"net/http"
	"slices"

	"solidaren/diagnostics"
	"solidaren/sync/wire"
)

// heldPage is how many held operations are listed at once.
const heldPage = 200

// Held lists what is held in a coordinator's team, after deciding about one of
// it, if the request says so. To decide twice does no harm. A Refusal tells
// forbidden (no coordinator), not_found (no such operation in the team), invalid,
// or still-held: what does not fit the data model, or an erasure that is not due
// or not asked for, is applied for nobody.
func (h *Hub) Held(ctx context.Context, by Device, req wire.HeldRequest) (wire.HeldReply, error) {
	reply := wire.HeldReply{Held: []wire.HeldOp{}}
	if !by.Active {
		return reply, revoked()
	}
	if by.role() != diagnostics.RoleCoordinator {
		return reply, refuse(http.StatusForbidden, string(diagnostics.CodeForbidden), "Only a coordinator decides about what is held.")
	}
	if req.Settle != nil {
		if err := h.settle(ctx, by, *req.Settle); err != nil {
			return reply, err
		}
	}
	err := h.store.View(ctx, func(tx Tx) error {
		held, err := tx.HeldIn(ctx, by.Team, "", heldPage+1)
		reply.More = len(held) > heldPage
		reply.Held = append(reply.Held, held[:min(len(held), heldPage)]...)
		return err
	})
	return reply, err
}

// settle releases or drops one operation, in one transaction.
func (h *Hub) settle(ctx context.Context, by Device, s wire.Settle) error {
	if s.Do != wire.Release && s.Do != wire.Drop {
		return refuse(http.StatusUnprocessableEntity, string(diagnostics.CodeInvalid), "A held operation is released or dropped.")
	}
	var done pushed
	err := h.store.Update(ctx, func(tx Tx) error {
		author, err := tx.Device(ctx, s.Dev)
		if diagnostics.Code(err) == diagnostics.CodeNotFound || err == nil && author.Team != by.Team {
			return refuse(http.StatusNotFound, string(diagnostics.CodeNotFound), "This device is not of the team.")
		}
		if err != nil {
			return err
		}
		held, err := tx.HeldIn(ctx, by.Team, s.Dev, 0)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(held, func(o wire.HeldOp) bool { return o.Op.N == s.N })
		if at < 0 {
			return nil // decided already
		}
		group := slices.DeleteFunc(slices.Clone(held), func(o wire.HeldOp) bool { return !together(held[at], o) })
		if s.Do == wire.Drop {
			return h.drop(ctx, tx, by, held[at], group)
		}
		done, err = h.release(ctx, tx, by, author, held[at], group)
		return err
	})
	if err != nil {
		return err
	}
	h.log.Info("a held operation was decided", "by", by.ID, "device", s.Dev, "n", s.N, "do", s.Do)
	if done.erased {
		h.wipe(context.WithoutCancel(ctx))
	}
	return nil
}

// together tells whether a held operation is decided about with another: those
// on one record that wait for its creation go with it.
func together(op, other wire.HeldOp) bool {
	return other.Op.Rec == op.Op.Rec &&
		(other.Op.N == op.Op.N || other.Why == wire.HeldCreatorHeld || op.Why == wire.HeldCreatorHeld)
}

// drop leaves an operation out, with those that waited for it. They stay in the
// log.
func (h *Hub) drop(ctx context.Context, tx Tx, by Device, op wire.HeldOp, group []wire.HeldOp) error {
	for _, o := range group {
		if o.Op.N != op.Op.N && (o.Why != wire.HeldCreatorHeld || o.Op.N < op.Op.N) {
			continue
		}
		if err := tx.SettleOp(ctx, o.Dev, o.Op.N, wire.HeldDropped, by.ID, h.now().UTC()); err != nil {
			return err
		}
	}
	return nil
}

// release applies the held operations on a record, in the order of their author,
// as what the coordinator may do. What still cannot be applied stays held.
func (h *Hub) release(ctx context.Context, tx Tx, by, author Device, op wire.HeldOp, group []wire.HeldOp) (pushed, error) {
	now := h.now().UTC()
	ops := make([]wire.Op, len(group))
	for i, o := range group {
		ops[i] = o.Op
	}
	author.Role, author.Active = by.Role, true
	b, err := newBatch(ctx, tx, author, ops, now)
	if err != nil {
		return pushed{}, err
	}
	b.held = map[string]bool{}
	for _, o := range group {
		why := wire.HeldBadValue // what came in clear was taken out of it: it cannot be applied
		if o.Why != wire.HeldBadValue {
			why = b.apply(o.Op)
		}
		if why != "" {
			b.held[o.Op.Rec] = true
			if o.Op.N == op.Op.N {
				return pushed{}, refuse(http.StatusConflict, wire.ProblemStillHeld, "It cannot be applied: "+why+".")
			}
			continue
		}
		if err := tx.SettleOp(ctx, o.Dev, o.Op.N, "", by.ID, now); err != nil {
			return pushed{}, err
		}
	}
	return h.keep(ctx, tx, b)
}
