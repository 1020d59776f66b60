package xlsform

import (
	"errors"
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
	results, err := os.ReadFile(filepath.Join(dir, "forms/pyxform-golden/RESULTS.tsv"))
	if err != nil {
		t.Skip("corpus of workbooks: SKIPPED, SOLIDAREN_CORPORA names no folder that holds forms/pyxform-golden")
	}
	passed, failed, listed := 0, 0, 0
	for i, line := range strings.Split(strings.TrimSpace(string(results)), "\n") {
		cells := strings.Split(line, "\t")
		file := filepath.Join(dir, "forms", strings.Replace(cells[0], "packages/common/src/fixtures/", "", 1))
		if _, err := os.Stat(file); i == 0 || err != nil {
			continue
		}
		golden, _ := os.ReadFile(filepath.Join(dir, "forms/pyxform-golden", strings.ReplaceAll(cells[0], "/", "__")+".xform.xml"))
		refusal := ""
		if cells[1] == "error" {
			refusal = cells[3]
		}
		problem := compare(t, file, string(golden), refusal)
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

// compare compiles a workbook; it gives how it differs from its golden XForm, or
// from the refusal of the field's own compiler, "" where it does not.
func compare(t *testing.T, file, golden, refusal string) string {
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
	case refusal != "" && err == nil:
		return "accepted, want refused"
	case refusal != "":
		var issues Errors
		errors.As(err, &issues)
		return wrongCause(issues, []string{refusal})
	case err != nil:
		return "refused: " + err.Error()
	case golden == "":
		return ""
	default:
		return cmp.Diff(canonical(t, golden), canonical(t, string(r.XForm)))
	}
}
