package xform

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// mover brings the answers of another version into a session.
type mover struct {
	*Session
	from   string // version
	ways   map[string]*def
	placed map[*inode]bool
	moved  []move
	lost   []Orphan
}

// move is an answer that found a place.
type move struct {
	answer formerAnswer
	node   *inode
}

// replant gives every repeat the instances that it had, and every question its
// answer.
func (m *mover) replant(former []formerAnswer) {
	for _, a := range former {
		d := m.ways[a.path]
		if !a.series || d == nil || !d.repeat {
			continue
		}
		if parent := m.descend(d.parent, a.at); parent != nil {
			for list := parent.reps[d.series]; len(list) > 0; list = parent.reps[d.series] {
				m.shrink(list[len(list)-1])
			}
			m.fill(parent, d, a.count)
		}
	}
	for _, a := range former {
		if !a.series {
			m.place(a)
		}
	}
}

// place puts an answer where it belongs now, or among the orphans.
func (m *mover) place(a formerAnswer) {
	d := m.ways[a.path]
	if d == nil || d.repeat {
		m.orphan(a)
		return
	}
	n := m.descend(d, a.at)
	if n == nil || m.placed[n] {
		m.orphan(a)
		return
	}
	n.hold(a.value)
	m.placed[n] = true
	m.moved = append(m.moved, move{a, n})
}

// excuse brings over why questions have no answer, where there is still none.
func (m *mover) excuse(reasons map[string]string) {
	for _, ref := range slices.Sorted(maps.Keys(reasons)) {
		path, at := splitRef(ref)
		d := m.ways[path]
		if d == nil || d.repeat {
			continue
		}
		if n := m.descend(d, at); n != nil && n.typed == "" {
			n.reason = reasons[ref]
		}
	}
}

// hold sets a value of which nobody is told yet.
func (n *inode) hold(value string) { n.typed, n.value, n.numbered = value, value, false }

// fill gives a repeat at least count instances.
func (m *mover) fill(parent *inode, d *def, count int) {
	for len(parent.reps[d.series]) < min(count, maxInstances) && m.tree.nodes <= maxNodes {
		m.grow(parent, d)
	}
}

// descend goes to the instance of d at those positions, making instances that
// are not there. Of a repeat that was not there before, it is the first; what
// stood in a repeat that is gone has no place, but for the first instance.
func (m *mover) descend(d *def, at []int) *inode {
	n := m.tree.root
	for _, k := range chainTo(d, m.form.root) {
		if !k.repeat {
			n = n.kids[k.slot]
			continue
		}
		position := 1
		if len(at) > 0 {
			position, at = at[0], at[1:]
		}
		m.fill(n, k, position)
		if position < 1 || position > len(n.reps[k.series]) {
			return nil
		}
		n = n.reps[k.series][position-1]
	}
	if slices.ContainsFunc(at, func(i int) bool { return i != 1 }) {
		return nil
	}
	return n
}

// reclaim takes back orphans of earlier versions whose question has returned.
func (m *mover) reclaim(orphans []Orphan, former []formerAnswer) {
	known := map[string]bool{}
	for _, a := range former {
		known[a.path] = true
	}
	for _, o := range orphans {
		path, at := splitRef(o.Ref)
		d := m.form.byPath[path]
		if known[path] || d == nil || !d.leaf() || len(at) > 0 && !m.repeats(d, at) {
			m.lost = append(m.lost, o)
			continue
		}
		m.ways[path] = d
		m.place(formerAnswer{path: path, ref: o.Ref, at: at, value: o.Value})
	}
}

// repeats reports whether there are instances of d at those positions now.
func (m *mover) repeats(d *def, at []int) bool {
	n := m.tree.root
	for _, k := range chainTo(d, m.form.root) {
		switch {
		case !k.repeat:
			n = n.kids[k.slot]
		case len(at) == 0 || at[0] < 1 || at[0] > len(n.reps[k.series]):
			return false
		default:
			n, at = n.reps[k.series][at[0]-1], at[1:]
		}
	}
	return len(at) == 0
}

