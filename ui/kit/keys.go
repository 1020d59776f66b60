// Package kit holds the widgets that every screen is made of. Each one that can
// have the focus embeds Keys, so that the whole program answers to the keyboard
// in the same way; stock entries, buttons and lists are not used bare, because
// they swallow keys. The kit knows nothing of persons, records or the disk: it
// shows what models tell it and reports what the worker did.
package kit

import (
	"strings"

	"fyne.io/fyne/v2"
)

// Keys is embedded by every widget that can have the focus. A key goes to the
// widget, then to its OnKey, then to the canvas (canvas.OnTypedKey), which thus
// hears of every key that nobody used.
type Keys struct {
	OnKey   func(*fyne.KeyEvent) bool // a key that the widget did not use; true: taken
	OnRune  func(rune) bool           // a letter that the widget did not use; true: taken
	OnFocus func(focused bool)

	self    fyne.Widget
	act     func(fyne.KeyName)      // what a key that waits for its rune does
	text    func(fyne.KeyName) bool // a key that writes words, nil: none does
	focused bool
	pending fyne.KeyName
}

// held is the key that has just done something and is still down. GLFW repeats
// it to whatever has the focus by then, which must not take it for new typing.
// There is one keyboard.
var held fyne.KeyName

// tabbing says that Tab is down: the focus moves by the keyboard.
var tabbing bool

// hold says that name has done its work until it is released.
func hold(name fyne.KeyName) { held = name }

// heldTypes reports whether the key that is held types something: its rune must
// not be taken for new typing.
func heldTypes() bool { return len(held) == 1 || held == fyne.KeySpace }

// bind ties the keys to their widget. act, if set, does what wait was told of.
func (k *Keys) bind(self fyne.Widget, act func(fyne.KeyName)) { k.self, k.act = self, act }

// FocusGained shows the focus and brings the widget into view.
func (k *Keys) FocusGained() {
	k.setFocus(true)
	k.self.Refresh()
}

// FocusLost hides the focus. A key that waited does nothing more.
func (k *Keys) FocusLost() {
	k.setFocus(false)
	k.self.Refresh()
}

func (k *Keys) setFocus(focused bool) {
	k.focused, k.pending = focused, ""
	onActivity()
	if focused {
		revealInScroll(k.self)
	}
	if k.OnFocus != nil {
		k.OnFocus(focused)
	}
}

// onActivity hears that somebody is at the keyboard or the mouse. There is one
// of each.
var onActivity = func() {}

// OnActivity sets who hears that somebody is at the keyboard or the mouse.
func OnActivity(hear func()) { onActivity = hear }

// onPress hears of each key that goes down, but of those that write a text of
// several lines. There is one keyboard.
var onPress = func() {}

// OnPress sets who counts keys.
func OnPress(hear func()) { onPress = hear }

// KeyDown starts a new press: nothing is held any more.
func (k *Keys) KeyDown(event *fyne.KeyEvent) {
	held, tabbing = "", event.Name == fyne.KeyTab
	onActivity()
	if k.text == nil || !k.text(event.Name) {
		onPress()
	}
}

// KeyUp ends a press, and does what waited for a rune that never came (the
// keypad without NumLock sends none).
func (k *Keys) KeyUp(event *fyne.KeyEvent) {
	if k.pending == event.Name {
		k.settle()
	}
	if held == event.Name {
		held = ""
	}
	if event.Name == fyne.KeyTab {
		tabbing = false
	}
}

// TypedRune does what waited for this rune. GLFW sends a key and then its rune;
// acting on the key would move the focus and leave the rune to the next field.
func (k *Keys) TypedRune(r rune) {
	if !k.settle() {
		k.passRune(r)
	}
}

// wait puts a key off until its rune has come.
func (k *Keys) wait(name fyne.KeyName) {
	if held != name {
		k.pending = name
	}
}

func (k *Keys) settle() bool {
	name := k.pending
	if name == "" {
		return false
	}
	k.pending = ""
	hold(name)
	k.act(name)
	return true
}

// pass hands on a key that the widget does not use.
func (k *Keys) pass(event *fyne.KeyEvent) {
	if held == event.Name {
		return
	}
	if k.OnKey != nil && k.OnKey(event) {
		holdOnce(event.Name)
		return
	}
	if c := canvasOf(k.self); c != nil && c.OnTypedKey() != nil {
		holdOnce(event.Name)
		c.OnTypedKey()(event)
	}
}

// holdOnce holds the keys that must not repeat what they did. Arrows may, and
// a key that types has a rune to come.
func holdOnce(name fyne.KeyName) {
	switch name {
	case fyne.KeyEscape, fyne.KeyReturn, fyne.KeyEnter, fyne.KeyPageUp, fyne.KeyPageDown,
		fyne.KeyBackspace, fyne.KeyDelete, fyne.KeyF1:
		hold(name)
	}
}

func (k *Keys) passRune(r rune) {
	if heldTypes() {
		return
	}
	if k.OnRune != nil && k.OnRune(r) {
		hold(fyne.KeyName(strings.ToUpper(string(r))))
		return
	}
	if c := canvasOf(k.self); c != nil && c.OnTypedRune() != nil {
		c.OnTypedRune()(r)
	}
}

func isEnter(name fyne.KeyName) bool { return name == fyne.KeyReturn || name == fyne.KeyEnter }

// canvasOf is the canvas of an object. Fyne 2.8.1 knows none for what was not
// painted yet: then it is the one whose focus the object has, so that keys that
// come quickly are not lost.
func canvasOf(o fyne.CanvasObject) fyne.Canvas {
	if o == nil {
		return nil
	}
	driver := fyne.CurrentApp().Driver()
	if c := driver.CanvasForObject(o); c != nil {
		return c
	}
	for _, window := range driver.AllWindows() {
		if focused, ok := window.Canvas().Focused().(fyne.CanvasObject); ok && focused == o {
			return window.Canvas()
		}
	}
	return nil
}

// Focus gives o the focus. Fyne knows the canvas of an object only once it was
// painted; one that is new is looked for in the windows.
func Focus(o fyne.Focusable) {
	object, ok := o.(fyne.CanvasObject)
	if !ok {
		return
	}
	if c := canvasOf(object); c != nil {
		c.Focus(o)
		return
	}
	for _, window := range fyne.CurrentApp().Driver().AllWindows() {
		window.Canvas().Focus(o)
		if window.Canvas().Focused() == o {
			return
		}
	}
}
