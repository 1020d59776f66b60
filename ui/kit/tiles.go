package kit

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Tile is one district on a DistrictMap.
type Tile struct{ Value, Name, Label string }

// DistrictMap shows districts as equal tiles, roughly where they lie on the
// ground. The arrows go to the neighbour; Enter, Space or a tap choose. It shows
// districts, never points and never persons.
type DistrictMap struct {
	widget.BaseWidget
	Keys
	rows     [][]Tile
	selected string
	picked   func(value string)
	at       struct{ row, column int }
	hovered  struct{ row, column int }
}

var (
	_ fyne.Focusable    = (*DistrictMap)(nil)
	_ fyne.Tappable     = (*DistrictMap)(nil)
	_ fyne.Accessible   = (*DistrictMap)(nil)
	_ desktop.Keyable   = (*DistrictMap)(nil)
	_ desktop.Hoverable = (*DistrictMap)(nil)
)

// NewDistrictMap makes a map of rows of tiles, from north to south.
func NewDistrictMap(rows [][]Tile, selected string, picked func(value string)) *DistrictMap {
	d := &DistrictMap{rows: rows, picked: picked}
	d.hovered.row = -1
	d.bind(d, func(fyne.KeyName) { d.pick() })
	d.ExtendBaseWidget(d)
	d.Select(selected)
	return d
}

// Select marks a district, without calling picked.
func (d *DistrictMap) Select(value string) {
	d.selected = value
	for i, row := range d.rows {
		if j := slices.IndexFunc(row, func(t Tile) bool { return t.Value == value }); j >= 0 {
			d.at.row, d.at.column = i, j
		}
	}
	d.Refresh()
}

// AccessibilityLabel is the highlighted district.
func (d *DistrictMap) AccessibilityLabel() string {
	t := d.rows[d.at.row][d.at.column]
	return strings.TrimSpace(t.Name + " " + t.Label)
}

// AccessibilityRole is container.
func (d *DistrictMap) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

// TypedKey goes to a neighbour or chooses.
func (d *DistrictMap) TypedKey(event *fyne.KeyEvent) {
	switch name := event.Name; {
	case held == name:
	case name == fyne.KeyLeft && d.at.column > 0:
		d.highlight(d.at.row, d.at.column-1)
	case name == fyne.KeyRight && d.at.column+1 < len(d.rows[d.at.row]):
		d.highlight(d.at.row, d.at.column+1)
	case name == fyne.KeyUp && d.at.row > 0:
		d.highlight(d.at.row-1, d.nearest(d.at.row-1))
	case name == fyne.KeyDown && d.at.row+1 < len(d.rows):
		d.highlight(d.at.row+1, d.nearest(d.at.row+1))
	case isEnter(name):
		hold(name)
		d.pick()
	case name == fyne.KeySpace:
		d.wait(name)
	case name == fyne.KeyLeft, name == fyne.KeyRight:
	default:
		d.pass(event)
	}
}

// nearest is the tile of another row that lies closest above or below.
func (d *DistrictMap) nearest(row int) int {
	middle := d.middle(d.at.row, d.at.column)
	best := 0
	for i := range d.rows[row] {
		if distance(d.middle(row, i), middle) < distance(d.middle(row, best), middle) {
			best = i
		}
	}
	return best
}

func distance(a, b float32) float32 {
	if a > b {
		return a - b
	}
	return b - a
}

func (d *DistrictMap) middle(row, column int) float32 {
	return float32(d.widest()-len(d.rows[row]))/2 + float32(column)
}

func (d *DistrictMap) widest() int {
	n := 1
	for _, row := range d.rows {
		n = max(n, len(row))
	}
	return n
}

func (d *DistrictMap) highlight(row, column int) {
	d.at.row, d.at.column = row, column
	d.Refresh()
	revealInScroll(d)
}

// part is the highlighted tile: a large text leaves no room for all.
func (d *DistrictMap) part() (top, height float32) {
	b := d.box(d.at.row, d.at.column)
	return b.Y, b.Height
}

func (d *DistrictMap) pick() {
	d.selected = d.rows[d.at.row][d.at.column].Value
	d.Refresh()
	d.picked(d.selected)
}

// box is where a tile stands.
func (d *DistrictMap) box(row, column int) box {
	gap := theme.Size(theme.SizeNamePadding)
	size := d.Size()
	width := (size.Width - gap*float32(d.widest()-1)) / float32(d.widest())
	height := (size.Height - gap*float32(len(d.rows)-1)) / float32(len(d.rows))
	return box{
		fyne.NewPos(d.middle(row, column)*(width+gap), float32(row)*(height+gap)),
		fyne.NewSize(width, height),
	}
}

func (d *DistrictMap) tileAt(p fyne.Position) (row, column int) {
	for i := range d.rows {
		for j := range d.rows[i] {
			if b := d.box(i, j); p.X >= b.X && p.Y >= b.Y && p.X < b.X+b.Width && p.Y < b.Y+b.Height {
				return i, j
			}
		}
	}
	return -1, 0
}

