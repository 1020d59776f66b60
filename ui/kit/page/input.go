package page

import (
	"strings"

	"fyne.io/fyne/v2"

	"solidaren/diagnostics"
	"solidaren/ui/kit"
	"solidaren/ui/model"
	"solidaren/ui/words"
)

// longText is the length from which a text has several lines.
const longText = 140

// Input is what a field of a card is given a value by: a choice of its codes, or
// an entry. set hears of every change; Enter in an entry does next.
func Input(line model.FieldLine, limit int, set func(value string), next func()) (fyne.CanvasObject, fyne.Focusable) {
	if line.List != "" {
		var options []kit.Option
		for _, c := range diagnostics.Codes(line.List) {
			options = append(options, kit.Option{Value: c.Code, Label: c.In(words.Language())})
		}
		choice := kit.NewChoice(kit.ChoiceOptions{
			Options: Keyed(options...), Selected: strings.Fields(line.Value), Multiple: line.Multiple, Columns: 2,
			OnAnswer: func(chosen []string, byKey bool) {
				set(strings.Join(chosen, " "))
				if byKey && !line.Multiple {
					next()
				}
			},
		})
		return choice, choice
	}
	entry := kit.NewEntry("")
	if limit > longText {
		entry = kit.NewNotes(3)
	}
	entry.Put(line.Value)
	entry.SelectAll, entry.Limit = true, limit
	entry.OnChanged = set
	entry.OnSubmitted = func(string) { next() }
	return entry, entry
}
