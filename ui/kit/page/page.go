// Package page lays out what all screens have in common: a heading with its
// actions above a body, and columns of a readable width. It knows no model.
package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"solidaren/ui/kit"
	look "solidaren/ui/kit/theme"
)

// New is a screen: the heading and its actions stay, the body has the rest.
func New(title string, body fyne.CanvasObject, actions ...fyne.CanvasObject) fyne.CanvasObject {
	head := container.NewBorder(nil, nil, nil, container.NewHBox(actions...), kit.Heading(title))
	return container.NewPadded(container.NewBorder(head, nil, nil, nil, body))
}

// readable is the width of about 75 characters of text at text size 1.
const readable = 680

// Column keeps its content to a readable width and scrolls it.
func Column(content ...fyne.CanvasObject) fyne.CanvasObject {
	return kit.NewScroll(container.New(column{width: readable}, kit.VStack(look.Gap, content...)))
}

// Centred is Column in the middle of the window, for a screen that asks one
// thing.
func Centred(content ...fyne.CanvasObject) fyne.CanvasObject {
	return kit.NewScroll(container.New(column{width: 520, centred: true}, kit.VStack(look.Gap, content...)))
}

// column gives its one object no more than a width, which grows with the text
// size, and all the height it needs.
type column struct {
	width   float32
	centred bool
}

// MinSize is that of the content: the column narrows with its window.
func (c column) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

// Layout places the column.
func (c column) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	width := min(size.Width, c.width*theme.TextSize()/textSize)
	left, top := float32(0), float32(0)
	if c.centred {
		left = (size.Width - width) / 2
		top = max(0, (size.Height-objects[0].MinSize().Height)/3)
	}
	objects[0].Move(fyne.NewPos(left, top))
	objects[0].Resize(fyne.NewSize(width, size.Height-top))
}

// textSize is the size of text at text size 1.
const textSize = 16

// Titled is a part of a screen: a subheading over content that takes the room
// that is left.
func Titled(title string, content fyne.CanvasObject) fyne.CanvasObject {
	return container.NewBorder(kit.Subheading(title), nil, nil, nil, content)
}

// Field is an input with its label and hint.
func Field(label, hint string, input fyne.CanvasObject) *kit.Field {
	f := kit.NewField(label, input)
	if hint != "" {
		f.Hint(hint)
	}
	return f
}
