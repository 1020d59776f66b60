package hub

import (
	"context"
	"net/http"

	"solidaren/sync/wire"
)

// pushed is what became of the operations of a request.
type pushed struct {
	acked  int64  // highest number that is durable once the transaction commits
	anchor string // of the log up to it
	erased bool   // something was erased: the files are to be wiped
	late   int    // operations that came after the erasure of what they are about
}

// push applies the operations that are new.
func (h *Hub) push(ctx context.Context, tx Tx, dev Device, req wire.SyncRequest) (pushed, error) {
	fresh, err := newOps(ctx, tx, dev, req)
	if err != nil || len(fresh) == 0 {
		return pushed{acked: dev.Acked, anchor: dev.Anchor}, err
	}
	now := h.now().UTC()
	b, err := newBatch(ctx, tx, dev, fresh, now)
	if err != nil {
		return pushed{}, err
	}
	stored := make([]StoredOp, len(fresh))
	for i, op := range fresh {
		why := b.apply(op)
		op = redact(op)
		if record := b.records[op.Rec]; record != nil && record.Gone != "" {
			op.Set = nil // nothing of an erased record stays
		}
		stored[i] = StoredOp{Op: op, Held: why, Received: now}
	}
	if err := tx.AppendOps(ctx, dev.Team, dev.ID, stored, req.Anchor); err != nil {
		return pushed{}, err
	}
	done, err := h.keep(ctx, tx, b)
	done.acked, done.anchor = fresh[len(fresh)-1].N, req.Anchor
	return done, err
}

// keep writes what a batch changed, and what it erased into the list of erasures.
func (h *Hub) keep(ctx context.Context, tx Tx, b *batch) (pushed, error) {
	err := b.write(ctx, tx)
	if err == nil && len(b.erased) > 0 {
		err = tx.SetSetting(ctx, settingWipe, []byte("due"))
	}
	if err == nil && h.erasures != nil {
		// Before the commit: what is not committed after all is sent again.
		err = h.erasures.Add(b.list())
	}
	return pushed{erased: len(b.erased) > 0, late: b.late}, err
}

// newOps gives the operations of a request that the server does not have yet.
// It refuses a stream with a hole, and one that is not the one that the server
// knows.
func newOps(ctx context.Context, tx Tx, dev Device, req wire.SyncRequest) ([]wire.Op, error) {
	ops := req.Ops
	if len(ops) == 0 {
		return nil, nil
	}
	first := ops[0].N
	if first > dev.Acked+1 {
		r := refuse(http.StatusConflict, wire.ProblemGap, "Operations are missing before these.")
		r.Expected = dev.Acked + 1
		return nil, r
	}
	if first == dev.Acked+1 && req.Before != "" && dev.Anchor != "" && req.Before != dev.Anchor {
		return nil, forked()
	}
	if err := checkRepeated(ctx, tx, dev, ops); err != nil {
		return nil, err
	}
	return ops[min(int(dev.Acked+1-first), len(ops)):], nil
}

func forked() *Refusal {
	return refuse(http.StatusConflict, wire.ProblemDeviceForked,
		"This number was used for another operation: the device was copied or restored.")
}

// checkRepeated refuses a stream that was continued twice: a number that is
// already durable must carry the operation that it carried then.
func checkRepeated(ctx context.Context, tx Tx, dev Device, ops []wire.Op) error {
	last := min(ops[len(ops)-1].N, dev.Acked)
	if ops[0].N > last {
		return nil
	}
	ids, err := tx.OpIDs(ctx, dev.ID, ops[0].N, last)
	if err != nil {
		return err
	}
	for _, op := range ops {
		if op.N <= last && ids[op.N] != op.ID {
			return forked()
		}
	}
	return nil
}
