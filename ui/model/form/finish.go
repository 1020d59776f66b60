package form

import (
	"solidaren/diagnostics/xform"
)

// Problem is something that blocks finishing, with the words that stand under
// its question.
type Problem struct {
	Ref, Label, Message string
	Number              int
}

// Finish checks the whole form. Without a problem the answers can be read from
// the session; else the problems show, here and at their questions. The error is
// a fault of the form, not of the answers.
func (m *Model) Finish() ([]Problem, error) {
	m.commit()
	m.look()
	found := m.guarded()
	var err error
	if len(found) == 0 {
		found, err = m.session.Finish()
	} else {
		found = append(m.session.Validate(), found...)
	}
	m.finishing = true
	m.seen.forget()
	m.setProblems(found)
	m.rebuild()
	m.changed(ChangeItems | ChangeProblems)
	return m.problems, err
}

// Problems are those that Finish found and that are still there.
func (m *Model) Problems() []Problem { return m.problems }

func (m *Model) setProblems(found []xform.Problem) {
	m.problems = nil
	for _, p := range found {
		m.problems = append(m.problems, Problem{Ref: p.Ref, Label: p.Label, Message: p.Message, Number: m.plan.number[pathOf(p.Ref)]})
	}
}
