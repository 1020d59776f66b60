package form

import (
	"fyne.io/fyne/v2"

	"solidaren/diagnostics"
	"solidaren/ui/kit"
	"solidaren/ui/model/form"
	"solidaren/ui/words"
)

// Finish ends the form if nothing blocks; else what blocks takes the focus.
func (v *View) Finish() {
	problems, err := v.m.Finish()
	if err != nil && v.options.Modals != nil {
		v.options.Modals.ShowError("form.Finish", err)
	}
	if len(problems) > 0 {
		v.summary.Focus()
	}
	if err != nil || len(problems) > 0 {
		return
	}
	if v.options.OnFinish != nil {
		v.options.OnFinish()
	}
}

// NextSection shows the next section in which something is asked.
func (v *View) NextSection() {
	if !v.m.NextSection() {
		v.status(words.T("form.notice.end"))
	}
}

// PreviousSection shows the section before.
func (v *View) PreviousSection() { v.m.PreviousSection() }

// Sections puts the focus on the outline; where there is no room for it, it comes
// as a dialog.
func (v *View) Sections() {
	if v.outline.object.Visible() {
		v.outline.list.Highlight(v.m.Current())
		kit.Focus(v.outline.list)
		return
	}
	if v.options.Modals != nil {
		v.outline.ask(v.options.Modals)
	}
}

// NextRequired goes to the next question that needs an answer and has none.
func (v *View) NextRequired() {
	if !v.m.NextRequired() {
		v.status(words.T("form.notice.complete"))
	}
}

// Refuse answers that the person prefers not to.
func (v *View) Refuse() { v.answer(v.m.Refuse) }

// DontKnow answers that it is not known.
func (v *View) DontKnow() { v.answer(v.m.DontKnow) }

// answer goes on after an answer that was given; the model says why not.
func (v *View) answer(answer func() bool) {
	if ref := v.m.Cursor(); answer() {
		v.advance(ref, false)
	}
}

// Bis gives the question the answer that it had in the record before.
func (v *View) Bis() {
	ref := v.m.Cursor()
	if !v.m.Bis() {
		v.status(words.T("form.notice.no_previous"))
		return
	}
	v.advance(ref, false)
}

// CanUndo reports whether there is a step to take back.
func (v *View) CanUndo() bool { return v.m.CanUndo() }

// Undo takes the last step back.
func (v *View) Undo() {
	if !v.m.Undo() {
		v.status(words.T("form.notice.no_undo"))
	}
}

// NextLanguage shows the labels in the other language of the form, or asks which
// where there are several.
func (v *View) NextLanguage() {
	if len(v.m.Languages()) > 2 && v.options.Modals != nil {
		v.askLanguage()
		return
	}
	v.tellLanguage(v.m.NextLanguage())
}

func (v *View) tellLanguage(err error) {
	if err != nil {
		v.status(diagnostics.Sentence(err, words.Language()))
		return
	}
	v.status(words.T("form.language", form.LanguageName(v.m.Language())))
}

// askLanguage lists the languages of the form.
func (v *View) askLanguage() {
	var options []kit.Option
	for i, l := range v.m.Languages() {
		options = append(options, kit.Option{Value: l, Label: form.LanguageName(l), Key: kit.KeyAt(i + 1)})
	}
	choice := kit.NewChoice(kit.ChoiceOptions{
		Options: options, Selected: []string{v.m.Language()}, Columns: 1,
		OnAnswer: func(selected []string, _ bool) {
			v.options.Modals.Dismiss()
			v.tellLanguage(v.m.SetLanguage(selected[0]))
		},
	})
	v.options.Modals.Show(kit.Dialog{
		Title: words.T("form.languages"), Content: choice, First: choice,
		Buttons: []kit.Action{{Text: words.T("kit.close")}},
	})
}

// RemoveRow takes the row at the cursor away.
func (v *View) RemoveRow() {
	if row := v.m.RowAtCursor(); row != "" {
		v.m.RemoveRow(row)
	}
}

// Clear takes the answer at the cursor away.
func (v *View) Clear() { v.m.Clear(v.m.Cursor()) }

