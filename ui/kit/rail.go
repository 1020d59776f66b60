package kit

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	look "solidaren/ui/kit/theme"
)

// RailItem is a place of the program in the rail at the left: a sign, its name,
// how many things wait there, the digit of its shortcut. A narrow rail shows
// the sign beside the digit; the name then comes by OnHover.
type RailItem struct {
	widget.BaseWidget
	Keys
	hover
	Name, Key string
	OnTapped  func()
	OnHover   func(in bool)

	sign    *sign
	waiting int
	current bool
	narrow  bool
}

var (
	_ fyne.Focusable     = (*RailItem)(nil)
	_ fyne.Tappable      = (*RailItem)(nil)
	_ fyne.Accessible    = (*RailItem)(nil)
	_ desktop.Hoverable  = (*RailItem)(nil)
	_ desktop.Keyable    = (*RailItem)(nil)
	_ desktop.Cursorable = (*RailItem)(nil)
)

// NewRailItem makes one; sign is the name of its drawing.
func NewRailItem(sign, name, key string, tapped func()) *RailItem {
	i := &RailItem{Name: name, Key: key, OnTapped: tapped, sign: newSign(sign)}
	i.bind(i, func(fyne.KeyName) { i.press() })
	i.changed = i.hoverChanged
	i.ExtendBaseWidget(i)
	return i
}

// Mark tells whether this is where one is, and how many things wait there.
func (i *RailItem) Mark(current bool, waiting int) {
	if i.current != current || i.waiting != waiting {
		i.current, i.waiting = current, waiting
		i.Refresh()
	}
}

// SetNarrow leaves the name out.
func (i *RailItem) SetNarrow(narrow bool) {
	if i.narrow != narrow {
		i.narrow = narrow
		i.Refresh()
	}
}

// AccessibilityLabel is the name, what waits there, and the key.
func (i *RailItem) AccessibilityLabel() string {
	label := i.Name
	if i.waiting > 0 {
		label += " " + strconv.Itoa(i.waiting)
	}
	if i.Key != "" {
		label += " (Ctrl+" + i.Key + ")"
	}
	return label
}

// AccessibilityRole is button.
func (i *RailItem) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// Tapped goes there.
func (i *RailItem) Tapped(*fyne.PointEvent) { i.press() }

// TypedKey goes there on Enter; Space waits for its rune.
func (i *RailItem) TypedKey(event *fyne.KeyEvent) {
	switch {
	case held == event.Name:
	case isEnter(event.Name):
		hold(event.Name)
		i.press()
	case event.Name == fyne.KeySpace:
		i.wait(event.Name)
	default:
		i.pass(event)
	}
}

func (i *RailItem) press() {
	if i.OnTapped != nil {
		i.OnTapped()
	}
}

func (i *RailItem) hoverChanged() {
	i.Refresh()
	if i.OnHover != nil {
		i.OnHover(i.hovered)
	}
}

// Cursor is a hand.
func (i *RailItem) Cursor() desktop.Cursor { return desktop.PointerCursor }

// CreateRenderer draws ground, bar, sign, name, count, keycap and ring.
func (i *RailItem) CreateRenderer() fyne.WidgetRenderer {
	r := &railRenderer{
		item: i, ground: canvas.NewRectangle(nil), bar: canvas.NewRectangle(nil), ring: newRing(),
		name: canvas.NewText("", nil), count: canvas.NewText("", nil), cap: newKeycap(i.Key),
	}
	r.Refresh()
	return r
}

type railRenderer struct {
	item              *RailItem
	ground, bar, ring *canvas.Rectangle
	name, count       *canvas.Text
	cap               keycap
}

// narrowMost is the largest number that the narrow rail has room for.
const narrowMost = 9

// railPadding stands at the left of the sign and at the right of the key.
const railPadding = 8

func (r *railRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground, r.bar, r.item.sign.image, r.name, r.count, r.cap.rect, r.cap.text, r.ring}
}

func (r *railRenderer) Destroy() {}

// height is that of a target without gloves: the rail keeps its place when a
// screen asks for higher targets.
func (r *railRenderer) height() float32 { return 2.5 * theme.TextSize() }

