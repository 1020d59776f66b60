package hub_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"solidaren/diagnostics"
	"solidaren/sync/wire"
)

// TestHeld: an operation that cannot be applied is acknowledged, told with its
// reason, and does not stop what follows.
func TestHeld(t *testing.T) {
	const (
		person = diagnostics.TypePerson
		need   = diagnostics.TypeNeed
		form   = diagnostics.TypeForm
	)
	id := diagnostics.NewID
	r1, r2 := id(), id()
	badOp := card(1, id(), "code", "A")
	badOp.ID = "not a uuid"
	tests := []struct {
		name string
		role diagnostics.Role
		ops  []wire.Op
		want []wire.Held
	}{
		{"worker writes a fact and a card", diagnostics.RoleWorker, []wire.Op{
			op(1, wire.OpFact, need, id(), map[string]any{"domain": "toit", "own_words": sealed}), card(2, id(), "gender", "w"),
		}, nil},
		{"coordinator erases for no reason", diagnostics.RoleCoordinator, []wire.Op{op(1, wire.OpErase, person, id(), nil)}, []wire.Held{{N: 1, Why: "not_asked"}}},
		{"contents erased before they were sent", diagnostics.RoleWorker, []wire.Op{op(1, wire.OpVoid, need, id(), nil), op(2, wire.OpVoid, person, id(), nil)}, nil},
		{"a worker archives", diagnostics.RoleWorker, []wire.Op{archive(1, id(), "2030-01-01", true)}, []wire.Held{{N: 1, Why: "forbidden"}}},
		{"a coordinator archives", diagnostics.RoleCoordinator, []wire.Op{archive(1, id(), "2030-01-01", true)}, nil},
		{"an archive without a reason", diagnostics.RoleCoordinator, []wire.Op{archive(1, id(), "2030-01-01", false)}, []wire.Held{{N: 1, Why: "forbidden"}}},
		{"an unknown field is kept", diagnostics.RoleWorker, []wire.Op{
			op(1, wire.OpSet, person, id(), map[string]any{"shoe_size": 42, "code": nil}),
		}, nil},
		{"worker erases", diagnostics.RoleWorker, []wire.Op{op(1, wire.OpErase, person, id(), nil)}, []wire.Held{{N: 1, Why: "forbidden"}}},
		{"worker gives the team a form", diagnostics.RoleWorker, []wire.Op{op(1, wire.OpFact, form, id(), map[string]any{"content": sealed})}, []wire.Held{{N: 1, Why: "forbidden"}}},
		{"coordinator gives the team a form", diagnostics.RoleCoordinator, []wire.Op{
			op(1, wire.OpFact, form, id(), map[string]any{"form_id": "veille", "version": "1", "content": sealed}),
		}, nil},
		{"worker says what the law asks for is there", diagnostics.RoleWorker, []wire.Op{
			op(1, wire.OpFact, diagnostics.TypeSafeguard, id(), map[string]any{"impact": sealed, "officer": sealed}),
		}, []wire.Held{{N: 1, Why: "forbidden"}}},
		{"coordinator says it", diagnostics.RoleCoordinator, []wire.Op{
			op(1, wire.OpFact, diagnostics.TypeSafeguard, id(), map[string]any{"impact": sealed, "officer": sealed}),
		}, nil},
		{"a form that anybody can change on the way", diagnostics.RoleCoordinator, []wire.Op{
			op(1, wire.OpFact, form, id(), map[string]any{"form_id": "veille", "content": "eA=="}),
		}, []wire.Held{{N: 1, Why: "bad_value"}}},
		{"researcher writes", diagnostics.RoleResearcher, []wire.Op{card(1, id(), "gender", "w")}, []wire.Held{{N: 1, Why: "forbidden"}}},
		{"admin writes", diagnostics.RoleAdmin, []wire.Op{op(1, wire.OpFact, need, id(), nil)}, []wire.Held{{N: 1, Why: "forbidden"}}},
		{
			"unknown type", diagnostics.RoleWorker,
			[]wire.Op{op(1, wire.OpSet, "vehicle", id(), nil), card(2, id(), "gender", "w")},
			[]wire.Held{{N: 1, Why: "unknown_type"}},
		},
		{"a card as a fact", diagnostics.RoleWorker, []wire.Op{op(1, wire.OpFact, person, id(), nil)}, []wire.Held{{N: 1, Why: "bad_value"}}},
		{"a fact as a card", diagnostics.RoleWorker, []wire.Op{op(1, wire.OpSet, need, id(), nil)}, []wire.Held{{N: 1, Why: "bad_value"}}},
		{"unknown kind", diagnostics.RoleWorker, []wire.Op{op(1, "merge", person, id(), nil)}, []wire.Held{{N: 1, Why: "forbidden"}}},
		{
			"a number for a text", diagnostics.RoleWorker,
			[]wire.Op{op(1, wire.OpSet, person, id(), map[string]any{"code": 7})},
			[]wire.Held{{N: 1, Why: "bad_value"}},
		},
		{"a word for a number", diagnostics.RoleWorker, []wire.Op{
			op(1, wire.OpSet, diagnostics.TypeHousehold, id(), map[string]any{"adults": "deux"}),
		}, []wire.Held{{N: 1, Why: "bad_value"}}},
		{"a name in clear", diagnostics.RoleWorker, []wire.Op{card(1, id(), "identity.names", "Zéphyrine")}, []wire.Held{{N: 1, Why: "bad_value"}}},
		{
			"a new identity field in clear", diagnostics.RoleWorker,
			[]wire.Op{card(1, id(), "identity.nickname", "Zéphyrine")},
			[]wire.Held{{N: 1, Why: "bad_value"}},
		},
		{"operation without an id", diagnostics.RoleWorker, []wire.Op{badOp}, []wire.Held{{N: 1, Why: "bad_value"}}},
		{"a fact twice", diagnostics.RoleWorker, []wire.Op{
			op(1, wire.OpFact, need, r1, nil), op(2, wire.OpFact, need, r1, nil),
			card(3, id(), "gender", "w"),
		}, []wire.Held{{N: 2, Why: "fact_exists"}}},
		{"another type of the same record", diagnostics.RoleWorker, []wire.Op{
			card(1, r2, "gender", "w"),
			op(2, wire.OpSet, diagnostics.TypeTour, r2, nil),
		}, []wire.Held{{N: 2, Why: "bad_value"}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			l := w.laptop(t, "Nord", tt.role)
			reply := w.mustSync(t, l, request(l, tt.ops...))
			if diff := cmp.Diff(tt.want, reply.Held); diff != "" {
				t.Error(diff)
			}
			if want := int64(len(tt.ops)); reply.Acked != want {
				t.Errorf("acked %d, want %d", reply.Acked, want)
			}
		})
	}
}

