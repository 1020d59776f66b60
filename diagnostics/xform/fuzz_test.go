package xform_test

import (
	"bytes"
	"os"
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
