package register_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"solidaren/sync/register"
	"solidaren/sync/wire"
)

// word is one applied operation of the model: the value, who wrote it, at which
// version, having seen which.
type word struct {
	v, dev    string
	ver, base int64
}

// replaced reports whether a later word of the list takes w away: it had seen
// it, or the same device wrote it.
func replaced(w word, later []word) bool {
	for _, l := range later {
		if l.dev == w.dev || l.base >= w.ver {
			return true
		}
	}
	return false
}

// No value disappears but by an operation of the same device or one that had
// seen it; none comes from nowhere; and the register never holds a value twice.
func TestRegisterLosesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var history []word
		state := wire.Record{}
		seen := map[string]int64{} // a device never unsees
		n := int64(rapid.IntRange(1, 14).Draw(t, "operations"))
		for ver := int64(1); ver <= n; ver++ {
			dev := rapid.SampledFrom([]string{"D", "E", "F"}).Draw(t, "device")
			seen[dev] = rapid.Int64Range(seen[dev], ver-1).Draw(t, "base")
			value := rapid.SampledFrom([]string{"", "a", "b", "c"}).Draw(t, "value")
			op := edit{dev, seen[dev], "f=" + value}.op(ver)
			before := clone(t, state)
			old := state
			state = register.Apply(state, op, dev, ver)
			if diff := cmp.Diff(before, old); diff != "" {
				t.Fatalf("Apply changed the state it was given:\n%s", diff)
			}
			history = append(history, word{value, dev, ver, seen[dev]})
		}
		got := map[string]bool{}
		for _, v := range state.Fields["f"] {
			if got[string(v.V)] {
				t.Fatalf("value %s twice", v.V)
			}
			got[string(v.V)] = true
		}
		said := map[string]bool{}
		for i, w := range history {
			said[string(text(w.v))] = true
			if !replaced(w, history[i+1:]) && !got[string(text(w.v))] {
				t.Fatalf("%+v was lost: %v of %+v", w, got, history)
			}
		}
		for v := range got {
			if !said[v] {
				t.Fatalf("%s was never written", v)
			}
		}
	})
}

// An operation that has seen everything leaves one value.
func TestRegisterResolves(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		state := wire.Record{}
		n := int64(rapid.IntRange(1, 8).Draw(t, "operations"))
		for ver := int64(1); ver <= n; ver++ {
			dev := fmt.Sprint(rapid.IntRange(1, 4).Draw(t, "device"))
			state = register.Apply(state, edit{dev, 0, "f=v" + fmt.Sprint(ver)}.op(ver), dev, ver)
		}
		state = register.Apply(state, edit{"Z", n, "f=end"}.op(n+1), "Z", n+1)
		if got := show(state, "f"); got != "end@Z" {
			t.Fatalf("field f is %s", got)
		}
	})
}

func clone(t *rapid.T, r wire.Record) wire.Record {
	b, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	var out wire.Record
	if err := json.Unmarshal(b, &out); err != nil {
		t.Fatal(err)
	}
	out.Fields = maps.Clone(out.Fields)
	return out
}
