package likeness

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/hbollon/go-edlib"
)

// Lengths of words in letters.
const (
	leastSlip = 3  // a shorter word has too many neighbours
	twoSlips  = 6  // from here on two slips are forgiven
	mostSlip  = 24 // no slip is looked for in longer words
)

// Keys gives every key under which a folded word is looked for: the word and the
// word without one of its letters (two words of one slip have such a key in
// common), how it sounds, and how it sounds without one of its consonants.
func Keys(word string) []string {
	sounds := SoundKeys(word)
	return compact(slices.Concat(SlipKeys(word), sounds, brokenKeys(sounds)))
}

// SlipKeys gives the word and the word without one of its letters.
func SlipKeys(word string) []string {
	keys := []string{word}
	if n := utf8.RuneCountInString(word); n >= leastSlip && n <= mostSlip {
		for i, r := range word {
			keys = append(keys, word[:i]+word[i+utf8.RuneLen(r):])
		}
	}
	return compact(keys)
}

// BrokenKeys gives how a word sounds without one of its consonants, where two
// slips are forgiven.
func BrokenKeys(word string) []string {
	if utf8.RuneCountInString(word) < twoSlips {
		return nil
	}
	return brokenKeys(SoundKeys(word))
}

// The costs of reading one word for another. They order what is shown first and
// are shown to nobody.
const (
	Same       = 0.0
	Begun      = 0.4 // the word begins with what was typed
	Diminutive = 0.6
	SoundsSame = 0.8
	OneSlip    = 1.0
	TwoSlips   = 2.0
	Unlike     = 3.0 // and everything above
)

// Word is a folded word that was typed, to be compared with many.
type Word struct {
	text    string
	letters int
	sounds  []sound
}

// sound is one way to say a word, with its bones.
type sound struct{ whole, bones string }

// NewWord prepares a word.
func NewWord(text string) Word {
	return Word{text: text, letters: utf8.RuneCountInString(text), sounds: sounds(text)}
}

func sounds(word string) []sound {
	said := say(word, false)
	out := make([]sound, len(said))
	for i, s := range said {
		out[i] = sound{s, bones(s)}
	}
	return out
}

// Cost tells how far the word that was typed is from a word that is known and
// folded: Same to TwoSlips, or Unlike.
func (w Word) Cost(known string) float64 { return w.CostOf(NewWord(known)) }

// CostOf is Cost for a known word that was prepared.
func (w Word) CostOf(known Word) float64 {
	if w.text == known.text {
		return Same
	}
	cost := Unlike
	switch slips := edlib.OSADamerauLevenshteinDistance(w.text, known.text); {
	case slips == 1 && w.letters >= leastSlip:
		cost = OneSlip
	case slips == 2 && w.letters >= twoSlips:
		cost = TwoSlips
	}
	return min(cost, w.soundCost(known))
}

// soundCost is for words of the same bones.
func (w Word) soundCost(known Word) float64 {
	cost := Unlike
	for _, y := range known.sounds {
		for _, x := range w.sounds {
			if x == y {
				return SoundsSame
			}
			if x.bones != y.bones || len(strings.TrimPrefix(x.bones, "A")) < leastBones {
				continue
			}
			switch apart := edlib.OSADamerauLevenshteinDistance(x.whole, y.whole); {
			case apart == 1:
				cost = min(cost, OneSlip)
			case apart == 2 && len(x.bones) > leastBones || len(x.bones) >= manyBones:
				cost = min(cost, TwoSlips)
			}
		}
	}
	return cost
}

// BegunCost is Cost for a word of which only the beginning was typed.
func (w Word) BegunCost(known string) float64 { return w.BegunCostOf(known, NewWord) }

// BegunCostOf is BegunCost with words that prepare may know already.
func (w Word) BegunCostOf(known string, prepare func(string) Word) float64 {
	if strings.HasPrefix(known, w.text) {
		if w.text == known {
			return Same
		}
		return Begun
	}
	letters := []rune(known)
	cost := Unlike
	for n := max(1, w.letters-1); n <= min(w.letters+1, len(letters)); n++ {
		cost = min(cost, w.CostOf(prepare(string(letters[:n]))))
	}
	return min(cost+Begun, Unlike)
}
