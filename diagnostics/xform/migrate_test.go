package xform_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"solidaren/diagnostics/xform"
	"solidaren/diagnostics/xlsform"
)

// compileBook compiles a questionnaire; its side files are those of the assets.
func compileBook(t testing.TB, book *xlsform.Workbook) *xform.Form {
	t.Helper()
	compiled, err := xlsform.Compile(book, xlsform.CompileOptions{})
	if err != nil {
		t.Fatalf("compile: %v", err)
	}
	form, err := xform.Parse(bytes.NewReader(compiled.XForm), xform.Options{Files: func(name string) (io.ReadCloser, error) {
		return os.Open(filepath.Join("../../assets/lists", name))
	}})
	if err != nil {
		t.Fatalf("parse: %v", err)
	}
	return form
}

// shipped opens the workbook of a shipped form, to be edited.
func shipped(t testing.TB, name string) *xlsform.Workbook {
	t.Helper()
	book, err := xlsform.ReadFile("../../assets/forms/" + name + ".xlsx")
	if err != nil {
		t.Fatal(err)
	}
	return book
}

// editor changes a questionnaire as a coordinator does in Excel.
type editor struct{ book *xlsform.Workbook }

func (e editor) sheet(name string) *xlsform.Sheet {
	for i := range e.book.Sheets {
		if e.book.Sheets[i].Name == name {
			return &e.book.Sheets[i]
		}
	}
	return nil
}

// cell gives the place of a column in a row, adding either if it is not there.
func (e editor) cell(sheet string, row int, column string) *string {
	s := e.sheet(sheet)
	at := slices.Index(s.Rows[0].Cells, column)
	if at < 0 {
		at = len(s.Rows[0].Cells)
		s.Rows[0].Cells = append(s.Rows[0].Cells, column)
	}
	cells := &s.Rows[row].Cells
	for len(*cells) <= at {
		*cells = append(*cells, "")
	}
	return &(*cells)[at]
}

func (e editor) row(name string) int {
	return slices.IndexFunc(e.sheet("survey").Rows, func(r xlsform.Row) bool { return len(r.Cells) > 1 && r.Cells[1] == name })
}

// insert puts a row of a type, a name and a French label before another.
func (e editor) insert(at int, cells ...string) {
	s := e.sheet("survey")
	s.Rows = slices.Insert(s.Rows, at, xlsform.Row{Cells: cells})
	for i := range s.Rows {
		s.Rows[i].Number = i + 1
	}
}

// wrap puts begin and end rows around a question.
func (e editor) wrap(name, kind, around string) {
	at := e.row(name)
	e.insert(at, "begin_"+kind, around, "Autour", "Around")
	e.insert(at+2, "end_"+kind, around)
}

func (e editor) remove(sheet string, gone func(cells []string) bool) {
	s := e.sheet(sheet)
	s.Rows = slices.DeleteFunc(s.Rows, func(r xlsform.Row) bool { return gone(r.Cells) })
}

// shippedForms names, in each shipped form, a question of words that nothing
// reads, its group, and a question with choices.
var shippedForms = []struct{ form, group, words, coded, list string }{
	{"maraude", "/data/m_screen3", "m_weak", "/data/m_screen3/m_str", "strength"},
	{"entretien", "/data/i_activity", "e_skills", "/data/h_social/e_like", "like"},
	{"lieu", "/data/l_seen", "l_note", "/data/l_seen/l_atmosphere", "atmosphere"},
}

