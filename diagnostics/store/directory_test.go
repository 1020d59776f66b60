package store_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"solidaren/diagnostics"
	dt "solidaren/diagnostics/diagnosticstest"
	"solidaren/diagnostics/directory"
	"solidaren/diagnostics/likeness"
	"solidaren/diagnostics/store"
	"solidaren/sync/wire"
)

func directoryOf(actions int) []diagnostics.Record {
	cards := []diagnostics.Record{{Type: diagnostics.TypeActor, Fields: diagnostics.Values{"code": "quai", "name": "Le Quai Ouvert"}}}
	needs := diagnostics.Codes("need_domain")
	for i := range actions {
		need := needs[i%len(needs)]
		cards = append(cards, diagnostics.Record{Type: diagnostics.TypeAction, Fields: diagnostics.Values{
			"code": fmt.Sprintf("a%d", i), "name": need.FR + " du lieu " + fmt.Sprint(i), "actor": "quai", "needs": need.Code,
			"districts": fmt.Sprintf("q%02d", i%12+1), "animals": []string{"yes", "no"}[i%2], "phone": "02 61 91 00 01",
			"opening_hours": "Mo-Fr 09:00-12:00,14:00-17:00", "description": "Accueil sans rendez-vous, apporter un justificatif",
		}})
	}
	return cards
}

func TestDirectoryIsImportedWholeOrNotAtAll(t *testing.T) {
	n := notebook(t)
	file := directoryOf(1450) // more than a page
	must(t, n.ImportDirectory(t.Context(), directory.Compare(nil, file, dt.Noon, "nord")))
	cards, err := n.Directory(t.Context())
	must(t, err)
	d := directory.New(cards)
	if len(d.Entries) != 1450 || d.Entries[0].Actor.Get("name") != "Le Quai Ouvert" {
		t.Fatalf("%d actions, the first of %q", len(d.Entries), d.Entries[0].Actor.Get("name"))
	}
	again := directory.Compare(cards, file, dt.Noon, "nord")
	if len(again.Create)+len(again.Update) != 0 {
		t.Errorf("the same file again: %d and %d", len(again.Create), len(again.Update))
	}
	before, _, err := n.OpNumbers(t.Context())
	must(t, err)
	wrong := directory.Plan{
		Create: []diagnostics.Record{{Type: diagnostics.TypeActor, Fields: diagnostics.Values{"code": "x", "name": "X"}}},
		Update: []directory.Change{{ID: d.Entries[3].Action.ID, Type: diagnostics.TypeAction, Set: diagnostics.Values{"capacity": "douze"}}},
	}
	wantCode(t, n.ImportDirectory(t.Context(), wrong), diagnostics.CodeInvalid)
	after, _, err := n.OpNumbers(t.Context())
	must(t, err)
	if now, err := n.Directory(t.Context()); err != nil || len(now) != len(cards) || after != before {
		t.Errorf("a part was written: %d cards of %d, operation %d after %d, %v", len(now), len(cards), after, before, err)
	}
}

// BenchmarkDirectorySearch looks for words in 5,000 actions, as one types, and
// in turn asks SQLite for the cards whose text holds the last of them (LIKE).
// x_like is the ratio; µs/open is what reading the directory at opening costs.
func BenchmarkDirectorySearch(b *testing.B) {
	n := notebook(b)
	must(b, n.ImportDirectory(b.Context(), directory.Compare(nil, directoryOf(5000), dt.Noon, "")))
	start := time.Now()
	cards, err := n.Directory(b.Context())
	must(b, err)
	d := directory.New(cards)
	opened := time.Since(start)
	queries := []string{"d", "douches", "alim chien", "épicerie blosne", "quai ouvert 1999", "rien de tel"}
	var ours, theirs time.Duration
	for b.Loop() {
		for _, q := range queries {
			start := time.Now()
			d.Search(directory.Filter{Text: q}, 0)
			middle := time.Now()
			words := likeness.Fold(q)
			_, err := n.ActionsLike(b.Context(), "%"+words[len(words)-1]+"%")
			must(b, err)
			ours, theirs = ours+middle.Sub(start), theirs+time.Since(middle)
		}
	}
	b.ReportMetric(float64(ours.Microseconds())/float64(b.N*len(queries)), "µs/search")
	b.ReportMetric(float64(theirs.Microseconds())/float64(b.N*len(queries)), "µs/like")
	b.ReportMetric(float64(ours)/float64(theirs), "x_like")
	b.ReportMetric(float64(opened.Microseconds()), "µs/open")
}

func TestDirectoryCardsAreNobodysData(t *testing.T) {
	n := notebook(t)
	must(t, n.ImportDirectory(t.Context(), directory.Compare(nil, directoryOf(2), dt.Noon, "")))
	cards, err := n.Directory(t.Context())
	must(t, err)
	_, err = n.Update(t.Context(), cards[1].ID, diagnostics.Values{"remark": "demander au guichet"})
	must(t, err)
	ops, err := n.PendingOps(t.Context(), 0, 100, 1<<20)
	must(t, err)
	for _, op := range ops {
		if raw := string(op.Set["remark"]); strings.Contains(raw, "guichet") {
			t.Errorf("a remark leaves in clear: %s", raw)
		}
	}
	_, err = n.Update(t.Context(), cards[1].ID, diagnostics.Values{"description": "2 84 05 88 123 456 57"})
	wantCode(t, err, diagnostics.CodeInvalid)
	entries, err := n.Accesses(t.Context(), store.AccessFilter{})
	must(t, err)
	if len(entries) > 0 {
		t.Errorf("%d accesses are logged for a directory of organisations", len(entries))
	}
}

// Two teams that put one line right at a time are asked about what they say of
// it, and not about the days and names beside.
func TestTwoCorrectionsAreOneQuestion(t *testing.T) {
	n := notebook(t)
	r := record("a1", diagnostics.TypeAction, 2, diagnostics.Values{
		"code": "laverie", "name": "Laverie", "saturation": "closed", "saturation_on": "2026-03-01", "checked_on": "2026-03-01",
		"checked_by": "nord", "changed": "saturation", "changed_on": "2026-03-01",
	})
	second := diagnostics.Values{
		"saturation": "full", "saturation_on": "2026-03-02", "checked_on": "2026-03-02", "checked_by": "sud", "changed": "phone saturation", "changed_on": "2026-03-02",
	}
	for field, value := range second {
		raw, err := json.Marshal(value)
		must(t, err)
		r.Fields[field] = append(r.Fields[field], wire.Value{V: raw, Dev: "F", Ver: 1, At: dt.Noon, Op: "f-1"})
	}
	apply(t, n, reply(9, r))
	got, err := n.Get(t.Context(), "a1")
	must(t, err)
	if !slices.Equal(got.Conflict, []string{"saturation"}) || got.Get("checked_on") != "2026-03-02" || got.Get("saturation_on") != "2026-03-02" {
		t.Errorf("in conflict: %v, %v", got.Conflict, got.Fields)
	}
}
