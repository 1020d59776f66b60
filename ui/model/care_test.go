package model_test

import (
	"testing"

	"solidaren/diagnostics"
	"solidaren/ui/model"
)

// Opening the notebook does the work of the day: what is over is erased, what
// is near its end is told, and a check that is due runs.
func TestCare(t *testing.T) {
	d := newDesk(t)
	d.create(diagnostics.TypePerson, diagnostics.Values{"code": "K7QM-4TR", "last_contact_on": "2024-11-01"})
	d.create(diagnostics.TypePerson, diagnostics.Values{"code": "P2XA-9HC", "last_contact_on": "2024-12-24"})
	if err := d.Notebook.SetSettings(t.Context(), map[string]string{"store.checked": "1"}); err != nil {
		t.Fatal(err)
	}
	m := open(d, model.NewCare(d.Desk))
	told := 0
	m.OnChange = func() { told++ }
	for range 3 { // ticks of one day
		m.Tick()
		d.settle()
	}
	if m.Kept.Persons != 1 || m.Kept.Soon != 1 || !m.Checked || m.Damage != nil || m.Checking {
		t.Errorf("kept %+v, checked %v, damage %v", m.Kept, m.Checked, m.Damage)
	}
	if told != 2 {
		t.Errorf("told %d times: once for the day, once for the check", told)
	}
}
