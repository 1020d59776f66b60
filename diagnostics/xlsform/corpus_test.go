package xlsform

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// corpusCase is a questionnaire of the field's own tests, with what the field's
// own compiler made of it.
type corpusCase struct {
	Test   string                         `json:"test"`
	MD     string                         `json:"md"`
	Sheets map[string][]map[string]string `json:"ss_structure"`
	Name   string                         `json:"name"`
	Golden string                         `json:"golden_xform"`
	Fails  bool                           `json:"errored"`
	Says   []string                       `json:"error__contains"`
}

// The number of cases that agreed when this was last looked at; it may only
// grow.
const (
	leastAgreed = 0
	leastEqual  = 0
)

// TestCorpus compiles the cases of the folder that SOLIDAREN_CORPORA names.
func TestCorpus(t *testing.T) {
	dir := os.Getenv("SOLIDAREN_CORPORA")
	if dir == "" {
		t.Skip("corpus of XLSForms SKIPPED: SOLIDAREN_CORPORA is not set")
	}
	only := os.Getenv("SOLIDAREN_CORPUS_CASE")
	cases := readCorpus(t, filepath.Join(dir, "pyxform_cases.jsonl"))
	agreed, equal, accepted := 0, 0, 0
	for _, c := range cases {
		if only != "" && !strings.Contains(c.Test, only) {
			continue
		}
		w := c.workbook(t)
		result, err := Compile(w, CompileOptions{Name: c.root()})
		if !c.Fails {
			accepted++
		}
		if (err != nil) != c.Fails {
			t.Logf("%s: refused %v, want %v: %v %v", c.Test, err != nil, c.Fails, err, c.Says)
			continue
		}
		agreed++
		if c.Fails {
			if only != "" {
				t.Logf("%s: %v\nwant %q", c.Test, err, c.Says)
			}
			continue
		}
		got, want := canonical(t, string(result.XForm)), canonical(t, c.Golden)
		if got == want {
			equal++
			continue
		}
		t.Logf("%s: differs", c.Test)
		if only != "" {
			t.Logf("%s\n%s", c.MD, cmp.Diff(want, got))
		}
	}
	t.Logf("XLSForm corpus: %d of %d agree on accept or refuse, %d of %d accepted are equal",
		agreed, len(cases), equal, accepted)
	if only == "" && (agreed < leastAgreed || equal < leastEqual) {
		t.Errorf("want at least %d agreed and %d equal", leastAgreed, leastEqual)
	}
}

func readCorpus(t *testing.T, path string) []corpusCase {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Skipf("corpus of XLSForms SKIPPED: %v", err)
	}
	defer f.Close()
	var out []corpusCase
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 4<<20)
	for lines.Scan() {
		var c corpusCase
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		out = append(out, c)
	}
	return out
}

func (c corpusCase) root() string {
	if c.Name == "" {
		return "test_name"
	}
	return c.Name
}

func (c corpusCase) workbook(t *testing.T) *Workbook {
	t.Helper()
	if c.Sheets == nil {
		w, err := ReadMarkdown(c.MD)
		if err != nil {
			t.Fatal(err)
		}
		return w
	}
	w := &Workbook{}
	for name, rows := range c.Sheets {
		var head []string
		for _, row := range rows {
			for key := range row {
				if !slices.Contains(head, key) {
					head = append(head, key)
				}
			}
		}
		slices.Sort(head)
		s := Sheet{Name: name, Rows: []Row{{Number: 1, Cells: head}}}
		for i, row := range rows {
			r := Row{Number: i + 2}
			for _, key := range head {
				r.Cells = append(r.Cells, row[key])
			}
			s.Rows = append(s.Rows, r)
		}
		w.Sheets = append(w.Sheets, s)
	}
	return w
}
