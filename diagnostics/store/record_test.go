package store_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"solidaren/diagnostics"
	dt "solidaren/diagnostics/diagnosticstest"
	"solidaren/diagnostics/store"
	"solidaren/sync/wire"
)

func TestCreate(t *testing.T) {
	n := notebook(t)
	given := diagnostics.Values{"identity.handle": "Loulou", "gender": ""}
	person := create(t, n, diagnostics.Record{Type: diagnostics.TypePerson, Fields: given})
	if person.ID == "" || !diagnostics.CheckPersonCode(person.Get("code")) {
		t.Errorf("id %q, code %q: want both made", person.ID, person.Get("code"))
	}
	if _, ok := given["code"]; ok {
		t.Error("the caller's fields were changed")
	}
	got, err := n.Get(t.Context(), person.ID)
	must(t, err)
	if diff := cmp.Diff(person, got); diff != "" {
		t.Errorf("read again (-want +got):\n%s", diff)
	}
	if _, ok := got.Fields["gender"]; ok {
		t.Error("an empty field was kept")
	}
}

func TestWritesRefused(t *testing.T) {
	n := notebook(t)
	person := create(t, n, dt.Person(t))
	need := create(t, n, dt.Need(t, "food"))
	set := diagnostics.Values{"gender": "f"}
	update := func(id string, set diagnostics.Values) func(*store.Notebook) error {
		return func(n *store.Notebook) error { _, err := n.Update(t.Context(), id, set); return err }
	}
	add := func(r diagnostics.Record) func(*store.Notebook) error {
		return func(n *store.Notebook) error { _, err := n.Create(t.Context(), r); return err }
	}
	tests := []struct {
		name string
		run  func(*store.Notebook) error
		want diagnostics.ErrorCode
	}{
		{"a fact changed", update(need.ID, diagnostics.Values{"urgency": "days"}), diagnostics.CodeForbidden},
		{"a card that is not there", update("nobody", set), diagnostics.CodeNotFound},
		{"an unknown field", update(person.ID, diagnostics.Values{"nir": "1"}), diagnostics.CodeInvalid},
		{"a social security number in a name", update(person.ID, diagnostics.Values{"identity.names": "1 85 05 78 006 084"}), diagnostics.CodeInvalid},
		{"an unknown type", add(diagnostics.Record{Type: "secret"}), diagnostics.CodeInvalid},
		{"the same id twice", add(person), diagnostics.CodeConflict},
		{"the same fact twice", add(need), diagnostics.CodeConflict},
		{"another person's code", add(dt.Person(t, func(v diagnostics.Values) { v["code"] = person.Get("code") })), diagnostics.CodeConflict},
		{"a submission whose last record is wrong", func(n *store.Notebook) error {
			sub := dt.Maraude(t, person.ID, dt.Need(t, "rights"))
			sub.Records = append(sub.Records, diagnostics.Record{Type: "secret"})
			return n.Finish(t.Context(), "", sub)
		}, diagnostics.CodeInvalid},
	}
	last, _, err := n.OpNumbers(t.Context())
	must(t, err)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { wantCode(t, tt.run(n), tt.want) })
	}
	after, _, err := n.OpNumbers(t.Context())
	must(t, err)
	rows, err := n.Finished(t.Context(), store.FinishedFilter{})
	must(t, err)
	if after != last || len(rows) != 0 {
		t.Errorf("refused writes left %d operations and %d diagnostics", after-last, len(rows))
	}
	_, err = n.Get(t.Context(), "nobody")
	wantCode(t, err, diagnostics.CodeNotFound)
}

func TestNoWriteWithoutSealer(t *testing.T) {
	n := openVault(t, newVault(t))
	_, err := n.Create(t.Context(), dt.Need(t, "food"))
	wantCode(t, err, diagnostics.CodeUnauthorized)
	must(t, n.SetSettings(t.Context(), map[string]string{"lang": "fr"})) // the keys are made with it
}

func TestUpdate(t *testing.T) {
	n := notebook(t)
	person := create(t, n, dt.Person(t))
	got, err := n.Update(t.Context(), person.ID, diagnostics.Values{"gender": "", "age_band": "a40", "identity.names": "Éloïse"})
	must(t, err)
	want := diagnostics.Values{
		"code": person.Get("code"), "age_band": "a40", "identity.handle": "Loulou", "identity.names": "Éloïse",
		"first_contact_on": "2026-03-02", "last_contact_on": "2026-03-02",
	}
	if diff := cmp.Diff(want, got.Fields); diff != "" {
		t.Errorf("the card (-want +got):\n%s", diff)
	}
	read, err := n.Get(t.Context(), person.ID)
	must(t, err)
	if diff := cmp.Diff(got, read); diff != "" {
		t.Errorf("read again (-want +got):\n%s", diff)
	}
	ops := pending(t, n)
	if len(ops) != 2 {
		t.Fatalf("%d operations, want two", len(ops))
	}
	if string(ops[1].Set["gender"]) != "null" || ops[1].Set["age_band"] != nil || ops[1].Kind != wire.OpSet {
		t.Errorf("the operation is %+v: want what changed, a removal as null", ops[1])
	}
}

