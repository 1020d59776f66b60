package hub_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"solidaren/sync/hub"
)

// A line that a crash tore is not counted on, and takes no later one with it.
func TestErasureFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "erasures.jsonl")
	file := hub.ErasureFile(path)
	if all, err := file.All(); err != nil || len(all) != 0 {
		t.Fatalf("a file that is missing: %v, %v", all, err)
	}
	one := hub.Erased{Team: "nord", ID: "a", Type: "person", Why: "request", At: time.Date(2026, 3, 1, 20, 0, 0, 0, time.UTC)}
	two := one
	two.ID = "b"
	add := func(list ...hub.Erased) {
		t.Helper()
		if err := file.Add(list); err != nil {
			t.Fatal(err)
		}
	}
	add(one)
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteString(`{"team":"nord","id":"to`); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	add(two)
	got, err := file.All()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]hub.Erased{one, two}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
