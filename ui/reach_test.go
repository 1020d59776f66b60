package ui

import (
	"fmt"
	"image"
	"image/color"
	"maps"
	"math"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"solidaren/ui/kit"
	look "solidaren/ui/kit/theme"
	"solidaren/ui/model"
	"solidaren/ui/uitest"
)

// stop is something that can have the focus.
type stop struct {
	uitest.Object
	fyne.Focusable
}

// String says what it is, the same after a form has shown another section and
// this one again, with new widgets.
func (s stop) String() string {
	said := []string{fmt.Sprintf("%T", s.Focusable)}
	for _, o := range append(s.Parents[:len(s.Parents):len(s.Parents)], s.CanvasObject) {
		if told, ok := o.(fyne.Accessible); ok {
			said = append(said, told.AccessibilityLabel())
		}
	}
	return strings.Join(said, " / ")
}

// glance is what one look at the window shows.
type glance struct {
	stops   map[fyne.Focusable]stop // all that can have the focus now
	scrolls []*container.Scroll     // what the keys of no field or list scroll
}

// glance looks at the window once: a walk through it takes long.
func (o *office) glance() glance {
	g := glance{stops: map[fyne.Focusable]stop{}}
	uitest.Walk(o.window.Canvas(), func(x uitest.Object) {
		switch it := x.CanvasObject.(type) {
		case *kit.Edge:
		case fyne.Focusable:
			if d, can := x.CanvasObject.(fyne.Disableable); !can || !d.Disabled() {
				g.stops[it] = stop{x, it}
			}
		case *container.Scroll:
			in, inside := uitest.In[fyne.Focusable](x)
			if _, reader := in.(*kit.Reader); (!inside || reader) && it.Direction == container.ScrollVerticalOnly {
				g.scrolls = append(g.scrolls, it)
			}
		}
	})
	return g
}

// round is how many Tabs go through the longest form and everything round it.
const round = 250

// tour presses Tab and Shift+Tab and tells of everything that has the focus on
// the way, until both have come round. It gives back what was seen and never
// had it.
func (o *office) tour(at func(stop, glance)) (missed []stop) {
	o.t.Helper()
	now := o.glance()
	seen, reached, called := maps.Clone(now.stops), map[fyne.Focusable]bool{}, map[string]bool{}
	if s, ok := seen[o.window.Canvas().Focused()]; ok {
		reached[s.Focusable], called[s.String()] = true, true
		o.at(s, now, at)
	}
	for _, key := range []string{"Tab", "Shift+Tab"} {
		quiet := 0 // presses that have shown nothing new
		for range round {
			o.keys.Press(key)
			now = o.glance()
			maps.Copy(seen, now.stops)
			s, ok := now.stops[o.window.Canvas().Focused()]
			if !ok {
				o.t.Fatalf("%s leads to %T, which is not on screen", key, o.window.Canvas().Focused())
			}
			if quiet++; !reached[s.Focusable] {
				quiet = 0
				reached[s.Focusable], called[s.String()] = true, true
				o.at(s, now, at)
			}
			if quiet > len(now.stops)+1 {
				break
			}
		}
	}
	there := o.glance().stops
	for f, s := range seen {
		if _, stays := there[f]; !reached[f] && (stays || !called[s.String()]) {
			missed = append(missed, s)
		}
	}
	return missed
}

// at looks at a stop, and at its end where arrows lead to one; a list goes back to
// the line that it was on, for what stands beside it.
func (o *office) at(s stop, now glance, see func(stop, glance)) {
	see(s, now)
	line := 0
	if list, ok := s.Focusable.(*kit.List); ok {
		line = list.Highlighted()
	}
	switch s.Focusable.(type) {
	case *kit.Choice, *kit.Reader, *kit.List:
		o.keys.Press("End")
		now = o.glance()
		see(now.stops[s.Focusable], now)
		o.keys.Press("Home")
		if list, ok := s.Focusable.(*kit.List); ok {
			for range line {
				list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
			}
		}
	}
}