// A card that a submission names again is changed where it differs; another
// submission on the same day changes nothing and writes no operation for it.
func TestFinishChangesCards(t *testing.T) {
	n := notebook(t)
	person := create(t, n, dt.Person(t))
	seen := diagnostics.Record{ID: person.ID, Type: person.Type, Fields: diagnostics.Values{"code": person.Get("code"), "last_contact_on": "2026-03-04"}}
	for range 2 {
		must(t, n.Finish(t.Context(), "", dt.Maraude(t, person.ID, seen)))
	}
	got, err := n.Get(t.Context(), person.ID)
	must(t, err)
	if got.Get("last_contact_on") != "2026-03-04" || got.Get("identity.handle") != "Loulou" {
		t.Errorf("the card is %v", got.Fields)
	}
	var cards int
	for _, op := range pending(t, n) {
		if op.Rec == person.ID {
			cards++
		}
	}
	if cards != 2 {
		t.Errorf("%d operations on the card, want the creation and one change", cards)
	}
}

func TestFinishAllIsOneTransaction(t *testing.T) {
	n := notebook(t)
	good := dt.Maraude(t, "", dt.Need(t, "food"))
	wantCode(t, n.FinishAll(t.Context(), []diagnostics.Submission{good, good}), diagnostics.CodeConflict)
	if ops := pending(t, n); len(ops) != 0 {
		t.Errorf("%d operations were kept", len(ops))
	}
	must(t, n.FinishAll(t.Context(), []diagnostics.Submission{good, dt.Maraude(t, "", dt.Need(t, "food"))}))
	if ops := pending(t, n); len(ops) != 6 {
		t.Errorf("%d operations, want 6", len(ops))
	}
}

func TestDrafts(t *testing.T) {
	n := notebook(t)
	ctx := t.Context()
	want := store.Draft{ID: "d", FormID: "maraude", FormVersion: "1", State: []byte{0, 1, 2}, Cursor: "/data/q", Corrects: "c", Person: "p", Answered: 3, UpdatedAt: dt.Noon}
	must(t, n.SaveDraft(ctx, store.Draft{ID: "d"}))
	must(t, n.SaveDraft(ctx, want))
	must(t, n.SaveDraft(ctx, store.Draft{ID: "e"}))
	got, err := n.Draft(ctx, "d")
	must(t, err)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("draft (-want +got):\n%s", diff)
	}
	all, err := n.Drafts(ctx)
	must(t, err)
	if len(all) != 2 {
		t.Errorf("%d drafts, want two", len(all))
	}
	must(t, n.DiscardDraft(ctx, "d"))
	must(t, n.DiscardDraft(ctx, "d"))
	_, err = n.Draft(ctx, "d")
	wantCode(t, err, diagnostics.CodeNotFound)
	wantCode(t, n.SaveDraft(ctx, store.Draft{}), diagnostics.CodeInvalid)
	xml, err := n.LastSaved(ctx, "maraude")
	must(t, err)
	if xml != nil {
		t.Errorf("a draft became the last submission: %s", xml)
	}
}

func TestSettings(t *testing.T) {
	n := notebook(t)
	get := func(key string) string {
		value, err := n.Setting(t.Context(), key)
		must(t, err)
		return value
	}
	must(t, n.SetSettings(t.Context(), map[string]string{"a": "1", "b": "2"}))
	must(t, n.SetSettings(t.Context(), map[string]string{"a": "3", "b": ""}))
	if get("a") != "3" || get("b") != "" || get("c") != "" {
		t.Errorf("a=%q b=%q c=%q", get("a"), get("b"), get("c"))
	}
}

func TestTours(t *testing.T) {
	n := notebook(t)
	ctx := t.Context()
	_, err := n.CurrentTour(ctx)
	wantCode(t, err, diagnostics.CodeNotFound)
	old := create(t, n, dt.Tour(t, func(v diagnostics.Values) { v["start"] = "2026-03-01T20:00:00Z" }))
	tour := create(t, n, dt.Tour(t))
	create(t, n, dt.Tour(t, func(v diagnostics.Values) { delete(v, "start") })) // of a form that only names its team
	foreign := dt.Tour(t, func(v diagnostics.Values) { v["start"] = "2026-03-02T11:59:00Z" })
	apply(t, n, reply(1, record(foreign.ID, diagnostics.TypeTour, 1, foreign.Fields)))
	current := func(want string) {
		t.Helper()
		got, err := n.CurrentTour(ctx)
		must(t, err)
		if got.ID != want {
			t.Errorf("the current tour is %v", got)
		}
	}
	current(tour.ID)
	_, err = n.Update(ctx, tour.ID, diagnostics.Values{"end": "2026-03-02T13:00:00Z"})
	must(t, err)
	current(old.ID)
	tours, err := n.Tours(ctx, 2)
	must(t, err)
	if len(tours) != 2 || tours[0].ID != foreign.ID || tours[1].ID != tour.ID {
		t.Errorf("the last two tours are %v", tours)
	}
}

func pending(t testing.TB, n *store.Notebook) []wire.Op {
	t.Helper()
	ops, err := n.PendingOps(t.Context(), 0, 1000, 1<<30)
	must(t, err)
	return ops
}
