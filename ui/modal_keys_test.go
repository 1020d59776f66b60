package ui

import (
	"slices"
	"testing"

	"solidaren/ui/kit"
)

// TestNoShortcutPassesADialog (UX.md §0, fact 3): menu shortcuts arrive under a
// dialog. Each is pressed there, on a French keyboard and on one whose digit row
// types digits: the dialog stays, and so does what has the focus and the room,
// but for what nothing may hold up.
func TestNoShortcutPassesADialog(t *testing.T) {
	for _, qwerty := range []bool{false, true} {
		o := furnished(t)
		o.keys.QWERTY = qwerty
		o.StartForm("maraude")
		o.settle()
		o.Confirm(kit.Question{Title: "?", Text: "?", Yes: "Oui", Then: func() { t.Error("it was answered") }})
		focus, title, pressed := o.window.Canvas().Focused(), o.window.Title(), 0
		palette, scale := o.settings.Palette, o.settings.Scale
		for _, m := range o.menus() {
			for _, c := range m.commands {
				if c.keys == "" || slices.Contains(overDialogs, c.id) {
					continue
				}
				pressed++
				o.press(c.keys)
				if !o.modals.Open() || o.window.Canvas().Focused() != focus || o.window.Title() != title ||
					o.settings.Palette != palette || o.settings.Scale != scale {
					t.Fatalf("%s (%s) passes a dialog", c.keys, c.id)
				}
			}
		}
		if pressed < 30 {
			t.Errorf("only %d shortcuts were pressed", pressed)
		}
		o.modals.Dismiss()
	}
}