// Keep leaves the form and keeps it as a draft.
func (v *View) Keep() {
	v.m.Flush()
	if v.options.OnKeep != nil {
		v.options.OnKeep()
	}
}

// advance goes on after a choice by key, if the worker wants that, or the form
// does: quick.
func (v *View) advance(ref string, quick bool) {
	if (v.m.AutoAdvance() || quick) && v.m.Cursor() == ref {
		v.next()
	}
}

func (v *View) next() {
	if !v.m.Next() {
		v.status(words.T("form.notice.end"))
	}
}

// leave is Tab at the last question on screen, or Shift+Tab at the first: it goes
// on to the neighbouring section. At an end of the form the question keeps the
// focus, and what is typed is typed there; once more goes to what stands beside
// the questions.
func (v *View) leave(forward bool) bool {
	move, notice := v.m.Next, "form.notice.end"
	if !forward {
		move, notice = v.m.Previous, "form.notice.start"
	}
	if move() {
		return true
	}
	item, _ := v.m.Item(v.m.Cursor())
	end := item.Ref + "\n" + item.Text
	c, ok := v.cards[item.Ref]
	if !ok || c.focus() == nil || v.atEnd == end {
		v.atEnd = ""
		return false
	}
	v.atEnd = end
	v.status(words.T(notice))
	kit.FocusAgain(c.focus())
	return true
}

// key does what a key means between questions. It reports whether it did.
func (v *View) key(item form.Item, event *fyne.KeyEvent) bool { return v.bindings(item).Key(event) }

// Bindings are the keys of every form, for those who want to read of them.
func Bindings() kit.Bindings { return (&View{}).bindings(form.Item{}) }

func (v *View) bindings(item form.Item) kit.Bindings {
	always := func(do func()) func(string) bool {
		return func(string) bool {
			do()
			return true
		}
	}
	return kit.Bindings{
		{Keys: []string{"Enter"}, Label: "form.keys.next", Do: always(func() {
			if v.options.OnEnter == nil || !v.options.OnEnter() {
				v.next()
			}
		})},
		{Keys: []string{"PageDown"}, Label: "form.keys.section", Do: always(func() { v.NextSection() })},
		{Keys: []string{"PageUp"}, Label: "form.keys.section_before", Do: always(func() { v.PreviousSection() })},
		{Keys: []string{"BackSpace"}, Label: "form.keys.back", Do: always(func() { v.m.Back() })},
		{Keys: []string{"Escape"}, Label: "form.keys.escape", Do: always(func() { v.escape() })},
		{Keys: []string{"Delete"}, Label: "form.keys.clear", Do: func(string) bool {
			if item.Kind != form.Question {
				return false
			}
			v.m.Clear(item.Ref)
			return true
		}},
		{Keys: []string{"Up"}, Label: "form.keys.up", Do: func(string) bool { return v.vertical(item, 1, v.m.Previous) }},
		{Keys: []string{"Down"}, Label: "form.keys.down", Do: func(string) bool { return v.vertical(item, -1, v.m.Next) }},
		{Keys: []string{"Left", "Right"}, Label: "form.keys.range", Do: func(key string) bool {
			if item.Input != form.Range {
				return false
			}
			v.m.Bump(item.Ref, map[string]int{"Left": -1, "Right": 1}[key])
			return true
		}},
	}
}

// vertical is an arrow in a field of one line: a number goes up or down by a
// step, a row to its neighbour, elsewhere the cursor goes to the next question.
func (v *View) vertical(item form.Item, by int, move func() bool) bool {
	switch item.Input {
	case form.Integer, form.Decimal, form.Range:
		v.m.Bump(item.Ref, by)
		return true
	}
	if item.Kind == form.Row && v.m.StepRow(item.Ref, -by) {
		return true
	}
	return move()
}

// escape folds up what blocks, leaves a page, else goes to the outline. It
// discards nothing.
func (v *View) escape() {
	switch {
	case v.summary.fold():
		v.Focus()
	case v.m.LeavePage():
	default:
		v.Sections()
	}
}
