package page_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"solidaren/ui/kit"
	"solidaren/ui/kit/page"
	look "solidaren/ui/kit/theme"
	"solidaren/ui/uitest"
)

// at is where a text stands in a window that shows content.
func at(t *testing.T, content fyne.CanvasObject, text string) fyne.Position {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(look.New(look.Options{Palette: look.Light}))
	w := app.NewWindow("")
	t.Cleanup(w.Close)
	w.SetPadded(false)
	w.SetContent(content)
	w.Resize(fyne.NewSize(800, 600))
	var place *fyne.Position
	uitest.Walk(w.Canvas(), func(o uitest.Object) {
		if label, ok := o.CanvasObject.(*kit.Label); ok && label.Text == text {
			place = &o.At
		}
	})
	if place == nil {
		t.Fatalf("%q is not shown", text)
	}
	return *place
}

// TestEmptyListStandsClear: the ring of an empty list that has the focus touches
// no letter of its sentence.
func TestEmptyListStandsClear(t *testing.T) {
	rows := page.NewRows("Rien à suivre.", kit.ListOptions{Length: func() int { return 0 }})
	if p := at(t, rows.Object, "Rien à suivre."); p.X < 4 || p.Y < 4 {
		t.Errorf("the sentence stands at %v", p)
	}
}

// TestNothingAboveTakesNoRoom: two lists beside each other begin at one height,
// though one of them has a sentence above it that is not there now.
func TestNothingAboveTakesNoRoom(t *testing.T) {
	if p := at(t, page.Above(kit.Muted(""), kit.Text("dessous")), "dessous"); p.Y != 0 {
		t.Errorf("below nothing it stands at %v", p.Y)
	}
	if p := at(t, page.Above(kit.Muted("dessus"), kit.Text("dessous")), "dessous"); p.Y < 16 {
		t.Errorf("below a text it stands at %v", p.Y)
	}
}
