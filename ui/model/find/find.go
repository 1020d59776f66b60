// Package find matches what is typed against short texts, as a person does who
// remembers half of the words: without accents and capitals, in any order, by
// the beginnings of words or by letters in between. It knows no screen and
// reads nothing; the search of persons has its own rules, in the store.
package find

import (
	"slices"
	"strings"

	"solidaren/diagnostics/likeness"
)

// Words cuts a text into its words, as names are folded: without accents,
// capitals and signs.
func Words(text string) []string { return likeness.Fold(text) }

// How well a typed word fits a word of the text, the best first.
const (
	whole  = 8
	begins = 6
	inside = 3
	spread = 1
)

// Score tells how well a text of these words fits what was typed; 0: not at
// all. Every typed word must find a word of the text.
func Score(typed, text []string) int {
	score := 0
	for _, t := range typed {
		best := 0
		for _, w := range text {
			best = max(best, fit(t, w))
		}
		if best == 0 {
			return 0
		}
		score += best
	}
	return score
}

func fit(typed, word string) int {
	switch {
	case typed == word:
		return whole
	case strings.HasPrefix(word, typed):
		return begins
	case len(typed) > 1 && strings.Contains(word, typed):
		return inside
	case len(typed) > 2 && scattered(typed, word):
		return spread
	}
	return 0
}

// scattered reports whether the letters stand in the word in this order, the
// first one at its beginning.
func scattered(typed, word string) bool {
	if typed[0] != word[0] {
		return false
	}
	at := 0
	for i := range len(typed) {
		next := strings.IndexByte(word[at:], typed[i])
		if next < 0 {
			return false
		}
		at += next + 1
	}
	return true
}

// Best gives the numbers of the texts that fit, the best first, at most count.
// Texts that fit equally well keep their order.
func Best(typed string, count int, texts [][]string) []int {
	words := Words(typed)
	type hit struct{ at, score int }
	var hits []hit
	for i, text := range texts {
		if score := Score(words, text); score > 0 || len(words) == 0 {
			hits = append(hits, hit{i, score})
		}
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return b.score - a.score })
	found := make([]int, 0, min(count, len(hits)))
	for _, h := range hits[:min(count, len(hits))] {
		found = append(found, h.at)
	}
	return found
}
