package theme

import (
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
)

// Contrast after WCAG 2.1: text 4.5, borders and the focus ring 3.
const (
	textRatio   = 4.5
	borderRatio = 3.0
)

func TestContrast(t *testing.T) {
	grounds := []fyne.ThemeColorName{
		theme.ColorNameBackground, theme.ColorNameInputBackground, Raised,
		theme.ColorNameHover, theme.ColorNameSelection,
	}
	pairs := []struct {
		name    fyne.ThemeColorName
		grounds []fyne.ThemeColorName
		least   float64
	}{
		{theme.ColorNameForeground, grounds, textRatio},
		{Muted, grounds, textRatio},
		{theme.ColorNamePlaceHolder, grounds, textRatio},
		{theme.ColorNameDisabled, grounds, textRatio},
		{theme.ColorNameHyperlink, grounds, textRatio},
		{Keycap, grounds, textRatio},
		{theme.ColorNamePrimary, grounds, textRatio},
		{theme.ColorNameError, grounds, textRatio},
		{theme.ColorNameWarning, grounds, textRatio},
		{theme.ColorNameSuccess, grounds, textRatio},
		{Info, grounds, textRatio},
		{Ring, grounds, borderRatio},
		{theme.ColorNameInputBorder, grounds[:3], borderRatio},
		{theme.ColorNameScrollBar, grounds[:3], borderRatio},
		{theme.ColorNameForegroundOnPrimary, []fyne.ThemeColorName{theme.ColorNamePrimary}, textRatio},
		{theme.ColorNameForegroundOnError, []fyne.ThemeColorName{theme.ColorNameError}, textRatio},
		{theme.ColorNameForegroundOnWarning, []fyne.ThemeColorName{theme.ColorNameWarning}, textRatio},
		{theme.ColorNameForegroundOnSuccess, []fyne.ThemeColorName{theme.ColorNameSuccess}, textRatio},
	}
	for _, palette := range Palettes {
		th := New(Options{Palette: palette})
		for _, pair := range pairs {
			for _, ground := range pair.grounds {
				got := contrast(th.Color(pair.name, 0), th.Color(ground, 0))
				if got < pair.least {
					t.Errorf("%s: %s on %s is %.2f:1, want %.1f", palette, pair.name, ground, got, pair.least)
				}
			}
		}
	}
}

func TestNightHasLittleBlueAndLittleLight(t *testing.T) {
	th := New(Options{Palette: Night})
	for name := range swatches {
		_, _, b, _ := th.Color(name, 0).RGBA()
		if b>>8 > 0x80 {
			t.Errorf("%s has blue %#x", name, b>>8)
		}
	}
	for _, name := range []fyne.ThemeColorName{theme.ColorNameBackground, theme.ColorNameInputBackground, Raised} {
		if l := luminance(th.Color(name, 0)); l > 0.01 {
			t.Errorf("%s gives off %.3f", name, l)
		}
	}
}

func TestEveryColourNameOfFyneIsOurs(t *testing.T) {
	for _, palette := range Palettes {
		test.AssertAllColorNamesDefined(t, New(Options{Palette: palette}), string(palette))
	}
}

func TestScale(t *testing.T) {
	for _, c := range []struct {
		name    string
		options Options
		size    fyne.ThemeSizeName
		want    float32
	}{
		{"as designed", Options{}, theme.SizeNameText, 16},
		{"twice", Options{Scale: 2}, theme.SizeNameText, 32},
		{"not below the least", Options{Scale: 0.1}, theme.SizeNameText, 16 * MinScale},
		{"not above the most", Options{Scale: 9}, theme.SizeNameText, 16 * MaxScale},
		{"distances stay", Options{Scale: 2}, Gap, 8},
		{"gloves", Options{Gloves: true}, Target, 52},
		{"a finger does not grow", Options{Scale: 2}, Finger, 40},
		{"a glove does not grow", Options{Scale: 2, Gloves: true}, Finger, 52},
		{"the rest is Fyne's", Options{}, theme.SizeNameWindowButtonIcon, theme.DefaultTheme().Size(theme.SizeNameWindowButtonIcon)},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := New(c.options).Size(c.size); got != c.want {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

func TestNextPaletteGoesRound(t *testing.T) {
	if p := Light.Next().Next().Next(); p != Light {
		t.Errorf("got %s", p)
	}
	if p := Palette("").Next(); p != Light {
		t.Errorf("an unknown palette goes to %s", p)
	}
}

func contrast(a, b color.Color) float64 {
	high, low := luminance(a), luminance(b)
	if high < low {
		high, low = low, high
	}
	return (high + 0.05) / (low + 0.05)
}

func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	linear := func(v uint32) float64 {
		f := float64(v) / 0xFFFF
		if f <= 0.03928 {
			return f / 12.92
		}
		return math.Pow((f+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}
