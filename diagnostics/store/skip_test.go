package store_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"solidaren/diagnostics"
	dt "solidaren/diagnostics/diagnosticstest"
	"solidaren/diagnostics/store"
)

// pagesAgree checks that a list read from any place on, counted from its
// beginning or from one of its rows, is the list read as a whole.
func pagesAgree(t *testing.T, what string, count int, page func(after string, skip, limit int) []string) {
	t.Helper()
	all := page("", 0, 200)
	if len(all) != count || count < 5 {
		t.Fatalf("%s: %d counted, %d listed", what, count, len(all))
	}
	for i := range all {
		if diff := cmp.Diff(all[i:min(i+2, count)], page("", i, 2)); diff != "" {
			t.Fatalf("%s from row %d on: %s", what, i, diff)
		}
		for skip := range count - i - 1 {
			if diff := cmp.Diff(all[i+1+skip:], page(all[i], skip, 200)); diff != "" {
				t.Fatalf("%s, %d behind row %d: %s", what, skip, i, diff)
			}
		}
	}
	if rest := page("", count, 200); len(rest) > 0 {
		t.Errorf("%s: %d rows behind the last", what, len(rest))
	}
}

func TestListsFromAnyRowOn(t *testing.T) {
	n := notebook(t)
	ctx := t.Context()
	person := func(i int, more diagnostics.Values) diagnostics.Record {
		r := diagnostics.Record{Type: diagnostics.TypePerson, Fields: diagnostics.Values{"identity.names": fmt.Sprintf("Martin %c", 'a'+i/2)}}
		for k, v := range more {
			r.Fields[k] = v
		}
		return create(t, n, r)
	}
	var met diagnostics.Record
	for i := range 9 {
		met = person(i, nil)
		must(t, n.FinishAll(ctx, []diagnostics.Submission{dt.Maraude(t, met.ID), dt.Maraude(t, "")}))
	}
	refuses := person(9, diagnostics.Values{diagnostics.Objection: "yes"})
	must(t, n.FinishAll(ctx, []diagnostics.Submission{dt.Maraude(t, refuses.ID)}))

	for _, text := range []string{"", "martin"} {
		count, err := n.CountPersons(ctx, store.PersonFilter{Text: text})
		must(t, err)
		pagesAgree(t, "persons "+text, count, func(after string, skip, limit int) (ids []string) {
			rows, err := n.Persons(ctx, store.PersonFilter{Text: text, After: after, Skip: skip, Limit: limit})
			must(t, err)
			for _, r := range rows {
				ids = append(ids, r.ID)
			}
			return ids
		})
	}
	for _, f := range []store.FinishedFilter{{}, {Form: dt.Maraude(t, "").Diagnostic.Get("form_id")}} {
		count, err := n.CountFinished(ctx, f)
		must(t, err)
		pagesAgree(t, "records "+f.Form, count, func(after string, skip, limit int) (ids []string) {
			rows, err := n.Finished(ctx, store.FinishedFilter{Form: f.Form, After: after, Skip: skip, Limit: limit})
			must(t, err)
			for _, r := range rows {
				ids = append(ids, r.ID)
			}
			return ids
		})
	}
	if count, err := n.CountFinished(ctx, store.FinishedFilter{Person: met.ID}); err != nil || count != 1 {
		t.Errorf("%d records of a person met once: %v", count, err)
	}
	if count, err := n.CountFinished(ctx, store.FinishedFilter{Person: refuses.ID}); err != nil || count != 0 {
		t.Errorf("%d records of a person who objects: %v", count, err)
	}
	count, err := n.CountAccesses(ctx)
	must(t, err)
	pagesAgree(t, "accesses", count, func(after string, skip, limit int) (ids []string) {
		f := store.AccessFilter{Skip: skip, Limit: limit}
		if after != "" {
			_, err := fmt.Sscan(after, &f.Before)
			must(t, err)
		}
		rows, err := n.Accesses(ctx, f)
		must(t, err)
		for _, r := range rows {
			ids = append(ids, fmt.Sprint(r.N))
		}
		return ids
	})
}
