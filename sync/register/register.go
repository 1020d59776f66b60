// Package register holds the one rule by which operations change records
// (SYNC.md §2.1): every field is a register that keeps all concurrent values
// until an operation that has seen them replaces them. Laptop, central API and
// simulator apply the same rule.
//
// It is pure: no clock, disk or network. It judges no right and no type (a
// second fact on one record, an unknown type and a forbidden change are held
// before they come here), and it never orders by a device's clock: At decides
// only what is shown.
package register

import (
	"bytes"
	"encoding/json"
	"maps"
	"strings"

	"solidaren/sync/wire"
)

// Erased is what Gone says of a record whose values were removed for ever.
const Erased = "erased"

// Apply gives the state of a record after an operation of device dev, applied
// as record version ver. In each field that the operation sets, it keeps of the
// present values those that the operation had not seen (Ver above its Base) and
// that another device wrote, then adds the new one. A null is a value like any
// other, so that a removal and a change made apart from each other are a
// conflict, too. The given state is left as it was. On an erased record an
// operation has no effect, and a void one has none on any.
func Apply(state wire.Record, op wire.Op, dev string, ver int64) wire.Record {
	if state.Gone != "" || op.Kind == wire.OpVoid {
		return state
	}
	state.ID, state.Type, state.Ver = op.Rec, op.Type, ver
	switch {
	case op.Kind == wire.OpErase:
		state.Fields, state.Gone = nil, Erased
		if op.Erase != nil {
			state.Why = op.Erase.Why
		}
		return state
	case state.Kind == "":
		state.Kind = op.Kind
	}
	fields := maps.Clone(state.Fields)
	if fields == nil {
		fields = make(map[string][]wire.Value, len(op.Set))
	}
	for name, v := range op.Set {
		fields[name] = set(fields[name], wire.Value{V: v, Dev: dev, By: op.By, At: op.At, Ver: ver, Op: op.ID}, op.Base)
	}
	state.Fields = fields
	return state
}

// set puts a value into a register. Equal plain values become one; it then
// belongs to no device (Dev ""), since a later change by either of the two
// devices must not take the other one's word away.
func set(present []wire.Value, v wire.Value, base int64) []wire.Value {
	kept := make([]wire.Value, 0, len(present)+1)
	dev := v.Dev
	for _, p := range present {
		switch {
		case p.Ver <= base || p.Dev == dev:
		case equal(p.V, v.V):
			v.Dev = ""
		default:
			kept = append(kept, p)
		}
	}
	return append(kept, v)
}

// Chosen gives the value of a register that statistics and lists show, and
// whether the register is in conflict: the value with the later At, on a tie
// the one with the larger operation id.
func Chosen(values []wire.Value) (wire.Value, bool) {
	var chosen wire.Value
	for i, v := range values {
		if i == 0 || v.At.After(chosen.At) || v.At.Equal(chosen.At) && strings.Compare(v.Op, chosen.Op) > 0 {
			chosen = v
		}
	}
	return chosen, len(values) > 1
}

// Null reports whether a value says that the field was emptied.
func Null(v json.RawMessage) bool {
	v = bytes.TrimSpace(v)
	return len(v) == 0 || bytes.Equal(v, []byte("null"))
}

// equal reports whether two values say the same. Two sealed ones are never
// known to: only a holder of the key can tell.
func equal(a, b json.RawMessage) bool {
	if Null(a) || Null(b) {
		return Null(a) && Null(b)
	}
	if sealed(a) || sealed(b) {
		return false
	}
	var x, y string
	if json.Unmarshal(a, &x) == nil && json.Unmarshal(b, &y) == nil {
		return x == y
	}
	return bytes.Equal(bytes.TrimSpace(a), bytes.TrimSpace(b))
}

func sealed(v json.RawMessage) bool {
	var s wire.Sealed
	return json.Unmarshal(v, &s) == nil && s.Cipher != ""
}