func TestMigrateShipped(t *testing.T) {
	for _, form := range shippedForms {
		was := form.group + "/" + form.words
		codes := choiceCodes(t, form.form, form.list)[:2]
		label := ""
		for _, change := range []struct {
			name   string
			edit   func(editor)
			value  string // of the words
			now    string // where they are; "": not at all
			orphan string
			code   string // that is gone
		}{
			{"nothing", func(editor) {}, "paroles", was, "", ""},
			{"added", func(e editor) {
				e.insert(e.row(form.words), "text", "zz_new", "Nouveau", "New")
				*e.cell("survey", e.row("zz_new"), "default") = "neuf"
			}, "paroles", was, "", ""},
			{"removed", func(e editor) {
				e.remove("survey", func(c []string) bool { return c[1] == form.words })
			}, "paroles", "", "paroles", ""},
			{"renamed", func(e editor) {
				*e.cell("survey", e.row(form.words), "bind::sr:was") = form.words
				*e.cell("survey", e.row(form.words), "name") = "zz_other"
			}, "paroles", form.group + "/zz_other", "", ""},
			{"renamed by its path", func(e editor) {
				*e.cell("survey", e.row(form.words), "bind::sr:was") = "zz_before " + was
				*e.cell("survey", e.row(form.words), "name") = "zz_other"
			}, "paroles", form.group + "/zz_other", "", ""},
			{"moved into a group", func(e editor) { e.wrap(form.words, "group", "zz_group") }, "paroles", form.group + "/zz_group/" + form.words, "", ""},
			{"a repeat around it", func(e editor) { e.wrap(form.words, "repeat", "zz_repeat") }, "paroles", form.group + "/zz_repeat[1]/" + form.words, "", ""},
			{"another type", func(e editor) { *e.cell("survey", e.row(form.words), "type") = "integer" }, "paroles", "", "paroles", ""},
			{"another type that fits", func(e editor) { *e.cell("survey", e.row(form.words), "type") = "integer" }, "12", was, "", ""},
			{"choice removed", func(e editor) {
				e.remove("choices", func(c []string) bool { return c[0] == form.list && c[1] == codes[0] })
			}, "paroles", was, "", codes[0]},
		} {
			t.Run(form.form+"/"+change.name, func(t *testing.T) {
				first := compileBook(t, shipped(t, form.form))
				s := begin(t, first)
				chosen := codes[0]
				coded, _ := s.Node(form.coded)
				if coded.Control == "select" {
					chosen = strings.Join(codes, " ")
				}
				play(t, s, was+"="+change.value, form.coded+"="+chosen)
				n, _ := s.Node(was)
				label = n.Label

				second := editor{shipped(t, form.form)}
				change.edit(second)
				*second.cell("settings", 1, "version") = "2"
				next, got := migrated(t, compileBook(t, second.book), first, s)

				var want []xform.Orphan
				if change.orphan != "" {
					want = append(want, xform.Orphan{Ref: was, Label: label, Value: change.orphan, Version: "1"})
				}
				if change.code != "" {
					want = append(want, xform.Orphan{Ref: form.coded, Label: coded.Label, Value: change.code, Version: "1"})
				}
				if diff := cmp.Diff(want, got.Orphans); diff != "" {
					t.Errorf("orphans: %s", diff)
				}
				if wantMoved := change.now != "" && change.now != was; wantMoved {
					wantRenamed := []xform.Renamed{{From: was, Answer: xform.Answer{Ref: change.now, Label: label, Value: change.value}}}
					if diff := cmp.Diff(wantRenamed, got.Renamed); diff != "" {
						t.Errorf("renamed: %s", diff)
					}
				} else if len(got.Renamed) > 0 {
					t.Errorf("renamed: %v", got.Renamed)
				}
				if change.now != "" && show(t, next, change.now) != change.value {
					t.Errorf("%s: got %q, want %q", change.now, show(t, next, change.now), change.value)
				}
				keepsTheRest(t, s, next, got, was, form.coded)
				if left := strings.TrimSpace(strings.TrimPrefix(chosen, change.code)); strings.Fields(show(t, next, form.coded) + " .")[0] != strings.Fields(left + " .")[0] {
					t.Errorf("choices now %q, want %q", show(t, next, form.coded), left)
				}
				if change.name == "added" && show(t, next, form.group+"/zz_new") != "neuf" {
					t.Error("an added question has no default")
				}
			})
		}
	}
}