// settle makes orphans of answers that cannot stay where they were placed, and
// leaves in moved what a worker answered and finds again.
func (m *mover) settle() {
	stay := m.moved[:0]
	for _, one := range m.moved {
		kept := m.staying(one)
		if rest := without(one.answer.value, kept); rest != "" {
			lost := one.answer
			lost.value = rest
			m.orphan(lost)
			one.node.hold(kept)
		}
		d := one.node.def
		if one.answer.value = kept; kept != "" && d.kind() != KindCalculate && !m.computed(one.answer.path) {
			stay = append(stay, one)
		}
	}
	m.moved = stay
}

// staying is the part of an answer that stays where it was placed: nothing of
// what is of the wrong type, of choices that are gone, in an instance that the
// form no longer has, or where the form calculates now.
func (m *mover) staying(one move) string {
	n, value := one.node, one.answer.value
	switch {
	case value == "" || m.computed(one.answer.path):
		return value
	case !m.attached(n) || n.def.comps[calculateKind] != nil && n.typed != value:
		return ""
	}
	if n.value = value; m.fits(n) {
		return value
	}
	c := n.def.control
	if c == nil || c.choices == nil || c.name == "select1" {
		return ""
	}
	return strings.Join(slices.DeleteFunc(strings.Fields(value), func(word string) bool {
		listed, now := m.offered(n, word)
		return !listed && !now
	}), " ")
}

// without is a value less the part of it that is kept.
func without(value, kept string) string {
	switch kept {
	case value:
		return ""
	case "":
		return value
	}
	stays := strings.Fields(kept)
	return strings.Join(slices.DeleteFunc(strings.Fields(value), func(word string) bool { return slices.Contains(stays, word) }), " ")
}

// computed reports whether what stood at a path is known to be no answer: the
// form knew it of itself, or calculated it in both versions.
func (m *mover) computed(path string) bool {
	if metaPath.MatchString(path) {
		return true
	}
	if m.options.Former == nil {
		return false
	}
	d := m.options.Former.byPath[path]
	return d != nil && d.comps[calculateKind] != nil
}

// metaPath matches what a form knows of itself: its meta block, and attributes.
var metaPath = regexp.MustCompile(`^/[^/]+/([^/:]+:)?meta/|/@`)

// orphan notes an answer that has no place.
func (m *mover) orphan(a formerAnswer) {
	if a.value == "" || m.computed(a.path) {
		return
	}
	m.lost = append(m.lost, Orphan{Ref: a.ref, Label: m.formerLabel(a.path), Value: a.value, Version: m.from})
}

// formerLabel is the label of a question of the former version, as far as it
// is known.
func (m *mover) formerLabel(path string) string {
	for _, f := range []*Form{m.options.Former, m.form} {
		if f == nil || f.byPath[path] == nil || f.byPath[path].face() == nil {
			continue
		}
		return f.byPath[path].face().label.plain(max(0, slices.Index(f.languages, m.Language())))
	}
	return ""
}

// report lists what was done, in the order of the form.
func (m *mover) report() Migration {
	m.orphans = m.lost
	out := Migration{From: m.from, To: m.form.version, Orphans: m.Orphans()}
	order := map[*inode]int{}
	m.tree.root.each(func(n *inode) { order[n] = len(order) })
	slices.SortStableFunc(m.moved, func(a, b move) int { return cmp.Compare(order[a.node], order[b.node]) })
	for _, one := range m.moved {
		n := one.node
		answer := Answer{Ref: n.reference(), Value: one.answer.value}
		if c := n.def.face(); c != nil {
			answer.Label = c.label.in(m.language, m.at(n))
		}
		if n.def.statePath(m.form.root) == one.answer.path {
			out.Kept = append(out.Kept, answer)
		} else {
			out.Renamed = append(out.Renamed, Renamed{From: one.answer.ref, Answer: answer})
		}
	}
	return out
}
