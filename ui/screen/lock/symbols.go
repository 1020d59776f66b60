package lock

import (
	"fyne.io/fyne/v2"

	"solidaren/ui/kit"
	"solidaren/ui/kit/page"
	"solidaren/ui/words"
)

// symbolWords are the words of the symbols.
var symbolWords = map[string]string{
	"ancre":       "symbol.ancre",
	"feuille":     "symbol.feuille",
	"cerf-volant": "symbol.cerf-volant",
	"cloche":      "symbol.cloche",
	"etoile":      "symbol.etoile",
	"lune":        "symbol.lune",
	"montagne":    "symbol.montagne",
	"voilier":     "symbol.voilier",
	"goutte":      "symbol.goutte",
	"sapin":       "symbol.sapin",
	"poisson":     "symbol.poisson",
	"parapluie":   "symbol.parapluie",
	"carnet":      "symbol.carnet",
}

// symbols chooses among notebooks, or among the symbols of a new one.
func (s *Screen) symbols(names []string) fyne.CanvasObject {
	var options []kit.Option
	for _, name := range names {
		options = append(options, kit.Option{Value: name, Label: words.T(symbolWords[name]), Symbol: name})
	}
	return kit.NewChoice(kit.ChoiceOptions{
		Options: page.Keyed(options...), Selected: []string{s.model.Symbol}, Columns: 3,
		OnAnswer: func(chosen []string, _ bool) {
			if len(chosen) == 1 && chosen[0] != s.model.Symbol {
				s.model.Choose(chosen[0])
				kit.Focus(s.phrase)
			}
		},
	})
}
