package form

import "strconv"

// AddRow adds a row to a repeat and puts the cursor on its first question.
func (m *Model) AddRow(repeat string) {
	m.commit()
	changes, err := m.session.AddRepeat(repeat)
	if err != nil {
		m.refused(err)
		return
	}
	node, _ := m.session.Node(repeat)
	m.open[repeat] = node.Count
	m.settle(changes)
	m.enterRow(repeat + "[" + strconv.Itoa(node.Count) + "]")
}

// EnterRow shows the questions of a row instead of those of the row before, and
// puts the cursor on the first.
func (m *Model) EnterRow(row string) {
	m.commit()
	repeat, index := repeatOf(row)
	m.open[repeat], _ = strconv.Atoi(index)
	m.rebuild()
	m.enterRow(row)
}

// enterRow puts the cursor on the first question of a row.
func (m *Model) enterRow(row string) {
	inside := false
	for _, item := range m.items {
		if inside && item.Focusable() {
			m.place(item.Ref, ChangeItems|ChangeCursor)
			return
		}
		inside = inside || item.Ref == row
	}
}

// RemoveRow takes a row with all its answers away.
func (m *Model) RemoveRow(row string) {
	m.typing = typing{}
	repeat, _ := repeatOf(row)
	changes, err := m.session.RemoveRepeat(row)
	if err != nil {
		m.refused(err)
		return
	}
	m.open[repeat] = 0
	m.trail = nil // the refs of later rows have moved
	m.cursor = repeat
	m.settle(changes)
	m.changed(ChangeCursor)
}

// RowAtCursor is the innermost row that the cursor is in; "" for none.
func (m *Model) RowAtCursor() string { return rowOf(m.cursor) }
