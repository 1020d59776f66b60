package directory_test

import (
	"testing"
	"time"

	"solidaren/diagnostics"
	"solidaren/diagnostics/directory"
)

// held does a plan to cards in memory.
func held(cards []diagnostics.Record, p directory.Plan) []diagnostics.Record {
	cards = append(cards, p.Create...)
	for _, c := range p.Update {
		for _, r := range cards {
			if r.ID == c.ID {
				for field, value := range c.Set {
					r.Fields[field] = value
				}
			}
		}
	}
	return cards
}

func TestCardsByHand(t *testing.T) {
	day := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	plan, code, err := (&directory.Directory{}).Add(" Douches ", "Les Bains", day, "nord")
	if err != nil || code != "les_bains_douches" || len(plan.Create) != 2 {
		t.Fatalf("%q, %+v, %v", code, plan, err)
	}
	cards := held(nil, plan)
	d := directory.New(cards)
	if e, ok := d.Find(code); !ok || e.Actor.Get("name") != "Les Bains" || e.Action.Get("checked_by") != "nord" {
		t.Fatalf("the directory has %+v", d.Entries)
	}
	if _, _, err := d.Add("DOUCHES", "les bains", day, "nord"); diagnostics.Code(err) != diagnostics.CodeConflict {
		t.Errorf("the same action twice: %v", err)
	}
	if _, _, err := d.Add("Douches", " ", day, "nord"); diagnostics.Code(err) != diagnostics.CodeInvalid {
		t.Errorf("no actor: %v", err)
	}
	second, _, err := d.Add("Repas", "LES BAINS", day, "nord")
	if err != nil || len(second.Create) != 1 {
		t.Errorf("a known actor is made again: %+v, %v", second, err)
	}
	action := d.Entries[0].Action
	if _, err := directory.Put(action, "name", " ", day, "nord"); diagnostics.Code(err) != diagnostics.CodeInvalid {
		t.Errorf("no name: %v", err)
	}
	put, err := directory.Put(action, "phone", "02 61 91 00 01", day, "nord")
	if err != nil {
		t.Fatal(err)
	}
	back := directory.Undo(cards, put)
	cards = held(cards, put)
	if e, _ := directory.New(cards).Find(code); e.Get("phone") != "02 61 91 00 01" || e.Action.Get("changed") != "phone" {
		t.Errorf("put right: %v", e.Action.Fields)
	}
	cards = held(cards, back)
	if e, _ := directory.New(cards).Find(code); e.Get("phone") != "" || e.Action.Get("changed") != "name" {
		t.Errorf("taken back: %v", e.Action.Fields)
	}
	shut := directory.Shut(directory.New(cards).Entries, true, day, "nord")
	if len(shut.Update) != 1 || len(directory.Shut(directory.New(cards).Entries, false, day, "nord").Update) != 0 {
		t.Errorf("closing plans %+v", shut)
	}
	cards = held(cards, directory.Unmake(plan))
	if d := directory.New(cards); len(d.Entries) != 0 || len(d.Actors) != 0 {
		t.Errorf("what was made by mistake is listed: %+v", d)
	}
}
