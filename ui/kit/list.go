package kit

import (
	"math"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// ListOptions describe a List. The lines are read when they are shown, so they
// must be ready: no look-up, no formatting of many things.
type ListOptions struct {
	Length      func() int
	Line        func(i int) Line
	OnOpen      func(i int)
	OnHighlight func(i int) // an arrow or the mouse moved the highlight
}

// List shows many lines, of which only those in view exist as widgets. Up,
// Down, Home, End, PgUp and PgDn move; Enter, Space or a tap open.
type List struct {
	widget.List
	Keys
	options   ListOptions
	highlight int
	offset    float32          // to scroll to once there is a size
	length    int              // when all was shown last
	rows      map[*listRow]int // what each row showed last; some are in view
}

var (
	_ fyne.Focusable  = (*List)(nil)
	_ fyne.Accessible = (*List)(nil)
	_ desktop.Keyable = (*List)(nil)
)

// NewList makes a list.
func NewList(o ListOptions) *List {
	l := &List{options: o, rows: map[*listRow]int{}}
	l.Length = o.Length
	l.CreateItem = func() fyne.CanvasObject { return newListRow(o.Length) }
	l.UpdateItem = l.updateItem
	l.OnSelected = func(i int) {
		l.UnselectAll() // so that the same line can be opened again
		l.open(i)
	}
	l.OnHighlighted = l.highlighted
	l.HideSeparators = true
	l.bind(l, func(fyne.KeyName) { l.open(l.highlight) })
	l.ExtendBaseWidget(l)
	return l
}

// Like puts the highlight and the scroll where another list has them: the one
// that this one is built anew for. It may be nil.
func (l *List) Like(old *List) *List {
	if old == nil || l.options.Length() == 0 {
		return l
	}
	l.highlight, l.offset = old.highlight, old.GetScrollOffset()
	l.OnHighlighted = nil // it is no move
	l.List.Highlight(l.highlight)
	l.OnHighlighted = l.highlighted
	return l
}

// Resize also scrolls to where the list before had been, or to the highlight,
// once there is a size: what Fyne scrolls to without one is past its end.
func (l *List) Resize(size fyne.Size) {
	first := l.Size().Height == 0 && size.Height > 0
	l.List.Resize(size)
	if !first {
		return
	}
	l.ScrollToOffset(l.offset)
	if l.offset == 0 && l.highlight < l.options.Length() {
		l.ScrollTo(l.highlight)
	}
	l.offset = 0
}

// Opens tells whether one key shows more of a line: Enter opens it, or the
// highlight shows it beside the list.
func (l *List) Opens() bool { return l.options.OnOpen != nil || l.options.OnHighlight != nil }

// Highlighted is the line that Enter would open.
func (l *List) Highlighted() int { return l.highlight }

// AccessibilityLabel is the highlighted line.
func (l *List) AccessibilityLabel() string {
	if l.highlight >= l.options.Length() {
		return ""
	}
	line := l.options.Line(l.highlight)
	return line.Title + " " + line.Detail + " " + line.Side
}

// AccessibilityRole is container.
func (l *List) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

func (l *List) updateItem(i int, o fyne.CanvasObject) {
	if i >= l.options.Length() {
		return
	}
	row := o.(*listRow)
	if len(l.rows) >= mostRows { // the list made others in their place
		clear(l.rows)
	}
	l.rows[row] = i
	l.show(row, i)
}

// mostRows is more rows than a window has room for.
const mostRows = 200

func (l *List) show(row *listRow, i int) {
	row.set(l.options.Line(i), l.Keys.focused && i == l.highlight)
}

// Renew shows the lines again. It is Refresh for lines alone: that makes all
// rows anew, since the theme may be another one.
func (l *List) Renew() {
	if l.length != l.options.Length() || !l.renew(l.view()) {
		l.Refresh()
	}
}

// renew shows some lines again. It reports whether it knows all their rows.
func (l *List) renew(from, to int) bool {
	known := map[int]bool{}
	for row, i := range l.rows {
		if i >= from && i < to {
			known[i] = true
			l.show(row, i)
		}
	}
	return len(known) == to-from
}

// view tells which lines are in view: from one to before another, as the list
// that Fyne has reckons it.
func (l *List) view() (from, to int) {
	for row := range l.rows {
		every := row.Size().Height + theme.Padding()
		top, last := l.GetScrollOffset(), l.options.Length()-1
		from = min(max(int(math.Floor(float64(top/every))), 0), max(last, 0))
		return from, min(int(math.Ceil(float64((float32(from)*every+l.Size().Height)/every))), last) + 1
	}
	return 0, l.options.Length()
}

func (l *List) highlighted(i int) {
	before := l.highlight
	l.highlight = i
	if before != i {
		if l.Keys.focused {
			revealInScroll(l)
		}
		l.renew(before, before+1)
		l.renew(i, i+1)
		if l.options.OnHighlight != nil {
			l.options.OnHighlight(i)
		}
	}
}

func (l *List) open(i int) {
	if i >= 0 && i < l.options.Length() && l.options.OnOpen != nil {
		l.options.OnOpen(i)
	}
}

// Refresh shows the lines again; the highlight stays within them.
func (l *List) Refresh() {
	if last := l.options.Length() - 1; l.highlight > last {
		l.highlight = max(last, 0)
		l.List.Highlight(l.highlight)
	}
	l.length = l.options.Length()
	clear(l.rows)
	l.List.Refresh()
}

// FocusGained shows the highlight, and brings it into view for who came by Tab:
// under a mouse nothing may move.
func (l *List) FocusGained() {
	l.Keys.setFocus(true)
	l.List.FocusGained()
	if tabbing && l.options.Length() > 0 {
		l.ScrollTo(l.highlight)
	}
	l.renew(l.highlight, l.highlight+1)
}

// part is the highlight, where the list itself lies in a scroll that is lower
// than it.
func (l *List) part() (top, height float32) {
	height = newListRow(l.options.Length).MinSize().Height
	top = float32(l.highlight)*(height+theme.Padding()) - l.GetScrollOffset()
	return max(top, 0), height
}

// FocusLost hides it.
func (l *List) FocusLost() {
	l.Keys.setFocus(false)
	l.List.FocusLost()
	l.renew(l.highlight, l.highlight+1)
}

// page is how far PgUp and PgDn go, in lines.
const page = 8

// TypedKey moves the highlight or opens its line.
func (l *List) TypedKey(event *fyne.KeyEvent) {
	last := l.options.Length() - 1
	switch name := event.Name; {
	case held == name:
	case isEnter(name) && last >= 0:
		hold(name)
		l.open(l.highlight)
	case name == fyne.KeySpace:
		l.wait(name)
	case name == fyne.KeyDown && l.highlight < last:
		l.Highlight(l.highlight + 1)
	case name == fyne.KeyUp && l.highlight > 0:
		l.Highlight(l.highlight - 1)
	case name == fyne.KeyHome:
		l.Highlight(0)
	case name == fyne.KeyEnd:
		l.Highlight(max(last, 0))
	case name == fyne.KeyPageDown && l.highlight < last:
		l.Highlight(min(l.highlight+page, last))
	case name == fyne.KeyPageUp && l.highlight > 0:
		l.Highlight(max(l.highlight-page, 0))
	default:
		l.pass(event)
	}
}

// TypedRune ends a Space, or goes to the screen.
func (l *List) TypedRune(r rune) { l.Keys.TypedRune(r) }

// CreateRenderer draws the stock list, and the ring of the focus round it while
// it has no line that could bear it.
func (l *List) CreateRenderer() fyne.WidgetRenderer {
	return &listRenderer{WidgetRenderer: l.List.CreateRenderer(), list: l, ring: newRing()}
}

type listRenderer struct {
	fyne.WidgetRenderer
	list *List
	ring *canvas.Rectangle
}

func (r *listRenderer) Layout(size fyne.Size) {
	r.WidgetRenderer.Layout(size)
	r.ring.Resize(size)
}

func (r *listRenderer) Refresh() {
	r.WidgetRenderer.Refresh()
	updateRing(r.ring, r.list.Keys.focused && r.list.options.Length() == 0)
}

func (r *listRenderer) Objects() []fyne.CanvasObject {
	return append(slices.Clip(r.WidgetRenderer.Objects()), r.ring)
}
