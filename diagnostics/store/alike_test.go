package store_test

import (
	"strconv"
	"testing"
	"time"

	"solidaren/diagnostics"
	"solidaren/diagnostics/store"
)

// TestAlike makes cards that may be one person's, and others that only look so.
func TestAlike(t *testing.T) {
	n := notebook(t)
	person := func(handle, gender, age, phone, district string) diagnostics.Record {
		t.Helper()
		r, err := n.Create(t.Context(), diagnostics.Record{Type: diagnostics.TypePerson, Fields: diagnostics.Values{
			"identity.handle": handle, "gender": gender, "age_band": age, "identity.phone": phone, "last_contact_on": "2026-03-01",
		}})
		if err != nil {
			t.Fatal(err)
		}
		if district != "" {
			if _, err := n.Create(t.Context(), diagnostics.Record{Type: diagnostics.TypeEncounter, Fields: diagnostics.Values{
				"person": r.ID, "district": district, "kind": "maraude", "at": "2026-03-01T20:00:00Z",
			}}); err != nil {
				t.Fatal(err)
			}
		}
		return r
	}
	a := person("Zéphyrine", "f", "a25", "", "q11")
	b := person("Zephirine", "f", "a25", "", "q11") // the same, written otherwise
	person("Zéphyrine", "f", "a25", "", "q01")      // elsewhere
	person("Zéphyrine", "m", "a25", "", "q11")      // another gender
	person("Basile", "f", "a25", "", "q11")         // another name
	c := person("Ulysse", "m", "dk", "0612345678", "")
	d := person("Ulisse", "m", "a40", "0612345678", "")

	pairs := func() []store.Pair {
		t.Helper()
		found, err := n.Alike(t.Context(), 100, nil)
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	found := map[[2]string]int{}
	for _, p := range pairs() {
		found[[2]string{p.A.ID, p.B.ID}] = len(p.Common)
	}
	if len(found) != 2 || found[[2]string{a.ID, b.ID}] != 2 || found[[2]string{c.ID, d.ID}] != 2 {
		t.Fatalf("found %v", found)
	}
	if err := n.KeepApart(t.Context(), b.ID, a.ID, "", false); err != nil {
		t.Fatal(err)
	}
	if left := pairs(); len(left) != 1 || left[0].A.ID != c.ID {
		t.Errorf("after they were kept apart: %v", left)
	}
	if err := n.KeepApart(t.Context(), a.ID, b.ID, "", true); err != nil {
		t.Fatal(err)
	}
	if err := n.Same(t.Context(), c.ID, d.ID); err != nil {
		t.Fatal(err)
	}
	if left := pairs(); len(left) != 1 || left[0].A.ID != a.ID {
		t.Errorf("after one was taken back and the others are the same: %v", left)
	}

	// An archived file is compared with nothing.
	archiveIt(t, n, a.ID, "coordination")
	if left := pairs(); len(left) != 0 {
		t.Errorf("an archived card stands beside another: %v", left)
	}
}

// Persons are read a page at a time, to the one met first.
func TestAlikeReadsOn(t *testing.T) {
	n := notebook(t)
	person := func(i int, handle, phone string) diagnostics.Record {
		return create(t, n, diagnostics.Record{Type: diagnostics.TypePerson, Fields: diagnostics.Values{
			"identity.handle": handle, "identity.phone": phone, "last_contact_on": day("2024-01-01").AddDate(0, 0, i).Format(time.DateOnly),
		}})
	}
	first := person(0, "Zéphyrine", "0261910001")
	for i := range 450 {
		person(1+i/3, "N"+strconv.Itoa(i), "")
	}
	last := person(500, "Zephirine", "0261910001")
	for count, want := range map[int]int{451: 1, 452: 1, 1000: 1} {
		pairs, err := n.Alike(t.Context(), count, nil)
		must(t, err)
		if len(pairs) != want || pairs[0].A.ID != first.ID || pairs[0].B.ID != last.ID {
			t.Errorf("of %d persons: %v", count, pairs)
		}
	}
	seen := 0
	_, err := n.Alike(t.Context(), 1000, func(_, total int) { seen = total })
	must(t, err)
	if seen != 452 {
		t.Errorf("%d persons were compared, want 452", seen)
	}
}
