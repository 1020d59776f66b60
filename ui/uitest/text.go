package uitest

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
)

// Object is something drawn in the window.
type Object struct {
	fyne.CanvasObject
	At      fyne.Position       // in the window
	Parents []fyne.CanvasObject // what it lies in, the outermost first
	bounds  box                 // where it can come into view: within the window and what does not scroll
	view    box                 // where it is in view now
}

// InView is the part of the object that can be seen now.
func (o Object) InView() (at fyne.Position, size fyne.Size) {
	b := o.view.and(boxOf(o.At, o.Size()))
	return fyne.NewPos(b.left, b.top), fyne.NewSize(max(0, b.right-b.left), max(0, b.bottom-b.top))
}

// In tells whether the object lies in a T, and gives the innermost.
func In[T any](o Object) (found T, ok bool) {
	for _, p := range o.Parents {
		if p, is := p.(T); is {
			found, ok = p, true
		}
	}
	return found, ok
}

type box struct{ left, top, right, bottom float32 }

func boxOf(at fyne.Position, size fyne.Size) box {
	return box{at.X, at.Y, at.X + size.Width, at.Y + size.Height}
}

func (b box) and(o box) box {
	return box{max(b.left, o.left), max(b.top, o.top), min(b.right, o.right), min(b.bottom, o.bottom)}
}

// far is where a scroll ends.
const far = 1e6

// Walk shows everything that is visible in the window, dialogs included: the
// topmost dialog alone where there is one.
func Walk(c fyne.Canvas, see func(Object)) {
	root := c.Content()
	if top := c.Overlays().Top(); top != nil {
		root = top
	}
	w := walker{see: see}
	window := boxOf(fyne.Position{}, c.Size())
	w.walk(Object{CanvasObject: root, bounds: window, view: window}, fyne.Position{})
}

// WalkFrom shows what is visible in an object that Walk has shown, itself first.
func WalkFrom(o Object, see func(Object)) {
	walker{see: see}.walk(o, o.At.Subtract(o.Position()))
}

// Sees tells whether the object is in view at a place of the window.
func (o Object) Sees(at fyne.Position) bool {
	return at.X >= o.view.left && at.X < o.view.right && at.Y >= o.view.top && at.Y < o.view.bottom
}

// Hidden tells whether nothing of the object is in view.
func (o Object) Hidden() bool {
	in := o.view.and(boxOf(o.At, o.Size()))
	return in.right <= in.left || in.bottom <= in.top
}

type walker struct{ see func(Object) }

func (w walker) walk(o Object, at fyne.Position) {
	if !o.Visible() {
		return
	}
	o.At = at.Add(o.Position())
	w.see(o)
	var children []fyne.CanvasObject
	switch parent := o.CanvasObject.(type) {
	case *fyne.Container:
		children = parent.Objects
	case fyne.Widget:
		children = test.WidgetRenderer(parent).Objects()
	}
	bounds, view := o.bounds.and(boxOf(o.At, o.Size())), o.view
	if s, ok := o.CanvasObject.(*container.Scroll); ok {
		view = view.and(bounds)
		if s.Direction != container.ScrollHorizontalOnly {
			bounds.top, bounds.bottom = -far, far
		}
		if s.Direction != container.ScrollVerticalOnly {
			bounds.left, bounds.right = -far, far
		}
	}
	parents := append(o.Parents[:len(o.Parents):len(o.Parents)], o.CanvasObject)
	for _, child := range children {
		w.walk(Object{CanvasObject: child, Parents: parents, bounds: bounds, view: view}, o.At)
	}
}

// Texts are the visible texts of the window.
func Texts(c fyne.Canvas) []Text {
	var all []Text
	Walk(c, func(o Object) {
		if text, ok := o.CanvasObject.(*canvas.Text); ok && strings.TrimSpace(text.Text) != "" {
			all = append(all, Text{o, text})
		}
	})
	return all
}

// Text is a visible text.
type Text struct {
	Object
	*canvas.Text
}

// needs is the place that the text takes as it is drawn.
func (t Text) needs() box {
	size := fyne.MeasureText(t.Text.Text, t.TextSize, t.TextStyle)
	at := t.At
	switch t.Alignment {
	case fyne.TextAlignCenter:
		at.X += (t.Text.Size().Width - size.Width) / 2
	case fyne.TextAlignTrailing:
		at.X += t.Text.Size().Width - size.Width
	}
	return boxOf(at, size)
}

// slack is what rounding may take from a text.
const slack = 1.5

// Cut tells how a text is cut, "" if it is whole: its end is left out, or it
// lies where no scroll brings it into view. The text of a field that is typed
// into scrolls by itself.
func (t Text) Cut() string {
	if _, typed := In[*widget.Entry](t.Object); typed {
		return ""
	}
	needs := t.needs()
	told, _ := In[fyne.Accessible](t.Object)
	switch b := t.bounds; {
	case strings.HasSuffix(t.Text.Text, "…") && (told == nil || !strings.Contains(told.AccessibilityLabel(), t.Text.Text)):
		return "its end is left out"
	case needs.left < b.left-slack || needs.right > b.right+slack:
		return "it is wider than its place"
	case needs.top < b.top-slack || needs.bottom > b.bottom+slack:
		return "it is higher than its place"
	}
	return ""
}

// Over tells whether two texts are written over each other.
func (t Text) Over(o Text) bool {
	both := t.needs().and(t.view).and(o.needs()).and(o.view)
	return both.right-both.left > 2*slack && both.bottom-both.top > 4*slack
}
