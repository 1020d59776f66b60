// Package theme holds the look of the program: three palettes, the sizes of
// text and the distances, on top of Fyne's default theme, whose own colours are
// too faint to read outdoors at night. Colours are asked for by name only, and
// no state is told by a colour alone; the package draws nothing itself.
package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Names of sizes that Fyne does not have, in device-independent pixels.
const (
	// Question is the text of a question's label.
	Question fyne.ThemeSizeName = "question"
	// Count is the text of a number that is read from afar.
	Count fyne.ThemeSizeName = "count"
	// Target is the least height of what is tapped.
	Target fyne.ThemeSizeName = "target"
	// Finger is what a finger needs, whatever the size of the text.
	Finger fyne.ThemeSizeName = "finger"
	// Gap stands between things that belong together.
	Gap fyne.ThemeSizeName = "gap"
	// CardPadding stands inside a card.
	CardPadding fyne.ThemeSizeName = "cardPadding"
	// Section stands between groups of things.
	Section fyne.ThemeSizeName = "section"
	// RingWidth is the line round what has the focus.
	RingWidth fyne.ThemeSizeName = "ringWidth"
)

// The limits of Options.Scale.
const (
	MinScale float32 = 0.9
	MaxScale float32 = 2.0
)

// Options are what a worker chooses.
type Options struct {
	Palette Palette
	Scale   float32 // of text, MinScale to MaxScale; 0 means 1
	Gloves  bool    // higher targets, for fingers in gloves
}

// Look is the theme of the window.
type Look struct {
	fyne.Theme
	palette Palette
	scale   float32
	gloves  bool
}

// New makes the theme. It ignores Fyne's variant: the palette is the choice.
func New(o Options) *Look {
	scale := o.Scale
	if scale == 0 {
		scale = 1
	}
	return &Look{Theme: theme.DefaultTheme(), palette: o.Palette, scale: min(max(scale, MinScale), MaxScale), gloves: o.Gloves}
}

// Same reports whether another theme looks like this one.
func (l *Look) Same(other *Look) bool {
	return l.palette == other.palette && l.scale == other.scale && l.gloves == other.gloves
}

// SetGloves makes the targets those for gloves, or not, in the theme that is in
// use. It is called on the UI thread; whoever calls it lays the window out again.
// Fyne 2.8.1 reads the fonts anew for every theme that it is given and never lets
// go of the former ones, 3 MiB each time (https://github.com/fyne-io/fyne/issues/3640):
// rooms for gloves come and go too often for that.
func (l *Look) SetGloves(gloves bool) { l.gloves = gloves }

// Color gives a colour of the palette.
func (l *Look) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	if s, ok := swatches[name]; ok {
		return s.in(l.palette)
	}
	if v, ok := veils[name]; ok {
		c := v.in(l.palette)
		c.A = v.alpha
		return c
	}
	return l.Theme.Color(name, variant)
}

// textSizes grow with the chosen scale, and with them the targets.
var textSizes = map[fyne.ThemeSizeName]float32{
	theme.SizeNameCaptionText:    14,
	theme.SizeNameText:           16,
	Question:                     18,
	theme.SizeNameSubHeadingText: 20,
	theme.SizeNameHeadingText:    26,
	theme.SizeNameInlineIcon:     20,
	Count:                        34,
	Target:                       40,
}

var distances = map[fyne.ThemeSizeName]float32{
	Finger:                       40,
	theme.SizeNamePadding:        4,
	theme.SizeNameInnerPadding:   8,
	theme.SizeNameInputBorder:    2,
	theme.SizeNameInputRadius:    6,
	theme.SizeNameButtonRadius:   6,
	theme.SizeNameCardRadius:     6,
	theme.SizeNameDialogRadius:   6,
	theme.SizeNamePopupRadius:    6,
	theme.SizeNameMenuRadius:     6,
	theme.SizeNameScrollBar:      12,
	theme.SizeNameScrollBarSmall: 6,
	Gap:                          8,
	CardPadding:                  16,
	Section:                      24,
	RingWidth:                    3,
}

// gloveTarget is the target for fingers in gloves.
const gloveTarget = 52

// Size gives a size.
func (l *Look) Size(name fyne.ThemeSizeName) float32 {
	switch {
	case name == Target && l.gloves:
		return gloveTarget * l.scale
	case name == Finger && l.gloves:
		return gloveTarget
	}
	if size, ok := textSizes[name]; ok {
		return size * l.scale
	}
	if size, ok := distances[name]; ok {
		return size
	}
	return l.Theme.Size(name)
}
