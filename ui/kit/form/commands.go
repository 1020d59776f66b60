package form

import (
	"fyne.io/fyne/v2"

	"solidaren/ui/kit"
	look "solidaren/ui/kit/theme"
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
func (v *View) Refuse() { v.answerOrSay(v.m.Refuse) }

// DontKnow answers that it is not known.
func (v *View) DontKnow() { v.answerOrSay(v.m.DontKnow) }

func (v *View) answerOrSay(answer func() bool) {
	ref := v.m.Cursor()
	if !answer() {
		v.status(words.T("form.notice.no_such"))
		return
	}
	v.advance(ref)
}

// NextLanguage shows the labels in the next language of the form.
func (v *View) NextLanguage() {
	if err := v.m.NextLanguage(); err != nil {
		v.status(words.T("form.notice.language"))
		return
	}
	v.status(words.T("form.language", v.m.Language()))
}

// Help shows what the form says about the question at the cursor.
func (v *View) Help() {
	item, ok := v.m.Item(v.m.Cursor())
	if !ok || v.options.Modals == nil {
		return
	}
	text := item.Guidance
	if text == "" {
		text = item.Hint
	}
	if text == "" {
		v.status(words.T("form.notice.no_help"))
		return
	}
	v.options.Modals.Show(kit.Dialog{
		Title: item.Label, Content: kit.VStack(look.Gap, kit.Text(text)),
		Buttons: []kit.Action{{Text: words.T("kit.close"), Default: true}},
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

// advance goes on after a choice by key, if the worker wants that.
func (v *View) advance(ref string) {
	if v.m.AutoAdvance() && v.m.Cursor() == ref {
		v.next()
	}
}

func (v *View) next() {
	if !v.m.Next() {
		v.status(words.T("form.notice.end"))
	}
}

// key does what a key means between questions. It reports whether it did.
func (v *View) key(item form.Item, event *fyne.KeyEvent) bool {
	switch event.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		v.next()
	case fyne.KeyPageDown:
		v.NextSection()
	case fyne.KeyPageUp:
		v.PreviousSection()
	case fyne.KeyBackspace:
		v.m.Back()
	case fyne.KeyEscape:
		v.escape()
	case fyne.KeyDelete:
		if item.Kind != form.Question {
			return false
		}
		v.m.Clear(item.Ref)
	case fyne.KeyUp:
		return v.vertical(item, 1, v.m.Previous)
	case fyne.KeyDown:
		return v.vertical(item, -1, v.m.Next)
	default:
		return false
	}
	return true
}

// vertical is an arrow in a field of one line: a number goes up or down by one,
// elsewhere the cursor goes to the next question.
func (v *View) vertical(item form.Item, by int, move func() bool) bool {
	if item.Input == form.Integer {
		v.m.Bump(item.Ref, by)
		return true
	}
	return move()
}

// escape folds up what blocks, else goes to the outline. It discards nothing.
func (v *View) escape() {
	if v.summary.fold() {
		v.Focus()
		return
	}
	v.Sections()
}
