package model_test

import (
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"solidaren/diagnostics"
	"solidaren/diagnostics/store"
	"solidaren/ui/model"
)

// What is shown of people stands in the access log, once a visit; what was
// typed in the search does not.
func TestWhatIsShownIsLogged(t *testing.T) {
	d := newDesk(t)
	person := d.create(diagnostics.TypePerson, diagnostics.Values{"code": "K7QM-4TR", "identity.handle": "Élodie"})
	search := open(d, model.NewPersons(d.Desk))
	search.Load() // the list alone is no search
	d.settle()
	for _, text := range []string{"él", "élo"} {
		search.Search(text)
		d.settle()
	}
	card := open(d, model.NewPerson(d.Desk, person.ID))
	for range 2 {
		card.Load()
		d.settle()
	}
	export := open(d, model.NewExport(d.Desk))
	export.Order.File = filepath.Join(t.TempDir(), "besoins.xlsx")
	export.Start()
	d.settle()
	log, err := d.Notebook.Accesses(t.Context(), store.AccessFilter{})
	if err != nil {
		t.Fatal(err)
	}
	want := []diagnostics.Access{
		{N: 4, Action: diagnostics.ActionExport, Purpose: "analysis"},
		{N: 3, Action: diagnostics.ActionRead, Target: person.ID},
		{N: 2, Action: diagnostics.ActionSearch},
		{N: 1, Action: diagnostics.ActionCreate, Target: person.ID, Count: 1},
	}
	for i := range log {
		log[i].At = want[0].At
	}
	if diff := cmp.Diff(want, log); diff != "" {
		t.Errorf("the access log (-want +got):\n%s", diff)
	}
}
