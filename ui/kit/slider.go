package kit

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	look "solidaren/ui/kit/theme"
)

// Slider is a scale to drag on or tap, beside a field for the same number. It
// never has the focus: ← and → do the same in the field.
type Slider struct {
	widget.BaseWidget
	scale SliderScale
	value float64
	set   bool // there is a value
	moved func(value float64)
}

// SliderScale is what a slider stands on.
type SliderScale struct {
	Min, Max, Step float64
	Interval       float64 // between two marks; 0: none are drawn
	Waits          float64 // where the thumb stands before an answer
	Upright        bool    // it goes from the bottom up
	Marks          []SliderMark
}

// SliderMark is a word beside a value, in the order of the values.
type SliderMark struct {
	Value float64
	Label string
}

var (
	_ fyne.Tappable   = (*Slider)(nil)
	_ fyne.Draggable  = (*Slider)(nil)
	_ fyne.Accessible = (*Slider)(nil)
)

// NewSlider makes a scale; moved hears of every step.
func NewSlider(moved func(value float64)) *Slider {
	s := &Slider{scale: SliderScale{Max: 1, Step: 1}, moved: moved}
	s.ExtendBaseWidget(s)
	return s
}

// Set shows a value on a scale; none where there is no answer.
func (s *Slider) Set(scale SliderScale, value float64, answered bool) {
	if !answered {
		value = scale.Waits
	}
	s.scale, s.value, s.set = scale, min(max(value, scale.Min), scale.Max), answered
	s.Refresh()
}

// Tapped puts the value where the mouse is.
func (s *Slider) Tapped(event *fyne.PointEvent) { s.moveTo(event.Position) }

// Dragged follows the mouse.
func (s *Slider) Dragged(event *fyne.DragEvent) { s.moveTo(event.Position) }

// DragEnd changes nothing.
func (s *Slider) DragEnd() {}

// thumb is the radius of what is dragged.
const thumb = 10

func (s *Slider) moveTo(at fyne.Position) {
	scale := s.scale
	along := at.X
	if scale.Upright {
		along = s.length() - at.Y
	}
	length := float64(s.length() - 2*thumb)
	if length <= 0 {
		return
	}
	part := min(max(float64(along-thumb)/length, 0), 1)
	value := scale.Min + math.Round(part*(scale.Max-scale.Min)/scale.Step)*scale.Step
	if value = min(value, scale.Max); !s.set || value != s.value {
		s.value, s.set = value, true
		s.Refresh()
		s.moved(value)
	}
}

// length is that of the line with the room that the thumb needs at both ends.
func (s *Slider) length() float32 {
	if s.scale.Upright {
		return s.Size().Height
	}
	return s.Size().Width
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
	words      []*canvas.Text
}

// maxTicks is how many marks are drawn; a finer scale has none.
const maxTicks = 21

// MinSize has room for the line, and for the words below it at the width that
// the slider has.
func (r *sliderRenderer) MinSize() fyne.Size {
	if r.s.scale.Upright {
		return r.upright()
	}
	width := r.s.Size().Width
	if width == 0 {
		width = beforeLayout
	}
	_, height := r.lines(width)
	return fyne.NewSize(160, theme.Size(look.Target)+height)
}

// along is where a value stands on the line.
func (r *sliderRenderer) along(value float64, width float32) float32 {
	scale := r.s.scale
	if scale.Max <= scale.Min {
		return thumb
	}
	return thumb + (width-2*thumb)*float32((value-scale.Min)/(scale.Max-scale.Min))
}

// lines places the words under their marks: each on the first line on which it
// touches none before it. It gives the height that they take.
func (r *sliderRenderer) lines(width float32) (places []fyne.Position, height float32) {
	gap := theme.Size(look.Gap)
	var ends []float32
	for i, m := range r.s.scale.Marks {
		size := r.words[i].MinSize()
		x := min(max(r.along(m.Value, width)-size.Width/2, 0), max(width-size.Width, 0))
		line := 0
		for line < len(ends) && ends[line]+gap > x {
			line++
		}
		if line == len(ends) {
			ends = append(ends, 0)
		}
		ends[line] = x + size.Width
		places = append(places, fyne.NewPos(x, float32(line)*size.Height))
		height = max(height, float32(line+1)*size.Height)
	}
	return places, height
}

