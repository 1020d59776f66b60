package hub

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"time"

	"solidaren/sync/register"
	"solidaren/sync/wire"
)

// batch is the state of the records that one push touches or refers to.
type batch struct {
	dev     Device
	now     time.Time
	records map[string]*wire.Record
	held    map[string]bool // records with a held operation
	changed map[string]bool
	erased  []string // records whose operations are to be emptied
	persons []string // of those, persons: all that is about them goes along
	late    int
}

func newBatch(ctx context.Context, tx Tx, dev Device, ops []wire.Op, now time.Time) (*batch, error) {
	ids := map[string]bool{}
	for _, op := range ops {
		ids[op.Rec] = true
		ids[personIn(op)] = true
		if op.Erase != nil {
			ids[op.Erase.Person], ids[op.Erase.Request] = true, true
		}
	}
	delete(ids, "")
	sorted := slices.Sorted(maps.Keys(ids)) // one order of locking for all
	records, err := tx.Records(ctx, dev.Team, sorted)
	if err != nil {
		return nil, err
	}
	held, err := tx.HeldRecords(ctx, dev.Team, sorted)
	if err != nil {
		return nil, err
	}
	b := &batch{dev: dev, now: now, records: map[string]*wire.Record{}, held: held, changed: map[string]bool{}}
	for id, r := range records {
		b.records[id] = &r
	}
	return b, nil
}

// personIn is the person whom an operation says its record is about, "" if it
// does not say.
func personIn(op wire.Op) (id string) {
	_ = json.Unmarshal(op.Set["person"], &id) // what is no text names nobody
	return id
}

// apply puts one operation on its record; it returns why it was held, "" if it
// was not.
func (b *batch) apply(op wire.Op) string {
	record := b.records[op.Rec]
	if isGone(record) {
		b.late++
		return "" // erasure wins: acknowledged, contents discarded
	}
	if why := b.admit(op, record); why != "" {
		b.held[op.Rec] = true
		return why
	}
	if op.Kind == wire.OpVoid {
		return ""
	}
	if about := b.records[personIn(op)]; isGone(about) {
		b.late++
		b.bury(op.Rec, op.Type, about.Why)
		return ""
	}
	if record == nil {
		record = &wire.Record{}
	}
	if op.Base > record.Ver {
		op.Base = 0 // a version that a restored server no longer knows: nothing was seen
	}
	next := register.Apply(*record, op, b.dev.ID, record.Ver+1)
	b.records[op.Rec], b.changed[op.Rec] = &next, true
	if op.Kind == wire.OpErase {
		b.erase(op)
	}
	return ""
}

func (b *batch) admit(op wire.Op, record *wire.Record) string {
	why := admit(b.dev.role(), op, record, b.held[op.Rec])
	if why == "" && op.Kind == wire.OpErase {
		why = b.mayErase(op, record)
	}
	if !b.dev.Active && op.Kind != wire.OpVoid && why != wire.HeldBadValue {
		why = wire.HeldReplaced
	}
	return why
}

// write numbers the changed records and keeps them.
func (b *batch) write(ctx context.Context, tx Tx) error {
	if len(b.changed) == 0 {
		return nil
	}
	if err := b.scrub(ctx, tx); err != nil {
		return err
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
