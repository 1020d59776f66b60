package ui

import (
	"testing"

	"solidaren/diagnostics"
)

// TestTodayOffersTheTeamsForms: a questionnaire that the team received can be
// begun from the first room as the others can.
func TestTodayOffersTheTeamsForms(t *testing.T) {
	o := unlocked(t)
	o.winter()
	o.press("Ctrl+Enter", "Ctrl+1")
	o.wantTitle("Aujourd'hui")
	if !o.shows("Veille d'hiver") {
		t.Error("the first room does not offer it")
	}
}

// TestTodayShowsWhatTheRoleMayDo: nobody is offered what the window would not do
// for them.
func TestTodayShowsWhatTheRoleMayDo(t *testing.T) {
	o := unlocked(t)
	for role, want := range map[diagnostics.Role]map[string]bool{
		diagnostics.RoleSocialWorker: {"Nouvel entretien": true, "Brouillons (": true, "Suivis dus (": true, "À décider (": true},
		diagnostics.RoleCoordinator:  {"Nouvel entretien": false, "Brouillons (": true, "Suivis dus (": false, "À décider (": true},
		diagnostics.RoleAdmin:        {"Nouvel entretien": false, "Brouillons (": false, "Suivis dus (": false, "À décider (": false},
	} {
		o.playAs(role)
		o.settle()
		for text, shown := range want {
			if o.shows(text) != shown {
				t.Errorf("%s: %q is shown: %v", role, text, !shown)
			}
		}
	}
}
