package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"solidaren/diagnostics"
	"solidaren/sync/register"
	"solidaren/sync/wire"
)

// self stands for this device where own operations are replayed: the notebook
// knows its operations, not the name that the server gives it.
const self = "self"

const (
	sqlOpsOf = "SELECT body FROM ops WHERE rec = ? AND n > ? ORDER BY n"
	sqlIsOwn = "SELECT 1 FROM ops WHERE id = ?"
)

// overlay gives the server's state of a record with the own operations on top
// that it does not hold yet. It must not be changed.
func overlay(ctx context.Context, q querier, r *row) (wire.Record, error) {
	ops, err := collect(ctx, q, scanOp, sqlOpsOf, r.ID, r.reflected)
	if err != nil {
		return wire.Record{}, err
	}
	state := wire.Record{ID: r.ID, Type: r.Type}
	if r.state != nil {
		state = *r.state
	}
	if len(ops) == 0 {
		return state, nil
	}
	if state, err = markOwn(ctx, q, state); err != nil {
		return state, err
	}
	for _, op := range ops {
		state = register.Apply(state, op, self, state.Ver+1)
	}
	return state, nil
}

func scanOp(rows *sql.Rows) (wire.Op, error) {
	var op wire.Op
	var body string
	if err := rows.Scan(&body); err != nil {
		return op, err
	}
	return op, json.Unmarshal([]byte(body), &op)
}

// markOwn gives the state with self as the device of the values that own
// operations wrote, so that replayed ones replace them.
func markOwn(ctx context.Context, q querier, state wire.Record) (wire.Record, error) {
	fields := make(map[string][]wire.Value, len(state.Fields))
	for name, values := range state.Fields {
		fields[name] = slices.Clone(values)
		for i, v := range values {
			if v.Dev == "" {
				continue // said by several devices
			}
			own, err := isOwn(ctx, q, v.Op)
			if err != nil {
				return state, err
			}
			if own {
				fields[name][i].Dev = self
			}
		}
	}
	state.Fields = fields
	return state, nil
}

// isOwn reports whether an operation is one of this notebook's.
func isOwn(ctx context.Context, q querier, op string) (bool, error) {
	found, err := collect(ctx, q, scanInt, sqlIsOwn, op)
	return len(found) > 0, err
}

func scanInt(rows *sql.Rows) (n int64, err error) { return n, rows.Scan(&n) }

// project makes what the laptop shows of a record: the chosen value of each
// field, opened; which fields have several answers; which cannot be opened yet.
func (n *Notebook) project(r *row, state wire.Record) error {
	r.Fields, r.Conflict, r.Sealed = make(diagnostics.Values, len(state.Fields)), nil, nil
	for _, name := range slices.Sorted(maps.Keys(state.Fields)) {
		answers, err := n.open(r.ID, name, state.Fields[name])
		if err != nil {
			return err
		}
		if len(answers) == 0 {
			continue
		}
		if text, ok := settle(r.Type, name, answers); ok {
			answers = []Answer{{Text: text}}
		}
		shown := answers[0]
		if shown.Locked {
			r.Sealed = append(r.Sealed, name)
		} else if shown.Text != "" {
			r.Fields[name] = shown.Text
		}
		if len(answers) > 1 {
			r.Conflict = append(r.Conflict, name)
		}
	}
	return nil
}

// settle gives the one of several answers that holds without anybody's decision.
func settle(recordType, field string, answers []Answer) (string, bool) {
	if len(answers) < 2 {
		return "", false
	}
	texts := make([]string, len(answers))
	for i, a := range answers {
		texts[i] = a.Text
	}
	return diagnostics.Settle(recordType, field, texts)
}

// Answer is one of the values of a field that several people answered apart.
type Answer struct {
	Text   string // "" if the field was emptied, or Locked
	Locked bool   // its key has not arrived, or it was altered
	Device string // "" if several devices gave it
	By     string // member id
	At     time.Time
}

// open gives the different answers that a register holds, the chosen one first.
// Sealed answers that turn out to say the same are one.
func (n *Notebook) open(rec, field string, values []wire.Value) ([]Answer, error) {
	chosen, _ := register.Chosen(values)
	answers := make([]Answer, 0, len(values))
	for _, v := range values {
		text, locked, err := n.text(rec, field, v.V)
		if err != nil {
			return nil, err
		}
		a := Answer{Text: text, Locked: locked, Device: v.Dev, By: v.By, At: v.At}
		same := func(b Answer) bool { return !a.Locked && !b.Locked && a.Text == b.Text }
		at := slices.IndexFunc(answers, same)
		switch {
		case at < 0 && v.Op == chosen.Op:
			answers = slices.Insert(answers, 0, a)
		case at < 0:
			answers = append(answers, a)
		case v.Op == chosen.Op:
			answers = slices.Insert(slices.Delete(answers, at, at+1), 0, a)
		}
	}
	return answers, nil
}

// text opens one value.
func (n *Notebook) text(rec, field string, v json.RawMessage) (text string, locked bool, err error) {
	if register.Null(v) {
		return "", false, nil
	}
	var sealed wire.Sealed
	if v[0] == '{' && json.Unmarshal(v, &sealed) == nil && sealed.Cipher != "" {
		return n.unseal(rec, field, v)
	}
	if json.Unmarshal(v, &text) != nil {
		return string(v), false, nil // of a newer program
	}
	return text, false, nil
}

func (n *Notebook) unseal(rec, field string, v json.RawMessage) (text string, locked bool, err error) {
	sealer := n.sealer.Load()
	if sealer == nil {
		return "", true, nil
	}
	plain, err := (*sealer).Unseal(rec, field, v)
	switch diagnostics.Code(err) {
	case "":
		return string(plain), false, nil
	case diagnostics.CodeUnauthorized, diagnostics.CodeCorrupt:
		return "", true, nil
	default:
		return "", false, fmt.Errorf("store: open %s of record %s: %w", field, rec, err)
	}
}

// refresh projects a row again and writes it.
func (t *tx) refresh(ctx context.Context, r *row) error {
	state, err := overlay(ctx, t, r)
	if err != nil {
		return err
	}
	if isErased(state) {
		return t.remove(ctx, r.ID)
	}
	if err := t.n.project(r, state); err != nil {
		return err
	}
	return t.put(ctx, r)
}

// Conflicts gives, for each field of a record with two or more answers, all of
// them, the one that lists and counts show first. Errors: not_found, internal.
func (n *Notebook) Conflicts(ctx context.Context, id string) (map[string][]Answer, error) {
	r, err := readRow(ctx, n.db, id)
	if err != nil {
		return nil, err
	}
	if r == nil {
		return nil, notFound("store.Conflicts")
	}
	state, err := overlay(ctx, n.db, r)
	if err != nil {
		return nil, err
	}
	out := map[string][]Answer{}
	for _, name := range r.Conflict {
		if out[name], err = n.open(id, name, state.Fields[name]); err != nil {
			return nil, err
		}
	}
	return out, nil
}
