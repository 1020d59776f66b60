package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	look "solidaren/ui/kit/theme"
)

// column puts objects under each other. It gives each its width before it asks
// for the height, so that wrapped text gets the place that it needs.
type column struct{ gap fyne.ThemeSizeName }

// Layout places the objects from the top.
func (c column) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	y := float32(0)
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		o.Move(fyne.NewPos(0, y))
		o.Resize(fyne.NewSize(size.Width, o.MinSize().Height))
		height := o.MinSize().Height
		o.Resize(fyne.NewSize(size.Width, height))
		y += height + theme.Size(c.gap)
	}
}

// MinSize is right for the width that the objects have now.
func (c column) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.NewSize(0, -theme.Size(c.gap))
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		least := o.MinSize()
		size.Height += least.Height + theme.Size(c.gap)
		size.Width = max(size.Width, least.Width)
	}
	return size.Max(fyne.Size{})
}

// row puts objects beside each other, each as wide as it needs to be, all of
// one height.
type row struct{ gap fyne.ThemeSizeName }

// Layout places the objects from the left.
func (r row) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	x := float32(0)
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		width := o.MinSize().Width
		height := min(o.MinSize().Height, size.Height)
		o.Move(fyne.NewPos(x, (size.Height-height)/2))
		o.Resize(fyne.NewSize(width, height))
		x += width + theme.Size(r.gap)
	}
}

// MinSize is the sum of the widths and the greatest height.
func (r row) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.NewSize(-theme.Size(r.gap), 0)
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		least := o.MinSize()
		size.Width += least.Width + theme.Size(r.gap)
		size.Height = max(size.Height, least.Height)
	}
	return size.Max(fyne.Size{})
}

// VStack puts objects under each other, a gap apart (theme.Gap, theme.Section).
func VStack(gap fyne.ThemeSizeName, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(column{gap}, objects...)
}

// HStack puts objects beside each other, a gap apart, each as wide as it needs.
func HStack(gap fyne.ThemeSizeName, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(row{gap}, objects...)
}

// AsMany puts objects beside each other, as many of the first ones as there is
// room for: what is left out must be shown elsewhere.
func AsMany(gap fyne.ThemeSizeName, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(asMany{row{gap}}, objects...)
}

type asMany struct{ row }

// Layout hides what has no room.
func (a asMany) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	x := float32(0)
	for _, o := range objects {
		x += o.MinSize().Width
		if x > size.Width {
			o.Hide()
		} else {
			o.Show()
		}
		x += theme.Size(a.gap)
	}
	a.row.Layout(objects, size)
}

// MinSize leaves the width to the place.
func (a asMany) MinSize(objects []fyne.CanvasObject) fyne.Size {
	height := float32(0)
	for _, o := range objects {
		height = max(height, o.MinSize().Height)
	}
	return fyne.NewSize(0, height)
}

// Framed keeps head and foot in view, above and below a body that has the rest
// of the height. Head and foot have their width before they are asked for their
// height: their texts and buttons may need a second line.
func Framed(head, body, foot fyne.CanvasObject) *fyne.Container {
	return container.New(framed{}, head, body, foot)
}

type framed struct{}

// Layout places the parts.
func (framed) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	high := func(o fyne.CanvasObject) float32 {
		if !o.Visible() {
			return 0
		}
		for range 2 {
			o.Resize(fyne.NewSize(size.Width, o.MinSize().Height))
		}
		return o.Size().Height
	}
	head, foot := high(objects[0]), high(objects[2])
	objects[0].Move(fyne.Position{})
	objects[1].Move(fyne.NewPos(0, head))
	objects[1].Resize(fyne.NewSize(size.Width, max(0, size.Height-head-foot)))
	objects[2].Move(fyne.NewPos(0, size.Height-foot))
}

// MinSize holds all three.
func (framed) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.Size{}
	for _, o := range objects {
		if o.Visible() {
			least := o.MinSize()
			size = fyne.NewSize(max(size.Width, least.Width), size.Height+least.Height)
		}
	}
	return size
}

// Inset leaves a distance of the theme round o.
func Inset(size fyne.ThemeSizeName, o fyne.CanvasObject) *fyne.Container {
	return container.New(inset{size}, o)
}

type inset struct{ size fyne.ThemeSizeName }

// Layout places the objects inside the distance.
func (i inset) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	d := theme.Size(i.size)
	for _, o := range objects {
		o.Move(fyne.NewPos(d, d))
		o.Resize(size.SubtractWidthHeight(2*d, 2*d))
	}
}

// MinSize adds the distance on each side.
func (i inset) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.Size{}
	for _, o := range objects {
		size = size.Max(o.MinSize())
	}
	return size.AddWidthHeight(2*theme.Size(i.size), 2*theme.Size(i.size))
}

