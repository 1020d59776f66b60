package kit_test

import (
	"bytes"
	"image"
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"solidaren/ui/kit"
	look "solidaren/ui/kit/theme"
)

// colourless is the look of the program in ink and paper: all grounds are one
// colour, everything drawn on them another.
type colourless struct{ fyne.Theme }

func (c colourless) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	switch name {
	case theme.ColorNameBackground, theme.ColorNameInputBackground, theme.ColorNameButton, theme.ColorNameDisabledButton,
		theme.ColorNameHeaderBackground, theme.ColorNameMenuBackground, theme.ColorNameOverlayBackground, look.Raised,
		theme.ColorNameHover, theme.ColorNamePressed, theme.ColorNameSelection, theme.ColorNameForegroundOnPrimary,
		theme.ColorNameForegroundOnError, theme.ColorNameForegroundOnWarning, theme.ColorNameForegroundOnSuccess:
		return color.White
	case theme.ColorNameFocus, theme.ColorNameShadow:
		return color.Transparent
	}
	return color.Black
}

// picture draws an object in ink and paper; focused gives it the focus.
func picture(t *testing.T, o fyne.CanvasObject, focused bool) []byte {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(colourless{look.New(look.Options{Palette: look.Light})})
	w := app.NewWindow("")
	defer w.Close()
	w.SetContent(kit.VStack(look.Gap, o))
	w.Resize(fyne.NewSize(500, 160))
	if focused {
		w.Canvas().Focus(o.(fyne.Focusable))
	}
	shot := w.Canvas().Capture().(*image.NRGBA)
	return bytes.Clone(shot.Pix)
}

// TestNoStateIsToldByColourAlone (WCAG 1.4.1): two states of a thing differ in
// a word, a sign or a shape, and so in a picture without colours.
func TestNoStateIsToldByColourAlone(t *testing.T) {
	chosen := func(selected ...string) fyne.CanvasObject {
		return kit.NewChoice(kit.ChoiceOptions{Options: choices("Un", "Deux"), Selected: selected})
	}
	list := func(line kit.Line) fyne.CanvasObject {
		return kit.Lines(1, kit.NewList(kit.ListOptions{Length: func() int { return 1 }, Line: func(int) kit.Line { return line }}))
	}
	told := func(show func(*kit.Label)) fyne.CanvasObject {
		l := kit.Text("").Whole()
		show(l)
		return l
	}
	button := func(change func(*kit.Button)) fyne.CanvasObject {
		b := kit.NewButton("Envoyer", func() {})
		change(b)
		return b
	}
	rail := func(current bool) fyne.CanvasObject {
		i := kit.NewRailItem("today", "Aujourd'hui", "1", nil)
		i.Mark(current, 0)
		return i
	}
	for _, c := range []struct {
		name    string
		states  []fyne.CanvasObject
		focused bool // the first one
	}{
		{"chosen", []fyne.CanvasObject{chosen("un"), chosen("deux"), chosen()}, false},
		{"ticked", []fyne.CanvasObject{kit.NewCheck("Oui", true, nil), kit.NewCheck("Oui", false, nil)}, false},
		{"a place and where one is", []fyne.CanvasObject{rail(true), rail(false)}, false},
		{"a line and the current one", []fyne.CanvasObject{list(kit.Line{Title: "a"}), list(kit.Line{Title: "a", Current: true})}, false},
		{"a button and the current one", []fyne.CanvasObject{button(func(*kit.Button) {}), button(func(b *kit.Button) { b.SetCurrent(true) })}, false},
		{"what is wrong, what looks wrong", []fyne.CanvasObject{
			told(func(l *kit.Label) { kit.ShowFault(l, "Trop.") }), told(func(l *kit.Label) { kit.ShowWarning(l, "Trop.") }), told(func(l *kit.Label) { l.Set("Trop.") }),
		}, false},
		{"messages", []fyne.CanvasObject{
			kit.NewBanner(kit.Fault, "Dit."), kit.NewBanner(kit.Warning, "Dit."), kit.NewBanner(kit.Info, "Dit."), kit.NewBanner(kit.Success, "Dit."),
		}, false},
		{"the focus of a field", []fyne.CanvasObject{kit.NewEntry("x"), kit.NewEntry("x")}, true},
		{"the focus of a button", []fyne.CanvasObject{button(func(*kit.Button) {}), button(func(*kit.Button) {})}, true},
		{"the focus of a choice", []fyne.CanvasObject{chosen("un"), chosen("un")}, true},
		{"the focus of a box", []fyne.CanvasObject{kit.NewCheck("Oui", true, nil), kit.NewCheck("Oui", true, nil)}, true},
		{"the focus of the rail", []fyne.CanvasObject{rail(true), rail(true)}, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			if !bytes.Equal(picture(t, c.states[1], false), picture(t, c.states[1], false)) {
				t.Fatal("one state has two pictures")
			}
			var drawn [][]byte
			for i, o := range c.states {
				shot := picture(t, o, c.focused && i == 0)
				for before, other := range drawn {
					if bytes.Equal(shot, other) {
						t.Errorf("states %d and %d look the same without colours", before, i)
					}
				}
				drawn = append(drawn, shot)
			}
		})
	}
}
