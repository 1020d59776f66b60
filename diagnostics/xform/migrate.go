package xform

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Migration says what becomes of the answers of a draft that was begun with
// another version of the form. Unanswered questions, calculations and what the
// form knows of itself (meta) are not listed.
type Migration struct {
	From, To string   // versions
	Kept     []Answer // at the place that they had
	Renamed  []Renamed
	Orphans  []Orphan // what the form has no place for now; earlier ones included
}

// Answer is an answer at its place in the new version.
type Answer struct{ Ref, Label, Value string }

// Renamed is an answer that has another name or place in the new version.
type Renamed struct {
	From string // the ref that it had
	Answer
}

// Orphan is an answer that a later version of the form has no place for: its
// question is gone, takes another type, or no longer offers the choice. It
// stays in the state of the session.
type Orphan struct {
	Ref     string `json:"ref"` // in the version that it was given in
	Label   string `json:"label,omitempty"`
	Value   string `json:"value"`
	Version string `json:"version"` // in which it was given
}

// Orphans lists the answers that the form has no place for, to be archived
// with the record.
func (s *Session) Orphans() []Orphan { return slices.Clone(s.orphans) }

// wasAttr is the attribute of a bind that holds the names or paths that a
// question, group or repeat had in earlier versions, separated by spaces.
const wasAttr = "sr:was"

// Migrate opens a state that was saved with another version of the form, and
// says what becomes of each answer. A question is found again by its path, by
// what sr:was says of it, or by its name where there is but one of that name.
// Nothing is dropped: what finds no place is among the session's orphans.
// o.Former, if given, lends orphans their labels. Errors: as Restore.
func (f *Form) Migrate(saved []byte, o SessionOptions) (*Session, Migration, error) {
	st, err := f.read(saved)
	if err != nil {
		return nil, Migration{}, err
	}
	return f.migrate(st, o)
}

func (f *Form) migrate(st state, o SessionOptions) (*Session, Migration, error) {
	former, err := flatten(st.Answers, f.root.path)
	if err != nil {
		return nil, Migration{}, unreadable(err)
	}
	former = withExcused(former, st.Reasons)
	s, err := f.open(st.in(f, o))
	if err != nil {
		return nil, Migration{}, err
	}
	s.id = firstOf(st.ID, s.id)
	s.audit = st.Audit
	s.begin()
	m := &mover{Session: s, from: st.Version, ways: f.ways(former), placed: map[*inode]bool{}}
	m.replant(former)
	m.reclaim(st.Orphans, former)
	s.evaluateAll(true)
	m.settle()
	m.excuse(st.Reasons)
	s.evaluateAll(true)
	s.loaded()
	s.drain()
	s.note(EventResume, "")
	return s, m.report(), nil
}

// withExcused adds the questions that have no answer for a reason: a finished
// record holds those that are answered alone.
func withExcused(former []formerAnswer, reasons map[string]string) []formerAnswer {
	known := map[string]bool{}
	for _, a := range former {
		known[a.ref] = true
	}
	for _, ref := range slices.Sorted(maps.Keys(reasons)) {
		if !known[ref] {
			path, at := splitRef(ref)
			former = append(former, formerAnswer{path: path, ref: ref, at: at})
		}
	}
	return former
}

// formerAnswer is a value of a saved state; or, with a count, a series of
// instances.
type formerAnswer struct {
	path   string // without positions
	ref    string // with them
	at     []int  // the positions
	value  string
	series bool
	count  int
}

// flatten lists what is in a saved state, the outer before the inner.
func flatten(raw json.RawMessage, path string) ([]formerAnswer, error) {
	var tree any
	if len(raw) > 0 {
		if err := json.Unmarshal(raw, &tree); err != nil {
			return nil, err
		}
	}
	var list []formerAnswer
	var walk func(x any, here formerAnswer)
	walk = func(x any, here formerAnswer) {
		switch x := x.(type) {
		case string:
			here.value = x
			list = append(list, here)
		case map[string]any:
			for _, key := range slices.Sorted(maps.Keys(x)) {
				step := ""
				if key != "" {
					step = "/" + key
				}
				walk(x[key], formerAnswer{path: here.path + step, ref: here.ref + step, at: here.at})
			}
		case []any:
			count := min(len(x), maxInstances)
			list = append(list, formerAnswer{path: here.path, ref: here.ref, at: here.at, series: true, count: count})
			for i, one := range x[:count] {
				walk(one, formerAnswer{path: here.path, ref: here.ref + "[" + strconv.Itoa(i+1) + "]", at: append(slices.Clip(here.at), i+1)})
			}
		}
	}
	walk(tree, formerAnswer{path: path, ref: path})
	return list, nil
}

// statePath is the path of a definition in a saved state.
func (d *def) statePath(root *def) string {
	if d == root {
		return d.path
	}
	return d.parent.statePath(root) + "/" + d.key()
}

// wayfinder finds where each path of a saved state leads now.
type wayfinder struct {
	series map[string]bool // paths of the state; true: of a repeat
	ways   map[string]*def
	taken  map[*def]bool
}

// claim gives a path to a definition, unless either is given already, or one
// is a repeat and the other an answer.
func (w *wayfinder) claim(path string, d *def) {
	series, known := w.series[path]
	if known && w.ways[path] == nil && !w.taken[d] && series == d.repeat && (series || d.leaf()) {
		w.ways[path], w.taken[d] = d, true
	}
}

// ways finds where each path of a saved state leads now: first by paths, then
// by sr:was, then by names that both versions have once.
func (f *Form) ways(former []formerAnswer) map[string]*def {
	w := &wayfinder{series: map[string]bool{}, ways: map[string]*def{}, taken: map[*def]bool{}}
	for _, a := range former {
		w.series[a.path] = a.series
	}
	for _, d := range f.defs {
		if !d.attr || d.bind.found {
			w.claim(d.statePath(f.root), d)
		}
	}
	for _, d := range f.defs {
		for _, path := range d.formerPaths(f.root) {
			w.claim(path, d)
		}
	}
	w.claimNames(f.defs)
	return w.ways
}

// claimNames gives each path that is left to the one definition that is left
// of the same name.
func (w *wayfinder) claimNames(defs []*def) {
	times := map[string]int{} // that a name is in the state
	for path := range w.series {
		times[lastStep(path)]++
	}
	named := map[string][]*def{}
	for _, d := range defs {
		if !d.attr && !w.taken[d] {
			named[d.name] = append(named[d.name], d)
		}
	}
	for path := range w.series {
		name := lastStep(path)
		if list := named[name]; len(list) == 1 && times[name] == 1 {
			w.claim(path, list[0])
		}
	}
}

func lastStep(path string) string { return path[strings.LastIndexByte(path, '/')+1:] }

// formerPaths lists the paths that a definition may have had: its own names
// and those of what is around it, in every combination.
func (d *def) formerPaths(root *def) []string {
	if d == root {
		return []string{d.path}
	}
	var list []string
	names := []string{d.key()}
	for _, was := range strings.Fields(d.bind.attrs[wasAttr]) {
		if strings.HasPrefix(was, "/") {
			list = append(list, was)
		} else {
			names = append(names, was)
		}
	}
	for _, parent := range d.parent.formerPaths(root) {
		for _, name := range names {
			if len(list) < maxFormerPaths {
				list = append(list, parent+"/"+name)
			}
		}
	}
	return list
}

// maxFormerPaths bounds the combinations of former names of nested groups.
const maxFormerPaths = 64
