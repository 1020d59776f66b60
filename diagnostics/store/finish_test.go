package store_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	dt "solidaren/diagnostics/diagnosticstest"
	"solidaren/diagnostics/store"
)

func TestFinish(t *testing.T) {
	n := notebook(t)
	ctx := t.Context()
	must(t, n.SaveDraft(ctx, store.Draft{ID: "d1", FormID: "maraude", State: []byte("x")}))
	person := dt.Person(t)
	sub := dt.Maraude(t, person.ID, person, dt.Need(t, "food"), dt.Need(t, "rights"))
	must(t, n.Finish(ctx, "d1", sub))

	for _, want := range sub.All() {
		got, err := n.Get(ctx, want.ID)
		must(t, err)
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", want.Type, diff)
		}
	}
	children, err := n.Children(ctx, sub.Diagnostic.ID)
	must(t, err)
	if len(children) != 3 {
		t.Errorf("%d records observed, want an encounter and two needs", len(children))
	}
	drafts, err := n.Drafts(ctx)
	must(t, err)
	if len(drafts) != 0 {
		t.Errorf("the draft is still there")
	}
	xml, err := n.LastSaved(ctx, "maraude")
	must(t, err)
	if diff := cmp.Diff(string(sub.XML), string(xml)); diff != "" {
		t.Errorf("last saved (-want +got):\n%s", diff)
	}
	rows, err := n.Finished(ctx, store.FinishedFilter{})
	must(t, err)
	want := []store.FinishedRow{{
		ID: sub.Diagnostic.ID, Form: "maraude", At: dt.Noon, CompletedAt: sub.Diagnostic.Time("completed_at"),
		District: "q01", PersonCode: person.Get("code"), Needs: 2, Author: "laptop-1",
	}}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Errorf("list (-want +got):\n%s", diff)
	}
	last, acked, err := n.OpNumbers(ctx)
	must(t, err)
	if last != 5 || acked != 0 {
		t.Errorf("operations %d, acknowledged %d; want 5 and 0", last, acked)
	}
}
