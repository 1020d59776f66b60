package store

import (
	"maps"
	"slices"

	"solidaren/diagnostics/likeness"
)

// recent is what the last search looked up and the next one, a letter later,
// would look up again: most of the words, and of the persons. It is forgotten
// once a record changes or goes, and when the notebook is closed.
type recent struct {
	index int64 // number of the last transaction that changed what a search shows
	posts postings
	near  map[string]nearness
	words map[string]likeness.Word // known ones, with what they sound like
	found map[int64]*candidate     // by row
	lines map[string]*personLine   // by id
}

// nearness is what a word may be.
type nearness struct {
	near  map[string]float64
	pairs [][2]string
}

// How much is kept.
const (
	mostRecentWords = 64
	mostRecentPosts = 2000 // and known words, and candidates
)

// takeRecent gives what the last search left, or nothing. Only one search has
// it at a time.
func (n *Notebook) takeRecent() *recent {
	index := n.indexed.Load()
	r := n.recent.Swap(nil)
	if r == nil || r.index != index || max(len(r.posts), len(r.words), len(r.found), len(r.lines)) > mostRecentPosts || len(r.near) > mostRecentWords {
		return &recent{
			index: index, posts: postings{}, near: map[string]nearness{},
			words: map[string]likeness.Word{}, found: map[int64]*candidate{}, lines: map[string]*personLine{},
		}
	}
	return r
}

// leaveRecent keeps it for the next search.
func (n *Notebook) leaveRecent(r *recent) { n.recent.Store(r) }

// recall gives a word what it may be, if that was looked up before.
func (r *recent) recall(w *searched) bool {
	known, ok := r.near[w.word]
	if ok {
		w.near, w.pairs = maps.Clone(known.near), known.pairs
	}
	return ok
}

// note keeps what a word may be, before beginnings are added to it.
func (r *recent) note(w *searched) {
	r.near[w.word] = nearness{maps.Clone(w.near), w.pairs}
}

// word prepares a known word.
func (r *recent) word(text string) likeness.Word {
	w, ok := r.words[text]
	if !ok {
		w = likeness.NewWord(text)
		r.words[text] = w
	}
	return w
}

// unread leaves of rows those whose candidates were not read yet, and gives the
// others to the search.
func (r *recent) unread(s *search, rows []int64) []int64 {
	return slices.DeleteFunc(rows, func(row int64) bool {
		c := r.found[row]
		if c != nil {
			s.found[row] = c
		}
		return c != nil
	})
}
