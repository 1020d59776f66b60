package kit_test

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"solidaren/ui/kit"
	look "solidaren/ui/kit/theme"
)

// TestReaderScrollsByKeys: text without any focus in it is read to its end by
// keys, and is no stop of Tab while all of it is in view.
func TestReaderScrollsByKeys(t *testing.T) {
	for _, lines := range []int{3, 800} {
		t.Run(fmt.Sprint(lines), func(t *testing.T) {
			text := kit.Text(strings.Repeat("une ligne ", lines))
			reader, before, after := kit.NewReader(text), kit.NewEntry(""), kit.NewEntry("")
			w, keys := show(t, kit.Framed(before, reader, after))
			w.Resize(fyne.NewSize(800, 601))
			w.Canvas().Focus(before)
			keys.Press("Tab")
			if stops := w.Canvas().Focused() == fyne.Focusable(reader); stops != (lines == 800) {
				t.Fatalf("Tab stops: %v, the focus is on %T", stops, w.Canvas().Focused())
			}
			if lines != 800 {
				return
			}
			place := func() float32 { return fyne.CurrentApp().Driver().AbsolutePositionForObject(text).Y }
			top := place()
			seen := top
			for _, key := range []string{"Down", "PageDown", "End"} {
				keys.Press(key)
				if now := place(); now >= seen {
					t.Errorf("%s does not go on: from %v to %v", key, seen, now)
				} else {
					seen = now
				}
			}
			if end := seen + text.Size().Height; end > 600 {
				t.Errorf("its end is at %v", end)
			}
			keys.Press("Home")
			if now := place(); now != top {
				t.Errorf("Home leads to %v, want %v", now, top)
			}
		})
	}
}

// TestTheHighlightOfALongChoiceIsInView: a list that is higher than its place.
func TestTheHighlightOfALongChoiceIsInView(t *testing.T) {
	labels := make([]string, 30)
	for i := range labels {
		labels[i] = fmt.Sprintf("Réponse %d", i)
	}
	choice := kit.NewChoice(kit.ChoiceOptions{Options: choices(labels...), Columns: 1, Selected: []string{"réponse 25"}})
	w, keys := show(t, kit.NewScroll(kit.VStack(look.Gap, kit.NewEntry(""), choice)))
	keys.Press("Tab", "Tab")
	for _, key := range []string{"", "End", "Home"} {
		if key != "" {
			keys.Press(key)
		}
		if got := rings(w.Canvas()); got != 1 {
			t.Errorf("after %q %d rings are in view", key, got)
		}
	}
}
