package kit_test

import (
	"strconv"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"solidaren/ui/kit"
	look "solidaren/ui/kit/theme"
	"solidaren/ui/uitest"
)

// numbered is a list of so many lines.
func numbered(n *int) *kit.List {
	return kit.NewList(kit.ListOptions{
		Length: func() int { return *n }, Line: func(i int) kit.Line { return kit.Line{Title: strconv.Itoa(i)} },
	})
}

// rings counts the rings of the focus that are in view.
func rings(c fyne.Canvas) (n int) {
	uitest.Walk(c, func(o uitest.Object) {
		rect, ok := o.CanvasObject.(*canvas.Rectangle)
		if ok && !o.Hidden() && rect.StrokeColor == theme.Color(look.Ring) && rect.StrokeWidth == theme.Size(look.RingWidth) {
			n++
		}
	})
	return n
}

// TestAListWithTheFocusIsRinged: its highlighted line, wherever it was scrolled
// to; the list itself while it is empty.
func TestAListWithTheFocusIsRinged(t *testing.T) {
	n := 40
	list, field := numbered(&n), kit.NewEntry("")
	w, keys := show(t, container.NewBorder(field, nil, nil, nil, list))
	w.Canvas().Focus(field)
	list.ScrollToBottom()
	keys.Press("Tab")
	if got := rings(w.Canvas()); got != 1 {
		t.Errorf("%d rings on a list that was scrolled away from its highlight", got)
	}
	keys.Press("Shift+Tab")
	n = 0
	list.Refresh()
	keys.Press("Tab")
	if got := rings(w.Canvas()); got != 1 {
		t.Errorf("%d rings on an empty list", got)
	}
	keys.Press("Shift+Tab")
	if _, ok := w.Canvas().Focused().(*kit.Entry); !ok || rings(w.Canvas()) != 1 {
		t.Errorf("the ring stays on the list: %d, focus %T", rings(w.Canvas()), w.Canvas().Focused())
	}
}

// TestUnderTheMouseAListStays: a tap gives the focus as well, and the line that
// is tapped must not move from under the mouse.
func TestUnderTheMouseAListStays(t *testing.T) {
	n := 40
	list := numbered(&n)
	w, _ := show(t, list)
	list.ScrollToBottom()
	before := list.GetScrollOffset()
	w.Canvas().Focus(list)
	if got := list.GetScrollOffset(); got != before {
		t.Errorf("the list went from %v to %v", before, got)
	}
}

// TestAListBuiltAnewIsWhereItWas: at its top where it was at its top, and with
// its highlight in view where nothing was scrolled.
func TestAListBuiltAnewIsWhereItWas(t *testing.T) {
	n := 40
	for _, c := range []struct {
		name     string
		prepare  func(old *kit.List)
		ringed   bool
		scrolled bool
	}{
		{"at the top", func(*kit.List) {}, true, false},
		{"scrolled", func(old *kit.List) { old.ScrollToOffset(700) }, false, true},
		{"with a highlight further down", func(old *kit.List) { old.Highlight(30) }, true, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			old := numbered(&n)
			w, _ := show(t, old)
			c.prepare(old)
			list := numbered(&n)
			list.Refresh() // makes its renderer, as screens do, before it has a size
			list.Like(old)
			w.SetContent(list)
			w.Resize(fyne.NewSize(800, 601))
			w.Canvas().Focus(list)
			if got, want := list.GetScrollOffset(), old.GetScrollOffset(); got != want {
				t.Errorf("it is scrolled to %v, the one before was to %v", got, want)
			}
			if got := list.GetScrollOffset() > 0; got != c.scrolled {
				t.Errorf("scrolled: %v", got)
			}
			if got := rings(w.Canvas()) == 1; got != c.ringed {
				t.Errorf("the highlight is in view: %v", got)
			}
		})
	}
}
