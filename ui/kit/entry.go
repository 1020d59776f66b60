package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	look "solidaren/ui/kit/theme"
)

// NotesLimit is the greatest length of a note, in characters: wrapping a longer
// paragraph is slow (https://github.com/fyne-io/fyne/issues/5297).
const NotesLimit = 4000

// Entry is a field for text: one line, or several if made by NewNotes. It hands
// on the keys that move between fields, and Tab always leaves it.
type Entry struct {
	widget.Entry
	Keys
	OnLeave func() // the focus goes elsewhere
	OnBlank func() // Space in the empty field; nil: it types
	Limit   int    // greatest number of characters; 0: none
	OnFull  func() // what was pasted did not fit whole
	// SelectAll marks the whole text on entering, so that typing replaces it.
	SelectAll bool
	// Digits makes the digit row type digits on every keyboard: on a French one
	// it types & é " without Shift. Minus and / come from their other keys.
	Digits bool
	// Arrows hands ← and → on, where they mean something else than the caret.
	Arrows bool

	rows      int  // of notes, as they are now
	put       bool // the text was put there, and nobody has moved the caret since
	returning bool // the focus comes back from a dialog: caret and marked text stay
}

var (
	_ fyne.Focusable    = (*Entry)(nil)
	_ fyne.Accessible   = (*Entry)(nil)
	_ desktop.Keyable   = (*Entry)(nil)
	_ fyne.Tabbable     = (*Entry)(nil)
	_ fyne.Shortcutable = (*Entry)(nil)
)

// NewEntry makes a field of one line. Enter calls OnSubmitted where it is set.
func NewEntry(placeholder string) *Entry {
	return newEntry(&Entry{}, placeholder)
}

// NewPassword makes a field that shows dots.
func NewPassword(placeholder string) *Entry {
	e := &Entry{}
	e.Password = true
	return newEntry(e, placeholder)
}

// NewNotes makes a field of several lines, in which Enter starts a new line.
func NewNotes(rows int) *Entry {
	e := &Entry{Limit: NotesLimit}
	e.MultiLine = true
	e = newEntry(e, "")
	e.text = writes
	e.Wrapping = fyne.TextWrapWord
	e.SetMinRowsVisible(rows)
	return e
}

// writes reports whether a key writes words, or puts them right.
func writes(name fyne.KeyName) bool {
	switch name {
	case fyne.KeySpace, fyne.KeyBackspace, fyne.KeyDelete, fyne.KeyReturn, desktop.KeyShiftLeft, desktop.KeyShiftRight, fyne.KeyUnknown:
		return true
	}
	return len(name) == 1
}

func newEntry(e *Entry, placeholder string) *Entry {
	e.PlaceHolder = placeholder
	if !e.MultiLine {
		e.Wrapping = fyne.TextWrap(fyne.TextTruncateClip)
	}
	e.bind(e, e.typeDigit)
	e.ExtendBaseWidget(e)
	return e
}

// Put puts text into the field, the caret behind it, without calling OnChanged.
func (e *Entry) Put(text string) {
	if e.Text == text {
		return
	}
	changed := e.OnChanged
	e.OnChanged = nil
	e.SetText(text)
	e.OnChanged = changed
	e.put = true
	e.goBehind()
}

// Like takes over the text of the field that stood in its place, if there was one.
func (e *Entry) Like(old *Entry) *Entry {
	if old != nil {
		e.Put(old.Text)
	}
	return e
}

// Recolour gives the caret the colours of the theme: Fyne 2.8.1 keeps for it
// those that it had when the field took the focus.
func (e *Entry) Recolour() {
	e.Entry.FocusLost()
	e.Entry.FocusGained()
}

// goBehind puts the caret behind a text that was put there. Where that is, is
// known only once the text is wrapped, so the layout asks again.
func (e *Entry) goBehind() {
	if e.put && e.SelectedText() == "" {
		e.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageDown})
	}
}

// FitRows makes notes as high as their text, between bounds, and reports whether
// the height has changed.
func (e *Entry) FitRows(least, most int) bool {
	width := e.Size().Width - 2*theme.Size(theme.SizeNameInnerPadding) - 2*theme.Size(theme.SizeNameInputBorder)
	rows := least
	if width > 0 {
		plain := func(text string) fyne.Size {
			return fyne.MeasureText(text, theme.Size(theme.SizeNameText), fyne.TextStyle{})
		}
		rows = min(max(len(wrap(e.Text, width, plain)), least), most)
	}
	if rows == e.rows {
		return false
	}
	e.rows = rows
	e.SetMinRowsVisible(rows)
	return true
}

