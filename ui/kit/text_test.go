package kit_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"solidaren/ui/kit"
	look "solidaren/ui/kit/theme"
)

// linesOf are the texts that a label or prose draws.
func linesOf(o fyne.Widget) (lines []string, sizes map[float32]bool) {
	sizes = map[float32]bool{}
	for _, text := range test.WidgetRenderer(o).Objects() {
		lines = append(lines, text.(*canvas.Text).Text)
		sizes[text.(*canvas.Text).TextSize] = true
	}
	return lines, sizes
}

// TestTextIsLaidOutAnew: a text that was laid out once follows whatever its
// layout depends on.
func TestTextIsLaidOutAnew(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(look.New(look.Options{Palette: look.Light, Scale: 1}))
	const text = "Présence supposée, sans pouvoir parler"
	label, prose := kit.Text(text), kit.ProseText()
	prose.Set([]kit.Paragraph{{Spans: []kit.Span{{Text: text}}}})
	for _, step := range []struct {
		name string
		do   func()
		more bool // lines, or higher ones; else less
	}{
		{"narrower", func() { label.Resize(fyne.NewSize(120, 20)); prose.Resize(fyne.NewSize(120, 20)) }, true},
		{"larger", func() { app.Settings().SetTheme(look.New(look.Options{Palette: look.Light, Scale: 2})) }, true},
		{"another text", func() { label.Set("Un"); prose.Set([]kit.Paragraph{{Spans: []kit.Span{{Text: "Un"}}}}) }, false},
		{"a text put there", func() { label.Text = text; prose.Set([]kit.Paragraph{{Spans: []kit.Span{{Text: text}}}}) }, true},
		{"wider", func() { label.Resize(fyne.NewSize(4000, 20)); prose.Resize(fyne.NewSize(4000, 20)) }, false},
	} {
		before := [2]float32{label.MinSize().Height, prose.MinSize().Height}
		step.do()
		label.Refresh()
		prose.Refresh()
		for i, after := range [2]float32{label.MinSize().Height, prose.MinSize().Height} {
			if after == before[i] || (after > before[i]) != step.more {
				t.Errorf("%s: the height goes from %v to %v", step.name, before[i], after)
			}
		}
		if lines, sizes := linesOf(label); len(lines) == 0 || len(sizes) != 1 {
			t.Errorf("%s: the label draws %q in sizes %v", step.name, lines, sizes)
		}
	}
	label.OneLine().Resize(fyne.NewSize(100, 20))
	if lines, _ := linesOf(label); len(lines) != 1 {
		t.Errorf("one line is drawn as %q", lines)
	}
	label.Whole()
	if width := label.MinSize().Width; width < label.Natural() {
		t.Errorf("the whole text takes %v of %v", width, label.Natural())
	}
}

// BenchmarkTextAskedAgain compares what a window asks of a text for most of the
// time, with laying it out.
func BenchmarkTextAskedAgain(b *testing.B) {
	test.NewTempApp(b)
	label := kit.Text("Présence supposée, sans pouvoir parler à la personne, qui dort sous un auvent près de la gare routière")
	var anew, again time.Duration
	for i := range b.N {
		begin := time.Now()
		label.Resize(fyne.NewSize(float32(150+i%2), 20))
		label.MinSize()
		anew += time.Since(begin)
		begin = time.Now()
		label.Refresh()
		label.MinSize()
		again += time.Since(begin)
	}
	b.ReportMetric(float64(again)/float64(anew), "again/anew")
}

// TestChoiceIsPlacedAnew: the places of the options follow what they depend on.
func TestChoiceIsPlacedAnew(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(look.New(look.Options{Palette: look.Light, Scale: 1}))
	options := choices("Présence supposée, sans pouvoir parler", "Mot laissé", "Dort")
	c := kit.NewChoice(kit.ChoiceOptions{Options: options, Stand: kit.Packed})
	c.Resize(fyne.NewSize(900, 10))
	for _, step := range []struct {
		name string
		do   func()
		more bool // height, else less
	}{
		{"narrower", func() { c.Resize(fyne.NewSize(300, 10)) }, true},
		{"larger text", func() { app.Settings().SetTheme(look.New(look.Options{Palette: look.Light, Scale: 2})) }, true},
		{"a shorter answer", func() { c.Options[0].Label = "Non" }, false},
		{"gloves", func() { app.Settings().SetTheme(look.New(look.Options{Palette: look.Light, Scale: 2, Gloves: true})) }, true},
		{"fewer answers", func() { c.Options = c.Options[:1] }, false},
		{"wider", func() { c.Resize(fyne.NewSize(1200, 10)) }, false},
	} {
		before := c.MinSize().Height
		step.do()
		c.Refresh()
		if after := c.MinSize().Height; after > before != step.more && (after != before || step.more) {
			t.Errorf("%s: the height goes from %v to %v", step.name, before, after)
		}
	}
}

// BenchmarkChoiceAskedAgain is BenchmarkTextAskedAgain for a choice.
func BenchmarkChoiceAskedAgain(b *testing.B) {
	test.NewTempApp(b).Settings().SetTheme(look.New(look.Options{Palette: look.Light, Scale: 1}))
	c := kit.NewChoice(kit.ChoiceOptions{Options: choices("Présence supposée, sans pouvoir parler", "Mot laissé", "Dort", "Échange", "Échange bref", "Ne souhaite pas échanger")})
	var anew, again time.Duration
	for i := range b.N {
		begin := time.Now()
		c.Resize(fyne.NewSize(float32(600+i%2), 20))
		anew += time.Since(begin)
		begin = time.Now()
		c.MinSize()
		again += time.Since(begin)
	}
	b.ReportMetric(float64(again)/float64(anew), "again/anew")
}
