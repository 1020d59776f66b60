package notebook_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"solidaren/cmd/internal/notebook"
	"solidaren/diagnostics"
)

// TestTrial opens the demo, finds it as it was left, stops its making in the
// middle, and throws it away.
func TestTrial(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "demo")
	trial := notebook.Trial{Dir: dir, Clock: time.Now}
	stopped, cancel := context.WithCancel(t.Context())
	_, err := trial.Open(stopped, func(written, _ int) {
		if written > 100 {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) || trial.There() {
		t.Fatalf("stopped in the middle: %v, there %v", err, trial.There())
	}
	if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("something of it stays: %v", err)
	}
	begin := time.Now()
	opened, err := trial.Open(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("made in %.1f s", time.Since(begin).Seconds())
	if !opened.Member.Rehearsal() {
		t.Error("it is no demo")
	}
	if _, err := trial.Open(t.Context(), nil); diagnostics.Code(err) != diagnostics.CodeConflict {
		t.Errorf("opened twice: %v", err)
	}
	if err := trial.Discard(t.Context()); diagnostics.Code(err) != diagnostics.CodeConflict {
		t.Errorf("thrown away while it is open: %v", err)
	}
	made, err := opened.Store.Create(t.Context(), diagnostics.Record{Type: diagnostics.TypePerson})
	if err != nil {
		t.Fatal(err)
	}
	if err := opened.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := trial.Open(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := again.Store.Get(t.Context(), made.ID); err != nil {
		t.Errorf("what was tried is gone: %v", err)
	}
	if err := again.Close(); err != nil {
		t.Fatal(err)
	}
	if err := trial.Discard(t.Context()); err != nil || trial.There() {
		t.Errorf("thrown away: %v, there %v", err, trial.There())
	}
}
