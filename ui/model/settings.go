package model

import (
	"slices"
	"strings"
	"time"
)

// Preferences keep the choices of this computer between two starts, apart from
// any notebook: they hold nothing personal.
type Preferences interface {
	String(key string) string
	SetString(key, value string)
	Float(key string) float64
	SetFloat(key string, value float64)
}

// Palettes of the window, the lightest first.
const (
	PaletteLight = "light"
	PaletteDark  = "dark"
	PaletteNight = "night"
)

// Palettes lists them in the order in which one key goes through them.
func Palettes() []string { return []string{PaletteLight, PaletteDark, PaletteNight} }

// Bounds of the text size, as a factor.
const (
	MinScale  = 0.9
	MaxScale  = 2.0
	scaleStep = 0.1
)

// Settings are the language and the looks of the window. A change counts at
// once.
type Settings struct {
	Language string // "fr" or "en"
	Palette  string
	Scale    float64
	Idle     time.Duration // after which an open notebook locks by itself
	// Advance lets a choice by key go on to the next question.
	Advance bool

	OnChange func()

	kept   Preferences
	recent []string // ids of the commands used last from the palette
}

// Keys of the preferences.
const (
	keyLanguage = "language"
	keyPalette  = "palette"
	keyScale    = "scale"
	keyRecent   = "recent"
	keyIdle     = "idle"    // minutes
	keyAdvance  = "advance" // off, else on
)

const off = "off"

// NewSettings reads the preferences. What is missing or out of range gets a
// default; language is that of the system where none was chosen.
func NewSettings(kept Preferences, language string) *Settings {
	s := &Settings{Language: language, Palette: PaletteLight, Scale: 1, Idle: IdleTimes()[0], kept: kept}
	if chosen := time.Duration(kept.Float(keyIdle) * float64(time.Minute)); slices.Contains(IdleTimes(), chosen) {
		s.Idle = chosen
	}
	if chosen := kept.String(keyLanguage); chosen == "fr" || chosen == "en" {
		s.Language = chosen
	}
	if chosen := kept.String(keyPalette); slices.Contains(Palettes(), chosen) {
		s.Palette = chosen
	}
	if chosen := kept.Float(keyScale); chosen >= MinScale && chosen <= MaxScale {
		s.Scale = chosen
	}
	s.recent = strings.Fields(kept.String(keyRecent))
	s.Advance = kept.String(keyAdvance) != off
	return s
}

// SetAdvance lets a choice by key go on to the next question, or not.
func (s *Settings) SetAdvance(on bool) {
	s.Advance = on
	s.kept.SetString(keyAdvance, map[bool]string{true: "on", false: off}[on])
	s.OnChange()
}

// recentCommands is how many commands the palette offers first.
const recentCommands = 5

// Recent are the ids of the commands that were used last, the newest first.
func (s *Settings) Recent() []string { return slices.Clone(s.recent) }

// Use remembers that a command was used.
func (s *Settings) Use(id string) {
	s.recent = slices.DeleteFunc(s.recent, func(other string) bool { return other == id })
	s.recent = slices.Insert(s.recent, 0, id)
	s.recent = s.recent[:min(len(s.recent), recentCommands)]
	s.kept.SetString(keyRecent, strings.Join(s.recent, " "))
}

// SetLanguage changes the language of the window.
func (s *Settings) SetLanguage(language string) {
	s.Language = language
	s.kept.SetString(keyLanguage, language)
	s.OnChange()
}

// SetIdle changes the time after which an open notebook locks by itself; only
// those of IdleTimes count.
func (s *Settings) SetIdle(idle time.Duration) {
	if !slices.Contains(IdleTimes(), idle) {
		return
	}
	s.Idle = idle
	s.kept.SetFloat(keyIdle, idle.Minutes())
	s.OnChange()
}

// SetPalette changes the colours.
func (s *Settings) SetPalette(palette string) {
	s.Palette = palette
	s.kept.SetString(keyPalette, palette)
	s.OnChange()
}

// NextPalette goes on to the next palette: light, dark, night, light.
func (s *Settings) NextPalette() {
	all := Palettes()
	s.SetPalette(all[(slices.Index(all, s.Palette)+1)%len(all)])
}

// Larger makes the text one step larger, up to MaxScale.
func (s *Settings) Larger() { s.SetScale(s.Scale + scaleStep) }

// Smaller makes the text one step smaller, down to MinScale.
func (s *Settings) Smaller() { s.SetScale(s.Scale - scaleStep) }

// SetScale changes the text size, held within its bounds.
func (s *Settings) SetScale(scale float64) {
	scale = min(max(scale, MinScale), MaxScale)
	s.Scale = float64(int(scale*10+0.5)) / 10
	s.kept.SetFloat(keyScale, s.Scale)
	s.OnChange()
}
