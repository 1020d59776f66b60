package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	look "solidaren/ui/kit/theme"
)

// grid is where the options of a Choice stand.
type grid struct {
	columns int
	cells   []box
}

type box struct {
	fyne.Position
	fyne.Size
}

// at is the option at a point, -1 for none.
func (g grid) at(p fyne.Position) int {
	for i, c := range g.cells {
		if p.X >= c.X && p.Y >= c.Y && p.X < c.X+c.Width && p.Y < c.Y+c.Height {
			return i
		}
	}
	return -1
}

const (
	cellPadding = 10
	maxColumns  = 4
)

func measureLabel(text string) fyne.Size {
	return fyne.MeasureText(text, theme.Size(theme.SizeNameText), fyne.TextStyle{Bold: true})
}

// edge is what a cell needs beside its label: keycap, mark and room.
func (c *Choice) edge() float32 {
	cap := newKeycap("0")
	return 2*cellPadding + 2*theme.Size(look.Gap) + cap.size().Width + theme.Size(theme.SizeNameInlineIcon)
}

// arrange places the options for a width: as many columns as the longest label
// allows, every row as high as its highest cell.
func (c *Choice) arrange(width float32) grid {
	gap := theme.Size(look.Gap)
	widest := float32(0)
	for _, o := range c.Options {
		widest = max(widest, measureLabel(o.Label).Width)
	}
	columns := c.Columns
	if columns == 0 {
		columns = min(int((width+gap)/(widest+c.edge()+gap)), maxColumns)
	}
	columns = max(min(columns, len(c.Options)), 1)
	g := grid{columns: columns}
	cell := (width - gap*float32(columns-1)) / float32(columns)
	y := float32(0)
	for start := 0; start < len(c.Options); start += columns {
		row := c.Options[start:min(start+columns, len(c.Options))]
		height := theme.Size(look.Target)
		for _, o := range row {
			height = max(height, c.labelHeight(o.Label, cell)+gap)
		}
		for i := range row {
			g.cells = append(g.cells, box{fyne.NewPos(float32(i)*(cell+gap), y), fyne.NewSize(cell, height)})
		}
		y += height + gap
	}
	return g
}

func (c *Choice) labelHeight(label string, cell float32) float32 {
	return float32(len(wrap(label, max(cell-c.edge(), 1), measureLabel))) * measureLabel("É").Height
}

func (g grid) height() float32 {
	if len(g.cells) == 0 {
		return 0
	}
	last := g.cells[len(g.cells)-1]
	return last.Y + last.Height
}

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
}

func (r *choiceRenderer) MinSize() fyne.Size {
	c := r.choice
	width := c.Size().Width
	if width == 0 {
		width = 640 // before the first layout
	}
	return fyne.NewSize(c.edge()+80, c.arrange(width).height())
}

func (r *choiceRenderer) Layout(size fyne.Size) {
	c := r.choice
	c.shape = c.arrange(size.Width)
	for i, at := range c.shape.cells[:min(len(c.shape.cells), len(r.cells))] {
		r.cells[i].place(at, c.edge())
	}
}

func (c *cell) place(at box, edge float32) {
	gap, side := theme.Size(look.Gap), theme.Size(theme.SizeNameInlineIcon)
	for _, rect := range []*canvas.Rectangle{c.ground, c.ring} {
		rect.Move(at.Position)
		rect.Resize(at.Size)
	}
	c.cap.place(at.X+cellPadding, at.Y, at.Height)
	capWidth := newKeycap("0").size().Width
	c.label.Resize(fyne.NewSize(at.Width-edge, 0))
	height := c.label.MinSize().Height
	c.label.Resize(fyne.NewSize(at.Width-edge, height))
	c.label.Move(fyne.NewPos(at.X+cellPadding+capWidth+gap, at.Y+(at.Height-height)/2))
	c.mark.place(fyne.NewPos(at.X+at.Width-cellPadding-side, at.Y+(at.Height-side)/2), side)
}

func (r *choiceRenderer) Refresh() {
	c := r.choice
	if len(r.cells) != len(c.Options) {
		r.cells, r.objects = nil, nil
		for range c.Options {
			cell := &cell{canvas.NewRectangle(nil), newRing(), newKeycap(""), Text(""), newTick()}
			r.cells = append(r.cells, cell)
			r.objects = append(r.objects, cell.ground, cell.cap.rect, cell.cap.text, cell.label, cell.mark.short, cell.mark.long, cell.ring)
		}
	}
	for i, o := range c.Options {
		r.cells[i].update(o, c.isSelected(i), c.hovered == i, c.focused && c.cursor == i)
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

func (r *choiceRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *choiceRenderer) Destroy() {}
