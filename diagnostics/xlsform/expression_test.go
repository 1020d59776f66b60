package xlsform

import (
	"strings"
	"testing"

	"solidaren/diagnostics/xform"
	"solidaren/diagnostics/xpath"
)

// TestCheckReadsExpressions gives each expression a column, and checks that the
// mistake is told at its cell, with what to write instead.
func TestCheckReadsExpressions(t *testing.T) {
	for _, tt := range []struct{ name, relevant, code, says string }{
		{"right", "${a} = 'x' and count-selected(${a}) > 1", "", ""},
		{"yes", "yes", "", ""},
		{"ends too soon", "${a} = ", "expression_end", "relevant"},
		{"open parenthesis", "selected(${a}, 'x'", "expression_parenthesis", ")"},
		{"parenthesis too much", "${a} = 'x')", "expression_unexpected", ")"},
		{"open text", "${a} = 'x", "expression_quote", "8"},
		{"misspelt function", "slected(${a}, 'x')", "expression_function", "selected()"},
		{"function of Excel", "nbcar(${a}) > 3", "expression_function", "string-length()"},
		{"arguments", "selected(${a})", "expression_arguments", "selected()"},
		{"semicolon", "selected(${a}; 'x')", "expression_semicolon", "14"},
		{"two equals", "${a} == 'x'", "expression_equal", "="},
		{"different", "${a} <> 'x'", "expression_different", "!="},
		{"ampersands", "${a} = 1 && ${a} = 2", "expression_and", "and"},
		{"bars", "${a} = 1 || ${a} = 2", "expression_or", "or"},
		{"ampersand", "${a} & 'x' = 'y'", "expression_join", "concat"},
		{"exclamation mark", "!${a}", "expression_not", "not("},
		{"two values", "${a} 'x'", "expression_unexpected", "'x'"},
		{"comma missing", "if(${a} 1, 2)", "expression_expected", ","},
		{"name of a question", "a = 'x'", "expression_bare", "${a}"},
		{"name of none", "${a} = yess", "expression_name", "'yess'"},
		{"accented text before the place", "'été' == ${a}", "expression_equal", "8"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w, err := ReadMarkdown("| survey | | | | |\n| | type | name | label | relevant |\n| | text | a | A | |\n")
			if err != nil {
				t.Fatal(err)
			}
			w.Sheets[0].Rows = append(w.Sheets[0].Rows, Row{Number: 3, Cells: []string{"text", "b", "B", tt.relevant}})
			result, wrong := Check(w, CompileOptions{})
			if result == nil {
				t.Error("the standard refuses the form")
			}
			if tt.code == "" {
				if len(wrong) > 0 {
					t.Errorf("refused: %v", wrong)
				}
				return
			}
			if len(wrong) != 1 || wrong[0].Code != tt.code || wrong[0].Cell().String() != "survey!D3" {
				t.Fatalf("got %+v, want %s at survey!D3", wrong, tt.code)
			}
			for _, sentence := range []string{wrong[0].In("fr"), wrong[0].In("en")} {
				if !strings.Contains(sentence, tt.says) {
					t.Errorf("%q does not say %q", sentence, tt.says)
				}
			}
		})
	}
}

// TestCheckTellsAllAtOnce puts one mistake into every column that holds an
// expression, beside one that the standard refuses.
func TestCheckTellsAllAtOnce(t *testing.T) {
	w, err := ReadMarkdown(`
		| survey   |              |      |       |          |            |             |               |              |         |
		|          | type         | name | label | relevant | constraint | calculation | choice_filter | repeat_count | default |
		|          | select_one l | a    | A     | 1 +      | . >        |             | x = (         |              |         |
		|          | calculate    | c    |       |          |            | 2 *         |               |              |         |
		|          | begin_repeat | r    | R     |          |            |             |               | ${a} +       |         |
		|          | text         | q    | Q     | q = 1    |            |             |               |              | todya() |
		|          | end_repeat   |      |       |          |            |             |               |              |         |
		|          | begin_group  | g    | G     | n = 1    |            |             |               |              |         |
		|          | nonsense     | n    | N     |          |            |             |               |              |         |
		|          | text         | n    | N     |          |            |             |               |              |         |
		|          | end_group    |      |       |          |            |             |               |              |         |
		| choices  |              |      |       |          |            |             |               |              |         |
		|          | list_name    | name | label | x        |            |             |               |              |         |
		|          | l            | a    | A     | 1        |            |             |               |              |         |
		| settings |               |
		|          | instance_name |
		|          | concat(       |`)
	if err != nil {
		t.Fatal(err)
	}
	result, wrong := Check(w, CompileOptions{})
	if result != nil {
		t.Error("a result in spite of an unknown type")
	}
	var got []string
	for _, i := range wrong {
		got = append(got, i.Cell().String())
	}
	want := "settings!A2 survey!D2 survey!E2 survey!G2 survey!F3 survey!H4 survey!D5 survey!I5 survey!A8"
	if strings.Join(got, " ") != want {
		t.Errorf("got %v, want %s\n%v", got, want, wrong)
	}
}

// TestSuggestedFunctionsExist sees that nobody is told to write what the engine
// does not know.
func TestSuggestedFunctionsExist(t *testing.T) {
	names := append([]string(nil), functionNames...)
	for wrong, right := range functionWords {
		if names = append(names, right); xpath.KnownFunction(wrong) {
			t.Errorf("%s() exists, and is taken for a mistake", wrong)
		}
	}
	for _, name := range names {
		switch name {
		case "and", "or": // operators
		default:
			if !xpath.KnownFunction(name) {
				t.Errorf("%s() does not exist", name)
			}
		}
	}
}

// TestCheckAgreesWithTheEngine looks at the forms of the field's own tests:
// whatever is refused here as a broken expression, the engine refuses too.
func TestCheckAgreesWithTheEngine(t *testing.T) {
	checked := 0
	for _, c := range readCorpus(t) {
		result, wrong := Check(c.workbook(t), CompileOptions{Name: c.root()})
		if result == nil || len(wrong) == 0 {
			continue
		}
		checked++
		if _, err := xform.Parse(strings.NewReader(string(result.XForm)), xform.Options{}); err == nil {
			t.Errorf("%s: the engine accepts what is refused here: %v\n%s", c.Test, wrong, c.MD)
		}
	}
	t.Logf("%d forms with broken expressions", checked)
}
