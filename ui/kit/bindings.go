package kit

import (
	"slices"
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
)

// Binding is some keys of a screen and what they do. Widgets take their keys from
// here by Bindings.Key and Bindings.Rune, and the help lists them from here: no
// key is written down twice.
type Binding struct {
	Keys  []string // "M", "1", "Delete", "Up"
	Label string   // key of the words that say what they do
	// Do does it, and reports whether it did: a key that was not for it goes on to
	// whoever takes it next.
	Do func(key string) bool
}

// Bindings are the keys of a screen, in the order in which the help lists them.
type Bindings []Binding

// twins are the names that a key has besides.
var twins = map[fyne.KeyName]string{fyne.KeyReturn: "Enter", fyne.KeyEnter: "Enter", fyne.KeyPageUp: "PageUp", fyne.KeyPageDown: "PageDown"}

// Key takes a key, for a widget's OnKey. A letter waits for its rune.
func (b Bindings) Key(event *fyne.KeyEvent) bool {
	name := string(event.Name)
	if twin, ok := twins[event.Name]; ok {
		name = twin
	}
	if len(name) == 1 && unicode.IsLetter(rune(name[0])) {
		return false
	}
	return b.take(name)
}

// Rune takes a letter, for a widget's OnRune.
func (b Bindings) Rune(r rune) bool {
	if !unicode.IsLetter(r) {
		return false
	}
	return b.take(strings.ToUpper(string(r)))
}

func (b Bindings) take(key string) bool {
	for _, binding := range b {
		if slices.Contains(binding.Keys, key) && binding.Do(key) {
			return true
		}
	}
	return false
}

// General are the keys that every widget of its kind has: they are bound in the
// widgets, and only told here.
var General = Bindings{
	{Keys: []string{"Tab"}, Label: "kit.keys.tab"},
	{Keys: []string{"Up", "Down", "Left", "Right"}, Label: "kit.keys.move"},
	{Keys: []string{"Enter"}, Label: "kit.keys.open"},
	{Keys: []string{"F1"}, Label: "cmd.keys"},
}

// Answers are the keys of what is chosen from a few answers, where there is
// such.
var Answers = Bindings{
	{Keys: []string{"1", "2", "3", "4", "5", "6", "7", "8", "9"}, Label: "kit.keys.answer"},
}

// Unsaid are the keys of the answers that questions of a form have besides.
var Unsaid = Bindings{
	{Keys: []string{"N"}, Label: "kit.keys.dontknow"},
	{Keys: []string{"R"}, Label: "kit.keys.refuse"},
}
