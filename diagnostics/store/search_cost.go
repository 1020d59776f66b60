package store

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"solidaren/diagnostics/likeness"
)

// best gives the candidates, the closest first; of equals the one that was seen
// last.
func (s *search) best() []*candidate {
	all := make([]*candidate, 0, len(s.found))
	for _, c := range s.found {
		c.cost = s.cost(c)
		all = append(all, c)
	}
	slices.SortFunc(all, func(a, b *candidate) int {
		return cmp.Or(cmp.Compare(a.cost, b.cost), cmp.Compare(b.seen, a.seen), cmp.Compare(a.sort, b.sort), cmp.Compare(a.id, b.id))
	})
	return all[:min(len(all), pageRows)]
}

// Costs beside those of words.
const (
	traitCost = 0.2  // a place or an animal instead of a name
	wholeGain = 0.3  // the first name of the card is all that was typed
	wordCost  = 0.01 // a word of the card that was not asked for
)

// cost tells how far a candidate is from what was typed. It orders the list and
// leaves the program nowhere.
func (s *search) cost(c *candidate) float64 {
	total := wordCost * float64(len(c.words))
	if c.sort == s.typed {
		total -= wholeGain
	}
	if slices.Contains(s.Codes, c.code) || s.code != "" && strings.HasPrefix(c.code, s.code) {
		return total - wholeGain
	}
	if !slices.Contains(c.words, s.Whole) {
		for i := range s.words {
			total += s.wordCost(i, c)
		}
	}
	if s.Birth != (likeness.Birth{}) {
		total += s.birthCost(c)
	}
	return total
}

func (s *search) wordCost(i int, c *candidate) float64 {
	w, cost := &s.words[i], likeness.Unlike
	for _, known := range c.words {
		cost = min(cost, w.costOf(known))
	}
	if cost > traitCost && w.meets(c.traits) {
		cost = traitCost
	}
	return cost
}

// costOf tells how far a known word is.
func (w *searched) costOf(known string) float64 {
	if known == w.word {
		return likeness.Same
	}
	cost, ok := w.near[known]
	if !ok {
		cost = likeness.Unlike
	}
	if strings.HasPrefix(known, w.word) {
		cost = min(cost, likeness.Begun)
	}
	for _, pair := range w.pairs {
		if known == pair[0] || known == pair[1] {
			cost = min(cost, likeness.Begun)
		}
	}
	return cost
}

// meets reports whether one of the traits is meant by the word.
func (w *searched) meets(traits []string) bool {
	return slices.ContainsFunc(traits, func(t string) bool { return slices.Contains(w.traits, t) || slices.Contains(w.places, t) })
}

func (s *search) birthCost(c *candidate) float64 {
	cost := likeness.Unlike
	for _, w := range c.words {
		if text, ok := strings.CutPrefix(w, markBirth); ok {
			cost = min(cost, likeness.BirthCost(s.Birth, readBirth(text)))
		}
	}
	return cost
}

// readBirth reads what likeness.Birth wrote.
func readBirth(text string) likeness.Birth {
	n, _ := strconv.Atoi(text)
	if n < 1e4 {
		return likeness.Birth{Year: n}
	}
	return likeness.Birth{Year: n / 1e4, Month: n / 100 % 100, Day: n % 100}
}
