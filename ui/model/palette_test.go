package model_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"solidaren/diagnostics"
	"solidaren/ui/model"
)

var commands = []model.PaletteCommand{
	{ID: "today", Title: "Aujourd'hui", Also: []string{"Today"}},
	{ID: "export", Title: "Exporter pour la plénière", Keys: "Ctrl+Maj+E", Also: []string{"Export for the plenary"}},
	{ID: "row", Title: "Retirer la ligne", Reason: "ouvrez d'abord une fiche"},
	{ID: "send", Title: "Envoyer", Also: []string{"Send"}},
}

func ids(rows []model.PaletteRow) (all []string) {
	for _, row := range rows {
		all = append(all, row.Command+row.Person)
	}
	return all
}

func TestPaletteFinds(t *testing.T) {
	for _, c := range []struct {
		name, typed string
		recent      []string
		want        []string
	}{
		{"without accents", "exp plen", nil, []string{"export"}},
		{"English words", "plenary", nil, []string{"export"}},
		{"with the prefix", ">today", nil, []string{"today"}},
		{"nothing typed: what cannot be done comes last", "", nil, []string{"today", "export", "send", "row"}},
		{"nothing typed: used last comes first", "", []string{"send", "export"}, []string{"send", "export", "today", "row"}},
		{"typed: the best comes first", "e", []string{"send"}, []string{"export", "send"}},
		{"nothing", "xyz", nil, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := model.NewPalette(nil, commands, c.recent, 8)
			m.Open()
			m.Search(c.typed)
			if diff := cmp.Diff(c.want, ids(m.Rows)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestPalettePersons(t *testing.T) {
	d := newDesk(t)
	person := d.create(diagnostics.TypePerson, diagnostics.Values{"code": "K7QM-4TR", "identity.handle": "Élodie", "gender": "f"})
	m := model.NewPalette(d.Desk, commands, nil, 8)
	m.Persons, m.Actors = true, true
	open(d, m)
	m.Search("@k7qm-4tr")
	d.settle()
	want := []model.PaletteRow{{Title: "K7QM-4TR", Detail: "Femme", Person: person.ID}}
	if diff := cmp.Diff(want, m.Rows); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	m.Search("@k7qm") // its answer comes after the next text
	m.Search("envoy")
	d.settle()
	if diff := cmp.Diff([]string{"send"}, ids(m.Rows)); diff != "" {
		t.Errorf("a late answer is shown: %s", diff)
	}
}

func TestRecentCommandsAreKept(t *testing.T) {
	k := newKept()
	s := k.open("fr")
	for _, id := range []string{"a", "b", "c", "d", "e", "f", "d"} {
		s.Use(id)
	}
	if diff := cmp.Diff([]string{"d", "f", "e", "c", "b"}, k.open("fr").Recent()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
