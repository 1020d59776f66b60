package neverask

import (
	"strings"
	"unicode"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

// phrase is a wording: words that follow each other.
type phrase struct {
	words [][]string // at each place, the words that may stand there
	whole bool       // nothing else may stand in the text
}

// phrases reads the wordings of several cells.
func phrases(cells ...string) []phrase {
	var out []phrase
	for _, cell := range cells {
		for _, wording := range strings.Split(cell, ";") {
			wording, whole := strings.CutPrefix(strings.TrimSpace(wording), "=")
			p := phrase{whole: whole}
			for _, word := range strings.Fields(wording) {
				p.words = append(p.words, strings.Split(word, "|"))
			}
			if len(p.words) > 0 {
				out = append(out, p)
			}
		}
	}
	return out
}

// article gives a word of the wording that no text is compared with, "" if
// there is none.
func (p phrase) article() string {
	for _, any := range p.words {
		for _, w := range any {
			if articles[w] {
				return w
			}
		}
	}
	return ""
}

// at reports whether the wording stands at this place of a text.
func (p phrase) at(text []string, from int) bool {
	if from+len(p.words) > len(text) || p.whole && len(p.words) != len(text) {
		return false
	}
	for i, any := range p.words {
		if !isAny(text[from+i], any) {
			return false
		}
	}
	return true
}

func isAny(word string, any []string) bool {
	for _, want := range any {
		if stem, open := strings.CutSuffix(want, "*"); open && strings.HasPrefix(word, stem) || isPlural(word, want) {
			return true
		}
	}
	return false
}

// isPlural reports whether the word is the wanted one, or its plural.
func isPlural(word, want string) bool {
	ending, ok := strings.CutPrefix(word, want)
	return ok && (ending == "" || ending == "s" || ending == "x" || ending == "es")
}

// find gives the place of the first wording that is no part of an innocent
// one, and whether an innocent one stands in the text.
func find(text []string, words, except []phrase) (found, innocent bool) {
	covered := make([]bool, len(text))
	for from := range text {
		for _, p := range except {
			if p.at(text, from) {
				innocent = true
				for i := range p.words {
					covered[from+i] = true
				}
			}
		}
	}
	for from := range text {
		for _, p := range words {
			if p.at(text, from) && !anyOf(covered[from:from+len(p.words)]) {
				return true, innocent
			}
		}
	}
	return false, innocent
}

func anyOf(list []bool) bool {
	for _, b := range list {
		if b {
			return true
		}
	}
	return false
}

// articles are the words that change nothing, in both languages.
var articles = func() map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(`le la les l un une des de du d a au aux en vos votre son sa ses leur leurs ce cette
		the an of your their his her my in for to any`) {
		out[w] = true
	}
	return out
}()

// numero writes the signs for "number" as a word.
var numero = strings.NewReplacer("n°", " numero ", "nº", " numero ", "№", " numero ", "N°", " numero ", "Nº", " numero ",
	"œ", "oe", "Œ", "oe", "æ", "ae", "Æ", "ae")

// split gives the words of a text without accents, capitals and articles.
func split(text string) []string {
	var out []string
	for _, w := range plainWords(text) {
		if !articles[w] {
			out = append(out, w)
		}
	}
	return out
}

func plainWords(text string) []string {
	bare, _, err := transform.String(transform.Chain(norm.NFKD, runes.Remove(runes.In(unicode.Mn)), norm.NFC), numero.Replace(text))
	if err != nil {
		bare = text
	}
	return strings.FieldsFunc(strings.ToLower(bare), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// splitName gives the words of a technical name: country_of_birth,
// countryOfBirth, q12religion.
func splitName(name string) []string {
	var b strings.Builder
	last := ' '
	for _, r := range name {
		turn := unicode.IsLower(last) && unicode.IsUpper(r) || unicode.IsDigit(last) != unicode.IsDigit(r) && unicode.IsLetter(last) != unicode.IsLetter(r)
		if turn {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
		last = r
	}
	return split(b.String())
}

// refusals are words by which an explanation says what not to write.
var refusals = phrases("pas; jamais; ni; aucun; aucune; sans; interdit; interdite; not; never; no; don; without; nor; ne")

// advice leaves of an explanation the sentences that ask for something: those
// that say what not to write are as they should be.
func advice(text string) string {
	var kept []string
	for _, sentence := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(".;:!?\n", r) }) {
		if refuses, _ := find(plainWords(sentence), refusals, nil); !refuses {
			kept = append(kept, sentence)
		}
	}
	return strings.Join(kept, ". ")
}
