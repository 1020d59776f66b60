package kit

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	look "solidaren/ui/kit/theme"
)

// Flow puts objects beside each other, and on a further line where the window
// is too narrow or the text too large. A text that wraps takes the width that it
// needs, and never more than there is.
func Flow(objects ...fyne.CanvasObject) fyne.CanvasObject {
	return container.New(&flow{}, objects...)
}

// flow remembers the width that it was given: its height follows from it.
type flow struct{ width float32 }

// MinSize is as wide as the widest object, and as high as the lines at the
// present width.
func (f *flow) MinSize(objects []fyne.CanvasObject) fyne.Size {
	least := fyne.Size{}
	for _, o := range objects {
		least.Width = max(least.Width, o.MinSize().Width)
	}
	least.Height = f.arrange(objects, max(f.width, least.Width), func(fyne.CanvasObject, fyne.Position, fyne.Size) {})
	return least
}

// Layout places the objects.
func (f *flow) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	f.width = size.Width
	f.arrange(objects, size.Width, func(o fyne.CanvasObject, at fyne.Position, size fyne.Size) {
		o.Resize(size)
		o.Move(at)
	})
}

// arrange tells where each object goes, and gives the height of all lines.
func (f *flow) arrange(objects []fyne.CanvasObject, width float32, place func(fyne.CanvasObject, fyne.Position, fyne.Size)) float32 {
	gap := theme.Size(look.Gap)
	var at fyne.Position
	height := float32(0)
	var line []fyne.CanvasObject
	end := func() {
		x := float32(0)
		for _, o := range line {
			size, y := want(o, width), at.Y
			if _, text := o.(*Label); text { // in the middle of the buttons beside it
				y += (height - size.Height) / 2
			}
			place(o, fyne.NewPos(x, y), size)
			x += size.Width + gap
		}
		line = line[:0]
	}
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		size := want(o, width)
		if at.X > 0 && at.X+size.Width > width {
			end()
			at = fyne.NewPos(0, at.Y+height+gap)
			height = 0
		}
		line = append(line, o)
		at.X += size.Width + gap
		height = max(height, size.Height)
	}
	end()
	return at.Y + height
}

// OnOneLine reports whether a Flow puts all that it shows on one line of a width.
func OnOneLine(row fyne.CanvasObject, width float32) bool {
	need := -theme.Size(look.Gap)
	for _, o := range row.(*fyne.Container).Objects {
		if o.Visible() {
			need += want(o, math.MaxFloat32).Width + theme.Size(look.Gap)
		}
	}
	return need <= width
}

// want is the size of an object on a line of a width.
func want(o fyne.CanvasObject, width float32) fyne.Size {
	l, text := o.(*Label)
	if !text || l.Fit != Wrap {
		return o.MinSize()
	}
	wide := min(l.Natural()+1, width)
	return fyne.NewSize(wide, l.lineHeight()*float32(len(l.lines(wide))))
}
