package store_test

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"solidaren/diagnostics"
	dt "solidaren/diagnostics/diagnosticstest"
	"solidaren/diagnostics/store"
)

// counted tells how many rows of each kind a source gives about persons.
func counted(t testing.TB, s interface {
	Needs(context.Context, diagnostics.Period, func(diagnostics.NeedRow) error) error
	Encounters(context.Context, diagnostics.Period, func(diagnostics.EncounterRow) error) error
	Diagnostics(context.Context, diagnostics.Period, func(diagnostics.DiagnosticRow) error) error
	Answers(context.Context, string, diagnostics.Period, func(diagnostics.AnswerRow) error) error
	CountAnswers(context.Context, string, diagnostics.Period) (int, bool, error)
},
) [5]int {
	t.Helper()
	ctx, p := t.Context(), diagnostics.Period{From: dt.Noon.AddDate(0, 0, -1), To: dt.Noon}
	var n [5]int
	must(t, s.Needs(ctx, p, func(diagnostics.NeedRow) error { n[0]++; return nil }))
	must(t, s.Encounters(ctx, p, func(diagnostics.EncounterRow) error { n[1]++; return nil }))
	must(t, s.Diagnostics(ctx, p, func(diagnostics.DiagnosticRow) error { n[2]++; return nil }))
	must(t, s.Answers(ctx, "maraude", p, func(diagnostics.AnswerRow) error { n[3]++; return nil }))
	rows, _, err := s.CountAnswers(ctx, "maraude", p)
	must(t, err)
	n[4] = rows
	return n
}

// What a person restricts is left out where it must be, on whichever of the
// person's cards it stands; taken back, it counts again.
func TestRestrictions(t *testing.T) {
	n := notebook(t)
	ctx := t.Context()
	a, b, other := create(t, n, dt.Person(t)), create(t, n, dt.Person(t)), create(t, n, dt.Person(t))
	create(t, n, diagnostics.Record{Type: diagnostics.TypeFollowUp, Fields: diagnostics.Values{"what": "Rappeler", "status": "todo", "person": a.ID}})
	var subs []diagnostics.Submission
	for _, id := range []string{a.ID, b.ID, other.ID, ""} {
		subs = append(subs, dt.Maraude(t, id, dt.Need(t, "food")))
	}
	must(t, n.FinishAll(ctx, subs))
	must(t, n.Same(ctx, a.ID, b.ID))
	finished := func() int {
		rows, err := n.Finished(ctx, store.FinishedFilter{})
		must(t, err)
		return len(rows)
	}
	all, rest := [5]int{4, 4, 4, 4, 4}, [5]int{2, 2, 2, 2, 2}
	steps := []struct {
		name            string
		set             diagnostics.Values
		rows, research  [5]int
		shared          [5]int
		finished, shown int
	}{
		{"nothing", nil, all, all, all, 4, 3},
		{"no research", diagnostics.Values{diagnostics.NoResearch: "yes"}, all, rest, all, 4, 3},
		{"no sharing", diagnostics.Values{diagnostics.NoShare: "yes"}, all, rest, rest, 4, 3},
		{"objection", diagnostics.Values{diagnostics.Objection: "yes"}, rest, rest, rest, 2, 1},
		{"taken back", diagnostics.Values{diagnostics.Objection: "", diagnostics.NoResearch: "no"}, all, all, rest, 4, 3},
	}
	for _, s := range steps {
		if s.set != nil {
			must(t, n.Rectify(ctx, b.ID, s.set, "Je préfère."))
		}
		if got := counted(t, n); got != s.rows {
			t.Errorf("%s: the analyses count %v, want %v", s.name, got, s.rows)
		}
		if got := counted(t, n.Research()); got != s.research {
			t.Errorf("%s: research counts %v, want %v", s.name, got, s.research)
		}
		if got := counted(t, n.Shared()); got != s.shared {
			t.Errorf("%s: what is shared counts %v, want %v", s.name, got, s.shared)
		}
		if got := finished(); got != s.finished {
			t.Errorf("%s: %d finished, want %d", s.name, got, s.finished)
		}
		if steps, err := n.FollowUps(ctx); err != nil || len(steps) != map[bool]int{true: 1, false: 0}[s.finished == 4] {
			t.Errorf("%s: %d next steps (%v)", s.name, len(steps), err)
		}
		rows, err := n.Persons(ctx, store.PersonFilter{Text: "loulou"})
		must(t, err)
		shown := 0
		for _, r := range rows {
			if r.Handle != "" {
				shown++
			} else if !r.Objects() || r.District != "" || r.Gender != "" || !r.LastContact.IsZero() {
				t.Errorf("%s: more than the code is shown: %+v", s.name, r)
			}
		}
		if len(rows) != 3 || shown != s.shown {
			t.Errorf("%s: %d of %d persons show their name, want %d of 3", s.name, shown, len(rows), s.shown)
		}
	}
	history, err := n.Rectifications(ctx, a.ID, "")
	must(t, err)
	var fields []string
	for _, r := range history {
		fields = append(fields, r.Get("field"))
		if r.Get("field") != "same_as" && r.Get("statement") != "Je préfère." {
			t.Errorf("what the person said is lost: %v", r.Fields)
		}
	}
	if len(fields) != 6 || strings.Count(strings.Join(fields, " "), diagnostics.Objection) != 2 {
		t.Errorf("history of %v", fields)
	}
}

// A field that is put right keeps what stood there, and what the person says.
func TestRectify(t *testing.T) {
	n := notebook(t)
	p := create(t, n, dt.Person(t))
	must(t, n.Rectify(t.Context(), p.ID, diagnostics.Values{"identity.handle": "Louis"}, "Personne ne m'appelle Loulou."))
	card, err := n.Get(t.Context(), p.ID)
	must(t, err)
	timeline, err := n.PersonTimeline(t.Context(), p.ID)
	must(t, err)
	if card.Get("identity.handle") != "Louis" || len(timeline) != 1 {
		t.Fatalf("card %v, timeline %v", card.Fields, timeline)
	}
	want := diagnostics.Values{
		"person": p.ID, "at": diagnostics.FormatTime(dt.Noon), "field": "identity.handle",
		"before": "Loulou", "after": "Louis", "statement": "Personne ne m'appelle Loulou.",
	}
	if diff := cmp.Diff(want, timeline[0].Fields); diff != "" {
		t.Errorf("rectification (-want +got):\n%s", diff)
	}
	must(t, n.Rectify(t.Context(), p.ID, diagnostics.Values{"identity.handle": "Louis"}, "rien"))
	if again, err := n.Rectifications(t.Context(), p.ID, ""); err != nil || len(again) != 1 {
		t.Errorf("%d rectifications of one (%v)", len(again), err)
	}
	wantCode(t, n.Rectify(t.Context(), diagnostics.NewID(), nil, ""), diagnostics.CodeNotFound)
	err = n.Rectify(t.Context(), p.ID, diagnostics.Values{"identity.names": "A"}, "mon numéro est 1 85 05 78 006 084 91")
	wantCode(t, err, diagnostics.CodeInvalid)
	if card, _ := n.Get(t.Context(), p.ID); card.Get("identity.names") != "" {
		t.Error("half of it was written")
	}
}
