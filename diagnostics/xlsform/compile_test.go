package xlsform

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"solidaren/diagnostics"
)

func compileMarkdown(t *testing.T, md string) (*Result, error) {
	t.Helper()
	w, err := ReadMarkdown(md)
	if err != nil {
		t.Fatal(err)
	}
	return Compile(w, CompileOptions{})
}

// faultyForms hold one fault each: its cell, its code, and a word that its
// sentence must say.
var faultyForms = []struct{ name, md, at, code, says string }{
	{"unknown type", `
			| survey |      |      |       |
			|        | type | name | label |
			|        | txet | q    | Q     |`, "survey!A2", "unknown_type", "text"},
	{"missing reference", `
			| survey |      |       |       |              |
			|        | type | name  | label | relevant     |
			|        | text | place | P     |              |
			|        | text | q     | Q     | ${palce} = 1 |`, "survey!D3", "missing_reference", "place"},
	{"unknown list", `
			| survey  |                    |      |       |
			|         | type               | name | label |
			|         | select_one distict | q    | Q     |
			| choices |                    |      |       |
			|         | list_name          | name | label |
			|         | district           | q01  | One   |`, "survey!A2", "unknown_list", "district"},
	{"no choices sheet", `
			| survey  |              |      |       |
			|         | type         | name | label |
			|         | select_one l | q    | Q     |
			| chioces |              |      |       |
			|         | list_name    | name | label |
			|         | l            | a    | A     |`, "survey!A2", "no_choices", "chioces"},
	{"name twice", `
			| survey |      |      |       |
			|        | type | name | label |
			|        | text | q    | Q     |
			|        | text | q    | Q     |`, "survey!B3", "name_twice", "q"},
	{"group not closed", `
			| survey |             |      |       |
			|        | type        | name | label |
			|        | begin_group | g    | G     |
			|        | text        | q    | Q     |`, "survey!A2", "unclosed", "begin_group"},
	{"end without begin", `
			| survey |            |      |       |
			|        | type       | name | label |
			|        | text       | q    | Q     |
			|        | end_repeat | r    |       |`, "survey!A3", "unopened", "end_repeat"},
	{"bad name", `
			| survey |      |      |       |
			|        | type | name | label |
			|        | text | 2 q  | Q     |`, "survey!B2", "bad_name", "2 q"},
	{"no type column", `
			| survey |      |       |
			|        | name | label |
			|        | q    | Q     |`, "survey!1", "missing_column", "type"},
	{"two headers for one column", `
			| survey |      |      |          |           |       |
			|        | type | name | relevant | relevance | label |
			|        | text | q    | 1        | 1         | Q     |`, "survey!D1", "duplicate_column", "relevance"},
	{"unknown parameter", `
			| survey |      |      |       |            |
			|        | type | name | label | parameters |
			|        | text | q    | Q     | lines=3    |`, "survey!D2", "parameter_unknown", "rows"},
	{"prefix not declared", `
			| survey |      |      |       |                   |
			|        | type | name | label | bind::sr:observes |
			|        | text | q    | Q     | need.own_words    |`, "survey!D1", "attribute_prefix", "namespaces"},
	{"attribute that is no name", `
			| survey |      |      |       |            |
			|        | type | name | label | bind::a<b  |
			|        | text | q    | Q     | 1          |`, "survey!D1", "attribute_name", "a<b"},
	{"choice with a space", `
			| survey  |                   |      |       |
			|         | type              | name | label |
			|         | select_multiple l | q    | Q     |
			| choices |                   |      |       |
			|         | list_name         | name | label |
			|         | l                 | a b  | A     |`, "choices!B2", "choice_space", "a b"},
	{"loop over a choice that can name no group", `
			| survey  |                   |         |       |
			|         | type              | name    | label |
			|         | begin_loop over l | things  | L     |
			|         | text              | q       | Q     |
			|         | end_loop          |         |       |
			| choices |                   |         |       |
			|         | list_name         | name    | label |
			|         | l                 | thin'1  | A     |`, "choices!B2", "bad_name", "thin'1"},
}

// TestErrorsNameTheCell checks where an error is said to be, and that its
// sentence, in both languages, names what is wrong.
func TestErrorsNameTheCell(t *testing.T) {
	for _, tt := range faultyForms {
		t.Run(tt.name, func(t *testing.T) {
			_, err := compileMarkdown(t, tt.md)
			issues, ok := err.(Errors)
			if !ok || len(issues) == 0 {
				t.Fatalf("error %v", err)
			}
			got := issues[0]
			if got.Cell().String() != tt.at || got.Code != tt.code {
				t.Errorf("%s at %s, want %s at %s", got.Code, got.Cell(), tt.code, tt.at)
			}
			for _, sentence := range []string{got.In("fr"), got.In("en")} {
				if !strings.Contains(sentence, tt.says) {
					t.Errorf("%q does not say %q", sentence, tt.says)
				}
			}
			if got.Message == got.MessageEN {
				t.Errorf("one language: %q", got.Message)
			}
			if diagnostics.Code(err) != diagnostics.CodeInvalid {
				t.Errorf("code %s", diagnostics.Code(err))
			}
		})
	}
}

