package diagnostics_test

import (
	"slices"
	"strings"
	"testing"

	"solidaren/diagnostics"
)

func TestSchemaIsConsistent(t *testing.T) {
	types := []diagnostics.FieldType{
		diagnostics.TypeCode, diagnostics.TypeCodes, diagnostics.TypeInt, diagnostics.TypeBool,
		diagnostics.TypeDate, diagnostics.TypeTime, diagnostics.TypeText, diagnostics.TypeRef, diagnostics.TypeJSON, diagnostics.TypeBytes,
	}
	seen := map[string]bool{}
	for _, e := range diagnostics.Entities() {
		if seen[e.Type] || e.Kind != diagnostics.Fact && e.Kind != diagnostics.Card {
			t.Errorf("%s stands twice, or is neither fact nor card", e.Type)
		}
		seen[e.Type] = true
		if found, ok := diagnostics.LookupEntity(e.Type); !ok || found.Type != e.Type {
			t.Errorf("%s is not found", e.Type)
		}
		if key, ok := e.Field(e.Key); e.Key != "" && (!ok || key.Type != diagnostics.TypeCode) {
			t.Errorf("%s: its key %q is no code of its own", e.Type, e.Key)
		}
		fields := map[string]bool{}
		for _, f := range e.Fields {
			coded := f.Type == diagnostics.TypeCode || f.Type == diagnostics.TypeCodes
			switch {
			case fields[f.Name] || f.Name == "" || strings.ContainsAny(f.Name, " \t"):
				t.Errorf("%s.%s stands twice or is badly named", e.Type, f.Name)
			case !slices.Contains(types, f.Type):
				t.Errorf("%s.%s is of no type: %q", e.Type, f.Name, f.Type)
			case f.List != "" && !coded:
				t.Errorf("%s.%s has a code list and is no code", e.Type, f.Name)
			case f.Sealed && !slices.Contains([]diagnostics.FieldType{diagnostics.TypeText, diagnostics.TypeJSON, diagnostics.TypeBytes}, f.Type):
				t.Errorf("%s.%s is sealed, so that it cannot be counted, and no text", e.Type, f.Name)
			case strings.HasPrefix(f.Name, diagnostics.IdentityPrefix) && !f.Sealed:
				t.Errorf("%s.%s is an identity and leaves the laptop in clear", e.Type, f.Name)
			}
			fields[f.Name] = true
		}
	}
	if _, ok := diagnostics.LookupEntity("nobody"); ok {
		t.Error("an unknown type is found")
	}
}

// What leaves the laptop in clear text: none of it was said by or about a
// person. A new field that is not on the list must be sealed.
func TestPlainTexts(t *testing.T) {
	allowed := []string{
		"person.code", "diagnostic.form_id", "diagnostic.form_version", "diagnostic.lang", "diagnostic.author_device",
		"form.form_id", "form.version", "count.op", "count.sector", "tour.op", "tour.sector",
		// The directory is public: it says of organisations what their posters say.
		"actor.name", "actor.description", "actor.opening_hours", "actor.phone", "actor.checked_by",
		"actor.address", "actor.email", "actor.site",
		"action.name", "action.name_en", "action.description", "action.opening_hours", "action.phone", "action.checked_by",
		"action.address", "action.fees", "action.conditions",
	}
	for _, e := range diagnostics.Entities() {
		for _, f := range e.Fields {
			name := e.Type + "." + f.Name
			if f.Type == diagnostics.TypeText && !f.Sealed && f.Name != "team" && !slices.Contains(allowed, name) {
				t.Errorf("%s would leave the laptop in clear", name)
			}
		}
	}
}

// The targets of DESIGN.md, decision 2, are fields of the data model.
func TestDesignTargetsExist(t *testing.T) {
	targets := map[string]string{
		"encounter":  "at kind district place_kind contact_kind persons anonymous_count info_given duration_min",
		"person":     "code age_band gender publics languages_spoken identity.handle identity.names identity.birth_date identity.phone identity.email identity.exact_place",
		"household":  "type adults minors animals",
		"situation":  "night_place since_band trigger resources income_band activity stay_status",
		"place":      "kind usage what_it_gives threatened",
		"need":       "domain own_words quotable urgency covered covered_by why_not_covered expressed_by new tags",
		"right":      "right status nontakeup_form nontakeup_reason",
		"strength":   "kind words",
		"referral":   "to how answer why_declined share",
		"followup":   "what due_on",
		"consent":    "purpose",
		"note":       "private signal",
		"diagnostic": "reread missing wish response",
		"tour":       "team sectors staff weather",
		"territory":  "tents people_seen police atmosphere mediation note",
	}
	for recordType, fields := range targets {
		entity, _ := diagnostics.LookupEntity(recordType)
		for _, name := range strings.Fields(fields) {
			if _, ok := entity.Field(name); !ok {
				t.Errorf("%s.%s is missing", recordType, name)
			}
		}
	}
}

func TestEntitiesCannotBeChangedByACaller(t *testing.T) {
	diagnostics.Entities()[0].Type = "changed"
	if _, ok := diagnostics.LookupEntity(diagnostics.TypePerson); !ok {
		t.Error("a caller changed the data model")
	}
}
