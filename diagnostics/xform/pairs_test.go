package xform_test

import (
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"solidaren/diagnostics"
	"solidaren/diagnostics/xform"
	"solidaren/diagnostics/xlsform"
)

// pairs are the forms of the corpora that there are as workbook and as XForm.
// One of the three workbooks is of the kind before .xlsx, whatever its name: it
// is refused as such, and compared once a spreadsheet program has saved it anew.
var pairs = []struct {
	name string
	old  bool
}{{"all-question-types-v2024091201-3", false}, {"ifrc-distribution-site-assessment-v1", true}, {"socio-economic-survey-v20240515", false}}

// TestPairs fills both forms of a pair with the same random answers, and sees
// the same after each.
func TestPairs(t *testing.T) {
	folder := os.Getenv("SOLIDAREN_CORPORA")
	if folder == "" {
		t.Skip("corpus of pairs: SKIPPED, SOLIDAREN_CORPORA names no folder of corpora")
	}
	folder = filepath.Join(folder, "forms", "web-forms", "preview-service")
	passed, failed, listed := 0, 0, 0
	for _, pair := range pairs {
		ok := t.Run(pair.name, func(t *testing.T) {
			given, err := os.ReadFile(filepath.Join(folder, "xforms", pair.name+".xml"))
			if err != nil {
				t.Fatal(err)
			}
			theirs := pairSession(t, folder, string(given))
			workbook := filepath.Join(folder, "xlsforms", pair.name+".xlsx")
			if pair.old {
				if workbook = saveAnew(t, workbook); workbook == "" {
					listed++
					t.Log("listed: a workbook of Excel 97 is refused, and no spreadsheet program is here to save it anew")
					return
				}
			}
			book, err := xlsform.ReadFile(workbook)
			if err != nil {
				t.Fatal(err)
			}
			compiled, err := xlsform.Compile(book, xlsform.CompileOptions{})
			if err != nil {
				t.Fatal(err)
			}
			walkPair(t, pairSession(t, folder, string(compiled.XForm)), theirs)
			passed++
		})
		if !ok {
			failed++
		}
	}
	t.Logf("corpus of pairs: %d passed, %d failed, %d listed with reasons", passed, failed, listed)
}

// saveAnew sees that a workbook of the old kind is refused with what to do
// about it, and does it: it saves it as .xlsx with LibreOffice. It gives "" where
// that is not installed.
func saveAnew(t *testing.T, path string) string {
	t.Helper()
	_, err := xlsform.ReadFile(path)
	if diagnostics.Code(err) != diagnostics.CodeInvalid || !strings.Contains(diagnostics.Sentence(err, "fr"), "ancienne version d'Excel") {
		t.Errorf("a workbook of the old kind: %v", err)
	}
	office, err := exec.LookPath("soffice")
	if err != nil {
		return ""
	}
	folder := t.TempDir()
	old := filepath.Join(folder, "old.xls")
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(old, content, 0o600); err != nil {
		t.Fatal(err)
	}
	profile := "-env:UserInstallation=file://" + filepath.ToSlash(filepath.Join(folder, "profile"))
	out, err := exec.CommandContext(t.Context(), office, profile, "--headless", "--convert-to", "xlsx", "--outdir", folder, old).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return filepath.Join(folder, "old.xlsx")
}

func pairSession(t *testing.T, folder, source string) *xform.Session {
	t.Helper()
	form, err := xform.Parse(strings.NewReader(source), xform.Options{Files: func(name string) (io.ReadCloser, error) {
		return sideFile(folder, name)
	}})
	if err != nil {
		t.Fatal(err)
	}
	return begin(t, form)
}

// alike compares nodes; ids of records are never the same.
var alike = cmp.Options{
	cmpopts.IgnoreFields(xform.Node{}, "Attrs"),
	cmp.FilterValues(func(a, b string) bool { return strings.HasPrefix(a, "uuid:") && strings.HasPrefix(b, "uuid:") }, cmp.Ignore()),
}

// walkPair does the same 300 steps in both sessions.
func walkPair(t *testing.T, ours, theirs *xform.Session) {
	t.Helper()
	random := rand.New(rand.NewPCG(7, 7))
	answered := 0
	for range 300 {
		nodes := ours.Nodes()
		n := nodes[random.IntN(len(nodes))]
		value := pairAnswer(n, random)
		if value != "" && n.Kind == xform.KindQuestion {
			answered++
		}
		want, wantErr := pairStep(theirs, n, value)
		got, gotErr := pairStep(ours, n, value)
		if diff := cmp.Diff(want, got); diff != "" || diagnostics.Code(wantErr) != diagnostics.Code(gotErr) {
			t.Fatalf("changes of %s=%s (-XForm, +workbook): %s, %v, %v", n.Ref, value, diff, wantErr, gotErr)
		}
		if diff := cmp.Diff(theirs.Nodes(), ours.Nodes(), alike); diff != "" {
			t.Fatalf("after %s=%s (-XForm, +workbook): %s", n.Ref, value, diff)
		}
	}
	if diff := cmp.Diff(theirs.Validate(), ours.Validate()); diff != "" {
		t.Fatalf("problems (-XForm, +workbook): %s", diff)
	}
	if answered < 30 {
		t.Errorf("only %d questions were answered", answered)
	}
}

// pairAnswer draws an answer that a node may take.
func pairAnswer(n xform.Node, random *rand.Rand) string {
	switch {
	case len(n.Choices) > 0 && random.IntN(8) > 0:
		return n.Choices[random.IntN(len(n.Choices))].Value
	case n.Type == "int" || n.Type == "decimal":
		return strconv.Itoa(random.IntN(40))
	case n.Type == "date":
		return "2026-0" + strconv.Itoa(1+random.IntN(9)) + "-11"
	}
	return []string{"", "x", "yes", "48.1 -1.7 0 0"}[random.IntN(4)]
}

// pairStep answers a question, or adds or removes an instance.
func pairStep(s *xform.Session, n xform.Node, value string) (xform.Changes, error) {
	switch {
	case n.Kind == xform.KindRepeat:
		return s.AddRepeat(n.Ref)
	case strings.HasSuffix(n.Ref, "]"):
		return s.RemoveRepeat(n.Ref)
	}
	return s.Set(n.Ref, value)
}