// TestRange gives a scale its parameters and the values of its labels, and sees
// what is refused: the code of the first issue, "" for none.
func TestRange(t *testing.T) {
	for _, tt := range []struct{ parameters, appearance, labels, want, bind string }{
		{"", "", "", "", "int"},
		{"start=0 end=1 step=0.5", "", "", "", "decimal"},
		{"start=1.0 end=4.0", "", "", "", "int"},
		{"start = 2 , end=9;step=1", "", "", "", "int"},
		{"step=0", "", "", "range_zero", ""},
		{"step=10", "", "", "range_too_large", ""},
		{"start=9 end=1 step=-1", "", "", "", "int"},
		{"tick_interval=0", "", "", "range_zero", ""},
		{"tick_interval=12", "", "", "range_too_large", ""},
		{"start=0 end=1 step=0.1 tick_interval=0.3", "", "", "", "decimal"},
		{"step=2 tick_interval=3", "", "", "range_multiple", ""},
		{"step=inf", "", "", "parameter_number", ""},
		{"start=0x10", "", "", "parameter_number", ""},
		{"start", "", "", "parameter_form", ""},
		{"start=1=2", "", "", "parameter_form", ""},
		{"tick_labelset=l", "", "1 2 ten", "range_label_number", ""},
		{"step=2 end=9 tick_labelset=l", "", "1 4", "range_label_step", ""},
		{"step=2 end=9 tick_interval=4 tick_labelset=l", "", "1 3", "range_label_step", ""},
		{"step=2 end=9 tick_interval=4 tick_labelset=l", "", "1 5 9", "", "int"},
		{"tick_labelset=l", "no-ticks", "1 10", "", "int"},
		{"tick_labelset=l", "no-ticks", "1 5", "range_two_labels", ""},
		{"tick_labelset=l", "no-ticks", "10", "range_two_labels", ""},
	} {
		t.Run(tt.parameters+" "+tt.labels, func(t *testing.T) {
			w := &Workbook{Sheets: []Sheet{
				{Name: "survey", Rows: []Row{{1, []string{"type", "name", "label", "parameters", "appearance"}}, {2, []string{"range", "q", "Q", tt.parameters, tt.appearance}}}},
				{Name: "choices", Rows: []Row{{1, []string{"list_name", "name", "label"}}}},
			}}
			for i, l := range strings.Fields(tt.labels) {
				w.Sheets[1].Rows = append(w.Sheets[1].Rows, Row{i + 2, []string{"l", l, l}})
			}
			r, err := Compile(w, CompileOptions{})
			issues, _ := err.(Errors)
			switch {
			case tt.want == "" && err != nil:
				t.Fatal(err)
			case tt.want == "" && !strings.Contains(string(r.XForm), `type="`+tt.bind+`"`):
				t.Errorf("no %s in %s", tt.bind, r.XForm)
			case tt.want != "" && (len(issues) == 0 || issues[0].Code != tt.want || issues[0].Cell().String() != "survey!D2"):
				t.Errorf("got %v, want %s at survey!D2", err, tt.want)
			}
		})
	}
}

// TestForeignChoiceColumns sees that a column which can name no datum is passed
// over with a warning.
func TestForeignChoiceColumns(t *testing.T) {
	r, err := compileMarkdown(t, `
		| survey  |              |      |       |             |        |
		|         | type         | name | label |             |        |
		|         | select_one l | q    | Q     |             |        |
		| choices |              |      |       |             |        |
		|         | list_name    | name | label | x::y::z     | a b    | kind |
		|         | l            | a    | A     | 1           | 2      | k    |`)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, w := range r.Warnings {
		got = append(got, w.Cell().String()+" "+w.Code)
	}
	if diff := cmp.Diff([]string{"choices!D1 choice_column", "choices!E1 choice_column"}, got); diff != "" {
		t.Error(diff)
	}
	if !strings.Contains(string(r.XForm), "<kind>k</kind>") || strings.Contains(string(r.XForm), "::") {
		t.Errorf("columns of the list: %s", r.XForm)
	}
}

