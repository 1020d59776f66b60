// Package page lays out what all screens have in common: a heading with its
// actions above a body, and columns of a readable width. It knows no model.
package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"solidaren/ui/kit"
	look "solidaren/ui/kit/theme"
)

// New is a screen: the heading stays, the body has the rest. The actions beside
// the heading lead elsewhere; what the screen is for, its main action, is the
// first of a foot (Footed), on every screen.
func New(title string, body fyne.CanvasObject, actions ...fyne.CanvasObject) fyne.CanvasObject {
	head := container.NewBorder(nil, nil, nil, kit.HStack(look.Gap, actions...), kit.Heading(title))
	return kit.Inset(look.CardPadding, container.New(spaced{}, head, body))
}

// spaced puts a part above another, which gets the height that is left. A part
// that has nothing to show takes no room.
type spaced struct{}

// under is where the rest begins.
func (spaced) under(top fyne.CanvasObject) float32 {
	height := top.MinSize().Height
	if !top.Visible() || height == 0 {
		return 0
	}
	return height + theme.Size(look.CardPadding)
}

// MinSize holds both.
func (s spaced) MinSize(objects []fyne.CanvasObject) fyne.Size {
	rest := objects[1].MinSize()
	return fyne.NewSize(max(objects[0].MinSize().Width, rest.Width), s.under(objects[0])+rest.Height)
}

// Layout places them.
func (s spaced) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Move(fyne.NewPos(0, 0))
	objects[0].Resize(fyne.NewSize(size.Width, objects[0].MinSize().Height))
	objects[0].Resize(fyne.NewSize(size.Width, objects[0].MinSize().Height)) // now of this width
	top := s.under(objects[0])
	objects[1].Move(fyne.NewPos(0, top))
	objects[1].Resize(fyne.NewSize(size.Width, max(0, size.Height-top)))
}

// Above puts a part above another one, which gets the height that is left.
func Above(top, rest fyne.CanvasObject) fyne.CanvasObject {
	return container.New(spaced{}, top, rest)
}

// readable is the width of about 75 characters of text at text size 1.
const readable = 680

// Column keeps its content to a readable width and scrolls it.
func Column(content ...fyne.CanvasObject) fyne.CanvasObject {
	return kit.NewScroll(container.New(column{width: readable}, kit.VStack(look.CardPadding, content...)))
}

// Reading is Column for text in which nothing has the focus: the keyboard scrolls
// it.
func Reading(content ...fyne.CanvasObject) fyne.CanvasObject {
	return kit.NewReader(container.New(column{width: readable}, kit.VStack(look.CardPadding, content...)))
}

// Beside puts two parts beside each other; the left one gets the share of the
// width, unless either needs more.
func Beside(share float32, left, right fyne.CanvasObject) fyne.CanvasObject {
	return container.New(beside(share), left, right)
}

type beside float32

// MinSize holds both.
func (beside) MinSize(objects []fyne.CanvasObject) fyne.Size {
	left, right := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(left.Width+theme.Size(look.Section)+right.Width, max(left.Height, right.Height))
}

// Layout places them, a section's gap apart.
func (b beside) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	gap := theme.Size(look.Section)
	width := (size.Width - gap) * float32(b)
	width = max(min(width, size.Width-gap-objects[1].MinSize().Width), objects[0].MinSize().Width)
	objects[0].Move(fyne.NewPos(0, 0))
	objects[0].Resize(fyne.NewSize(width, size.Height))
	objects[1].Move(fyne.NewPos(width+gap, 0))
	objects[1].Resize(fyne.NewSize(size.Width-gap-width, size.Height))
}

// Centred is Column in the middle of the window, for a screen that asks one
// thing.
func Centred(content ...fyne.CanvasObject) fyne.CanvasObject {
	return kit.NewScroll(container.New(column{width: 520, centred: true}, kit.VStack(look.CardPadding, content...)))
}

// column gives its one object no more than a width, which grows with the text
// size, and all the height it needs.
type column struct {
	width   float32
	centred bool
}

// MinSize is that of the content: the column narrows with its window.
func (c column) MinSize(objects []fyne.CanvasObject) fyne.Size {
	least := objects[0].MinSize().AddWidthHeight(theme.Size(look.CardPadding), 0)
	if c.centred {
		least.Height += 2 * theme.Size(look.CardPadding)
	}
	return least
}

// Layout places the column.
func (c column) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	width := min(size.Width-theme.Size(look.CardPadding), c.width*theme.TextSize()/textSize) // clear of the scroll bar
	left, top := float32(0), float32(0)
	if c.centred {
		left = (size.Width - width) / 2
		top = max(theme.Size(look.CardPadding), (size.Height-objects[0].MinSize().Height)/3)
	}
	objects[0].Move(fyne.NewPos(left, top))
	objects[0].Resize(fyne.NewSize(width, size.Height-top))
}

// textSize is the size of text at text size 1.
const textSize = 16

// Flow puts objects beside each other, and on a further line where the window
// is too narrow or the text too large.
func Flow(objects ...fyne.CanvasObject) fyne.CanvasObject { return kit.Flow(objects...) }

// Footed keeps foot in view below a body that scrolls.
func Footed(foot, body fyne.CanvasObject) fyne.CanvasObject {
	return kit.Framed(kit.VStack(look.Gap), body, container.New(under{}, foot))
}

// under leaves a gap above an object that is shown.
type under struct{}

// Layout places it.
func (under) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	gap := theme.Size(look.Gap)
	objects[0].Move(fyne.NewPos(0, gap))
	objects[0].Resize(size.SubtractWidthHeight(0, gap))
}

// MinSize adds the gap.
func (under) MinSize(objects []fyne.CanvasObject) fyne.Size {
	if !objects[0].Visible() {
		return fyne.Size{}
	}
	return objects[0].MinSize().AddWidthHeight(0, theme.Size(look.Gap))
}

// Titled is a part of a screen: a subheading over content that takes the room
// that is left.
func Titled(title string, content fyne.CanvasObject) fyne.CanvasObject {
	return container.NewBorder(kit.VStack(look.Gap, kit.Subheading(title), widget.NewSeparator()), nil, nil, nil, content)
}

// Field is an input with its label and hint.
func Field(label, hint string, input fyne.CanvasObject) *kit.Field {
	f := kit.NewField(label, input)
	if hint != "" {
		f.Hint(hint)
	}
	return f
}

// Keyed gives options the keys of their positions.
func Keyed(options ...kit.Option) []kit.Option {
	for i := range options {
		options[i].Key = kit.KeyAt(i + 1)
	}
	return options
}
