package synctest_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"solidaren/diagnostics"
	"solidaren/sync/client"
	"solidaren/sync/synctest"
	"solidaren/sync/wire"
)

// simDevice is one laptop of the simulation: its notebook, what it had seen
// when it wrote each operation, and the faults that its next calls meet.
type simDevice struct {
	nb     *synctest.Memory
	m      *client.Member
	faults []synctest.Fault
	seen   map[string]map[string]bool // by operation: the values that it had seen, as field=value
	cursor int64
}

func (d *simDevice) next() synctest.Fault {
	if len(d.faults) == 0 {
		return synctest.None
	}
	fault := d.faults[0]
	d.faults = d.faults[1:]
	return fault
}

// write sets a field and remembers what the base of the operation had seen.
func (d *simDevice) write(rec, field, value string) {
	seen := map[string]bool{}
	for name, values := range d.nb.States()[rec].Fields {
		for _, v := range values {
			seen[name+"="+string(v.V)] = true
		}
	}
	for _, earlier := range d.nb.Unacked() {
		if earlier.Rec == rec {
			seen = d.seen[earlier.ID]
			break
		}
	}
	op := d.nb.Write(wire.OpSet, diagnostics.TypePerson, rec, map[string]any{field: value})
	d.seen[op.ID] = seen
}

// TestSimulator: laptops write and sync over a network that drops, repeats,
// replays, cuts and loses; once it is calm, all agree, every operation counted
// once, and no value is gone that nobody had seen.
func TestSimulator(t *testing.T) {
	s := synctest.NewServer(t, nil)
	run := 0
	rapid.Check(t, func(rt *rapid.T) {
		run++
		team := fmt.Sprintf("team %d", run)
		devices := make([]*simDevice, rapid.IntRange(2, 4).Draw(rt, "devices"))
		for i := range devices {
			d := &simDevice{nb: synctest.NewMemory(), seen: map[string]map[string]bool{}}
			d.m = s.Enrol(t, d.nb, team, diagnostics.RoleWorker)
			d.m.Wrap = func(base http.RoundTripper) http.RoundTripper { return &synctest.Faults{Next: d.next, Base: base} }
			devices[i] = d
		}
		records := []string{diagnostics.NewID(), diagnostics.NewID()}
		which, record := rapid.IntRange(0, len(devices)-1), rapid.IntRange(0, len(records)-1)
		rt.Repeat(map[string]func(*rapid.T){
			"write": func(rt *rapid.T) {
				devices[which.Draw(rt, "device")].write(records[record.Draw(rt, "record")],
					rapid.SampledFrom([]string{"gender", "status"}).Draw(rt, "field"),
					rapid.SampledFrom([]string{"a", "b", "c", "d", "e", "f"}).Draw(rt, "value"))
			},
			"sync": func(rt *rapid.T) {
				d := devices[which.Draw(rt, "device")]
				d.faults = rapid.SliceOfN(rapid.SampledFrom([]synctest.Fault{
					synctest.None, synctest.Drop, synctest.LoseReply,
					synctest.Truncate, synctest.Repeat, synctest.Replay, synctest.Portal, synctest.Busy,
				}), 0, 14).Draw(rt, "faults")
				d.sync(t, rt)
			},
		})
		for range 2 {
			for _, d := range devices {
				d.faults = nil
				if _, err := client.Sync(t.Context(), d.nb, d.m, nil); err != nil {
					rt.Fatalf("calm network: %v", err)
				}
			}
		}
		checkAgreement(rt, devices)
		checkNothingLost(rt, devices)
	})
}

func (d *simDevice) sync(t *testing.T, rt *rapid.T) {
	_, err := client.Sync(t.Context(), d.nb, d.m, nil)
	if code := diagnostics.Code(err); err != nil && code != diagnostics.CodeOffline && code != diagnostics.CodeTimeout {
		rt.Fatalf("sync: %v", err)
	}
	for _, cursor := range must(d.nb.Cursors(t.Context())) {
		if cursor < d.cursor {
			rt.Fatalf("the cursor went back from %d to %d", d.cursor, cursor)
		}
		d.cursor = cursor
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// checkAgreement: all laptops show the same, and a record's version is the
// number of operations on it.
func checkAgreement(rt *rapid.T, devices []*simDevice) {
	versions := map[string]int64{}
	for i, d := range devices {
		if diff := cmp.Diff(devices[0].nb.States(), d.nb.States()); diff != "" {
			rt.Fatalf("laptop %d differs: %s", i, diff)
		}
		for _, op := range d.nb.Ops() {
			versions[op.Rec]++
		}
		if held := d.nb.HeldOps(); len(held) > 0 {
			rt.Fatalf("held: %v", held)
		}
	}
	for id, r := range devices[0].nb.States() {
		if r.Ver != versions[id] {
			rt.Fatalf("version %d of a record with %d operations", r.Ver, versions[id])
		}
	}
	if len(versions) != len(devices[0].nb.States()) {
		rt.Fatalf("%d records were written, %d exist", len(versions), len(devices[0].nb.States()))
	}
}

// checkNothingLost: the value of every operation is there, unless its own
// device wrote that field again or another operation had seen it.
func checkNothingLost(rt *rapid.T, devices []*simDevice) {
	states := devices[0].nb.States()
	for i, d := range devices {
		ops := d.nb.Ops()
		for n, op := range ops {
			for field, value := range op.Set {
				if present(states[op.Rec].Fields[field], string(value)) || setAgain(ops[n+1:], op.Rec, field) ||
					seenBy(devices, op.Rec, field, string(value)) {
					continue
				}
				rt.Fatalf("operation %d of laptop %d is lost: %s = %s, kept %v", op.N, i, field, value, states[op.Rec].Fields[field])
			}
		}
	}
}

func present(values []wire.Value, value string) bool {
	for _, v := range values {
		if string(v.V) == value {
			return true
		}
	}
	return false
}

func setAgain(later []wire.Op, rec, field string) bool {
	for _, op := range later {
		if op.Rec == rec && op.Set[field] != nil {
			return true
		}
	}
	return false
}

func seenBy(devices []*simDevice, rec, field, value string) bool {
	for _, d := range devices {
		for _, op := range d.nb.Ops() {
			if op.Rec == rec && op.Set[field] != nil && d.seen[op.ID][field+"="+value] {
				return true
			}
		}
	}
	return false
}
