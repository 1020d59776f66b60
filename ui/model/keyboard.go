package model

import "unicode"

// Keyboard is what the keys of a computer are like.
type Keyboard int

// Keyboards. QWERTY stands for all whose digit row writes digits, and so for a
// keypad.
const (
	KeyboardOther Keyboard = iota
	KeyboardAZERTY
	KeyboardBEPO
	KeyboardQWERTY
)

// FeelKeyboard tells the keyboard by what its key 2 of the top row writes without
// Shift. The layout itself is not asked of the system, which names it
// differently everywhere, or not at all.
func FeelKeyboard(written rune) Keyboard {
	switch unicode.ToLower(written) {
	case 'é':
		return KeyboardAZERTY
	case '«':
		return KeyboardBEPO
	case '2':
		return KeyboardQWERTY
	}
	return KeyboardOther
}
