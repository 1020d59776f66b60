package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Names of colours that Fyne does not have.
const (
	// Muted is the text of hints.
	Muted fyne.ThemeColorName = "muted"
	// Raised is the background of what stands above the page.
	Raised fyne.ThemeColorName = "raised"
	// Ring is drawn round what has the focus.
	Ring fyne.ThemeColorName = "ring"
	// Keycap is the text of a key shown on screen.
	Keycap fyne.ThemeColorName = "keycap"
	// Info marks a neutral message.
	Info fyne.ThemeColorName = "info"
)

// Palette names one of the three sets of colours.
type Palette string

// The palettes. Night keeps the eyes used to the dark: red hues, little light.
const (
	Light Palette = "light"
	Dark  Palette = "dark"
	Night Palette = "night"
)

// Palettes lists them in the order in which they are switched.
var Palettes = []Palette{Light, Dark, Night}

// Next is the palette after p, round again after the last.
func (p Palette) Next() Palette {
	for i, q := range Palettes {
		if p == q {
			return Palettes[(i+1)%len(Palettes)]
		}
	}
	return Light
}

// swatch is one colour in the three palettes, as 0xRRGGBB.
type swatch struct{ light, dark, night uint32 }

func (s swatch) in(p Palette) color.NRGBA {
	rgb := s.light
	switch p {
	case Dark:
		rgb = s.dark
	case Night:
		rgb = s.night
	}
	return color.NRGBA{R: uint8(rgb >> 16), G: uint8(rgb >> 8), B: uint8(rgb), A: 0xFF}
}

// The grounds that text can stand on.
var (
	ground    = swatch{0xFBFAF7, 0x16181C, 0x080201}
	surface   = swatch{0xFFFFFF, 0x1F2227, 0x110403}
	raised    = swatch{0xF1EFE9, 0x292D33, 0x180605}
	hover     = swatch{0xE9EEF6, 0x2B3038, 0x1E0806}
	selection = swatch{0xCFE0F8, 0x2A4463, 0x2C0D09}
	separator = swatch{0xD8D6CF, 0x3A3E45, 0x3A1410}

	foreground = swatch{0x1B1B1F, 0xECECEA, 0xE4664F}
	border     = swatch{0x75767E, 0x989CA4, 0xB04636}
	quiet      = swatch{0x5F6069, 0xB0B3B9, 0xD65741}
)

// swatches gives every colour name its colour. Ratios are checked by the test.
var swatches = map[fyne.ThemeColorName]swatch{
	theme.ColorNameBackground:                ground,
	theme.ColorNameInputBackground:           surface,
	theme.ColorNameButton:                    raised,
	theme.ColorNameDisabledButton:            raised,
	theme.ColorNameHeaderBackground:          raised,
	theme.ColorNameMenuBackground:            raised,
	theme.ColorNameOverlayBackground:         raised,
	Raised:                                   raised,
	theme.ColorNameHover:                     hover,
	theme.ColorNamePressed:                   selection,
	theme.ColorNameSelection:                 selection,
	theme.ColorNameSeparator:                 separator,
	theme.ColorNameInnerWindowBorder:         separator,
	theme.ColorNameInnerWindowBorderInactive: separator,
	theme.ColorNameScrollBar:                 border,
	theme.ColorNameScrollBarBackground:       ground,
	theme.ColorNameForeground:                foreground,
	Muted:                                    {0x55565C, 0xBDBFC5, 0xDA5B45},
	theme.ColorNamePlaceHolder:               quiet,
	theme.ColorNameDisabled:                  quiet,
	theme.ColorNameHyperlink:                 {0x1A4B8E, 0xA9CBF8, 0xEC7257},
	Keycap:                                   {0x3A3B42, 0xD5D7DB, 0xEC7257},
	theme.ColorNamePrimary:                   {0x1F4E8C, 0x9CC2F5, 0xEC7257},
	theme.ColorNameForegroundOnPrimary:       {0xFFFFFF, 0x0E2338, 0x140302},
	theme.ColorNameInputBorder:               border,
	Ring:                                     {0x0B57D0, 0x7FB2FF, 0xFF9A6C},
	theme.ColorNameError:                     {0xB3261E, 0xFF9E95, 0xFFAA80},
	theme.ColorNameForegroundOnError:         {0xFFFFFF, 0x3B0905, 0x1A0503},
	theme.ColorNameWarning:                   {0x8A4B00, 0xF2B661, 0xEE9548},
	theme.ColorNameForegroundOnWarning:       {0xFFFFFF, 0x2E1B00, 0x160800},
	theme.ColorNameSuccess:                   {0x1E6B36, 0x86D39A, 0xD79A5C},
	theme.ColorNameForegroundOnSuccess:       {0xFFFFFF, 0x06260F, 0x140800},
	Info:                                     {0x2B5B84, 0x9FC6E8, 0xD9694F},
}

// veils are drawn over other things: their colour lets these shine through.
var veils = map[fyne.ThemeColorName]struct {
	swatch
	alpha uint8
}{
	theme.ColorNameFocus:  {swatch{0x0B57D0, 0x7FB2FF, 0xFF9A6C}, 0x30},
	theme.ColorNameShadow: {swatch{0x000000, 0x000000, 0x000000}, 0x50},
}
