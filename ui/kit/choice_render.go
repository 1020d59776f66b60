package kit

import (
	"math"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"solidaren/assets"
	look "solidaren/ui/kit/theme"
)

// CreateRenderer draws a cell an option.
func (c *Choice) CreateRenderer() fyne.WidgetRenderer {
	r := &choiceRenderer{choice: c}
	r.Refresh()
	return r
}

type choiceRenderer struct {
	choice  *Choice
	cells   []*cell
	objects []fyne.CanvasObject
}

type cell struct {
	ground, ring *canvas.Rectangle
	cap          keycap
	label        *Label
	mark         tick
	star         *canvas.ArbitraryPolygon
	picture      *canvas.Image
	symbol       *sign
}

func newCell() *cell {
	c := &cell{
		ground: canvas.NewRectangle(nil), ring: newRing(), cap: newKeycap(""), label: Text(""), mark: newTick(),
		star: newStar(), picture: &canvas.Image{FillMode: canvas.ImageFillContain}, symbol: newDrawing("", assets.Symbol),
	}
	c.symbol.image.Hide()
	c.star.Hide()
	c.picture.Hide()
	return c
}

func (c *cell) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{c.ground, c.picture, c.cap.rect, c.cap.text, c.label, c.symbol.image, c.star, c.mark.short, c.mark.long, c.ring}
}

// newStar is a star of five points, drawn so that no font need have it.
func newStar() *canvas.ArbitraryPolygon {
	points := make([]fyne.Position, 10)
	for i := range points {
		radius := 0.5
		if i%2 == 1 {
			radius = 0.21
		}
		angle := math.Pi * float64(i) / 5
		points[i] = fyne.NewPos(float32(0.5+radius*math.Sin(angle)), float32(0.5-radius*math.Cos(angle)))
	}
	star := canvas.NewArbitraryPolygon(points, nil)
	star.NormalizedPoints = true
	return star
}

// beforeLayout is the width that a choice reckons with until it has one.
const beforeLayout = 640

func (r *choiceRenderer) MinSize() fyne.Size {
	c := r.choice
	width := c.Size().Width
	if width == 0 {
		width = beforeLayout
	}
	return fyne.NewSize(c.edge()+80, c.places(width).height())
}

func (r *choiceRenderer) Layout(size fyne.Size) {
	c := r.choice
	c.shape = c.places(size.Width)
	for i, at := range c.shape.cells[:min(len(c.shape.cells), len(r.cells))] {
		r.cells[i].place(at, c)
	}
}

func (c *cell) place(at box, choice *Choice) {
	gap, side := theme.Size(look.Gap), theme.Size(theme.SizeNameInlineIcon)
	for _, rect := range []*canvas.Rectangle{c.ground, c.ring} {
		rect.Move(at.Position)
		rect.Resize(at.Size)
	}
	if c.picture.Visible() {
		c.picture.Move(at.Position.AddXY(cellPadding, gap))
		c.picture.Resize(fyne.NewSize(at.Width-2*cellPadding, pictureHeight))
		at.Y += pictureHeight + gap
		at.Height -= pictureHeight + gap
	}
	c.cap.place(at.X+cellPadding, at.Y, at.Height)
	left := choice.lead()
	if !choice.showsWords() {
		middle := at.X + (at.Width-capWidth()-gap-side)/2
		c.cap.place(middle, at.Y, at.Height)
		c.star.Move(fyne.NewPos(middle+capWidth()+gap, at.Y+(at.Height-side)/2))
		c.star.Resize(fyne.NewSquareSize(side))
		c.mark.place(c.star.Position(), side)
		return
	}
	if c.symbol.image.Visible() {
		c.symbol.image.Resize(fyne.NewSquareSize(capWidth()))
		c.symbol.image.Move(fyne.NewPos(at.X+left, at.Y+(at.Height-capWidth())/2))
		left += capWidth() + gap
	}
	c.label.Resize(fyne.NewSize(at.Width-choice.edge(), 0))
	height := c.label.MinSize().Height
	c.label.Resize(fyne.NewSize(at.Width-choice.edge(), height))
	c.label.Move(fyne.NewPos(at.X+left, at.Y+(at.Height-height)/2))
	c.mark.place(fyne.NewPos(at.X+at.Width-cellPadding-side, at.Y+(at.Height-side)/2), side)
}

func (r *choiceRenderer) Refresh() {
	c := r.choice
	if len(r.cells) != len(c.Options) {
		r.cells, r.objects = nil, nil
		for range c.Options {
			cell := newCell()
			r.cells = append(r.cells, cell)
			r.objects = append(r.objects, cell.objects()...)
		}
	}
	last := slices.IndexFunc(c.Options, func(o Option) bool { return slices.Contains(c.Selected, o.Value) })
	for i, o := range c.Options {
		o.Label = c.words(o)
		r.cells[i].update(o, c.isSelected(i), c.hovered == i, c.focused && c.cursor == i)
		r.cells[i].stand(o, c, i <= last)
	}
	r.Layout(c.Size())
	canvas.Refresh(c)
}

func (c *cell) update(o Option, selected, hovered, cursor bool) {
	c.label.Bold = selected
	c.label.Text = o.Label
	c.label.Refresh()
	c.ground.FillColor, c.ground.StrokeColor = theme.Color(theme.ColorNameInputBackground), theme.Color(theme.ColorNameInputBorder)
	c.ground.StrokeWidth, c.ground.CornerRadius = 1, theme.Size(theme.SizeNameInputRadius)
	if hovered {
		c.ground.FillColor = theme.Color(theme.ColorNameHover)
	}
	if selected {
		c.ground.FillColor, c.ground.StrokeColor = theme.Color(theme.ColorNameSelection), theme.Color(theme.ColorNamePrimary)
		c.ground.StrokeWidth = 2
	}
	c.cap.text.Text = o.Key
	c.cap.update(selected)
	c.mark.update(selected, theme.ColorNamePrimary)
	updateRing(c.ring, cursor)
}

// stand shows what the arrangement shows: words, a star, a mark, a picture.
func (c *cell) stand(o Option, choice *Choice, reached bool) {
	c.label.Hidden = !choice.showsWords()
	c.star.Hidden = choice.Stand != Stars
	if choice.Stand == Row || choice.Stand == Stars {
		c.mark.short.Hidden, c.mark.long.Hidden = true, true
	}
	c.star.StrokeColor, c.star.StrokeWidth = theme.Color(theme.ColorNameInputBorder), 1.5
	c.star.FillColor = theme.Color(theme.ColorNameInputBackground)
	if reached {
		c.star.FillColor, c.star.StrokeColor = theme.Color(theme.ColorNamePrimary), theme.Color(theme.ColorNamePrimary)
	}
	if c.symbol.image.Hidden = assets.Symbol(o.Symbol) == nil; !c.symbol.image.Hidden {
		c.symbol.name = o.Symbol
		c.symbol.paint(theme.ColorNameForeground)
	}
	c.picture.Hidden = o.Picture == nil
	if c.picture.Resource != o.Picture {
		c.picture.Resource = o.Picture
		c.picture.Refresh()
	}
}

func (r *choiceRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *choiceRenderer) Destroy() {}
