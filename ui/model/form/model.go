// Package form is what a form on screen knows: sections, questions as they are
// to be shown, what is being typed, where the cursor is, what is saved. It wraps
// an xform.Session and draws nothing, so that a window and a terminal can both
// stand on it. It decides no answer and stores nothing: saving is a function
// that it is given. All its methods are called on one goroutine.
package form

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"solidaren/diagnostics"
	"solidaren/diagnostics/xform"
	"solidaren/ui/words"
)

// Change says what a view has to show again. Changes are added up.
type Change int

// The changes.
const (
	ChangeItems    Change = 1 << iota // questions of the section on screen
	ChangeSection                     // another section is on screen
	ChangeCursor                      // the cursor went elsewhere by a command
	ChangeProblems                    // what blocks finishing
	ChangeSaved                       // what is known of the last saving
)

// Options are what a form needs from outside.
type Options struct {
	Now      func() time.Time // nil: time.Now
	Location *time.Location   // in which dates and times are typed; nil: time.Local
	Cursor   string           // as given to Save; "": the first question
	// AutoAdvance lets a choice by key go on to the next question.
	AutoAdvance bool
	// Aside are questions, as refs, that the screen shows elsewhere as long as
	// they have a valid answer.
	Aside []string
	// Save takes the state of the form and the place of the cursor after every
	// change. It is called on the goroutine of the form and must return at once;
	// the newest state replaces those before. nil: nothing is saved.
	Save func(state []byte, cursor string)
	// Previous gives the answer that a question had in the record before; nil:
	// there is none.
	Previous func(ref string) (string, bool)
	// Files keeps what is attached to answers; nil: nothing can be attached.
	Files Files
}

// Model is one form being filled in.
type Model struct {
	OnChange func(Change)
	OnNotice func(sentence string) // something to say in the status bar

	session *xform.Session
	options Options
	plan    plan

	targets map[string]string // path → what its answer means

	section int
	page    string // the repeat inside a row that is shown alone; "" for the section
	cursor  string // ref of the question that has, or last had, the focus
	trail   []string
	open    map[string][]int // repeat → its rows that are open, the last opened last
	touched map[string]bool
	copied  map[string]bool // refs whose answer was taken from the record before
	typing  typing
	items   []Item
	seen    seen

	finishing bool // Finish was tried: what is missing shows at its question
	problems  []Problem
	saving    saving
	state     []byte // the answers as they are now
	past      []snapshot
}

// typing is text that is not yet an answer: it becomes one when the field is
// left, so that half a date changes nothing else in the form.
type typing struct{ ref, text string }

// New puts a session on screen, at the cursor where it was left.
func New(s *xform.Session, o Options) *Model {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Location == nil {
		o.Location = time.Local
	}
	p := planOf(s.Form())
	m := &Model{
		session: s, options: o, plan: p.plan, targets: p.targets,
		open: map[string][]int{}, touched: map[string]bool{}, copied: map[string]bool{},
	}
	if m.plan.repeats {
		m.trim("/")
	}
	m.seen.watch = s.Watch()
	m.state, _ = s.Save() // an error comes again, and is told, when it is saved
	m.look()
	m.section = m.firstShown()
	m.rebuild()
	m.resume(o.Cursor)
	return m
}

// now is the present moment as the worker's clock shows it.
func (m *Model) now() time.Time { return m.options.Now().In(m.options.Location) }

// Session is the answers, for reading them once Finish has no problem.
func (m *Model) Session() *xform.Session { return m.session }

// Title is the title of the form.
func (m *Model) Title() string { return m.session.Form().Title() }

// AutoAdvance reports whether a choice by key goes on to the next question.
func (m *Model) AutoAdvance() bool { return m.options.AutoAdvance }

// SetAutoAdvance switches that.
func (m *Model) SetAutoAdvance(on bool) { m.options.AutoAdvance = on }

// Languages are the languages of the form, as it names them.
func (m *Model) Languages() []string { return m.session.Form().Languages() }

// Language is the one of the labels now.
func (m *Model) Language() string { return m.session.Language() }

// SetLanguage changes the labels; answers, cursor and section stay.
func (m *Model) SetLanguage(language string) error {
	before := m.session.Language()
	if err := m.session.SetLanguage(language); err != nil {
		return err
	}
	if m.runsRightToLeft() {
		if err := m.session.SetLanguage(before); err != nil {
			return err
		}
		return diagnostics.E("form.SetLanguage", diagnostics.CodeInvalid,
			"Cette langue s'écrit de droite à gauche : l'application ne sait pas l'afficher. Le questionnaire reste dans la langue d'avant.",
			"This language is written from right to left, which the app cannot show. The questionnaire stays in the language before.", nil)
	}
	m.refresh()
	m.changed(ChangeItems | ChangeProblems)
	return nil
}

// runsRightToLeft reports whether the form speaks a language that Fyne cannot
// draw (https://github.com/fyne-io/fyne/issues/90).
func (m *Model) runsRightToLeft() bool {
	for _, n := range m.session.Nodes() {
		if strings.ContainsFunc(n.Label, func(r rune) bool {
			return unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana, unicode.Nko)
		}) {
			return true
		}
	}
	return false
}

// NextLanguage goes round the languages of the form, past those that cannot be
// shown. The error is that of the last one tried.
func (m *Model) NextLanguage() error {
	all := m.Languages()
	at := slices.Index(all, m.Language())
	var err error
	for i := 1; i < len(all); i++ {
		if err = m.SetLanguage(all[(at+i)%len(all)]); err == nil {
			return nil
		}
	}
	return err
}

