package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// start runs the command without a screen.
func start(t *testing.T, args ...string) (status int, out, errs string) {
	t.Helper()
	t.Setenv("DISPLAY", "")
	t.Setenv("WAYLAND_DISPLAY", "")
	var o, e bytes.Buffer
	status = run(args, &o, &e)
	return status, o.String(), e.String()
}

func TestWithoutAScreen(t *testing.T) {
	tests := []struct {
		name string
		args []string
		want []string
		out  bool // on standard output
	}{
		{"the app, in French", []string{"--lang", "fr"}, []string{"Écran : il manque", "xvfb", "solidarenctl"}, false},
		{"the app, in English", []string{"--lang", "en"}, []string{"Display: missing", "xvfb", "solidarenctl"}, false},
		{"the check", []string{"--lang", "fr", "--check"}, []string{"Écran : il manque", "Dossier : oui"}, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			status, out, errs := start(t, append(tt.args, "--vault", filepath.Join(t.TempDir(), "new"))...)
			if status != exitRefused {
				t.Errorf("status %d", status)
			}
			said := errs
			if tt.out {
				said = out
			}
			for _, want := range tt.want {
				if !strings.Contains(said, want) {
					t.Errorf("said %q, want %q in it", said, want)
				}
			}
		})
	}
}

func TestCheckWritesNothing(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "new")
	start(t, "--check", "--vault", folder)
	if _, err := os.Stat(folder); err == nil {
		t.Error("the check made the folder")
	}
}

func TestFolderThatCannotBeWritten(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if c := examineFolder(filepath.Join(file, "notebook")); c.ok || !strings.Contains(c.sentence.FR, "--vault") {
		t.Errorf("said %q", c.sentence.FR)
	}
}

func TestUsage(t *testing.T) {
	for _, args := range [][]string{{"--lang", "de"}, {"form.xlsx"}, {"--nonsense"}} {
		if status, _, errs := start(t, args...); status != exitUsage || errs == "" {
			t.Errorf("%v: status %d, said %q", args, status, errs)
		}
	}
}

func TestHelpIsAnAnswer(t *testing.T) {
	if status, out, errs := start(t, "--help"); status != exitDone || !strings.Contains(out, "Emploi / Usage") || errs != "" {
		t.Errorf("status %d, said %q and %q", status, out, errs)
	}
}

func TestDataFolder(t *testing.T) {
	t.Setenv("XDG_DATA_HOME", "/data")
	if got := dataFolder(); got != filepath.Join("/data", "solidaren") {
		t.Errorf("the notebook would be in %s", got)
	}
}
