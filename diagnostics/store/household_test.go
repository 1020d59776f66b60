package store_test

import (
	"strings"
	"testing"

	"solidaren/diagnostics"
	dt "solidaren/diagnostics/diagnosticstest"
	"solidaren/diagnostics/store"
	"solidaren/sync/wire"
)

// who says who lives or lived in a household: code, from and until.
func who(t *testing.T, n *store.Notebook, household string) string {
	t.Helper()
	members, err := n.Members(t.Context(), household)
	must(t, err)
	var all []string
	for _, m := range members {
		all = append(all, m.Person.Code[:1]+" "+m.Card.Get("from")+"/"+m.Card.Get("until"))
	}
	return strings.Join(all, ", ")
}

// TestHouseholdThroughTime: two come together, one leaves and comes back, and
// each change can be taken back.
func TestHouseholdThroughTime(t *testing.T) {
	n := notebook(t)
	var ids []string
	for _, code := range []string{"A", "B", "C"} {
		ids = append(ids, create(t, n, diagnostics.Record{Type: diagnostics.TypePerson, Fields: diagnostics.Values{"code": code + "QM-4TR", "last_contact_on": "2026-01-05"}}).ID)
	}
	home, _, err := n.Found(t.Context(), ids[0], day("2026-01-01"))
	must(t, err)
	joined, err := n.Join(t.Context(), home, ids[1], "partner", day("2026-02-01"))
	must(t, err)
	if got := who(t, n, home); got != "A 2026-01-01/, B 2026-02-01/" {
		t.Errorf("two: %s", got)
	}
	left, err := n.Leave(t.Context(), home, ids[1], day("2026-02-20"))
	must(t, err)
	if got := who(t, n, home); got != "A 2026-01-01/, B 2026-02-01/2026-02-20" {
		t.Errorf("one left: %s", got)
	}
	must(t, n.TakeBack(t.Context(), left))
	if card, _ := n.Get(t.Context(), ids[1]); card.Get("household") != home || who(t, n, home) != "A 2026-01-01/, B 2026-02-01/" {
		t.Errorf("taken back: %s, household %q", who(t, n, home), card.Get("household"))
	}
	must(t, n.TakeBack(t.Context(), joined))
	if card, _ := n.Get(t.Context(), ids[1]); card.Get("household") != "" || who(t, n, home) != "A 2026-01-01/" {
		t.Errorf("the joining taken back: %s", who(t, n, home))
	}
	// Going to another household ends the time in the one before, and that is
	// taken back with it.
	other, _, err := n.Found(t.Context(), ids[2], day("2026-02-01"))
	must(t, err)
	moved, err := n.Join(t.Context(), other, ids[0], "", day("2026-03-01"))
	must(t, err)
	if who(t, n, home) != "A 2026-01-01/2026-03-01" || who(t, n, other) != "C 2026-02-01/, A 2026-03-01/" {
		t.Errorf("moved: %s and %s", who(t, n, home), who(t, n, other))
	}
	members, err := n.Members(t.Context(), home)
	must(t, err)
	for on, present := range map[string]bool{"2025-12-31": false, "2026-01-01": true, "2026-02-28": true, "2026-03-01": false} {
		if members[0].Present(day(on)) != present {
			t.Errorf("present on %s: %v", on, !present)
		}
	}
	must(t, n.TakeBack(t.Context(), moved))
	card, err := n.Get(t.Context(), ids[0])
	must(t, err)
	if card.Get("household") != home || who(t, n, home) != "A 2026-01-01/" || who(t, n, other) != "C 2026-02-01/" {
		t.Errorf("the move taken back: %s and %s", who(t, n, home), who(t, n, other))
	}
	if card.Get("last_contact_on") != "2026-01-05" {
		t.Error("a change of household moved the last contact")
	}
}

