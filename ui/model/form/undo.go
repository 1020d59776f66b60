package form

import (
	"bytes"

	"solidaren/ui/words"
)

// snapshot is the answers before a step.
type snapshot struct {
	state  []byte
	cursor string
}

// undoSteps is how many steps can be taken back.
const undoSteps = 50

// remind keeps the answers as they are before a step changes them.
func (m *Model) remind() {
	if m.state == nil {
		return
	}
	if last := len(m.past) - 1; last >= 0 && bytes.Equal(m.past[last].state, m.state) {
		return // nothing has changed since
	}
	m.past = append(m.past, snapshot{m.state, m.cursor})
	if len(m.past) > undoSteps {
		m.past = m.past[1:]
	}
}

// CanUndo reports whether there is a step to take back.
func (m *Model) CanUndo() bool { return len(m.past) > 0 || m.typing.ref != "" }

// Undo takes the last step back: an answer, a refusal, a row that was removed.
// It reports false if there is nothing to take back.
func (m *Model) Undo() bool {
	m.commit()
	for len(m.past) > 0 && bytes.Equal(m.past[len(m.past)-1].state, m.state) {
		m.past = m.past[:len(m.past)-1] // a step that changed nothing
	}
	if len(m.past) == 0 {
		return false
	}
	last := m.past[len(m.past)-1]
	m.past = m.past[:len(m.past)-1]
	if _, err := m.session.Rewind(last.state); err != nil {
		m.refused(err)
		return false
	}
	m.trail, m.copied = nil, map[string]bool{}
	m.refresh()
	if !m.GoTo(last.cursor) {
		m.cursorLost()
	}
	m.changed(ChangeItems | ChangeProblems | ChangeCursor)
	m.notice(words.T("form.notice.undone"))
	return true
}
