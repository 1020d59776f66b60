package ui

import (
	"encoding/json"
	"testing"
	"time"

	"solidaren/diagnostics"
	"solidaren/sync/wire"
)

// conflict makes a person about whom two computers said different things.
func (o *office) conflict(mine, theirs string) string {
	o.t.Helper()
	id := diagnostics.NewID()
	value := func(text, device string, ver int64, ago time.Duration) wire.Value {
		raw, err := json.Marshal(text)
		if err != nil {
			o.t.Fatal(err)
		}
		return wire.Value{V: raw, Dev: device, At: o.now().Add(-ago), Ver: ver, Op: diagnostics.NewID()}
	}
	state := wire.Record{ID: id, Seq: 1, Ver: 2, Type: diagnostics.TypePerson, Kind: wire.OpSet, Fields: map[string][]wire.Value{
		"code":     {value("P2XA-9HC", "feuille", 1, 2*time.Hour)},
		"age_band": {value(mine, "feuille", 1, 2*time.Hour), value(theirs, "ancre", 2, time.Hour)},
	}}
	if _, err := o.desk.Notebook.ApplyReply(o.t.Context(), wire.SyncReply{
		Epoch: "e", Changes: map[string][]wire.Record{"nord": {state}},
		Cursors: map[string]int64{"nord": 1},
	}); err != nil {
		o.t.Fatal(err)
	}
	return id
}

// TestDecideInThreeKeys is G13, on a French keyboard, then taken back.
func TestDecideInThreeKeys(t *testing.T) {
	o := unlocked(t)
	id := o.conflict("a25", "a40")
	o.press("Ctrl+9")
	o.wantTitle("À décider")
	o.press("Enter") // nothing is chosen yet
	if card, _ := o.desk.Notebook.Get(t.Context(), id); len(card.Conflict) != 1 {
		t.Fatal("decided without an answer")
	}
	o.press("Down", "2", "Enter")
	card, err := o.desk.Notebook.Get(t.Context(), id)
	if err != nil || card.Get("age_band") != "a25" || len(card.Conflict) != 0 {
		t.Fatalf("the card holds %+v, %v", card, err)
	}
	if !o.shows("Rien à décider.") || !o.shows("[Ctrl+Maj+Z] annuler") {
		t.Error("the screen does not say so")
	}
	o.press("Ctrl+Shift+z", "1", "Enter")
	if card, _ = o.desk.Notebook.Get(t.Context(), id); card.Get("age_band") != "a40" {
		t.Errorf("decided again: %+v", card.Fields)
	}
}

func TestFollowUpEndsByKeys(t *testing.T) {
	o := unlocked(t)
	person, err := o.desk.Notebook.Create(t.Context(), diagnostics.Record{Type: diagnostics.TypePerson})
	if err != nil {
		t.Fatal(err)
	}
	step, err := o.desk.Notebook.Create(t.Context(), diagnostics.Record{Type: diagnostics.TypeFollowUp, Fields: diagnostics.Values{
		"person": person.ID, "due_on": time.Now().AddDate(0, 0, -1).Format(time.DateOnly),
	}})
	if err != nil {
		t.Fatal(err)
	}
	o.press("Ctrl+5", "Enter", "4")
	card, err := o.desk.Notebook.Get(t.Context(), step.ID)
	if err != nil || card.Get("status") != "lost" {
		t.Errorf("the next step is %v, %v", card.Fields, err)
	}
	if !o.shows("Rien à suivre.") {
		t.Error("it is still listed")
	}
}
