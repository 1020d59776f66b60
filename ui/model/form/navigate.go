package form

import (
	"slices"
	"strings"

	"solidaren/diagnostics/xform"
	"solidaren/ui/words"
)

// Section is one screen of the form in its outline.
type Section struct {
	Index           int
	Title           string
	Part            int // 1… of a group that is too long for one screen, else 0
	State           State
	Answered, Asked int
	Faults          int
}

// Name is what the section is called on the screen.
func (s Section) Name() string {
	name := strings.ReplaceAll(Plain(s.Title), "\n", " ")
	if name == "" {
		name = words.T("form.section", s.Index+1)
	}
	if s.Part > 0 {
		name = words.T("form.part", name, s.Part)
	}
	return name
}

// State is how far a section is.
type State string

// The states of a section.
const (
	Empty  State = "empty"
	Begun  State = "begun"  // something that is needed is missing
	Enough State = "enough" // something is left empty, nothing that is needed is missing
	Done   State = "done"   // everything is answered
	Faulty State = "faulty"
	Unseen State = "unseen" // nothing in it is asked, given the other answers
	Silent State = "silent" // it was not talked about
)

// Current is the section on screen.
func (m *Model) Current() int { return m.section }

// Where says where the cursor is, the section and the number of the question, ""
// if it has none.
func (m *Model) Where() string {
	item, ok := m.Item(m.cursor)
	if !ok || item.Number == 0 {
		return ""
	}
	return words.T("form.where", m.Sections()[m.section].Name(), item.Number)
}

func state(s Section, t tally) State {
	switch {
	case s.Asked == 0 && t.grows:
		return Empty
	case s.Asked == 0:
		return Unseen
	case t.silent == s.Asked:
		return Silent
	case s.Faults > 0:
		return Faulty
	case s.Answered == 0:
		return Empty
	case t.missing:
		return Begun
	case s.Answered < s.Asked:
		return Enough
	}
	return Done
}

// Answered counts the answers of the whole form.
func (m *Model) Answered() int {
	n := 0
	for _, s := range m.Sections() {
		n += s.Answered
	}
	return n
}

// firstShown is the first section in which something is asked.
func (m *Model) firstShown() int {
	for _, s := range m.Sections() {
		if s.State != Unseen {
			return s.Index
		}
	}
	return 0
}

// Next moves the cursor to the question after the present one, in the next
// section if need be. It reports false at the end of the form.
func (m *Model) Next() bool { return m.step(1) }

// Previous moves the cursor to the question before the present one.
func (m *Model) Previous() bool { return m.step(-1) }

func (m *Model) step(by int) bool {
	m.commit()
	at := slices.IndexFunc(m.items, func(i Item) bool { return i.Ref == m.cursor })
	for i := at + by; at >= 0 && i >= 0 && i < len(m.items); i += by {
		if m.items[i].stop() {
			m.place(m.items[i].Ref, ChangeCursor)
			return true
		}
	}
	if m.page != "" {
		return m.leavePage(by)
	}
	return m.turn(by, by < 0)
}

// OpenPage shows a repeat that stands in a row, alone.
func (m *Model) OpenPage(repeat string) {
	m.commit()
	m.page = repeat
	m.rebuild()
	m.place(m.firstItem(), ChangeSection|ChangeItems|ChangeCursor)
}

// LeavePage goes back to what the page was opened from. It reports false if
// the whole section is on screen.
func (m *Model) LeavePage() bool {
	if m.page == "" {
		return false
	}
	m.commit()
	return m.leavePage(-1)
}

// leavePage goes back to the page before; by says whether the cursor goes on
// behind the repeat that was shown.
func (m *Model) leavePage(by int) bool {
	left := m.page
	m.page = pageOf(left)
	m.reveal(left)
	m.rebuild()
	m.place(left, ChangeSection|ChangeItems|ChangeCursor)
	return by < 0 || m.step(by)
}

// Breadcrumb names the rows and repeats that lead to the page on screen; none
// for a whole section.
func (m *Model) Breadcrumb() []string {
	if m.page == "" {
		return nil
	}
	var names []string
	for _, row := range rowsOf(m.page) {
		repeat, index := repeatOf(row)
		node, _ := m.session.Node(repeat)
		names = append(names, node.Label, index+". "+m.summary(row))
	}
	node, _ := m.session.Node(m.page)
	return append(names, node.Label)
}

// NextSection shows the section after the present one in which something is
// asked.
func (m *Model) NextSection() bool { return m.turn(1, false) }

