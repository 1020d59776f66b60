package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	look "solidaren/ui/kit/theme"
)

// pickLine is one line that a press of the mouse picks: the field above loses
// the focus at that press, and its list is gone before a tap would be complete.
// The keyboard picks through the field, which keeps the focus.
type pickLine struct {
	widget.BaseWidget
	hover
	text, side string
	current    bool
	picked     func() // at the press
	tapped     func() // at the release; may be nil
}

var (
	_ desktop.Mouseable = (*pickLine)(nil)
	_ fyne.Tappable     = (*pickLine)(nil)
	_ desktop.Hoverable = (*pickLine)(nil)
)

func newPickLine(text, side string, picked func()) *pickLine {
	l := &pickLine{text: text, side: side, picked: picked}
	l.changed = l.Refresh
	l.ExtendBaseWidget(l)
	return l
}

// MouseDown picks.
func (l *pickLine) MouseDown(*desktop.MouseEvent) { l.picked() }

// Tapped does what waits for the release.
func (l *pickLine) Tapped(*fyne.PointEvent) {
	if l.tapped != nil {
		l.tapped()
	}
}

// MouseUp changes nothing.
func (l *pickLine) MouseUp(*desktop.MouseEvent) {}

// CreateRenderer draws the ground, the text and a word at its right.
func (l *pickLine) CreateRenderer() fyne.WidgetRenderer {
	r := &pickRenderer{line: l, ground: canvas.NewRectangle(nil), text: Text(l.text), side: Caption(l.side).Whole(), ring: newRing()}
	r.Refresh()
	return r
}

type pickRenderer struct {
	line         *pickLine
	ground, ring *canvas.Rectangle
	text, side   *Label
}

func (r *pickRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground, r.text, r.side, r.ring}
}

func (r *pickRenderer) Destroy() {}

// MinSize has room for all lines of the text at the width that the line has.
func (r *pickRenderer) MinSize() fyne.Size {
	lines := 1
	if width := r.line.Size().Width; width > 0 {
		lines = len(r.text.lines(r.room(width)))
	}
	height := max(theme.Size(look.Target), float32(lines)*r.text.lineHeight()+cellPadding)
	return fyne.NewSize(80, height)
}

// room is what the word at the right leaves of a width to the text.
func (r *pickRenderer) room(width float32) float32 {
	return max(width-r.side.MinSize().Width-3*cellPadding, 1)
}

func (r *pickRenderer) Layout(size fyne.Size) {
	r.ground.Resize(size)
	r.ring.Resize(size)
	side := r.side.MinSize()
	r.side.Resize(side)
	r.side.Move(fyne.NewPos(size.Width-side.Width-cellPadding, (size.Height-side.Height)/2))
	r.text.Resize(fyne.NewSize(r.room(size.Width), size.Height))
	height := r.text.MinSize().Height
	r.text.Move(fyne.NewPos(cellPadding, (size.Height-height)/2))
}

func (r *pickRenderer) Refresh() {
	fill := theme.ColorNameInputBackground
	switch {
	case r.line.current || r.line.side != "":
		fill = theme.ColorNameSelection
	case r.line.hovered:
		fill = theme.ColorNameHover
	}
	r.ground.FillColor, r.ground.CornerRadius = theme.Color(fill), theme.Size(theme.SizeNameInputRadius)
	r.ground.StrokeColor, r.ground.StrokeWidth = theme.Color(theme.ColorNameSeparator), 1
	r.text.Bold, r.text.Text = r.line.current, r.line.text
	updateRing(r.ring, r.line.current)
	r.text.Refresh()
	r.side.Refresh()
	canvas.Refresh(r.line)
}
