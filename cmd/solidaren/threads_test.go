package main

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestThreadErrorsAreSeen is the control of checkThreads: a program that touches a
// widget from another goroutine says so where it was built as the programs of
// these tests are, and not where it was built as for those who work with it, or
// with the tag that silences Fyne; and the builds are told from each other.
func TestThreadErrorsAreSeen(t *testing.T) {
	if testing.Short() {
		t.Skip("needs a screen and three builds")
	}
	d := newDesktop(t)
	for _, build := range []struct {
		name  string
		flags []string
		heard bool
	}{
		{"of the tests", []string{"-ldflags", watching}, true},
		{"of those who work", nil, false},
		{"with the tag", []string{"-ldflags", watching, "-tags", "migrated_fynedo"}, false},
	} {
		binary := filepath.Join(t.TempDir(), "offthread")
		args := append(append([]string{"build"}, build.flags...), "-o", binary, "./testdata/offthread")
		out, err := exec.CommandContext(t.Context(), "go", args...).CombinedOutput()
		if err != nil {
			t.Fatalf("go build: %v\n%s", err, out)
		}
		cmd := exec.CommandContext(t.Context(), binary)
		cmd.Env = d.env()
		said, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%s", err, said)
		}
		if strings.Contains(string(said), threadError) != build.heard {
			t.Errorf("the build %s said\n%s", build.name, said)
		}
		if watches(t, binary) != build.heard {
			t.Errorf("the build %s is taken for another one", build.name)
		}
	}
}
