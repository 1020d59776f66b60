package assets_test

import (
	"bytes"
	"encoding/csv"
	"flag"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"solidaren/assets"
	"solidaren/diagnostics"
	"solidaren/diagnostics/xlsform"
	"solidaren/diagnostics/xlsform/neverask"
)

var update = flag.Bool("update", false, "write the golden files anew")

// sheet reads a sheet of a questionnaire as one map a row, by header.
func sheet(t *testing.T, form, name string) []map[string]string {
	t.Helper()
	var out []map[string]string
	for _, s := range workbook(t, form).Sheets {
		if s.Name != name {
			continue
		}
		head := s.Rows[0].Cells
		for _, row := range s.Rows[1:] {
			cells := map[string]string{}
			for i, value := range row.Cells {
				cells[head[i]] = value
			}
			out = append(out, cells)
		}
	}
	if len(out) == 0 {
		t.Fatalf("%s has no sheet %s", form, name)
	}
	return out
}

func workbook(t *testing.T, form string) *xlsform.Workbook {
	t.Helper()
	file, ok := assets.Form(form)
	if !ok {
		t.Fatalf("no form %s", form)
	}
	w, err := xlsform.ReadXLSX(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	return w
}

const (
	labelFR = "label::Français (fr)"
	labelEN = "label::English (en)"
)

// TestFormsHoldTheDomain compares the workbooks with the reference
// questionnaires, testdata/domain.tsv: the same rows in the same order, and
// every cell that decides what is asked, of whom, and what is accepted. A
// questionnaire that changes is changed in both places, on purpose.
//
// The table is the domain's, written as XPath, with this beside it:
//   - what hangs on an answer waits for it (${m_link} != ” and …);
//   - the two rights questions are required on a condition, so that an
//     interview that did not speak of rights is not held up by the first, empty,
//     instance of their repeat;
//   - income offers the ways out, too (kind = 'any');
//   - the count knows the hours of its operation (n_from, n_to), and that
//     somebody alone is one person;
//   - counts of things are not negative;
//   - groups and their titles, and the form of a place.
func TestFormsHoldTheDomain(t *testing.T) {
	want := map[string][]map[string]string{}
	for _, row := range table(t, "testdata/domain.tsv") {
		want[row["form"]] = append(want[row["form"]], row)
	}
	headers := map[string]string{"fr": labelFR, "en": labelEN, "hint fr": "hint::Français (fr)", "hint en": "hint::English (en)"}
	for _, form := range assets.FormIDs() {
		t.Run(form, func(t *testing.T) {
			got := sheet(t, form, "survey")
			if diff := cmp.Diff(names(want[form]), names(got)); diff != "" {
				t.Fatalf("rows (-domain +form):\n%s", diff)
			}
			for i, row := range want[form] {
				for column, value := range row {
					header := column
					if long, ok := headers[column]; ok {
						header = long
					}
					if column != "form" && got[i][header] != value {
						t.Errorf("%s, row %d, %s: %q, want %q", row["name"], i+2, header, got[i][header], value)
					}
				}
			}
		})
	}
	if len(want) != len(assets.FormIDs()) {
		t.Errorf("the domain has %d forms, the program %d", len(want), len(assets.FormIDs()))
	}
}

// names are the rows of a questionnaire by type and name.
func names(rows []map[string]string) []string {
	var out []string
	for _, row := range rows {
		out = append(out, row["type"]+" "+row["name"])
	}
	return out
}

func table(t *testing.T, path string) []map[string]string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimRight(string(text), "\n"), "\n")
	head := strings.Split(lines[0], "\t")
	var out []map[string]string
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, cell := range strings.Split(line, "\t") {
			row[head[i]] = cell
		}
		out = append(out, row)
	}
	return out
}

// TestFormsSpeakBothLanguages sees that no text is in one language alone.
func TestFormsSpeakBothLanguages(t *testing.T) {
	for _, form := range assets.FormIDs() {
		for _, name := range []string{"survey", "choices"} {
			for i, row := range sheet(t, form, name) {
				for header, value := range row {
					other := strings.NewReplacer("Français (fr)", "English (en)", "English (en)", "Français (fr)").Replace(header)
					if other != header && (value == "") != (row[other] == "") {
						t.Errorf("%s, %s row %d: %s is %q, %s is %q", form, name, i+2, header, value, other, row[other])
					}
				}
				asked := row["type"] != "" && !strings.HasPrefix(row["type"], "end_") && row["type"] != "calculate"
				if asked && row[labelFR] == "" {
					t.Errorf("%s: %s has no label", form, row["name"])
				}
				if (row["constraint"] != "" && row["constraint_message::Français (fr)"] == "") ||
					(row["required"] != "" && row["required_message::Français (fr)"] == "") {
					t.Errorf("%s: %s has a rule without its message", form, row["name"])
				}
			}
		}
	}
}

// TestFormsHoldTheCodeLists compares the choices with the code lists of the
// domain: every code, in its order, with its words in both languages.
func TestFormsHoldTheCodeLists(t *testing.T) {
	for _, form := range assets.FormIDs() {
		got := map[string][]string{}
		for _, row := range sheet(t, form, "choices") {
			list := row["list_name"]
			got[list] = append(got[list], fmt.Sprintf("%s=%s/%s", row["name"], row[labelFR], row[labelEN]))
		}
		for list, codes := range got {
			var want []string
			for _, c := range diagnostics.Codes(list) {
				want = append(want, fmt.Sprintf("%s=%s/%s", c.Code, c.FR, c.EN))
			}
			if diff := cmp.Diff(want, codes); diff != "" {
				t.Errorf("%s, list %s (-domain +form):\n%s", form, list, diff)
			}
		}
	}
}