// TestCreatorHeld: what follows a held creation on the same record is held with
// it, in the same push and in later ones.
func TestCreatorHeld(t *testing.T) {
	w := newWorld(t)
	l := w.laptop(t, "Nord", diagnostics.RoleWorker)
	rec := diagnostics.NewID()
	reply := w.mustSync(t, l, request(l, card(1, rec, "identity.names", "x"), card(2, rec, "gender", "w")))
	later := w.mustSync(t, l, request(l, card(3, rec, "gender", "m"), card(4, diagnostics.NewID(), "gender", "m")))
	want := []wire.Held{{N: 1, Why: "bad_value"}, {N: 2, Why: "creator_held"}, {N: 3, Why: "creator_held"}}
	if diff := cmp.Diff(want, append(reply.Held, later.Held...)); diff != "" {
		t.Error(diff)
	}
	if n := len(later.Changes["Nord"]); n != 1 {
		t.Errorf("%d records exist, want the other one only", n)
	}
}

// TestNumbers: operations count once, in order, whatever is sent again.
func TestNumbers(t *testing.T) {
	w := newWorld(t)
	l := w.laptop(t, "Nord", diagnostics.RoleWorker)
	rec := diagnostics.NewID()
	ops := []wire.Op{card(1, rec, "gender", "w"), card(2, rec, "status", "a"), card(3, rec, "code", "C")}
	if p := w.problem(t, l, request(l, ops[1:]...)); p.Code != wire.ProblemGap || p.Status != 409 || p.Expected != 1 {
		t.Errorf("a gap at the start: %+v", p)
	}
	if got := w.mustSync(t, l, request(l, ops[:2]...)).Acked; got != 2 {
		t.Errorf("acked %d, want 2", got)
	}
	w.mustSync(t, l, request(l, ops[:2]...)) // the reply was lost
	reply := w.mustSync(t, l, request(l, ops...))
	if reply.Acked != 3 || len(reply.Changes["Nord"]) != 1 {
		t.Fatalf("acked %d, %d changes", reply.Acked, len(reply.Changes["Nord"]))
	}
	if r := reply.Changes["Nord"][0]; r.Ver != 3 || r.Seq != 2 {
		t.Errorf("version %d and number %d, want 3 (once each) and 2 (one a push)", r.Ver, r.Seq)
	}
	if p := w.problem(t, l, request(l, card(5, rec, "code", "D"))); p.Code != wire.ProblemGap || p.Expected != 4 {
		t.Errorf("a gap later: %+v", p)
	}
	forked := []wire.Op{card(3, rec, "code", "other"), card(4, rec, "code", "D")}
	if p := w.problem(t, l, request(l, forked...)); p.Code != wire.ProblemDeviceForked || p.Status != 409 {
		t.Errorf("a number used twice: %+v", p)
	}
	if p := w.problem(t, l, request(l, card(4, rec, "code", "D"), card(6, rec, "code", "E"))); p.Code != "invalid" || p.Status != 422 {
		t.Errorf("a hole inside a push: %+v", p)
	}
	if got := w.reload(t, l).Acked; got != 3 {
		t.Errorf("refused pushes moved acked to %d", got)
	}
}

