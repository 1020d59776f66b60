package ui

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"solidaren/diagnostics"
	"solidaren/ui/kit"
	"solidaren/ui/model"
	"solidaren/ui/screen/tour"
	"solidaren/ui/uitest"
	"solidaren/ui/words"
)

// opens reports whether the text stands in a line of a list, or of what was
// found: one key shows all of it.
func opens(t uitest.Text) bool {
	if _, found := uitest.In[*kit.Finder](t.Object); found {
		return true
	}
	list, ok := uitest.In[*kit.List](t.Object)
	return ok && list.Opens()
}

// TestNoTextIsCut looks at every text of every picture: none is cut, none is
// written over another, in both languages and the sizes of text and window that
// the program is made for. The main action has its place; and every screen is in
// a picture.
func TestNoTextIsCut(t *testing.T) {
	var looks []framed
	for _, l := range []framed{
		{"", model.PaletteLight, 2, least, 1},
		{"", model.PaletteLight, 1, laptop, 1},
		{"", model.PaletteLight, 1, least, 1},
		{"", model.PaletteLight, 1.5, least, 1.5},
		{"", model.PaletteLight, 2, laptop, 1.5},
	} {
		for _, l.language = range words.Languages {
			looks = append(looks, l)
		}
	}
	board := hang(t, looks, func(t *testing.T, o *office, p picture, l framed, board string) {
		room := strings.TrimPrefix(fmt.Sprintf("%T", o.room), "*")
		pin(t, board, strings.Split(room, ".")[0])
		o.wellMade(p, l)
	})
	after(t, func() { everyScreen(t, pinned(t, board)) })
}

// everyScreen wants a picture of every screen.
func everyScreen(t *testing.T, seen map[string]bool) {
	t.Helper()
	folders, err := os.ReadDir("screen")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range folders {
		if f.IsDir() && !seen[f.Name()] {
			t.Errorf("no picture shows the screen %s: others wants a line", f.Name())
		}
	}
}

// wellMade looks at what stands in a picture.
func (o *office) wellMade(p picture, l framed) {
	o.t.Helper()
	o.mainAction(p, l)
	o.targets(p, l)
	if b, ok := o.window.Canvas().Focused().(*kit.Button); ok && b.Importance == kit.Danger {
		o.t.Errorf("%s %s: what cannot be undone has the focus: %q", p.name, l, b.Text)
	}
	texts := uitest.Texts(o.window.Canvas())
	for i, text := range texts {
		if how := text.Cut(); how != "" && !(opens(text) && strings.HasSuffix(text.Text.Text, "…")) {
			o.t.Errorf("%s %s: %q: %s", p.name, l, text.Text.Text, how)
		}
		for _, other := range texts[:i] {
			if text.Over(other) {
				o.t.Errorf("%s %s: %q is written over %q", p.name, l, text.Text.Text, other.Text.Text)
			}
		}
	}
}

// TestRoomsAreLegibleAtOnce: what a room learns after it was built makes room
// for itself, though nobody touches the window.
func TestRoomsAreLegibleAtOnce(t *testing.T) {
	o := furnished(t)
	for _, p := range places {
		o.Go(p.name)
		o.settle()
		o.legible(p.name)
	}
	for name, show := range map[string]func(){
		"person": func() { o.OpenPerson(o.nadia) }, "rectify": func() { o.Rectify(o.nadia) },
		"record": func() { o.OpenRecord(o.finished()[0].ID) }, "household": func() {
			o.showHousehold(o.add(diagnostics.TypeHousehold, diagnostics.Values{"adults": "1"}))
		},
	} {
		show()
		o.settle()
		o.legible(name)
	}
}

// frames tells what belongs to the window, round every screen.
func frames(o fyne.CanvasObject) bool {
	switch o.(type) {
	case *kit.Ahead, *kit.RailItem:
		return true
	}
	return false
}

// mainAction finds the main action of the picture below all that can be typed or
// chosen in its part of the screen: the same place everywhere. What one begins
// with is another thing: the welcome, the lock, the first room; and so is a
// dialog.
func (o *office) mainAction(p picture, l framed) {
	o.t.Helper()
	if o.window.Canvas().Overlays().Top() != nil || o.desk == nil || o.name == roomToday {
		return
	}
	var main, fields []uitest.Object
	uitest.Walk(o.window.Canvas(), func(x uitest.Object) {
		_, size := x.InView()
		button, is := x.CanvasObject.(*kit.Button)
		switch _, takes := x.CanvasObject.(fyne.Focusable); {
		case !takes || size.Width <= 0 || size.Height <= 0:
		case is && button.Importance == kit.Primary:
			main = append(main, x)
		case !is && !frames(x.CanvasObject):
			fields = append(fields, x)
		}
	})
	if len(main) > 1 {
		o.t.Errorf("%s %s: %d main actions", p.name, l, len(main))
	}
	for _, button := range main {
		at, size := button.InView()
		for _, field := range fields {
			above, its := field.InView()
			if above.X < at.X+size.Width && at.X < above.X+its.Width && above.Y+its.Height > at.Y+1 {
				o.t.Errorf("%s %s: %q stands above a field that is at %v", p.name, l, button.CanvasObject.(*kit.Button).Text, above)
				break
			}
		}
	}
}

// targets: whatever is pressed is as high as a target, 40 at a desk and 52 in
// gloves, but for the rail; and the rooms of an outing have the targets for
// gloves.
func (o *office) targets(p picture, l framed) {
	o.t.Helper()
	if t, of := o.room.(*tour.Screen); of && t.Gloves() != o.gloves || o.loop() != nil && !o.gloves {
		o.t.Errorf("%s %s: targets for gloves: %v", p.name, l, o.gloves)
	}
	desk, gloves := 40*float32(l.text), 52*float32(l.text)
	uitest.Walk(o.window.Canvas(), func(x uitest.Object) {
		if _, pressed := x.CanvasObject.(fyne.Tappable); !pressed || x.Hidden() {
			return
		}
		high := desk
		if o.gloves && !frames(x.CanvasObject) {
			high = gloves
		}
		if size := x.Size(); size.Height < high-0.5 && o.small(x) == "" {
			o.t.Errorf("%s %s: %T %v is %.0f high, want %.0f", p.name, l, x.CanvasObject, told(x), size.Height, high)
		}
	})
}

// told is what an object says of itself.
func told(x uitest.Object) string {
	if a, ok := x.CanvasObject.(fyne.Accessible); ok {
		return a.AccessibilityLabel()
	}
	return ""
}

// small tells why something that is pressed may be lower, "" if it may not.
func (o *office) small(x uitest.Object) string {
	switch fmt.Sprintf("%T", x.CanvasObject) {
	case "*widget.scrollBarArea":
		return "the keys and the wheel scroll, too"
	case "*widget.menuItem", "*widget.OverlayContainer", "*widget.Menu":
		return "a menu of Fyne"
	case "*widget.passwordRevealer":
		return "the box below it does the same"
	case "*kit.Link":
		return "a second way, in the line at the bottom, to what the rail or a button leads to"
	}
	return ""
}
