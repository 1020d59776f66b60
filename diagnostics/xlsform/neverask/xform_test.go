package neverask_test

import (
	"strings"
	"testing"

	"solidaren/diagnostics/xlsform"
	"solidaren/diagnostics/xlsform/neverask"
)

// TestAsked compiles forms to XForms, and sees that the same is found in them
// as in the workbooks.
func TestAsked(t *testing.T) {
	for name, md := range map[string]string{
		"labels in two languages": `
			| survey | | | | |
			| | type | name | label::Français (fr) | label::English (en) |
			| | text | a | Religion | Belief |
			| | begin_repeat | r | R | R |
			| | text | q | Fine | Ethnicity |
			| | end_repeat | | | |`,
		"hints": `
			| survey | | | | |
			| | type | name | label | hint |
			| | text | a | A | Écrivez le NIR |
			| | text | b | B | Pas de NIR |`,
		"types": `
			| survey | | | | |
			| | type | name | label | appearance |
			| | image | a | A | annotate |
			| | image | b | B | signature |
			| | geopoint | c | C | |
			| | start-geopoint | d | | |
			| | audit | | | |`,
		"choices": `
			| survey | | | |
			| | type | name | label |
			| | select_one l | a | A |
			| | select_multiple m | b | B |
			| choices | | | |
			| | list_name | name | label |
			| | l | x | Mali |
			| | l | y | Maroc |
			| | l | z | Tunisie |
			| | m | x | Autre |
			| | m | y | Alcool |`,
		"choices in two languages": `
			| survey | | | | |
			| | type | name | label::Français (fr) | label::English (en) |
			| | select_one l | a | A | A |
			| choices | | | | |
			| | list_name | name | label::Français (fr) | label::English (en) |
			| | l | x | Une | Alcohol |`,
		"stay status": `
			| survey | | | | | |
			| | type | name | label | relevant | bind::sr:observes |
			| | text | a | A | | person.code |
			| | select_one l | b | Nationalité | ${a} = 1 | situation.stay_status |
			| | select_one l | c | Nationalité | | situation.activity |
			| choices | | | | | |
			| | list_name | name | label | | |
			| | l | x | UE | | |
			| settings | | | | | |
			| | namespaces | | | | |
			| | sr="https://solidaren.fr/xforms" | | | | |`,
		"nothing": `
			| survey | | | |
			| | type | name | label |
			| | text | a | A |`,
	} {
		t.Run(name, func(t *testing.T) {
			w, err := xlsform.ReadMarkdown(md)
			if err != nil {
				t.Fatal(err)
			}
			result, err := xlsform.Compile(w, xlsform.CompileOptions{})
			if err != nil {
				t.Fatal(err)
			}
			asked, err := neverask.Asked(strings.NewReader(string(result.XForm)))
			if err != nil {
				t.Fatal(err)
			}
			want, got := rules(t, result.Asked...), rules(t, asked...)
			if got != want || (want == "") != (name == "nothing") {
				t.Errorf("the XForm breaks %q, the workbook %q", got, want)
			}
		})
	}
	if _, err := neverask.Asked(strings.NewReader("<")); err == nil {
		t.Error("a document that is no XML is read")
	}
}
