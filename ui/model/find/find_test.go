package find

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestBest(t *testing.T) {
	var texts [][]string
	for _, text := range []string{"Exporter pour la plénière", "Exporter le groupe", "Réglages settings", "Cœur de ville", "Envoyer et recevoir"} {
		texts = append(texts, Words(text))
	}
	for _, c := range []struct {
		name, typed string
		want        []int
	}{
		{"beginnings of two words", "exp plen", []int{0}},
		{"any order", "plen exp", []int{0}},
		{"no accents needed", "PLENIERE", []int{0}},
		{"accents do no harm", "réglâges", []int{2}},
		{"ligature", "coeur", []int{3}},
		{"inside a word", "glages", []int{2}},
		{"letters in order", "rgl", []int{2}},
		{"equal ones keep their order", "exporter", []int{0, 1}},
		{"the better one first", "set", []int{2}},
		{"one word of two is missing", "exporter xylo", nil},
		{"nothing typed: all", "", []int{0, 1, 2, 3, 4}},
		{"signs alone are nothing typed", " & ' ", []int{0, 1, 2, 3, 4}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := Best(c.typed, 5, texts)
			if len(got) == 0 {
				got = nil
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("%q (-want +got):\n%s", c.typed, diff)
			}
		})
	}
	if got := Best("", 2, texts); len(got) != 2 {
		t.Errorf("%d found, at most 2 were asked for", len(got))
	}
}

// TestBeginningsAlwaysFind: whatever a text is, the beginnings of its words
// find it.
func TestBeginningsAlwaysFind(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[a-zéèêàçœ' -]{0,40}`).Draw(t, "text")
		words := Words(text)
		if len(words) == 0 {
			return
		}
		w := []rune(rapid.SampledFrom(words).Draw(t, "word"))
		typed := string(w[:rapid.IntRange(1, len(w)).Draw(t, "letters")])
		if Score(Words(typed), words) == 0 {
			t.Fatalf("%q does not find %q", typed, text)
		}
	})
}
