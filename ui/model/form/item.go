package form

import (
	"slices"
	"strconv"
	"strings"

	"solidaren/diagnostics/xform"
	"solidaren/ui/words"
)

// Kind is what an Item is.
type Kind string

// The kinds of items.
const (
	Question Kind = "question"
	Note     Kind = "note"
	Alert    Kind = "alert"   // a note about danger: it stays in sight
	Heading  Kind = "heading" // the title of a group inside the section
	Head     Kind = "head"    // the answers above the rows of a table
	Row      Kind = "row"     // one row of a repeat
	Add      Kind = "add"     // the place where a repeat grows
	Page     Kind = "page"    // a repeat inside a row: it opens as a page of its own
	Idle     Kind = "idle"    // a repeat that does not concern this person
	Talked   Kind = "talked"  // whether the section was talked about
)

// Item is one thing of a section as it is to be shown.
type Item struct {
	Ref, Path             string
	Kind                  Kind
	Input                 Input
	Number                int // of the question in the form
	Label, Hint, Guidance string
	Lent, LentHint        string // languages that label and hint are taken from, "" if the chosen one has them
	Appearance            string
	Remark                string   // about the question, for whoever answers here
	Image                 string   // reference of the picture that belongs to the label
	Unplayed              []string // names of the sounds and films of label and answers
	Beside                bool     // the picture stands beside the answers
	Text                  string   // what stands in the field
	Typing                bool     // the text is not finished: typing goes on behind it
	Chosen                []string // values of a choice, in their order
	Choices               []Option
	Layout                Layout   // of the choices
	Scale                 Scale    // of a number
	Marks                 []Mark   // words at values of the scale, in their order
	OnMap                 bool     // the answers are districts, which a map can show
	Limit                 int      // most characters, 0: no limit
	Most                  int      // most answers of several, 0: no limit
	Lines                 int      // height of notes that the form asks for, 0: as usual
	Accepts               []string // extensions of files, none for any
	Required              bool
	Reason                string // why there is no answer: Refused, Unknown, NotDiscussed; "" if nobody said
	Status                string // that, or where the answer comes from, in words
	Error, Warning        string // shows under the question; "" for none
	Echo                  string // the answer in words: "lundi 23 novembre 2026"
	Depth                 int    // of nesting inside the section
	Index, Count          int    // of a row
	Open                  bool   // the row shows its questions
	Fixed                 bool   // the form says how many rows there are
	New                   bool   // a row that is made by answering its first question
}

// Option is an answer that can be chosen, with its key.
type Option struct {
	Value, Label, Key, Image string
	Lent                     string // language that the label is taken from, "" if the chosen one has it
}

// Called is the label with the mark of the language that it is taken from.
func (o Option) Called() string { return marked(o.Label, o.Lent) }

// Called is the label with the mark of the language that it is taken from.
func (i Item) Called() string { return marked(i.Label, i.Lent) }

func marked(label, lent string) string {
	if lent == "" {
		return label
	}
	return label + " (" + lent + ")"
}

// Name is the technical name of the question.
func (i Item) Name() string { return i.Path[strings.LastIndexByte(i.Path, '/')+1:] }

// Focusable reports whether the item can have the cursor.
func (i Item) Focusable() bool {
	switch i.Kind {
	case Row:
		return !i.New
	case Add, Page, Talked:
		return true
	}
	return i.Kind == Question && i.Input != ShownAnswer
}

// stop reports whether going from question to question halts here. The header of
// an open row is reached by Tab alone: its questions follow at once.
func (i Item) stop() bool { return i.Focusable() && !(i.Kind == Row && i.Open) }

// Answered reports whether the question has an answer, or a reason for none.
func (i Item) Answered() bool { return i.Text != "" || len(i.Chosen) > 0 || i.Reason != "" }

// keys are those of a list by position; N and R are taken for the answers that
// every list may have.
const keys = "1234567890ABCDEFGHIJKLMOPQSTUVWXYZ"

