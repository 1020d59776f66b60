package uitest_test

import (
	"image"
	"image/color"
	"reflect"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"solidaren/ui/uitest"
)

// shown is a window of 100×100 that shows an object at (20, 20).
func shown(t *testing.T, o fyne.CanvasObject) fyne.Canvas {
	t.Helper()
	o.Move(fyne.NewSquareOffsetPos(20))
	w := test.NewTempWindow(t, container.NewWithoutLayout(o))
	w.SetPadded(false)
	w.Resize(fyne.NewSquareSize(100))
	return w.Canvas()
}

// box is a black frame.
func box(size float32) fyne.CanvasObject {
	box := canvas.NewRectangle(color.White)
	box.StrokeColor, box.StrokeWidth, box.CornerRadius = color.Black, 4, 6
	box.SetMinSize(fyne.NewSquareSize(size))
	box.Resize(fyne.NewSquareSize(size))
	return box
}

func black(shot image.Image, x, y int) bool {
	r, g, b, _ := shot.At(x, y).RGBA()
	return r+g+b == 0
}

// TestPictureOfAScroll: a frame at the edge of a scroll is drawn at both sides,
// within the scroll. Capture of Fyne 2.8.1 leaves one out; once it does not,
// Picture can go.
func TestPictureOfAScroll(t *testing.T) {
	test.NewTempApp(t)
	scroll := container.NewVScroll(box(60))
	scroll.Resize(fyne.NewSquareSize(60))
	c := shown(t, scroll)
	if shot := uitest.Picture(c); !black(shot, 20, 50) || !black(shot, 79, 50) || black(shot, 19, 50) || black(shot, 80, 50) {
		t.Error("the frame is not drawn at both sides")
	}
	if shot := c.Capture(); black(shot, 20, 50) && black(shot, 79, 50) {
		t.Error("Fyne draws the frame well by itself: Picture is not needed any more")
	}
}

// TestPictureOfAScrollInAScroll: what lies outside of the outer scroll is not
// drawn.
func TestPictureOfAScrollInAScroll(t *testing.T) {
	test.NewTempApp(t)
	inner := container.NewVScroll(box(60))
	inner.Resize(fyne.NewSquareSize(60))
	high := canvas.NewRectangle(color.Transparent)
	high.SetMinSize(fyne.NewSquareSize(60))
	outer := container.NewVScroll(container.NewStack(high, container.NewWithoutLayout(inner)))
	outer.Resize(fyne.NewSize(60, 30))
	shot := uitest.Picture(shown(t, outer))
	if !black(shot, 20, 40) || black(shot, 20, 60) {
		t.Error("the frame is not drawn just within the outer scroll")
	}
}

// TestPictureAfterAWhile: what is shown once the time was told is drawn, though
// nothing was painted for minutes before.
func TestPictureAfterAWhile(t *testing.T) {
	now := time.Now()
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(now.Add(time.Hour)))
		test.NewTempApp(t)
		uitest.Tick()
		time.Sleep(5 * time.Minute)
		uitest.Tick()
		entry := widget.NewEntry()
		entry.Resize(fyne.NewSize(60, 40))
		c := shown(t, entry)
		before := uitest.Picture(c)
		time.Sleep(30 * time.Second)
		if after := uitest.Picture(c); !reflect.DeepEqual(before, after) || reflect.DeepEqual(before, uitest.Picture(shown(t, box(0)))) {
			t.Error("what is shown is not drawn any more")
		}
	})
}
