package kit

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Pad is a sheet to draw on with the mouse or a pen. Its paper is always white
// and its ink black, whatever the theme: the drawing is a document.
type Pad struct {
	widget.BaseWidget
	ground  image.Image // below the ink; nil: blank
	strokes [][]fyne.Position
	raster  *canvas.Raster
}

var (
	_ fyne.Draggable    = (*Pad)(nil)
	_ desktop.Mouseable = (*Pad)(nil)
	_ fyne.Accessible   = (*Pad)(nil)
)

// NewPad makes a sheet, over a picture to annotate if there is one.
func NewPad(ground image.Image) *Pad {
	p := &Pad{ground: ground}
	p.raster = canvas.NewRaster(func(w, h int) image.Image { return p.paint(w, h) })
	p.ExtendBaseWidget(p)
	return p
}

// Empty reports whether nothing is drawn.
func (p *Pad) Empty() bool { return len(p.strokes) == 0 }

// Clear takes the ink away.
func (p *Pad) Clear() {
	p.strokes = nil
	p.raster.Refresh()
}

// MouseDown begins a stroke.
func (p *Pad) MouseDown(event *desktop.MouseEvent) {
	p.strokes = append(p.strokes, []fyne.Position{event.Position})
	p.raster.Refresh()
}

// MouseUp ends it.
func (p *Pad) MouseUp(*desktop.MouseEvent) {}

// Dragged draws.
func (p *Pad) Dragged(event *fyne.DragEvent) {
	if len(p.strokes) == 0 {
		p.strokes = append(p.strokes, nil)
	}
	last := len(p.strokes) - 1
	p.strokes[last] = append(p.strokes[last], event.Position)
	p.raster.Refresh()
}

// DragEnd changes nothing.
func (p *Pad) DragEnd() {}

// AccessibilityLabel is empty: a drawing has no words.
func (p *Pad) AccessibilityLabel() string { return "" }

// AccessibilityRole is container.
func (p *Pad) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

// Size of a sheet that is kept, and of the ink on it, in pixels.
const (
	sheetWidth  = 1200
	sheetHeight = 600
	inkRadius   = 2.2
)

// PNG is the sheet as a picture.
func (p *Pad) PNG() ([]byte, error) {
	var b bytes.Buffer
	err := png.Encode(&b, p.paint(sheetWidth, sheetHeight))
	return b.Bytes(), err
}

// paint draws the sheet at a size in pixels.
func (p *Pad) paint(w, h int) image.Image {
	sheet := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(sheet, sheet.Bounds(), image.White, image.Point{}, draw.Src)
	if p.ground != nil {
		lay(sheet, fitted(p.ground.Bounds(), sheet.Bounds()), p.ground)
	}
	size := p.Size()
	if size.Width <= 0 || size.Height <= 0 {
		return sheet
	}
	scale := fyne.NewPos(float32(w)/size.Width, float32(h)/size.Height)
	for _, stroke := range p.strokes {
		for i, to := range stroke {
			from := stroke[max(i-1, 0)]
			ink(sheet, from.X*scale.X, from.Y*scale.Y, to.X*scale.X, to.Y*scale.Y, inkRadius*scale.Y)
		}
	}
	return sheet
}

// fitted is the largest place in to that has the shape of from, in its middle.
func fitted(from, to image.Rectangle) image.Rectangle {
	scale := min(float64(to.Dx())/float64(max(from.Dx(), 1)), float64(to.Dy())/float64(max(from.Dy(), 1)))
	w, h := int(float64(from.Dx())*scale), int(float64(from.Dy())*scale)
	at := image.Pt((to.Dx()-w)/2, (to.Dy()-h)/2)
	return image.Rectangle{Min: at, Max: at.Add(image.Pt(w, h))}
}

// lay puts a picture into a place of the sheet, pixel by nearest pixel.
func lay(sheet *image.RGBA, place image.Rectangle, picture image.Image) {
	from := picture.Bounds()
	for y := place.Min.Y; y < place.Max.Y; y++ {
		for x := place.Min.X; x < place.Max.X; x++ {
			sx := from.Min.X + (x-place.Min.X)*from.Dx()/place.Dx()
			sy := from.Min.Y + (y-place.Min.Y)*from.Dy()/place.Dy()
			sheet.Set(x, y, picture.At(sx, sy))
		}
	}
}

// ink draws a line as a row of dots.
func ink(sheet *image.RGBA, x0, y0, x1, y1, radius float32) {
	length := math.Hypot(float64(x1-x0), float64(y1-y0))
	steps := int(length) + 1
	for i := range steps + 1 {
		part := float32(i) / float32(steps)
		dot(sheet, x0+(x1-x0)*part, y0+(y1-y0)*part, radius)
	}
}

func dot(sheet *image.RGBA, x, y, radius float32) {
	for py := int(y - radius); py <= int(y+radius)+1; py++ {
		for px := int(x - radius); px <= int(x+radius)+1; px++ {
			dx, dy := float32(px)-x, float32(py)-y
			if dx*dx+dy*dy <= radius*radius {
				sheet.Set(px, py, color.Black)
			}
		}
	}
}

// CreateRenderer shows the sheet with an edge.
func (p *Pad) CreateRenderer() fyne.WidgetRenderer {
	r := &padRenderer{p: p, edge: canvas.NewRectangle(color.Transparent)}
	r.Refresh()
	return r
}

type padRenderer struct {
	p    *Pad
	edge *canvas.Rectangle
}

func (r *padRenderer) MinSize() fyne.Size {
	width := 30 * theme.TextSize()
	return fyne.NewSize(width, width*sheetHeight/sheetWidth)
}

func (r *padRenderer) Layout(size fyne.Size) {
	r.p.raster.Resize(size)
	r.edge.Resize(size)
}

func (r *padRenderer) Refresh() {
	r.edge.StrokeColor, r.edge.StrokeWidth = theme.Color(theme.ColorNameInputBorder), 2
	r.edge.Refresh()
	r.p.raster.Refresh()
}

func (r *padRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.p.raster, r.edge}
}

func (r *padRenderer) Destroy() {}
