package kit

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	look "solidaren/ui/kit/theme"
)

// Line is one line of a List: a title, a detail under it, a short text at the
// right, and the mark of a state, which is never told by the mark alone.
type Line struct {
	Title, Detail, Side, Mark string
	Importance                Importance
	Current                   bool // the place where one is
}

// listRow shows a Line. Its height is that of all rows of its list; long texts
// end in "…".
type listRow struct {
	widget.BaseWidget
	length                    func() int // of its list
	title, detail, side, mark *Label
	ground, bar, ring         *canvas.Rectangle
	highlighted, current      bool
}

func newListRow(length func() int) *listRow {
	r := &listRow{
		length: length,
		title:  Strong("").OneLine(), detail: Caption("").OneLine(), side: Caption("").OneLine(), mark: Strong("").Whole(),
		ground: canvas.NewRectangle(nil), bar: canvas.NewRectangle(nil), ring: newRing(),
	}
	r.ExtendBaseWidget(r)
	return r
}

func (r *listRow) set(line Line, highlighted bool) {
	r.title.Text, r.detail.Text, r.side.Text, r.mark.Text = line.Title, line.Detail, line.Side, line.Mark
	r.mark.Color = map[Importance]fyne.ThemeColorName{
		Plain: look.Muted, Primary: theme.ColorNamePrimary, Danger: theme.ColorNameError, Quiet: look.Muted,
	}[line.Importance]
	r.highlighted, r.current = highlighted, line.Current
	r.Refresh()
}

// CreateRenderer draws the texts over the ground of the row.
func (r *listRow) CreateRenderer() fyne.WidgetRenderer { return &listRowRenderer{r} }

type listRowRenderer struct{ row *listRow }

func (r *listRowRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.row.ground, r.row.bar, r.row.mark, r.row.title, r.row.detail, r.row.side, r.row.ring}
}

func (r *listRowRenderer) Destroy() {}

const rowPadding = 6

// mostSide is the share of a line that the text at its right may take: the title
// says more.
const mostSide = 0.4

// leastLine is how many times its height a line is wide at least to have room for
// a text at its right.
const leastLine = 9

func (r *listRowRenderer) heights() (title, detail float32) {
	return r.row.title.lineHeight(), r.row.detail.lineHeight()
}

func (r *listRowRenderer) MinSize() fyne.Size {
	title, detail := r.heights()
	height := max(title+detail+2*rowPadding, theme.Size(look.Target))
	between := theme.Padding()
	return fyne.NewSize(120, exactly(height+between, r.row.length())-between)
}

// exactly rounds the height of so many rows up to one that a float32 can count
// to the end: beyond 2^24 pixels it knows whole pixels only, beyond 2^25 every
// second one, and rows of any height would be drawn beside their places.
func exactly(height float32, rows int) float32 {
	for {
		end := height * float32(rows)
		step := math.Nextafter32(end, math.MaxFloat32) - end
		whole := float32(math.Ceil(float64(height/step))) * step
		if step < seen || whole == height {
			return height
		}
		height = whole
	}
}

// seen is the least part of a pixel by which rows may be beside their places.
const seen = 1.0 / 16

func (r *listRowRenderer) Layout(size fyne.Size) {
	row := r.row
	gap := theme.Size(look.Gap)
	title, detail := r.heights()
	row.ground.Resize(size)
	row.ring.Resize(size)
	placeBar(row.bar, size, row.highlighted)
	side := fyne.NewSize(min(row.side.Natural()+1, size.Width*mostSide), detail)
	if row.side.Hidden = size.Width < leastLine*title; row.side.Hidden {
		side.Width = 0 // the title needs the room
	}
	row.side.Resize(side)
	row.side.Move(fyne.NewPos(size.Width-side.Width-2*gap, (size.Height-detail)/2))
	markWidth := theme.Size(theme.SizeNameInlineIcon)
	row.mark.Resize(fyne.NewSize(markWidth, title))
	row.mark.Move(fyne.NewPos(2*gap, (size.Height-title)/2))
	x := 3*gap + markWidth
	width := size.Width - x - side.Width - 3*gap
	y := (size.Height - title - detail) / 2
	if row.detail.Text == "" {
		y = (size.Height - title) / 2
	}
	row.title.Move(fyne.NewPos(x, y))
	row.title.Resize(fyne.NewSize(width, title))
	row.detail.Move(fyne.NewPos(x, y+title))
	row.detail.Resize(fyne.NewSize(width, detail))
}

func (r *listRowRenderer) Refresh() {
	row := r.row
	row.ground.FillColor = theme.Color(theme.ColorNameInputBackground)
	row.ground.CornerRadius = theme.Size(theme.SizeNameSelectionRadius)
	row.ground.StrokeColor, row.ground.StrokeWidth = theme.Color(theme.ColorNameSeparator), 1
	if row.highlighted || row.current {
		row.ground.FillColor = theme.Color(theme.ColorNameSelection)
	}
	row.bar.FillColor, row.bar.Hidden = theme.Color(theme.ColorNamePrimary), !row.current
	updateRing(row.ring, row.highlighted)
	r.Layout(row.Size())
	for _, label := range []*Label{row.title, row.detail, row.side, row.mark} {
		label.Refresh()
	}
	canvas.Refresh(row)
}
