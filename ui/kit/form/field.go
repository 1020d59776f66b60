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
		return newChoiceField(q, item)
	case form.Rank:
		return newRankField(q)
	case form.Search, form.SearchMany:
		return newSearchField(q, item.Input == form.SearchMany)
	case form.Tick:
		return newTickField(q)
	case form.File, form.Drawing:
		return newFileField(q, item)
	case form.ShownAnswer:
		return &shownField{kit.Strong("")}
	}
	return newEntryField(q, item)
}

type choiceField struct {
	v      *View
	choice *kit.Choice
}

// standing is the arrangement of a layout.
func standing(l form.Layout) kit.Arrangement {
	switch {
	case l.Stars:
		return kit.Stars
	case l.Bare:
		return kit.Table
	case l.Line:
		return kit.Row
	case l.Pack:
		return kit.Packed
	}
	return kit.Columns
}

func newChoiceField(q *question, item form.Item) *choiceField {
	multiple := item.Input == form.Choices
	f := &choiceField{v: q.v}
	f.choice = kit.NewChoice(kit.ChoiceOptions{
		Multiple: multiple, Columns: item.Layout.Columns, Stand: standing(item.Layout),
		OnAnswer: func(selected []string, byKey bool) {
			ref := q.item.Ref
			q.v.m.Answer(ref, strings.Join(selected, " "))
			if byKey && !multiple {
				q.v.advance(ref, q.item.Layout.Quick)
			}
		},
	})
	f.choice.OnFocus = q.focusChanged
	f.choice.OnKey = func(event *fyne.KeyEvent) bool { return q.v.key(q.item, event) }
	return f
}

func (f *choiceField) object() fyne.CanvasObject { return f.choice }

func (f *choiceField) focus() fyne.Focusable { return f.choice }

func (f *choiceField) update(item form.Item) {
	f.choice.Update(kitOptions(f.v, item.Choices), item.Chosen)
}

// kitOptions are the answers with their pictures; without a view they have none.
func kitOptions(v *View, options []form.Option) []kit.Option {
	all := make([]kit.Option, len(options))
	for i, o := range options {
		all[i] = kit.Option{Value: o.Value, Label: plain(o.Called()), Key: o.Key}
		if v != nil && o.Image != "" {
			all[i].Picture = v.picture(o.Image)
		}
	}
	return all
}

// rankField is a list that is put in order.
type rankField struct {
	v    *View
	rank *kit.Choice
}

func newRankField(q *question) *rankField {
	f := &rankField{v: q.v}
	f.rank = kit.NewRank(func(selected []string) { q.v.m.Answer(q.item.Ref, strings.Join(selected, " ")) })
	f.rank.OnFocus = q.focusChanged
	f.rank.OnKey = func(event *fyne.KeyEvent) bool { return q.v.key(q.item, event) }
	return f
}

func (f *rankField) object() fyne.CanvasObject { return f.rank }

func (f *rankField) focus() fyne.Focusable { return f.rank }

func (f *rankField) update(item form.Item) {
	f.rank.Update(kitOptions(f.v, item.Choices), item.Chosen)
}

type searchField struct {
	v      *View
	search *kit.SearchSelect
	whole  *fyne.Container
	onMap  *kit.Stepper
}

func newSearchField(q *question, many bool) *searchField {
	f := &searchField{v: q.v}
	f.search = kit.NewSearchSelect(kit.SearchOptions{Placeholder: words.T("form.placeholder.search"), Multiple: many, OnAnswer: func(selected []kit.Option, byKey bool) {
		ref := q.item.Ref
		values := make([]string, len(selected))
		for i, o := range selected {
			values[i] = o.Value
		}
		q.v.m.Answer(ref, strings.Join(values, " "))
		if byKey && !many {
			q.v.advance(ref, q.item.Layout.Quick)
		}
	}})
	f.search.OnFocus = q.focusChanged
	f.search.OnKey = func(event *fyne.KeyEvent) bool { return q.v.key(q.item, event) }
	f.search.OnGrow = q.v.grown
	f.onMap = kit.NewStepper(words.T("form.map.key"), func() { q.v.helpWith(q.item) })
	f.onMap.Hide()
	f.whole = container.NewBorder(nil, nil, nil, kit.Top(f.onMap), f.search)
	return f
}

func (f *searchField) object() fyne.CanvasObject { return f.whole }

func (f *searchField) focus() fyne.Focusable { return f.search.Entry }

func (f *searchField) update(item form.Item) {
	options := kitOptions(nil, item.Choices)
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
	f.onMap.Hidden = !item.OnMap
	f.search.Update(options, selected)
}

// ticked is the value of a box that is ticked.
const ticked = "OK"

type tickField struct{ check *kit.Check }

// newTickField makes one box, ticked by Space or by the key of "yes".
func newTickField(q *question) *tickField {
	f := &tickField{}
	f.check = kit.NewCheck(words.T("form.tick"), false, func(on bool) {
		value := ""
		if on {
			value = ticked
		}
		q.v.m.Answer(q.item.Ref, value)
	})
	f.check.Key = words.T("form.tick.key")
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
	if !strings.HasPrefix(v.atEnd, q.item.Ref+"\n") {
		v.atEnd = ""
	}
	if v.summary.fold() { // there is more room now, elsewhere
		kit.Reveal(q.field.object())
	}
}