func (r *sliderRenderer) Layout(size fyne.Size) {
	scale, length := r.s.scale, r.s.length()
	r.put(r.line, thumb, length-thumb, 2)
	at := r.along(r.s.value, length)
	r.put(r.done, thumb, at, 2)
	r.put(r.thumb, at-thumb, at+thumb, thumb)
	for i, t := range r.ticks {
		at := r.along(scale.Min+float64(i)*scale.Interval, length)
		r.put(t, at-1, at+1, 7)
	}
	places, beside := r.beside(size.Height), fyne.NewDelta(theme.Size(look.Target), 0)
	if !scale.Upright {
		places, _ = r.lines(size.Width)
		beside = fyne.NewDelta(0, theme.Size(look.Target))
	}
	for i, at := range places {
		r.words[i].Move(at.Add(beside))
		r.words[i].Resize(r.words[i].MinSize())
	}
}

// put places a shape that reaches from one point of the line to another, and so
// far across it on either side.
func (r *sliderRenderer) put(o fyne.CanvasObject, from, to, across float32) {
	middle := theme.Size(look.Target) / 2
	if r.s.scale.Upright {
		o.Move(fyne.NewPos(middle-across, r.s.length()-to))
		o.Resize(fyne.NewSize(2*across, to-from))
		return
	}
	o.Move(fyne.NewPos(from, middle-across))
	o.Resize(fyne.NewSize(to-from, 2*across))
}

// Heights of a scale that stands upright: at least so many sizes of text, and so
// much from tick to tick.
const (
	uprightEms = 12
	tickGap    = 12
)

// upright is the size of a scale that stands upright: its words have a line each,
// and a longer one reaches beyond it.
func (r *sliderRenderer) upright() fyne.Size {
	high, wide, words := max(uprightEms*theme.TextSize(), float32(len(r.ticks))*tickGap), float32(0), float32(0)
	for _, w := range r.words {
		words += w.MinSize().Height
		wide = max(wide, w.MinSize().Width)
	}
	return fyne.NewSize(theme.Size(look.Target)+min(wide, uprightEms*theme.TextSize()), max(high, words)+2*thumb)
}

// beside places the words at the right of their marks, from the bottom up; one
// that would touch that before it makes way, and so do those before where the
// top leaves no room.
func (r *sliderRenderer) beside(height float32) []fyne.Position {
	places := make([]fyne.Position, len(r.words))
	below := height
	for i, m := range r.s.scale.Marks {
		high := r.words[i].MinSize().Height
		below = min(height-r.along(m.Value, height)+high/2, below) - high
		places[i].Y = below
	}
	top := float32(0)
	for i := len(places) - 1; i >= 0; i-- {
		places[i].Y = max(places[i].Y, top)
		top = places[i].Y + r.words[i].MinSize().Height
	}
	return places
}

// count is how many marks are drawn.
func (s *Slider) count() int {
	if s.scale.Interval <= 0 {
		return 0
	}
	count := int(math.Floor((s.scale.Max-s.scale.Min)/s.scale.Interval+1e-9)) + 1
	if count > maxTicks {
		return 0
	}
	return count
}

func (r *sliderRenderer) Refresh() {
	s := r.s
	count := s.count()
	for len(r.ticks) < count {
		r.ticks = append(r.ticks, canvas.NewRectangle(nil))
	}
	r.ticks = r.ticks[:count]
	for _, t := range r.ticks {
		t.FillColor = theme.Color(theme.ColorNameInputBorder)
	}
	for len(r.words) < len(s.scale.Marks) {
		r.words = append(r.words, canvas.NewText("", nil))
	}
	r.words = r.words[:len(s.scale.Marks)]
	for i, w := range r.words {
		w.Text, w.TextSize, w.Color = s.scale.Marks[i].Label, theme.Size(theme.SizeNameCaptionText), theme.Color(theme.ColorNameForeground)
	}
	r.line.FillColor, r.done.FillColor = theme.Color(theme.ColorNameInputBorder), theme.Color(theme.ColorNamePrimary)
	r.thumb.FillColor, r.thumb.StrokeColor, r.thumb.StrokeWidth = theme.Color(theme.ColorNamePrimary), theme.Color(theme.ColorNamePrimary), 2
	r.done.Hidden = !s.set
	if !s.set { // an empty ring: nothing was answered
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
	for _, w := range r.words {
		objects = append(objects, w)
	}
	return append(objects, r.thumb)
}

func (r *sliderRenderer) Destroy() {}
