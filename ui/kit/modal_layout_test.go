package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	look "solidaren/ui/kit/theme"
)

// The bar of a dialog that scrolls stands beside the content, and takes nothing
// of its width.
func TestDialogKeepsItsContentClearOfTheBar(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.New(look.Options{Palette: look.Light}))
	tall := canvas.NewRectangle(nil)
	tall.SetMinSize(fyne.NewSize(100, 500))
	for _, c := range []struct {
		height float32
		bar    bool
	}{{900, false}, {300, true}} {
		layout := &dialogLayout{content: tall}
		content := container.New(&layout.bar, tall)
		scroll := NewScroll(content)
		box := container.New(layout, Subheading("Quartier"), scroll, container.NewHBox(NewButton("Fermer", nil)))
		box.Resize(fyne.NewSize(400, c.height))
		if got := scroll.Size().Width > 400; got != c.bar {
			t.Errorf("%v high: a bar %v", c.height, got)
		}
		if tall.Size().Width != 400 {
			t.Errorf("%v high: the content is %v wide", c.height, tall.Size().Width)
		}
	}
}

// What grows in a dialog has its room there, and the dialog keeps it when that
// becomes smaller again: its buttons do not go from under the mouse.
func TestDialogFitsWhatGrows(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(look.New(look.Options{Palette: look.Light}))
	window := app.NewWindow("")
	defer window.Close()
	window.SetContent(Text(""))
	window.Resize(fyne.NewSize(700, 600))
	modals := NewModals(window)
	modals.Fit() // nothing is on screen
	grows := canvas.NewRectangle(nil)
	grows.SetMinSize(fyne.NewSize(100, 10))
	modals.Show(Dialog{Title: "Quartier", Content: VStack(look.Gap, grows), Buttons: []Action{{Text: "Fermer"}}})
	box := window.Canvas().Overlays().Top().(*fyne.Container).Objects[1]
	small := box.Size().Height
	grows.SetMinSize(fyne.NewSize(100, 200))
	modals.Fit()
	grown := box.Size().Height
	if grown < small+190 {
		t.Errorf("%v high, then %v", small, grown)
	}
	grows.SetMinSize(fyne.NewSize(100, 10))
	modals.Fit()
	if got := box.Size().Height; got != grown {
		t.Errorf("%v high, then %v", grown, got)
	}
	window.Resize(fyne.NewSize(700, 500))
	if got := box.Size().Height; got != small {
		t.Errorf("in another window %v high, not %v", got, small)
	}
}
