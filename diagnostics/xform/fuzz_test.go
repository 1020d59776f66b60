package xform_test

import (
	"bytes"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"solidaren/diagnostics/xform"
)

// FuzzForm opens whatever document it is given, and answers it if it opens.
func FuzzForm(f *testing.F) {
	seed, err := os.ReadFile("testdata/visit.xml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(seed)
	f.Add([]byte(document(`<r><a>1</a><b/></r><s/>`, `<bind nodeset="/data/r/b" calculate="position(..) + ../a"/><bind nodeset="/data/s" calculate="sum(/data/r[a &gt; 1]/b)"/>`, `<repeat nodeset="/data/r"/>`)))
	f.Add([]byte(document(`<a/><b/>`, `<bind nodeset="/data/a" relevant="/data/b"/><bind nodeset="/data/b" relevant="/data/a"/>`, `<select ref="/data/a"><item><label>x</label><value>x</value></item></select>`)))
	if flag.Lookup("test.fuzz").Value.String() != "" {
		addCorpus(f)
	}
	f.Fuzz(func(t *testing.T, source []byte) {
		form, err := xform.Parse(bytes.NewReader(source), xform.Options{})
		if err != nil {
			return
		}
		s, err := form.NewSession(options())
		if err != nil {
			t.Fatal(err)
		}
		nodes := s.Nodes()
		for _, n := range nodes[:min(len(nodes), 50)] {
			_, _ = s.Set(n.Ref, "1")
			if n.Kind == xform.KindRepeat {
				_, _ = s.AddRepeat(n.Ref)
			}
		}
		s.Validate()
		saved, err := s.Save()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := form.Restore(saved, options()); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Submission(); err != nil {
			t.Fatal(err)
		}
	})
}

// addCorpus adds the small forms of the corpora, where they are.
func addCorpus(f *testing.F) {
	_ = filepath.WalkDir(filepath.Join(os.Getenv("SOLIDAREN_CORPORA"), "forms"), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".xml" {
			return nil //nolint:nilerr // the corpora may be absent
		}
		if source, err := os.ReadFile(path); err == nil && len(source) < 16<<10 {
			f.Add(source)
		}
		return nil
	})
}

// FuzzState migrates whatever state it is given; what comes out is a state of
// this version.
func FuzzState(f *testing.F) {
	s := visit(f)
	play(f, s, "+/data/needs", "+/data/needs[2]/steps", "/data/needs[2]/steps[1]/what=x", "/data/persons=3")
	state, err := s.Save()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(state)
	f.Add(bytes.Replace(state, []byte(`"version":"3"`), []byte(`"version":"2","orphans":[{"ref":"/data/needs[1]/gone","value":"1"},{"ref":"/data/needs[9]/rank","value":"1"}]`), 1))
	f.Add([]byte(`{"form":"visit","answers":{"needs":[{"domain":["a"]},"b",{"steps":{"what":"c"}}],"persons":{"":"1"},"old":"d"}}`))
	form := s.Form()
	f.Fuzz(func(t *testing.T, state []byte) {
		s, _, err := form.Migrate(state, options())
		if err != nil {
			return
		}
		s.Nodes()
		saved, err := s.Save()
		if err != nil {
			t.Fatal(err)
		}
		again, err := form.Restore(saved, options())
		if err != nil {
			t.Fatal(err)
		}
		if len(again.Orphans()) != len(s.Orphans()) || len(again.Nodes()) != len(s.Nodes()) {
			t.Fatalf("a saved session is not the same: %d, %d orphans, %d, %d nodes", len(s.Orphans()), len(again.Orphans()), len(s.Nodes()), len(again.Nodes()))
		}
	})
}