// TestEveryFocusIsReachedAndSeen is G11 over every picture: Tab reaches whatever
// can have the focus, what has it is in view with its ring, the ring stands out
// from what it lies on or beside, in the three palettes; and what does not fit
// its place is seen to its end by keys alone.
func TestEveryFocusIsReachedAndSeen(t *testing.T) {
	looks := []framed{{"fr", model.PaletteLight, 2, laptop, 1}}
	for _, palette := range []string{model.PaletteLight, model.PaletteDark, model.PaletteNight} {
		looks = append(looks, framed{"fr", palette, 1, least, 1})
	}
	board := hang(t, looks, func(t *testing.T, o *office, p picture, l framed, board string) {
		spans := map[*container.Scroll]span{}
		see := func(s stop, now glance) {
			o.look(now, spans)
			if _, is := s.Focusable.(*widget.PopUpMenu); is {
				return // a menu of Fyne marks its line by itself
			}
			for _, p := range s.Parents {
				if hides(p) {
					t.Errorf("a %T does not tell that it holds %s: nothing brings it into view", p, s)
				}
			}
			ring, ok := ringOf(s)
			if !ok {
				t.Errorf("%s %s: nothing rings %s", p.name, l, s)
				return
			}
			// A picture takes long: one for each kind of thing on each ground.
			if pin(t, board, s.kind()+l.String()) {
				if how := ring.faint(o.window.Canvas().Capture()); how != "" {
					t.Errorf("%s %s: the ring of %s %s", p.name, l, s, how)
				}
			}
		}
		for _, s := range o.tour(see) {
			t.Errorf("%s %s: Tab does not reach %s", p.name, l, s)
		}
		there := map[*container.Scroll]span{}
		o.look(o.glance(), there)
		for scroll, s := range spans {
			if _, stays := there[scroll]; !stays {
				continue // it showed something else for a moment
			}
			if s.of-s.seen > leastRead*theme.TextSize() {
				t.Errorf("%s %s: no key shows the last %.0f of %.0f of what scrolls", p.name, l, s.of-s.seen, s.of)
			}
		}
	})
	after(t, func() {
		drawn := pinned(t, board)
		t.Logf("%d kinds drawn", len(drawn))
		if len(drawn) == 0 {
			t.Error("nothing had the focus")
		}
	})
}

// hides tells whether something lies in an object without its telling.
func hides(o fyne.CanvasObject) bool {
	switch o.(type) {
	case kit.Holder, *container.Scroll: // the latter is told by the scroll round it
		return false
	}
	_, widget := o.(fyne.Widget)
	return widget
}

// span is how far down something that scrolls was seen, of how much.
type span struct{ seen, of float32 }

// leastRead is what may stay below the edge, in sizes of text: a line.
const leastRead = 1.2

// look notes how far everything that scrolls is in view. Lists and fields have
// their own keys; a search that has the focus opens its answers below it, and the
// arrows go through them.
func (o *office) look(now glance, spans map[*container.Scroll]span) {
	if s, ok := now.stops[o.window.Canvas().Focused()]; ok {
		if _, searches := uitest.In[*kit.SearchSelect](s.Object); searches {
			return
		}
	}
	for _, s := range now.scrolls {
		spans[s] = span{max(spans[s].seen, s.Offset.Y+s.Size().Height), s.Content.Size().Height}
	}
}

// ring is the line round what has the focus, in the window.
type ring struct{ uitest.Object }

// ringOf finds it.
func ringOf(s stop) (found ring, ok bool) {
	uitest.WalkFrom(s.Object, func(x uitest.Object) {
		rect, is := x.CanvasObject.(*canvas.Rectangle)
		if is && rect.StrokeWidth >= theme.Size(look.RingWidth) && rect.StrokeColor == theme.Color(look.Ring) && !x.Hidden() {
			found, ok = ring{x}, true
		}
	})
	return found, ok
}

