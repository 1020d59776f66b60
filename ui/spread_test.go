package ui

import (
	"crypto/sha256"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"solidaren/diagnostics/vault/vaulttest"
	"solidaren/ui/words"
)

// wing is a part of the pictures that a process of its own hangs: a test driver
// of Fyne serves one window of one process, and a computer has more than one
// processor. It is told to the process by its environment.
type wing struct {
	state, language string
	from, to        int    // of the pictures of the state
	made            string // folder of the state's notebook, "" for none
	board           string
}

const wingVariable = "SOLIDAREN_TEST_WING"

// wingful is how many pictures a wing has at most.
const wingful = 32

func (w wing) String() string {
	return fmt.Sprintf("%s %s %d %d %q %q", w.state, w.language, w.from, w.to, w.made, w.board)
}

// ownWing is the wing of this process, false for one that was started by hand.
func ownWing(t *testing.T) (w wing, ok bool) {
	t.Helper()
	told := os.Getenv(wingVariable)
	if told == "" {
		return w, false
	}
	if _, err := fmt.Sscanf(told, "%s %s %d %d %q %q", &w.state, &w.language, &w.from, &w.to, &w.made, &w.board); err != nil {
		t.Fatalf("%s: %v", wingVariable, err)
	}
	return w, true
}

// spreads tells whether the pictures of a test are hung by other processes: not
// where some of them are asked for.
func spreads() bool {
	return !strings.Contains(flag.Lookup("test.run").Value.String(), "/")
}

// spread hangs the pictures in wings, as many at once as there are processors.
func spread(t *testing.T, looks []framed, board string) {
	t.Helper()
	for _, s := range states {
		made := s.make(t)
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			for _, language := range words.Languages {
				if len(of(looks, language)) == 0 {
					continue
				}
				shown := len(pictures(s.name))
				wings := (shown + wingful - 1) / wingful
				for i := range wings {
					w := wing{s.name, language, shown * i / wings, shown * (i + 1) / wings, made, board}
					t.Run(fmt.Sprintf("%s-%d", language, i+1), func(t *testing.T) {
						t.Parallel()
						w.run(t)
					})
				}
			}
		})
	}
}

// run hangs the wing in a process of its own.
func (w wing) run(t *testing.T) {
	t.Helper()
	test, _, _ := strings.Cut(t.Name(), "/")
	args := []string{"-test.run=^" + test + "$", "-test.v=" + fmt.Sprint(testing.Verbose())}
	for _, name := range []string{"test.timeout", "gallery", "look"} {
		args = append(args, "-"+name+"="+flag.Lookup(name).Value.String())
	}
	cmd := exec.CommandContext(t.Context(), os.Args[0], args...)
	cmd.Env = append(os.Environ(), wingVariable+"="+w.String())
	if _, err := cmd.StdinPipe(); err != nil { // it ends with this process, see endWithIt
		t.Fatal(err)
	}
	out, err := cmd.CombinedOutput()
	switch {
	case err != nil:
		t.Errorf("%v\n%s", err, out)
	case testing.Verbose():
		t.Logf("%s", out)
	}
}

// of are the looks in a language.
func of(looks []framed, language string) []framed {
	return slices.DeleteFunc(slices.Clone(looks), func(l framed) bool { return l.language != language })
}

// pin puts a word on the board of all wings of a test, and tells whether it was
// not there before.
func pin(t *testing.T, board, word string) (first bool) {
	t.Helper()
	name := fmt.Sprintf("%x", sha256.Sum256([]byte(word)))
	f, err := os.OpenFile(filepath.Join(board, name), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return false
	}
	if err == nil {
		_, err = f.WriteString(word)
	}
	if err == nil {
		err = f.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return true
}

// pinned is what stands on a board.
func pinned(t *testing.T, board string) map[string]bool {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(board, "*"))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]bool{}
	for _, file := range found {
		word, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all[string(word)] = true
	}
	return all
}

// after does something once all wings of a test have hung their pictures, if all
// of them were asked for.
func after(t *testing.T, do func()) {
	t.Helper()
	if _, own := ownWing(t); !own && spreads() {
		t.Cleanup(do)
	}
}

// workshop holds the notebooks of the states, which all tests of pictures show.
var workshop string

// make makes the notebook of a state, once for all tests, and gives its folder,
// "" if the state has none.
func (s state) make(t *testing.T) string {
	t.Helper()
	if s.fill == nil {
		return ""
	}
	made := filepath.Join(workshop, s.name)
	if _, err := os.Stat(made); err == nil {
		return made
	}
	o := officeIn(t, t.TempDir())
	o.offset = time.Until(evening)
	s.fill(o)
	o.shut()
	if err := os.CopyFS(made, os.DirFS(o.dir)); err != nil {
		t.Fatal(err)
	}
	return made
}

// endWithIt ends a process of a wing together with the one that started it, whose
// end closes the pipe, however it comes.
func endWithIt() {
	_, _ = io.Copy(io.Discard, os.Stdin)
	os.Exit(1)
}

func TestMain(m *testing.M) {
	vaulttest.LightKeys()
	if os.Getenv(wingVariable) != "" { // what it shows is made
		go endWithIt()
		os.Exit(m.Run())
	}
	var err error
	if workshop, err = os.MkdirTemp("", "solidaren-pictures-"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	status := m.Run()
	_ = os.RemoveAll(workshop)
	os.Exit(status)
}