func TestHouseholdRefuses(t *testing.T) {
	n := notebook(t)
	person := create(t, n, dt.Person(t))
	home, _, err := n.Found(t.Context(), person.ID, day("2026-02-01"))
	must(t, err)
	_, err = n.Join(t.Context(), home, person.ID, "", day("2026-02-02"))
	wantCode(t, err, diagnostics.CodeConflict)
	_, err = n.Leave(t.Context(), home, person.ID, day("2026-01-02"))
	wantCode(t, err, diagnostics.CodeInvalid)
	_, err = n.Leave(t.Context(), home, person.ID, day("2036-01-02"))
	wantCode(t, err, diagnostics.CodeInvalid)
	objecting := create(t, n, dt.Person(t, func(v diagnostics.Values) { v["code"] = "CQM-4TR"; v[diagnostics.Objection] = "yes" }))
	_, err = n.Join(t.Context(), home, objecting.ID, "", day("2026-02-02"))
	wantCode(t, err, diagnostics.CodeForbidden)
	_, err = n.Join(t.Context(), home, diagnostics.NewID(), "", day("2026-02-02"))
	wantCode(t, err, diagnostics.CodeNotFound)
	if members, err := n.Members(t.Context(), home); err != nil || len(members) != 1 {
		t.Errorf("%d members, %v", len(members), err)
	}
}

// Somebody whom a form alone put into a household is a member without days, and
// leaves it like any other.
func TestHouseholdOfAForm(t *testing.T) {
	n := notebook(t)
	home := create(t, n, diagnostics.Record{Type: diagnostics.TypeHousehold, Fields: diagnostics.Values{"type": "cs", "adults": "2"}})
	person := create(t, n, dt.Person(t, func(v diagnostics.Values) { v["code"] = "AQM-4TR"; v["household"] = home.ID }))
	if got := who(t, n, home.ID); got != "A /" {
		t.Errorf("got %s", got)
	}
	left, err := n.Leave(t.Context(), home.ID, person.ID, day("2026-02-01"))
	must(t, err)
	if got := who(t, n, home.ID); got != "A /2026-02-01" {
		t.Errorf("left: %s", got)
	}
	must(t, n.TakeBack(t.Context(), left))
	if got := who(t, n, home.ID); got != "A /" {
		t.Errorf("taken back: %s", got)
	}
}

// Erasing a person takes their time in households along, and nobody else's.
func TestErasingTakesMembershipsAlong(t *testing.T) {
	n := notebook(t)
	gone := create(t, n, dt.Person(t, func(v diagnostics.Values) { v["code"] = "AQM-4TR" }))
	stays := create(t, n, dt.Person(t, func(v diagnostics.Values) { v["code"] = "BQM-4TR" }))
	home, _, err := n.Found(t.Context(), gone.ID, day("2026-02-01"))
	must(t, err)
	_, err = n.Join(t.Context(), home, stays.ID, "friend", day("2026-02-02"))
	must(t, err)
	request := create(t, n, diagnostics.Record{Type: diagnostics.TypeRequest, Fields: diagnostics.Values{
		"kind": diagnostics.RequestErase, "person": gone.ID,
	}})
	_, err = n.Erase(t.Context(), store.Erasure{Person: gone.ID, Why: wire.EraseRequest, Request: request.ID})
	must(t, err)
	members, err := n.Members(t.Context(), home)
	must(t, err)
	if len(members) != 1 || members[0].Person.Code != "BQM-4TR" {
		t.Errorf("members: %+v", members)
	}
	pages, err := n.Pages(t.Context())
	must(t, err)
	if text := string(pages); strings.Contains(text, "2026-02-01") || !strings.Contains(text, "2026-02-02") {
		t.Error("the day on which the erased person came still stands in the notebook, or the other's does not")
	}
}

// Of a member who objects, or whose file is archived, a household shows the code
// alone.
func TestHouseholdShowsNobodyWhoIsShut(t *testing.T) {
	n := notebook(t)
	someone := create(t, n, dt.Person(t, func(v diagnostics.Values) { v["identity.handle"] = "Zéphyrine" }))
	home, _, err := n.Found(t.Context(), someone.ID, day("2026-01-01"))
	must(t, err)
	shown := func() string {
		members, err := n.Members(t.Context(), home)
		must(t, err)
		return members[0].Person.Handle + members[0].Person.Names + members[0].Person.AgeBand
	}
	if shown() == "" {
		t.Fatal("a member is shown by the code alone")
	}
	archiveIt(t, n, someone.ID, "coordination")
	if got := shown(); got != "" {
		t.Errorf("of an archived member it shows %q", got)
	}
}
