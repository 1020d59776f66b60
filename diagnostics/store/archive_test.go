package store_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"solidaren/diagnostics"
	dt "solidaren/diagnostics/diagnosticstest"
	"solidaren/diagnostics/store"
)

// archiveIt puts a person's file into the archive.
func archiveIt(t testing.TB, n *store.Notebook, person, rights string) {
	t.Helper()
	must(t, n.Archive(t.Context(), person, store.Archive{
		Until: dt.Noon.AddDate(1, 0, 0), Reason: "Un recours est en cours devant le tribunal.", Rights: rights, Role: diagnostics.RoleCoordinator,
	}))
}

// An archived file is in no list, no search and no file that is shared, under
// whichever of the person's cards it was archived; figures count it still. Taken
// out, it is back.
func TestArchivedFilesLeaveLists(t *testing.T) {
	v := newVault(t)
	n, err := store.Open(t.Context(), v, store.Options{Clock: dt.Clock})
	must(t, err)
	keys := newKeyring(t)
	n.UseSealer(keys)
	a, b, other := create(t, n, named(t, "Gravier", "Jean Muret")), create(t, n, named(t, "Muret", "")), create(t, n, named(t, "Cadet", "Muret"))
	for _, id := range []string{a.ID, other.ID} {
		must(t, n.Finish(t.Context(), "", dt.Maraude(t, id, dt.Need(t, "food"))))
		create(t, n, diagnostics.Record{Type: diagnostics.TypeFollowUp, Fields: diagnostics.Values{"what": "Rappeler", "status": "todo", "person": id}})
	}
	must(t, n.Same(t.Context(), a.ID, b.ID))
	listed := func(n *store.Notebook, f store.PersonFilter) []string {
		t.Helper()
		rows, err := n.Persons(t.Context(), f)
		must(t, err)
		var ids []string
		for _, r := range rows {
			ids = append(ids, r.ID)
		}
		slices.Sort(ids)
		return ids
	}
	check := func(n *store.Notebook, step string, archived bool) {
		t.Helper()
		all, gone, finished, shared := []string{a.ID, b.ID, other.ID}, []string(nil), 2, [5]int{2, 2, 2, 2, 2}
		if archived {
			all, gone, finished, shared = []string{other.ID}, []string{a.ID, b.ID}, 1, [5]int{1, 1, 1, 1, 1}
		}
		slices.Sort(all)
		slices.Sort(gone)
		if got := listed(n, store.PersonFilter{}); !slices.Equal(got, all) {
			t.Errorf("%s: the list has %d persons, want %d", step, len(got), len(all))
		}
		if got := listed(n, store.PersonFilter{Archived: true}); !slices.Equal(got, gone) {
			t.Errorf("%s: the archive has %d files, want %d", step, len(got), len(gone))
		}
		for _, text := range []string{"muret", "gravier", "grvier muret", a.Get("code"), a.Get("code")[:4]} {
			for _, id := range listed(n, store.PersonFilter{Text: text}) {
				if archived && id != other.ID {
					t.Errorf("%s: %q finds an archived file", step, text)
				}
			}
		}
		rows, err := n.Finished(t.Context(), store.FinishedFilter{})
		must(t, err)
		if len(rows) != finished {
			t.Errorf("%s: %d finished diagnostics are listed, want %d", step, len(rows), finished)
		}
		if got := counted(t, n); got != [5]int{2, 2, 2, 2, 2} {
			t.Errorf("%s: the figures count %v", step, got)
		}
		if got := counted(t, n.Shared()); got != shared {
			t.Errorf("%s: what is shared counts %v, want %v", step, got, shared)
		}
		card, err := n.PersonByCode(t.Context(), a.Get("code"))
		must(t, err)
		if card.ID != a.ID || (card.Get("identity.names") == "") != archived {
			t.Errorf("%s: by its code the card shows %v", step, card.Fields)
		}
	}
	check(n, "before", false)
	archiveIt(t, n, a.ID, "coordination")
	check(n, "archived", true)

	// A notebook of a former program learns which files are archived.
	must(t, n.Close())
	script, err := os.ReadFile("migrations/0013_archived.sql")
	must(t, err)
	db := rawDB(t, v)
	_, err = db.ExecContext(t.Context(), "UPDATE persons SET own_limits = own_limits & 7, limits = limits & 7")
	must(t, err)
	_, err = db.ExecContext(t.Context(), strings.TrimPrefix(string(script), "-- +goose Up"))
	must(t, err)
	must(t, db.Close())
	n, err = store.Open(t.Context(), v, store.Options{Clock: dt.Clock})
	must(t, err)
	n.UseSealer(keys)
	check(n, "migrated", true)

	must(t, n.Archive(t.Context(), a.ID, store.Archive{Role: diagnostics.RoleCoordinator}))
	check(n, "taken out", false)
	must(t, n.Close())
}

// Who opens an archived file has the right and says what for, and the access log
// keeps it.
func TestOpenArchivedFile(t *testing.T) {
	n := notebook(t)
	ctx := t.Context()
	open, team, dpo, twin := create(t, n, dt.Person(t)), create(t, n, dt.Person(t)), create(t, n, dt.Person(t)), create(t, n, dt.Person(t))
	archiveIt(t, n, team.ID, "coordination")
	archiveIt(t, n, dpo.ID, "dpo")
	must(t, n.Same(ctx, dpo.ID, twin.ID))
	lead, worker := diagnostics.RoleCoordinator, diagnostics.RoleWorker
	tests := []struct {
		name, id string
		o        store.Opening
		want     diagnostics.ErrorCode
	}{
		{"not archived", open.ID, store.Opening{Role: worker}, ""},
		{"a worker", team.ID, store.Opening{Role: worker, Purpose: "right"}, diagnostics.CodeForbidden},
		{"without a purpose", team.ID, store.Opening{Role: lead}, diagnostics.CodeInvalid},
		{"with another word", team.ID, store.Opening{Role: lead, Purpose: "curious"}, diagnostics.CodeInvalid},
		{"the coordinator", team.ID, store.Opening{Role: lead, Purpose: "support"}, ""},
		{"a laptop without a team", team.ID, store.Opening{Purpose: "support"}, ""},
		{"for support, kept for the officer", dpo.ID, store.Opening{Role: lead, Purpose: "support"}, diagnostics.CodeForbidden},
		{"a request, kept for the officer", dpo.ID, store.Opening{Role: lead, Purpose: "right"}, ""},
		{"the other card of that person", twin.ID, store.Opening{Role: worker, Purpose: "right"}, diagnostics.CodeForbidden},
		{"nobody", diagnostics.NewID(), store.Opening{Role: lead, Purpose: "right"}, diagnostics.CodeNotFound},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			before, err := n.Accesses(ctx, store.AccessFilter{Limit: 1})
			must(t, err)
			card, err := n.OpenCard(ctx, tt.id, tt.o)
			wantCode(t, err, tt.want)
			if (card.ID == tt.id) != (tt.want == "") {
				t.Errorf("the card is %q", card.ID)
			}
			after, err := n.Accesses(ctx, store.AccessFilter{Limit: 1})
			must(t, err)
			logged := after[0].N != before[0].N
			if logged != (tt.want == "") {
				t.Errorf("logged: %v", logged)
			}
			if a := after[0]; logged && (a.Action != diagnostics.ActionRead && a.Action != diagnostics.ActionUnseal || a.Target != tt.id || a.Purpose != tt.o.Purpose) {
				t.Errorf("the access log says %+v", a)
			}
		})
	}
}
