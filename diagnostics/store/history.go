package store

import (
	"context"
	"maps"
	"slices"
	"time"

	"solidaren/sync/wire"
)

// Change is one value that this notebook gave a field of a record.
type Change struct {
	At    time.Time
	Field string
	Text  string // "" if the field was emptied, or the words are locked
}

// Changes gives what this notebook wrote into a record, oldest first.
func (n *Notebook) Changes(ctx context.Context, id string) ([]Change, error) {
	var out []Change
	for after := int64(0); ; {
		ops, err := collect(ctx, n.db, scanOp, sqlOpsOf+" LIMIT ?", id, after, pageRows)
		if err != nil {
			return nil, err
		}
		for _, op := range ops {
			changes, err := n.changesIn(op)
			if err != nil {
				return nil, err
			}
			out, after = append(out, changes...), op.N
		}
		if len(ops) < pageRows {
			return out, nil
		}
	}
}

func (n *Notebook) changesIn(op wire.Op) ([]Change, error) {
	var out []Change
	for _, field := range slices.Sorted(maps.Keys(op.Set)) {
		text, _, err := n.text(op.Rec, field, op.Set[field])
		if err != nil {
			return nil, err
		}
		out = append(out, Change{At: op.At, Field: field, Text: text})
	}
	return out, nil
}