// TestAnchors: the server keeps what stands for a device's log, gives it back
// with its number, and takes nothing of a log that is another one; a program
// that sends none is served as before.
func TestAnchors(t *testing.T) {
	w := newWorld(t)
	l := w.laptop(t, "Nord", diagnostics.RoleWorker)
	rec := diagnostics.NewID()
	push := func(before, anchor string, ops ...wire.Op) wire.SyncRequest {
		r := request(l, ops...)
		r.Before, r.Anchor = before, anchor
		return r
	}
	first := card(1, rec, "gender", "w")
	if got := w.mustSync(t, l, push("", "A1", first)).Anchor; got != "A1" {
		t.Errorf("anchor %q, want the one that was given", got)
	}
	if p := w.problem(t, l, push("B1", "B2", card(2, rec, "gender", "m"))); p.Code != wire.ProblemDeviceForked || p.Status != 409 {
		t.Errorf("another log: %+v", p)
	}
	idle := w.mustSync(t, l, request(l))
	if idle.Acked != 1 || idle.Anchor != "A1" {
		t.Errorf("after the refusal: acked %d, anchor %q", idle.Acked, idle.Anchor)
	}
	restored := request(l)
	restored.Epoch = "another"
	if p := w.problem(t, l, restored); p.Code != wire.ProblemEpochChanged || p.Acked != 1 || p.Anchor != "A1" {
		t.Errorf("another epoch: %+v", p)
	}
	if got := w.mustSync(t, l, push("A1", "A2", first, card(2, rec, "gender", "m"))).Anchor; got != "A2" {
		t.Errorf("anchor %q after a push that began with what is known", got)
	}
	if got := w.mustSync(t, l, request(l, card(3, rec, "gender", "w"))).Anchor; got != "" {
		t.Errorf("anchor %q for a number of which none was given", got)
	}
	if got := w.mustSync(t, l, push("A3", "A4", card(4, rec, "gender", "m"))).Anchor; got != "A4" {
		t.Errorf("anchor %q", got)
	}
}

// TestTooManyOps: more operations than a push may hold are refused whole.
func TestTooManyOps(t *testing.T) {
	w := newWorld(t)
	l := w.laptop(t, "Nord", diagnostics.RoleWorker)
	ops := make([]wire.Op, wire.MaxOps+1)
	for i := range ops {
		ops[i] = card(int64(i)+1, diagnostics.NewID(), "gender", "w")
	}
	if p := w.problem(t, l, request(l, ops...)); p.Code != "too_large" || p.Status != 413 {
		t.Errorf("got %+v", p)
	}
	if got := w.mustSync(t, l, request(l, ops[:wire.MaxOps]...)).Acked; got != wire.MaxOps {
		t.Errorf("acked %d", got)
	}
}

// TestHeldAgain: a lost reply is answered again with the same held operations,
// also when the batch was halved in between.
func TestHeldAgain(t *testing.T) {
	w := newWorld(t)
	l := w.laptop(t, "Nord", diagnostics.RoleWorker)
	ops := []wire.Op{card(1, diagnostics.NewID(), "gender", "w"), op(2, wire.OpSet, "vehicle", diagnostics.NewID(), nil)}
	first := w.mustSync(t, l, request(l, ops...))
	again := w.mustSync(t, l, request(l, ops[:1]...))
	if diff := cmp.Diff(first.Held, again.Held); diff != "" || len(first.Held) != 1 {
		t.Errorf("held %v, then %v", first.Held, again.Held)
	}
}

// TestBaseAheadOfServer: after a server lost history, a base that it does not
// know must not silently replace another device's value.
func TestBaseAheadOfServer(t *testing.T) {
	w := newWorld(t)
	a, b := w.laptop(t, "Nord", diagnostics.RoleWorker), w.laptop(t, "Nord", diagnostics.RoleWorker)
	rec := diagnostics.NewID()
	w.mustSync(t, a, request(a, card(1, rec, "gender", "w")))
	late := card(1, rec, "gender", "m")
	late.Base = 17
	reply := w.mustSync(t, b, request(b, late))
	if n := len(reply.Changes["Nord"][0].Fields["gender"]); n != 2 {
		t.Errorf("%d values are kept, want both", n)
	}
}
