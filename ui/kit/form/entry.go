package form

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"solidaren/ui/kit"
	look "solidaren/ui/kit/theme"
	"solidaren/ui/model/form"
	"solidaren/ui/words"
)

// entryField is a field for text, numbers, dates, times and places.
type entryField struct {
	q       *question
	entry   *kit.Entry
	slider  *kit.Slider
	whole   fyne.CanvasObject
	replace bool // what is typed on entering replaces the answer
}

// fieldSizes are the widths of short answers, in digits, and what to type.
var fieldSizes = map[form.Input]struct {
	digits      int
	placeholder string
}{
	form.Integer: {8, ""},
	form.Decimal: {10, ""},
	form.Range:   {6, ""},
	form.Date:    {14, "form.placeholder.date"},
	form.Month:   {11, "form.placeholder.month"},
	form.Year:    {9, "form.placeholder.year"},
	form.Clock:   {10, "form.placeholder.clock"},
	form.Moment:  {20, "form.placeholder.moment"},
	form.Place:   {24, "form.placeholder.place"},
}

// noteRows is the least height of a field for several lines, maxNoteRows the
// greatest.
const (
	noteRows    = 3
	maxNoteRows = 8
)

func newEntryField(q *question, item form.Item) *entryField {
	f := &entryField{q: q}
	size, short := fieldSizes[item.Input]
	switch {
	case item.Input == form.Notes || item.Input == form.Trace:
		f.entry = kit.NewNotes(min(max(item.Lines, noteRows), maxNoteRows))
		f.whole = f.entry
		if item.Input == form.Trace {
			f.entry.SetPlaceHolder(words.T("form.placeholder.trace"))
			f.whole = kit.VStack(look.RingWidth, f.entry, q.echo)
		}
	case short:
		f.entry = kit.NewEntry("")
		if size.placeholder != "" {
			f.entry.SetPlaceHolder(words.T(size.placeholder))
		}
		f.replace, f.entry.Digits = true, true
		f.whole = container.NewBorder(nil, nil, f.beside(item, kit.Chars(size.digits, f.entry)), nil, kit.Middle(q.echo))
		if item.Input == form.Range {
			f.slider = kit.NewSlider(func(value float64) { q.v.m.Answer(q.item.Ref, form.Number(value)) })
			f.entry.Arrows = true
			scale := fyne.CanvasObject(f.slider)
			if upright(item) { // what lies right of it is no part of it
				scale = kit.HStack(look.Gap, f.slider)
			}
			f.whole = kit.VStack(look.RingWidth, f.whole, scale)
		}
	default:
		f.entry = kit.NewEntry("")
		f.replace = true
		f.whole = f.entry
	}
	f.entry.OnChanged = func(text string) {
		q.v.m.Type(q.item.Ref, text)
		q.counted(text)
		f.grow()
	}
	f.entry.OnFull = func() { q.v.status(words.T("form.notice.full", f.entry.Limit)) }
	f.entry.OnFocus = q.focusChanged
	f.entry.OnLeave = func() { q.v.m.Leave(q.item.Ref) }
	f.entry.OnKey = func(event *fyne.KeyEvent) bool { return q.v.key(q.item, event) }
	return f
}

// beside puts what the mouse can do next to the field: steps of a number, the
// calendar of a date.
func (f *entryField) beside(item form.Item, entry fyne.CanvasObject) fyne.CanvasObject {
	bump := func(by int) func() { return func() { f.q.v.m.Bump(f.q.item.Ref, by) } }
	switch item.Input {
	case form.Integer, form.Decimal:
		return kit.HStack(look.Gap, kit.NewStepper("−", bump(-1)), entry, kit.NewStepper("+", bump(1)))
	case form.Date, form.Month, form.Moment:
		return kit.HStack(look.Gap, entry, kit.NewStepper("▾", func() { f.q.v.helpWith(f.q.item) }))
	}
	return entry
}

// grow makes a note as high as its lines, within bounds.
func (f *entryField) grow() {
	if !f.entry.MultiLine {
		return
	}
	if f.entry.FitRows(min(max(f.q.item.Lines, noteRows), maxNoteRows), maxNoteRows) {
		f.q.v.grown()
	}
}

func (f *entryField) object() fyne.CanvasObject { return f.whole }

func (f *entryField) focus() fyne.Focusable { return f.entry }

// update shows the answer, unless it is what the worker is typing.
func (f *entryField) update(item form.Item) {
	f.entry.Put(item.Text)
	f.entry.SelectAll = f.replace && !item.Typing
	f.grow()
	if f.slider != nil {
		value, err := strconv.ParseFloat(strings.Replace(item.Text, ",", ".", 1), 64)
		f.slider.Set(sliderScale(item), value, err == nil)
	}
}

// upright tells whether a scale goes from the bottom up.
func upright(item form.Item) bool { return item.Layout.Columns == 1 }

func sliderScale(item form.Item) kit.SliderScale {
	s := item.Scale
	scale := kit.SliderScale{Min: s.Min, Max: s.Max, Step: s.Step, Interval: s.Interval, Waits: s.Waits, Upright: upright(item)}
	for _, m := range item.Marks {
		scale.Marks = append(scale.Marks, kit.SliderMark{Value: m.Value, Label: plain(m.Label)})
	}
	return scale
}
