package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	look "solidaren/ui/kit/theme"
)

// Importance says how much a button or a line stands out.
type Importance int

// Importances. Danger is for what cannot be undone.
const (
	Plain Importance = iota
	Primary
	Danger
	Quiet // no frame: a place in a navigation
)

// Button does one thing, on Enter, Space or a tap. Its label says the verb.
type Button struct {
	widget.DisableableWidget
	Keys
	hover
	Text       string
	Key        string // the shortcut, shown as a keycap
	Importance Importance
	Current    bool // the place where one is, in a navigation
	// Leading lets the text start at the left instead of the middle, and end in
	// "…" where the button is narrower: it may hold what a worker wrote.
	Leading bool
	// EnterLeaves hands Enter on instead of pressing.
	EnterLeaves bool
	OnTapped    func()
}

var (
	_ fyne.Focusable     = (*Button)(nil)
	_ fyne.Tappable      = (*Button)(nil)
	_ fyne.Accessible    = (*Button)(nil)
	_ desktop.Hoverable  = (*Button)(nil)
	_ desktop.Keyable    = (*Button)(nil)
	_ desktop.Cursorable = (*Button)(nil)
)

// NewButton makes a plain button.
func NewButton(text string, tapped func()) *Button {
	b := &Button{Text: text, OnTapped: tapped}
	b.bind(b, func(fyne.KeyName) { b.press() })
	b.changed = b.Refresh
	b.ExtendBaseWidget(b)
	return b
}

// As gives the button an importance.
func (b *Button) As(importance Importance) *Button {
	b.Importance = importance
	return b
}

// WithKey shows the button's shortcut.
func (b *Button) WithKey(key string) *Button {
	b.Key = key
	return b
}

// SetText changes the label.
func (b *Button) SetText(text string) {
	b.Text = text
	b.Refresh()
}

// SetCurrent marks the button as the place where one is.
func (b *Button) SetCurrent(current bool) {
	if b.Current != current {
		b.Current = current
		b.Refresh()
	}
}

// AccessibilityLabel is the text with its shortcut.
func (b *Button) AccessibilityLabel() string {
	if b.Key == "" {
		return b.Text
	}
	return b.Text + " (" + b.Key + ")"
}

// AccessibilityRole is button.
func (b *Button) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// Tapped takes the focus and presses.
func (b *Button) Tapped(*fyne.PointEvent) {
	if !b.Disabled() {
		Focus(b)
		b.press()
	}
}

// TypedKey presses on Enter; Space waits for its rune.
func (b *Button) TypedKey(event *fyne.KeyEvent) {
	switch {
	case held == event.Name:
	case isEnter(event.Name) && !b.EnterLeaves:
		hold(event.Name)
		b.press()
	case event.Name == fyne.KeySpace:
		b.wait(event.Name)
	default:
		b.pass(event)
	}
}

func (b *Button) press() {
	if !b.Disabled() && b.OnTapped != nil {
		b.OnTapped()
	}
}

// Cursor is a hand.
func (b *Button) Cursor() desktop.Cursor { return desktop.PointerCursor }

// CreateRenderer draws ground, label, keycap and ring.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	r := &buttonRenderer{button: b, ground: canvas.NewRectangle(nil), text: canvas.NewText("", nil), cap: newKeycap(""), bar: canvas.NewRectangle(nil), ring: newRing()}
	r.Refresh()
	return r
}

type buttonRenderer struct {
	button      *Button
	ground, bar *canvas.Rectangle
	text        *canvas.Text
	cap         keycap
	ring        *canvas.Rectangle
}

// buttonPadding stands beside the text, half of it where there is no frame; ringGap between the ring of the focus
// and the ground, which may have nearly the same colour.
const (
	buttonPadding = 12
	ringGap       = 2
)

func (r *buttonRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground, r.bar, r.text, r.cap.rect, r.cap.text, r.ring}
}

func (r *buttonRenderer) Destroy() {}

func (r *buttonRenderer) contentWidth() float32 {
	width := r.measure(r.button.Text).Width
	if r.button.Leading {
		width = min(width, theme.Size(look.Target))
	}
	if r.button.Key != "" {
		width += theme.Size(look.Gap) + r.cap.size().Width
	}
	return width
}