func choiceCodes(t *testing.T, form, list string) (codes []string) {
	for _, r := range (editor{shipped(t, form)}).sheet("choices").Rows {
		if r.Cells[0] == list {
			codes = append(codes, r.Cells[1])
		}
	}
	return codes
}

// migrated brings a session to another version, and sees that its orphans are
// still there after it is saved and restored.
func migrated(t *testing.T, to, from *xform.Form, s *xform.Session) (*xform.Session, xform.Migration) {
	t.Helper()
	state, err := s.Save()
	if err != nil {
		t.Fatal(err)
	}
	o := options()
	o.Former = from
	next, report, err := to.Migrate(state, o)
	if err != nil {
		t.Fatal(err)
	}
	if report.From != from.Version() || report.To != to.Version() {
		t.Errorf("from %q to %q", report.From, report.To)
	}
	if state, err = next.Save(); err != nil {
		t.Fatal(err)
	}
	again, err := to.Restore(state, options())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(next.Orphans(), again.Orphans()); diff != "" {
		t.Errorf("orphans after a save: %s", diff)
	}
	if diff := cmp.Diff(next.Nodes(), again.Nodes()); diff != "" {
		t.Errorf("nodes after a save: %s", diff)
	}
	return next, report
}

// keepsTheRest sees that every other answer is where it was, and is told.
func keepsTheRest(t *testing.T, before, after *xform.Session, report xform.Migration, except ...string) {
	t.Helper()
	kept := map[string]string{}
	for _, a := range report.Kept {
		kept[a.Ref] = a.Value
	}
	for _, n := range before.Nodes() {
		if n.Kind != xform.KindQuestion || n.Value == "" || slices.Contains(except, n.Ref) {
			continue
		}
		if now, ok := after.Node(n.Ref); !ok || now.Value != n.Value || kept[n.Ref] != n.Value {
			t.Errorf("%s: got %q, told %q, want %q", n.Ref, now.Value, kept[n.Ref], n.Value)
		}
	}
}

// versioned is a form of a version; sr:was stands in its binds.
func versioned(version, instance, binds, body string) string {
	source := document(instance, binds, body)
	source = strings.Replace(source, `<data id="t">`, `<data id="t" version="`+version+`">`, 1)
	return strings.Replace(source, "<h:html ", `<h:html xmlns:sr="https://example.org" `, 1)
}

