package form

import (
	"slices"

	"solidaren/diagnostics/xform"
)

// aside reports whether a question is shown elsewhere: it has a valid answer,
// and the cursor is not on it.
func (m *Model) aside(n xform.Node) bool {
	return n.Valid && n.Value != "" && n.Ref != m.cursor && slices.Contains(m.options.Aside, n.Ref)
}

// Fill gives a question its value from elsewhere: the path that Back goes along
// leaves it out.
func (m *Model) Fill(ref, value string) {
	changes, err := m.session.Set(ref, value)
	if err != nil {
		m.refused(err)
		return
	}
	m.touch(ref)
	m.settle(changes)
}

// Last reports whether the question at the cursor is the last one that is asked
// in its section, and in the whole form. What is being typed becomes an answer.
func (m *Model) Last() (ofSection, ofForm bool) {
	m.commit()
	at := slices.IndexFunc(m.items, func(i Item) bool { return i.Ref == m.cursor })
	if slices.ContainsFunc(m.items[at+1:], Item.stop) {
		return false, false
	}
	for _, s := range m.Sections()[m.section+1:] {
		if s.State != Unseen {
			return true, false
		}
	}
	return true, true
}
