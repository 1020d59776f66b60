package form

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"solidaren/ui/kit"
	"solidaren/ui/model/form"
	"solidaren/ui/words"
)

// field is where a question is answered.
type field interface {
	object() fyne.CanvasObject
	focus() fyne.Focusable
	update(form.Item)
}

func newField(q *question, item form.Item) field {
	switch item.Input {
	case form.Choice, form.Choices:
		return newChoiceField(q, item.Input == form.Choices)
	case form.Search, form.SearchMany:
		return newSearchField(q, item.Input == form.SearchMany)
	case form.Tick:
		return newTickField(q)
	case form.ShownAnswer:
		return &shownField{kit.Strong("")}
	}
	return newEntryField(q, item.Input)
}

// entryField is a field for text, numbers, dates and times.
type entryField struct {
	entry   *kit.Entry
	whole   fyne.CanvasObject
	replace bool // a short answer: what is typed on entering replaces it
}

// fieldSizes are the widths of short answers, in digits, and what to type.
var fieldSizes = map[form.Input]struct {
	digits      int
	placeholder string
}{
	form.Integer: {8, ""},
	form.Decimal: {10, ""},
	form.Date:    {14, "form.placeholder.date"},
	form.Clock:   {10, "form.placeholder.clock"},
	form.Moment:  {20, "form.placeholder.moment"},
}

// noteRows is the height of a field for several lines.
const noteRows = 3

func newEntryField(q *question, input form.Input) *entryField {
	f := &entryField{}
	size, short := fieldSizes[input]
	switch {
	case input == form.Notes:
		f.entry = kit.NewNotes(noteRows)
		f.whole = f.entry
	case short:
		f.entry = kit.NewEntry("")
		if size.placeholder != "" {
			f.entry.SetPlaceHolder(words.T(size.placeholder))
		}
		f.replace, f.entry.Digits = true, true
		f.whole = container.NewBorder(nil, nil, kit.Chars(size.digits, f.entry), nil, kit.Middle(q.echo))
	default:
		f.entry = kit.NewEntry("")
		f.whole = f.entry
	}
	f.entry.OnChanged = func(text string) { q.v.m.Type(q.item.Ref, text) }
	f.entry.OnFocus = q.focusChanged
	f.entry.OnLeave = func() { q.v.m.Leave(q.item.Ref) }
	f.entry.OnKey = func(event *fyne.KeyEvent) bool { return q.v.key(q.item, event) }
	return f
}

func (f *entryField) object() fyne.CanvasObject { return f.whole }

func (f *entryField) focus() fyne.Focusable { return f.entry }

// update shows the answer, unless it is what the worker is typing.
func (f *entryField) update(item form.Item) {
	f.entry.Put(item.Text)
	f.entry.SelectAll = f.replace && !item.Typing
}

type choiceField struct{ choice *kit.Choice }

func newChoiceField(q *question, multiple bool) *choiceField {
	f := &choiceField{}
	f.choice = kit.NewChoice(kit.ChoiceOptions{Multiple: multiple, OnAnswer: func(selected []string, byKey bool) {
		ref := q.item.Ref
		q.v.m.Answer(ref, strings.Join(selected, " "))
		if byKey && !multiple {
			q.v.advance(ref)
		}
	}})
	f.choice.OnFocus = q.focusChanged
	f.choice.OnKey = func(event *fyne.KeyEvent) bool { return q.v.key(q.item, event) }
	return f
}

func (f *choiceField) object() fyne.CanvasObject { return f.choice }

func (f *choiceField) focus() fyne.Focusable { return f.choice }

func (f *choiceField) update(item form.Item) { f.choice.Update(kitOptions(item.Choices), item.Chosen) }

func kitOptions(options []form.Option) []kit.Option {
	all := make([]kit.Option, len(options))
	for i, o := range options {
		all[i] = kit.Option(o)
	}
	return all
}

type searchField struct{ search *kit.SearchSelect }

func newSearchField(q *question, many bool) *searchField {
	f := &searchField{}
	f.search = kit.NewSearchSelect(kit.SearchOptions{Placeholder: words.T("form.placeholder.search"), Multiple: many, OnAnswer: func(selected []kit.Option, byKey bool) {
		ref := q.item.Ref
		values := make([]string, len(selected))
		for i, o := range selected {
			values[i] = o.Value
		}
		q.v.m.Answer(ref, strings.Join(values, " "))
		if byKey && !many {
			q.v.advance(ref)
		}
	}})
	f.search.OnFocus = q.focusChanged
	f.search.OnKey = func(event *fyne.KeyEvent) bool { return q.v.key(q.item, event) }
	f.search.OnGrow = q.v.grown
	return f
}

func (f *searchField) object() fyne.CanvasObject { return f.search }

func (f *searchField) focus() fyne.Focusable { return f.search.Entry }

func (f *searchField) update(item form.Item) {
	options := kitOptions(item.Choices)
	var selected []kit.Option
	for _, value := range item.Chosen {
		chosen := kit.Option{Value: value, Label: value}
		for _, o := range options {
			if o.Value == value {
				chosen = o
			}
		}
		selected = append(selected, chosen)
	}
	f.search.Update(options, selected)
}

// ticked is the value of a box that is ticked.
const ticked = "OK"

type tickField struct{ check *kit.Check }

func newTickField(q *question) *tickField {
	f := &tickField{}
	f.check = kit.NewCheck(words.T("form.tick"), false, func(on bool) {
		value := ""
		if on {
			value = ticked
		}
		q.v.m.Answer(q.item.Ref, value)
	})
	f.check.OnFocus = q.focusChanged
	f.check.OnKey = func(event *fyne.KeyEvent) bool { return q.v.key(q.item, event) }
	return f
}

func (f *tickField) object() fyne.CanvasObject { return f.check }

func (f *tickField) focus() fyne.Focusable { return f.check }

func (f *tickField) update(item form.Item) { f.check.Set(item.Text != "") }

// shownField is an answer that cannot be changed.
type shownField struct{ label *kit.Label }

func (f *shownField) object() fyne.CanvasObject { return f.label }

func (f *shownField) focus() fyne.Focusable { return nil }

func (f *shownField) update(item form.Item) { f.label.Set(item.Text) }

// entered tells the model where the focus is. A card that was taken away while
// the focus was on its way sends it back to the cursor.
func (v *View) entered(q *question) {
	if v.cards[q.item.Ref] != card(q) {
		v.Focus()
		return
	}
	v.m.Enter(q.item.Ref)
	v.summary.fold()
}