// TestFormsNeverAsk sees that no questionnaire asks what no team may ask.
func TestFormsNeverAsk(t *testing.T) {
	file, err := assets.List("never-ask.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	list, err := neverask.Read(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, form := range assets.FormIDs() {
		result, err := xlsform.Compile(workbook(t, form), xlsform.CompileOptions{})
		if err != nil {
			t.Fatal(err)
		}
		for _, issue := range list.Check(result.Asked) {
			t.Errorf("%s, %s: %s", form, issue.Cell(), issue.In("en"))
		}
	}
}

// ofNames are words of questions that belong on a person's card, sealed, and in
// no questionnaire.
var ofNames = regexp.MustCompile(`(?i)date de naissance|birth date|\bnom de famille\b|surname|prénom|first name`)

// TestFormsAskNoNames sees that nobody can be recognised by a questionnaire's
// answers. Hints are left out: some say what not to write.
func TestFormsAskNoNames(t *testing.T) {
	for _, form := range assets.FormIDs() {
		for _, sheetName := range []string{"survey", "choices"} {
			for i, row := range sheet(t, form, sheetName) {
				for _, column := range []string{"name", labelFR, labelEN} {
					if word := ofNames.FindString(row[column]); word != "" {
						t.Errorf("%s, %s row %d: %q", form, sheetName, i+2, word)
					}
				}
				switch kind, _, _ := strings.Cut(row["type"], " "); kind {
				case "image", "photo", "video", "audio", "file", "geopoint", "geotrace", "geoshape", "barcode", "start-geopoint":
					t.Errorf("%s row %d: type %s", form, i+2, kind)
				}
			}
		}
	}
}

// TestTargets lists each question with what its answer is observed as; the
// golden file is what a reader looks at.
func TestTargets(t *testing.T) {
	var got strings.Builder
	for _, form := range assets.FormIDs() {
		for _, row := range sheet(t, form, "survey") {
			if strings.HasPrefix(row["type"], "begin_") || strings.HasPrefix(row["type"], "end_") || row["type"] == "note" {
				continue
			}
			observes := row["bind::sr:observes"]
			if observes == "" {
				observes = "answers only"
			} else {
				checkTarget(t, row["name"], observes)
			}
			fmt.Fprintf(&got, "%-16s %-16s %s\n", form, row["name"], observes)
			if row["bind::sr:purpose"] == "" || row["bind::sr:sensitivity"] == "" || row["bind::sr:retention"] == "" {
				if row["type"] != "calculate" {
					t.Errorf("%s: %s says no purpose, sensitivity or retention", form, row["name"])
				}
			}
		}
	}
	golden(t, "testdata/targets.golden", got.String())
}

func checkTarget(t *testing.T, question, observes string) {
	t.Helper()
	record, field, _ := strings.Cut(observes, ".")
	entity, ok := diagnostics.LookupEntity(record)
	if !ok {
		t.Errorf("%s observes %s: no such record", question, observes)
		return
	}
	if _, ok := entity.Field(field); !ok && observes != "person.link" {
		t.Errorf("%s observes %s: no such field", question, observes)
	}
}

func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got; -update writes it):\n%s", path, diff)
	}
}

func TestFormsCompile(t *testing.T) {
	for _, form := range assets.FormIDs() {
		t.Run(form, func(t *testing.T) {
			r, err := xlsform.Compile(workbook(t, form), xlsform.CompileOptions{})
			if err != nil {
				t.Fatal(err)
			}
			if r.ID != form || r.Version != "1" || r.Title == "" {
				t.Errorf("id %q, version %q, title %q", r.ID, r.Version, r.Title)
			}
			for _, w := range r.Warnings {
				t.Errorf("%s: %s", w.Cell(), w.MessageEN)
			}
			if !bytes.Contains(r.XForm, []byte(`xmlns:sr="https://solidaren.fr/xforms"`)) {
				t.Error("the namespace of sr:observes is not declared")
			}
		})
	}
}

func TestUnknownFormAndList(t *testing.T) {
	if _, ok := assets.Form("../assets"); ok {
		t.Error("a form of another folder was found")
	}
	for _, name := range []string{"absent.csv", "../forms/maraude.xlsx"} {
		if _, err := assets.List(name); err == nil {
			t.Errorf("list %s was found", name)
		}
	}
}

// TestActions sees that the directory of actions can be read as choices, and
// holds no way to reach a private person.
func TestActions(t *testing.T) {
	f, err := assets.List("actions.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"name", "label"}, rows[0][:2]); diff != "" {
		t.Error(diff)
	}
	private := regexp.MustCompile(`0[1-9]([ .-]?\d\d){4}|@|\+33`)
	seen := map[string]bool{}
	for _, row := range rows[1:] {
		if seen[row[0]] || strings.Contains(row[0], " ") || row[1] == "" {
			t.Errorf("row %q", row)
		}
		seen[row[0]] = true
		if private.MatchString(strings.Join(row, " ")) {
			t.Errorf("row %q has a phone number or an address", row)
		}
	}
	if len(seen) < 20 {
		t.Errorf("%d actions", len(seen))
	}
}
