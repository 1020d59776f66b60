package ui

import (
	"testing"
	"time"

	"solidaren/diagnostics"
)

// TestTodayShowsEachRoleWhatIsTheirs: an administrator sees no person, not even
// a code, a coordinator what is to be decided, a street worker all of it.
func TestTodayShowsEachRoleWhatIsTheirs(t *testing.T) {
	o := unlocked(t)
	o.conflict("a25", "a40") // about P2XA-9HC
	person, err := o.desk.Notebook.Create(t.Context(), diagnostics.Record{Type: diagnostics.TypePerson})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.desk.Notebook.Create(t.Context(), diagnostics.Record{Type: diagnostics.TypeFollowUp, Fields: diagnostics.Values{
		"person": person.ID, "due_on": time.Now().AddDate(0, 0, -1).Format(time.DateOnly),
	}}); err != nil {
		t.Fatal(err)
	}
	for role, want := range map[diagnostics.Role]struct{ decides, follows, begins bool }{
		diagnostics.RoleAdmin:       {false, false, false},
		diagnostics.RoleCoordinator: {true, false, false},
		diagnostics.RoleWorker:      {true, true, true},
	} {
		o.playAs(role)
		o.settle()
		o.wantTitle("Aujourd'hui")
		if got := o.shows("P2XA-9HC"); got != want.decides {
			t.Errorf("%s: a question about a person is shown: %v", role, got)
		}
		if got := o.shows(person.Get("code")); got != want.follows {
			t.Errorf("%s: a follow-up of a person is shown: %v", role, got)
		}
		if got := o.shows("Nouvel entretien"); got != want.begins {
			t.Errorf("%s: an interview can be begun: %v", role, got)
		}
		before := o.room
		o.press("e")
		if (o.room != before) != want.begins {
			t.Errorf("%s: E leads to %q", role, o.window.Title())
		}
	}
}

// TestNewByScreen presses Ctrl+N on the screens on which something can be made.
func TestNewByScreen(t *testing.T) {
	for place, title := range map[string]string{
		roomInterviews: "Entretien", roomToday: "Entretien", roomPersons: "Fiche d'une personne", roomFollows: "Choisir une personne",
	} {
		o := unlocked(t)
		o.Go(place)
		o.settle()
		o.press("Ctrl+n")
		o.settle()
		o.wantTitle(title)
	}
	o := unlocked(t)
	o.Go(roomSettings)
	before := o.room
	o.press("Ctrl+n")
	if o.room != before || o.modals.Open() {
		t.Error("something new is made in the settings")
	}
}

// TestStepForAPersonByKeys: search, what, by when; taken back.
func TestStepForAPersonByKeys(t *testing.T) {
	o := unlocked(t)
	if _, err := o.desk.Notebook.Create(t.Context(), diagnostics.Record{Type: diagnostics.TypePerson, Fields: diagnostics.Values{"code": "K7QM-4TR"}}); err != nil {
		t.Fatal(err)
	}
	o.press("Ctrl+5", "Ctrl+n")
	o.keys.Type("k7qm")
	o.settle()
	o.press("Enter")
	o.settle()
	o.wantTitle("Suivis")
	o.keys.Type("appeler")
	o.press("Tab", "Enter")
	o.settle()
	if !o.shows("appeler") {
		t.Fatal("the step is not listed")
	}
	o.press("Ctrl+Shift+z")
	o.settle()
	if o.shows("appeler") {
		t.Error("the step is still listed")
	}
}

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