// Reveal shows or hides a password.
func (e *Entry) Reveal(on bool) {
	e.Password = !on
	e.Refresh()
}

// AccessibilityLabel is the text, or what should stand there.
func (e *Entry) AccessibilityLabel() string {
	if e.Text == "" || e.Password {
		return e.PlaceHolder
	}
	return e.Text
}

// AccessibilityRole is text.
func (e *Entry) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// AcceptsTab is false: Tab goes to the next field, from notes as well.
func (e *Entry) AcceptsTab() bool { return false }

// FocusGained shows the focus and brings the field into view.
func (e *Entry) FocusGained() {
	if !e.returning {
		e.goBehind()
	}
	e.Keys.focused = true // for the ring
	e.Entry.FocusGained()
	e.setFocus(true)
	if e.SelectAll && !e.returning {
		e.Entry.TypedShortcut(&fyne.ShortcutSelectAll{})
	}
}

// Return gives the focus back to what had it before, a field with its caret
// where it was.
func Return(c fyne.Canvas, before fyne.Focusable) {
	if e, ok := before.(*Entry); ok {
		e.returning = true
		defer func() { e.returning = false }()
	}
	c.Focus(before)
}

// FocusAgain gives the focus back to what has just lost it: nothing in it is
// marked, so that typing replaces nothing.
func FocusAgain(o fyne.Focusable) {
	if object, ok := o.(fyne.CanvasObject); ok {
		if c := canvasOf(object); c != nil {
			Return(c, o)
		}
	}
}

// Caret is where the caret stands in a field.
type Caret struct{ Row, Column int }

// CaretOf gives the caret of the field that has the focus; false if none has.
func CaretOf(c fyne.Canvas) (Caret, bool) {
	e, ok := c.Focused().(*Entry)
	if !ok {
		return Caret{}, false
	}
	return Caret{e.CursorRow, e.CursorColumn}, true
}

// PutCaret puts the caret of the field that has the focus back to where it was,
// with nothing marked, so that typing goes on there.
func PutCaret(c fyne.Canvas, caret Caret) {
	e, ok := c.Focused().(*Entry)
	if !ok {
		return
	}
	e.put = false
	e.press(fyne.KeyPageUp, 1) // marks nothing any more
	e.press(fyne.KeyHome, 1)
	e.press(fyne.KeyDown, caret.Row)
	e.press(fyne.KeyHome, 1)
	for e.CursorColumn < caret.Column {
		before := e.CursorColumn
		e.press(fyne.KeyRight, 1)
		if e.CursorColumn <= before { // the end of the row
			break
		}
	}
}

// press moves the caret as a key does.
func (e *Entry) press(name fyne.KeyName, times int) {
	for range times {
		e.Entry.TypedKey(&fyne.KeyEvent{Name: name})
	}
}

// FocusLost tells that the field was left.
func (e *Entry) FocusLost() {
	e.Keys.focused = false
	e.Entry.FocusLost()
	e.setFocus(false)
	if e.OnLeave != nil {
		e.OnLeave()
	}
}

// MouseDown puts the caret where the mouse is.
func (e *Entry) MouseDown(event *desktop.MouseEvent) {
	e.put = false
	e.Entry.MouseDown(event)
}

// KeyDown starts a new press.
func (e *Entry) KeyDown(event *fyne.KeyEvent) {
	e.put = false
	e.Keys.KeyDown(event)
	e.Entry.KeyDown(event)
}

// KeyUp ends a press.
func (e *Entry) KeyUp(event *fyne.KeyEvent) {
	e.Keys.KeyUp(event)
	e.Entry.KeyUp(event)
}

// TypedRune types, unless the rune is that of a key of the digit row, or repeats
// a key that has just done something in another field, or the field is full.
func (e *Entry) TypedRune(r rune) {
	if e.settle() || heldTypes() || e.full() {
		return
	}
	if r == ' ' && e.Text == "" && e.OnBlank != nil {
		e.OnBlank()
		return
	}
	e.Entry.TypedRune(r)
}

