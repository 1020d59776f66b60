package store

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// letters that do not decompose into a plain letter and an accent.
var letters = strings.NewReplacer("œ", "oe", "æ", "ae", "ß", "ss", "ø", "o", "ł", "l", "đ", "d", "ð", "d", "þ", "th", "ı", "i")

// particles of names, that people write apart, together or not at all.
var particles = []string{"d", "da", "de", "del", "della", "der", "des", "di", "do", "dos", "du", "el", "al", "l", "la", "le", "les",
	"van", "von", "ben", "bin", "ibn", "ould", "mac", "mc", "o", "st", "ste", "saint", "sainte"}

// fold brings a name into words without accents, capitals, hyphens and
// apostrophes.
func fold(s string) []string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(letters.Replace(strings.ToLower(s))) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteRune(r)
		default:
			b.WriteByte(' ')
		}
	}
	return strings.Fields(b.String())
}

// indexed gives the words under which a name is found: its own, each two
// neighbours as one ("Jean-Pierre", "jeanpierre"), and each word with the
// particles before it ("de la Croix", "delacroix", "lacroix").
func indexed(name string) []string {
	words := fold(name)
	out := slices.Clone(words)
	for i := range words {
		joined := words[i]
		for j := i + 1; j < len(words); j++ {
			joined += words[j]
			if j == i+1 || !slices.Contains(particles, words[j]) {
				out = append(out, joined)
			}
			if !slices.Contains(particles, words[j]) {
				break
			}
		}
	}
	return out
}

// match spells a search for FTS5: every word begins one of the name's words, or
// all of them together do. Particles may be missing in the name. "" matches
// nothing.
func match(text string) string {
	words := fold(text)
	if len(words) == 0 {
		return ""
	}
	searched := slices.DeleteFunc(slices.Clone(words), func(w string) bool { return slices.Contains(particles, w) })
	if len(searched) == 0 {
		searched = words
	}
	for i, w := range searched {
		searched[i] = `"` + w + `"*`
	}
	query := strings.Join(searched, " ")
	if len(words) > 1 {
		query = "(" + query + `) OR "` + strings.Join(words, "") + `"*`
	}
	return query
}
