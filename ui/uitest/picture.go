package uitest

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/theme"
)

// heart is what Tick paints.
var heart = func() software.WindowlessCanvas {
	c := software.NewTransparentCanvas()
	c.SetContent(canvas.NewRectangle(color.Transparent))
	return c
}()

// Tick tells Fyne the time. It lets go of how a widget is drawn if nothing touched
// that for a minute, by a clock that goes on only as something is painted. A
// program paints all the time. A test that paints for the first time after a
// minute would lose what it shows, so it ticks as it goes.
func Tick() { heart.Capture() }

// Picture draws the window with all its dialogs, as a screen shows it.
//
// Capture of Fyne 2.8.1 does not: where a scroll begins, its software painter
// shifts what has a frame by the width of that frame, and cuts its other end;
// and what lies in a scroll within a scroll is drawn outside of the outer one.
// So everything is drawn by itself here, and put where it is in view.
func Picture(c fyne.Canvas) image.Image {
	p := painter{scale: float64(c.Scale()), one: software.NewTransparentCanvas()}
	p.one.SetPadded(false)
	p.one.SetScale(c.Scale())
	size := c.Size()
	p.onto = image.NewNRGBA(image.Rect(0, 0, p.pixel(size.Width), p.pixel(size.Height)))
	draw.Draw(p.onto, p.onto.Bounds(), image.NewUniform(theme.Color(theme.ColorNameBackground)), image.Point{}, draw.Src)
	window := boxOf(fyne.Position{}, size)
	for _, root := range append([]fyne.CanvasObject{c.Content()}, c.Overlays().List()...) {
		walker{see: p.paint}.walk(Object{CanvasObject: root, bounds: window, view: window}, fyne.Position{})
	}
	return p.onto
}

type painter struct {
	scale float64
	one   software.WindowlessCanvas // draws one object
	onto  *image.NRGBA
}

func (p painter) pixel(x float32) int { return int(math.Round(float64(x) * p.scale)) }

// margin is what an object may be drawn beyond its size: the half of its frame.
const margin = 8

// paint draws one object; one that only holds others draws nothing itself.
func (p painter) paint(o Object) {
	view := image.Rect(p.pixel(o.view.left), p.pixel(o.view.top), p.pixel(o.view.right), p.pixel(o.view.bottom))
	size := o.Size()
	at := image.Pt(p.pixel(o.At.X)-p.pixel(margin), p.pixel(o.At.Y)-p.pixel(margin))
	whole := fyne.NewSize(max(size.Width, o.MinSize().Width)+2*margin, max(size.Height, o.MinSize().Height)+2*margin)
	into := view.Intersect(image.Rectangle{at, at.Add(image.Pt(p.pixel(whole.Width), p.pixel(whole.Height)))})
	if into.Empty() {
		return
	}
	drawn := twin(o.CanvasObject)
	if drawn == nil {
		return
	}
	drawn.Move(fyne.NewPos(margin, margin))
	p.one.SetContent(container.NewWithoutLayout(drawn))
	p.one.Resize(whole)
	draw.Draw(p.onto, into, p.one.Capture(), into.Min.Sub(at), draw.Over)
}

// twin is another object that looks the same, nil for one that holds others.
func twin(o fyne.CanvasObject) fyne.CanvasObject {
	switch o := o.(type) {
	case fyne.Widget, *fyne.Container:
		return nil
	case *canvas.Rectangle:
		t := *o
		return &t
	case *canvas.Text:
		t := *o
		return &t
	case *canvas.Line:
		t := *o
		return &t
	case *canvas.Circle:
		t := *o
		return &t
	case *canvas.LinearGradient:
		t := *o
		return &t
	case *canvas.RadialGradient:
		t := *o
		return &t
	case *canvas.ArbitraryPolygon:
		t := *o
		return &t
	case *canvas.Raster:
		t := canvas.NewRaster(o.Generator)
		t.Resize(o.Size())
		return t
	case *canvas.Image:
		t := &canvas.Image{
			File: o.File, Resource: o.Resource, Image: o.Image, Translucency: o.Translucency,
			FillMode: o.FillMode, ScaleMode: o.ScaleMode, CornerRadius: o.CornerRadius,
		}
		t.Resize(o.Size())
		t.Refresh()
		return t
	default:
		panic(fmt.Sprintf("uitest: a picture cannot show a %T yet", o))
	}
}
