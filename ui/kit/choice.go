package kit

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Option is one of several answers. Key is the key that chooses it: "1"…"9",
// "0", a letter, or "" for none.
type Option struct {
	Value, Label, Key string
	Picture           fyne.Resource // above the label; nil: none
	Symbol            string        // of a notebook, drawn before the label; "": none
}

// Arrangement is how the options of a Choice stand.
type Arrangement int

// The arrangements.
const (
	Columns Arrangement = iota // in columns of one width
	Packed                     // one after the other, each as wide as its words
	Row                        // in one row of equal cells, where there is room
	Table                      // as Row, without words: a ChoiceHead above has them
	Stars                      // as Row: a star for each step up to the chosen one
)

// ChoiceOptions describe a Choice.
type ChoiceOptions struct {
	Options  []Option
	Selected []string
	Multiple bool
	Columns  int // 0: as many as fit, four at most
	Stand    Arrangement
	// OnAnswer hears of every change; byKey tells a choice by keyboard from a tap.
	OnAnswer func(selected []string, byKey bool)
}

// Choice shows a short list of answers, each with the key that chooses it. The
// arrows move a highlight and choose nothing; Space or Enter choose.
type Choice struct {
	widget.BaseWidget
	Keys
	ChoiceOptions

	cursor  int // highlighted option
	hovered int // option under the mouse, -1: none
	shape   grid

	placed   grid // the last places that were found
	arranged arranging

	ranked bool     // the answers have an order: see NewRank
	listed []Option // of a ranked choice, in the order of the list
}

var (
	_ fyne.Focusable    = (*Choice)(nil)
	_ fyne.Tappable     = (*Choice)(nil)
	_ fyne.Accessible   = (*Choice)(nil)
	_ desktop.Keyable   = (*Choice)(nil)
	_ desktop.Hoverable = (*Choice)(nil)
)

// NewChoice makes a choice.
func NewChoice(o ChoiceOptions) *Choice {
	c := &Choice{ChoiceOptions: o, hovered: -1}
	c.cursor = c.firstSelected()
	c.bind(c, c.press)
	c.ExtendBaseWidget(c)
	return c
}

// ChoiceKeys are the keys of a list, by position: 1 to 9, 0, then the letters
// without N and R, which mean "does not know" and "prefers not to answer".
const ChoiceKeys = "1234567890ABCDEFGHIJKLMOPQSTUVWXYZ"

// KeyAt is the key of the n-th answer of a list, from 1; "" where the keys end.
func KeyAt(n int) string {
	if n < 1 || n > len(ChoiceKeys) {
		return ""
	}
	return ChoiceKeys[n-1 : n]
}

// Update shows other options or another selection, without calling OnAnswer.
func (c *Choice) Update(options []Option, selected []string) {
	if c.ranked {
		c.listed = options
		kept := c.Selected
		c.Selected = selected
		options = c.inRank(options)
		c.Selected = kept
	}
	if slices.Equal(c.Options, options) && slices.Equal(c.Selected, selected) {
		return
	}
	c.Options, c.Selected = options, selected
	c.cursor = min(c.cursor, max(len(options)-1, 0))
	if !c.focused {
		c.cursor = c.firstSelected()
	}
	c.Refresh()
}

func (c *Choice) firstSelected() int {
	for i, o := range c.Options {
		if slices.Contains(c.Selected, o.Value) {
			return i
		}
	}
	return 0
}

// AccessibilityLabel is what is chosen.
func (c *Choice) AccessibilityLabel() string {
	var labels []string
	for _, o := range c.Options {
		if slices.Contains(c.Selected, o.Value) {
			labels = append(labels, o.Label)
		}
	}
	return strings.Join(labels, ", ")
}

// AccessibilityRole is button.
func (c *Choice) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// Tapped chooses what was tapped.
func (c *Choice) Tapped(event *fyne.PointEvent) {
	Focus(c)
	if i := c.shape.at(event.Position); i >= 0 {
		c.cursor = i
		c.choose(i, false)
	}
}

// TypedKey moves the highlight, or chooses. Digits and Space wait for their
// rune: on a French keyboard the digit row types letters and signs.
func (c *Choice) TypedKey(event *fyne.KeyEvent) {
	switch name := event.Name; {
	case c.move(name):
	case held == name:
	case name == fyne.KeySpace || isDigit(name) && c.byKey(string(name)) >= 0:
		c.wait(name)
	case isEnter(name) && !c.Multiple && !c.isSelected(c.cursor) && c.moved():
		hold(name)
		c.choose(c.cursor, true)
	default:
		c.pass(event)
	}
}

func isDigit(name fyne.KeyName) bool { return len(name) == 1 && name[0] >= '0' && name[0] <= '9' }

