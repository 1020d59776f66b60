package model_test

import (
	"encoding/json"
	"testing"
	"time"

	"solidaren/diagnostics"
	"solidaren/sync/wire"
	"solidaren/ui/model"
)

// conflict makes a person about whom two computers said different things.
func conflict(d *desk, field, mine, theirs string) string {
	d.t.Helper()
	id := diagnostics.NewID()
	value := func(text, device string, ver int64, ago time.Duration) wire.Value {
		raw, err := json.Marshal(text)
		if err != nil {
			d.t.Fatal(err)
		}
		return wire.Value{V: raw, Dev: device, At: now.Add(-ago), Ver: ver, Op: diagnostics.NewID()}
	}
	state := wire.Record{ID: id, Seq: 1, Ver: 2, Type: diagnostics.TypePerson, Kind: wire.OpSet, Fields: map[string][]wire.Value{
		"code": {value("K7QM-4TR", "ancre", 1, 2*time.Hour)},
		field:  {value(mine, "feuille", 1, 2*time.Hour), value(theirs, "ancre", 2, time.Hour)},
	}}
	if _, err := d.Notebook.ApplyReply(d.t.Context(), wire.SyncReply{
		Epoch: "e", Changes: map[string][]wire.Record{"nord": {state}},
		Cursors: map[string]int64{"nord": 1},
	}); err != nil {
		d.t.Fatal(err)
	}
	return id
}

func TestDecideKeepsBothAnswers(t *testing.T) {
	d := newDesk(t)
	id := conflict(d, "age_band", "a25", "a40")
	m := open(d, model.NewDecide(d.Desk))
	m.Load()
	d.settle()
	if len(m.Items) != 1 || len(m.Items[0].Answers) != 2 || m.Items[0].Who != "K7QM-4TR" || m.Items[0].Answers[0].Text != "40–54" {
		t.Fatalf("the list has %+v", m.Items)
	}
	m.Settle(0, "", func(model.DecideItem) { t.Error("decided without an answer") })
	m.Choose(0, 1)
	m.Load() // what was chosen stays
	d.settle()
	if m.Items[0].Chosen != 1 {
		t.Fatalf("the choice is gone: %+v", m.Items[0])
	}
	var done model.DecideItem
	m.Settle(0, " elle l'a dit ", func(item model.DecideItem) { done = item })
	d.settle()
	card, err := d.Notebook.Get(t.Context(), id)
	if err != nil || card.Get("age_band") != "a25" || len(card.Conflict) != 0 || len(m.Items) != 0 {
		t.Fatalf("the card holds %+v, the list %+v, %v", card, m.Items, err)
	}
	history, err := d.Notebook.Resolutions(t.Context(), id)
	if err != nil || len(history) != 1 {
		t.Fatalf("%v, %v", history, err)
	}
	if h := history[0]; h.Get("kept") != "a25" || h.Get("set_aside") == "" || h.Get("why") != "elle l'a dit" || h.Get("person") != id {
		t.Errorf("the history says %v", h.Fields)
	}
	m.Reopen(done)
	d.settle()
	if len(m.Items) != 1 || !m.Items[0].Again {
		t.Fatalf("after reopening: %+v", m.Items)
	}
	m.Choose(0, 0)
	m.Settle(0, "", func(model.DecideItem) {})
	d.settle()
	if card, _ = d.Notebook.Get(t.Context(), id); card.Get("age_band") != "a40" {
		t.Errorf("decided again: %v", card.Fields)
	}
}

func TestFollowsEnd(t *testing.T) {
	d := newDesk(t)
	person := d.create(diagnostics.TypePerson, diagnostics.Values{"code": "K7QM-4TR"})
	day := func(n int) string { return now.AddDate(0, 0, n).Format(time.DateOnly) }
	d.create(diagnostics.TypeFollowUp, diagnostics.Values{"person": person.ID, "due_on": day(5)})
	late := d.create(diagnostics.TypeFollowUp, diagnostics.Values{"person": person.ID, "due_on": day(-2), "what": "rendez-vous"})
	d.create(diagnostics.TypeFollowUp, diagnostics.Values{"person": person.ID, "due_on": day(-9), "status": model.StepDone})
	referral := d.create(diagnostics.TypeReferral, diagnostics.Values{
		"person": person.ID, "to": "siao_115", "answer": "accepts",
		"at": diagnostics.FormatTime(now.Add(-48 * time.Hour)),
	})
	d.create(diagnostics.TypeReferral, diagnostics.Values{
		"person": person.ID, "to": "bagagerie", "answer": "declines",
		"at": diagnostics.FormatTime(now.Add(-48 * time.Hour)),
	})
	m := open(d, model.NewFollows(d.Desk))
	m.Load()
	d.settle()
	if len(m.Rows) != 3 || m.Rows[0].ID != late.ID || m.Rows[0].Late != 2 || m.Rows[1].Late != 0 || m.Rows[2].ID != referral.ID || m.Rows[2].Code != "K7QM-4TR" {
		t.Fatalf("the list has %+v", m.Rows)
	}
	if n := len(model.Due(m.Rows)); n != 1 {
		t.Errorf("%d are due", n)
	}
	m.EndReferral(m.Rows[2], "waitlist", "")
	d.settle()
	if len(m.Rows) != 3 || m.Rows[2].State == "" {
		t.Fatalf("a waiting list is no end: %+v", m.Rows)
	}
	m.EndReferral(m.Rows[2], "lost", "n'est pas revenu")
	m.Postpone(m.Rows[1], now.AddDate(0, 0, 7))
	d.settle()
	m.EndStep(m.Rows[0], model.StepLost, "")
	d.settle()
	if len(m.Rows) != 1 || m.Rows[0].Due != model.Day(now.AddDate(0, 0, 7)) {
		t.Errorf("the list has %+v", m.Rows)
	}
}