// typeDigit types the digit that a key is named after.
func (e *Entry) typeDigit(name fyne.KeyName) {
	if !e.full() {
		e.Entry.TypedRune(rune(name[0]))
	}
}

func (e *Entry) full() bool {
	return e.Limit > 0 && e.SelectedText() == "" && len([]rune(e.Text)) >= e.Limit
}

// TypedShortcut pastes no more than the field has room for: what stood there
// stays whole.
func (e *Entry) TypedShortcut(shortcut fyne.Shortcut) {
	paste, ok := shortcut.(*fyne.ShortcutPaste)
	if !ok || e.Limit == 0 {
		e.Entry.TypedShortcut(shortcut)
		return
	}
	room := max(0, e.Limit-len([]rune(e.Text))+len([]rune(e.SelectedText())))
	text := []rune(paste.Clipboard.Content())
	fits := len(text) <= room
	if !fits {
		text = text[:room]
	}
	if fits || room > 0 {
		e.Entry.TypedShortcut(&fyne.ShortcutPaste{Clipboard: pasted(text)})
	}
	if !fits && e.OnFull != nil {
		e.OnFull()
	}
}

// pasted is a clipboard that holds what fits.
type pasted string

// Content is the text.
func (p pasted) Content() string { return string(p) }

// SetContent does nothing: nobody copies into it.
func (p pasted) SetContent(string) {}

// TypedKey edits, or hands on what moves between fields.
func (e *Entry) TypedKey(event *fyne.KeyEvent) {
	switch {
	case held == event.Name:
	case e.Digits && isDigit(event.Name):
		e.wait(event.Name)
	case isEnter(event.Name) && !e.MultiLine && e.OnSubmitted != nil:
		hold(event.Name)
		e.OnSubmitted(e.Text)
	case e.moves(event.Name):
		e.pass(event)
	default:
		e.Entry.TypedKey(event)
	}
}

// moves reports whether the key is not for editing.
func (e *Entry) moves(name fyne.KeyName) bool {
	switch name {
	case fyne.KeyEscape, fyne.KeyF1, fyne.KeyPageUp, fyne.KeyPageDown:
		return true
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeyUp, fyne.KeyDown:
		return !e.MultiLine
	case fyne.KeyBackspace, fyne.KeyDelete:
		return e.Text == ""
	case fyne.KeyLeft, fyne.KeyRight:
		return e.Arrows
	}
	return false
}

// CreateRenderer draws the stock entry and the ring of the focus over it.
func (e *Entry) CreateRenderer() fyne.WidgetRenderer {
	return &entryRenderer{WidgetRenderer: e.Entry.CreateRenderer(), entry: e, ring: newRing()}
}

type entryRenderer struct {
	fyne.WidgetRenderer
	entry *Entry
	ring  *canvas.Rectangle
}

// MinSize of one line is as high as a target.
func (r *entryRenderer) MinSize() fyne.Size {
	size := r.WidgetRenderer.MinSize()
	if !r.entry.MultiLine {
		size.Height = max(size.Height, theme.Size(look.Target))
	}
	return size
}

// Layout keeps one line in the middle of its height: the stock entry leaves it at
// the top.
func (r *entryRenderer) Layout(size fyne.Size) {
	r.WidgetRenderer.Layout(size)
	r.ring.Resize(size)
	if down := (size.Height - r.WidgetRenderer.MinSize().Height) / 2; !r.entry.MultiLine && down > 0 {
		for _, o := range r.WidgetRenderer.Objects() {
			if _, ground := o.(*canvas.Rectangle); !ground && o != r.entry.ActionItem {
				o.Resize(o.Size().SubtractWidthHeight(0, 2*down))
				o.Move(o.Position().AddXY(0, down))
			}
		}
	}
	r.entry.goBehind()
}

func (r *entryRenderer) Refresh() {
	r.WidgetRenderer.Refresh()
	updateRing(r.ring, r.entry.Keys.focused)
}

func (r *entryRenderer) Objects() []fyne.CanvasObject {
	return append(r.WidgetRenderer.Objects()[:len(r.WidgetRenderer.Objects()):len(r.WidgetRenderer.Objects())], r.ring)
}
