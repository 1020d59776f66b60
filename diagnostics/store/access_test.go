package store_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"solidaren/diagnostics"
	dt "solidaren/diagnostics/diagnosticstest"
	"solidaren/diagnostics/store"
	"solidaren/sync/register"
	"solidaren/sync/wire"
)

// accesses gives the log as "action target purpose count", oldest first.
func accesses(t *testing.T, n *store.Notebook, f store.AccessFilter) []string {
	t.Helper()
	f.Limit = 200
	read, err := n.Accesses(t.Context(), f)
	must(t, err)
	var out []string
	for _, a := range read {
		out = append([]string{strings.TrimSpace(fmt.Sprint(a.Action, " ", a.Target, " ", a.Purpose, " ", a.Count))}, out...)
	}
	return out
}

func TestChangesAreLogged(t *testing.T) {
	n := notebook(t)
	ctx := t.Context()
	person := create(t, n, dt.Person(t))
	_, err := n.Update(ctx, person.ID, diagnostics.Values{"gender": "f", "age_band": "a25"})
	must(t, err)
	_, err = n.Update(ctx, person.ID, diagnostics.Values{"gender": "f"}) // changes nothing
	must(t, err)
	create(t, n, dt.Tour(t)) // about nobody
	sub := dt.Maraude(t, person.ID, dt.Need(t, "food"))
	must(t, n.Finish(ctx, "", sub))
	must(t, n.SaveDraft(ctx, store.Draft{ID: "d1"}))
	must(t, n.DiscardDraft(ctx, "d1"))
	must(t, n.DiscardDraft(ctx, "d1")) // is gone already
	must(t, n.Log(ctx, diagnostics.Access{Action: diagnostics.ActionUnseal, Target: person.ID, Purpose: "support"}))
	want := []string{
		"create " + person.ID + "  1", "modify " + person.ID + "  2", "create " + sub.Diagnostic.ID + "  3",
		"delete d1  0", "unseal " + person.ID + " support 0",
	}
	if diff := cmp.Diff(want, accesses(t, n, store.AccessFilter{})); diff != "" {
		t.Errorf("the log (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{want[0], want[1], want[4]}, accesses(t, n, store.AccessFilter{Target: person.ID})); diff != "" {
		t.Errorf("of the person (-want +got):\n%s", diff)
	}
	page, err := n.Accesses(ctx, store.AccessFilter{Before: 3, Limit: 1})
	must(t, err)
	if len(page) != 1 || page[0].N != 2 || !page[0].At.Equal(dt.Noon) {
		t.Errorf("page %+v", page)
	}
	must(t, n.VerifyAccesses(ctx))
	wantCode(t, n.Log(ctx, diagnostics.Access{Action: diagnostics.ActionExport}), diagnostics.CodeInvalid)
}

// A change that is not written leaves no entry.
func TestRefusedChangeIsNotLogged(t *testing.T) {
	n := notebook(t)
	person := create(t, n, dt.Person(t))
	_, err := n.Update(t.Context(), person.ID, diagnostics.Values{"first_contact_on": "yesterday"})
	wantCode(t, err, diagnostics.CodeInvalid)
	if got := accesses(t, n, store.AccessFilter{}); len(got) != 1 {
		t.Errorf("the log: %v", got)
	}
}

func TestAccessLogOnlyGrows(t *testing.T) {
	v := newVault(t)
	n, err := store.Open(t.Context(), v, store.Options{Clock: dt.Clock})
	must(t, err)
	n.UseSealer(newKeyring(t))
	for range 5 {
		create(t, n, dt.Person(t))
	}
	must(t, n.Close())
	db := rawDB(t, v)
	for _, forbidden := range []string{
		"UPDATE access SET action = 'read' WHERE n = 2", "UPDATE access SET target = 'x' WHERE n = 2",
		"UPDATE access SET at = at - 1", "DELETE FROM access WHERE n = 2", "DELETE FROM access",
	} {
		if _, err := db.ExecContext(t.Context(), forbidden); err == nil {
			t.Errorf("%q was done", forbidden)
		}
	}
	for _, trigger := range []string{"access_only_grows", "access_ends_at_its_anchor"} {
		_, err := db.ExecContext(t.Context(), "DROP TRIGGER "+trigger)
		must(t, err)
	}
	tests := []tampering{
		{"another action", "UPDATE access SET action = 'read' WHERE n = 3"},
		{"another time", "UPDATE access SET at = at - 1 WHERE n = 3"},
		{"another target", "UPDATE access SET target = 'x' WHERE n = 3"},
		{"one is missing", "DELETE FROM access WHERE n = 3"},
		{"the first is missing", "DELETE FROM access WHERE n = 1"},
		{"erased, and something in its place", "UPDATE access SET salt = NULL WHERE n = 3"},
		{"one too many", "INSERT INTO access SELECT 6, at, action, target, purpose, count, salt, sum, hash FROM access WHERE n = 5"},
	}
	must(t, db.Close())
	file := filepath.Join(v.Dir(), "notebook.db")
	whole, err := os.ReadFile(file)
	must(t, err)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.apply(t, v)
			n, err := store.Open(t.Context(), v, store.Options{})
			must(t, err)
			wantCode(t, n.VerifyAccesses(t.Context()), diagnostics.CodeCorrupt)
			must(t, n.Close())
			must(t, os.WriteFile(file, whole, 0o600))
		})
	}
	n = openVault(t, v)
	must(t, n.VerifyAccesses(t.Context()))
}