func (r *buttonRenderer) MinSize() fyne.Size {
	return fyne.NewSize(r.contentWidth()+2*r.padding(), theme.Size(look.Target))
}

func (r *buttonRenderer) Layout(size fyne.Size) {
	inset := float32(0)
	if r.button.focused {
		inset = theme.Size(look.RingWidth) + ringGap
	}
	r.ground.Move(fyne.NewSquareOffsetPos(inset))
	r.ground.Resize(size.Subtract(fyne.NewSquareSize(2 * inset)))
	r.ring.Resize(size)
	placeBar(r.bar, size, r.button.focused)
	x := (size.Width - r.contentWidth()) / 2
	if r.button.Leading {
		x = buttonPadding
		r.shorten(size.Width)
	}
	text := fyne.MeasureText(r.text.Text, r.text.TextSize, r.text.TextStyle)
	r.text.Move(fyne.NewPos(x, (size.Height-text.Height)/2))
	r.text.Resize(text)
	r.cap.place(x+r.contentWidth()-r.cap.size().Width, 0, size.Height)
	if r.button.Leading {
		r.cap.place(size.Width-buttonPadding-r.cap.size().Width, 0, size.Height)
	}
}

// shorten cuts the text of a leading button to its place.
func (r *buttonRenderer) shorten(width float32) {
	room := width - 2*buttonPadding
	if r.button.Key != "" {
		room -= theme.Size(look.Gap) + r.cap.size().Width
	}
	if room > 0 {
		r.text.Text = ellipsis(r.button.Text, room, r.measure)
	}
}

func (r *buttonRenderer) style() fyne.TextStyle {
	return fyne.TextStyle{Bold: r.button.Importance != Quiet || r.button.Current}
}

// padding stands beside the text.
func (r *buttonRenderer) padding() float32 {
	if r.button.Importance == Quiet && !r.button.Leading {
		return buttonPadding / 2
	}
	return buttonPadding
}

func (r *buttonRenderer) measure(text string) fyne.Size {
	return fyne.MeasureText(text, theme.Size(theme.SizeNameText), r.style())
}

func (r *buttonRenderer) Refresh() {
	b := r.button
	fill, ink, edge := b.colors()
	r.text.Text, r.cap.text.Text = b.Text, b.Key
	r.text.TextSize = theme.Size(theme.SizeNameText)
	r.text.TextStyle = r.style()
	r.text.Color = theme.Color(ink)
	r.ground.FillColor, r.ground.StrokeColor = theme.Color(fill), theme.Color(edge)
	r.ground.CornerRadius = theme.Size(theme.SizeNameButtonRadius)
	r.ground.StrokeWidth = 1
	if b.Importance == Quiet {
		r.ground.StrokeWidth = 0
	}
	r.bar.FillColor = theme.Color(theme.ColorNamePrimary)
	r.bar.Hidden = !b.Current
	r.cap.update(false)
	updateRing(r.ring, b.focused)
	r.Layout(b.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
}

// colors gives the ground, the ink and the edge of the button as it is now.
func (b *Button) colors() (fill, ink, edge fyne.ThemeColorName) {
	fill, ink, edge = theme.ColorNameButton, theme.ColorNameForeground, theme.ColorNameInputBorder
	switch b.Importance {
	case Primary:
		fill, ink, edge = theme.ColorNamePrimary, theme.ColorNameForegroundOnPrimary, theme.ColorNamePrimary
	case Danger:
		fill, ink, edge = theme.ColorNameError, theme.ColorNameForegroundOnError, theme.ColorNameError
	case Quiet:
		fill = theme.ColorNameBackground
	}
	switch {
	case b.Disabled():
		fill, ink, edge = theme.ColorNameDisabledButton, theme.ColorNameDisabled, theme.ColorNameSeparator
	case b.Current:
		fill = theme.ColorNameSelection
	case b.hovered && (b.Importance == Plain || b.Importance == Quiet):
		fill = theme.ColorNameHover
	}
	return fill, ink, edge
}
