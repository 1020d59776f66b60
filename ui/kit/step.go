package kit

import (
	"math"

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

// Slider is a scale to drag on or tap, beside a field for the same number. It
// never has the focus: ← and → do the same in the field.
type Slider struct {
	widget.BaseWidget
	min, max, step float64
	value          float64
	set            bool // there is a value
	moved          func(value float64)
}

var (
	_ fyne.Tappable   = (*Slider)(nil)
	_ fyne.Draggable  = (*Slider)(nil)
	_ fyne.Accessible = (*Slider)(nil)
)

// NewSlider makes a scale; moved hears of every step.
func NewSlider(moved func(value float64)) *Slider {
	s := &Slider{max: 1, step: 1, moved: moved}
	s.ExtendBaseWidget(s)
	return s
}

// Set shows a value on a scale; none where there is no answer.
func (s *Slider) Set(least, greatest, step, value float64, answered bool) {
	s.min, s.max, s.step, s.value, s.set = least, greatest, step, min(max(value, least), greatest), answered
	s.Refresh()
}

// Tapped puts the value where the mouse is.
func (s *Slider) Tapped(event *fyne.PointEvent) { s.moveTo(event.Position.X) }

// Dragged follows the mouse.
func (s *Slider) Dragged(event *fyne.DragEvent) { s.moveTo(event.Position.X) }

// DragEnd changes nothing.
func (s *Slider) DragEnd() {}

// thumb is the radius of what is dragged.
const thumb = 10

func (s *Slider) moveTo(x float32) {
	width := float64(s.Size().Width - 2*thumb)
	if width <= 0 {
		return
	}
	part := min(max(float64(x-thumb)/width, 0), 1)
	value := s.min + math.Round(part*(s.max-s.min)/s.step)*s.step
	if value = min(value, s.max); !s.set || value != s.value {
		s.value, s.set = value, true
		s.Refresh()
		s.moved(value)
	}
}

// AccessibilityLabel is empty: the field tells the number.
func (s *Slider) AccessibilityLabel() string { return "" }

// AccessibilityRole is container.
func (s *Slider) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

// CreateRenderer draws the line, its steps and the thumb.
func (s *Slider) CreateRenderer() fyne.WidgetRenderer {
	r := &sliderRenderer{s: s, line: canvas.NewRectangle(nil), done: canvas.NewRectangle(nil), thumb: canvas.NewCircle(nil)}
	r.Refresh()
	return r
}

type sliderRenderer struct {
	s          *Slider
	line, done *canvas.Rectangle
	thumb      *canvas.Circle
	ticks      []*canvas.Rectangle
}

// maxTicks is how many steps are marked; a finer scale has none.
const maxTicks = 21

func (r *sliderRenderer) MinSize() fyne.Size { return fyne.NewSize(160, theme.Size(look.Target)) }

func (r *sliderRenderer) Layout(size fyne.Size) {
	width := size.Width - 2*thumb
	middle := size.Height / 2
	r.line.Move(fyne.NewPos(thumb, middle-2))
	r.line.Resize(fyne.NewSize(width, 4))
	at := float32(thumb)
	if r.s.max > r.s.min {
		at += width * float32((r.s.value-r.s.min)/(r.s.max-r.s.min))
	}
	r.done.Move(fyne.NewPos(thumb, middle-2))
	r.done.Resize(fyne.NewSize(at-thumb, 4))
	r.thumb.Move(fyne.NewPos(at-thumb, middle-thumb))
	r.thumb.Resize(fyne.NewSquareSize(2 * thumb))
	for i, t := range r.ticks {
		t.Move(fyne.NewPos(thumb+width*float32(i)/float32(max(len(r.ticks)-1, 1))-1, middle-7))
		t.Resize(fyne.NewSize(2, 14))
	}
}

func (r *sliderRenderer) Refresh() {
	s := r.s
	count := 0
	if s.step > 0 {
		count = int(math.Round((s.max-s.min)/s.step)) + 1
	}
	if count > maxTicks {
		count = 0
	}
	for len(r.ticks) < count {
		r.ticks = append(r.ticks, canvas.NewRectangle(nil))
	}
	r.ticks = r.ticks[:count]
	for _, t := range r.ticks {
		t.FillColor = theme.Color(theme.ColorNameInputBorder)
	}
	r.line.FillColor, r.done.FillColor = theme.Color(theme.ColorNameInputBorder), theme.Color(theme.ColorNamePrimary)
	r.thumb.FillColor, r.thumb.StrokeColor, r.thumb.StrokeWidth = theme.Color(theme.ColorNamePrimary), theme.Color(theme.ColorNamePrimary), 2
	r.done.Hidden = !s.set
	if !s.set { // an empty ring at the beginning: nothing was answered
		r.thumb.FillColor = theme.Color(theme.ColorNameInputBackground)
		r.thumb.StrokeColor = theme.Color(theme.ColorNameInputBorder)
	}
	r.Layout(s.Size())
	canvas.Refresh(s)
}

func (r *sliderRenderer) Objects() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{r.line, r.done}
	for _, t := range r.ticks {
		objects = append(objects, t)
	}
	return append(objects, r.thumb)
}

func (r *sliderRenderer) Destroy() {}
