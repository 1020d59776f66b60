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
	Row      Kind = "row"     // one row of a repeat
	Add      Kind = "add"     // the place where a repeat grows
)

// Input is how a question is answered.
type Input string

// The inputs.
const (
	Line        Input = "line"  // one line of text
	Notes       Input = "notes" // several lines
	Integer     Input = "integer"
	Decimal     Input = "decimal"
	Date        Input = "date"
	Clock       Input = "clock"
	Moment      Input = "moment" // date and time of day
	Choice      Input = "choice" // a short list, by keys
	Choices     Input = "choices"
	Search      Input = "search" // a long list, by typing
	SearchMany  Input = "search-many"
	Tick        Input = "tick"
	ShownAnswer Input = "shown" // read-only
)

// Item is one thing of a section as it is to be shown.
type Item struct {
	Ref, Path             string
	Kind                  Kind
	Input                 Input
	Number                int // of the question in the form
	Label, Hint, Guidance string
	Text                  string   // what stands in the field
	Typing                bool     // the text is not finished: typing goes on behind it
	Chosen                []string // values of a choice
	Choices               []Option
	Required              bool
	Error                 string // shows under the question; "" for none
	Echo                  string // the answer in words: "lundi 23 novembre 2026"
	Depth                 int    // of nesting inside the section
	Index, Count          int    // of a row
	Open                  bool   // the row shows its questions
	Fixed                 bool   // the form says how many rows there are
}

// Option is an answer that can be chosen, with its key.
type Option struct{ Value, Label, Key string }

// Focusable reports whether the item can have the cursor.
func (i Item) Focusable() bool {
	return i.Kind == Row || i.Kind == Add || i.Kind == Question && i.Input != ShownAnswer
}

// stop reports whether going from question to question halts here. The header of
// an open row is reached by Tab alone: its questions follow at once.
func (i Item) stop() bool { return i.Focusable() && !(i.Kind == Row && i.Open) }

// keys are those of a list by position; N and R are taken for the answers that
// every list may have.
const keys = "1234567890ABCDEFGHIJKLMOPQSTUVWXYZ"

const (
	doesNotKnow  = "dk"
	doesNotAgree = "rf"
)

var ownKeys = map[string]string{doesNotKnow: "N", doesNotAgree: "R"}

// rebuild makes the items of the section on screen.
func (m *Model) rebuild() {
	m.nodes = m.session.Nodes()
	m.items = m.items[:0:0]
	shut := "" // a row that is closed, whose content is skipped
	for _, n := range m.nodes {
		if section, ok := m.plan.of[n.Path]; !ok || section != m.section || !n.Relevant {
			continue
		}
		if shut != "" && strings.HasPrefix(n.Ref, shut+"/") {
			continue
		}
		shut = m.openRow(n.Ref)
		if shut == "" {
			m.items = m.append(m.items, n)
		}
	}
	m.items = m.arrange(m.items)
}

// openRow gives the first row round ref that is closed; "" if all are open.
func (m *Model) openRow(ref string) string {
	for _, row := range rowsOf(ref) {
		repeat, index := repeatOf(row)
		if row != ref && strconv.Itoa(m.opened(repeat)) != index {
			return row
		}
	}
	return ""
}

// opened is the row of a repeat that shows its questions; a repeat of one row
// shows it.
func (m *Model) opened(repeat string) int {
	if row, ok := m.open[repeat]; ok {
		return row
	}
	return 1
}

