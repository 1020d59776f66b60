package synctest

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"maps"
	"slices"
	"sync"
	"time"

	"solidaren/diagnostics"
	"solidaren/sync/client"
	"solidaren/sync/register"
	"solidaren/sync/wire"
)

// Memory is a notebook without a disk: the log, the server's states, and the
// view of both, by the rule of sync/register.
type Memory struct {
	mu       sync.Mutex
	settings map[string]string
	ops      []wire.Op
	acked    int64
	cursors  map[string]int64
	states   map[string]wire.Record
	held     map[int64]string
	now      time.Time
}

var _ client.Notebook = (*Memory)(nil)

// NewMemory makes an empty notebook.
func NewMemory() *Memory {
	return &Memory{
		settings: map[string]string{}, cursors: map[string]int64{}, states: map[string]wire.Record{},
		held: map[int64]string{}, now: time.Date(2026, 3, 1, 20, 0, 0, 0, time.UTC),
	}
}

// Image copies the notebook as a copy of its disk would.
func (m *Memory) Image() *Memory {
	m.mu.Lock()
	defer m.mu.Unlock()
	return &Memory{
		settings: maps.Clone(m.settings), ops: slices.Clone(m.ops), acked: m.acked, cursors: maps.Clone(m.cursors),
		states: maps.Clone(m.states), held: maps.Clone(m.held), now: m.now,
	}
}

// Write appends an operation that sets fields; a nil value removes. The base is
// the version last pulled, or that of the first operation that is not acked.
func (m *Memory) Write(kind wire.OpKind, recordType, rec string, set map[string]any) wire.Op {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now = m.now.Add(time.Minute)
	op := wire.Op{
		N: int64(len(m.ops)) + 1, ID: diagnostics.NewID(), Rec: rec, Type: recordType, Kind: kind,
		Base: m.states[rec].Ver, At: m.now, Set: map[string]json.RawMessage{},
	}
	for _, earlier := range m.ops[m.acked:] {
		if earlier.Rec == rec {
			op.Base = earlier.Base
			break
		}
	}
	for name, value := range set {
		raw, err := json.Marshal(value)
		if err != nil {
			panic(err)
		}
		op.Set[name] = raw
	}
	m.ops = append(m.ops, op)
	return op
}

// Clean is true: nothing lies in a file.
func (m *Memory) Clean(context.Context) (bool, error) { return true, nil }

// View gives a record as the notebook shows it: the server's state with the own
// operations that are not acked on top.
func (m *Memory) View(rec string) wire.Record {
	m.mu.Lock()
	defer m.mu.Unlock()
	state := m.states[rec]
	dev := m.settings["sync.device"]
	for _, op := range m.ops[m.acked:] {
		if op.Rec == rec {
			state = register.Apply(state, op, dev, state.Ver+1)
		}
	}
	return state
}

// States copies the server's states as they were pulled.
func (m *Memory) States() map[string]wire.Record {
	m.mu.Lock()
	defer m.mu.Unlock()
	return maps.Clone(m.states)
}

// Ops copies the own log.
func (m *Memory) Ops() []wire.Op {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.ops)
}

// Unacked copies the own operations that the server is not known to have.
func (m *Memory) Unacked() []wire.Op {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.ops[m.acked:])
}

// HeldOps tells which own operations were held, and why.
func (m *Memory) HeldOps() map[int64]string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return maps.Clone(m.held)
}

// HeldNumbers gives the numbers of the held operations.
func (m *Memory) HeldNumbers(context.Context) ([]int64, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Sorted(maps.Keys(m.held)), nil
}

// Setting gives a setting.
func (m *Memory) Setting(_ context.Context, key string) (string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.settings[key], nil
}

// SetSettings keeps settings.
func (m *Memory) SetSettings(_ context.Context, values map[string]string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	maps.Copy(m.settings, values)
	return nil
}

// PendingOps gives own operations after a number.
func (m *Memory) PendingOps(_ context.Context, after int64, maxOps, maxBytes int) ([]wire.Op, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []wire.Op
	size := 0
	for _, op := range m.ops[min(int(after), len(m.ops)):] {
		raw, err := json.Marshal(op)
		if err != nil {
			return nil, err
		}
		size += len(raw)
		if len(out) > 0 && (size > maxBytes || len(out) == maxOps) {
			break
		}
		out = append(out, op)
	}
	return out, nil
}

// OpNumbers gives the highest number and the highest acked one.
func (m *Memory) OpNumbers(context.Context) (int64, int64, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return int64(len(m.ops)), m.acked, nil
}

// Anchor stands for the log up to an operation: the ids in it.
func (m *Memory) Anchor(_ context.Context, n int64) (string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.anchor(n), nil
}

func (m *Memory) anchor(n int64) string {
	if n < 1 || n > int64(len(m.ops)) {
		return ""
	}
	h := sha256.New()
	for _, op := range m.ops[:n] {
		h.Write([]byte(op.ID))
	}
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:16])
}

// Cursors gives the cursors.
func (m *Memory) Cursors(context.Context) (map[string]int64, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return maps.Clone(m.cursors), nil
}

// ApplyReply takes a reply in.
func (m *Memory) ApplyReply(_ context.Context, reply wire.SyncReply) (wire.Applied, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var applied wire.Applied
	if own := m.anchor(reply.Acked); own != "" && reply.Anchor != "" && own != reply.Anchor {
		return applied, diagnostics.E("synctest.ApplyReply", diagnostics.CodeConflict, "Copie plus ancienne.", "An older copy.", nil)
	}
	m.settings["sync.epoch"], m.acked = reply.Epoch, reply.Acked
	for _, h := range reply.Held {
		m.held[h.N] = h.Why
		if h.Why == "" || h.Why == wire.HeldDropped {
			delete(m.held, h.N)
		}
	}
	for _, page := range reply.Changes {
		for _, r := range page {
			m.states[r.ID] = r
			applied.Records++
			for _, values := range r.Fields {
				if len(values) > 1 {
					applied.Conflicts++
					break
				}
			}
		}
	}
	maps.Copy(m.cursors, reply.Cursors)
	return applied, nil
}

// Reproject has nothing to do: a Memory keeps sealed values as they are.
func (m *Memory) Reproject(context.Context) (int, error) { return 0, nil }
