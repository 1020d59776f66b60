package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	look "solidaren/ui/kit/theme"
)

// Scroll shows tall content. What gets the focus inside it comes into view.
type Scroll struct {
	widget.BaseWidget
	inner *container.Scroll
	least float32 // height, in sizes of text
}

// NewScroll makes a vertical scroll over content.
func NewScroll(content fyne.CanvasObject) *Scroll {
	s := &Scroll{inner: container.NewVScroll(content)}
	s.ExtendBaseWidget(s)
	return s
}

// AtLeast keeps so much height to the scroll, in sizes of text: where the window
// is too low for that, what is round it scrolls, too.
func (s *Scroll) AtLeast(ems float32) *Scroll {
	s.least = ems
	return s
}

// SetContent shows other content, from its top.
func (s *Scroll) SetContent(content fyne.CanvasObject) {
	s.inner.Content = content
	s.inner.Offset = fyne.Position{}
	s.settle()
}

// Offset is how far the content is scrolled.
func (s *Scroll) Offset() float32 { return s.inner.Offset.Y }

// ScrollTo scrolls to an offset.
func (s *Scroll) ScrollTo(y float32) { s.inner.ScrollToOffset(fyne.NewPos(0, max(y, 0))) }

// Resize lays the content out for the new width, and again for the height that
// this gives.
func (s *Scroll) Resize(size fyne.Size) {
	if size == s.Size() {
		return
	}
	s.BaseWidget.Resize(size)
	s.inner.Resize(size)
	s.settle()
	if c := canvasOf(s); c != nil {
		if focused, ok := c.Focused().(fyne.CanvasObject); ok {
			revealInScroll(focused) // a smaller window must not hide it
		}
	}
}

// Refresh lays the content out again.
func (s *Scroll) Refresh() {
	s.settle()
	s.BaseWidget.Refresh()
}

func (s *Scroll) settle() {
	for range 2 {
		s.inner.Content.Resize(s.inner.Content.MinSize().Max(s.inner.Size()))
	}
	s.inner.Refresh()
}

// little is what comes into view with the last field above it, in sizes of text.
const little = 6

// Reveal scrolls so that a part of the content is in view, with some room round
// it: from top, counted from the top of the content, as high as height. What
// little stands below it at the end comes into view with it.
func (s *Scroll) Reveal(top, height float32) {
	room := theme.Size(look.Section)
	view, end := s.inner.Size().Height, s.inner.Content.Size().Height
	offset := s.inner.Offset.Y
	switch {
	case end-top-height <= little*theme.TextSize() && end-top+room <= view:
		s.ScrollTo(end - view)
	case top-room < offset || height+2*room > view:
		s.ScrollTo(top - room)
	case top+height+room > offset+view:
		s.ScrollTo(top + height + room - view)
	}
}

// Held is the content.
func (s *Scroll) Held() fyne.CanvasObject { return s.inner.Content }

// CreateRenderer shows the scroll.
func (s *Scroll) CreateRenderer() fyne.WidgetRenderer {
	return &scrollRenderer{widget.NewSimpleRenderer(s.inner), s}
}

type scrollRenderer struct {
	fyne.WidgetRenderer
	scroll *Scroll
}

// MinSize is that of a scroll, and not lower than the least.
func (r *scrollRenderer) MinSize() fyne.Size {
	return r.WidgetRenderer.MinSize().Max(fyne.NewSize(0, r.scroll.least*theme.TextSize()))
}

// Holder is a widget that shows another object, in which something may have the
// focus. A widget of Fyne knows neither what it lies in nor what lies in it.
type Holder interface{ Held() fyne.CanvasObject }

// wayUp leads from what is on screen up to an object that it lies in; nil where
// it does not.
func wayUp(from, to fyne.CanvasObject) []fyne.CanvasObject {
	if from == nil || !from.Visible() {
		return nil
	}
	if from == to {
		return []fyne.CanvasObject{to}
	}
	var inside []fyne.CanvasObject
	switch o := from.(type) {
	case *fyne.Container:
		inside = o.Objects
	case Holder:
		inside = []fyne.CanvasObject{o.Held()}
	}
	for _, o := range inside {
		if way := wayUp(o, to); way != nil {
			return append(way, from)
		}
	}
	return nil
}

// Reveal brings o into view in the scrolls that it lies in, if any.
func Reveal(o fyne.CanvasObject) { revealInScroll(o) }

// revealInScroll brings o into view in the scrolls that it lies in, if any, from
// the innermost one outwards; of what may be higher than that, the part that has
// the focus.
func revealInScroll(o fyne.CanvasObject) {
	c := canvasOf(o)
	if c == nil {
		return
	}
	var way []fyne.CanvasObject
	for _, root := range append([]fyne.CanvasObject{c.Content()}, c.Overlays().List()...) {
		if way = wayUp(root, o); way != nil {
			break
		}
	}
	top, height := float32(0), o.Size().Height
	if p, ok := o.(interface{ part() (top, height float32) }); ok {
		top, height = p.part()
	}
	for i, o := range way {
		if s, ok := o.(*Scroll); ok && i > 0 {
			inside := top - way[i-1].Position().Y
			s.Reveal(inside, height)
			top = inside + way[i-1].Position().Y
		}
		top += o.Position().Y
	}
}