// Tapped chooses the tile that was tapped.
func (d *DistrictMap) Tapped(event *fyne.PointEvent) {
	Focus(d)
	if row, column := d.tileAt(event.Position); row >= 0 {
		d.highlight(row, column)
		d.pick()
	}
}

// MouseIn shows which tile a tap would choose.
func (d *DistrictMap) MouseIn(event *desktop.MouseEvent) { d.MouseMoved(event) }

// MouseMoved shows which tile a tap would choose.
func (d *DistrictMap) MouseMoved(event *desktop.MouseEvent) {
	row, column := d.tileAt(event.Position)
	if d.hovered.row != row || d.hovered.column != column {
		d.hovered.row, d.hovered.column = row, column
		d.Refresh()
	}
}

// MouseOut ends what MouseIn began.
func (d *DistrictMap) MouseOut() {
	d.hovered.row = -1
	d.Refresh()
}

// CreateRenderer draws a tile a district.
func (d *DistrictMap) CreateRenderer() fyne.WidgetRenderer {
	r := &districtRenderer{d: d}
	for _, row := range d.rows {
		var tiles []*districtTile
		for _, t := range row {
			tile := &districtTile{ground: canvas.NewRectangle(nil), ring: newRing(), name: Strong(t.Name), label: Caption(t.Label)}
			tiles = append(tiles, tile)
			r.objects = append(r.objects, tile.ground, tile.name, tile.label, tile.ring)
		}
		r.tiles = append(r.tiles, tiles)
	}
	r.Refresh()
	return r
}

type districtTile struct {
	ground, ring *canvas.Rectangle
	name, label  *Label
}

type districtRenderer struct {
	d       *DistrictMap
	tiles   [][]*districtTile
	objects []fyne.CanvasObject
}

// tileLines is how many lines the label of a tile has room for at least,
// tilePadding the room round its words.
const (
	tileLines   = 2
	tilePadding = 6
)

// MinSize has room for every word on a line of its own, and for the lines of the
// longest label at the width that the map has.
func (r *districtRenderer) MinSize() fyne.Size {
	word, name := float32(0), float32(0)
	lines := tileLines
	for i, row := range r.tiles {
		for j, tile := range row {
			for _, w := range strings.Fields(tile.label.Text) {
				word = max(word, tile.label.measure(w).Width)
			}
			name = max(name, tile.name.lineHeight())
			if width := r.d.box(i, j).Width - 2*tilePadding; width > 0 {
				lines = max(lines, len(tile.label.lines(width)))
			}
		}
	}
	height := name + float32(lines)*Caption("").lineHeight() + 2*tilePadding
	return fyne.NewSize(float32(r.d.widest())*(word+2*tilePadding), float32(len(r.d.rows))*(height+theme.Size(theme.SizeNamePadding)))
}

func (r *districtRenderer) Layout(fyne.Size) {
	for i, row := range r.tiles {
		for j, tile := range row {
			at := r.d.box(i, j)
			for _, o := range []fyne.CanvasObject{tile.ground, tile.ring} {
				o.Move(at.Position)
				o.Resize(at.Size)
			}
			width := at.Width - 2*tilePadding
			tile.name.Resize(fyne.NewSize(width, tile.name.lineHeight()))
			tile.name.Move(at.AddXY(tilePadding, tilePadding))
			tile.label.Resize(fyne.NewSize(width, at.Height-tile.name.lineHeight()-2*tilePadding))
			tile.label.Move(at.AddXY(tilePadding, tilePadding+tile.name.lineHeight()))
		}
	}
}

func (r *districtRenderer) Refresh() {
	d := r.d
	for i, row := range r.tiles {
		for j, tile := range row {
			chosen := d.rows[i][j].Value == d.selected
			tile.ground.FillColor, tile.ground.StrokeColor = theme.Color(theme.ColorNameInputBackground), theme.Color(theme.ColorNameForeground)
			tile.ground.StrokeWidth, tile.ground.CornerRadius = 1, theme.Size(theme.SizeNameInputRadius)
			if d.hovered.row == i && d.hovered.column == j {
				tile.ground.FillColor = theme.Color(theme.ColorNameHover)
			}
			tile.name.Text = d.rows[i][j].Name
			if chosen {
				tile.ground.FillColor = theme.Color(theme.ColorNameSelection)
				tile.ground.StrokeWidth = 3
				tile.name.Text = "✓ " + tile.name.Text
			}
			tile.name.Refresh()
			tile.label.Refresh()
			updateRing(tile.ring, d.focused && d.at.row == i && d.at.column == j)
		}
	}
	r.Layout(d.Size())
	canvas.Refresh(d)
}

func (r *districtRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *districtRenderer) Destroy() {}
