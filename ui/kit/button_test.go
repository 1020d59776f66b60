package kit_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"solidaren/ui/kit"
)

// TestLeadingButtonIsCut: words of a worker's own, such as those that name a
// row, widen no screen.
func TestLeadingButtonIsCut(t *testing.T) {
	test.NewTempApp(t)
	b := kit.NewButton(strings.Repeat("une place au chaud ", 20), func() {})
	b.Leading = true
	w := test.NewTempWindow(t, b)
	if width := b.MinSize().Width; width > 200 {
		t.Errorf("the button wants %v", width)
	}
	w.Resize(fyne.NewSize(400, 60))
	for _, o := range test.WidgetRenderer(b).Objects() {
		text, ok := o.(*canvas.Text)
		if !ok || text.Text == "" {
			continue
		}
		if !strings.HasSuffix(text.Text, "…") || text.MinSize().Width > b.Size().Width || text.MinSize().Width < b.Size().Width/2 {
			t.Errorf("the button of %v shows %q", b.Size().Width, text.Text)
		}
	}
}
