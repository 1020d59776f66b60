package synctest_test

import (
	"strings"
	"testing"
	"time"

	"solidaren/diagnostics"
	"solidaren/sync/synctest"
)

// TestRestoredServerErasesAgain: a backup of the server that is older than an
// erasure is put back. Before anybody is served the person is gone from it
// again, no laptop gets the person back, and one that was away loses its copy.
func TestRestoredServerErasesAgain(t *testing.T) {
	now := time.Date(2026, 3, 1, 20, 0, 0, 0, time.UTC)
	s := synctest.NewServer(t, func() time.Time { return now })
	worker := newTimed(t, s, &now, diagnostics.RoleWorker)
	away := newTimed(t, s, &now, diagnostics.RoleSocialWorker)
	coordinator := newTimed(t, s, &now, diagnostics.RoleCoordinator)
	all := []*timed{worker, away, coordinator}
	gone, stays := worker.person(t, "-canary"), worker.person(t, "-stays")
	for range 2 {
		for _, l := range all {
			l.sync(t)
		}
	}
	sealed := cipher(t, worker, gone)
	backup := s.Backup(t)
	if !strings.Contains(files(t, backup), gone) {
		t.Fatal("the backup does not hold the person: the test shows nothing")
	}
	eraseAsked(t, worker, coordinator, gone)
	worker.sync(t)
	lost := worker.person(t, "-later") // what the backup does not have, the laptops bring again
	worker.sync(t)

	s.Restore(t, backup, "")
	for _, canary := range sealed {
		if strings.Contains(files(t, backup), canary) {
			t.Errorf("the restored server still holds %.40q", canary)
		}
	}
	if !strings.Contains(s.Log.String(), "erased again") {
		t.Errorf("the server does not say that an older database was put back: %s", s.Log.String())
	}
	for range 2 {
		for _, l := range all {
			if report := l.sync(t); report.ToPush != 0 {
				t.Errorf("after the restore: %+v", report)
			}
		}
	}
	for _, l := range all {
		if _, err := l.Get(t.Context(), gone); diagnostics.Code(err) != diagnostics.CodeNotFound {
			t.Errorf("the erased person is back: %v", err)
		}
		for _, id := range []string{stays, lost} {
			if _, err := l.Get(t.Context(), id); err != nil {
				t.Errorf("another person: %v", err)
			}
		}
	}
	if held := files(t, backup); strings.Contains(held, "-canary") || !strings.Contains(held, lost) {
		t.Error("the restored server holds the erased person, or lacks what came after the backup")
	}
	closeAll(t, all...)
}

func closeAll(t *testing.T, all ...*timed) {
	t.Helper()
	for _, l := range all {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	}
}

// TestErasureIsConfirmed: the coordinator sees which laptops have not confirmed
// an erasure, until each has.
func TestErasureIsConfirmed(t *testing.T) {
	now := time.Date(2026, 3, 1, 20, 0, 0, 0, time.UTC)
	s := synctest.NewServer(t, func() time.Time { return now })
	worker := newTimed(t, s, &now, diagnostics.RoleWorker)
	away := newTimed(t, s, &now, diagnostics.RoleSocialWorker)
	coordinator := newTimed(t, s, &now, diagnostics.RoleCoordinator)
	gone := worker.person(t, "-canary")
	for range 2 {
		for _, l := range []*timed{worker, away, coordinator} {
			l.sync(t)
		}
	}
	waiting := func(l *timed) int {
		t.Helper()
		all, err := l.Unconfirmed(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if len(all) == 0 {
			return 0
		}
		if len(all) != 1 || all[0].ID != gone || all[0].At.IsZero() {
			t.Errorf("unconfirmed: %+v", all)
		}
		return len(all[0].Devices)
	}
	eraseAsked(t, worker, coordinator, gone)
	for _, step := range []struct {
		name string
		do   func()
		want int
	}{
		{"the coordinator alone has wiped", func() { coordinator.sync(t) }, 2},
		{"the worker has pulled it, and not said so yet", func() { worker.sync(t) }, 2},
		{"the worker says so at its next sync", func() { worker.sync(t) }, 1},
		{"a laptop whose file could not be cleaned says nothing", func() {
			away.sync(t)
			if err := away.SetSettings(t.Context(), map[string]string{"store.wipe": "due"}); err != nil {
				t.Fatal(err)
			}
			away.sync(t)
		}, 1},
		{"once it is clean", func() {
			if err := away.Wipe(t.Context()); err != nil {
				t.Fatal(err)
			}
			away.sync(t)
		}, 0},
	} {
		step.do()
		coordinator.sync(t)
		coordinator.sync(t)
		if got := waiting(coordinator); got != step.want {
			t.Errorf("%s: %d laptops have not confirmed, want %d", step.name, got, step.want)
		}
	}
	if got := waiting(worker); got != 0 {
		t.Error("a worker is told of it")
	}
	closeAll(t, worker, away, coordinator)
}
