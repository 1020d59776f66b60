package words

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// elsewhere is what the guide quotes that stands in no file of words: what is
// put together from answers, or told of a questionnaire's file.
var elsewhere = []string{"1 trait commun : prénom d'usage", "survey!A4 · Type de question inconnu"}

// TestGuideQuotesTheProgram: what the guide has in quotation marks, and the
// names of places in bold, are the words that the program shows.
func TestGuideQuotesTheProgram(t *testing.T) {
	guide, err := os.ReadFile("../../docs/guide.md")
	if err != nil {
		t.Fatal(err)
	}
	var shown []string
	for _, e := range books["fr"].entries {
		shown = append(shown, strings.ToLower(e.one), strings.ToLower(e.other))
	}
	quotes := regexp.MustCompile(`« ([^»]+) »`).FindAllStringSubmatch(string(guide), -1)
	if len(quotes) < 30 {
		t.Fatalf("the guide quotes %d things only", len(quotes))
	}
	for _, m := range quotes {
		said := strings.ToLower(strings.TrimSuffix(m[1], "…"))
		found := slices.ContainsFunc(shown, func(text string) bool { return strings.Contains(text, said) })
		if !found && !slices.Contains(elsewhere, m[1]) {
			t.Errorf("the program does not say « %s »", m[1])
		}
	}
}
