package kit

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	look "solidaren/ui/kit/theme"
)

// grid is where the options of a Choice stand.
type grid struct {
	columns int // of the arrows up and down
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

func (g grid) height() float32 {
	height := float32(0)
	for _, c := range g.cells {
		height = max(height, c.Y+c.Height)
	}
	return height
}

const (
	cellPadding   = 10
	maxColumns    = 4
	pictureHeight = 96
)

func measureLabel(text string) fyne.Size {
	return fyne.MeasureText(text, theme.Size(theme.SizeNameText), fyne.TextStyle{Bold: true})
}

func capWidth() float32 { return newKeycap("0").size().Width }

// edge is what a cell needs beside its label: keycap, mark and room. In a row
// of equal cells the mark is left out: the filled keycap tells what is chosen.
func (c *Choice) edge() float32 {
	edge := cellPadding + c.lead()
	if c.Stand == Columns || c.Stand == Packed {
		edge += theme.Size(look.Gap) + theme.Size(theme.SizeNameInlineIcon)
	}
	if slices.ContainsFunc(c.Options, func(o Option) bool { return o.Symbol != "" }) {
		edge += theme.Size(look.Gap) + capWidth()
	}
	return edge
}

// lead is where the words of a cell begin: behind the keycap, if any option has
// one.
func (c *Choice) lead() float32 {
	if !slices.ContainsFunc(c.Options, func(o Option) bool { return o.Key != "" }) {
		return cellPadding
	}
	return cellPadding + capWidth() + theme.Size(look.Gap)
}

// arranging is all that the places of the options depend on.
type arranging struct {
	width, text, cap, gap, target, icon float32
	stand                               Arrangement
	columns                             int
	said                                string
}

// arranging tells it for a width.
func (c *Choice) arranging(width float32) arranging {
	var said strings.Builder
	for _, o := range c.Options {
		said.WriteString(o.Label + "\x00" + c.words(o) + "\x00")
		if o.Symbol != "" {
			said.WriteByte('s')
		}
		if o.Key != "" {
			said.WriteByte('k')
		}
		if o.Picture != nil {
			said.WriteByte('p')
		}
		said.WriteByte(0)
	}
	return arranging{
		width, theme.Size(theme.SizeNameText), theme.Size(theme.SizeNameCaptionText), theme.Size(look.Gap), theme.Size(look.Target),
		theme.Size(theme.SizeNameInlineIcon), c.Stand, c.Columns, said.String(),
	}
}

// places are those of the options in a width, found anew if anything changed
// since the last time: a window asks for them many times over.
func (c *Choice) places(width float32) grid {
	if now := c.arranging(width); c.placed.cells == nil || c.arranged != now {
		c.placed, c.arranged = c.arrange(width), now
	}
	return c.placed
}

// arrange places the options for a width, every row as high as its highest cell.
func (c *Choice) arrange(width float32) grid {
	if c.Stand == Packed {
		return c.pack(width)
	}
	gap := theme.Size(look.Gap)
	columns := max(min(c.columnsFor(width), len(c.Options)), 1)
	g := grid{columns: columns}
	cell := (width - gap*float32(columns-1)) / float32(columns)
	y := float32(0)
	for start := 0; start < len(c.Options); start += columns {
		row := c.Options[start:min(start+columns, len(c.Options))]
		height := theme.Size(look.Target)
		for _, o := range row {
			height = max(height, c.cellHeight(o, cell))
		}
		for i := range row {
			g.cells = append(g.cells, box{fyne.NewPos(float32(i)*(cell+gap), y), fyne.NewSize(cell, height)})
		}
		y += height + gap
	}
	return g
}

// widestWord is the width of the longest word of the options.
func (c *Choice) widestWord() float32 {
	widest := float32(0)
	for _, o := range c.Options {
		for _, word := range strings.Fields(o.Label) {
			widest = max(widest, measureLabel(word).Width)
		}
	}
	return widest
}

// columnsFor is how many columns stand in a width. A row of equal cells, or one
// whose columns are given, breaks only where a word would have to be broken.
func (c *Choice) columnsFor(width float32) int {
	gap := theme.Size(look.Gap)
	fits := func(widest float32) int { return int((width + gap) / (widest + c.edge() + gap)) }
	switch {
	case c.Stand == Table, c.Stand == Stars:
		return len(c.Options)
	case c.Stand == Row:
		return fits(c.widestWord())
	case c.Columns > 0:
		return min(c.Columns, fits(c.widestWord()))
	}
	widest := float32(0)
	for _, o := range c.Options {
		widest = max(widest, measureLabel(o.Label).Width)
	}
	return min(fits(widest), maxColumns)
}

// pack places the options one after the other.
func (c *Choice) pack(width float32) grid {
	gap := theme.Size(look.Gap)
	g := grid{columns: 1}
	at := fyne.Position{}
	height := float32(0)
	for i, o := range c.Options {
		size := fyne.NewSize(min(measureLabel(o.Label).Width+c.edge()+1, width), 0)
		size.Height = max(theme.Size(look.Target), c.cellHeight(o, size.Width))
		if at.X > 0 && at.X+size.Width > width {
			if g.columns == 1 {
				g.columns = i
			}
			at = fyne.NewPos(0, at.Y+height+gap)
			height = 0
		}
		g.cells = append(g.cells, box{at, size})
		at.X += size.Width + gap
		height = max(height, size.Height)
	}
	if at.Y == 0 {
		g.columns = max(len(c.Options), 1)
	}
	return g
}

// cellHeight is what an option needs in a cell of that width.
func (c *Choice) cellHeight(o Option, cell float32) float32 {
	height := theme.Size(look.Gap)
	if c.showsWords() {
		height += float32(len(wrap(c.words(o), max(cell-c.edge(), 1), measureLabel))) * measureLabel("É").Height
	}
	if o.Picture != nil {
		height += pictureHeight + theme.Size(look.Gap)
	}
	return height
}

// showsWords reports whether the cells show the labels of their options.
func (c *Choice) showsWords() bool { return c.Stand != Table && c.Stand != Stars }
