package main

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"solidaren/cmd/internal/notebook"
	"solidaren/diagnostics"
	"solidaren/diagnostics/store"
)

// laptop is a notebook of the test, used through the command line.
type laptop struct {
	t     *testing.T
	flags []string
}

func newLaptop(t *testing.T) laptop {
	t.Helper()
	dir := t.TempDir()
	phrase := filepath.Join(dir, "phrase")
	if err := os.WriteFile(phrase, []byte("pommier tempête lanterne gravier moulin\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	l := laptop{t, []string{"--json", "--lang", "en", "--vault", filepath.Join(dir, "vault"), "--passphrase-file", phrase}}
	l.must("vault", "create")
	return l
}

// run does a command line and gives its status, its output and its sentence.
func (l laptop) run(args ...string) (status int, out, sentence string) {
	var stdout, stderr bytes.Buffer
	status = run(l.t.Context(), append(args, l.flags...), streams{strings.NewReader(""), &stdout, &stderr})
	return status, stdout.String(), strings.TrimSpace(stderr.String())
}

// must does a command line that succeeds and gives its JSON object.
func (l laptop) must(args ...string) map[string]any {
	l.t.Helper()
	status, out, sentence := l.run(args...)
	if status != 0 {
		l.t.Fatalf("%s: status %d: %s", strings.Join(args, " "), status, sentence)
	}
	var object map[string]any
	if err := json.Unmarshal([]byte(out), &object); err != nil {
		l.t.Fatalf("%s prints no JSON object: %s", args[0], out)
	}
	return object
}

// refused does a command line that fails with a status and one sentence.
func (l laptop) refused(want int, args ...string) string {
	l.t.Helper()
	status, out, sentence := l.run(args...)
	if status != want || out != "" || sentence == "" || strings.Contains(sentence, "\n") || strings.HasPrefix(sentence, "Fault") {
		l.t.Errorf("%s: status %d, output %q, sentence %q; want status %d and one clear sentence", args[0], status, out, sentence, want)
	}
	return sentence
}

// A second program on an open notebook is told so.
func TestOpenElsewhere(t *testing.T) {
	l := newLaptop(t)
	phrase, err := os.ReadFile(l.flags[len(l.flags)-1])
	if err != nil {
		t.Fatal(err)
	}
	nb, err := notebook.Open(t.Context(), l.flags[4], strings.TrimSpace(string(phrase)), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	other := exec.CommandContext(t.Context(), self)
	other.Args = append([]string{"solidarenctl", "search", "Loulou"}, l.flags...)
	said, err := other.CombinedOutput()
	if got := other.ProcessState.ExitCode(); got != 1 || bytes.Count(said, []byte("\n")) != 1 {
		t.Errorf("second program: status %d (%v), %q; want status 1 and one sentence", got, err, said)
	}
	if err := nb.Close(); err != nil {
		t.Fatal(err)
	}
	l.must("search", "Loulou")
}

// What goes in comes out: the needs that the demo says it made are those that
// the workbook counts.
func TestExportCountsEveryNeed(t *testing.T) {
	l := newLaptop(t)
	made := l.must("demo", "fill", "--persons", "40", "--seed", "5")["records"].(map[string]any)[diagnostics.TypeNeed].(float64)
	out := filepath.Join(t.TempDir(), "needs.xlsx")
	l.must("export", "needs", "--from", "2024-07-01", "--to", "2026-06-30", "--audience", "group", "--out", out)
	book, err := excelize.OpenFile(out)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	sheet := slices.IndexFunc(book.GetSheetList(), func(name string) bool { return strings.HasPrefix(name, "04_") })
	rows, err := book.GetRows(book.GetSheetList()[sheet], excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range rows {
		if column := slices.IndexFunc(row, func(head string) bool { return strings.HasPrefix(head, "Total\nneeds") }); column >= 0 {
			if got := rows[i+1][column]; got != strconv.Itoa(int(made)) {
				t.Errorf("the workbook counts %s needs, %v were made", got, made)
			}
			return
		}
	}
	t.Errorf("no column of totals in %v", rows)
}

// persons lists the persons of a notebook.
func (l laptop) persons() []diagnostics.PersonRow {
	l.t.Helper()
	phrase, err := os.ReadFile(l.flags[len(l.flags)-1])
	if err != nil {
		l.t.Fatal(err)
	}
	nb, err := notebook.Open(l.t.Context(), l.flags[4], strings.TrimSpace(string(phrase)), time.Now)
	if err != nil {
		l.t.Fatal(err)
	}
	defer nb.Close()
	rows, err := nb.Store.Persons(l.t.Context(), store.PersonFilter{Limit: 100})
	if err != nil {
		l.t.Fatal(err)
	}
	return rows
}

// What was not sent is taken out of a notebook into a new one, and is told.
func TestVaultRescue(t *testing.T) {
	l := newLaptop(t)
	l.must("demo", "fill", "--persons", "3", "--seed", "1")
	before := l.persons()
	into := filepath.Join(t.TempDir(), "new")
	done := l.must("vault", "rescue", "--into", into)
	if done["ops"].(float64) < 10 || done["lost"].(float64) != 0 || done["into"] != into {
		t.Errorf("rescued %v", done)
	}
	l.refused(1, "vault", "rescue", "--into", into) // holds a notebook by now
	fresh := laptop{t, slices.Clone(l.flags)}
	fresh.flags[4] = into
	if diff := cmp.Diff(before, fresh.persons()); diff != "" || len(before) == 0 {
		t.Errorf("persons (-before +after):\n%s", diff)
	}
}

// A person's rights without a window: the document, a request with its month,
// more time, an answer, and the erasure.
func TestRights(t *testing.T) {
	l := newLaptop(t)
	l.must("demo", "fill", "--persons", "5", "--seed", "1")
	persons := l.persons()
	code := persons[0].Code
	pdf, data := filepath.Join(t.TempDir(), "d.pdf"), filepath.Join(t.TempDir(), "d.json")
	done := l.must("rights", "access", code, "--out", pdf, "--json-out", data)
	written, err := os.ReadFile(pdf)
	if err != nil || !bytes.HasPrefix(written, []byte("%PDF")) || done["records"].(float64) < 3 {
		t.Errorf("the document: %v, %v", done, err)
	}
	if info, err := os.Stat(data); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the data are open to others: %v, %v", info, err)
	}
	request := l.must("rights", "request", code, "--kind", "erase", "--identity", "code", "--received", "2026-01-31")
	id := request["id"].(string)
	if request["due_on"] != "2026-02-28" {
		t.Errorf("request %v", request)
	}
	l.refused(1, "rights", "extend", id, "--why", "bof")
	if more := l.must("rights", "extend", id, "--why", "Dossier dans deux équipes à la fois"); more["due_on"] != "2026-04-30" {
		t.Errorf("extended %v", more)
	}
	if all := l.must("rights", "list")["requests"].([]any); len(all) != 1 {
		t.Errorf("requests %v", all)
	}
	l.refused(1, "rights", "access", "nobody", "--out", pdf)
	l.refused(1, "rights", "archive", code, "--until", "2030-01-01", "--why", "bof")
	if kept := l.must("rights", "archive", code, "--until", "2030-01-01", "--why", "Recours en cours au tribunal administratif"); kept["kept_until"] != "2030-01-01" {
		t.Errorf("archived %v", kept)
	}
	if gone := l.must("rights", "erase", code, "--request", id); gone["records"].(float64) < 3 {
		t.Errorf("erased %v", gone)
	}
	l.refused(1, "rights", "access", code, "--out", pdf)
	l.must("rights", "retention", "--days", "100")
	log := l.must("rights", "log")
	if log["verified"] != true || log["entries"].([]any)[0].(map[string]any)["action"] != "erase" {
		t.Errorf("log %v", log)
	}
}
