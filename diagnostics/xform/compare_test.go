package xform_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"solidaren/diagnostics/xform"
	"solidaren/diagnostics/xlsform"
)

// TestCompare says how a version of each shipped form differs from the one
// before, for a change of each kind.
func TestCompare(t *testing.T) {
	for _, form := range shippedForms {
		was := form.group + "/" + form.words
		codes := choiceCodes(t, form.form, form.list)
		relabel := func(e editor, sheet string, row int) { *e.cell(sheet, row, "label::Français (fr)") = "Autre libellé" }
		first := func(e editor) int {
			for i, r := range e.sheet("choices").Rows {
				if r.Cells[0] == form.list && r.Cells[1] == codes[0] {
					return i
				}
			}
			return -1
		}
		for _, change := range []struct {
			name string
			edit func(editor)
			want map[string]string // path → what of it has changed
		}{
			{"nothing", func(editor) {}, map[string]string{}},
			{"added", func(e editor) { e.insert(e.row(form.words), "text", "zz_new", "Nouveau", "New") }, map[string]string{form.group + "/zz_new": "added"}},
			{"removed", func(e editor) { e.remove("survey", func(c []string) bool { return c[1] == form.words }) }, map[string]string{was: "removed"}},
			{"renamed", func(e editor) {
				*e.cell("survey", e.row(form.words), "bind::sr:was") = form.words
				*e.cell("survey", e.row(form.words), "name") = "zz_other"
			}, map[string]string{form.group + "/zz_other": "from " + was}},
			{
				"moved into a group", func(e editor) { e.wrap(form.words, "group", "zz_group") },
				map[string]string{form.group + "/zz_group/" + form.words: "from " + was},
			},
			{"another type", func(e editor) { *e.cell("survey", e.row(form.words), "type") = "integer" }, map[string]string{was: "type"}},
			{"another label", func(e editor) { relabel(e, "survey", e.row(form.words)) }, map[string]string{was: "label"}},
			{"required", func(e editor) { *e.cell("survey", e.row(form.words), "required") = "yes" }, map[string]string{was: "required"}},
			{"constraint", func(e editor) { *e.cell("survey", e.row(form.words), "constraint") = ". != 'x'" }, map[string]string{was: "constraint"}},
			{"choice relabelled", func(e editor) { relabel(e, "choices", first(e)) }, map[string]string{form.coded: "choices"}},
			{"choice removed", func(e editor) {
				e.remove("choices", func(c []string) bool { return c[0] == form.list && c[1] == codes[len(codes)-1] })
			}, map[string]string{form.coded: "choices"}},
			{"choices the other way round", func(e editor) {
				rows, at := e.sheet("choices").Rows, first(e)
				rows[at], rows[at+1] = rows[at+1], rows[at]
			}, map[string]string{form.coded: "order"}},
		} {
			t.Run(form.form+"/"+change.name, func(t *testing.T) {
				second := editor{shipped(t, form.form)}
				change.edit(second)
				got, err := compileBook(t, second.book).Compare(compileBook(t, shipped(t, form.form)), "Français (fr)")
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(change.want, flat(got)); diff != "" {
					t.Error(diff)
				}
				if got.Empty() != (len(change.want) == 0) {
					t.Errorf("empty: %v", got.Empty())
				}
			})
		}
	}
}

// flat is what a comparison says, a path at a time.
func flat(c xform.Comparison) map[string]string {
	out := map[string]string{}
	for _, q := range c.Added {
		out[q.Path] = "added"
	}
	for _, q := range c.Removed {
		out[q.Path] = "removed"
	}
	for _, q := range c.Renamed {
		out[q.Path] = "from " + q.From
	}
	for _, q := range c.Changed {
		for _, what := range q.What {
			out[q.Path] += string(what)
		}
	}
	return out
}

// TestCompareNamesChoices: which choices came and went is told with their words,
// whatever filters them.
func TestCompareNamesChoices(t *testing.T) {
	const survey = `
| survey | | | | |
| | type | name | label | choice_filter |
| | text | town | Ville | |
| | select_one q | where | Quartier | town = ${town} |
| choices | | | | |
| | list_name | name | label | town |
| | q | a | Nord | x |
`
	forms := map[string]*xform.Form{}
	for name, rows := range map[string]string{"before": "| | q | b | Sud | y |\n", "after": "| | q | c | Est | y |\n"} {
		book, err := xlsform.ReadMarkdown(survey + rows)
		if err != nil {
			t.Fatal(err)
		}
		forms[name] = compileBook(t, book)
	}
	got, err := forms["after"].Compare(forms["before"], "")
	if err != nil {
		t.Fatal(err)
	}
	want := []xform.ChangedQuestion{{
		Asked: xform.Asked{Path: "/data/where", Name: "where", Label: "Quartier"}, What: []xform.Difference{xform.ChoicesChanged},
		AddedChoices: []xform.Choice{{Value: "c", Label: "Est"}}, RemovedChoices: []xform.Choice{{Value: "b", Label: "Sud"}},
	}}
	if diff := cmp.Diff(want, got.Changed); diff != "" {
		t.Error(diff)
	}
}
