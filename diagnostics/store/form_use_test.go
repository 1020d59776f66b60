package store_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"solidaren/diagnostics"
	"solidaren/diagnostics/store"
)

// What was written on each version is counted a page at a time.
func TestFormsUse(t *testing.T) {
	n := notebook(t)
	written := map[string]int{"1": 230, "2": 3}
	for version, count := range written {
		for range count {
			create(t, n, diagnostics.Record{Type: diagnostics.TypeDiagnostic, Fields: diagnostics.Values{
				"form_id": "maraude", "form_version": version, "at": "2026-03-01T20:00:00Z",
			}})
		}
	}
	must(t, n.SaveDraft(t.Context(), store.Draft{ID: diagnostics.NewID(), FormID: "maraude", FormVersion: "2", State: []byte("{}")}))
	got, err := n.FormsUse(t.Context())
	must(t, err)
	use := map[string]store.FormUse{}
	for _, u := range got {
		use[u.Version] = u
	}
	if diff := cmp.Diff(map[string]store.FormUse{
		"1": {FormID: "maraude", Version: "1", Records: 230, Unsent: 230},
		"2": {FormID: "maraude", Version: "2", Records: 3, Unsent: 3, Drafts: 1},
	}, use); diff != "" || len(got) != 2 {
		t.Error(diff)
	}
}
