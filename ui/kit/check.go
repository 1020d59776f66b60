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
	r := &checkRenderer{check: c, box: canvas.NewRectangle(nil), mark: newTick(), text: Text(c.Text), ring: newRing(), cap: newKeycap("")}
	r.Refresh()
	return r
}

type checkRenderer struct {
	check     *Check
	cap       keycap
	box, ring *canvas.Rectangle
	mark      tick
	text      *Label
}

func (r *checkRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.box, r.mark.short, r.mark.long, r.text, r.cap.rect, r.cap.text, r.ring}
}

func (r *checkRenderer) Destroy() {}

// room is the width that box, key and gaps leave to the text.
func (r *checkRenderer) room(width float32) float32 {
	width -= theme.Size(theme.SizeNameInlineIcon) + 3*theme.Size(look.Gap)
	if r.check.Key != "" {
		width -= r.cap.size().Width + theme.Size(look.Gap)
	}
	return width
}

// MinSize is as high as the text needs in the present width, and as wide as its
// longest word.
func (r *checkRenderer) MinSize() fyne.Size {
	word := float32(0)
	for _, w := range strings.Fields(r.check.Text) {
		word = max(word, measureLabel(w).Width)
	}
	height := theme.Size(look.Target)
	if width := r.check.Size().Width; width > 0 {
		lines := wrap(r.check.Text, max(r.room(width), 1), measureLabel)
		height = max(height, float32(len(lines))*r.text.lineHeight()+2*theme.Size(look.Gap))
	}
	return fyne.NewSize(word-r.room(0), height)
}

func (r *checkRenderer) Layout(size fyne.Size) {
	side, gap := theme.Size(theme.SizeNameInlineIcon), theme.Size(look.Gap)
	at := fyne.NewPos(gap, (size.Height-side)/2)
	r.ring.Resize(size)
	r.box.Move(at)
	r.box.Resize(fyne.NewSquareSize(side))
	r.mark.place(at, side)
	r.text.Resize(fyne.NewSize(min(r.text.Natural()+1, max(r.room(size.Width), 1)), 0))
	text := fyne.NewSize(r.text.Size().Width, r.text.MinSize().Height)
	r.text.Resize(text)
	r.text.Move(fyne.NewPos(2*gap+side, (size.Height-text.Height)/2))
	r.cap.place(3*gap+side+text.Width, 0, size.Height)
}

func (r *checkRenderer) Refresh() {
	c := r.check
	r.text.Text, r.text.Bold = c.Text, c.On
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
