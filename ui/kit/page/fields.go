package page

import (
	"solidaren/diagnostics"
	"solidaren/ui/words"
)

// fieldNames are the words of the fields of cards, by type and name.
var fieldNames = map[string]map[string]string{
	"person": {
		"code":                 "field.code",
		"age_band":             "field.age_band",
		"gender":               "field.gender",
		"publics":              "field.publics",
		"languages_spoken":     "field.languages",
		"household":            "field.household",
		"first_contact_on":     "field.first_contact",
		"last_contact_on":      "field.last_contact",
		"status":               "field.status",
		"identity.handle":      "sheet.handle",
		"identity.names":       "sheet.names",
		"identity.birth_date":  "sheet.birth_date",
		"identity.phone":       "sheet.phone",
		"identity.email":       "sheet.email",
		"identity.exact_place": "sheet.exact_place",
		diagnostics.NoResearch: "sheet.limit.research",
		diagnostics.NoShare:    "sheet.limit.share",
		diagnostics.Objection:  "sheet.limit.objection",
		"same_as":              "sheet.same",
	},
	"member": {"role": "field.role", "from": "field.from", "until": "field.until"},
	"household": {
		"type":    "field.household",
		"adults":  "field.adults",
		"minors":  "field.minors",
		"animals": "field.animals",
	},
	"tour": {
		"start":      "field.start",
		"end":        "field.end",
		"sectors":    "tour.sectors",
		"staff":      "tour.staff",
		"weather":    "tour.weather",
		"plan_froid": "tour.cold",
	},
	"actor":  directoryNames,
	"action": directoryNames,
	"followup": {
		"what":   "field.what",
		"due_on": "field.due_on",
		"status": "field.status",
		"result": "field.result",
	},
}

// directoryNames are the words of the fields of actors and actions.
var directoryNames = map[string]string{
	"address": "field.address", "animals": "field.animals", "capacity": "field.capacity", "conditions": "field.conditions",
	"description": "field.description", "districts": "field.districts", "email": "field.email", "fees": "field.fees",
	"name": "field.name", "name_en": "field.name_en", "kind": "field.actor_kind", "needs": "field.needs", "opening_hours": "field.opening_hours", "phase": "field.phase",
	"phone": "field.phone", "publics": "field.publics_of", "remark": "field.remark", "saturation": "field.saturation", "site": "field.site",
	"checked_on": "field.checked_on", "checked_by": "field.checked_by", "saturation_on": "field.checked_on",
}

// FieldName is what a worker calls a field of a card; one that has no words is
// named as the data model does.
func FieldName(recordType, field string) string {
	if name, ok := fieldNames[recordType][field]; ok {
		return words.T(name)
	}
	return field
}
