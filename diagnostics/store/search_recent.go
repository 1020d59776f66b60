package store

import "maps"

// recent is what the last search looked up and the next one, a letter later,
// would look up again: the words before the one that is being typed. It is
// forgotten once the index of persons changes, and when the notebook is closed.
type recent struct {
	index int64 // number of the index's last change
	posts postings
	near  map[string]nearness
}

// nearness is what a word may be.
type nearness struct {
	near  map[string]float64
	pairs [][2]string
}

// How much is kept.
const (
	mostRecentWords = 64
	mostRecentPosts = 2000
)

// takeRecent gives what the last search left, or nothing. Only one search has
// it at a time.
func (n *Notebook) takeRecent() *recent {
	index := n.indexed.Load()
	r := n.recent.Swap(nil)
	if r == nil || r.index != index || len(r.posts) > mostRecentPosts || len(r.near) > mostRecentWords {
		return &recent{index: index, posts: postings{}, near: map[string]nearness{}}
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
