package form

import (
	"slices"
	"strings"

	"solidaren/diagnostics/xform"
)

// seen is what is known of the whole form, kept up to date by what each step
// changes, so that a step costs the same in a long form as in a short one.
type seen struct {
	watch   *xform.Watch
	nodes   []xform.Node   // as they are now
	at      map[string]int // ref → place among the nodes; nil: not needed yet
	of      [][]int        // section → places of its nodes
	section []int          // place → section, -1 for none
	heads   map[string]int // path of a section's group → its place
	outline []Section
	stale   []bool // sections whose line in the outline is no longer right
}

// forget makes every line of the outline be counted again.
func (s *seen) forget() {
	for i := range s.stale {
		s.stale[i] = true
	}
}

// look brings what is known up to date.
func (m *Model) look() {
	places, whole := m.seen.watch.Refresh()
	m.seen.nodes = m.seen.watch.Nodes()
	if whole {
		m.index()
		return
	}
	for _, at := range places {
		if section := m.seen.section[at]; section >= 0 {
			m.seen.stale[section] = true
		}
	}
}

// index divides the nodes between the sections.
func (m *Model) index() {
	s := &m.seen
	s.at, s.section, s.heads = nil, make([]int, len(s.nodes)), map[string]int{}
	s.of = make([][]int, len(m.plan.sections))
	s.outline, s.stale = make([]Section, len(s.of)), make([]bool, len(s.of))
	s.forget()
	for at, n := range s.nodes {
		section, ok := m.plan.of[n.Path]
		if !ok {
			s.section[at] = -1
			continue
		}
		s.section[at] = section
		s.of[section] = append(s.of[section], at)
		if n.Path == m.plan.sections[section].path && (n.Kind == xform.KindGroup || n.Kind == xform.KindRepeat) {
			s.heads[n.Path] = at
		}
	}
}

// inside are the nodes below a row.
func (m *Model) inside(row string) []xform.Node {
	s := &m.seen
	if s.at == nil {
		s.at = make(map[string]int, len(s.nodes))
		for at, n := range s.nodes {
			s.at[n.Ref] = at
		}
	}
	first, ok := s.at[row]
	if !ok {
		return nil
	}
	end := first + 1
	for end < len(s.nodes) && strings.HasPrefix(s.nodes[end].Ref, row+"/") {
		end++
	}
	return s.nodes[first+1 : end]
}

// put says what is being typed: until it is an answer, nothing is said against
// it.
func (m *Model) put(t typing) {
	if t.ref != m.typing.ref {
		m.recount(m.typing.ref)
		m.recount(t.ref)
	}
	m.typing = t
}

// touch says that a question was left: what is wrong with its answer shows.
func (m *Model) touch(ref string) {
	m.touched[ref] = true
	m.recount(ref)
}

// recount makes the section of a question be counted again.
func (m *Model) recount(ref string) {
	if section, ok := m.plan.of[pathOf(ref)]; ok && section < len(m.seen.stale) {
		m.seen.stale[section] = true
	}
}

// Sections is the outline of the form.
func (m *Model) Sections() []Section {
	for i, stale := range m.seen.stale {
		if stale {
			m.seen.outline[i] = m.tally(i)
			m.seen.stale[i] = false
		}
	}
	return slices.Clone(m.seen.outline)
}

// tally is what the outline counts of a section beside what it shows.
type tally struct {
	missing bool // something that is needed has no answer
	grows   bool // it has a repeat that can grow
	silent  int  // questions that were not talked about
}

// tally counts a section.
func (m *Model) tally(i int) Section {
	s, t := Section{Index: i, Part: m.plan.sections[i].part}, tally{}
	if at, ok := m.seen.heads[m.plan.sections[i].path]; ok {
		s.Title = m.seen.nodes[at].Label
	}
	for _, at := range m.seen.of[i] {
		n := &m.seen.nodes[at]
		t.grows = t.grows || n.Kind == xform.KindRepeat && n.Relevant && !n.ReadOnly
		if n.Kind == xform.KindQuestion && n.Control != "" && n.Relevant && !isHead(n.Control, n.Appearance) {
			m.count(&s, &t, n)
		}
	}
	s.State = state(s, t)
	return s
}

// count adds a question that is asked to its section.
func (m *Model) count(s *Section, t *tally, n *xform.Node) {
	s.Asked++
	if n.Reason == NotDiscussed {
		t.silent++
	}
	if n.Value != "" || n.Reason != "" {
		s.Answered++
	} else if n.Required {
		t.missing = true
	}
	if m.fault(*n) != "" {
		s.Faults++
	}
}