// PreviousSection shows the section before.
func (m *Model) PreviousSection() bool { return m.turn(-1, false) }

// turn shows the neighbouring section in which something is asked, at its first
// question or its last.
func (m *Model) turn(by int, last bool) bool {
	m.commit()
	sections := m.Sections()
	for i := m.section + by; i >= 0 && i < len(sections); i += by {
		if sections[i].State != Unseen {
			m.show(i, last)
			return true
		}
	}
	return false
}

// Show shows a section, with the cursor on its first question.
func (m *Model) Show(section int) {
	if section < 0 || section >= len(m.plan.sections) {
		return
	}
	m.commit()
	m.show(section, false)
}

func (m *Model) show(section int, last bool) {
	m.section, m.page = section, ""
	m.rebuild()
	ref := m.firstItem()
	if last {
		ref = m.lastItem()
	}
	m.place(ref, ChangeSection|ChangeItems|ChangeCursor)
}

func (m *Model) lastItem() string {
	for _, item := range slices.Backward(m.items) {
		if item.stop() {
			return item.Ref
		}
	}
	return ""
}

func (m *Model) firstItem() string {
	for _, item := range m.items {
		if item.stop() {
			return item.Ref
		}
	}
	return ""
}

// GoTo puts the cursor on a question, wherever it is, and opens the rows that it
// lies in. It reports false if the question is not asked.
func (m *Model) GoTo(ref string) bool {
	m.commit()
	node, known := m.session.Node(ref)
	section, ok := m.plan.of[pathOf(strings.TrimSuffix(ref, talkedMark))]
	if !ok || known && !node.Relevant {
		return false
	}
	change := ChangeItems | ChangeCursor
	if page := pageOf(ref); section != m.section || page != m.page {
		m.section, m.page = section, page
		change |= ChangeSection
	}
	m.reveal(ref)
	m.rebuild()
	item, shown := m.Item(ref)
	if !known && !shown {
		return false
	}
	if !item.Focusable() {
		ref = m.nearest(ref)
	}
	m.place(ref, change)
	return true
}

// place puts the cursor on an item of the section on screen.
func (m *Model) place(ref string, change Change) {
	m.cursor = ref
	if m.turnTo(ref) {
		m.rebuild()
		change |= ChangeItems
	}
	m.changed(change)
	m.saveCursor()
}

// nearest is the focusable item at, or else after, or else before, the place
// that a ref has in the form.
func (m *Model) nearest(ref string) string {
	at := m.plan.order[pathOf(ref)]
	last := ""
	for _, item := range m.items {
		if !item.stop() {
			continue
		}
		last = item.Ref
		if m.plan.order[item.Path] >= at && rowOf(item.Ref) == rowOf(ref) {
			return item.Ref
		}
	}
	return last
}

// pathOf takes the positions out of a ref.
func pathOf(ref string) string {
	path := make([]byte, 0, len(ref))
	inside := false
	for i := range len(ref) {
		switch c := ref[i]; {
		case c == '[':
			inside = true
		case c == ']':
			inside = false
		case !inside:
			path = append(path, c)
		}
	}
	return string(path)
}

// NextRequired puts the cursor on the next question that needs an answer and has
// none, round the form. It reports false if there is none.
func (m *Model) NextRequired() bool {
	m.commit()
	var missing []string
	after := -1
	passed := false
	for _, n := range m.seen.nodes {
		if n.Ref == m.cursor {
			passed = true
			continue
		}
		if _, ok := m.plan.of[n.Path]; ok && n.Kind == xform.KindQuestion && n.Control != "" && n.Relevant && n.Required && n.Value == "" && n.Reason == "" {
			if passed && after < 0 {
				after = len(missing)
			}
			missing = append(missing, n.Ref)
		}
	}
	if len(missing) == 0 {
		return false
	}
	return m.GoTo(missing[max(after, 0)])
}

// remember puts an answered question on the path that Back goes along.
func (m *Model) remember(ref string) {
	m.trail = slices.DeleteFunc(m.trail, func(r string) bool { return r == ref })
	m.trail = append(m.trail, ref)
}

// Back goes to the question answered before the present one, along the path
// that was taken; without one, to the question before.
func (m *Model) Back() bool {
	m.commit()
	for len(m.trail) > 0 {
		last := m.trail[len(m.trail)-1]
		m.trail = m.trail[:len(m.trail)-1]
		if last != m.cursor && m.GoTo(last) {
			return true
		}
	}
	return m.Previous()
}
