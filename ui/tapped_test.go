package ui

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"solidaren/ui/kit"
	kitform "solidaren/ui/kit/form"
	"solidaren/ui/model"
	"solidaren/ui/uitest"
	"solidaren/ui/words"
)

// TestEverythingTappedHasAKey: what the mouse can tap has the focus itself, or
// lies in something that has it and reaches it by its own keys, or is one of the
// second ways to a command of the menu.
func TestEverythingTappedHasAKey(t *testing.T) {
	board := hang(t, []framed{{"fr", model.PaletteLight, 1, least, 1}}, func(t *testing.T, o *office, p picture, _ framed, board string) {
		uitest.Walk(o.window.Canvas(), func(x uitest.Object) {
			if _, tapped := x.CanvasObject.(fyne.Tappable); !tapped {
				return
			}
			how := o.keyOf(x)
			if how == "" {
				t.Errorf("%s: no key does what a tap on the %T at %v does", p.name, x.CanvasObject, x.At)
			}
			pin(t, board, how)
		})
	})
	after(t, func() { t.Log(slices.Sorted(maps.Keys(pinned(t, board)))) })
}

// keyOf tells how the keyboard does what a tap does, "" if it does not.
func (o *office) keyOf(x uitest.Object) string {
	if _, ok := x.CanvasObject.(fyne.Focusable); ok {
		return "has the focus"
	}
	switch fmt.Sprintf("%T", x.CanvasObject) {
	case "*widget.scrollBarArea":
		return "a scroll bar: the test before reads to the end"
	case "*widget.OverlayContainer":
		return "Escape, which closes a menu of Fyne"
	}
	in, ok := uitest.In[fyne.Focusable](x)
	if _, reader := in.(*kit.Reader); ok && !reader {
		return fmt.Sprintf("lies in a %T", in)
	}
	if _, ok := uitest.In[*kit.SearchSelect](x); ok {
		return "a line of a search, by the arrows in its field"
	}
	if _, ok := uitest.In[*kit.Finder](x); ok {
		return "a line of the palette, by the arrows in its field"
	}
	switch tapped := x.CanvasObject.(type) {
	case *kit.Stepper:
		return o.stepperKey(tapped.AccessibilityLabel())
	case *kit.Slider:
		return bound("Left")
	case *kit.Link:
		return o.linkKey(tapped)
	default:
		if veil, ok := o.window.Canvas().Overlays().Top().(*fyne.Container); ok && veil.Objects[0] == x.CanvasObject {
			return "the veil under a dialog, which does nothing"
		}
	}
	return ""
}

// stepperKey is the key of a sign beside a field.
func (o *office) stepperKey(sign string) string {
	switch sign {
	case "−":
		return bound("Down")
	case "+":
		return bound("Up")
	case "▾", words.T("form.map.key"):
		return o.Keys("hint")
	}
	return ""
}

// bound is a key of every form, "" if it does nothing there.
func bound(key string) string {
	for _, b := range kitform.Bindings() {
		if slices.Contains(b.Keys, key) {
			return key
		}
	}
	return ""
}

// linkKey is the key of a text of the line at the bottom.
func (o *office) linkKey(link *kit.Link) string {
	if o.sealing != nil && link == o.sealing.undone {
		return o.Keys("undo")
	}
	if o.status == nil {
		return ""
	}
	switch link {
	case o.enterLaw:
		if o.May("safeguards") { // by its name
			return o.Keys("palette")
		}
	case o.status.place:
		return o.Keys(roomTour)
	case o.status.sync:
		return o.Keys(roomSending)
	case o.status.undo:
		return o.Keys("undo")
	}
	return ""
}
