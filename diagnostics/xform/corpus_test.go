package xform_test

import (
	"errors"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"solidaren/diagnostics/xform"
)

// TestCorpus opens every XForm of the corpora, or sees it refused with a
// reason that names a place; none may panic.
func TestCorpus(t *testing.T) {
	folder := os.Getenv("SOLIDAREN_CORPORA")
	if folder == "" {
		t.Skip("corpus of XForms: SKIPPED, SOLIDAREN_CORPORA names no folder of corpora")
	}
	opened, refused := 0, 0
	err := filepath.WalkDir(filepath.Join(folder, "forms"), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) != ".xml" {
			return err
		}
		name, _ := filepath.Rel(folder, path)
		switch reason := open(t, path); {
		case reason == "":
			opened++
		default:
			refused++
			t.Logf("refused: %s: %s", name, reason)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("corpus of XForms: %d opened, %d refused with a reason, 0 panics", opened, refused)
}

// open parses a form and opens a session; "" if all went well.
func open(t *testing.T, path string) string {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	form, err := xform.Parse(file, xform.Options{Files: func(name string) (io.ReadCloser, error) {
		return sideFile(filepath.Dir(path), name)
	}})
	if err == nil {
		var s *xform.Session
		if s, err = form.NewSession(xform.SessionOptions{}); err == nil {
			followed(t, path, s)
			s.Validate()
			_, err = s.Submission()
		}
	}
	if err == nil {
		return ""
	}
	var list xform.Errors
	if errors.As(err, &list) {
		for _, e := range list {
			if e.FR == "" || e.EN == "" {
				t.Errorf("%s: a reason without its sentence: %v", path, e)
			}
		}
	}
	return err.Error()
}

// followed answers some questions at random and compares the list that follows
// the steps with one that is made anew.
func followed(t *testing.T, path string, s *xform.Session) {
	t.Helper()
	random := rand.New(rand.NewPCG(7, 7))
	watch := s.Watch()
	watch.Refresh()
	for range min(12, len(watch.Nodes())) {
		n := watch.Nodes()[random.IntN(len(watch.Nodes()))]
		switch {
		case n.Kind == xform.KindRepeat:
			_, _ = s.AddRepeat(n.Ref) // where the form allows it
		case n.Kind == xform.KindQuestion:
			_, _ = s.Set(n.Ref, pairAnswer(n, random))
		}
		watch.Refresh()
		if want := s.Nodes(); !reflect.DeepEqual(want, watch.Nodes()) {
			t.Errorf("%s: after %s, as Nodes gives it (-), as it is followed (+): %s", path, n.Ref, cmp.Diff(want, watch.Nodes()))
			return
		}
	}
}

// sideFile finds a side file beside the form or in the folders above.
func sideFile(folder, name string) (io.ReadCloser, error) {
	for ; strings.Contains(folder, "forms"); folder = filepath.Dir(folder) {
		var found string
		_ = filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
			if err == nil && !entry.IsDir() && entry.Name() == name {
				found = path
				return fs.SkipAll
			}
			return nil
		})
		if found != "" {
			return os.Open(found)
		}
	}
	return nil, fs.ErrNotExist
}