const (
	doesNotKnow  = "dk"
	doesNotAgree = "rf"
)

var ownKeys = map[string]string{doesNotKnow: "N", doesNotAgree: "R"}

// rebuild makes the items of the section, or of the page, on screen.
func (m *Model) rebuild() {
	m.look()
	m.items = m.items[:0:0]
	shut := "" // a row that is closed, or a repeat with its own page: content is skipped
	for _, at := range m.seen.of[m.section] {
		n := m.seen.nodes[at]
		if !m.onPage(n.Ref) || n.Relevant && m.aside(n) {
			continue
		}
		if shut != "" && (strings.HasPrefix(n.Ref, shut+"/") || strings.HasPrefix(n.Ref, shut+"[")) {
			continue
		}
		if !n.Relevant {
			m.items = append(m.items, idle(n)...)
			continue
		}
		shut = m.closed(n)
		if shut == "" || shut == n.Ref {
			m.items = m.append(m.items, n)
		}
	}
	m.items = m.arrange(m.items)
	if m.page == "" {
		m.items = append(m.talked(), m.items...)
	}
}

// idle says of a repeat that is not asked that it does not concern the person.
func idle(n xform.Node) []Item {
	if n.Kind != xform.KindRepeat || n.Label == "" || rowOf(n.Ref) != "" {
		return nil
	}
	return []Item{{Kind: Idle, Ref: n.Ref, Path: n.Path, Label: words.T("form.row.idle", n.Label)}}
}

func (m *Model) append(items []Item, n xform.Node) []Item {
	if rowOf(n.Ref) == n.Ref && n.Ref != "" {
		return items // a row stands for itself: see arrange
	}
	item := Item{
		Ref: n.Ref, Path: n.Path, Label: n.Label, Hint: n.Hint, Guidance: n.Guidance, Lent: shortLanguage(n.Lent), LentHint: shortLanguage(n.LentHint),
		Depth: len(rowsOf(n.Ref)) - len(rowsOf(m.page)), Image: image(n.Media),
		Unplayed: unplayed(n), Beside: hasAppearance(n, "image-map"),
	}
	switch n.Kind {
	case xform.KindNote:
		item.Kind = noteKind(n)
	case xform.KindGroup:
		if n.Label == "" || n.Path == m.plan.sections[m.section].path {
			return items
		}
		item.Kind = Heading
	case xform.KindRepeat:
		item.Kind, item.Count, item.Fixed = Add, n.Count, n.ReadOnly
		if m.page != n.Ref && rowOf(n.Ref) != "" {
			item.Kind = Page
		}
	case xform.KindQuestion:
		if n.Control == "" {
			return items
		}
		m.fill(&item, n)
	default:
		return items
	}
	return append(items, item)
}

// tableTitle begins the name of the note that the compilers of the field make of
// the label of a table.
const tableTitle = "generated_table_list_label"

func noteKind(n xform.Node) Kind {
	switch {
	case hasAppearance(n, "alert"):
		return Alert
	case strings.HasPrefix(n.Name, tableTitle):
		return Heading
	}
	return Note
}

// fill gives a question its input and its answer.
func (m *Model) fill(item *Item, n xform.Node) {
	item.Kind, item.Input, item.Number = Question, inputOf(n), m.plan.number[n.Path]
	if isHead(n.Control, n.Appearance) {
		item.Kind = Head
	}
	item.Required, item.Reason, item.Remark, item.Appearance = n.Required, n.Reason, remark(n), n.Appearance
	item.Choices, item.Layout, item.Scale = options(n.Choices), layoutOf(n), scaleOf(n)
	item.OnMap = item.Input != Choices && item.Input != SearchMany && areDistricts(item.Choices)
	item.Limit, item.Most, item.Accepts = n.Limit, n.Most, accepted[n.Params["mediatype"]]
	item.Lines, _ = strconv.Atoi(n.Params["rows"])
	if item.Input == Range {
		item.Marks = marks(n, item.Scale)
	}
	if item.Layout.Stars && item.Input == Choice {
		item.Choices = ratings(item.Scale)
	}
	m.answer(item, n)
	if m.typing.ref == n.Ref {
		item.Text, item.Typing = m.typing.text, true
	}
	if n.Label == specifyOther && strings.HasSuffix(n.Name, "_other") {
		item.Label = words.T("form.other.specify")
	}
	item.Error, item.Warning, item.Status = m.fault(n), m.doubt(n), m.status(n)
}

