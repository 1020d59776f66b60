package model

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"solidaren/diagnostics"
)

// A file that is not wanted any more is not left behind, and one that is there is
// not touched.
func TestWriteNewLeavesNothing(t *testing.T) {
	stopped, stop := context.WithCancel(t.Context())
	stop()
	path := filepath.Join(t.TempDir(), "technique.txt")
	if err := writeNew(stopped, path, "système"); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the file is there: %v", err)
	}
	if err := writeNew(t.Context(), path, "système"); err != nil {
		t.Fatal(err)
	}
	if err := writeNew(stopped, path, "autre"); diagnostics.Code(err) != diagnostics.CodeConflict {
		t.Errorf("over another file: %v", err)
	}
	if content, err := os.ReadFile(path); err != nil || string(content) != "système" {
		t.Errorf("the other file holds %q, %v", content, err)
	}
}
