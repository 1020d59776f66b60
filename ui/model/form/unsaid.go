package form

import (
	"slices"
	"strings"

	"solidaren/diagnostics"
	"solidaren/diagnostics/xform"
	"solidaren/ui/words"
)

// Reasons for no answer, as they are kept beside the answers.
const (
	Refused      = "rf"
	Unknown      = "dk"
	NotDiscussed = "not_discussed"
	OnPaper      = "paper" // of a signature
)

// OnPaper says of a signature that it was collected on paper.
func (m *Model) OnPaper(ref string) { m.excuse([]string{ref}, OnPaper) }

// Refuse answers "prefers not to answer": by the list where it has that, else
// beside the answers.
func (m *Model) Refuse() bool { return m.answerWith(doesNotAgree, Refused) }

// DontKnow answers "does not know" in the same way.
func (m *Model) DontKnow() bool { return m.answerWith(doesNotKnow, Unknown) }

func (m *Model) answerWith(value, reason string) bool {
	item, ok := m.Item(m.cursor)
	if !ok || item.Kind != Question {
		return false
	}
	for _, o := range item.Choices {
		if o.Value == value {
			m.Answer(m.cursor, value)
			return true
		}
	}
	switch {
	case m.isFact(item.Path):
		m.notice(words.T("form.notice.fact"))
		return false
	case item.New:
		m.notice(words.T("form.notice.no_such"))
		return false
	}
	m.excuse([]string{item.Ref}, reason)
	return true
}

// facts are the targets that every record needs, whatever the person says:
// where and when it was, what the contact was, and the information given.
var facts = []string{
	"encounter.at", "encounter.district", "encounter.place_kind", "encounter.contact_kind", "encounter.info_given",
	"count.case", "count.district", "count.place", "territory.at", "territory.district", "person.link",
}

// isFact reports whether a question asks for such a fact.
func (m *Model) isFact(path string) bool {
	return slices.ContainsFunc(strings.Fields(m.targets[path]), func(t string) bool { return slices.Contains(facts, t) })
}

// excuse gives questions a reason for no answer, as one step.
func (m *Model) excuse(refs []string, reason string) {
	m.put(typing{})
	m.remind()
	all := xform.Changes{}
	for _, ref := range refs {
		changes, err := m.session.Excuse(ref, reason)
		if err != nil {
			m.refused(err)
			continue
		}
		delete(m.copied, ref)
		all.Changed = append(all.Changed, changes.Changed...)
	}
	if len(refs) == 1 && reason != "" {
		m.remember(refs[0])
	}
	m.settle(all)
}

// reasonWords say a reason.
var reasonWords = map[string]string{
	OnPaper: "form.reason.paper", Refused: "form.reason.refused", Unknown: "form.reason.unknown", NotDiscussed: "form.reason.not_discussed",
}

// ReasonWords says why there is no answer.
func ReasonWords(reason string) string { return words.T(reasonWords[reason]) }

// status says in words what there is instead of an answer, or where the answer
// was taken from.
func (m *Model) status(n xform.Node) string {
	switch {
	case n.Reason != "":
		return ReasonWords(n.Reason)
	case m.copied[n.Ref]:
		return words.T("form.reason.copied")
	}
	return ""
}

// talkWord is the appearance of a group of which it can be said in one key that
// it was not talked about.
const talkWord = "talk"

// talkedMark ends the ref of the line that asks whether a section was talked
// about.
const talkedMark = "#talked"

// talked is the line at the head of a section that asks whether it was talked
// about; none for a section that does not ask.
func (m *Model) talked() []Item {
	path := m.plan.sections[m.section].path
	if path == "" || !m.plan.talks[path] || m.plan.sections[m.section].part > 1 {
		return nil
	}
	item := Item{Kind: Talked, Ref: path + talkedMark, Path: path, Label: words.T("form.talked"), Choices: []Option{
		{Value: "yes", Label: words.T("form.talked.yes"), Key: words.T("form.talked.yes.key")},
		{Value: NotDiscussed, Label: words.T("form.talked.no"), Key: "P"},
	}}
	answered, silent := m.discussed(path)
	switch {
	case answered:
		item.Chosen = []string{"yes"}
	case silent:
		item.Chosen = []string{NotDiscussed}
	}
	return []Item{item}
}

// discussed reports whether any question of a group has an answer, and whether
// all that are asked are marked as not discussed.
func (m *Model) discussed(path string) (answered, silent bool) {
	silent = true
	asked := 0
	for _, n := range m.seen.nodes {
		if !m.discussable(n, path) {
			continue
		}
		asked++
		answered = answered || n.Value != "" || n.Reason != "" && n.Reason != NotDiscussed
		silent = silent && n.Reason == NotDiscussed
	}
	return answered, silent && asked > 0
}

func (m *Model) discussable(n xform.Node, path string) bool {
	return strings.HasPrefix(n.Path, path+"/") && n.Kind == xform.KindQuestion && n.Control != "" && n.Relevant && !n.ReadOnly
}

// NotTalked says that the section on screen was not talked about, and goes on to
// the next. What was answered in it stays.
func (m *Model) NotTalked() {
	m.commit()
	path := m.plan.sections[m.section].path
	var refs []string
	for _, n := range m.seen.nodes {
		if m.discussable(n, path) && n.Value == "" && n.Reason == "" && !m.isFact(n.Path) {
			refs = append(refs, n.Ref)
		}
	}
	m.excuse(refs, NotDiscussed)
	m.notice(words.T("form.notice.not_talked"))
	m.turn(1, false)
}

// Talk takes that back and goes on to the first question.
func (m *Model) Talk() {
	if refs := m.silentRefs(m.plan.sections[m.section].path); len(refs) > 0 {
		m.excuse(refs, "")
	}
	m.Next()
}

func (m *Model) silentRefs(path string) []string {
	var refs []string
	for _, n := range m.seen.nodes {
		if m.discussable(n, path) && n.Reason == NotDiscussed {
			refs = append(refs, n.Ref)
		}
	}
	return refs
}

// talkAgain takes "not discussed" away from the rest of a section in which
// something was answered.
func (m *Model) talkAgain(ref string) {
	section, ok := m.plan.of[pathOf(ref)]
	if !ok || !m.plan.talks[m.plan.sections[section].path] {
		return
	}
	for _, other := range m.silentRefs(m.plan.sections[section].path) {
		if _, err := m.session.Excuse(other, ""); err != nil {
			m.refused(err)
		}
	}
}

// Bis gives the question at the cursor the answer that it had in the record
// before. It reports false if there is none to take, or none that may be taken:
// who a person is, is never copied.
func (m *Model) Bis() bool {
	item, ok := m.Item(m.cursor)
	if !ok || item.Kind != Question || m.options.Previous == nil || m.isIdentity(item.Path) {
		return false
	}
	value, ok := m.options.Previous(item.Ref)
	if !ok || value == "" {
		return false
	}
	m.Answer(item.Ref, value)
	node, _ := m.session.Node(item.Ref)
	if node.Value != value {
		return false
	}
	m.copied[item.Ref] = true
	m.rebuild()
	m.changed(ChangeItems)
	return true
}

// isIdentity reports whether a question asks who a person is.
func (m *Model) isIdentity(path string) bool {
	return slices.ContainsFunc(strings.Fields(m.targets[path]), func(t string) bool {
		return strings.HasPrefix(t, diagnostics.IdentityPrefix) || t == "person.code"
	})
}
