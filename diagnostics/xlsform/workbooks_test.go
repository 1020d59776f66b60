package xlsform

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// rootOf finds the name of the root element of an XForm's primary instance.
var rootOf = regexp.MustCompile(`<instance>\s*<([^\s/>]+)`)

// TestCorpusWorkbooks compiles the spreadsheets of the folder that
// SOLIDAREN_CORPORA names, and compares them with what the field's own
// compiler made of them.
func TestCorpusWorkbooks(t *testing.T) {
	dir := os.Getenv("SOLIDAREN_CORPORA")
	if dir == "" {
		t.Skip("corpus of workbooks SKIPPED: SOLIDAREN_CORPORA is not set")
	}
	results, err := os.ReadFile(filepath.Join(dir, "forms/pyxform-golden/RESULTS.tsv"))
	if err != nil {
		t.Skipf("corpus of workbooks SKIPPED: %v", err)
	}
	passed, failed, listed := 0, 0, 0
	for i, line := range strings.Split(strings.TrimSpace(string(results)), "\n") {
		cells := strings.Split(line, "\t")
		file := filepath.Join(dir, "forms", strings.Replace(cells[0], "packages/common/src/fixtures/", "", 1))
		if _, err := os.Stat(file); i == 0 || err != nil {
			continue
		}
		golden, _ := os.ReadFile(filepath.Join(dir, "forms/pyxform-golden", strings.ReplaceAll(cells[0], "/", "__")+".xform.xml"))
		problem := compare(t, file, string(golden), cells[1] == "error")
		switch {
		case problem == "":
			passed++
		case reasonFor(cells[0], string(golden)) != "":
			listed++
		default:
			failed++
			t.Errorf("%s: %s", cells[0], problem)
		}
	}
	t.Logf("corpus of workbooks: %d passed, %d failed, %d listed with reasons", passed, failed, listed)
}

func compare(t *testing.T, file, golden string, refused bool) string {
	t.Helper()
	w, err := ReadFile(file)
	var r *Result
	if err == nil {
		o := CompileOptions{ID: strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))}
		if m := rootOf.FindStringSubmatch(golden); m != nil {
			o.Name = m[1]
		}
		r, err = Compile(w, o)
	}
	switch {
	case refused && err == nil:
		return "accepted, want refused"
	case refused:
		return ""
	case err != nil:
		return "refused: " + err.Error()
	case golden == "":
		return ""
	default:
		return cmp.Diff(canonical(t, golden), canonical(t, string(r.XForm)))
	}
}
