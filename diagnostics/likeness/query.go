package likeness

import (
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"

	"github.com/hbollon/go-edlib"

	"solidaren/diagnostics"
)

// Query is what a line of search is made of.
type Query struct {
	Codes []string // of persons: what the line may mean, one typing error away
	Words []string // folded, without particles unless there is nothing else
	Whole string   // all words as one, particles included
	Birth Birth
	Phone string // last nine digits
}

// Empty reports whether nothing can be searched.
func (q Query) Empty() bool {
	return len(q.Codes) == 0 && len(q.Words) == 0 && q.Birth == Birth{} && q.Phone == ""
}

// mostWords is how many words of a line are searched: more only narrow.
const mostWords = 8

// Parse reads a line of search. now is for birth dates.
func Parse(text string, now time.Time) Query {
	q := Query{Codes: codes(text)}
	var rest string
	q.Phone, rest = ParsePhone(text)
	q.Birth, rest = ParseBirth(rest, now)
	all := Fold(rest)
	q.Whole = strings.Join(all, "")
	q.Words = compact(slices.DeleteFunc(slices.Clone(all), IsParticle))
	if len(q.Words) == 0 {
		q.Words = compact(all)
	}
	q.Words = q.Words[:min(len(q.Words), mostWords)]
	return q
}

// codes gives the codes that a text may mean. A word of letters alone is
// taken for a code only if it is one.
func codes(text string) []string {
	var out []string
	for _, part := range append([]string{text}, strings.Fields(text)...) {
		if normal, ok := diagnostics.NormalizePersonCode(part); ok && diagnostics.CheckPersonCode(part) {
			out = append(out, normal)
		} else if strings.ContainsFunc(part, func(r rune) bool { return r == '-' || unicode.IsDigit(r) }) {
			out = append(out, diagnostics.NearPersonCodes(part)...)
		}
	}
	return compact(out)
}

// phoneDigits are those of a French number behind the zero or the 33.
const phoneDigits = 9

// ParsePhone finds a French phone number in a text, and gives its last nine
// digits and the text without it.
func ParsePhone(text string) (digits, rest string) {
	at := diagnostics.FindPhone(text)
	if at == nil {
		return "", text
	}
	for _, r := range text[at[0]:at[1]] {
		if r >= '0' && r <= '9' {
			digits += string(r)
		}
	}
	return digits[len(digits)-phoneDigits:], text[:at[0]] + " " + text[at[1]:]
}

// animals are the words for an animal that someone may search, folded.
var animals = strings.Fields(`animal animaux bete compagnon chien chiens chienne chienchien chiot toutou chat chats chatte chaton minou
 matou lapin rat furet oiseau perroquet cheval tortue pet dog dogs puppy cat cats kitten rabbit ferret bird horse`)

// IsAnimal reports whether a folded word means that the person has an animal.
func IsAnimal(word string) bool {
	return slices.ContainsFunc(animals, func(a string) bool {
		return a == word || len(word) >= 4 && strings.HasPrefix(a, word)
	})
}

// Districts gives the codes of the districts whose name holds the word, its
// beginning (three letters at least) or the word with a slip.
func Districts(word string) []string {
	if len(word) < leastSlip {
		return nil
	}
	var out []string
	for _, d := range districts() {
		if slices.ContainsFunc(d.words, func(name string) bool {
			return strings.HasPrefix(name, word) || len(word) >= leastPlaceSlip && edlib.OSADamerauLevenshteinDistance(word, name) == 1
		}) {
			out = append(out, d.code)
		}
	}
	return out
}

// leastPlaceSlip is the length from which a slip in the name of a place is
// forgiven: short ones are like too many names.
const leastPlaceSlip = 5

type district struct {
	code  string
	words []string
}

var districts = sync.OnceValue(func() []district {
	var all []district
	for _, e := range diagnostics.Codes("district") {
		d := district{code: e.Code, words: compact(append(Fold(e.FR), Fold(e.EN)...))}
		d.words = slices.DeleteFunc(d.words, func(w string) bool { return IsParticle(w) || len(w) < leastSlip })
		all = append(all, d)
	}
	return all
})
