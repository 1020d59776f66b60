// Package settings changes the language and the looks of the window, at once
// and without a restart.
package settings

import (
	"math"

	"fyne.io/fyne/v2"

	"solidaren/ui/kit"
	"solidaren/ui/kit/page"
	look "solidaren/ui/kit/theme"
	"solidaren/ui/model"
	"solidaren/ui/words"
)

// Screen shows model.Settings.
type Screen struct {
	model   *model.Settings
	window  Window
	object  fyne.CanvasObject
	first   *kit.Choice
	palette *kit.Choice
	size    *kit.Label
}

// Window is what the screen asks of the window.
type Window interface {
	OpenSecurity() // goes to the safety of the notebook
}

// New makes the screen.
func New(m *model.Settings, w Window) *Screen { return &Screen{model: m, window: w} }

// Object is what the window shows.
func (s *Screen) Object() fyne.CanvasObject { return s.object }

// Title of the window while the screen is in front.
func (s *Screen) Title() string { return words.T("nav.settings") }

// Close has nothing to end.
func (s *Screen) Close() {}

// Load shows the text size as it is, which a shortcut may have changed.
func (s *Screen) Load() {
	s.palette.Update(s.palette.Options, []string{s.model.Palette})
	s.size.Set(words.T("settings.size.now", int(math.Round(s.model.Scale*100))))
}

// Focus goes to the first choice.
func (s *Screen) Focus() { kit.Focus(s.first) }

// Chooses reports whether something is chosen by its digit.
func (s *Screen) Chooses() bool { return true }

// Build makes the widgets, again in another language.
func (s *Screen) Build() {
	s.first = kit.NewChoice(kit.ChoiceOptions{
		Options:  page.Keyed(kit.Option{Value: "fr", Label: "Français"}, kit.Option{Value: "en", Label: "English"}),
		Selected: []string{s.model.Language}, Columns: 2, OnAnswer: one(&s.model.Language, s.model.SetLanguage),
	})
	s.palette = kit.NewChoice(kit.ChoiceOptions{
		Options: page.Keyed(
			kit.Option{Value: model.PaletteLight, Label: words.T("settings.light")},
			kit.Option{Value: model.PaletteDark, Label: words.T("settings.dark")},
			kit.Option{Value: model.PaletteNight, Label: words.T("settings.night")}),
		Selected: []string{s.model.Palette}, Columns: 3, OnAnswer: one(&s.model.Palette, s.model.SetPalette),
	})
	idle := kit.NewChoice(kit.ChoiceOptions{
		Options:  page.Keyed(idleOptions()...),
		Selected: []string{s.model.Idle.String()}, Columns: 3, OnAnswer: s.onIdle,
	})
	s.size = kit.Text("").Whole()
	size := kit.HStack(look.Gap, kit.NewButton(words.T("settings.smaller"), s.model.Smaller), s.size,
		kit.NewButton(words.T("settings.larger"), s.model.Larger))
	advance := kit.NewChoice(kit.ChoiceOptions{
		Options: page.Keyed(
			kit.Option{Value: "on", Label: words.T("settings.advance.on")},
			kit.Option{Value: "off", Label: words.T("settings.advance.off")}),
		Selected: []string{map[bool]string{true: "on", false: "off"}[s.model.Advance]}, Columns: 2,
		OnAnswer: func(chosen []string, _ bool) {
			if on := len(chosen) == 1 && chosen[0] == "on"; on != s.model.Advance {
				s.model.SetAdvance(on)
			}
		},
	})
	s.object = page.New(words.T("nav.settings"), page.Column(
		page.Field(words.T("settings.language"), words.T("settings.language.hint"), s.first),
		page.Field(words.T("settings.palette"), "", s.palette),
		page.Field(words.T("settings.advance"), words.T("settings.advance.hint"), advance),
		page.Field(words.T("settings.size"), words.T("settings.size.hint"), size),
		page.Field(words.T("settings.idle"), words.T("settings.idle.hint"), idle)),
		kit.NewButton(words.T("nav.security"), s.window.OpenSecurity))
	s.Load()
}

func idleOptions() []kit.Option {
	var options []kit.Option
	for _, idle := range model.IdleTimes() {
		options = append(options, kit.Option{Value: idle.String(), Label: words.T("settings.idle.minutes", int(idle.Minutes()))})
	}
	return options
}

func (s *Screen) onIdle(chosen []string, _ bool) {
	for _, idle := range model.IdleTimes() {
		if len(chosen) == 1 && chosen[0] == idle.String() && idle != s.model.Idle {
			s.model.SetIdle(idle)
		}
	}
}

// one takes the single answer of a choice if it is a new one.
func one(now *string, set func(string)) func([]string, bool) {
	return func(chosen []string, _ bool) {
		if len(chosen) == 1 && chosen[0] != *now {
			set(chosen[0])
		}
	}
}
