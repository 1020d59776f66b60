package kit_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"solidaren/ui/kit"
	look "solidaren/ui/kit/theme"
	"solidaren/ui/uitest"
)

// TestUprightSlider: a scale that stands upright begins at the bottom, has its
// ticks on the line and its words beside them, and follows the mouse.
func TestUprightSlider(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(look.New(look.Options{Palette: look.Light}))
	var got []float64
	slider := kit.NewSlider(func(value float64) { got = append(got, value) })
	slider.Set(kit.SliderScale{Max: 10, Step: 1, Interval: 5, Upright: true, Marks: []kit.SliderMark{
		{Value: 0, Label: "Pas du tout"}, {Value: 1, Label: "À peine"}, {Value: 2, Label: "Un peu"}, {Value: 9, Label: "Beaucoup"}, {Value: 10, Label: "Tout à fait"},
	}}, 0, true)
	window := app.NewWindow("")
	defer window.Close()
	window.SetContent(kit.HStack(look.Gap, slider))
	window.Resize(fyne.NewSize(400, 600))
	size := slider.Size()
	if size.Height < 12*16 {
		t.Fatalf("the scale is %v", size)
	}
	var thumb float32
	ticks, at := 0, size.Height+1
	uitest.Walk(window.Canvas(), func(x uitest.Object) {
		y := x.CanvasObject.Position().Y
		switch o := x.CanvasObject.(type) {
		case *canvas.Circle:
			thumb = y
		case *canvas.Text:
			if end := y + o.MinSize().Height; end > at || y < 0 || o.Position().X < 40 {
				t.Errorf("%q stands at %v to %v, what is below it at %v", o.Text, o.Position(), end, at)
			}
			at = y
		case *canvas.Rectangle:
			if o.Size() == fyne.NewSize(14, 2) {
				ticks++
			}
		}
	})
	if ticks != 3 || thumb+20 != size.Height {
		t.Errorf("%d ticks, the thumb of 0 at %v of %v", ticks, thumb, size.Height)
	}
	slider.Tapped(&fyne.PointEvent{Position: fyne.NewPos(20, 0)})
	slider.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(20, size.Height/2)}})
	slider.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(300, size.Height+50)}})
	if len(got) != 3 || got[0] != 10 || got[1] != 5 || got[2] != 0 {
		t.Errorf("the mouse gives %v", got)
	}
}
