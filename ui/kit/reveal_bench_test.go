package kit_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"solidaren/ui/kit"
	look "solidaren/ui/kit/theme"
)

// BenchmarkReveal brings the last field of a long form into view, beside a rail
// and with screens that were shown before, and prints how long that takes
// compared with one walk of Fyne through the window.
func BenchmarkReveal(b *testing.B) {
	app := test.NewTempApp(b)
	app.Settings().SetTheme(look.New(look.Options{Palette: look.Light}))
	window := app.NewWindow("")
	defer window.Close()
	screen := func() (*fyne.Container, fyne.CanvasObject) {
		var rail, fields []fyne.CanvasObject
		for range 12 {
			rail = append(rail, kit.NewButton("Maraude", nil))
		}
		for range 60 {
			fields = append(fields, kit.NewField("Où la personne dort-elle ?", kit.NewEntry("")))
		}
		last := kit.NewEntry("")
		form := kit.NewScroll(kit.VStack(look.Gap, append(fields, last)...))
		middle := kit.NewScroll(kit.Framed(kit.Heading("Entretien"), form, kit.NewButton("Terminer", nil)))
		return kit.Framed(kit.NewScroll(kit.VStack(look.Gap, rail...)), middle, kit.Caption("")), last
	}
	var last fyne.CanvasObject
	for range 3 {
		var content fyne.CanvasObject
		content, last = screen()
		window.SetContent(content)
		window.Resize(fyne.NewSize(1024, 600))
	}
	window.Canvas().Focus(last.(fyne.Focusable))
	var reveal, walk time.Duration
	for b.Loop() {
		start := time.Now()
		kit.Reveal(last)
		reveal += time.Since(start)
		start = time.Now()
		app.Driver().AbsolutePositionForObject(last)
		walk += time.Since(start)
	}
	b.ReportMetric(float64(reveal)/float64(walk), "walks/reveal")
}
