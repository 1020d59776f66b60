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