func (m *Model) append(items []Item, n xform.Node) []Item {
	if rowOf(n.Ref) == n.Ref && n.Ref != "" {
		return items // a row stands for itself: see arrange
	}
	item := Item{Ref: n.Ref, Path: n.Path, Label: n.Label, Hint: n.Hint, Guidance: n.Guidance, Depth: len(rowsOf(n.Ref))}
	switch n.Kind {
	case xform.KindNote:
		item.Kind = Note
		if hasAppearance(n, "alert") {
			item.Kind = Alert
		}
	case xform.KindGroup:
		if n.Label == "" || n.Path == m.plan.sections[m.section].path {
			return items
		}
		item.Kind = Heading
	case xform.KindRepeat:
		item.Kind, item.Count, item.Fixed = Add, n.Count, n.ReadOnly
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

// fill gives a question its input and its answer.
func (m *Model) fill(item *Item, n xform.Node) {
	item.Kind, item.Input, item.Number = Question, inputOf(n), m.plan.number[n.Path]
	item.Required = n.Required
	item.Error = m.fault(n)
	item.Choices = options(n.Choices)
	switch item.Input {
	case Choice, Search:
		if n.Value != "" {
			item.Chosen = []string{n.Value}
		}
	case Choices, SearchMany:
		item.Chosen = strings.Fields(n.Value)
	case Tick:
		item.Text = n.Value
	default:
		item.Text, item.Echo = m.write(n)
	}
	if item.Input == ShownAnswer && len(n.Choices) > 0 {
		item.Text = choiceLabels(n)
	}
	if m.typing.ref == n.Ref {
		item.Text, item.Typing = m.typing.text, true
	}
}

// fault is the error to show: of an answer once its field was left, of a missing
// one once finishing was tried.
func (m *Model) fault(n xform.Node) string {
	if n.Valid || m.typing.ref == n.Ref {
		return ""
	}
	if m.finishing || n.Value != "" && m.touched[n.Ref] {
		return n.Error
	}
	return ""
}

// inputs chooses the input of a question by its control and type.
var inputs = map[string]Input{
	"input int": Integer, "input integer": Integer, "input decimal": Decimal,
	"input date": Date, "input time": Clock, "input dateTime": Moment,
	"select1": Choice, "select": Choices, "trigger": Tick, "range int": Integer, "range decimal": Decimal,
}

func inputOf(n xform.Node) Input {
	if n.ReadOnly {
		return ShownAnswer
	}
	input, ok := inputs[n.Control+" "+n.Type]
	if !ok {
		input, ok = inputs[n.Control]
	}
	if !ok {
		input = Line
	}
	switch {
	case input == Line && hasAppearance(n, "multiline"):
		return Notes
	case input == Choice && searched(n):
		return Search
	case input == Choices && searched(n):
		return SearchMany
	}
	return input
}

// searched reports whether a list is too long for keys, or says so itself.
func searched(n xform.Node) bool {
	if len(n.Choices) > len(keys) {
		return true
	}
	return hasAppearance(n, "minimal") || hasAppearance(n, "autocomplete") || hasAppearance(n, "search")
}

func hasAppearance(n xform.Node, name string) bool {
	return slices.Contains(strings.Fields(n.Appearance), name)
}

// options gives the choices their keys, by their place in the unfiltered list,
// so that fingers learn them.
func options(choices []xform.Choice) []Option {
	all := make([]Option, len(choices))
	for i, c := range choices {
		all[i] = Option{Value: c.Value, Label: c.Label, Key: ownKeys[c.Value]}
		if all[i].Key == "" && c.Position >= 1 && c.Position <= len(keys) {
			all[i].Key = keys[c.Position-1 : c.Position]
		}
	}
	return all
}

func choiceLabels(n xform.Node) string {
	chosen := strings.Fields(n.Value)
	var labels []string
	for _, c := range n.Choices {
		if slices.Contains(chosen, c.Value) {
			labels = append(labels, c.Label)
		}
	}
	return strings.Join(labels, ", ")
}

// arrange puts the rows of each repeat where they belong: before what the open
// one holds, and the place to add a row behind them all.
func (m *Model) arrange(items []Item) []Item {
	var out []Item
	for i := 0; i < len(items); i++ {
		item := items[i]
		if item.Kind != Add {
			out = append(out, item)
			continue
		}
		end := i + 1
		for end < len(items) && strings.HasPrefix(items[end].Ref, item.Ref+"[") {
			end++
		}
		heading := Item{Kind: Heading, Ref: item.Ref + "#", Path: item.Path, Label: item.Label, Hint: item.Hint, Depth: item.Depth}
		out = append(out, heading)
		out = append(out, m.rows(item, m.arrange(items[i+1:end]))...)
		if !item.Fixed {
			out = append(out, item)
		}
		i = end - 1
	}
	return out
}

// rows lists the rows of a repeat; content is what the open one holds.
func (m *Model) rows(repeat Item, content []Item) []Item {
	var out []Item
	for index := 1; index <= repeat.Count; index++ {
		ref := repeat.Ref + "[" + strconv.Itoa(index) + "]"
		row := Item{Kind: Row, Ref: ref, Path: repeat.Path, Index: index, Count: repeat.Count, Depth: repeat.Depth, Open: m.opened(repeat.Ref) == index, Fixed: repeat.Fixed}
		row.Label = m.summary(ref)
		out = append(out, row)
		if row.Open {
			out = append(out, content...)
		}
	}
	return out
}

// summaryQuestions is how many questions tell one row from another.
const summaryQuestions = 2

// summary names a row by the answers to its first questions.
func (m *Model) summary(row string) string {
	var parts []string
	seen := 0
	for _, n := range m.nodes {
		if n.Kind != xform.KindQuestion || n.Control == "" || !strings.HasPrefix(n.Ref, row+"/") {
			continue
		}
		if seen++; seen > summaryQuestions {
			break
		}
		if n.Value == "" || !n.Relevant {
			continue
		}
		text, _ := m.write(n)
		if len(n.Choices) > 0 {
			text = choiceLabels(n)
		}
		parts = append(parts, text)
	}
	if len(parts) == 0 {
		return words.T("form.row.empty")
	}
	return strings.Join(parts, " · ")
}
