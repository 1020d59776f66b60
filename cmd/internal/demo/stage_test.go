package demo_test

import (
	"path/filepath"
	"testing"
	"time"

	"solidaren/cmd/internal/demo"
	"solidaren/cmd/internal/notebook"
	"solidaren/diagnostics"
	"solidaren/sync/client"
)

// TestStage sets the one-click demo up: everything that a day begins with is
// there, and nothing lies in the future.
func TestStage(t *testing.T) {
	notebook.Pace = 0
	now := time.Date(2026, time.March, 10, 14, 0, 0, 0, time.UTC)
	clock := func() time.Time { return now }
	nb, err := notebook.Create(t.Context(), filepath.Join(t.TempDir(), "demo"), "cinq mots font une phrase", clock)
	if err != nil {
		t.Fatal(err)
	}
	defer nb.Close()
	if err := nb.Member.Rehearse(t.Context(), nb.Store, demo.Team, demo.Laptops()); err != nil {
		t.Fatal(err)
	}
	if _, err := demo.Set(t.Context(), nb.Store, demo.Options{Persons: 60, Seed: 1, Until: now.AddDate(0, 0, -1)}, nil); err != nil {
		t.Fatal(err)
	}
	counts, err := nb.Store.SyncCounts(t.Context())
	if err != nil || counts.Conflicts < 2 || counts.Held != 1 || counts.Unsent != 0 {
		t.Errorf("%+v, %v: want conflicts, one record set aside, nothing to send", counts, err)
	}
	if drafts, err := nb.Store.Drafts(t.Context()); err != nil || len(drafts) != 3 {
		t.Errorf("%d drafts, %v", len(drafts), err)
	}
	late, due := 0, 0
	steps, err := nb.Store.FollowUps(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range steps {
		on := step.Time("due_on")
		if !on.IsZero() && !on.After(now) {
			due++
		}
		if !on.IsZero() && on.Before(now.AddDate(0, 0, -30)) {
			late++
		}
	}
	if due == 0 || late > 0 {
		t.Errorf("of %d steps %d are due, %d since more than a month", len(steps), due, late)
	}
	conflicts, err := nb.Store.InConflict(t.Context(), 10)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range conflicts {
		if r.Get("code") == "" || len(r.Sealed) > 0 {
			t.Errorf("the card of a dispute lost what was on it: %v", r.Fields)
		}
	}
	const invite = "solidaanything"
	if err := client.Enrol(t.Context(), nb.Store, nb.Member, invite, "poste"); diagnostics.Code(err) != diagnostics.CodeForbidden {
		t.Errorf("enrolling a demo: %v", err)
	}
	if _, err := client.Sync(t.Context(), nb.Store, nb.Member, nil); diagnostics.Code(err) != diagnostics.CodeForbidden {
		t.Errorf("sending a demo: %v", err)
	}
	again, err := client.LoadMember(t.Context(), nb.Store)
	if err != nil || !again.Rehearsal() || again.DeviceName("demo-ancre") != "ancre" {
		t.Errorf("opened again it is no demo any more: %v", err)
	}
}
