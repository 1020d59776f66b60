package kit_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"solidaren/ui/kit"
	look "solidaren/ui/kit/theme"
	"solidaren/ui/uitest"
)

// TestASmallerWindowKeepsTheFocusInView: what has the focus stays in view when
// the window is made smaller, and so does the little that stands below the last
// field when it gets the focus.
func TestASmallerWindowKeepsTheFocusInView(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(look.New(look.Options{Palette: look.Light}))
	var fields []fyne.CanvasObject
	for range 15 {
		fields = append(fields, kit.NewEntry(""))
	}
	last := fields[len(fields)-1]
	scroll := kit.NewScroll(kit.Inset(look.Section, kit.VStack(look.Gap, fields...)))
	window := app.NewWindow("")
	defer window.Close()
	window.SetContent(scroll)
	window.Resize(fyne.NewSize(400, 900))
	kit.Focus(last.(fyne.Focusable))
	window.Resize(fyne.NewSize(400, 300))
	at := app.Driver().AbsolutePositionForObject(last).Y
	if end := at + last.Size().Height; at < 0 || end > window.Canvas().Size().Height {
		t.Errorf("the field is at %v to %v", at, end)
	}
	scroll.ScrollTo(0)
	window.Canvas().Unfocus()
	kit.Focus(last.(fyne.Focusable))
	whole := app.Driver().AbsolutePositionForObject(last).Y + last.Size().Height + 24
	if whole > window.Canvas().Size().Height+1 {
		t.Errorf("the edge below the last field ends at %v", whole)
	}
}

// TestTheHighlightStaysInView: of a calendar and a map that are higher than their
// place, the arrows keep in view what they go to.
func TestTheHighlightStaysInView(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(look.New(look.Options{Palette: look.Light, Scale: 2}))
	day := time.Date(2026, time.June, 1, 0, 0, 0, 0, time.UTC)
	var rows [][]kit.Tile
	for _, name := range []string{"Q1", "Q2", "Q3", "Q4", "Q5", "Q6"} {
		rows = append(rows, []kit.Tile{{Value: name, Name: name, Label: "Bourg-l'Évesque – La Touche – Moulin du Comte"}})
	}
	for name, o := range map[string]fyne.Focusable{
		"calendar": kit.NewCalendar(day, day, func(time.Time) {}),
		"map":      kit.NewDistrictMap(rows, "Q1", func(string) {}),
	} {
		scroll := kit.NewScroll(kit.VStack(look.Gap, o.(fyne.CanvasObject)))
		window := app.NewWindow(name)
		window.SetContent(scroll)
		window.Resize(fyne.NewSize(700, 240))
		kit.Focus(o)
		for range 4 {
			o.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
		}
		seen := 0
		uitest.Walk(window.Canvas(), func(x uitest.Object) {
			rect, is := x.CanvasObject.(*canvas.Rectangle)
			if is && !rect.Hidden && rect.StrokeColor == theme.Color(look.Ring) && rect.StrokeWidth == theme.Size(look.RingWidth) {
				seen++
				if at := x.At.Y; at < 0 || at+rect.Size().Height > 240 {
					t.Errorf("%s: the highlight is at %v to %v", name, at, at+rect.Size().Height)
				}
			}
		})
		if seen != 1 {
			t.Errorf("%s: %d highlights", name, seen)
		}
		window.Close()
	}
}

// TestOnlyWhatHoldsTheFocusScrolls: a field comes into view in every scroll that
// it lies in, one within another; a button that stands over what scrolls on below
// it moves nothing.
func TestOnlyWhatHoldsTheFocusScrolls(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(look.New(look.Options{Palette: look.Light}))
	var fields []fyne.CanvasObject
	for range 20 {
		fields = append(fields, kit.NewEntry(""))
	}
	inner := kit.NewScroll(kit.VStack(look.Gap, fields...)).AtLeast(12)
	end := kit.NewButton("Terminer", nil)
	outer := kit.NewScroll(kit.Framed(kit.Lines(5, kit.NewList(kit.ListOptions{
		Length: func() int { return 0 }, Line: func(int) kit.Line { return kit.Line{} },
	})), inner, end))
	window := app.NewWindow("")
	defer window.Close()
	window.SetContent(outer)
	window.Resize(fyne.NewSize(400, 240))
	for _, o := range []fyne.CanvasObject{fields[19], fields[0], fields[10], end} {
		before := inner.Offset()
		kit.Focus(o.(fyne.Focusable))
		uitest.Walk(window.Canvas(), func(x uitest.Object) {
			if _, size := x.InView(); x.CanvasObject == o && size != o.Size() {
				t.Errorf("of what has the focus %v of %v is in view", size, o.Size())
			}
		})
		if o == end && inner.Offset() != before {
			t.Errorf("the button moves the fields from %v to %v", before, inner.Offset())
		}
	}
}
