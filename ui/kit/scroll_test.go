package kit_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"solidaren/ui/kit"
	look "solidaren/ui/kit/theme"
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
