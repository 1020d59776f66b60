package kit

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	look "solidaren/ui/kit/theme"
)

// Check is a box to tick, by Space, Enter or a tap.
type Check struct {
	widget.BaseWidget
	Keys
	Text      string
	Key       string // a letter that ticks, shown as a keycap; "" for none
	On        bool
	OnChanged func(bool)
}

var (
	_ fyne.Focusable  = (*Check)(nil)
	_ fyne.Tappable   = (*Check)(nil)
	_ fyne.Accessible = (*Check)(nil)
	_ desktop.Keyable = (*Check)(nil)
)

// NewCheck makes a box.
func NewCheck(text string, on bool, changed func(bool)) *Check {
	c := &Check{Text: text, On: on, OnChanged: changed}
	c.bind(c, func(fyne.KeyName) { c.toggle() })
	c.ExtendBaseWidget(c)
	return c
}

// Set shows a state without calling OnChanged.
func (c *Check) Set(on bool) {
	c.On = on
	c.Refresh()
}

// AccessibilityLabel is the text with a mark if it is on.
func (c *Check) AccessibilityLabel() string {
	if c.On {
		return c.Text + " ✓"
	}
	return c.Text
}

// AccessibilityRole is button.
func (c *Check) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// Tapped takes the focus and toggles.
func (c *Check) Tapped(*fyne.PointEvent) {
	Focus(c)
	c.toggle()
}

// TypedKey toggles on Enter; Space waits for its rune.
func (c *Check) TypedKey(event *fyne.KeyEvent) {
	switch {
	case held == event.Name:
	case isEnter(event.Name) && c.OnKey == nil:
		hold(event.Name)
		c.toggle()
	case event.Name == fyne.KeySpace:
		c.wait(event.Name)
	default:
		c.pass(event)
	}
}

// TypedRune lets the letter tick.
func (c *Check) TypedRune(r rune) {
	letter := strings.ToUpper(string(r))
	if c.Key != "" && letter == c.Key && !heldTypes() && c.pending == "" {
		hold(fyne.KeyName(letter))
		c.toggle()
		return
	}
	c.Keys.TypedRune(r)
}

func (c *Check) toggle() {
	c.On = !c.On
	c.Refresh()
	if c.OnChanged != nil {
		c.OnChanged(c.On)
	}
}

// CreateRenderer draws box, mark, text and ring.
func (c *Check) CreateRenderer() fyne.WidgetRenderer {
	r := &checkRenderer{check: c, box: canvas.NewRectangle(nil), mark: newTick(), text: canvas.NewText("", nil), ring: newRing(), cap: newKeycap("")}
	r.Refresh()
	return r
}

type checkRenderer struct {
	check     *Check
	cap       keycap
	box, ring *canvas.Rectangle
	mark      tick
	text      *canvas.Text
}

func (r *checkRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.box, r.mark.short, r.mark.long, r.text, r.cap.rect, r.cap.text, r.ring}
}

func (r *checkRenderer) Destroy() {}

func (r *checkRenderer) MinSize() fyne.Size {
	text := fyne.MeasureText(r.check.Text, theme.Size(theme.SizeNameText), fyne.TextStyle{Bold: r.check.On})
	width := theme.Size(theme.SizeNameInlineIcon) + 3*theme.Size(look.Gap) + text.Width
	if r.check.Key != "" {
		width += r.cap.size().Width + theme.Size(look.Gap)
	}
	return fyne.NewSize(width, theme.Size(look.Target))
}

func (r *checkRenderer) Layout(size fyne.Size) {
	side, gap := theme.Size(theme.SizeNameInlineIcon), theme.Size(look.Gap)
	at := fyne.NewPos(gap, (size.Height-side)/2)
	r.ring.Resize(size)
	r.box.Move(at)
	r.box.Resize(fyne.NewSquareSize(side))
	r.mark.place(at, side)
	text := fyne.MeasureText(r.text.Text, r.text.TextSize, r.text.TextStyle)
	r.text.Move(fyne.NewPos(2*gap+side, (size.Height-text.Height)/2))
	r.cap.place(3*gap+side+text.Width, 0, size.Height)
	r.text.Resize(text)
}

func (r *checkRenderer) Refresh() {
	c := r.check
	r.text.Text, r.text.TextSize, r.text.Color = c.Text, theme.Size(theme.SizeNameText), theme.Color(theme.ColorNameForeground)
	r.text.TextStyle = fyne.TextStyle{Bold: c.On}
	r.box.StrokeColor, r.box.StrokeWidth, r.box.CornerRadius = theme.Color(theme.ColorNameInputBorder), 2, 4
	r.box.FillColor = theme.Color(theme.ColorNameInputBackground)
	if c.On {
		r.box.FillColor = theme.Color(theme.ColorNamePrimary)
	}
	r.mark.update(c.On, theme.ColorNameForegroundOnPrimary)
	r.cap.text.Text = c.Key
	r.cap.update(false)
	updateRing(r.ring, c.focused)
	r.Layout(c.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
}

// tick is the mark of what is chosen, drawn so that no font need have it.
type tick struct{ short, long *canvas.Line }

func newTick() tick { return tick{canvas.NewLine(nil), canvas.NewLine(nil)} }

func (t tick) place(at fyne.Position, side float32) {
	t.short.Position1 = at.AddXY(side*0.2, side*0.55)
	t.short.Position2 = at.AddXY(side*0.42, side*0.75)
	t.long.Position1 = t.short.Position2
	t.long.Position2 = at.AddXY(side*0.8, side*0.28)
}

func (t tick) update(on bool, ink fyne.ThemeColorName) {
	for _, line := range []*canvas.Line{t.short, t.long} {
		line.StrokeColor, line.StrokeWidth, line.Hidden = theme.Color(ink), 3, !on
	}
}
