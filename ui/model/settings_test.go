package model_test

import (
	"testing"

	"solidaren/ui/model"
)

// kept are preferences in memory.
type kept struct {
	words   map[string]string
	numbers map[string]float64
}

func newKept() *kept { return &kept{map[string]string{}, map[string]float64{}} }

func (k *kept) String(key string) string           { return k.words[key] }
func (k *kept) SetString(key, value string)        { k.words[key] = value }
func (k *kept) Float(key string) float64           { return k.numbers[key] }
func (k *kept) SetFloat(key string, value float64) { k.numbers[key] = value }
func (k *kept) open(language string) *model.Settings {
	s := model.NewSettings(k, language)
	s.OnChange = func() {}
	return s
}

func TestSettingsAreKept(t *testing.T) {
	k := newKept()
	s := k.open("fr")
	if s.Language != "fr" || s.Palette != model.PaletteLight || s.Scale != 1 {
		t.Fatalf("the first start shows %+v", s)
	}
	s.SetLanguage("en")
	s.NextPalette()
	s.Larger()
	if !s.Advance {
		t.Error("at first a key does not go on")
	}
	s.SetAdvance(false)
	again := k.open("fr")
	if again.Advance {
		t.Error("a key goes on again")
	}
	if again.Language != "en" || again.Palette != model.PaletteDark || again.Scale != 1.1 {
		t.Errorf("the second start shows %+v", again)
	}
}

func TestSettingsHoldTheirBounds(t *testing.T) {
	s := newKept().open("fr")
	for range 40 {
		s.Larger()
	}
	if s.Scale != model.MaxScale {
		t.Errorf("the text grew to %v", s.Scale)
	}
	for range 40 {
		s.Smaller()
	}
	if s.Scale != model.MinScale {
		t.Errorf("the text shrank to %v", s.Scale)
	}
	for range 3 {
		s.NextPalette()
	}
	if s.Palette != model.PaletteLight {
		t.Errorf("three palettes on it is %q", s.Palette)
	}
}

func TestSettingsIgnoreWhatTheyDoNotKnow(t *testing.T) {
	k := newKept()
	k.SetString("language", "de")
	k.SetString("palette", "pink")
	k.SetFloat("scale", 9)
	if s := k.open("en"); s.Language != "en" || s.Palette != model.PaletteLight || s.Scale != 1 {
		t.Errorf("damaged preferences give %+v", s)
	}
}