// answer writes the answer as its input shows it.
func (m *Model) answer(item *Item, n xform.Node) {
	switch item.Input {
	case Choice, Search:
		if n.Value != "" {
			item.Chosen = []string{n.Value}
		}
	case Choices, SearchMany, Rank:
		item.Chosen = strings.Fields(n.Value)
	case Tick:
		item.Text = n.Value
	case File, Drawing:
		item.Text, item.Echo = n.Value, m.attachedSize(n.Value)
	default:
		item.Text, item.Echo = m.write(n)
	}
	if item.Input == ShownAnswer && len(n.Choices) > 0 {
		item.Text = choiceLabels(n)
	}
}

// What the compilers of the field write for or_other, in every language.
const (
	specifyOther = "Specify other."
	otherLabel   = "Other"
	otherValue   = "other"
)

// isHead reports whether a question only shows the answers of those below it.
func isHead(control, appearance string) bool {
	return control == "select1" && slices.Contains(strings.Fields(appearance), "label") ||
		control == "select" && slices.Contains(strings.Fields(appearance), "label")
}

// unnamed is what the compilers of the field call a language without a name,
// that of a form's plain columns.
const unnamed = "default"

// LanguageName is what a language of a form is called on screen.
func LanguageName(language string) string {
	if language == unnamed {
		return words.T("form.language.default")
	}
	return language
}

// shortLanguage is the mark of a language: "fr" of "Français (fr)".
func shortLanguage(name string) string {
	name = LanguageName(name)
	open, end := strings.LastIndexByte(name, '('), strings.LastIndexByte(name, ')')
	if open >= 0 && end > open {
		return name[open+1 : end]
	}
	return name
}

// fault is the error to show: of an answer once its field was left, of a missing
// one once finishing was tried.
func (m *Model) fault(n xform.Node) string {
	if m.typing.ref == n.Ref {
		return ""
	}
	if sentence := forbidden(n); sentence != "" {
		return sentence
	}
	if n.Valid {
		return ""
	}
	if m.finishing || n.Value != "" && m.touched[n.Ref] {
		return n.Error
	}
	return ""
}

// options gives the choices their keys, by their place in the unfiltered list,
// so that fingers learn them; where that is longer than the keys, by their place
// in what is left of it.
func options(choices []xform.Choice) []Option {
	all := make([]Option, len(choices))
	beyond := slices.ContainsFunc(choices, func(c xform.Choice) bool { return c.Position > len(keys) })
	for i, c := range choices {
		if beyond {
			c.Position = i + 1
		}
		all[i] = Option{Value: c.Value, Label: c.Label, Key: ownKeys[c.Value], Image: image(c.Media), Lent: shortLanguage(c.Lent)}
		if c.Value == otherValue && c.Label == otherLabel {
			all[i].Label, all[i].Lent = words.T("form.other"), ""
		}
		if all[i].Key == "" && c.Position >= 1 && c.Position <= len(keys) {
			all[i].Key = keys[c.Position-1 : c.Position]
		}
	}
	return all
}

// choiceLabels are the labels of what is chosen, in the order of the answer for
// a rank, else of the list.
func choiceLabels(n xform.Node) string {
	chosen := strings.Fields(n.Value)
	var labels []string
	for _, o := range options(n.Choices) {
		if slices.Contains(chosen, o.Value) {
			labels = append(labels, o.Label)
		}
	}
	return strings.Join(labels, ", ")
}
