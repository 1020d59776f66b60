package store_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"solidaren/diagnostics"
	dt "solidaren/diagnostics/diagnosticstest"
	"solidaren/diagnostics/store"
	"solidaren/sync/wire"
)

var today = diagnostics.Period{From: dt.Noon.Truncate(24 * time.Hour), To: dt.Noon.Truncate(24 * time.Hour)}

// domains gives the domains of the needs that count.
func domains(t testing.TB, n *store.Notebook, p diagnostics.Period) []string {
	t.Helper()
	var out []string
	must(t, n.Needs(t.Context(), p, func(r diagnostics.NeedRow) error {
		out = append(out, r.Domain)
		return nil
	}))
	slices.Sort(out)
	return out
}

func TestRows(t *testing.T) {
	n := notebook(t)
	ctx := t.Context()
	household := diagnostics.Record{ID: diagnostics.NewID(), Type: diagnostics.TypeHousehold, Fields: diagnostics.Values{"type": "cs"}}
	person := dt.Person(t)
	tour := create(t, n, dt.Tour(t, func(v diagnostics.Values) { v["end"] = "2026-03-02T14:00:00Z" }))
	need := dt.Need(t, "food", func(v diagnostics.Values) { v["publics"], v["new"] = "errance far", "yes" })
	referral := diagnostics.Record{
		ID: diagnostics.NewID(), Type: diagnostics.TypeReferral,
		Fields: diagnostics.Values{"to": "a1", "how": "call", "answer": "declined", "why_declined": "far cost"},
	}
	sub := dt.Maraude(t, person.ID, person, household, need, referral)
	sub.Records[0].Fields["household"], sub.Records[0].Fields["tour"], sub.Records[0].Fields["persons"] = household.ID, tour.ID, "2"
	sub.Diagnostic.Fields["publics"], sub.Diagnostic.Fields["demo"] = "errance", "yes"
	anonymous := dt.Maraude(t, "", dt.Need(t, "rights", func(v diagnostics.Values) { delete(v, "own_words") }))
	must(t, n.FinishAll(ctx, []diagnostics.Submission{sub, anonymous}))

	var needs []diagnostics.NeedRow
	must(t, n.Needs(ctx, today, func(r diagnostics.NeedRow) error { needs = append(needs, r); return nil }))
	want := []diagnostics.NeedRow{
		{
			At: dt.Noon, Domain: "food", District: "q01", Team: "nord", Person: person.ID, Household: household.ID, Publics: []string{"errance", "far"},
			Urgency: "weeks", Covered: "no", WhyNot: []string{"no_offer", "full"}, New: true, OwnWords: true,
		},
		{
			At: dt.Noon, Domain: "rights", District: "q01", Team: "nord", Household: anonymous.Records[0].ID, Publics: []string{},
			Urgency: "weeks", Covered: "no", WhyNot: []string{"no_offer", "full"},
		},
	}
	if diff := cmp.Diff(want, needs); diff != "" {
		t.Errorf("needs (-want +got):\n%s", diff)
	}
	var got []any
	keep := func(row any) error { got = append(got, row); return nil }
	must(t, n.Encounters(ctx, today, func(r diagnostics.EncounterRow) error { return keep(r) }))
	must(t, n.TourRows(ctx, today, func(r diagnostics.TourRow) error { return keep(r) }))
	must(t, n.Diagnostics(ctx, today, func(r diagnostics.DiagnosticRow) error { return keep(r) }))
	must(t, n.Referrals(ctx, today, func(r diagnostics.ReferralRow) error { return keep(r) }))
	wantRows := []any{
		diagnostics.EncounterRow{At: dt.Noon, Kind: "maraude", Contact: "talk", District: "q01", Team: "nord", Tour: tour.ID, Person: person.ID, Persons: 2},
		diagnostics.EncounterRow{At: dt.Noon, Kind: "maraude", Contact: "talk", District: "q01", Team: "nord", Persons: 1},
		diagnostics.TourRow{Start: dt.Noon.Add(-time.Hour), End: dt.Noon.Add(2 * time.Hour), Team: "nord", Sectors: []string{"q01", "q02"}, Staff: 2},
		diagnostics.DiagnosticRow{At: dt.Noon, Form: "maraude", Subject: "person", District: "q01", Team: "nord", Person: person.ID, Publics: []string{"errance"}, Demo: true},
		diagnostics.DiagnosticRow{At: dt.Noon, Form: "maraude", Subject: "person", District: "q01", Team: "nord", Publics: []string{}},
		diagnostics.ReferralRow{At: dt.Noon, To: "a1", Answer: "declined", Why: []string{"far", "cost"}, District: "q01", Team: "nord", Person: person.ID},
	}
	if diff := cmp.Diff(wantRows, got); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
}

