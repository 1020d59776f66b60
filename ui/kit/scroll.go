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
}

// scrolls are those on screen. They are looked through when a widget gets the
// focus, because a widget of Fyne does not know what it lies in.
var scrolls = map[*Scroll]bool{}

// NewScroll makes a vertical scroll over content.
func NewScroll(content fyne.CanvasObject) *Scroll {
	s := &Scroll{inner: container.NewVScroll(content)}
	s.ExtendBaseWidget(s)
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

// Reveal scrolls so that a part of the content is in view, with some room round
// it: from top, counted from the top of the content, as high as height. What
// little stands below it at the end comes into view with it.
func (s *Scroll) Reveal(top, height float32) {
	room := theme.Size(look.Section)
	view, end := s.inner.Size().Height, s.inner.Content.Size().Height
	offset := s.inner.Offset.Y
	switch {
	case end-top-height <= 4*room && end-top+room <= view:
		s.ScrollTo(end - view)
	case top-room < offset || height+2*room > view:
		s.ScrollTo(top - room)
	case top+height+room > offset+view:
		s.ScrollTo(top + height + room - view)
	}
}

// CreateRenderer shows the scroll.
func (s *Scroll) CreateRenderer() fyne.WidgetRenderer {
	scrolls[s] = true
	return &scrollRenderer{widget.NewSimpleRenderer(s.inner), s}
}

type scrollRenderer struct {
	fyne.WidgetRenderer
	scroll *Scroll
}

// Destroy forgets a scroll that is no longer shown.
func (r *scrollRenderer) Destroy() {
	delete(scrolls, r.scroll)
	r.WidgetRenderer.Destroy()
}

// Reveal brings o into view in the scroll that it lies in, if any.
func Reveal(o fyne.CanvasObject) { revealInScroll(o) }

// revealInScroll brings o into view in the scroll that it lies in, if any; of
// what may be higher than that, the part that has the focus.
func revealInScroll(o fyne.CanvasObject) {
	c := canvasOf(o)
	if c == nil {
		return
	}
	top, height := float32(0), o.Size().Height
	if p, ok := o.(interface{ part() (top, height float32) }); ok {
		top, height = p.part()
	}
	driver := fyne.CurrentApp().Driver()
	at := driver.AbsolutePositionForObject(o)
	for s := range scrolls {
		// What is not on screen now has no position.
		if canvasOf(s) != c || driver.AbsolutePositionForObject(s).IsZero() && c.Content() != fyne.CanvasObject(s) {
			continue
		}
		content := driver.AbsolutePositionForObject(s.inner.Content)
		end := content.AddXY(s.inner.Content.Size().Components())
		if at.X >= content.X && at.Y >= content.Y && at.X < end.X && at.Y < end.Y {
			s.Reveal(at.Y-content.Y+top, height)
		}
	}
}