func TestAllErrorsAtOnce(t *testing.T) {
	_, err := compileMarkdown(t, `
		| survey   |               |      |       |          |
		|          | type          | name | label | relevant |
		|          | txt           | a    | A     |          |
		|          | select_one no | b    | B     |          |
		|          | text          | c    | C     | ${x} = 1 |
		| choices  |               |      |       |          |
		|          | list_name     | name | label |          |
		|          | yn            | y    | Yes   |          |
		|          | yn            | y    | Yes   |          |
		| settings |               |      |       |          |
		|          | instance_name |      |       |          |
		|          | ${nobody}     |      |       |          |`)
	var got []string
	for _, issue := range err.(Errors) {
		got = append(got, issue.Cell().String()+" "+issue.Code)
	}
	want := []string{
		"settings!A2 missing_reference", "choices!B3 choice_twice",
		"survey!A2 unknown_type", "survey!A3 unknown_list", "survey!D4 missing_reference",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("issues (-want +got):\n%s", diff)
	}
	if diagnostics.Sentence(err, "fr") != err.(Errors)[0].Message {
		t.Errorf("sentence %q", diagnostics.Sentence(err, "fr"))
	}
}

func TestSentencesAreComplete(t *testing.T) {
	for code, s := range sentences {
		if s.fr == "" || s.en == "" || s.fr == s.en {
			t.Errorf("%s lacks a language", code)
		}
		if strings.Count(s.fr, "%s") != strings.Count(s.en, "%s") || strings.Count(s.fr, "%d") != strings.Count(s.en, "%d") {
			t.Errorf("%s has other places in French than in English", code)
		}
	}
}

// TestResultNamesCells checks that a later check can name the place of a
// question and of one of its columns.
func TestResultNamesCells(t *testing.T) {
	r, err := compileMarkdown(t, `
		| survey |              |      |       |                   |          |
		|        | type         | name | label | bind::sr:observes | relevant |
		|        | begin_repeat | r    | R     |                   |          |
		|        | text         | q    | Q     | need.own_words    |          |
		|        | end_repeat   |      |       |                   |          |
		| settings |                         |
		|          | namespaces              |
		|          | sr="https://example.fr" |`)
	if err != nil {
		t.Fatal(err)
	}
	for column, want := range map[string]string{
		"bind::sr:observes": "survey!D3", "relevant": "survey!E3", "name": "survey!B3", "absent": "survey!B3",
	} {
		if got := r.Cell("/data/r/q", column).String(); got != want {
			t.Errorf("column %s: %s, want %s", column, got, want)
		}
	}
	if !strings.Contains(string(r.XForm), `sr:observes="need.own_words"`) {
		t.Error("the bind lacks its attribute")
	}
}

// TestNothingPanics compiles workbooks made of the words of the standard in
// any order: they are accepted or refused, never a crash.
func TestNothingPanics(t *testing.T) {
	words := []string{
		"", "text", "note", "select_one l", "select_multiple l or_other", "select_one ${q}", "begin_group", "begin_repeat",
		"end_group", "end_repeat", "begin_loop over l", "end_loop", "calculate", "range", "geopoint", "audit", "rank l",
		"select_one_from_file a.csv", "background-geopoint", "csv-external", "table-list", "q", "q2", "${q}", "${last-saved#q}",
		"l", "yes", "start=1", "reference-geometry=${q}", "tick_labelset=l", "search('f')", "now()", "e#p", "${", "%(label)s",
		"instance('l')/root/item[name=${q}]/label",
	}
	head := []string{
		"type", "name", "label", "label::fr", "hint", "relevant", "calculation", "default", "trigger", "parameters",
		"appearance", "choice_filter", "repeat_count", "save_to", "image", "required_message", "guidance_hint",
	}
	rapid.Check(t, func(t *rapid.T) {
		w := &Workbook{}
		for name, head := range map[string][]string{
			"survey": head, "choices": {"list_name", "name", "label", "image"},
			"entities": {"list_name", "label", "entity_id"}, "settings": {"form_id", "default_language", "name"},
		} {
			s := Sheet{Name: name, Rows: []Row{{Number: 1, Cells: head}}}
			for i := range rapid.IntRange(0, 6).Draw(t, "rows of "+name) {
				cells := make([]string, len(head))
				for j := range cells {
					cells[j] = rapid.SampledFrom(words).Draw(t, head[j])
				}
				s.Rows = append(s.Rows, Row{Number: i + 2, Cells: cells})
			}
			w.Sheets = append(w.Sheets, s)
		}
		r, err := Compile(w, CompileOptions{})
		if err == nil && !strings.HasPrefix(string(r.XForm), "<?xml") {
			t.Fatal("accepted without an XForm")
		}
	})
}
