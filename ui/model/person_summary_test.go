package model_test

import (
	"testing"

	"solidaren/diagnostics"
	"solidaren/ui/model"
)

// TestSheetSaysWhatIsWished reads the head of a sheet: the wish of the last
// interview, whom the person agreed to share with, when the file goes.
func TestSheetSaysWhatIsWished(t *testing.T) {
	d := newDesk(t)
	person := d.create(diagnostics.TypePerson, diagnostics.Values{"last_contact_on": "2026-11-23"})
	at := func(days int) string { return diagnostics.FormatTime(now.AddDate(0, 0, days)) }
	interview := func(days int, wish string) diagnostics.Record {
		return d.create(diagnostics.TypeDiagnostic, diagnostics.Values{
			"person": person.ID, "form_id": "entretien", "at": at(days), "answers": "{}", "texts": `{"a":{"e_request":"` + wish + `"}}`,
		})
	}
	interview(-9, "un toit")
	last := interview(0, "dormir sans être réveillé")
	for _, share := range []string{"yes", "no"} {
		d.create(diagnostics.TypeReferral, diagnostics.Values{"person": person.ID, "to": "siao_115", "share": share, "at": at(0), "diagnostic": last.ID})
	}
	d.create(diagnostics.TypeConsent, diagnostics.Values{"person": person.ID, "purpose": "research", "at": at(0), "diagnostic": last.ID})
	d.create(diagnostics.TypeNeed, diagnostics.Values{"person": person.ID, "domain": "hygiene", "at": at(0), "diagnostic": last.ID})
	m := open(d, model.NewPerson(d.Desk, person.ID))
	m.Load()
	d.settle()
	s := m.Summary
	if s.Wish != "dormir sans être réveillé" || s.WishOn != "23/11/2026" || len(s.Shares) != 1 || !s.Research || s.Until != "23/11/2028" {
		t.Errorf("the head says %+v", s)
	}
	m.Narrow(diagnostics.TypeNeed)
	if len(m.Events) != 1 || m.Events[0].Type != diagnostics.TypeNeed {
		t.Errorf("narrowed to needs: %+v", m.Events)
	}
	m.Narrow("")
	if err := d.Notebook.Withdraw(t.Context(), last.ID); err != nil {
		t.Fatal(err)
	}
	m.Load()
	d.settle()
	if s = m.Summary; s.Wish != "un toit" || len(s.Shares) != 0 || s.Research {
		t.Errorf("after the last interview was taken back the head says %+v", s)
	}
	for _, e := range m.Events {
		if e.Type == diagnostics.TypeNeed {
			t.Error("a need that was taken back is shown")
		}
	}
}

// TestConsentThatWasTakenBack: what the person said last counts.
func TestConsentThatWasTakenBack(t *testing.T) {
	d := newDesk(t)
	person := d.create(diagnostics.TypePerson, nil)
	for days, given := range []string{"no", "yes"} { // yes the day before
		d.create(diagnostics.TypeConsent, diagnostics.Values{
			"person": person.ID, "purpose": "research", "given": given, "at": diagnostics.FormatTime(now.AddDate(0, 0, -days)),
		})
	}
	m := open(d, model.NewPerson(d.Desk, person.ID))
	m.Load()
	d.settle()
	if m.Summary.Research {
		t.Error("the head says that research was agreed to")
	}
}

// TestStepByHand writes down what is to be done for a person, and takes it back.
func TestStepByHand(t *testing.T) {
	d := newDesk(t)
	person := d.create(diagnostics.TypePerson, nil)
	var undo func()
	d.AddStep(person.Get("code"), " appeler le CCAS ", now.AddDate(0, 0, 7), func(back func(), err error) {
		if err != nil {
			t.Error(err)
		}
		undo = back
	})
	d.settle()
	m := open(d, model.NewFollows(d.Desk))
	m.Load()
	d.settle()
	if len(m.Rows) != 1 || m.Rows[0].What != "appeler le CCAS" || m.Rows[0].Due != now.AddDate(0, 0, 7).Format("02/01/2006") {
		t.Fatalf("the follow-ups are %+v", m.Rows)
	}
	undo()
	d.settle()
	m.Load()
	d.settle()
	if len(m.Rows) != 0 {
		t.Errorf("taken back: %+v", m.Rows)
	}
}
