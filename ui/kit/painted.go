package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	look "solidaren/ui/kit/theme"
)

// painted is a widget that is nothing but shapes which fill it; update gives
// them the colours of the theme.
type painted struct {
	widget.BaseWidget
	shapes []fyne.CanvasObject
	update func()
}

func (p *painted) paint(self fyne.Widget, update func(), shapes ...fyne.CanvasObject) {
	p.shapes, p.update = shapes, update
	p.ExtendBaseWidget(self)
}

// CreateRenderer draws the shapes.
func (p *painted) CreateRenderer() fyne.WidgetRenderer {
	p.update()
	return &paintedRenderer{p}
}

type paintedRenderer struct{ p *painted }

func (r *paintedRenderer) Layout(size fyne.Size) {
	for _, shape := range r.p.shapes {
		shape.Resize(size)
	}
}

func (r *paintedRenderer) MinSize() fyne.Size { return fyne.Size{} }

func (r *paintedRenderer) Refresh() {
	r.p.update()
	for _, shape := range r.p.shapes {
		shape.Refresh()
	}
}

func (r *paintedRenderer) Objects() []fyne.CanvasObject { return r.p.shapes }

func (r *paintedRenderer) Destroy() {}

// newRing is the line round what has the focus. It is drawn inside the widget,
// where no scroll can cut it off.
func newRing() *canvas.Rectangle {
	ring := canvas.NewRectangle(nil)
	ring.Hide()
	return ring
}

func updateRing(ring *canvas.Rectangle, focused bool) {
	ring.StrokeColor, ring.StrokeWidth = theme.Color(look.Ring), theme.Size(look.RingWidth)
	ring.CornerRadius = theme.Size(theme.SizeNameInputRadius)
	if focused {
		ring.Show()
	} else {
		ring.Hide()
	}
	ring.Refresh()
}

// placeBar puts the bar of the place where one is at the left, clear of the
// ring of the focus.
func placeBar(bar *canvas.Rectangle, size fyne.Size, focused bool) {
	const width = 4
	inset := float32(0)
	if focused {
		inset = theme.Size(look.RingWidth) + ringGap
	}
	bar.Move(fyne.NewSquareOffsetPos(inset))
	bar.Resize(fyne.NewSize(width, size.Height-2*inset))
}

// keycap shows the key that does something.
type keycap struct {
	rect *canvas.Rectangle
	text *canvas.Text
}

func newKeycap(key string) keycap {
	cap := keycap{canvas.NewRectangle(nil), canvas.NewText(key, nil)}
	cap.text.Alignment = fyne.TextAlignCenter
	return cap
}

func (c keycap) size() fyne.Size {
	if c.text.Text == "" {
		return fyne.Size{}
	}
	text := fyne.MeasureText(c.text.Text, theme.Size(theme.SizeNameCaptionText), fyne.TextStyle{Bold: true})
	height := text.Height + 4
	return fyne.NewSize(max(text.Width+10, height), height)
}

// place centres the keycap in a band of the given height at x.
func (c keycap) place(x, y, height float32) {
	size := c.size()
	at := fyne.NewPos(x, y+(height-size.Height)/2)
	c.rect.Move(at)
	c.rect.Resize(size)
	c.text.Move(at)
	c.text.Resize(size)
}

// update paints it; a filled one stands on the primary colour.
func (c keycap) update(filled bool) {
	c.text.TextSize, c.text.TextStyle = theme.Size(theme.SizeNameCaptionText), fyne.TextStyle{Bold: true}
	c.rect.CornerRadius, c.rect.StrokeWidth = 4, 1
	c.rect.FillColor, c.rect.StrokeColor = theme.Color(look.Raised), theme.Color(theme.ColorNameInputBorder)
	c.text.Color = theme.Color(look.Keycap)
	if filled {
		c.rect.FillColor, c.rect.StrokeColor = theme.Color(theme.ColorNamePrimary), theme.Color(theme.ColorNamePrimary)
		c.text.Color = theme.Color(theme.ColorNameForegroundOnPrimary)
	}
	if c.text.Text == "" {
		c.rect.Hide()
	} else {
		c.rect.Show()
	}
}
