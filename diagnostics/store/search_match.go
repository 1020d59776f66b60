package store

import (
	"context"
	"slices"
	"strconv"
	"unicode/utf8"

	"solidaren/diagnostics/likeness"
)

// Readings of a word, from the narrowest to the widest.
func exactly(w *searched) []string { return []string{w.word} }

func beginning(w *searched) []string { return append([]string{w.word}, w.begun...) }

func nearly(w *searched) []string {
	all := beginning(w)
	for known := range w.near {
		all = append(all, known)
	}
	return all
}

// birthWords are the marks of the birth dates that were meant.
func (s *search) birthWords() []string {
	if s.Birth.Month == 0 {
		return []string{markYear + strconv.Itoa(s.Birth.Year)}
	}
	words := []string{markBirth + likeness.Birth{Year: s.Birth.Year}.String()} // of whom the year alone is known
	for _, b := range s.Birth.Near() {
		words = append(words, markBirth+b.String())
	}
	return words
}

func (s *search) hasBirth() bool { return s.Birth != likeness.Birth{} }

// parts is how many parts can be left out one by one, 0 if one alone is left.
func (s *search) parts() int {
	n := len(s.words)
	if s.hasBirth() {
		n++
	}
	if n < 2 {
		return 0
	}
	return n
}

// leastPart is how many letters a word must have to find somebody by itself.
const leastPart = 3

// tooLittle reports whether what remains without one of the parts finds anybody:
// a letter or two.
func (s *search) tooLittle(left int) bool {
	letters := 0
	for i, w := range s.words {
		if i != left {
			letters = max(letters, utf8.RuneCountInString(w.word))
		}
	}
	return letters < leastPart && (!s.hasBirth() || left == len(s.words))
}

// match gives the persons who have every part of the search in a reading, one
// left out unless left is negative: each word, as a name, an animal or a place;
// the birth date; the phone. One of the parts must be the person's own: a
// district or a team alone finds nobody (DOMAIN.md L25).
func (s *search) match(ctx context.Context, q querier, left int, reading func(*searched) []string) (rowsOf, error) {
	var all []group
	for i := range s.words {
		if i == left {
			continue
		}
		w := &s.words[i]
		g := group{own: slices.Concat(reading(w), w.traits), pairs: w.pairs}
		if s.parts() > 1 || s.Phone != "" {
			g.places = w.places
		}
		all = append(all, g)
	}
	if s.hasBirth() && left != len(s.words) {
		all = append(all, group{own: s.birthWords()})
	}
	if s.Phone != "" {
		all = append(all, group{own: []string{markPhone + s.Phone}})
	}
	hits, err := s.meet(ctx, q, all)
	if err != nil || s.whole == nil || left >= 0 {
		return hits, err
	}
	whole, err := s.meet(ctx, q, []group{{own: reading(s.whole)}})
	if err != nil {
		return nil, err
	}
	hits.add(whole)
	return hits, nil
}

// group is the ways in which one part is met.
type group struct {
	own    []string
	pairs  [][2]string // of which both are had
	places []string
}

// meet gives the persons who meet every group, and one of them by what is
// their own.
func (s *search) meet(ctx context.Context, q querier, all []group) (rowsOf, error) {
	var words []string
	placed := false
	for _, g := range all {
		words, placed = append(append(words, g.own...), g.places...), placed || g.places != nil
		for _, p := range g.pairs {
			words = append(words, p[:]...)
		}
	}
	if err := s.posts.read(ctx, q, words); err != nil {
		return nil, err
	}
	var hits rowsOf
	own := rowsOf{}
	for _, g := range all {
		mine, err := s.own(g)
		if err != nil {
			return nil, err
		}
		if placed {
			own.add(mine)
			there, err := s.posts.either(g.places)
			if err != nil {
				return nil, err
			}
			mine.add(there)
		}
		if hits == nil {
			hits = mine
		} else {
			hits.and(mine)
		}
	}
	if placed {
		hits.and(own)
	}
	return hits, nil
}

// own gives the persons who meet a group by what is their own.
func (s *search) own(g group) (rowsOf, error) {
	hits, err := s.posts.either(g.own)
	if err != nil {
		return nil, err
	}
	for _, p := range g.pairs {
		both, err := s.posts.either(p[:1])
		if err != nil {
			return nil, err
		}
		second, err := s.posts.either(p[1:])
		if err != nil {
			return nil, err
		}
		both.and(second)
		hits.add(both)
	}
	return hits, nil
}
