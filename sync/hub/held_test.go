package hub_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"solidaren/diagnostics"
	"solidaren/sync/wire"
)

// settle decides about a held operation as a coordinator and gives what is left.
func (w *world) settle(t *testing.T, by laptop, s *wire.Settle) ([]wire.HeldOp, wire.Problem) {
	t.Helper()
	reply, err := w.Held(t.Context(), w.reload(t, by), wire.HeldRequest{Settle: s})
	return reply.Held, problemOf(t, err)
}

// state pulls one record as a laptop sees it.
func (w *world) state(t *testing.T, l laptop, id string) (wire.Record, bool) {
	t.Helper()
	for _, r := range w.mustSync(t, l, request(l)).Changes[l.Team] {
		if r.ID == id {
			return r, true
		}
	}
	return wire.Record{}, false
}

// TestReleaseAndDrop: a coordinator looks at what is held, applies one and leaves
// the other out; their author is told of both.
func TestReleaseAndDrop(t *testing.T) {
	w := newWorld(t)
	author, chief := w.laptop(t, "Nord", diagnostics.RoleWorker), w.laptop(t, "Nord", diagnostics.RoleCoordinator)
	other := w.laptop(t, "Sud", diagnostics.RoleCoordinator)
	one, two := diagnostics.NewID(), diagnostics.NewID()
	w.mustSync(t, author, request(author, archive(1, one, "2030-01-01", true), archive(2, two, "2031-01-01", true)))

	held, problem := w.settle(t, chief, nil)
	if problem.Code != "" || len(held) != 2 || held[0].Op.Rec != one || held[0].Why != wire.HeldForbidden || held[0].Dev != author.ID {
		t.Fatalf("the coordinator sees %+v, %+v", held, problem)
	}
	if _, problem := w.settle(t, author, nil); problem.Status != 403 {
		t.Errorf("a worker sees what is held: %+v", problem)
	}
	if held, _ := w.settle(t, other, nil); len(held) != 0 {
		t.Errorf("another team's coordinator sees %+v", held)
	}
	if _, problem := w.settle(t, other, &wire.Settle{Dev: author.ID, N: 1, Do: wire.Release}); problem.Status != 404 {
		t.Errorf("another team's coordinator decides: %+v", problem)
	}
	if _, problem := w.settle(t, chief, &wire.Settle{Dev: author.ID, N: 1, Do: "burn"}); problem.Status != 422 {
		t.Errorf("an unknown decision: %+v", problem)
	}

	for range 2 { // the answer may be lost: to decide twice does no harm
		if held, problem = w.settle(t, chief, &wire.Settle{Dev: author.ID, N: 1, Do: wire.Release}); problem.Code != "" || len(held) != 1 {
			t.Fatalf("released: %+v, %+v", held, problem)
		}
	}
	r, ok := w.state(t, chief, one)
	if !ok || r.Ver != 1 || len(r.Fields[diagnostics.ArchiveUntil]) != 1 || r.Fields[diagnostics.ArchiveUntil][0].Dev != author.ID {
		t.Errorf("the released record is %+v", r)
	}
	if held, problem = w.settle(t, chief, &wire.Settle{Dev: author.ID, N: 2, Do: wire.Drop}); problem.Code != "" || len(held) != 0 {
		t.Fatalf("dropped: %+v, %+v", held, problem)
	}
	if _, ok := w.state(t, chief, two); ok {
		t.Error("what was dropped is there")
	}
	ask := request(author)
	ask.Held = []int64{1, 2}
	want := []wire.Held{{N: 1}, {N: 2, Why: wire.HeldDropped}}
	if diff := cmp.Diff(want, w.mustSync(t, author, ask).Held); diff != "" {
		t.Errorf("the author is told (-want +got):\n%s", diff)
	}
	if log := w.log.String(); strings.Count(log, "a held operation was decided") != 3 || !strings.Contains(log, chief.ID) {
		t.Errorf("the log has %s", log)
	}
}

// TestReleaseTogether is number 54: what follows a held creation is held with it,
// and released with it, in order.
func TestReleaseTogether(t *testing.T) {
	w := newWorld(t)
	author, chief := w.laptop(t, "Nord", diagnostics.RoleWorker), w.laptop(t, "Nord", diagnostics.RoleCoordinator)
	id := diagnostics.NewID()
	ops := []wire.Op{archive(1, id, "2030-01-01", true)}
	for n := int64(2); n <= 21; n++ {
		age := "a25"
		if n == 21 {
			age = "a40"
		}
		ops = append(ops, card(n, id, "age_band", age))
	}
	reply := w.mustSync(t, author, request(author, ops...))
	if len(reply.Held) != 21 || reply.Held[20].Why != wire.HeldCreatorHeld {
		t.Fatalf("held: %+v", reply.Held)
	}
	held, problem := w.settle(t, chief, &wire.Settle{Dev: author.ID, N: 1, Do: wire.Release})
	if problem.Code != "" || len(held) != 0 {
		t.Fatalf("%d are still held, %+v", len(held), problem)
	}
	r, _ := w.state(t, chief, id)
	var age string
	if values := r.Fields["age_band"]; len(values) != 1 || json.Unmarshal(values[0].V, &age) != nil || age != "a40" || r.Ver != 21 {
		t.Errorf("the record is %+v", r)
	}
}

// TestNotReleased: what does not fit and what may not be erased is applied for no
// coordinator.
func TestNotReleased(t *testing.T) {
	w := newWorld(t)
	author, chief := w.laptop(t, "Nord", diagnostics.RoleCoordinator), w.laptop(t, "Nord", diagnostics.RoleCoordinator)
	id := diagnostics.NewID()
	w.mustSync(t, author, request(author,
		card(1, id, "identity.names", "Zéphyrine"),
		op(2, wire.OpSet, "vehicle", diagnostics.NewID(), nil),
		op(3, wire.OpErase, diagnostics.TypePerson, diagnostics.NewID(), nil)))
	for n := int64(1); n <= 3; n++ {
		held, problem := w.settle(t, chief, &wire.Settle{Dev: author.ID, N: n, Do: wire.Release})
		if problem.Code != wire.ProblemStillHeld || len(held) != 0 {
			t.Errorf("%d: %+v, %+v", n, held, problem)
		}
	}
	if held, _ := w.settle(t, chief, nil); len(held) != 3 {
		t.Errorf("%d are held", len(held))
	}
	if _, ok := w.state(t, chief, id); ok {
		t.Error("a name in clear was released")
	}
}
