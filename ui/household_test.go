package ui

import (
	"testing"

	"solidaren/diagnostics"
)

// TestHouseholdFromAPersonsSheet: found, joined, left, taken back, by keyboard.
func TestHouseholdFromAPersonsSheet(t *testing.T) {
	o := unlocked(t)
	var ids []string
	for _, code := range []string{"K7QM-4TR", "P2XA-9HC"} {
		r, err := o.desk.Notebook.Create(t.Context(), diagnostics.Record{
			Type: diagnostics.TypePerson, Fields: diagnostics.Values{"code": code},
		})
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, r.ID)
	}
	home := func(person string) string {
		t.Helper()
		card, err := o.desk.Notebook.Get(t.Context(), person)
		if err != nil {
			t.Fatal(err)
		}
		return card.Get("household")
	}
	o.OpenPerson(ids[0])
	o.settle()
	o.press("Ctrl+k")
	o.keys.Type("menage")
	o.press("Enter")
	o.settle()
	o.press("Enter") // today
	o.settle()
	o.wantTitle("Ménage")
	if home(ids[0]) == "" {
		t.Fatal("no household was made")
	}
	o.keys.Type("a")
	o.settle()
	o.keys.Type("P2XA")
	o.settle()
	o.press("Enter")
	o.settle()
	o.keys.Type("2") // partner
	o.press("Tab")
	o.press("Enter")
	o.settle()
	if home(ids[1]) != home(ids[0]) {
		t.Fatal("the second person did not join")
	}
	o.wantTitle("Ménage")
	if !o.shows("2 personnes connues ce jour-là") || !o.shows("Conjoint·e") {
		t.Error("the two are not shown")
	}
	o.press("Ctrl+Shift+z")
	o.settle()
	if home(ids[1]) != "" || home(ids[0]) == "" {
		t.Error("joining was not taken back")
	}
}