func (r *railRenderer) MinSize() fyne.Size {
	if r.item.narrow {
		return fyne.NewSize(signSize()+r.room()+r.cap.size().Width, r.height())
	}
	gap := theme.Size(look.Gap)
	width := 2*railPadding + signSize() + gap + textSize(r.name).Width + gap
	if r.count.Text != "" {
		width += textSize(r.count).Width + gap
	}
	return fyne.NewSize(width+r.cap.size().Width, r.height())
}

func signSize() float32 { return theme.Size(theme.SizeNameInlineIcon) }

func textSize(t *canvas.Text) fyne.Size { return fyne.MeasureText(t.Text, t.TextSize, t.TextStyle) }

func (r *railRenderer) Layout(size fyne.Size) {
	r.ground.Resize(size)
	r.ring.Resize(size)
	placeBar(r.bar, size, r.item.focused)
	drawing := r.item.sign.image
	drawing.Resize(fyne.NewSquareSize(signSize()))
	if r.item.narrow {
		r.layoutNarrow(size)
		return
	}
	drawing.Move(fyne.NewPos(railPadding, (size.Height-signSize())/2))
	name := textSize(r.name)
	r.name.Move(fyne.NewPos(railPadding+signSize()+theme.Size(look.Gap), (size.Height-name.Height)/2))
	r.name.Resize(name)
	right := size.Width - railPadding - r.cap.size().Width
	r.cap.place(right, 0, size.Height)
	count := textSize(r.count)
	r.count.Move(fyne.NewPos(right-theme.Size(look.Gap)-count.Width, (size.Height-count.Height)/2))
	r.count.Resize(count)
}

// room is what stands between sign and key of a narrow rail: a digit that
// touches neither.
func (r *railRenderer) room() float32 {
	return fyne.MeasureText("0", theme.Size(theme.SizeNameCaptionText), fyne.TextStyle{Bold: true}).Width + 2
}

// layoutNarrow puts the key beside the sign, and what waits between them, as high
// as the top of the sign.
func (r *railRenderer) layoutNarrow(size fyne.Size) {
	cap := newKeycap("0").size().Width
	edge := (size.Width - signSize() - r.room() - cap) / 2
	top := (size.Height - signSize()) / 2
	r.item.sign.image.Move(fyne.NewPos(edge, top))
	r.cap.place(size.Width-edge-r.cap.size().Width, 0, size.Height)
	count := textSize(r.count)
	r.count.Move(fyne.NewPos(max(0, size.Width-edge-cap-1-count.Width), max(0, top-count.Height/2)))
	r.count.Resize(count)
}

func (r *railRenderer) Refresh() {
	i := r.item
	r.name.Text, r.name.TextSize = i.Name, theme.TextSize()
	r.name.TextStyle = fyne.TextStyle{Bold: i.current}
	r.name.Color = theme.Color(theme.ColorNameForeground)
	r.name.Hidden = i.narrow
	r.count.Text = ""
	switch {
	case i.waiting > narrowMost && i.narrow:
		r.count.Text = strconv.Itoa(narrowMost) + "+"
	case i.waiting > 0:
		r.count.Text = strconv.Itoa(i.waiting)
	}
	r.count.TextSize, r.count.TextStyle = theme.Size(theme.SizeNameCaptionText), fyne.TextStyle{Bold: true}
	r.count.Color = theme.Color(theme.ColorNamePrimary)
	fill := theme.ColorNameBackground
	switch {
	case i.current:
		fill = theme.ColorNameSelection
	case i.hovered:
		fill = theme.ColorNameHover
	}
	r.ground.FillColor, r.ground.CornerRadius = theme.Color(fill), theme.Size(theme.SizeNameButtonRadius)
	r.bar.FillColor, r.bar.Hidden = theme.Color(theme.ColorNamePrimary), !i.current
	i.sign.paint(theme.ColorNameForeground)
	r.cap.update(false)
	updateRing(r.ring, i.focused)
	r.Layout(i.Size())
	canvas.Refresh(i)
	for _, o := range r.Objects() {
		o.Refresh()
	}
}
