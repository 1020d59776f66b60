package store

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"unicode/utf8"

	"solidaren/diagnostics/likeness"
)

const (
	mostNear  = 24  // known words that one that was typed may mean
	mostBegun = 100 // known words that begin with it
)

// lookAhead finds the known words that begin with each word of the search. The
// first letters are known by themselves.
func (n *Notebook) lookAhead(ctx context.Context, s *search) error {
	for i := range s.words {
		if err := n.readBegun(ctx, &s.words[i]); err != nil {
			return err
		}
	}
	if s.whole == nil {
		return nil
	}
	return n.readBegun(ctx, s.whole)
}

func (n *Notebook) readBegun(ctx context.Context, w *searched) (err error) {
	if utf8.RuneCountInString(w.word) <= begunLetters {
		w.begun = []string{markBegins + w.word}
		return nil
	}
	w.begun, err = collect(ctx, n, scanText, sqlBegunWords, w.word, w.word+behind, mostBegun)
	return err
}

// lookAround finds the known words that each word of the search may be.
func (n *Notebook) lookAround(ctx context.Context, s *search) error {
	for i := range s.words {
		w := &s.words[i]
		if !s.recent.recall(w) {
			known, err := n.nearTo(ctx, s.recent, w)
			if err == nil && !known {
				err = n.split(ctx, w)
			}
			if err != nil {
				return err
			}
			s.recent.note(w)
		}
		if i == len(s.words)-1 && s.open {
			if err := n.soundsBegun(ctx, s.recent, w); err != nil {
				return err
			}
		}
		w.trim()
	}
	return nil
}

// How much longer or shorter a known word of the same sound, and of almost the
// same, may be.
const (
	soundSpan  = 4
	brokenSpan = 2
)

// nearTo finds the known words that a word may be, and reports whether it is one
// of them.
func (n *Notebook) nearTo(ctx context.Context, r *recent, w *searched) (known bool, err error) {
	typed, short := likeness.NewWord(w.word), likeness.Diminutives(w.word)
	letters := utf8.RuneCountInString(w.word)
	for _, look := range []struct {
		keys []string
		span int
	}{
		{append(likeness.SlipKeys(w.word), short...), mostLetters},
		{likeness.SoundKeys(w.word), soundSpan},
		{likeness.BrokenKeys(w.word), brokenSpan},
	} {
		found, err := n.nearWords(ctx, look.keys, letters-look.span, letters+look.span)
		if err != nil {
			return false, err
		}
		for _, k := range found {
			if w.near[k] > 0 {
				continue
			}
			cost := typed.CostOf(r.word(k))
			if slices.Contains(short, k) {
				cost = min(cost, likeness.Diminutive)
			}
			w.keep(k, cost)
			known = known || k == w.word
		}
	}
	return known, nil
}

// mostLetters is longer than any word.
const mostLetters = 1 << 10

func (n *Notebook) nearWords(ctx context.Context, keys []string, shortest, longest int) ([]string, error) {
	if len(keys) == 0 {
		return nil, nil
	}
	list, err := json.Marshal(keys)
	if err != nil {
		return nil, err
	}
	return collect(ctx, n, scanText, sqlNearWords, string(list), shortest, longest, pageRows)
}

// soundsBegun finds known words that begin as the word sounds.
func (n *Notebook) soundsBegun(ctx context.Context, r *recent, w *searched) error {
	sound := likeness.SoundBeginning(w.word)
	if sound == "" {
		return nil
	}
	typed := likeness.NewWord(w.word)
	known, err := collect(ctx, n, scanText, sqlBegunSounds, sound, sound+behind, pageRows)
	for _, k := range known {
		w.keep(k, typed.BegunCostOf(k, r.word))
	}
	return err
}

// leastHalf is how long each of two words is that were written as one.
const leastHalf = 3

// split reads the word as two known ones: "jeanpierre" for "Jean Pierre".
func (n *Notebook) split(ctx context.Context, w *searched) error {
	var halves []string
	for i := leastHalf; i <= len(w.word)-leastHalf; i++ {
		if utf8.RuneStart(w.word[i]) {
			halves = append(halves, w.word[:i], w.word[i:])
		}
	}
	if len(halves) == 0 {
		return nil
	}
	found, err := n.nearWords(ctx, halves, 0, mostLetters)
	known := map[string]bool{}
	for _, k := range found {
		known[k] = true
	}
	for i := 0; i < len(halves); i += 2 {
		if known[halves[i]] && known[halves[i+1]] {
			w.pairs = append(w.pairs, [2]string{halves[i], halves[i+1]})
		}
	}
	return err
}

func (w *searched) keep(known string, cost float64) {
	if cost >= likeness.Unlike {
		return
	}
	if before, ok := w.near[known]; !ok || cost < before {
		w.near[known] = cost
	}
}

// trim leaves the nearest words.
func (w *searched) trim() {
	if len(w.near) <= mostNear {
		return
	}
	var words []string
	for k := range w.near {
		words = append(words, k)
	}
	slices.SortFunc(words, func(a, b string) int { return cmp.Or(cmp.Compare(w.near[a], w.near[b]), cmp.Compare(a, b)) })
	for _, k := range words[mostNear:] {
		delete(w.near, k)
	}
}
