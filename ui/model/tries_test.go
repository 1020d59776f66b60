package model_test

import (
	"testing"

	"solidaren/diagnostics"
	"solidaren/diagnostics/store"
	"solidaren/ui/model"
)

// TestTriesLookForThemselves does each of them; none was done before.
func TestTriesLookForThemselves(t *testing.T) {
	d := newDesk(t)
	person := d.create(diagnostics.TypePerson, diagnostics.Values{"gender": "f"})
	step := d.create(diagnostics.TypeFollowUp, diagnostics.Values{"person": person.ID, "status": "done"}) // before
	m := open(d, model.NewTries(d.Desk))
	want := func(ids ...string) {
		t.Helper()
		m.Load()
		d.settle()
		if m.Done() != len(ids) {
			t.Errorf("done are %+v, want %v", m.Items, ids)
		}
	}
	want()
	d.create(diagnostics.TypeFollowUp, diagnostics.Values{"person": person.ID}) // a new one is no end
	want()
	d.create(diagnostics.TypeEncounter, diagnostics.Values{"contact_kind": "asleep"})
	want(model.TryAsleep)
	d.create(diagnostics.TypeEncounter, diagnostics.Values{"contact_kind": "talk"})
	want(model.TryAsleep, model.TryMaraude)
	if _, err := d.Notebook.Update(t.Context(), step.ID, diagnostics.Values{"status": model.StepLost}); err != nil {
		t.Fatal(err)
	}
	want(model.TryAsleep, model.TryMaraude, model.TryFollow)
	if _, err := d.Notebook.Decide(t.Context(), store.Decision{Record: person.ID, Field: "gender", Kept: "m"}); err != nil {
		t.Fatal(err)
	}
	want(model.TryAsleep, model.TryMaraude, model.TryFollow, model.TryDecide)
	if err := d.Notebook.Log(t.Context(), diagnostics.Access{Action: diagnostics.ActionExport, Purpose: "analysis"}); err != nil {
		t.Fatal(err)
	}
	want(model.TryAsleep, model.TryMaraude, model.TryFollow, model.TryDecide, model.TryExport)
}
