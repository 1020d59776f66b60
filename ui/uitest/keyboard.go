// Package uitest helps to test the window without one: a keyboard that sends
// what GLFW sends, to whoever has the focus at each step. test.Type of Fyne
// sends runes alone, and so cannot show what a key does to the next field.
package uitest

import (
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// Keyboard is a French (AZERTY) keyboard at a window, unless it says otherwise.
type Keyboard struct {
	Canvas fyne.Canvas
	Window fyne.Window // for the shortcuts of its menu; may be nil
	QWERTY bool        // the digit row types digits
}

// named are the keys that have a name instead of a letter.
var named = map[string]fyne.KeyName{
	"Enter": fyne.KeyReturn, "Tab": fyne.KeyTab, "Space": fyne.KeySpace, "Backspace": fyne.KeyBackspace,
	"Delete": fyne.KeyDelete, "Escape": fyne.KeyEscape, "PageUp": fyne.KeyPageUp, "PageDown": fyne.KeyPageDown,
	"Up": fyne.KeyUp, "Down": fyne.KeyDown, "Left": fyne.KeyLeft, "Right": fyne.KeyRight,
	"Home": fyne.KeyHome, "End": fyne.KeyEnd, "F1": fyne.KeyF1,
}

// digitRow is what the digit row of a French keyboard types without Shift.
var digitRow = map[string]rune{
	"1": '&', "2": 'é', "3": '"', "4": '\'', "5": '(', "6": '-', "7": 'è', "8": '_', "9": 'ç', "0": 'à',
}

// stroke is one key going down and up.
type stroke struct {
	name     fyne.KeyName
	modifier fyne.KeyModifier
	rune     rune // 0: the key types nothing
}

// Press presses keys one after another: "2", "a", "Enter", "Ctrl+Enter",
// "Keypad1" (without NumLock: a key that types nothing).
func (k Keyboard) Press(keys ...string) {
	for _, key := range keys {
		k.strike(k.parse(key), 1)
	}
}

// Hold presses a key so long that it repeats.
func (k Keyboard) Hold(key string, repeats int) { k.strike(k.parse(key), 1+repeats) }

// Type types a text.
func (k Keyboard) Type(text string) {
	for _, r := range text {
		s := stroke{name: fyne.KeyName(strings.ToUpper(string(r))), rune: r}
		for key, typed := range digitRow {
			if r == typed && !k.QWERTY {
				s.name = fyne.KeyName(key)
			}
		}
		if r == ' ' {
			s.name = fyne.KeySpace
		}
		k.strike(s, 1)
	}
}

func (k Keyboard) parse(key string) stroke {
	s := stroke{}
	parts := strings.Split(key, "+")
	for _, part := range parts[:len(parts)-1] {
		s.modifier |= map[string]fyne.KeyModifier{
			"Ctrl": fyne.KeyModifierControl, "Shift": fyne.KeyModifierShift, "Alt": fyne.KeyModifierAlt,
		}[part]
	}
	last := parts[len(parts)-1]
	shifted := s.modifier&fyne.KeyModifierShift != 0
	switch name, ok := named[last]; {
	case ok:
		s.name = name
		if name == fyne.KeySpace {
			s.rune = ' '
		}
	case strings.HasPrefix(last, "Keypad"):
		s.name = fyne.KeyName(strings.TrimPrefix(last, "Keypad"))
	default:
		s.name = fyne.KeyName(strings.ToUpper(last))
		s.rune = []rune(strings.ToLower(last))[0]
		if typed, ok := digitRow[last]; ok && !shifted && !k.QWERTY {
			s.rune = typed
		} else if shifted {
			s.rune = unicode.ToUpper(s.rune)
		}
	}
	return s
}

// strike sends what GLFW sends: the press, the shortcut or the typed key, the
// rune, as often as the key repeats, and the release.
func (k Keyboard) strike(s stroke, times int) {
	event := &fyne.KeyEvent{Name: s.name}
	if keyable, ok := k.Canvas.Focused().(desktop.Keyable); ok {
		keyable.KeyDown(event)
	}
	for range times {
		k.typed(s, event)
	}
	if keyable, ok := k.Canvas.Focused().(desktop.Keyable); ok {
		keyable.KeyUp(event)
	}
}

func (k Keyboard) typed(s stroke, event *fyne.KeyEvent) {
	command := s.modifier&(fyne.KeyModifierControl|fyne.KeyModifierAlt) != 0
	switch {
	case s.name == fyne.KeyTab && !command:
		k.tab(s.modifier)
		return
	case command:
		k.shortcut(s)
		return
	}
	if focused := k.Canvas.Focused(); focused != nil {
		focused.TypedKey(event)
	} else if typed := k.Canvas.OnTypedKey(); typed != nil {
		typed(event)
	}
	if s.rune == 0 {
		return
	}
	if focused := k.Canvas.Focused(); focused != nil {
		focused.TypedRune(s.rune)
	} else if typed := k.Canvas.OnTypedRune(); typed != nil {
		typed(s.rune)
	}
}

func (k Keyboard) tab(modifier fyne.KeyModifier) {
	if tabbable, ok := k.Canvas.Focused().(fyne.Tabbable); ok && tabbable.AcceptsTab() {
		k.Canvas.Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyTab})
		return
	}
	if modifier == fyne.KeyModifierShift {
		k.Canvas.FocusPrevious()
		return
	}
	k.Canvas.FocusNext()
}

// Shortcut makes the shortcut that a key with Ctrl or Alt is, for a menu.
func Shortcut(key string) fyne.Shortcut {
	s := Keyboard{}.parse(key)
	return &desktop.CustomShortcut{KeyName: s.name, Modifier: s.modifier}
}

// shortcut goes to the menu of the window, then to the focused widget.
func (k Keyboard) shortcut(s stroke) {
	var shortcut fyne.Shortcut = &desktop.CustomShortcut{KeyName: s.name, Modifier: s.modifier}
	if s.modifier == fyne.KeyModifierControl && s.name == fyne.KeyA {
		shortcut = &fyne.ShortcutSelectAll{}
	}
	if k.Window != nil && k.Window.MainMenu() != nil {
		for _, menu := range k.Window.MainMenu().Items {
			for _, item := range menu.Items {
				if item.Shortcut != nil && item.Shortcut.ShortcutName() == shortcut.ShortcutName() && item.Action != nil && !item.Disabled {
					item.Action()
					return
				}
			}
		}
	}
	if focused, ok := k.Canvas.Focused().(fyne.Shortcutable); ok {
		focused.TypedShortcut(shortcut)
	}
}