// kind is what a ring is drawn round, and the colours under and beside it.
func (s stop) kind() string {
	kind := fmt.Sprintf("%T", s.Focusable)
	if b, ok := s.Focusable.(*kit.Button); ok {
		kind += fmt.Sprint(b.Importance, b.Current)
	}
	for _, p := range s.Parents {
		if rect, ok := ground(p); ok {
			kind += fmt.Sprint(rect)
		}
	}
	return kind
}

// ground is the colour that an object paints under what it holds.
func ground(o fyne.CanvasObject) (color.Color, bool) {
	c, ok := o.(*fyne.Container)
	if !ok {
		return nil, false
	}
	for _, child := range c.Objects {
		if rect, ok := child.(*canvas.Rectangle); ok && rect.FillColor != nil {
			return rect.FillColor, true
		}
	}
	return nil, false
}

// A ring is looked for from so far outside of its edge to so far inside: the
// painters differ in which side of the edge they draw a line on, and that of
// these pictures moves a line that a scroll cuts. Beside it, the blur of its own
// edge is left out; it has to stand out from one side at least.
const (
	outermost = -5
	innermost = 8
	blur      = 2
	leastRing = 3 // the contrast of WCAG 1.4.11
	drawnMost = 0.6
	clearMost = 0.95
)

// faint tells how a ring does not stand out in a picture, "" if it does.
func (r ring) faint(shot image.Image) string {
	want := theme.Color(look.Ring)
	points, drawn, clear := 0, 0, 0
	r.along(func(at func(inset int) (color.Color, bool)) {
		first, last := innermost, outermost
		for inset := outermost; inset <= innermost; inset++ {
			if c, ok := at(inset); ok && ratio(c, want) < 1.05 {
				first, last = min(first, inset), max(last, inset)
			}
		}
		if _, ok := at(0); ok {
			points++
		}
		if first > last {
			return
		}
		drawn++
		out, seesOut := at(first - blur)
		in, seesIn := at(last + blur)
		if seesOut && ratio(out, want) >= leastRing || seesIn && ratio(in, want) >= leastRing {
			clear++
		}
	}, shot)
	switch {
	case points == 0:
		return "is out of view"
	case float64(drawn) < drawnMost*float64(points):
		return fmt.Sprintf("is drawn at %d of %d points", drawn, points)
	case float64(clear) < clearMost*float64(drawn):
		return fmt.Sprintf("has its contrast to what is beside it at %d of %d points", clear, drawn)
	}
	return ""
}

// along goes along the four sides, corners left out; at gives the pixel that
// lies so far inside the edge, false if it is not in view.
func (r ring) along(see func(at func(inset int) (color.Color, bool)), shot image.Image) {
	const steps, corner = 24, 8
	width, height := r.Size().Width, r.Size().Height
	for i := range 4 * steps {
		part := (float32(i/4) + 0.5) / steps
		see(func(inset int) (color.Color, bool) {
			in := float32(inset)
			at := [4]fyne.Position{
				{X: corner + part*(width-2*corner), Y: in},
				{X: corner + part*(width-2*corner), Y: height - in},
				{X: in, Y: corner + part*(height-2*corner)},
				{X: width - in, Y: corner + part*(height-2*corner)},
			}[i%4].Add(r.At)
			return shot.At(int(at.X), int(at.Y)), r.Sees(at)
		})
	}
}

// ratio is the contrast of two colours after WCAG 2.1.
func ratio(a, b color.Color) float64 {
	high, low := luminance(a), luminance(b)
	if high < low {
		high, low = low, high
	}
	return (high + 0.05) / (low + 0.05)
}

func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	linear := func(v uint32) float64 {
		f := float64(v) / 0xFFFF
		if f <= 0.03928 {
			return f / 12.92
		}
		return math.Pow((f+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}
