package register_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"solidaren/sync/register"
	"solidaren/sync/wire"
)

// edit is one operation of the table below: device, what it had pulled, and
// the fields it sets as "f=x"; "f=" removes.
type edit struct {
	dev  string
	base int64
	set  string
}

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

// op makes the n-th operation (which becomes version n).
func (e edit) op(n int64) wire.Op {
	op := wire.Op{
		ID: fmt.Sprintf("op%02d", n), Rec: "r", Type: "person", Kind: wire.OpSet, Base: e.base,
		At: noon.Add(time.Duration(n) * time.Minute), Set: map[string]json.RawMessage{},
	}
	for _, pair := range strings.Fields(e.set) {
		name, value, _ := strings.Cut(pair, "=")
		op.Set[name] = text(value)
	}
	return op
}

func text(value string) json.RawMessage {
	switch {
	case value == "":
		return json.RawMessage("null")
	case strings.HasPrefix(value, "*"):
		return json.RawMessage(`{"k":"k1","o":"o","sealed":"` + value[1:] + `"}`)
	}
	b, _ := json.Marshal(value)
	return b
}

func play(edits []edit) wire.Record {
	state := wire.Record{}
	for i, e := range edits {
		state = register.Apply(state, e.op(int64(i+1)), e.dev, int64(i+1))
	}
	return state
}

// show writes a field as its values, "x@D", sorted.
func show(r wire.Record, field string) string {
	var out []string
	for _, v := range r.Fields[field] {
		s := strings.Trim(string(v.V), `"`)
		out = append(out, s+"@"+v.Dev)
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

// Conflict cases of SYNC.md §3.2 by their numbers.
func TestApply(t *testing.T) {
	tests := []struct {
		name  string
		edits []edit
		want  string // of field f
	}{
		{"first value", []edit{{"D", 0, "f=a"}}, "a@D"},
		{"own next value replaces", []edit{{"D", 0, "f=a"}, {"D", 0, "f=b"}}, "b@D"},
		{"seen value is replaced", []edit{{"D", 0, "f=a"}, {"E", 1, "f=b"}}, "b@E"},
		{"removed", []edit{{"D", 0, "f=a"}, {"E", 1, "f="}}, "null@E"},
		{"removed and changed apart", []edit{{"D", 0, "f=a"}, {"E", 1, "f="}, {"F", 1, "f=b"}}, "b@F null@E"},
		{"12 14 same field, different values", []edit{{"D", 0, "g=0"}, {"D", 1, "f=a"}, {"E", 1, "f=b"}}, "a@D b@E"},
		{"13 different fields", []edit{{"D", 0, "f=0 g=0"}, {"D", 1, "f=a"}, {"E", 1, "g=b"}}, "a@D"},
		{"15 same plain value", []edit{{"D", 0, "g=0"}, {"D", 1, "f=a"}, {"E", 1, "f=a"}}, "a@"},
		{"15 E says the same last", []edit{{"D", 0, "f=a"}, {"E", 0, "f=b"}, {"E", 0, "f=a"}}, "a@"},
		{"15 sealed values are kept", []edit{{"D", 0, "f=*xx"}, {"E", 0, "f=*xx"}}, `{"k":"k1","o":"o","sealed":"xx"}@D {"k":"k1","o":"o","sealed":"xx"}@E`},
		{"15 then D goes on: E's word stays", []edit{{"E", 0, "f=a"}, {"D", 0, "f=a"}, {"D", 0, "f=z"}}, "a@ z@D"},
		{"15 then seen by both", []edit{{"E", 0, "f=a"}, {"D", 0, "f=a"}, {"E", 2, "f=z"}}, "z@E"},
		{"16 two offline edits of D, E's between", []edit{{"D", 0, "f=0"}, {"E", 1, "f=e"}, {"D", 1, "f=a"}, {"D", 1, "f=b"}}, "b@D e@E"},
		{"17 three values, one resolves having seen two", []edit{{"D", 0, "f=0"}, {"D", 1, "f=a"}, {"E", 1, "f=b"}, {"F", 1, "f=c"}, {"D", 3, "f=a"}}, "a@D c@F"},
		{"18 two people resolve differently", []edit{{"D", 0, "f=0"}, {"D", 1, "f=a"}, {"E", 1, "f=b"}, {"D", 3, "f=a"}, {"E", 3, "f=b"}}, "a@D b@E"},
		{"resolved by one who has seen all", []edit{{"D", 0, "f=0"}, {"D", 1, "f=a"}, {"E", 1, "f=b"}, {"F", 3, "f=b"}}, "b@F"},
		{"19 edit with a base before the resolution re-opens", []edit{{"D", 0, "f=0"}, {"D", 1, "f=a"}, {"E", 1, "f=b"}, {"D", 3, "f=a"}, {"F", 2, "f=c"}}, "a@D c@F"},
		{"53 edit, pull E's, edit again on the trunk's base", []edit{{"D", 0, "f=0"}, {"E", 1, "f=e"}, {"D", 1, "f=b"}}, "b@D e@E"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, show(play(tt.edits), "f")); diff != "" {
				t.Errorf("field f (-want +got):\n%s", diff)
			}
		})
	}
}

