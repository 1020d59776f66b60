package kit_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"solidaren/ui/kit"
	look "solidaren/ui/kit/theme"
	"solidaren/ui/uitest"
)

// The facts of Fyne that the kit is built on (UX.md §0). A test that fails here
// says that Fyne has mended something: what the kit does instead can go.

// TestFactStockGaps is fact 5: what stock widgets do not do. Of dialogs the
// kit has its own alone: TestNoStockInputs and TestModals hold that.
func TestFactStockGaps(t *testing.T) {
	pressed, selected := 0, 0
	button := widget.NewButton("", func() { pressed++ })
	list := widget.NewList(func() int { return 2 }, func() fyne.CanvasObject { return widget.NewLabel("") }, func(int, fyne.CanvasObject) {})
	list.OnSelected = func(int) { selected++ }
	w, keys := show(t, container.NewVBox(button, list))
	w.Canvas().Focus(button)
	keys.Press("Enter")
	if pressed != 0 {
		t.Error("a stock button now acts on Enter")
	}
	keys.Press("Space")
	if pressed != 1 {
		t.Errorf("Space presses a stock button %d times", pressed)
	}
	w.Canvas().Focus(list)
	keys.Press("Enter")
	if selected != 0 {
		t.Error("a stock list now selects on Enter")
	}
	keys.Press("Space")
	if selected != 1 {
		t.Errorf("Space selects %d lines of a stock list", selected)
	}
	highlighted := -1
	list.OnHighlighted = func(i int) { highlighted = i }
	list.Highlight(2)
	if highlighted != 2 {
		t.Errorf("a stock list clamps its highlight now: %d", highlighted)
	}
	if _, ok := any(container.NewVScroll(button)).(fyne.Focusable); ok {
		t.Error("a stock scroll takes the focus now")
	}
}

// TestFactAccessible is fact 6: a stock field tells nothing of itself; every
// input of the kit has its name and role all the same.
func TestFactAccessible(t *testing.T) {
	if _, ok := any(widget.NewEntry()).(fyne.Accessible); ok {
		t.Error("a stock field has a name and a role now")
	}
	for _, o := range []fyne.Focusable{
		kit.NewEntry("nom"), kit.NewNotes(3), kit.NewButton("nom", nil), kit.NewCheck("nom", false, nil),
		kit.NewRailItem("today", "nom", "1", nil), kit.NewReader(kit.Text("nom")),
		kit.NewChoice(kit.ChoiceOptions{Options: choices("Nom"), Selected: []string{"nom"}}),
		kit.NewList(kit.ListOptions{Length: func() int { return 1 }, Line: func(int) kit.Line { return kit.Line{Title: "nom"} }}),
	} {
		if _, ok := o.(fyne.Accessible); !ok {
			t.Errorf("%T has no name and no role", o)
		}
	}
}

// listener notes what reaches what has the focus.
type listener struct {
	*kit.Button
	keys, runes int
}

func (l *listener) TypedKey(*fyne.KeyEvent) { l.keys++ }
func (l *listener) TypedRune(rune)          { l.runes++ }

// TestFactTypeSendsRunesOnly is fact 7: test.Type sends runes alone, and so
// cannot show what a key does; the keyboard of uitest sends both.
func TestFactTypeSendsRunesOnly(t *testing.T) {
	l := &listener{Button: kit.NewButton("", nil)}
	test.Type(l, "2")
	if l.keys != 0 || l.runes != 1 {
		t.Errorf("test.Type sends %d keys and %d runes", l.keys, l.runes)
	}
	w, _ := show(t, kit.VStack(look.Gap, l))
	w.Canvas().Focus(l)
	uitest.Keyboard{Canvas: w.Canvas(), Window: w}.Press("2")
	if l.keys != 1 || l.runes != 2 {
		t.Errorf("the keyboard sends %d keys and %d runes", l.keys, l.runes-1)
	}
}
