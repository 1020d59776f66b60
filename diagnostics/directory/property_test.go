package directory_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"solidaren/diagnostics"
	"solidaren/diagnostics/directory"
)

// TestImportsConverge imports random files one after the other, with teams that
// put lines right in between: nothing is ever lost or doubled, a file imported
// again changes nothing, and what a team saw later than a file says stays.
func TestImportsConverge(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var cards []diagnostics.Record
		today := at("2026-01-10 10:00")
		for step := range rapid.IntRange(1, 6).Draw(t, "steps") {
			today = today.AddDate(0, 0, rapid.IntRange(0, 20).Draw(t, "days"))
			file := drawFile(t)
			cards = apply(cards, directory.Compare(cards, file, today, "nord"))
			if again := directory.Compare(cards, file, today, "nord"); len(again.Create)+len(again.Update) != 0 {
				t.Fatalf("step %d: the same file again: %+v", step, again)
			}
			d := directory.New(cards)
			seen := map[string]bool{}
			for _, e := range d.Entries {
				code := e.Action.Get("code")
				if seen[code] {
					t.Fatalf("step %d: %s is there twice", step, code)
				}
				seen[code] = true
				if e.Actor.ID == "" {
					t.Fatalf("step %d: %s is nobody's", step, code)
				}
			}
			for _, wanted := range file {
				if wanted.Type == diagnostics.TypeAction && !seen[wanted.Get("code")] {
					t.Fatalf("step %d: %s was not taken in", step, wanted.Get("code"))
				}
			}
			if len(d.Entries) == 0 || !rapid.Bool().Draw(t, "correct") {
				continue
			}
			old := d.Entries[rapid.IntRange(0, len(d.Entries)-1).Draw(t, "line")].Action
			for i := range cards {
				if cards[i].ID == old.ID {
					for field, value := range directory.Correct(old, diagnostics.Values{"saturation": "closed"}, today, "sud") {
						cards[i].Fields[field] = value
					}
				}
			}
			older := drawFile(t)
			for i := range older {
				older[i].Fields["checked_on"] = today.AddDate(0, 0, -1).Format("2006-01-02")
			}
			cards = apply(cards, directory.Compare(cards, older, today, "nord"))
			if e, _ := directory.New(cards).Find(old.Get("code")); e.Action.Get("saturation") != directory.Closed {
				t.Fatalf("step %d: an older file says that %s is %s again", step, old.Get("code"), e.Action.Get("saturation"))
			}
		}
	})
}

// drawFile draws a file of a few actors and actions.
func drawFile(t *rapid.T) []diagnostics.Record {
	var file []diagnostics.Record
	actors := rapid.IntRange(1, 3).Draw(t, "actors")
	for i := range actors {
		file = append(file, diagnostics.Record{Type: diagnostics.TypeActor, Fields: diagnostics.Values{
			"code": fmt.Sprintf("actor%d", i), "name": rapid.SampledFrom([]string{"Le Quai", "La Halte"}).Draw(t, "name"),
		}})
	}
	for i := range rapid.IntRange(0, 5).Draw(t, "actions") {
		fields := diagnostics.Values{
			"code": fmt.Sprintf("action%d", i), "name": fmt.Sprintf("Action %d", i),
			"actor": fmt.Sprintf("actor%d", rapid.IntRange(0, actors-1).Draw(t, "actor")),
		}
		fields["saturation"] = rapid.SampledFrom([]string{"", "ok", "tense", "full"}).Draw(t, "saturation")
		fields["phone"] = rapid.SampledFrom([]string{"", "02 61 91 00 01", "02 61 91 00 02"}).Draw(t, "phone")
		fields["checked_on"] = rapid.SampledFrom([]string{"", "2026-01-01", "2026-01-15", "2026-02-01"}).Draw(t, "checked")
		file = append(file, diagnostics.Record{Type: diagnostics.TypeAction, Fields: fields})
	}
	return file
}