// What an entry said of an erased record is gone, and the chain holds.
func TestErasedTargetLeavesTheAccessLogWhole(t *testing.T) {
	v := newVault(t)
	n, err := store.Open(t.Context(), v, store.Options{Clock: dt.Clock})
	must(t, err)
	n.UseSealer(newKeyring(t))
	gone, kept := create(t, n, dt.Person(t)), create(t, n, dt.Person(t))
	for range 300 {
		must(t, n.Log(t.Context(), diagnostics.Access{Action: diagnostics.ActionUnseal, Target: kept.ID, Purpose: "support"}))
	}
	must(t, n.Log(t.Context(), diagnostics.Access{Action: diagnostics.ActionUnseal, Target: gone.ID, Purpose: "handover"}))
	must(t, n.Log(t.Context(), diagnostics.Access{Action: diagnostics.ActionRead, Target: kept.ID}))
	before, err := n.Accesses(t.Context(), store.AccessFilter{Target: gone.ID})
	must(t, err)
	apply(t, n, reply(1, wire.Record{ID: gone.ID, Gone: register.Erased}))
	must(t, n.VerifyAccesses(t.Context()))
	after, err := n.Accesses(t.Context(), store.AccessFilter{Target: gone.ID})
	must(t, err)
	all, err := n.Accesses(t.Context(), store.AccessFilter{Limit: 200})
	must(t, err)
	if len(before) != 2 || len(after) != 1 || all[2].Action != diagnostics.ActionUnseal || all[2].Purpose != "" {
		t.Errorf("before %v, after %v, the entry itself %+v", before, after, all[2])
	}
	must(t, n.Close())
	db := rawDB(t, v)
	defer db.Close()
	var found int
	must(t, db.QueryRowContext(t.Context(), "SELECT count(*) FROM access WHERE target = ? AND action <> 'erase' OR purpose = 'handover'", gone.ID).Scan(&found))
	if found != 0 {
		t.Errorf("%d entries still tell of the erased record", found)
	}
}

// Old entries go after twelve months; those that follow stay verifiable.
func TestOldAccessesArePruned(t *testing.T) {
	v := newVault(t)
	now := dt.Noon
	n, err := store.Open(t.Context(), v, store.Options{Clock: func() time.Time { return now }})
	must(t, err)
	defer func() { must(t, n.Close()) }()
	read := func(times int) {
		for range times {
			must(t, n.Log(t.Context(), diagnostics.Access{Action: diagnostics.ActionRead, Target: "x"}))
		}
	}
	read(450)
	now = now.AddDate(0, 7, 0)
	read(10)
	for _, tt := range []struct {
		months int
		oldest int64
	}{{11, 1}, {12, 451}, {18, 451}, {19, 0}} {
		now = dt.Noon.AddDate(0, tt.months, 1)
		housekeep(t, n, now, "")
		must(t, n.VerifyAccesses(t.Context()))
		if got := oldestAccess(t, n); got != tt.oldest {
			t.Errorf("after %d months the oldest entry is %d, want %d", tt.months, got, tt.oldest)
		}
	}
	read(1)
	must(t, n.VerifyAccesses(t.Context()))
	if got := oldestAccess(t, n); got != 461 {
		t.Errorf("numbers do not go on: %d", got)
	}
}

func oldestAccess(t *testing.T, n *store.Notebook) (oldest int64) {
	t.Helper()
	for {
		page, err := n.Accesses(t.Context(), store.AccessFilter{Before: oldest, Limit: 200})
		must(t, err)
		if len(page) == 0 {
			return oldest
		}
		oldest = page[len(page)-1].N
	}
}