// moved reports whether the highlight was put somewhere by an arrow, so that
// Enter means it; else Enter goes on to the next question.
func (c *Choice) moved() bool { return c.cursor != c.firstSelected() }

func (c *Choice) isSelected(i int) bool {
	return i < len(c.Options) && slices.Contains(c.Selected, c.Options[i].Value)
}

// FocusGained puts the highlight on what is chosen.
func (c *Choice) FocusGained() {
	c.cursor = c.firstSelected()
	c.Keys.FocusGained()
}

// TypedRune lets a letter choose; a digit's rune only ends its key.
func (c *Choice) TypedRune(r rune) {
	if !heldTypes() && c.pending == "" {
		if i := c.byKey(strings.ToUpper(string(r))); i >= 0 && (r < '0' || r > '9') {
			hold(fyne.KeyName(strings.ToUpper(string(r))))
			c.choose(i, true)
			return
		}
	}
	c.Keys.TypedRune(r)
}

func (c *Choice) press(name fyne.KeyName) {
	if name == fyne.KeySpace {
		if !c.ranked || !c.isSelected(c.cursor) { // "3 1 2" is typed with spaces, too
			c.choose(c.cursor, true)
		}
		return
	}
	if i := c.byKey(string(name)); i >= 0 {
		c.choose(i, true)
	}
}

func (c *Choice) byKey(key string) int {
	if key == "" {
		return -1
	}
	return slices.IndexFunc(c.Options, func(o Option) bool { return o.Key == key })
}

// move moves the highlight by an arrow and reports whether the key was one.
func (c *Choice) move(name fyne.KeyName) bool {
	if c.Stand == Table && (name == fyne.KeyUp || name == fyne.KeyDown) {
		return false // the row above or below is a choice of its own
	}
	last := len(c.Options) - 1
	step := map[fyne.KeyName]int{
		fyne.KeyLeft: -1, fyne.KeyRight: 1,
		fyne.KeyUp: -c.shape.columns, fyne.KeyDown: c.shape.columns,
		fyne.KeyHome: -last, fyne.KeyEnd: last,
	}[name]
	if step == 0 {
		return name == fyne.KeyLeft || name == fyne.KeyRight || name == fyne.KeyUp || name == fyne.KeyDown
	}
	if next := c.cursor + step; next >= 0 && next <= last {
		c.cursor = next
	} else if name == fyne.KeyHome {
		c.cursor = 0
	} else if name == fyne.KeyEnd {
		c.cursor = last
	}
	c.Refresh()
	revealInScroll(c)
	return true
}

// part is the highlight: a long list is higher than its scroll.
func (c *Choice) part() (top, height float32) {
	if c.cursor >= len(c.shape.cells) {
		return 0, c.Size().Height
	}
	cell := c.shape.cells[c.cursor]
	return cell.Y, cell.Height
}

// exclusive answers leave no room for others in a multiple choice.
var exclusive = map[string]bool{"none": true, "dk": true, "rf": true}

func (c *Choice) choose(i int, byKey bool) {
	if i >= len(c.Options) {
		return
	}
	value := c.Options[i].Value
	switch {
	case !c.Multiple:
		c.Selected = []string{value}
	case slices.Contains(c.Selected, value):
		c.Selected = slices.DeleteFunc(slices.Clone(c.Selected), func(v string) bool { return v == value })
	case exclusive[value]:
		c.Selected = []string{value}
	case c.ranked:
		c.Selected = append(slices.Clone(c.Selected), value)
	default:
		kept := slices.DeleteFunc(slices.Clone(c.Selected), func(v string) bool { return exclusive[v] })
		c.Selected = c.inOrder(append(kept, value))
	}
	if c.ranked {
		c.rank(c.Selected, value)
		return
	}
	c.cursor = i
	c.Refresh()
	if c.OnAnswer != nil {
		c.OnAnswer(c.Selected, byKey)
	}
}

// inOrder sorts answers as the list has them.
func (c *Choice) inOrder(values []string) []string {
	rank := func(v string) int {
		return slices.IndexFunc(c.Options, func(o Option) bool { return o.Value == v })
	}
	slices.SortStableFunc(values, func(a, b string) int { return rank(a) - rank(b) })
	return values
}

// MouseIn shows which answer a tap would choose.
func (c *Choice) MouseIn(event *desktop.MouseEvent) { c.MouseMoved(event) }

// MouseMoved shows which answer a tap would choose.
func (c *Choice) MouseMoved(event *desktop.MouseEvent) { c.hover(c.shape.at(event.Position)) }

// MouseOut ends what MouseIn began.
func (c *Choice) MouseOut() { c.hover(-1) }

func (c *Choice) hover(i int) {
	if c.hovered != i {
		c.hovered = i
		c.Refresh()
	}
}
