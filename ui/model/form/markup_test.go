package form

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestMarkup(t *testing.T) {
	plain := func(text string) Span { return Span{Text: text} }
	for _, c := range []struct {
		text string
		want []Paragraph
	}{
		{"Bonjour", []Paragraph{{Spans: []Span{plain("Bonjour")}}}},
		{"**À dire** d'abord", []Paragraph{{Spans: []Span{{"À dire", true, false}, plain(" d'abord")}}}},
		{"un *mot* et __deux__", []Paragraph{{Spans: []Span{plain("un "), {"mot", false, true}, plain(" et "), {"deux", true, false}}}}},
		{"_tout_", []Paragraph{{Spans: []Span{{"tout", false, true}}}}},
		{"m_place_kind reste", []Paragraph{{Spans: []Span{plain("m_place_kind reste")}}}},
		{"2 * 3 * 4", []Paragraph{{Spans: []Span{plain("2 * 3 * 4")}}}},
		{"**pas fini", []Paragraph{{Spans: []Span{plain("**pas fini")}}}},
		{`\*pas\* penché`, []Paragraph{{Spans: []Span{plain("*pas* penché")}}}},
		{"- un\n- deux\n3. trois", []Paragraph{{"•", []Span{plain("un")}}, {"•", []Span{plain("deux")}}, {"3.", []Span{plain("trois")}}}},
		{"# Titre", []Paragraph{{Spans: []Span{{"Titre", true, false}}}}},
		{"[le 115](tel:115) répond", []Paragraph{{Spans: []Span{plain("le 115 (tel:115) répond")}}}},
		{`<span style="color:red">danger</span> &lt; 3`, []Paragraph{{Spans: []Span{plain("danger < 3")}}}},
		{"un<br/>deux", []Paragraph{{Spans: []Span{plain("un")}}, {Spans: []Span{plain("deux")}}}},
		{"", []Paragraph{{}}},
	} {
		t.Run(c.text, func(t *testing.T) {
			if diff := cmp.Diff(c.want, Markup(c.text)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Marks may go, letters may not.
func TestMarkupKeepsWords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[ab*_#\-\\ \n1.\[\]]{0,40}`).Draw(t, "text")
		letters := func(s string) string {
			return strings.Map(func(r rune) rune {
				if r == 'a' || r == 'b' {
					return r
				}
				return -1
			}, s)
		}
		if got := Plain(text); letters(got) != letters(text) {
			t.Fatalf("%q became %q", text, got)
		}
		if bare(text) && unmarked(text) != text {
			t.Fatalf("%q has a mark", text)
		}
	})
}
