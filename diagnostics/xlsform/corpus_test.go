package xlsform

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
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
	Warns  []string                       `json:"warnings__contains"`
	assertions
}

// onPurpose lists what is written otherwise on purpose: a part of the case's
// name, a part of its XForm, and the reason.
var onPurpose = []struct{ test, golden, reason string }{
	{"test_instance_expression__permutations", "&amp;lt;", "escapes < and > of an expression twice, which breaks it"},
	{"test_image_question_custom_col_calc", "esri=", "writes a Python dictionary into an attribute"},
	{"test_missing_translation__one_lang_all_cols", "guidance", "orders the missing texts at random"},
	{"xl_date_ambiguous_v1.xlsx", "00:00:00", "gives a date without time a time, which is no date"},
	{"flat_xlsform_test.xlsx", "", "a layout of ODK Tables, which nothing reads today"},
}

func reasonFor(test, golden string) string {
	for _, p := range onPurpose {
		if strings.Contains(test, p.test) && strings.Contains(golden, p.golden) {
			return p.reason
		}
	}
	return ""
}

// TestCorpus compiles the cases of the folder that SOLIDAREN_CORPORA names:
// the same accept or refuse, a refusal for the same cause, the same XForm.
// SOLIDAREN_CORPUS_CASE names one case to look at.
func TestCorpus(t *testing.T) {
	passed, failed, listed, asserted := 0, 0, 0, 0
	for _, c := range readCorpus(t) {
		if !strings.Contains(c.Test, os.Getenv("SOLIDAREN_CORPUS_CASE")) {
			continue
		}
		n, problem := c.run(t)
		asserted += n
		switch {
		case problem == "":
			passed++
		case reasonFor(c.Test, c.Golden) != "":
			listed++
		default:
			failed++
			t.Errorf("%s: %s\n%s", c.Test, problem, c.MD)
		}
	}
	t.Logf("corpus of XLSForms: %d passed, %d failed, %d listed with reasons; %d assertions of the field's own tests evaluated", passed, failed, listed, asserted)
	if listed*100 > passed {
		t.Errorf("%d cases differ on purpose, more than one in a hundred", listed)
	}
}

// run compiles the case; it gives how many assertions were evaluated, and what
// is wrong with what comes out.
func (c corpusCase) run(t *testing.T) (asserted int, problem string) {
	t.Helper()
	result, err := Compile(c.workbook(t), CompileOptions{Name: c.root()})
	var refused Errors
	switch {
	case c.Fails && err == nil:
		return 0, fmt.Sprintf("accepted, want refused: %q", c.Says)
	case c.Fails && !errors.As(err, &refused):
		return 0, "the error is not Errors"
	case c.Fails:
		return 0, wrongCause(refused, c.Says)
	case err != nil:
		return 0, "refused: " + err.Error()
	}
	asserted, broken := c.hold(t, result.XForm)
	return asserted, wrongCause(result.Warnings, c.Warns) + broken +
		cmp.Diff(canonical(t, c.Golden), canonical(t, string(result.XForm)))
}

// wrongCause compares the issues with what the field's compiler says: for each
// of its sentences one of the same cause, at the sheet and row that it names.
func wrongCause(issues []Issue, says []string) string {
	for _, said := range says {
		if m := quotedWord.FindStringSubmatch(said); m != nil {
			if !slices.ContainsFunc(issues, func(i Issue) bool { return strings.Contains(i.Message, m[1]) }) {
				return fmt.Sprintf("nothing names %q, got %v", m[1], issues)
			}
			continue
		}
		at := slices.IndexFunc(causes, func(c cause) bool { return strings.Contains(said, c.said) })
		if at < 0 {
			return fmt.Sprintf("no cause stands for %q, got %v", said, issues)
		}
		if !slices.ContainsFunc(issues, func(i Issue) bool { return causes[at].is(i, said) }) {
			return fmt.Sprintf("want the cause %s of %q, got %v", causes[at].code, said, issues)
		}
	}
	return ""
}

// readCorpus gives the cases, or skips the test where they are not there.
func readCorpus(t *testing.T) []corpusCase {
	t.Helper()
	cases := corpusOf(t)
	if cases == nil {
		t.Skip("corpus of XLSForms: SKIPPED, SOLIDAREN_CORPORA names no folder that holds pyxform_cases.jsonl")
	}
	return cases
}

// corpusOf reads the cases of the folder that SOLIDAREN_CORPORA names; nil
// where there are none.
func corpusOf(t testing.TB) []corpusCase {
	t.Helper()
	f, err := os.Open(filepath.Join(os.Getenv("SOLIDAREN_CORPORA"), "pyxform_cases.jsonl"))
	if err != nil {
		return nil
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
