package store_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"solidaren/diagnostics"
	dt "solidaren/diagnostics/diagnosticstest"
	"solidaren/diagnostics/store"
)

func TestNight(t *testing.T) {
	n := notebook(t)
	ctx := t.Context()
	tour, err := n.Create(ctx, diagnostics.Record{Type: diagnostics.TypeTour, Fields: diagnostics.Values{
		"kind": "maraude", "team": "nord", "start": diagnostics.FormatTime(dt.Noon),
	}})
	must(t, err)
	person := dt.Person(t)
	first := dt.Maraude(t, person.ID, person, dt.Need(t, "food"))
	first.Diagnostic.Fields["tour"] = tour.ID
	second := dt.Maraude(t, "")
	second.Diagnostic.Fields["tour"] = tour.ID
	elsewhere := dt.Maraude(t, "")
	for _, sub := range []diagnostics.Submission{first, second, elsewhere} {
		must(t, n.Finish(ctx, "", sub))
	}
	rows, err := n.Night(ctx, tour.ID, dt.Noon)
	must(t, err)
	if len(rows) != 2 || rows[0].ID != second.Diagnostic.ID || rows[1].PersonCode != person.Get("code") || rows[1].Needs != 1 {
		t.Fatalf("the tour has %+v", rows)
	}
	if rows[0].District != "q01" || rows[0].PlaceKind == "" || rows[0].Contact == "" || rows[0].Persons == 0 {
		t.Errorf("a row lacks what was seen: %+v", rows[0])
	}
	if rows, err = n.Night(ctx, "", dt.Noon); err != nil || len(rows) != 3 {
		t.Errorf("without a tour: %d rows, %v", len(rows), err)
	}
	if rows, err = n.Night(ctx, "", dt.Noon.Add(time.Second)); err != nil || len(rows) != 0 {
		t.Errorf("later: %d rows, %v", len(rows), err)
	}
}

// TestWithdraw: a record that was taken back counts nowhere and stays readable;
// its correction counts again.
func TestWithdraw(t *testing.T) {
	n := notebook(t)
	ctx := t.Context()
	kept, gone := dt.Maraude(t, "", dt.Need(t, "food")), dt.Maraude(t, "", dt.Need(t, "rights"))
	must(t, n.Finish(ctx, "", kept))
	must(t, n.Finish(ctx, "", gone))
	must(t, n.Withdraw(ctx, gone.Diagnostic.ID))
	day := diagnostics.Period{From: dt.Noon.AddDate(0, 0, -1), To: dt.Noon}
	counted := func() (domains []string, diagnosed int) {
		must(t, n.Needs(ctx, day, func(r diagnostics.NeedRow) error { domains = append(domains, r.Domain); return nil }))
		must(t, n.Diagnostics(ctx, day, func(diagnostics.DiagnosticRow) error { diagnosed++; return nil }))
		return domains, diagnosed
	}
	domains, diagnosed := counted()
	if diff := cmp.Diff([]string{"food"}, domains); diff != "" || diagnosed != 1 {
		t.Errorf("%d diagnostics count; needs (-want +got):\n%s", diagnosed, diff)
	}
	if rows, err := n.Night(ctx, "", day.From); err != nil || len(rows) != 1 {
		t.Errorf("the night has %d rows, %v", len(rows), err)
	}
	for id, withdrawn := range map[string]bool{kept.Diagnostic.ID: false, gone.Diagnostic.ID: true} {
		row := finishedRow(t, n, id)
		if row.Withdrawn != withdrawn || row.Corrected {
			t.Errorf("%s: withdrawn %v, corrected %v", id, row.Withdrawn, row.Corrected)
		}
	}
	again := dt.Maraude(t, "", dt.Need(t, "sport"))
	again.Diagnostic.Fields["corrects"] = gone.Diagnostic.ID
	must(t, n.Finish(ctx, "", again))
	if domains, _ = counted(); len(domains) != 2 {
		t.Errorf("after the correction: %v", domains)
	}
	if row := finishedRow(t, n, gone.Diagnostic.ID); row.Withdrawn || !row.Corrected {
		t.Errorf("after the correction: %+v", row)
	}
}

func finishedRow(t *testing.T, n *store.Notebook, id string) store.FinishedRow {
	t.Helper()
	rows, err := n.Finished(t.Context(), store.FinishedFilter{})
	must(t, err)
	for _, row := range rows {
		if row.ID == id {
			return row
		}
	}
	t.Fatalf("%s is not in the list", id)
	return store.FinishedRow{}
}

func TestWithdrawRefuses(t *testing.T) {
	n := notebook(t)
	sub := dt.Maraude(t, "", dt.Need(t, "food"))
	must(t, n.Finish(t.Context(), "", sub))
	for id, want := range map[string]diagnostics.ErrorCode{
		"nobody":          diagnostics.CodeNotFound,
		sub.Records[0].ID: diagnostics.CodeForbidden,
	} {
		if err := n.Withdraw(t.Context(), id); diagnostics.Code(err) != want {
			t.Errorf("%s: %v", id, err)
		}
	}
}
