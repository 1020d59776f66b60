package kit_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"solidaren/ui/kit"
	look "solidaren/ui/kit/theme"
)

// lettered are the texts that a widget draws.
func lettered(w fyne.Widget) (texts []*canvas.Text) {
	for _, o := range test.WidgetRenderer(w).Objects() {
		if text, ok := o.(*canvas.Text); ok {
			texts = append(texts, text)
		}
	}
	return texts
}

// TestNoLineBeginsWithAMark: whatever the width, French quotation marks and high
// punctuation stay with the word that they belong to.
func TestNoLineBeginsWithAMark(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.New(look.Options{Palette: look.Light}))
	label := kit.Text("« Perdu de vue » est une fin : laquelle ? Il reste 12 % ; non !")
	for width := float32(120); width < 600; width += 5 {
		label.Resize(fyne.NewSize(width, 10))
		for _, text := range lettered(label) {
			if strings.ContainsAny(text.Text[:1], ":;?!%") || strings.HasPrefix(text.Text, "»") || strings.HasSuffix(text.Text, "«") {
				t.Fatalf("at width %v a line is %q", width, text.Text)
			}
		}
	}
}

// TestSymbolsAreMeasuredAsDrawn: what stands at the right of a line ends there.
func TestSymbolsAreMeasuredAsDrawn(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.New(look.Options{Palette: look.Light}))
	label := kit.Caption("↑ ↓").Whole()
	label.Resize(label.MinSize())
	end := float32(0)
	for _, text := range lettered(label) {
		end = max(end, text.Position().X+text.MinSize().Width)
	}
	if off := label.Natural() - end; off > 1 || off < -1 {
		t.Errorf("it is measured %v and drawn %v wide", label.Natural(), end)
	}
}

// TestChoiceWithoutKeys: where no answer has a key no room is left for one.
func TestChoiceWithoutKeys(t *testing.T) {
	left := func(options ...kit.Option) float32 {
		choice := kit.NewChoice(kit.ChoiceOptions{Options: options, Columns: 2})
		show(t, choice)
		for _, o := range test.WidgetRenderer(choice).Objects() {
			if label, ok := o.(*kit.Label); ok && label.Text == "Français" {
				return label.Position().X
			}
		}
		t.Fatal("the answer is not shown")
		return 0
	}
	with, without := left(choices("Français", "English")...), left(kit.Option{Value: "fr", Label: "Français"}, kit.Option{Value: "en", Label: "English"})
	if without >= with {
		t.Errorf("the words begin at %v without keys, at %v with them", without, with)
	}
}

// TestCountOfANarrowRail stands clear of the sign and of the key.
func TestCountOfANarrowRail(t *testing.T) {
	item := kit.NewRailItem("today", "Aujourd'hui", "1", nil)
	show(t, item)
	item.SetNarrow(true)
	item.Mark(false, 2)
	item.Resize(fyne.NewSize(62, 37))
	var count *canvas.Text
	var sign, key fyne.CanvasObject
	for _, o := range test.WidgetRenderer(item).Objects() {
		switch o := o.(type) {
		case *canvas.Image:
			sign = o
		case *canvas.Text:
			if o.Text == "2" {
				count = o
			}
		case *canvas.Rectangle:
			if size := o.Size(); size.Width > 10 && size.Width < 40 && size.Height > 10 {
				key = o
			}
		}
	}
	left, right := count.Position().X, count.Position().X+count.Size().Width
	if end := sign.Position().X + sign.Size().Width; left < end {
		t.Errorf("the count begins at %v, the sign ends at %v", left, end)
	}
	if right > key.Position().X {
		t.Errorf("the count ends at %v, the key begins at %v", right, key.Position().X)
	}
}
