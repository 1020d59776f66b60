package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Reader scrolls text that no focus inside it brings into view. While the text
// does not fit it is a stop of Tab, and arrows, PgUp, PgDn, Home and End scroll
// it; a scroll of Fyne knows no keys.
type Reader struct {
	widget.BaseWidget
	Keys
	scroll *Scroll
}

var (
	_ fyne.Focusable   = (*Reader)(nil)
	_ fyne.Disableable = (*Reader)(nil)
	_ fyne.Accessible  = (*Reader)(nil)
	_ desktop.Keyable  = (*Reader)(nil)
)

// NewReader makes one over content.
func NewReader(content fyne.CanvasObject) *Reader {
	r := &Reader{scroll: NewScroll(content)}
	r.bind(r, nil)
	r.ExtendBaseWidget(r)
	return r
}

// Disabled tells that all of the text is in view: Tab passes it by. What a search
// in it lists while it has the focus does not count: its arrows go through that.
func (r *Reader) Disabled() bool {
	all := r.scroll.inner.Content.Size().Height
	if c := canvasOf(r); c != nil {
		focused, _ := c.Focused().(fyne.CanvasObject)
		for _, o := range wayUp(r.scroll, focused) {
			if s, ok := o.(*SearchSelect); ok {
				all -= s.listed()
			}
		}
	}
	return all <= r.scroll.inner.Size().Height
}

// Enable changes nothing: what does not fit decides.
func (*Reader) Enable() {}

// Disable changes nothing.
func (*Reader) Disable() {}

// AccessibilityLabel is nothing: the text has its own.
func (*Reader) AccessibilityLabel() string { return "" }

// AccessibilityRole is container.
func (*Reader) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

// readLines is how far an arrow goes, in lines of text; readPage the part of the
// view that PgUp and PgDn go.
const (
	readLines = 3
	readPage  = 0.9
)

// TypedKey scrolls, as far as there is more.
func (r *Reader) TypedKey(event *fyne.KeyEvent) {
	view, all := r.scroll.inner.Size().Height, r.scroll.inner.Content.Size().Height
	line := readLines * measureLabel("x").Height
	step := map[fyne.KeyName]float32{
		fyne.KeyUp: -line, fyne.KeyDown: line, fyne.KeyPageUp: -readPage * view, fyne.KeyPageDown: readPage * view,
		fyne.KeyHome: -all, fyne.KeyEnd: all,
	}[event.Name]
	to := min(max(r.scroll.Offset()+step, 0), max(all-view, 0))
	if to == r.scroll.Offset() {
		r.pass(event)
		return
	}
	r.scroll.ScrollTo(to)
}

// Refresh lays the text out again.
func (r *Reader) Refresh() {
	r.scroll.Refresh()
	r.BaseWidget.Refresh()
}

// Held is the scroll.
func (r *Reader) Held() fyne.CanvasObject { return r.scroll }

// CreateRenderer draws the scroll and the ring of the focus over it.
func (r *Reader) CreateRenderer() fyne.WidgetRenderer {
	return &readerRenderer{WidgetRenderer: widget.NewSimpleRenderer(r.scroll), reader: r, ring: newRing()}
}

type readerRenderer struct {
	fyne.WidgetRenderer
	reader *Reader
	ring   *canvas.Rectangle
}

func (r *readerRenderer) Layout(size fyne.Size) {
	r.WidgetRenderer.Layout(size)
	r.ring.Resize(size)
}

func (r *readerRenderer) Refresh() { updateRing(r.ring, r.reader.focused) }

func (r *readerRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.reader.scroll, r.ring}
}