// TestMigrateRepeats holds changes of repeats and groups, one after the other.
func TestMigrateRepeats(t *testing.T) {
	first := versioned("1", `<g><r><a/><b/></r></g>`, "", `<repeat nodeset="/data/g/r"><input ref="/data/g/r/a"/><input ref="/data/g/r/b"/></repeat>`)
	steps := []string{"+/data/g/r", "/data/g/r[1]/a=1", "/data/g/r[2]/a=2", "/data/g/r[2]/b=x"}
	orphan := func(ref, value string) xform.Orphan { return xform.Orphan{Ref: ref, Value: value, Version: "1"} }
	for _, test := range []struct {
		name, second string
		want         map[string]string
		orphans      []xform.Orphan
	}{
		{
			"repeat and group renamed", versioned("2", `<h><s><a/><b/></s></h>`, `<bind nodeset="/data/h" sr:was="g"/><bind nodeset="/data/h/s" sr:was="r"/>`, `<repeat nodeset="/data/h/s"><input ref="/data/h/s/a"/><input ref="/data/h/s/b"/></repeat>`),
			map[string]string{"/data/h/s[1]/a": "1", "/data/h/s[2]/a": "2", "/data/h/s[2]/b": "x", "/data/h/s[3]": "absent"},
			nil,
		},
		{
			"repeat gone", versioned("2", `<a/><b/>`, "", `<input ref="/data/a"/><input ref="/data/b"/>`),
			map[string]string{"/data/a": "1", "/data/b": ""},
			[]xform.Orphan{orphan("/data/g/r[2]/a", "2"), orphan("/data/g/r[2]/b", "x")},
		},
		{
			"question gone", versioned("2", `<g><r><a/></r></g>`, "", `<repeat nodeset="/data/g/r"><input ref="/data/g/r/a"/></repeat>`),
			map[string]string{"/data/g/r[2]/a": "2"},
			[]xform.Orphan{orphan("/data/g/r[2]/b", "x")},
		},
		{
			"question moved out", versioned("2", `<g><r><a/></r></g><b/>`, "", `<repeat nodeset="/data/g/r"><input ref="/data/g/r/a"/></repeat><input ref="/data/b"/>`),
			map[string]string{"/data/g/r[2]/a": "2", "/data/b": ""},
			[]xform.Orphan{orphan("/data/g/r[2]/b", "x")},
		},
		{
			"counted: fewer", versioned("2", `<g><r><a/><b/></r></g>`, "", `<repeat nodeset="/data/g/r" jr:count="1"><input ref="/data/g/r/a"/><input ref="/data/g/r/b"/></repeat>`),
			map[string]string{"/data/g/r[1]/a": "1", "/data/g/r[2]": "absent"},
			[]xform.Orphan{orphan("/data/g/r[2]/a", "2"), orphan("/data/g/r[2]/b", "x")},
		},
		{
			"calculated now", versioned("2", `<g><r><a/><b/></r></g>`, `<bind nodeset="/data/g/r/b" calculate="../a * 10"/>`, `<repeat nodeset="/data/g/r"><input ref="/data/g/r/a"/></repeat>`),
			map[string]string{"/data/g/r[2]/b": "20"},
			[]xform.Orphan{orphan("/data/g/r[2]/b", "x")},
		},
		{
			"the same version, changed all the same", versioned("1", `<g><r><a/></r></g>`, "", `<repeat nodeset="/data/g/r"><input ref="/data/g/r/a"/></repeat>`),
			map[string]string{"/data/g/r[2]/a": "2"},
			[]xform.Orphan{orphan("/data/g/r[2]/b", "x")},
		},
		{
			"irrelevant now", versioned("2", `<g><r><a/><b/></r></g>`, `<bind nodeset="/data/g" relevant="false()"/>`, `<repeat nodeset="/data/g/r"><input ref="/data/g/r/a"/><input ref="/data/g/r/b"/></repeat>`),
			map[string]string{"/data/g/r[2]/b": "x irrelevant"},
			nil,
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := begin(t, parse(t, first))
			play(t, s, steps...)
			state, err := s.Save()
			if err != nil {
				t.Fatal(err)
			}
			next, err := parse(t, test.second).Restore(state, options())
			if err != nil {
				t.Fatal(err)
			}
			for ref, want := range test.want {
				if got := show(t, next, ref); got != want {
					t.Errorf("%s: got %q, want %q", ref, got, want)
				}
			}
			if diff := cmp.Diff(test.orphans, next.Orphans()); diff != "" {
				t.Errorf("orphans: %s", diff)
			}
			t.Run("and back", func(t *testing.T) {
				again, report := migrated(t, parse(t, strings.Replace(first, `version="1"`, `version="3"`, 1)), next.Form(), next)
				if got := show(t, again, "/data/g/r[2]/a"); len(test.orphans) < 2 && got != "2" {
					t.Errorf("a is %q, report %+v", got, report)
				}
				if got := show(t, again, "/data/g/r[2]/b"); len(test.orphans) < 2 && test.name != "calculated now" && !strings.HasPrefix(got, "x") {
					t.Errorf("b is %q, report %+v", got, report)
				}
				all := len(again.Orphans())
				for _, n := range again.Nodes() {
					if n.Kind == xform.KindQuestion && n.Value != "" {
						all++
					}
				}
				if all != 3 && test.name != "calculated now" {
					t.Errorf("%d answers and orphans of 3: %+v", all, report)
				}
			})
		})
	}
}
