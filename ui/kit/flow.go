package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	look "solidaren/ui/kit/theme"
)

// Flow puts objects beside each other, and on a further line where the window
// is too narrow or the text too large.
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
	least.Height = f.arrange(objects, max(f.width, least.Width), func(fyne.CanvasObject, fyne.Position) {})
	return least
}

// Layout places the objects.
func (f *flow) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	f.width = size.Width
	f.arrange(objects, size.Width, func(o fyne.CanvasObject, at fyne.Position) {
		o.Resize(o.MinSize())
		o.Move(at)
	})
}

// arrange tells where each object goes, and gives the height of all lines.
func (f *flow) arrange(objects []fyne.CanvasObject, width float32, place func(fyne.CanvasObject, fyne.Position)) float32 {
	gap := theme.Size(look.Gap)
	var at fyne.Position
	line := float32(0)
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		least := o.MinSize()
		if at.X > 0 && at.X+least.Width > width {
			at = fyne.NewPos(0, at.Y+line+gap)
			line = 0
		}
		place(o, at)
		at.X += least.Width + gap
		line = max(line, least.Height)
	}
	return at.Y + line
}
