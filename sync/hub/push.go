package hub

import (
	"context"
	"maps"
	"net/http"
	"slices"

	"solidaren/sync/register"
	"solidaren/sync/wire"
)

// push applies the operations that are new and gives the highest number that is
// durable once the transaction commits, and the anchor of the log up to it.
func (h *Hub) push(ctx context.Context, tx Tx, dev Device, req wire.SyncRequest) (int64, string, error) {
	fresh, err := newOps(ctx, tx, dev, req)
	if err != nil || len(fresh) == 0 {
		return dev.Acked, dev.Anchor, err
	}
	b, err := newBatch(ctx, tx, dev, fresh)
	if err != nil {
		return 0, "", err
	}
	stored := make([]StoredOp, len(fresh))
	now := h.now().UTC()
	for i, op := range fresh {
		why := b.apply(op)
		op = redact(op)
		if record := b.records[op.Rec]; record != nil && record.Gone != "" {
			op.Set = nil // nothing of an erased record stays
		}
		stored[i] = StoredOp{Op: op, Held: why, Received: now}
	}
	if err := tx.AppendOps(ctx, dev.Team, dev.ID, stored, req.Anchor); err != nil {
		return 0, "", err
	}
	return fresh[len(fresh)-1].N, req.Anchor, b.write(ctx, tx)
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

// batch is the state of the records that one push touches.
type batch struct {
	dev     Device
	records map[string]*wire.Record
	held    map[string]bool // records with a held operation
	changed map[string]bool
	erased  []string
}

func newBatch(ctx context.Context, tx Tx, dev Device, ops []wire.Op) (*batch, error) {
	ids := map[string]bool{}
	for _, op := range ops {
		ids[op.Rec] = true
	}
	sorted := slices.Sorted(maps.Keys(ids)) // one order of locking for all
	records, err := tx.Records(ctx, dev.Team, sorted)
	if err != nil {
		return nil, err
	}
	held, err := tx.HeldRecords(ctx, dev.Team, sorted)
	if err != nil {
		return nil, err
	}
	b := &batch{dev: dev, records: map[string]*wire.Record{}, held: held, changed: map[string]bool{}}
	for id, r := range records {
		b.records[id] = &r
	}
	return b, nil
}

// apply puts one operation on its record; it returns why it was held, "" if it
// was not.
func (b *batch) apply(op wire.Op) string {
	record := b.records[op.Rec]
	if record != nil && record.Gone != "" {
		return "" // erasure wins: acknowledged, contents discarded
	}
	if why := admit(b.dev.role(), op, record, b.held[op.Rec]); why != "" {
		b.held[op.Rec] = true
		return why
	}
	if record == nil {
		record = &wire.Record{}
	}
	if op.Base > record.Ver {
		op.Base = 0 // a version that a restored server no longer knows: nothing was seen
	}
	if op.Kind == wire.OpErase {
		b.erased = append(b.erased, op.Rec)
	}
	next := register.Apply(*record, op, b.dev.ID, record.Ver+1)
	b.records[op.Rec], b.changed[op.Rec] = &next, true
	return ""
}

// write numbers the changed records and keeps them.
func (b *batch) write(ctx context.Context, tx Tx) error {
	if len(b.changed) == 0 {
		return nil
	}
	for _, id := range b.erased {
		if err := tx.Scrub(ctx, b.dev.Team, id); err != nil {
			return err
		}
	}
	last, err := tx.BumpHead(ctx, b.dev.Team, len(b.changed))
	if err != nil {
		return err
	}
	ids := slices.Sorted(maps.Keys(b.changed))
	records := make([]wire.Record, len(ids))
	for i, id := range ids {
		b.records[id].Seq = last - int64(len(ids)-1-i)
		records[i] = *b.records[id]
	}
	return tx.PutRecords(ctx, b.dev.Team, records)
}