// Strings that JSON may spell in two ways are one value.
func TestApplyCollapsesSpellings(t *testing.T) {
	state := register.Apply(wire.Record{}, wire.Op{Rec: "r", Set: map[string]json.RawMessage{"f": json.RawMessage(`"\u00e9"`)}}, "D", 1)
	state = register.Apply(state, wire.Op{Rec: "r", Set: map[string]json.RawMessage{"f": json.RawMessage(`"é"`)}}, "E", 2)
	if n := len(state.Fields["f"]); n != 1 {
		t.Errorf("%d values, want one", n)
	}
}

func TestApplyRecord(t *testing.T) {
	state := play([]edit{{"D", 0, "f=a"}})
	want := wire.Record{ID: "r", Ver: 1, Type: "person", Kind: wire.OpSet, Fields: map[string][]wire.Value{
		"f": {{V: text("a"), Dev: "D", At: noon.Add(time.Minute), Ver: 1, Op: "op01"}},
	}}
	if diff := cmp.Diff(want, state); diff != "" {
		t.Errorf("state (-want +got):\n%s", diff)
	}
	state.Seq = 9
	erased := register.Apply(state, wire.Op{Rec: "r", Type: "person", Kind: wire.OpErase}, "E", 2)
	want = wire.Record{ID: "r", Seq: 9, Ver: 2, Type: "person", Kind: wire.OpSet, Gone: register.Erased}
	if diff := cmp.Diff(want, erased); diff != "" {
		t.Errorf("erased (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(want, register.Apply(erased, edit{"D", 0, "f=b"}.op(3), "D", 3)); diff != "" {
		t.Errorf("edit of an erased record (-want +got):\n%s", diff)
	}
}

func TestChosen(t *testing.T) {
	value := func(v string, minute int, op string) wire.Value {
		return wire.Value{V: text(v), At: noon.Add(time.Duration(minute) * time.Minute), Op: op}
	}
	tests := []struct {
		name     string
		values   []wire.Value
		want     string
		conflict bool
	}{
		{"none", nil, "", false},
		{"one", []wire.Value{value("a", 0, "1")}, `"a"`, false},
		{"the later", []wire.Value{value("a", 5, "1"), value("b", 3, "2")}, `"a"`, true},
		{"tie: the larger operation", []wire.Value{value("a", 5, "1"), value("b", 5, "2")}, `"b"`, true},
		{"before year one", []wire.Value{{V: text("a"), At: time.Time{}.Add(-time.Hour)}}, `"a"`, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, conflict := register.Chosen(tt.values)
			if string(got.V) != tt.want || conflict != tt.conflict {
				t.Errorf("got %s, %t; want %s, %t", got.V, conflict, tt.want, tt.conflict)
			}
		})
	}
}
