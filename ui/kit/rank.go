package kit

import (
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// NewRank makes a choice whose answers have an order: the first key gives the
// first rank, the key of a ranked answer takes it out. What is ranked stands
// first; Ctrl+↑ and Ctrl+↓ move the highlighted answer.
func NewRank(answered func(selected []string)) *Choice {
	c := NewChoice(ChoiceOptions{Multiple: true, Columns: 1, OnAnswer: func(selected []string, _ bool) { answered(selected) }})
	c.ranked = true
	return c
}

var _ fyne.Shortcutable = (*Choice)(nil)

// TypedShortcut moves a ranked answer.
func (c *Choice) TypedShortcut(shortcut fyne.Shortcut) {
	key, ok := shortcut.(*desktop.CustomShortcut)
	if !ok || !c.ranked || key.Modifier != fyne.KeyModifierShortcutDefault || c.cursor >= len(c.Options) {
		return
	}
	switch key.KeyName {
	case fyne.KeyUp:
		c.shift(-1)
	case fyne.KeyDown:
		c.shift(1)
	}
}

// shift moves the highlighted answer by one rank; one without a rank gets the
// last.
func (c *Choice) shift(by int) {
	value := c.Options[c.cursor].Value
	at := slices.Index(c.Selected, value)
	selected := slices.Clone(c.Selected)
	switch {
	case at < 0:
		selected = append(selected, value)
	case at+by >= 0 && at+by < len(selected):
		selected[at], selected[at+by] = selected[at+by], selected[at]
	default:
		return
	}
	c.rank(selected, value)
}

// rank shows a new order, with the highlight on value, and tells it.
func (c *Choice) rank(selected []string, value string) {
	c.Selected = selected
	c.Options = c.inRank(c.Options)
	c.cursor = slices.IndexFunc(c.Options, func(o Option) bool { return o.Value == value })
	c.Refresh()
	if c.OnAnswer != nil {
		c.OnAnswer(c.Selected, true)
	}
}

// inRank puts what is ranked first, in its order, and the rest behind it as the
// list has it: by its keys.
func (c *Choice) inRank(options []Option) []Option {
	place := func(o Option) int {
		if at := slices.Index(c.Selected, o.Value); at >= 0 {
			return at
		}
		return len(options) + slices.IndexFunc(c.listed, func(l Option) bool { return l.Value == o.Value })
	}
	sorted := slices.Clone(options)
	slices.SortStableFunc(sorted, func(a, b Option) int { return place(a) - place(b) })
	return sorted
}

// words is the label of an option as it is shown, with its rank.
func (c *Choice) words(o Option) string {
	if at := slices.Index(c.Selected, o.Value); c.ranked && at >= 0 {
		return strconv.Itoa(at+1) + ". " + o.Label
	}
	return o.Label
}