// Items are the questions, notes, headings and rows of the section on screen.
func (m *Model) Items() []Item { return m.items }

// Item finds one of them.
func (m *Model) Item(ref string) (Item, bool) {
	for _, item := range m.items {
		if item.Ref == ref {
			return item, true
		}
	}
	return Item{}, false
}

// Cursor is the ref of the question that has, or last had, the focus.
func (m *Model) Cursor() string { return m.cursor }

// Enter tells that a question has got the focus.
func (m *Model) Enter(ref string) {
	if m.cursor == ref {
		return
	}
	m.Leave(m.cursor)
	m.cursor = ref
	m.saveCursor()
}

// Answer gives a question its value at once: a choice, a tick.
func (m *Model) Answer(ref, value string) {
	if m.typing.ref != ref {
		m.commit()
	}
	m.put(typing{})
	m.set(ref, value)
}

// Type tells what stands in a field while it is typed.
func (m *Model) Type(ref, text string) {
	if m.typing.ref != ref {
		m.commit()
	}
	m.put(typing{ref, text})
	m.saveCursor()
}

// Bump adds steps to a number; what is no number stays. A number on a scale
// stays on it, and begins where the form says, else at its near end.
func (m *Model) Bump(ref string, by int) {
	item, ok := m.Item(ref)
	if !ok {
		return
	}
	if m.typing.ref == ref {
		item.Text = strings.TrimSpace(m.typing.text)
	}
	n, err := strconv.ParseFloat(readNumber(item.Text), 64)
	step := cmp.Or(item.Scale.Step, 1)
	switch {
	case item.Text != "" && err != nil:
		return
	case item.Scale.Step > 0 && item.Text == "":
		n = item.Scale.first(by)
	case item.Scale.Step > 0:
		n = min(max(n+float64(by)*step, item.Scale.Min), item.Scale.Max)
	default:
		n += float64(by) * step
	}
	m.Answer(ref, Number(n))
}

// Leave makes an answer of what was typed, and from now on an error of the
// question shows.
func (m *Model) Leave(ref string) {
	if m.typing.ref == ref {
		m.commit()
	}
}

// Clear takes the answer of a question away.
func (m *Model) Clear(ref string) {
	m.put(typing{})
	node, ok := m.session.Node(ref)
	switch {
	case !ok || node.Value == "" && node.Reason == "":
		m.rebuild()
		m.changed(ChangeItems)
	default:
		m.set(ref, "")
		m.notice(words.T("form.notice.cleared"))
	}
}

// commit makes an answer of what is being typed.
func (m *Model) commit() {
	t := m.typing
	if t.ref == "" {
		return
	}
	m.put(typing{})
	node, ok := m.session.Node(t.ref)
	if !ok {
		m.commitNew(t)
		return
	}
	m.touch(t.ref)
	value := m.read(node, t.text)
	if value == node.Value {
		m.rebuild()
		m.changed(ChangeItems)
		return
	}
	m.set(t.ref, value)
}

// commitNew makes a row of what was typed into the empty one behind the others.
func (m *Model) commitNew(t typing) {
	if strings.TrimSpace(t.text) == "" {
		m.rebuild()
		m.changed(ChangeItems)
		return
	}
	m.remind()
	if !m.materialize(t.ref) {
		return
	}
	node, _ := m.session.Node(t.ref)
	m.set(t.ref, m.read(node, t.text))
}

// set writes an answer into the session and shows what follows from it.
func (m *Model) set(ref, value string) {
	m.remind()
	if m.isNew(ref) && (value == "" || !m.materialize(ref)) {
		return
	}
	m.touch(ref)
	changes, err := m.session.Set(ref, value)
	if err != nil {
		m.refused(err)
		return
	}
	delete(m.copied, ref)
	m.remember(ref)
	m.reveal(ref)
	if value != "" {
		m.talkAgain(ref)
	}
	m.settle(changes)
}

// refresh takes the answers as they are now: what blocks finishing, what is to
// be shown, what is to be saved.
func (m *Model) refresh() {
	if m.finishing {
		m.look()
		m.setProblems(append(m.session.Validate(), m.guarded()...))
	}
	m.rebuild()
	m.save()
}

// settle shows what a change did and saves it.
func (m *Model) settle(changes xform.Changes) {
	m.refresh()
	change := ChangeItems | ChangeProblems
	if m.cursorLost() {
		change |= ChangeCursor
	}
	m.tellHidden(changes)
	m.changed(change)
}

// cursorLost moves the cursor on if its question is no longer asked.
func (m *Model) cursorLost() bool {
	if m.cursor == "" {
		return false
	}
	if _, ok := m.Item(m.cursor); ok {
		return false
	}
	m.cursor = m.nearest(m.cursor)
	m.notice(words.T("form.notice.gone"))
	return true
}

// tellHidden says how many answers are no longer asked. They stay in the draft.
func (m *Model) tellHidden(changes xform.Changes) {
	hidden := 0
	for _, ref := range changes.Changed {
		node, ok := m.session.Node(ref)
		if ok && !node.Relevant && node.Kind == xform.KindQuestion && node.Control != "" && node.Value != "" {
			hidden++
		}
	}
	if hidden > 0 {
		m.notice(words.T("form.notice.hidden", hidden))
	}
}

// refused says why the form does not take a change.
func (m *Model) refused(err error) { m.notice(diagnostics.Sentence(err, words.Language())) }

func (m *Model) notice(sentence string) {
	if m.OnNotice != nil {
		m.OnNotice(sentence)
	}
}

func (m *Model) changed(change Change) {
	if m.OnChange != nil {
		m.OnChange(change)
	}
}