// Chars makes o as wide as n digits: a field of the size of its answer.
func Chars(n int, o fyne.CanvasObject) *fyne.Container { return container.New(chars(n), o) }

type chars int

// Layout fills the width of the digits.
func (c chars) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Resize(fyne.NewSize(min(c.width(), size.Width), size.Height))
	}
}

// MinSize is the width of the digits.
func (c chars) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.NewSize(c.width(), 0)
	for _, o := range objects {
		size.Height = max(size.Height, o.MinSize().Height)
	}
	return size
}

func (c chars) width() float32 {
	return float32(c)*measureLabel("0").Width + 4*theme.Size(theme.SizeNameInnerPadding)
}

// Lines gives a list the height of n of its lines.
func Lines(n int, list *List) *fyne.Container { return container.New(lines(n), list) }

type lines int

// Layout fills the place.
func (lines) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Resize(size)
	}
}

// MinSize is the height of the lines with what stands between them.
func (n lines) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.Size{}
	for _, o := range objects {
		size = o.MinSize()
	}
	return fyne.NewSize(size.Width, float32(n)*(size.Height+theme.Size(theme.SizeNamePadding)))
}

// Middle centres o in the height that it is given, at full width.
func Middle(o fyne.CanvasObject) *fyne.Container { return container.New(middle{}, o) }

type middle struct{}

// Layout centres each object, a gap from the left.
func (middle) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	gap := theme.Size(look.Gap)
	for _, o := range objects {
		o.Resize(fyne.NewSize(size.Width-gap, o.MinSize().Height))
		height := o.MinSize().Height
		o.Resize(fyne.NewSize(size.Width-gap, height))
		o.Move(fyne.NewPos(gap, (size.Height-height)/2))
	}
}

// MinSize is that of the largest object.
func (middle) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.Size{}
	for _, o := range objects {
		size = size.Max(o.MinSize())
	}
	return size
}

// Top gives o the height that it needs, at the top of the place that it has.
func Top(o fyne.CanvasObject) *fyne.Container { return container.New(top{}, o) }

type top struct{}

// Layout stands the objects at the top.
func (top) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Resize(fyne.NewSize(size.Width, o.MinSize().Height))
	}
}

// MinSize is that of the largest object that shows.
func (top) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.Size{}
	for _, o := range objects {
		if o.Visible() {
			size = size.Max(o.MinSize())
		}
	}
	return size
}

// High centres o in a line of the height of a button.
func High(o fyne.CanvasObject) *fyne.Container { return container.New(high{}, o) }

type high struct{}

// Layout centres each object.
func (high) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		least := o.MinSize()
		o.Resize(fyne.NewSize(size.Width, least.Height))
		o.Move(fyne.NewPos(0, (size.Height-least.Height)/2))
	}
}

// MinSize is at least as high as a button.
func (high) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.NewSize(0, theme.Size(look.Target))
	for _, o := range objects {
		size = size.Max(o.MinSize())
	}
	return size
}

// Indented leaves a distance of the theme left and right of o.
func Indented(size fyne.ThemeSizeName, o fyne.CanvasObject) *fyne.Container {
	return container.New(indented{size}, o)
}

type indented struct{ size fyne.ThemeSizeName }

// Layout places the object between the distances.
func (i indented) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	d := theme.Size(i.size)
	objects[0].Move(fyne.NewPos(d, 0))
	objects[0].Resize(size.SubtractWidthHeight(2*d, 0))
}

// MinSize adds them.
func (i indented) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return objects[0].MinSize().AddWidthHeight(2*theme.Size(i.size), 0)
}

// Room is an empty place of a few pixels. Its colour is none at all rather than
// nil, which the software painter does not take (Fyne 2.8.1).
func Room() fyne.CanvasObject {
	room := canvas.NewRectangle(color.Transparent)
	room.SetMinSize(fyne.NewSize(0, 1))
	return room
}

// Card frames things that belong together, with an optional title.
func Card(title string, content ...fyne.CanvasObject) *fyne.Container {
	if title != "" {
		content = append([]fyne.CanvasObject{Subheading(title)}, content...)
	}
	return container.NewStack(newPanel(), Inset(look.CardPadding, VStack(look.Gap, content...)))
}

// panel is the ground of a card, which follows the theme.
type panel struct {
	painted
	fill, border fyne.ThemeColorName
}

func newPanel() *panel {
	p := &panel{fill: theme.ColorNameInputBackground, border: theme.ColorNameSeparator}
	rect := canvas.NewRectangle(nil)
	p.paint(p, func() {
		rect.FillColor, rect.StrokeColor = theme.Color(p.fill), theme.Color(p.border)
		rect.StrokeWidth, rect.CornerRadius = 1, theme.Size(theme.SizeNameCardRadius)
	}, rect)
	return p
}
