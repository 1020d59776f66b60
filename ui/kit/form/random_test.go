package form_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"solidaren/ui/kit"
	"solidaren/ui/model/form/formtest"
)

// TestRandomKeysNeverLoseTheFocus presses keys at random: whatever comes and
// goes, a question, a row or the outline has the focus and is in view, and the
// state can be restored.
func TestRandomKeysNeverLoseTheFocus(t *testing.T) {
	pressed := []string{
		"1", "2", "3", "1", "2", "Keypad1", "a", "n", "r", "Enter", "Enter", "Tab", "Shift+Tab", "Space", "Backspace",
		"Delete", "PageDown", "PageUp", "Up", "Down", "Left", "Right", "Escape", "Ctrl+T", "Ctrl+Enter",
	}
	for _, id := range []string{"maraude", "entretien"} {
		f := formtest.Shipped(t, id)
		for seed := range uint64(3) {
			s := show(t, f)
			random := rand.New(rand.NewPCG(seed, 1))
			var past []string
			for range 80 {
				key := pressed[random.IntN(len(pressed))]
				past = append(past, key)
				s.Press(key)
				focused, ok := s.Canvas.Focused().(fyne.CanvasObject)
				if _, edge := focused.(*kit.Edge); !ok || edge {
					t.Fatalf("%s, seed %d: the focus is lost after %s", id, seed, strings.Join(past, " "))
				}
				position := fyne.CurrentApp().Driver().AbsolutePositionForObject(focused)
				if !focused.Visible() || position.Y < 0 || position.Y > s.Canvas.Size().Height {
					t.Fatalf("%s, seed %d: the focus (%T) is at %v after %s", id, seed, focused, position, strings.Join(past, " "))
				}
			}
			state, err := s.session.Save()
			if err != nil {
				t.Fatal(err)
			}
			again, err := formtest.Restore(t, f, state).Save()
			if err != nil || string(again) != string(state) {
				t.Errorf("%s, seed %d: a restored state differs (%v)", id, seed, err)
			}
		}
	}
}
