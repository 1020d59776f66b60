package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
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

// TestCheckRoomClockKeyboard: what is missing is said with what to do.
func TestCheckRoomClockKeyboard(t *testing.T) {
	room := func(left int64, err error) checkup {
		return examineRoom(filepath.Join(t.TempDir(), "a", "b"), func(dir string) (int64, error) {
			if _, err := os.Stat(dir); err != nil {
				t.Errorf("asked for the room of %s, which is not there", dir)
			}
			return left, err
		})
	}
	day := func(year int) checkup { return examineClock(time.Date(year, 3, 1, 20, 5, 0, 0, time.Local)) }
	for _, tt := range []struct {
		name string
		got  checkup
		ok   bool
		want string
	}{
		{"room", room(2<<30, nil), true, "oui, 2048 Mo"},
		{"too little room", room(100<<20, nil), false, "Libérez-en 401"},
		{"no answer", room(0, errors.New("no")), true, "inconnue"},
		{"clock", day(2027), true, "01/03/2027 20:05"},
		{"clock of long ago", day(1970), false, "Réglez la date"},
		{"clock of the future", day(2099), false, "Réglez la date"},
		{"French keyboard", examineKeyboard("aq"), true, "AZERTY"},
		{"English keyboard", examineKeyboard("qa"), true, "QWERTY"},
		{"another", examineKeyboard("'e"), true, "inconnue"},
	} {
		if tt.got.ok != tt.ok || !strings.Contains(tt.got.sentence.FR, tt.want) || tt.got.sentence.EN == "" {
			t.Errorf("%s: %+v", tt.name, tt.got)
		}
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

// A screen without OpenGL: the program says so and leaves, and so does the check.
func TestWithoutOpenGL(t *testing.T) {
	if testing.Short() {
		t.Skip("needs a screen")
	}
	d := newDesktop(t, "-extension", "GLX")
	p := buildPrograms(t)
	for _, args := range [][]string{nil, {"--check"}} {
		a := d.start(p.path("solidaren"), append(args, "--vault", filepath.Join(t.TempDir(), "new"), "--lang", "fr")...)
		select {
		case <-a.done:
		case <-time.After(wait):
			t.Fatalf("%v does not end", args)
		}
		if status := a.cmd.ProcessState.ExitCode(); status != exitRefused || !strings.Contains(a.errors.String(), "OpenGL : il manque") {
			t.Errorf("%v: status %d, said\n%s", args, status, a.errors)
		}
	}
}
