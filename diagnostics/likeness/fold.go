// Package likeness says how a name, a birth date or a code that someone typed
// may be the one that another wrote: French folding, sounds, slips of the hand,
// diminutives, dates off by a digit, and what a line of search is made of.
//
// It is pure: it knows no card, no database and no person. It compares words,
// and refuses to give a person a score.
package likeness

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// letters that do not decompose into a plain letter and an accent.
var letters = strings.NewReplacer("œ", "oe", "æ", "ae", "ß", "ss", "ø", "o", "ł", "l", "đ", "d", "ð", "d", "þ", "th", "ı", "i")

// particles of names, that people write apart, together or not at all.
var particles = []string{
	"d", "da", "de", "del", "della", "der", "des", "di", "do", "dos", "du", "el", "al", "l", "la", "le", "les",
	"van", "von", "ben", "bin", "ibn", "ould", "mac", "mc", "o", "st", "ste", "saint", "sainte",
}

// IsParticle reports whether a folded word may be missing from a name.
func IsParticle(word string) bool { return slices.Contains(particles, word) }

// Fold brings a name into words without accents, capitals, hyphens and
// apostrophes.
func Fold(s string) []string {
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

// Index gives the words under which a name is found: its own; those that a
// hyphen or an apostrophe joins as one ("Jean-Pierre", "jeanpierre"); and each
// word with the particles before it ("de la Croix", "delacroix", "lacroix").
func Index(name string) []string {
	words := Fold(name)
	out := slices.Clone(words)
	for part := range strings.FieldsSeq(name) {
		if joined := Fold(part); len(joined) > 1 {
			out = append(out, strings.Join(joined, ""))
			for i := range joined[1:] {
				out = append(out, joined[i]+joined[i+1])
			}
		}
	}
	for i := range words {
		joined := words[i]
		for _, next := range words[i+1:] {
			if !IsParticle(words[i]) {
				break
			}
			joined += next
			out = append(out, joined)
			if !IsParticle(next) {
				break
			}
		}
	}
	return compact(out)
}

// Spelt gives, of the words of Index, those that a hand may misspell: all but
// the particles, unless the name is one.
func Spelt(name string) []string {
	out := Index(name)
	if len(out) > 1 {
		out = slices.DeleteFunc(out, IsParticle)
	}
	return out
}
