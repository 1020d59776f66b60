package ui

import (
	"image"
	"slices"
	"testing"

	"solidaren/ui/kit"
	"solidaren/ui/model"
	"solidaren/ui/uitest"
	"solidaren/ui/words"
)

// live are pictures of what is drawn by more than one hand: carets, marked texts,
// the sign that shows a passphrase, dialogs, the palette, what was found.
var live = map[string][]string{
	full: {
		"persons-search", "palette-person", "maraude-hour", "directory-filter", "settings", "decide",
	},
	locked: {"lock-wrong"},
	fresh:  {"create"},
}

// TestLooksFollowAtOnce changes the colours under what is on the screen: not a dot
// differs from what it had looked like, had it been brought there in these; and
// what has the focus keeps it, in a larger text, too.
func TestLooksFollowAtOnce(t *testing.T) {
	t.Setenv("HOME", "/home/equipe")
	light := framed{"fr", model.PaletteLight, 1, least, 1}
	night, large := framed{"fr", model.PaletteNight, 1, least, 1}, framed{"fr", model.PaletteNight, 1.5, least, 1}
	for _, s := range states {
		if len(live[s.name]) == 0 {
			continue
		}
		made := s.make(t)
		o := newOffice(t)
		for _, p := range pictures(s.name) {
			if !slices.Contains(live[s.name], p.name) {
				continue
			}
			shown := func(first framed) (shot image.Image) {
				o.clear()
				s.reopen(o, made, first)
				p.show(o)
				o.settle()
				o.dressed(first)
				focus := o.window.Canvas().Focused()
				o.dressed(night)
				o.Say("") // what is said at the bottom goes by itself, in one or the other
				shot = uitest.Picture(o.window.Canvas())
				o.dressed(large)
				if now := o.window.Canvas().Focused(); focus == nil || now != focus {
					t.Errorf("%s: the focus goes from %T to %T", p.name, focus, now)
				}
				return shot
			}
			if n := differ(shown(light), shown(night)); n > 0 {
				t.Errorf("%s: %d dots are those of another look", p.name, n)
			}
		}
	}
}

// differ is how many dots of two pictures differ.
func differ(a, b image.Image) (n int) {
	if a.Bounds() != b.Bounds() {
		return a.Bounds().Dx() * a.Bounds().Dy()
	}
	for y := a.Bounds().Min.Y; y < a.Bounds().Max.Y; y++ {
		for x := a.Bounds().Min.X; x < a.Bounds().Max.X; x++ {
			if a.At(x, y) != b.At(x, y) {
				n++
			}
		}
	}
	return n
}

// TestAnotherLanguageKeepsWhatIsTyped types into the first field of every room,
// and changes the language in the settings: the text is there still.
func TestAnotherLanguageKeepsWhatIsTyped(t *testing.T) {
	o := furnished(t)
	for _, p := range places {
		o.Go(p.name)
		o.settle()
		if !o.toField() {
			continue
		}
		o.typed("zq")
		typed := o.window.Canvas().Focused().(*kit.Entry).Text
		o.Go(roomSettings)
		o.settings.SetLanguage("en")
		o.settle()
		o.Go(p.name)
		o.settle()
		found := false
		uitest.Walk(o.window.Canvas(), func(x uitest.Object) {
			if e, ok := x.CanvasObject.(*kit.Entry); ok && e.Text == typed {
				found = true
			}
		})
		if !found {
			t.Errorf("%s: %q is gone in the other language", p.name, typed)
		}
		o.Go(roomSettings)
		o.settings.SetLanguage("fr")
		o.settle()
	}
	o.Lock()
	o.settle()
	o.typed("une phrase")
	o.settings.SetLanguage("en")
	o.settle()
	if e, ok := o.window.Canvas().Focused().(*kit.Entry); !ok || e.Text != "une phrase" {
		t.Error("lock: the passphrase is gone in the other language")
	}
	words.Use("fr")
}

// toField goes on to the first field of the room.
func (o *office) toField() bool {
	for range len(o.glance().stops) + 1 {
		if o.typing() {
			return true
		}
		o.press("Tab")
	}
	return false
}
