package page

import (
	"solidaren/ui/model"
	"solidaren/ui/words"
)

// formNames are the words of the questionnaires that the program brings; any
// other form is named by its own title.
var formNames = map[string]string{
	"maraude":         "form_name.maraude",
	"entretien":       "form_name.entretien",
	"lieu":            "form_name.lieu",
	"nuit_solidarite": "form_name.nuit_solidarite",
}

// FormName is what a worker calls a form.
func FormName(forms *model.Catalogue, id string) string {
	if name, ok := formNames[id]; ok {
		return words.T(name)
	}
	if title := forms.Title(id); title != "" {
		return title
	}
	return id
}
