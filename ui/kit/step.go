package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	look "solidaren/ui/kit/theme"
)

// Stepper is a sign to tap beside a number. It never has the focus: the arrows
// of the keyboard do the same in the field.
type Stepper struct {
	widget.BaseWidget
	sign    string
	tapped  func()
	hovered bool
}

var (
	_ fyne.Tappable      = (*Stepper)(nil)
	_ fyne.Accessible    = (*Stepper)(nil)
	_ desktop.Hoverable  = (*Stepper)(nil)
	_ desktop.Cursorable = (*Stepper)(nil)
)

// NewStepper makes a sign: "−" or "+".
func NewStepper(sign string, tapped func()) *Stepper {
	s := &Stepper{sign: sign, tapped: tapped}
	s.ExtendBaseWidget(s)
	return s
}

// Tapped makes the step.
func (s *Stepper) Tapped(*fyne.PointEvent) { s.tapped() }

// MouseIn shows that the sign can be tapped.
func (s *Stepper) MouseIn(*desktop.MouseEvent) { s.hover(true) }

// MouseMoved changes nothing.
func (s *Stepper) MouseMoved(*desktop.MouseEvent) {}

// MouseOut ends what MouseIn began.
func (s *Stepper) MouseOut() { s.hover(false) }

func (s *Stepper) hover(on bool) {
	s.hovered = on
	s.Refresh()
}

// Cursor is a hand.
func (s *Stepper) Cursor() desktop.Cursor { return desktop.PointerCursor }

// AccessibilityLabel is the sign.
func (s *Stepper) AccessibilityLabel() string { return s.sign }

// AccessibilityRole is button.
func (s *Stepper) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer draws a square with the sign.
func (s *Stepper) CreateRenderer() fyne.WidgetRenderer {
	r := &stepperRenderer{s: s, ground: canvas.NewRectangle(nil), text: canvas.NewText(s.sign, nil)}
	r.text.Alignment = fyne.TextAlignCenter
	r.Refresh()
	return r
}

type stepperRenderer struct {
	s      *Stepper
	ground *canvas.Rectangle
	text   *canvas.Text
}

func (r *stepperRenderer) MinSize() fyne.Size {
	side := theme.Size(look.Target)
	return fyne.NewSize(max(side, r.text.MinSize().Width+2*cellPadding), side)
}

func (r *stepperRenderer) Layout(size fyne.Size) {
	r.ground.Resize(size)
	height := r.text.MinSize().Height
	r.text.Move(fyne.NewPos(0, (size.Height-height)/2))
	r.text.Resize(fyne.NewSize(size.Width, height))
}

func (r *stepperRenderer) Refresh() {
	r.ground.FillColor, r.ground.StrokeColor, r.ground.StrokeWidth = theme.Color(theme.ColorNameButton), theme.Color(theme.ColorNameInputBorder), 1
	if r.s.hovered {
		r.ground.FillColor = theme.Color(theme.ColorNameHover)
	}
	r.ground.CornerRadius = theme.Size(theme.SizeNameButtonRadius)
	r.text.TextSize, r.text.TextStyle = theme.Size(theme.SizeNameText), fyne.TextStyle{Bold: true}
	r.text.Color = theme.Color(theme.ColorNameForeground)
	canvas.Refresh(r.s)
}

func (r *stepperRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground, r.text}
}

func (r *stepperRenderer) Destroy() {}