func TestAnswers(t *testing.T) {
	n := notebook(t)
	person := dt.Person(t)
	sub := dt.Maraude(t, person.ID, person)
	bare := dt.Maraude(t, "")
	delete(bare.Diagnostic.Fields, "texts")
	other := dt.Maraude(t, "")
	other.Diagnostic.Fields["form_id"] = "entretien"
	must(t, n.FinishAll(t.Context(), []diagnostics.Submission{sub, bare, other}))
	var rows []diagnostics.AnswerRow
	must(t, n.Answers(t.Context(), "maraude", today, func(r diagnostics.AnswerRow) error { rows = append(rows, r); return nil }))
	if len(rows) != 2 {
		t.Fatalf("%d answers, want two", len(rows))
	}
	texts, err := rows[0].Texts()
	must(t, err)
	if string(texts) != sub.Diagnostic.Get("texts") || string(rows[0].Answers) != sub.Diagnostic.Get("answers") ||
		rows[0].PersonCode != person.Get("code") || rows[0].Version != "2026030100" {
		t.Errorf("row %+v, texts %s", rows[0], texts)
	}
	if rows[1].Texts != nil || rows[1].PersonCode != "" {
		t.Errorf("row %+v: no texts were given", rows[1])
	}
}

// More rows than a page are read in order, each once, while f uses the
// notebook; an error of f, or the context's end, ends the reading.
func TestAnswersOfManyPages(t *testing.T) {
	n := notebook(t)
	var subs []diagnostics.Submission
	for range 650 {
		subs = append(subs, dt.Maraude(t, ""))
	}
	subs[600].Diagnostic.Fields["demo"] = "yes"
	subs[10].Diagnostic.Fields["texts"] = `{"own_words":"\"demo\":\"yes\""}` // words, not a mark
	must(t, n.FinishAll(t.Context(), subs))
	read := func(ctx context.Context, f func(i int) error) (ids []string, err error) {
		err = n.Answers(ctx, "maraude", today, func(r diagnostics.AnswerRow) error {
			ids = append(ids, r.ID)
			return f(len(ids))
		})
		return ids, err
	}
	all, err := read(t.Context(), func(i int) error {
		if i%100 == 0 {
			_, err := n.Get(t.Context(), subs[i].Diagnostic.ID)
			return err
		}
		return nil
	})
	must(t, err)
	if !slices.IsSorted(all) || len(slices.Compact(slices.Clone(all))) != len(subs) {
		t.Errorf("%d ids read, want %d, each once and in order", len(all), len(subs))
	}
	enough := errors.New("enough")
	if ids, err := read(t.Context(), func(i int) error {
		if i == 250 {
			return enough
		}
		return nil
	}); !errors.Is(err, enough) || len(ids) != 250 {
		t.Errorf("%d ids, %v", len(ids), err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	if _, err := read(ctx, func(i int) error { cancel(); return nil }); err == nil {
		t.Error("read on after the context's end")
	}
	count, demo, err := n.CountAnswers(t.Context(), "maraude", today)
	must(t, err)
	if count != len(subs) || !demo {
		t.Errorf("counted %d, demo %v", count, demo)
	}
	if count, demo, err := n.CountAnswers(t.Context(), "lieu", today); count != 0 || demo || err != nil {
		t.Errorf("a form without answers: %d, %v, %v", count, demo, err)
	}
}

// The days of a period are those of its time zone, both included.
func TestPeriod(t *testing.T) {
	n := notebook(t)
	paris, err := time.LoadLocation("Europe/Paris")
	must(t, err)
	for _, at := range []string{"2026-03-01T22:59:59Z", "2026-03-01T23:00:00Z", "2026-03-02T22:59:59Z", "2026-03-02T23:00:00Z"} {
		sub := dt.Maraude(t, "", dt.Need(t, "food", func(v diagnostics.Values) { v["tags"] = at }))
		sub.Records[1].Fields["at"] = at
		must(t, n.Finish(t.Context(), "", sub))
	}
	day := time.Date(2026, 3, 2, 0, 0, 0, 0, paris)
	if got := domains(t, n, diagnostics.Period{From: day, To: day}); len(got) != 2 {
		t.Errorf("%d needs on the second of March in Paris, want two", len(got))
	}
}

// More rows than a page, many at the same second, and a reader that uses the
// notebook while it reads.
func TestRowsArePaged(t *testing.T) {
	n := notebook(t)
	var subs []diagnostics.Submission
	for i := range 450 {
		need := dt.Need(t, "food", func(v diagnostics.Values) { v["team"] = fmt.Sprint(i) })
		subs = append(subs, dt.Maraude(t, "", need))
	}
	must(t, n.FinishAll(t.Context(), subs))
	seen := map[string]bool{}
	must(t, n.Needs(t.Context(), today, func(r diagnostics.NeedRow) error {
		seen[r.Household] = true
		if len(seen)%100 == 0 {
			return n.SetSettings(t.Context(), map[string]string{"exported": fmt.Sprint(len(seen))})
		}
		return nil
	}))
	if len(seen) != 450 {
		t.Errorf("%d of 450 needs", len(seen))
	}
	stop := fmt.Errorf("enough")
	if err := n.Needs(t.Context(), today, func(diagnostics.NeedRow) error { return stop }); err != stop {
		t.Errorf("error %v, want the reader's own", err)
	}
	after, got := "", 0
	for {
		rows, err := n.Finished(t.Context(), store.FinishedFilter{After: after, Limit: 200})
		must(t, err)
		if len(rows) == 0 {
			break
		}
		got += len(rows)
		after = rows[len(rows)-1].ID
	}
	if got != 450 {
		t.Errorf("the list has %d of 450 diagnostics", got)
	}
}

// Each entry is a diagnostic with one need; its number names the entry that it
// corrects, -1 none.
func TestCorrections(t *testing.T) {
	tests := []struct {
		name     string
		corrects []int
		want     []string // domains that count
	}{
		{"none", []int{-1, -1}, []string{"food", "hygiene"}},
		{"one", []int{-1, 0}, []string{"hygiene"}},
		{"a correction of a correction", []int{-1, 0, 1}, []string{"clothing"}},
		{"two corrections made apart: the later id counts", []int{-1, 0, 0}, []string{"clothing"}},
		{"of which the other was corrected", []int{-1, 0, 0, 2}, []string{"shelter"}},
	}
	names := []string{"food", "hygiene", "clothing", "shelter"}
	for _, tt := range tests {
		var subs []diagnostics.Submission
		for i, of := range tt.corrects {
			if of < 0 {
				subs = append(subs, dt.Maraude(t, "", dt.Need(t, names[i])))
			} else {
				subs = append(subs, dt.Correction(t, subs[of], dt.Need(t, names[i])))
			}
		}
		t.Run(tt.name, func(t *testing.T) {
			writer := notebook(t)
			for _, sub := range subs {
				must(t, writer.Finish(t.Context(), "", sub))
			}
			if diff := cmp.Diff(tt.want, domains(t, writer, today)); diff != "" {
				t.Errorf("where they were written (-want +got):\n%s", diff)
			}
			var states []wire.Record
			for _, state := range push(t, writer) {
				states = append(states, state)
			}
			slices.SortFunc(states, func(a, b wire.Record) int { return strings.Compare(b.ID, a.ID) }) // corrections first
			reader := notebook(t)
			for i := range states {
				apply(t, reader, reply(int64(i+1), states[i]))
			}
			if diff := cmp.Diff(tt.want, domains(t, reader, today)); diff != "" {
				t.Errorf("pulled, the correction first (-want +got):\n%s", diff)
			}
			checkCorrected(t, reader, len(subs))
		})
	}
}

// checkCorrected: all diagnostics are still listed, the same ones count in
// every reading.
func checkCorrected(t *testing.T, n *store.Notebook, total int) {
	t.Helper()
	rows, err := n.Finished(t.Context(), store.FinishedFilter{})
	must(t, err)
	counting, listed := map[string]bool{}, map[string]bool{}
	must(t, n.Diagnostics(t.Context(), today, func(r diagnostics.DiagnosticRow) error { return nil }))
	must(t, n.Answers(t.Context(), "maraude", today, func(r diagnostics.AnswerRow) error { counting[r.ID] = true; return nil }))
	for _, r := range rows {
		if !r.Corrected {
			listed[r.ID] = true
		}
	}
	count, demo, err := n.CountAnswers(t.Context(), "maraude", today)
	must(t, err)
	if count != len(counting) || demo {
		t.Errorf("counted %d, demo %v: %d answers, none made up", count, demo, len(counting))
	}
	if diff := cmp.Diff(listed, counting); diff != "" || len(rows) != total {
		t.Errorf("%d of %d listed; not corrected against counting:\n%s", len(rows), total, diff)
	}
	var encounters int
	must(t, n.Encounters(t.Context(), today, func(diagnostics.EncounterRow) error { encounters++; return nil }))
	if encounters != len(counting) {
		t.Errorf("%d encounters count, want %d", encounters, len(counting))
	}
}

// An erased correction gives its place back.
func TestErasedCorrection(t *testing.T) {
	n := notebook(t)
	first := dt.Maraude(t, "", dt.Need(t, "food"))
	second := dt.Correction(t, first, dt.Need(t, "rights"))
	must(t, n.FinishAll(t.Context(), []diagnostics.Submission{first, second}))
	var gone []wire.Record
	for _, r := range second.All() {
		gone = append(gone, wire.Record{ID: r.ID, Gone: "erased"})
	}
	apply(t, n, reply(1, gone...))
	if diff := cmp.Diff([]string{"food"}, domains(t, n, today)); diff != "" {
		t.Errorf("needs (-want +got):\n%s", diff)
	}
}

func TestFinishedFilters(t *testing.T) {
	n := notebook(t)
	ctx := t.Context()
	person := create(t, n, dt.Person(t))
	about := dt.Maraude(t, person.ID, dt.Need(t, "food"))
	other := dt.Maraude(t, "")
	other.Diagnostic.Fields["form_id"] = "entretien"
	both := dt.Maraude(t, person.ID)
	both.Diagnostic.Fields["form_id"] = "entretien"
	must(t, n.FinishAll(ctx, []diagnostics.Submission{about, other}))
	last, _, err := n.OpNumbers(ctx)
	must(t, err)
	r := reply(1)
	r.Acked = last
	apply(t, n, r)
	must(t, n.Finish(ctx, "", both))
	tests := []struct {
		name   string
		filter store.FinishedFilter
		want   map[string]bool // id: sent
	}{
		{"all", store.FinishedFilter{}, map[string]bool{about.Diagnostic.ID: true, other.Diagnostic.ID: true, both.Diagnostic.ID: false}},
		{"form", store.FinishedFilter{Form: "entretien"}, map[string]bool{other.Diagnostic.ID: true, both.Diagnostic.ID: false}},
		{"person", store.FinishedFilter{Person: person.ID}, map[string]bool{about.Diagnostic.ID: true, both.Diagnostic.ID: false}},
		{"person and form", store.FinishedFilter{Person: person.ID, Form: "maraude"}, map[string]bool{about.Diagnostic.ID: true}},
		{"unknown form", store.FinishedFilter{Form: "x"}, map[string]bool{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			rows, err := n.Finished(ctx, tt.filter)
			must(t, err)
			got := map[string]bool{}
			for _, r := range rows {
				got[r.ID] = r.Sent
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
