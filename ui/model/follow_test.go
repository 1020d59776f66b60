package model_test

import (
	"fmt"
	"testing"

	"solidaren/diagnostics"
	"solidaren/ui/model"
)

// TestFollowsSayHowManyThereAre: a list has the first of what is to be done, and
// says how much there is.
func TestFollowsSayHowManyThereAre(t *testing.T) {
	d := newDesk(t)
	person := d.create(diagnostics.TypePerson, diagnostics.Values{"code": "K7QM-4TR"})
	const steps = model.Page + 3
	for i := range steps {
		d.create(diagnostics.TypeFollowUp, diagnostics.Values{"person": person.ID, "what": fmt.Sprint("étape ", i)})
	}
	d.create(diagnostics.TypeReferral, diagnostics.Values{
		"person": person.ID, "to": "siao_115", "answer": "accepts", "at": diagnostics.FormatTime(d.Clock()),
	})
	m := open(d, model.NewFollows(d.Desk))
	m.Load()
	d.settle()
	if m.Steps != steps || m.Waits != 1 || len(m.Rows) != model.Page+1 {
		t.Errorf("%d steps and %d referrals, %d rows; want %d, 1, %d", m.Steps, m.Waits, len(m.Rows), steps, model.Page+1)
	}
}
