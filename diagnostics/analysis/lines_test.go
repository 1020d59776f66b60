package analysis_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"solidaren/diagnostics"
	"solidaren/diagnostics/analysis"
	"solidaren/diagnostics/analysis/analysistest"
)

func TestEffort(t *testing.T) {
	rows := &analysistest.Rows{}
	tour := func(month time.Month, team string, hours float64) {
		start := day(2026, month, 10).Add(19 * time.Hour)
		rows.Tour = append(rows.Tour, diagnostics.TourRow{Start: start, End: start.Add(time.Duration(hours * float64(time.Hour))), Team: team})
	}
	tour(1, "A", 3)
	tour(1, "B", 2)
	rows.Tour = append(rows.Tour, diagnostics.TourRow{Start: day(2026, 1, 20), Team: "B"}) // not ended
	tour(2, "A", 3)
	tour(3, "A", 9)
	tour(3, "B", 1)
	for i := range 30 {
		contact := []string{"talk", "talk", "refused", "asleep", "talk"}[i%5]
		rows.Encounter = append(rows.Encounter, diagnostics.EncounterRow{At: day(2026, 1, 10), Contact: contact, Team: string("AB"[i%2]), Persons: 1})
		if contact == "talk" {
			rows.Done = append(rows.Done, diagnostics.DiagnosticRow{At: day(2026, 1, 10), Team: string("AB"[i%2]), Person: fmt.Sprint("p", i)})
		}
	}
	n := compute(t, rows, diagnostics.Period{From: day(2026, 1, 1), To: day(2026, 3, 15)}, diagnostics.AudienceRestricted)
	type line struct {
		Month                                        string
		Partial                                      bool
		Tours, Hours, All, Anonymous, Talk, Diags, R analysis.Cell
		Teams                                        analysis.Cell
	}
	var got []line
	for _, l := range n.Effort {
		name := l.Start().Format("2006-01")
		if l.Whole {
			name = "all"
		}
		got = append(got, line{name, l.Partial, l.Tours, l.Hours, l.Encounters.Rows, l.Encounters.Anonymous, l.Talk, l.Diagnostics, l.PerEncounter, l.Teams})
	}
	zero := analysis.Count(0)
	want := []line{
		{"2026-01", false, analysis.Count(3), analysis.Count(5), analysis.Count(30), analysis.Count(30), analysis.Count(18), analysis.Count(18), shown(.6), analysis.Count(2)},
		{"2026-02", false, hidden, hidden, zero, zero, zero, zero, noBase, analysis.Count(1)},
		{"2026-03", true, analysis.Count(2), hidden, zero, zero, zero, zero, noBase, analysis.Count(2)}, // one team made 90 % of the hours
		{"all", false, analysis.Count(6), analysis.Count(18), analysis.Count(30), analysis.Count(30), analysis.Count(18), analysis.Count(18), shown(.6), analysis.Count(2)},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestPublics(t *testing.T) {
	rows := &analysistest.Rows{}
	for i := range 40 {
		r := diagnostics.DiagnosticRow{At: day(2026, 1, 10), Team: "A", Person: fmt.Sprint("p", i), Publics: []string{"errance"}}
		if i < 12 {
			r.Publics = append(r.Publics, "far")
		}
		rows.Done = append(rows.Done, r, r) // met twice
	}
	n := compute(t, rows, halfYear, diagnostics.AudiencePlenary)
	got := lineOf(t, n.Publics, func(l analysis.PublicLine) bool { return l.Public == "far" && l.Bucket == -1 })
	low, high := analysis.Wilson(12, 40)
	want := analysis.PublicLine{
		Public: "far", Bucket: -1,
		Split: analysis.Split{Persons: analysis.Count(12), Anonymous: analysis.Count(0), Rows: analysis.Count(24)},
		Share: analysis.Share{Rate: shown(.3), Low: shown(low), High: shown(high)},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestReferrals(t *testing.T) {
	rows := &analysistest.Rows{}
	add := func(n int, to, answer string, why ...string) {
		for range n {
			rows.Referral = append(rows.Referral, diagnostics.ReferralRow{
				At: day(2026, 2, 1), To: to, Answer: answer,
				Why: why, Team: "A", Person: fmt.Sprint("p", len(rows.Referral)),
			})
		}
	}
	add(3, "rare", "accepts")
	add(15, "shower", "accepts", "cost") // a reason beside another answer does not count
	add(11, "shower", "declines", "far")
	add(12, "bank", "")
	n := compute(t, rows, halfYear, diagnostics.AudiencePlenary)
	var order []string
	for _, l := range n.Referrals {
		order = append(order, l.To)
	}
	if diff := cmp.Diff([]string{analysis.All, "shower", "bank", "rare"}, order); diff != "" {
		t.Error(diff)
	}
	low, high := analysis.Wilson(15, 26)
	want := analysis.ReferralLine{
		To: "shower", Proposed: analysis.Count(26), Accepts: analysis.Count(15),
		Thinks: analysis.Count(0), Declines: analysis.Count(11), Already: analysis.Count(0), Unanswered: analysis.Count(0),
		Acceptance: analysis.Share{Rate: shown(15.0 / 26), Low: shown(low), High: shown(high)},
		Reasons:    []analysis.Reason{{Code: "far", Count: analysis.Count(11)}},
	}
	if diff := cmp.Diff(want, n.Referrals[1]); diff != "" {
		t.Error(diff)
	}
}

func TestAnonymousReferralsOfOneMomentAreOneContributor(t *testing.T) {
	rows := &analysistest.Rows{}
	for range 12 {
		rows.Referral = append(rows.Referral, diagnostics.ReferralRow{At: day(2026, 2, 1), To: "shower", Team: "A", District: "q01"})
	}
	if got := compute(t, rows, halfYear, diagnostics.AudiencePlenary).Referrals[0].Proposed; got != hidden {
		t.Errorf("twelve referrals of one anonymous encounter: %v", got)
	}
}
