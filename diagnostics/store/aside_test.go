package store_test

import (
	"testing"
	"time"

	"solidaren/diagnostics"
	"solidaren/diagnostics/store"
)

func TestDraftsAreSetAside(t *testing.T) {
	n := notebook(t)
	ctx := t.Context()
	must(t, n.SaveDraft(ctx, store.Draft{ID: "d1", FormID: "entretien", State: []byte("x")}))
	must(t, n.SetAside(ctx, "d1"))
	must(t, n.SetAside(ctx, "nobody"))
	must(t, n.SaveDraft(ctx, store.Draft{ID: "d1", FormID: "entretien", State: []byte("xy"), Revision: 1})) // still open somewhere
	count := func() (listed, aside int) {
		drafts, err := n.Drafts(ctx)
		must(t, err)
		others, err := n.AsideDrafts(ctx)
		must(t, err)
		return len(drafts), len(others)
	}
	if listed, aside := count(); listed != 0 || aside != 1 {
		t.Errorf("set aside: %d listed, %d aside", listed, aside)
	}
	if d, err := n.Draft(ctx, "d1"); err != nil || string(d.State) != "xy" {
		t.Errorf("the draft holds %q, %v", d.State, err)
	}
	must(t, n.TakeUp(ctx, "d1"))
	if listed, aside := count(); listed != 1 || aside != 0 {
		t.Errorf("taken up: %d listed, %d aside", listed, aside)
	}
}

func TestDraftsAsideGoAfterThirtyDays(t *testing.T) {
	begin := time.Date(2026, 11, 1, 9, 0, 0, 0, time.UTC)
	clock := begin
	n, err := store.Open(t.Context(), newVault(t), store.Options{Clock: func() time.Time { return clock }})
	must(t, err)
	defer func() { must(t, n.Close()) }()
	n.UseSealer(newKeyring(t))
	ctx := t.Context()
	must(t, n.SaveDraft(ctx, store.Draft{ID: "d1", FormID: "entretien"}))
	must(t, n.SetAside(ctx, "d1"))
	for day := range store.AsideDays + 2 {
		clock = begin.AddDate(0, 0, day)
		_, err := n.Housekeep(ctx, diagnostics.RoleWorker)
		must(t, err)
		want := 1
		if day > store.AsideDays {
			want = 0
		}
		if drafts, err := n.AsideDrafts(ctx); err != nil || len(drafts) != want {
			t.Fatalf("after %d days: %d drafts aside, %v", day, len(drafts), err)
		}
	}
}
