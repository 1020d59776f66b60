package ui

import (
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"solidaren/diagnostics"
)

// TestGallery draws every place in both languages, in the three palettes and at
// two sizes, into the folder that SOLIDAREN_GALLERY names; without one it draws
// nothing.
func TestGallery(t *testing.T) {
	folder := os.Getenv("SOLIDAREN_GALLERY")
	if folder == "" {
		t.Skip("SOLIDAREN_GALLERY names no folder")
	}
	o := furnished(t)
	for _, language := range []string{"fr", "en"} {
		o.settings.SetLanguage(language)
		for _, look := range []struct {
			palette string
			scale   float64
		}{{"light", 1}, {"dark", 1}, {"night", 1}, {"light", 2}} {
			o.settings.SetPalette(look.palette)
			o.settings.SetScale(look.scale)
			o.settle()
			for _, p := range places {
				o.Go(p.name)
				o.settle()
				o.window.Resize(fyne.NewSize(1280, 720))
				o.settle()
				o.draw(filepath.Join(folder, fmt.Sprintf("%s-%s-%s-%.0f.png", p.name, language, look.palette, 100*look.scale)))
			}
		}
	}
}

func (o *office) draw(file string) {
	o.t.Helper()
	f, err := os.Create(file)
	if err != nil {
		o.t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, o.window.Canvas().Capture()); err != nil {
		o.t.Fatal(err)
	}
}

// furnished is an office with something in every place.
func furnished(t *testing.T) *office {
	t.Helper()
	o := outing(t)
	o.press("4", "1", "2", "Enter", "2", "Enter")
	o.conflict("a25", "a40")
	person, err := o.desk.Notebook.Create(t.Context(), diagnostics.Record{Type: diagnostics.TypePerson, Fields: diagnostics.Values{
		"gender": "f", "age_band": "a40", "identity.handle": "Nadia",
	}})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range []diagnostics.Record{
		{Type: diagnostics.TypeFollowUp, Fields: diagnostics.Values{
			"person": person.ID, "what": "Rendez-vous au CCAS pour la domiciliation",
			"due_on": time.Now().AddDate(0, 0, -2).Format(time.DateOnly),
		}},
		{Type: diagnostics.TypeFollowUp, Fields: diagnostics.Values{"person": person.ID, "due_on": time.Now().Format(time.DateOnly)}},
		{Type: diagnostics.TypeReferral, Fields: diagnostics.Values{
			"person": person.ID, "to": "siao_115", "answer": "accepts",
			"at": diagnostics.FormatTime(time.Now().Add(-72 * time.Hour)),
		}},
	} {
		if _, err := o.desk.Notebook.Create(t.Context(), r); err != nil {
			t.Fatal(err)
		}
	}
	o.press("Ctrl+e", "Enter")
	o.search("accueil")
	o.press("Ctrl+1")
	return o
}
