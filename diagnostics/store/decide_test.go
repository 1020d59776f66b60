package store_test

import (
	"testing"
	"time"

	"solidaren/diagnostics"
	"solidaren/diagnostics/store"
)

// TestBothAnswersAreSituations decides that two answers were right, each on its
// day, opens the question again, and decides otherwise.
func TestBothAnswersAreSituations(t *testing.T) {
	n := notebook(t)
	person := create(t, n, diagnostics.Record{Type: diagnostics.TypePerson, Fields: diagnostics.Values{"age_band": "a40"}})
	day := time.Date(2026, 6, 1, 10, 0, 0, 0, time.UTC)
	d := store.Decision{
		Record: person.ID, Field: "age_band", Kept: "a40", Both: true, Why: "un anniversaire",
		Answers: []store.Given{{Value: "a25", Device: "d1", At: day}, {Value: "a40", Device: "d2", At: day.AddDate(0, 0, 1)}},
	}
	made, err := n.Decide(t.Context(), d)
	if err != nil || len(made) != 2 {
		t.Fatalf("made %v, %v", made, err)
	}
	timeline, err := n.PersonTimeline(t.Context(), person.ID)
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]string{}
	for _, r := range timeline {
		if r.Type == diagnostics.TypeSituation {
			said[r.Time("at").Format(time.DateOnly)] = r.Get("age_band")
		}
	}
	if len(said) != 2 || said["2026-06-01"] != "a25" || said["2026-06-02"] != "a40" {
		t.Errorf("the situations are %v", said)
	}
	decided, err := n.Decided(t.Context(), time.Time{})
	if err != nil || len(decided) != 1 || decided[0].Reopened || decided[0].Kept != "a40" || len(decided[0].Answers) != 2 {
		t.Fatalf("decided: %+v, %v", decided, err)
	}
	if err := n.Reopen(t.Context(), decided[0].Decision, made); err != nil {
		t.Fatal(err)
	}
	gone, err := n.Superseded(t.Context(), person.ID)
	if err != nil || !gone[made[0]] || !gone[made[1]] {
		t.Errorf("the situations still count: %v, %v", gone, err)
	}
	if decided, err = n.Decided(t.Context(), time.Time{}); err != nil || len(decided) != 1 || !decided[0].Reopened {
		t.Fatalf("opened again: %+v, %v", decided, err)
	}
	d.Both, d.Kept = false, "a25"
	if _, err := n.Decide(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	card, err := n.Get(t.Context(), person.ID)
	if err != nil || card.Get("age_band") != "a25" {
		t.Errorf("the card holds %v, %v", card.Fields, err)
	}
	d.Field, d.Both, d.Kept = "identity.phone", true, "0600000000"
	if _, err := n.Decide(t.Context(), d); diagnostics.Code(err) != diagnostics.CodeInvalid {
		t.Errorf("two telephones make situations: %v", err)
	}
}
