package store_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"solidaren/diagnostics"
	dt "solidaren/diagnostics/diagnosticstest"
	"solidaren/diagnostics/store"
	"solidaren/sync/register"
	"solidaren/sync/teamkey"
	"solidaren/sync/wire"
)

func TestApplyReply(t *testing.T) {
	n := notebook(t)
	ctx := t.Context()
	mine := create(t, n, dt.Person(t))
	echo := push(t, n)[mine.ID]
	theirs := record("p2", diagnostics.TypePerson, 1, diagnostics.Values{"code": "AAAA-AAA", "gender": "f"})
	unknown := record("u1", "constellation", 1, diagnostics.Values{"stars": "7"})
	unknown.Fields["depth"] = []wire.Value{{V: json.RawMessage(`{"x":[1,2]}`), Dev: "E", Ver: 1, Op: "e-9"}}
	split := record("p3", diagnostics.TypePerson, 2, diagnostics.Values{"gender": "f"})
	split.Fields["gender"] = append(split.Fields["gender"], wire.Value{V: json.RawMessage(`"m"`), Dev: "F", By: "bob", Ver: 1, At: dt.Noon, Op: "f-1"})
	r := reply(9, echo, theirs, unknown, split)
	r.Acked, r.Held = 1, []wire.Held{{N: 1, Why: wire.HeldForbidden}, {N: 1, Why: wire.HeldForbidden}}
	done := apply(t, n, r)
	if diff := cmp.Diff(wire.Applied{Records: 3, Conflicts: 1}, done); diff != "" {
		t.Errorf("applied (-want +got):\n%s", diff)
	}
	got, err := n.Get(ctx, "p3")
	must(t, err)
	want := diagnostics.Record{ID: "p3", Type: "person", Fields: diagnostics.Values{"gender": "f"}, Conflict: []string{"gender"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("record in conflict (-want +got):\n%s", diff)
	}
	conflicts, err := n.Conflicts(ctx, "p3")
	must(t, err)
	wantAnswers := map[string][]store.Answer{"gender": {
		{Text: "f", Device: "E", By: "anna", At: dt.Noon.Add(2 * time.Minute)}, {Text: "m", Device: "F", By: "bob", At: dt.Noon},
	}}
	if diff := cmp.Diff(wantAnswers, conflicts); diff != "" {
		t.Errorf("both answers (-want +got):\n%s", diff)
	}
	got, err = n.Get(ctx, "u1")
	must(t, err)
	if diff := cmp.Diff(diagnostics.Values{"stars": "7", "depth": `{"x":[1,2]}`}, got.Fields); diff != "" {
		t.Errorf("unknown type (-want +got):\n%s", diff)
	}
	if _, err := n.PersonByCode(ctx, "AAAA-AAA"); err != nil {
		t.Errorf("the pulled person cannot be found: %v", err)
	}
	counts, err := n.SyncCounts(ctx)
	must(t, err)
	if diff := cmp.Diff(store.SyncCounts{Held: 1, Conflicts: 1, LastSync: dt.Noon}, counts); diff != "" {
		t.Errorf("counts (-want +got):\n%s", diff)
	}
	cursors, err := n.Cursors(ctx)
	must(t, err)
	epoch, err := n.Setting(ctx, "sync.epoch")
	must(t, err)
	if cursors["nord"] != 9 || epoch != "e1" {
		t.Errorf("cursors %v, epoch %q", cursors, epoch)
	}
}

// Deciding a conflict is a change that has seen all answers, even where it
// agrees with the one that was shown.
func TestUpdateDecidesAConflict(t *testing.T) {
	n := notebook(t)
	split := record("p", diagnostics.TypePerson, 4, diagnostics.Values{"gender": "f"})
	split.Fields["gender"] = append(split.Fields["gender"], wire.Value{V: json.RawMessage(`"m"`), Dev: "F", Ver: 3, Op: "f-1"})
	apply(t, n, reply(1, split))
	got, err := n.Update(t.Context(), "p", diagnostics.Values{"gender": "f"})
	must(t, err)
	if got.Get("gender") != "f" || got.Conflict != nil {
		t.Errorf("the card is %+v", got)
	}
	if show := push(t, n, split)["p"].Fields["gender"]; len(show) != 1 || show[0].Dev != "D" {
		t.Errorf("the server has %v", show)
	}
}

// Cases 16 and 53 of SYNC.md §3.2, and how an own change looks until the server
// has it.
func TestOwnChangesStayOnTop(t *testing.T) {
	n := notebook(t)
	ctx := t.Context()
	set := func(v string) diagnostics.Record {
		t.Helper()
		r, err := n.Update(ctx, "h", diagnostics.Values{"adults": v})
		must(t, err)
		return r
	}
	start := record("h", diagnostics.TypeHousehold, 1, diagnostics.Values{"adults": "1", "minors": "0"})
	apply(t, n, reply(1, start))
	set("2")
	theirs := record("h", diagnostics.TypeHousehold, 2, diagnostics.Values{"adults": "5", "minors": "3"})
	apply(t, n, reply(2, theirs))
	got, err := n.Get(ctx, "h")
	must(t, err)
	if got.Get("minors") != "3" || !slices.Equal(got.Conflict, []string{"adults"}) {
		t.Errorf("after the pull the card is %+v: want their minors, and adults in conflict", got)
	}
	set("3")
	ops := pending(t, n)
	if len(ops) != 2 || ops[0].Base != 1 || ops[1].Base != 1 {
		t.Fatalf("bases %+v, want 1 of both: the second has not seen their 5", ops)
	}
	server := push(t, n, theirs)["h"]
	if len(server.Fields["adults"]) != 2 {
		t.Errorf("the server has %v, want 3 beside 5", server.Fields["adults"])
	}
	r := reply(3, server)
	r.Acked = 2
	apply(t, n, r)
	if got = set("4"); got.Conflict != nil || got.Get("adults") != "4" {
		t.Errorf("having seen both, a change decides: %+v", got)
	}
	if op := pending(t, n)[2]; op.Base != server.Ver {
		t.Errorf("base %d, want %d", op.Base, server.Ver)
	}
}

// The server took the first of two own changes: the second replaces it here as
// it will there, unless somebody else had said the same as the first.
func TestHalfAcknowledged(t *testing.T) {
	tests := []struct {
		name, theirs string
		conflict     []string
	}{
		{"nobody else", "", nil},
		{"somebody said the same", "2", []string{"adults"}},
		{"somebody said otherwise", "5", []string{"adults"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			n := notebook(t)
			state := record("h", diagnostics.TypeHousehold, 1, diagnostics.Values{"adults": "1"})
			apply(t, n, reply(1, state))
			for _, v := range []string{"2", "3"} {
				_, err := n.Update(t.Context(), "h", diagnostics.Values{"adults": v})
				must(t, err)
			}
			if tt.theirs != "" {
				state.Ver, state.Fields["adults"] = 2, []wire.Value{value(tt.theirs, 2)}
			}
			r := reply(2, register.Apply(state, pending(t, n)[0], "D", 3))
			r.Acked = 1
			apply(t, n, r)
			got, err := n.Get(t.Context(), "h")
			must(t, err)
			if got.Get("adults") != "3" && tt.conflict == nil || !slices.Equal(got.Conflict, tt.conflict) {
				t.Errorf("the card is %+v, want conflict %v", got, tt.conflict)
			}
		})
	}
}

// The server may have taken a change and its page not have come yet: the
// change is still shown.
func TestAcknowledgedBeforePulled(t *testing.T) {
	n := notebook(t)
	person := create(t, n, dt.Person(t))
	r := reply(0)
	r.Acked = 1
	apply(t, n, r)
	got, err := n.Update(t.Context(), person.ID, diagnostics.Values{"gender": "f"})
	must(t, err)
	want := person.Fields
	want["gender"] = "f"
	if diff := cmp.Diff(want, got.Fields); diff != "" {
		t.Errorf("the card (-want +got):\n%s", diff)
	}
	counts, err := n.SyncCounts(t.Context())
	must(t, err)
	if counts.Unsent != 1 {
		t.Errorf("%d unsent, want 1", counts.Unsent)
	}
}

func TestErasedAndMoved(t *testing.T) {
	n := notebook(t)
	ctx := t.Context()
	person := create(t, n, named(t, "Loulou", ""))
	moved := record("m", diagnostics.TypePerson, 1, diagnostics.Values{"code": "AAAA-AAA"})
	apply(t, n, reply(1, moved))
	r := reply(2, wire.Record{ID: person.ID, Gone: register.Erased}, wire.Record{ID: "m", Gone: "moved"}, wire.Record{ID: "never", Gone: register.Erased})
	r.Changes["sud"] = []wire.Record{{ID: "m", Gone: "moved"}}
	apply(t, n, r)
	for _, id := range []string{person.ID, "m", "never"} {
		_, err := n.Get(ctx, id)
		wantCode(t, err, diagnostics.CodeNotFound)
	}
	rows, err := n.Persons(ctx, store.PersonFilter{Text: "loulou"})
	must(t, err)
	if len(rows) != 0 {
		t.Errorf("the erased person is found: %v", rows)
	}
	ops := pending(t, n)
	if len(ops) != 1 || ops[0].N != 1 || ops[0].Set != nil {
		t.Errorf("operations %+v: want the number without what it said", ops)
	}
	apply(t, n, wire.SyncReply{Epoch: "e1", Changes: map[string][]wire.Record{"sud": {moved}, "nord": {{ID: "m", Gone: "moved"}}}})
	apply(t, n, wire.SyncReply{Epoch: "e1", Changes: map[string][]wire.Record{"nord": {{ID: "m", Gone: "moved"}}}})
	if _, err := n.Get(ctx, "m"); err != nil {
		t.Errorf("a record that moved to a team of ours is gone: %v", err)
	}
}

// A page is taken in whole or not at all.
func TestApplyReplyIsAtomic(t *testing.T) {
	n := notebook(t)
	person := create(t, n, dt.Person(t))
	bad := record("bad", diagnostics.TypePerson, 1, nil)
	bad.Fields["gender"] = []wire.Value{{V: json.RawMessage(`{broken`)}}
	r := reply(7, record("good", diagnostics.TypePerson, 1, diagnostics.Values{"gender": "f"}), bad)
	r.Acked = 1
	if _, err := n.ApplyReply(t.Context(), r); err == nil {
		t.Fatal("a broken state was taken in")
	}
	_, err := n.Get(t.Context(), "good")
	wantCode(t, err, diagnostics.CodeNotFound)
	cursors, err := n.Cursors(t.Context())
	must(t, err)
	_, acked, err := n.OpNumbers(t.Context())
	must(t, err)
	if len(cursors) != 0 || acked != 0 {
		t.Errorf("cursors %v, acknowledged %d", cursors, acked)
	}
	if _, err := n.Get(t.Context(), person.ID); err != nil {
		t.Error(err)
	}
}

func TestRestoredServerAndOlderCopy(t *testing.T) {
	n := notebook(t)
	ctx := t.Context()
	create(t, n, dt.Need(t, "food"))
	create(t, n, dt.Need(t, "food"))
	r := reply(5)
	r.Acked = 2
	apply(t, n, r)
	apply(t, n, wire.SyncReply{Epoch: "e2", Acked: 1, Cursors: map[string]int64{"nord": 0}})
	_, acked, err := n.OpNumbers(ctx)
	must(t, err)
	cursors, err := n.Cursors(ctx)
	must(t, err)
	epoch, err := n.Setting(ctx, "sync.epoch")
	must(t, err)
	if acked != 1 || cursors["nord"] != 0 || epoch != "e2" {
		t.Errorf("acknowledged %d, cursors %v, epoch %q: want what the restored server has", acked, cursors, epoch)
	}
	r.Acked = 3
	_, err = n.ApplyReply(ctx, r)
	wantCode(t, err, diagnostics.CodeConflict)
}

// A value whose key has not come is missing, and appears when it has.
func TestReproject(t *testing.T) {
	author := notebook(t)
	sub := dt.Maraude(t, "", dt.Need(t, "food"))
	must(t, author.Finish(t.Context(), "", sub))
	states := push(t, author)

	reader := openVault(t, newVault(t))
	mine, theirs := newKeyring(t), newKeyring(t)
	sealed, err := theirs.Seal("p", "identity.handle", "o", []byte("Loulou"))
	must(t, err)
	card := record("p", diagnostics.TypePerson, 1, diagnostics.Values{"code": "AAAA-AAA"})
	card.Fields["identity.handle"] = []wire.Value{{V: sealed, Dev: "E", Ver: 1, Op: "e-1"}}
	apply(t, reader, reply(1, card)) // before the notebook has any key
	reader.UseSealer(mine)
	apply(t, reader, reply(2, states[sub.Diagnostic.ID], states[sub.Records[1].ID]))
	wantSealed := []string{"identity.handle"}
	for _, more := range []int{0, 1, 0} {
		if opened, err := reader.Reproject(t.Context()); err != nil || opened != more {
			t.Errorf("%d records opened (%v), want %d", opened, err, more)
		}
		for id, want := range map[string][]string{"p": wantSealed, sub.Diagnostic.ID: {"texts"}} {
			r, err := reader.Get(t.Context(), id)
			must(t, err)
			if diff := cmp.Diff(want, r.Sealed); diff != "" {
				t.Errorf("sealed in %s: %s", r.Type, diff)
			}
		}
		if more == 0 {
			share(t, mine, theirs)
			wantSealed = nil
		}
	}
	rows, err := reader.Persons(t.Context(), store.PersonFilter{Text: "loulou"})
	must(t, err)
	if len(rows) != 1 {
		t.Errorf("the name is found %d times", len(rows))
	}
	locked := 0
	must(t, reader.Answers(t.Context(), "maraude", diagnostics.Period{From: dt.Noon, To: dt.Noon}, func(a diagnostics.AnswerRow) error {
		_, err := a.Texts()
		wantCode(t, err, diagnostics.CodeUnauthorized)
		locked++
		return nil
	}))
	if locked != 1 {
		t.Errorf("%d locked answers, want 1", locked)
	}
}

// share gives to the first keyring the keys of the second.
func share(t *testing.T, to, from *teamkey.Keyring) {
	t.Helper()
	identity, recipient, err := teamkey.NewIdentity()
	must(t, err)
	for _, id := range from.IDs() {
		body, err := from.Wrap(id, recipient)
		must(t, err)
		_, err = to.Add(identity, wire.Envelope{Key: id, Body: body})
		must(t, err)
	}
}

// Two people who write the same name apart do not disagree.
func TestSealedAnswersThatAgree(t *testing.T) {
	n := openVault(t, newVault(t))
	keys := newKeyring(t)
	n.UseSealer(keys)
	card := record("p", diagnostics.TypePerson, 2, diagnostics.Values{"code": "AAAA-AAA"})
	for i, name := range []string{"Loulou", "Loulou"} {
		sealed, err := keys.Seal("p", "identity.handle", fmt.Sprint(i), []byte(name))
		must(t, err)
		card.Fields["identity.handle"] = append(card.Fields["identity.handle"], wire.Value{V: sealed, Dev: fmt.Sprint(i), Ver: int64(i + 1), Op: fmt.Sprint(i)})
	}
	if done := apply(t, n, reply(1, card)); done.Conflicts != 0 {
		t.Errorf("%d conflicts", done.Conflicts)
	}
}
