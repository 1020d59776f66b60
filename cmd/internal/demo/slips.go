package demo

import (
	"maps"
	"slices"
	"strings"
)

// What a tired hand does: a key held down, letters that change places. Slips
// have chance of their own, so that they change nothing else.
const (
	slipStream  = 1 << 40
	doubledKey  = 0.02 // of people counted alone, put right by a correction
	wordsSlip   = 0.05 // of texts, left as they are
	slipWorth   = 5    // letters of a word in which a slip is not lost
	correctedIn = 25   // minutes at most
)

// texts are the questions whose answers are words of a person or of a team.
var texts = []string{"m_words", "m_weak", "e_request", "e_wish", "e_missing", "en_words", "l_note", "n_say"}

// misspell writes some of the words of a sheet wrongly.
func (d dice) misspell(s sheet) {
	for _, question := range slices.Sorted(maps.Keys(s)) {
		switch value := s[question].(type) {
		case string:
			if slices.Contains(texts, question) && value != "" && d.chance(wordsSlip) {
				s[question] = d.slip(value)
			}
		case []sheet:
			for _, instance := range value {
				d.misspell(instance)
			}
		}
	}
}

// slip writes one of the longer words of a text wrongly.
func (d dice) slip(text string) string {
	words := strings.Split(text, " ")
	var long []int
	for i, word := range words {
		if len([]rune(word)) >= slipWorth {
			long = append(long, i)
		}
	}
	if len(long) > 0 {
		i := one(d, long)
		words[i] = mistype(d, words[i])
	}
	return strings.Join(words, " ")
}

// doubled gives the sheet as it was first recorded, with the key of a single
// person pressed twice; nil where nothing went wrong.
func (e event) doubled(s sheet) sheet {
	if e.kind != street || s["m_n"] != "1" || !e.slips.chance(doubledKey) {
		return nil
	}
	wrong := maps.Clone(s)
	wrong["m_n"] = "11"
	return wrong
}
