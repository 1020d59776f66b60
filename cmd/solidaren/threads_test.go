package main

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestThreadErrorsAreSeen is the control of checkThreads: a program that touches a
// widget from another goroutine says so, unless it was built with the tag that
// silences it, and that build is told from the other.
func TestThreadErrorsAreSeen(t *testing.T) {
	if testing.Short() {
		t.Skip("needs a screen and two builds")
	}
	d := newDesktop(t)
	for _, tags := range []string{"", "migrated_fynedo"} {
		binary := filepath.Join(t.TempDir(), "offthread")
		out, err := exec.CommandContext(t.Context(), "go", "build", "-tags", tags, "-o", binary, "./testdata/offthread").CombinedOutput()
		if err != nil {
			t.Fatalf("go build: %v\n%s", err, out)
		}
		cmd := exec.CommandContext(t.Context(), binary)
		cmd.Env = d.env()
		said, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%s", err, said)
		}
		silent := tags != ""
		if strings.Contains(string(said), threadError) == silent {
			t.Errorf("tags %q: it said\n%s", tags, said)
		}
		if migrated(t, binary) != silent {
			t.Errorf("tags %q: taken for the other build", tags)
		}
	}
}
