package xlsform

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestItemsets(t *testing.T) {
	r, err := compileMarkdown(t, `
		| survey           |                          |          |       |                  |
		|                  | type                     | name     | label | choice_filter    |
		|                  | text                     | district | D     |                  |
		|                  | select_one_external road | r        | R     | d=${district}    |
		| external_choices |                          |          |       |                  |
		|                  | List name                | value    | label | d                |
		|                  | road                     | a        | One, two | q01           |
		|                  |                          |          |       |                  |
		|                  | road                     | b        | "Two" | q02              |`)
	if err != nil {
		t.Fatal(err)
	}
	want := "list_name,name,label,d\nroad,a,\"One, two\",q01\nroad,b,\"\"\"Two\"\"\",q02\n"
	if diff := cmp.Diff(want, string(r.Itemsets)); diff != "" {
		t.Errorf("itemsets.csv (-want +got):\n%s", diff)
	}
	if r, err = compileMarkdown(t, "| survey | | | |\n| | type | name | label |\n| | text | q | Q |"); err != nil || r.Itemsets != nil {
		t.Errorf("a form without external choices has %q, %v", r.Itemsets, err)
	}
}

// TestCheckFindsMissingTranslations sees that each cell without its
// translation is told, and cells that say nothing in any language are not.
func TestCheckFindsMissingTranslations(t *testing.T) {
	w, err := ReadMarkdown(`
		| survey  |              |      |                      |                     |                     |                    |
		|         | type         | name | label::Français (fr) | label::English (en) | hint::Français (fr) | hint::English (en) |
		|         | text         | a    | Un                   |                     | Aide                | Help               |
		|         | begin_group  | g    |                      |                     |                     |                    |
		|         | select_one l | b    | Deux                 | Two                 |                     | Help               |
		|         | end_group    |      |                      |                     |                     |                    |
		| choices |              |      |                      |                     |                     |                    |
		|         | list_name    | name | label::Français (fr) | label::English (en) |                     |                    |
		|         | l            | x    |                      | One                 |                     |                    |`)
	if err != nil {
		t.Fatal(err)
	}
	result, wrong := Check(w, CompileOptions{})
	if len(wrong) > 0 {
		t.Fatal(wrong)
	}
	var got []string
	for _, i := range result.Warnings {
		if i.Code == "cell_translation" {
			got = append(got, i.Cell().String()+" "+i.MessageEN)
		}
	}
	want := []string{
		"survey!D2 This cell is empty: “label” is missing in “English (en)”. Translate it, or the other language is shown.",
		"survey!E4 This cell is empty: “hint” is missing in “Français (fr)”. Translate it, or the other language is shown.",
		"choices!C2 This cell is empty: “label” is missing in “Français (fr)”. Translate it, or the other language is shown.",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("warnings (-want +got):\n%s", diff)
	}
}
