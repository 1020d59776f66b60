package store_test

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"solidaren/diagnostics"
	dt "solidaren/diagnostics/diagnosticstest"
	"solidaren/diagnostics/store"
	"solidaren/sync/register"
	"solidaren/sync/wire"
)

// centre is the server's part of the protocol, in memory.
type centre struct {
	records map[string]wire.Record
	acked   map[string]int64
	seq     int64
}

// push takes operations, as often as they come.
func (c *centre) push(dev string, ops []wire.Op) {
	for _, op := range ops {
		if op.N <= c.acked[dev] {
			continue
		}
		c.seq++
		state := register.Apply(c.records[op.Rec], op, dev, c.records[op.Rec].Ver+1)
		state.Seq = c.seq
		c.records[op.Rec], c.acked[dev] = state, op.N
	}
}

// pull gives at most count changes behind a cursor.
func (c *centre) pull(dev string, cursor int64, count int) wire.SyncReply {
	changed := slices.SortedFunc(maps.Values(c.records), func(a, b wire.Record) int { return cmp.Compare(a.Seq, b.Seq) })
	changed = slices.DeleteFunc(changed, func(r wire.Record) bool { return r.Seq <= cursor })
	changed = changed[:min(count, len(changed))]
	for _, r := range changed {
		cursor = r.Seq
	}
	r := reply(cursor, changed...)
	r.Acked = c.acked[dev]
	return r
}

// laptop is a notebook and what its owner last wrote in each field that the
// server is not known to have.
type laptop struct {
	name    string
	n       *store.Notebook
	unacked map[string]wrote
}

type wrote struct {
	text string
	op   int64
}

// sync exchanges up to count operations and changes; lost loses the reply.
func (l *laptop) sync(t testing.TB, c *centre, count int, lost bool) {
	_, acked, err := l.n.OpNumbers(t.Context())
	must(t, err)
	ops, err := l.n.PendingOps(t.Context(), acked, count, 1<<20)
	must(t, err)
	c.push(l.name, ops)
	cursors, err := l.n.Cursors(t.Context())
	must(t, err)
	answer := c.pull(l.name, cursors["nord"], count)
	if lost {
		return
	}
	_, err = l.n.ApplyReply(t.Context(), answer)
	must(t, err)
	maps.DeleteFunc(l.unacked, func(_ string, w wrote) bool { return w.op <= answer.Acked })
}

func (l *laptop) set(t testing.TB, id, field, text string) {
	if _, err := l.n.Get(t.Context(), id); diagnostics.Code(err) == diagnostics.CodeNotFound {
		return
	}
	before, _, err := l.n.OpNumbers(t.Context())
	must(t, err)
	_, err = l.n.Update(t.Context(), id, diagnostics.Values{field: text})
	must(t, err)
	last, _, err := l.n.OpNumbers(t.Context())
	must(t, err)
	if last > before {
		l.unacked[field] = wrote{text, last}
	}
}

// shows reports whether a field's value, or one of its several answers, is text.
func (l *laptop) shows(t testing.TB, id, field, text string) bool {
	r, err := l.n.Get(t.Context(), id)
	must(t, err)
	if r.Get(field) == text {
		return true
	}
	answers, err := l.n.Conflicts(t.Context(), id)
	must(t, err)
	return slices.ContainsFunc(answers[field], func(a store.Answer) bool { return a.Text == text })
}

// Two laptops change one card, in any order with partial syncs and lost
// replies: no value is lost while the server does not have it, and in the end
// both show the same.
func TestNothingUnacknowledgedIsLost(t *testing.T) {
	keys := newKeyring(t)
	c := &centre{records: map[string]wire.Record{}, acked: map[string]int64{}}
	laptops := []*laptop{{name: "D"}, {name: "E"}}
	for _, l := range laptops {
		l.n, l.unacked = openVault(t, newVault(t)), map[string]wrote{}
		l.n.UseSealer(keys)
	}
	rapid.Check(t, func(rt *rapid.T) {
		card := create(t, laptops[0].n, dt.Person(t))
		steps := rapid.IntRange(1, 20).Draw(rt, "steps")
		for range steps {
			l := rapid.SampledFrom(laptops).Draw(rt, "laptop")
			if rapid.Bool().Draw(rt, "write") {
				l.set(t, card.ID, rapid.SampledFrom([]string{"age_band", "identity.handle"}).Draw(rt, "field"),
					rapid.SampledFrom([]string{"", "a", "b", "c"}).Draw(rt, "text"))
			} else {
				l.sync(t, c, rapid.IntRange(1, 3).Draw(rt, "count"), rapid.Bool().Draw(rt, "lost"))
			}
			for field, w := range l.unacked {
				if !l.shows(t, card.ID, field, w.text) {
					rt.Fatalf("laptop %s: %q in %s is gone", l.name, w.text, field)
				}
			}
		}
		settle(t, c, laptops)
		sameEverywhere(rt, t, laptops, card.ID)
	})
}

// settle syncs until nothing remains.
func settle(t testing.TB, c *centre, laptops []*laptop) {
	for range 2 {
		for _, l := range laptops {
			for before := int64(-1); before != c.seq || len(l.unacked) > 0; {
				before = c.seq
				l.sync(t, c, 100, false)
			}
		}
	}
}

func sameEverywhere(rt *rapid.T, t testing.TB, laptops []*laptop, id string) {
	first, err := laptops[0].n.Get(t.Context(), id)
	must(t, err)
	second, err := laptops[1].n.Get(t.Context(), id)
	must(t, err)
	if diff := gocmp.Diff(first, second); diff != "" {
		rt.Fatalf("the laptops differ:\n%s", diff)
	}
	for _, l := range laptops {
		if counts, err := l.n.SyncCounts(t.Context()); err != nil || counts.Unsent != 0 {
			rt.Fatal(fmt.Sprintf("laptop %s: %+v, %v", l.name, counts, err))
		}
	}
}
