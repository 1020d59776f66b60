package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Bounded asks leave before Tab goes out of content at its end, or Shift+Tab at
// its start. leave moves the focus and reports true, or lets it go on to what
// stands beside the content. Fyne goes along the tree and asks nobody
// (https://github.com/fyne-io/fyne/issues/4106), so four edges that show nothing
// stand in it, two on each side: the inner one is met on the way out, the outer
// one on the way in.
func Bounded(content fyne.CanvasObject, leave func(forward bool) bool) *fyne.Container {
	b := &bounds{leave: leave}
	return &fyne.Container{Layout: bounded{}, Objects: []fyne.CanvasObject{
		newEdge(b, back, false), newEdge(b, back, true), content, newEdge(b, ahead, true), newEdge(b, ahead, false),
	}}
}

// way is a direction along the tree.
type way int

const (
	back  way = -1
	ahead way = 1
)

type bounds struct {
	leave   func(forward bool) bool
	passing way // 0: no edge is being passed
}

// Edge is where content that is Bounded ends. It never keeps the focus.
type Edge struct {
	widget.BaseWidget
	bounds  *bounds
	outward way
	inner   bool
}

var _ fyne.Focusable = (*Edge)(nil)

func newEdge(b *bounds, outward way, inner bool) *Edge {
	e := &Edge{bounds: b, outward: outward, inner: inner}
	e.ExtendBaseWidget(e)
	return e
}

// FocusGained hands the focus on.
func (e *Edge) FocusGained() {
	b := e.bounds
	switch {
	case b.passing != 0: // the second edge on the way
		onward := b.passing
		b.passing = 0
		e.step(onward)
	case !e.inner: // the way in
		b.passing = -e.outward
		e.step(b.passing)
	case !b.leave(e.outward == ahead):
		b.passing = e.outward
		e.step(b.passing)
	}
}

func (e *Edge) step(to way) {
	c := canvasOf(e)
	switch {
	case c == nil:
	case to == ahead:
		c.FocusNext()
	default:
		c.FocusPrevious()
	}
}

// FocusLost changes nothing.
func (*Edge) FocusLost() {}

// TypedKey changes nothing.
func (*Edge) TypedKey(*fyne.KeyEvent) {}

// TypedRune changes nothing.
func (*Edge) TypedRune(rune) {}

// CreateRenderer draws nothing.
func (e *Edge) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(canvas.NewRectangle(color.Transparent))
}

// bounded gives the content all the room: an edge takes none, so that no mouse
// meets it.
type bounded struct{}

// Layout places the content.
func (bounded) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		if _, edge := o.(*Edge); !edge {
			o.Resize(size)
		}
	}
}

// MinSize is that of the content.
func (bounded) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.Size{}
	for _, o := range objects {
		if _, edge := o.(*Edge); !edge {
			size = size.Max(o.MinSize())
		}
	}
	return size
}
