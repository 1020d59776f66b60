package model

import (
	"encoding/csv"
	"sync"

	"solidaren/assets"
	"solidaren/diagnostics"
)

// actionFile is the directory of actions that the questionnaires choose from.
const actionFile = "actions.csv"

// actions reads the names of the actions once, by code and language.
var actions = sync.OnceValue(func() map[string]diagnostics.Text {
	file, err := assets.List(actionFile)
	if err != nil {
		return nil
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		return nil
	}
	labels := map[string]diagnostics.Text{}
	for _, row := range rows { // name, label, label_en, and what screens do not show
		labels[row[0]] = diagnostics.Text{FR: row[1], EN: row[2]}
	}
	return labels
})

// Label gives the words of a code; those of an action stand in the directory.
func Label(list, code, lang string) string {
	if text, ok := actions()[code]; ok && list == "action" {
		return text.In(lang)
	}
	return diagnostics.Label(list, code, lang)
}
