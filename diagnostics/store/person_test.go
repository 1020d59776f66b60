package store_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"solidaren/diagnostics"
	dt "solidaren/diagnostics/diagnosticstest"
	"solidaren/diagnostics/store"
)

func named(t testing.TB, handle, names string) diagnostics.Record {
	return dt.Person(t, func(v diagnostics.Values) {
		v["identity.handle"], v["identity.names"] = handle, names
		for v["code"][0] != '9' || v["code"][5] != '9' { // no beginning of a name
			v["code"] = diagnostics.NewPersonCode(nil)
		}
		if handle == "" {
			delete(v, "identity.handle")
		}
	})
}

func handles(rows []diagnostics.PersonRow) []string {
	var out []string
	for _, r := range rows {
		out = append(out, r.Handle+r.Names)
	}
	return out
}

func TestPersonSearch(t *testing.T) {
	n := notebook(t)
	coded := create(t, n, named(t, "Code", ""))
	for _, p := range [][2]string{
		{"Éloïse", ""},
		{"Jean-Pierre", ""},
		{"", "Marie de la Croix"},
		{"Lafontaine", ""},
		{"Ben Ali", ""},
		{"Œdipe", ""},
		{"N'Diaye", ""},
		{"Lou", ""},
		{"Loup", ""},
		{"Anne Lou", ""},
		{"محمد", ""},
	} {
		create(t, n, named(t, p[0], p[1]))
	}
	code := coded.Get("code")
	tests := []struct {
		text string
		want []string
	}{
		{"eloise", []string{"Éloïse"}},
		{"ÉLO", []string{"Éloïse"}},
		{"e\u0301lo", []string{"Éloïse"}},
		{"é", []string{"Éloïse"}},
		{"jean pierre", []string{"Jean-Pierre"}},
		{"jeanpi", []string{"Jean-Pierre"}},
		{"pierre", []string{"Jean-Pierre"}},
		{"pi je", []string{"Jean-Pierre"}},
		{"delacroix", []string{"Marie de la Croix"}},
		{"croix marie", []string{"Marie de la Croix"}},
		{"marie la croix", []string{"Marie de la Croix"}},
		{"lacroix", []string{"Marie de la Croix"}},
		{"la fontaine", []string{"Lafontaine"}},
		{"de lafontaine", []string{"Lafontaine"}},
		{"benali", []string{"Ben Ali"}},
		{"ben", []string{"Ben Ali"}},
		{"oedipe", []string{"Œdipe"}},
		{"ndiaye", []string{"N'Diaye"}},
		{"n’diaye", []string{"N'Diaye"}},
		{"lou", []string{"Lou", "Anne Lou", "Loup"}},
		{code, []string{"Code"}},
		{strings.ToLower(code), []string{"Code"}},
		{code[:4], []string{"Code"}},
		{strings.Replace(code, "-", "", 1), []string{"Code"}},
		{code[:6], []string{"Code"}},
		{"محم", []string{"محمد"}},
		{"nobody", nil},
		{"  -- ", nil},
		{`"`, nil},
		{`lou* OR NEAR(`, nil},
		{`words:x`, nil},
	}
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			rows, err := n.Persons(t.Context(), store.PersonFilter{Text: tt.text})
			must(t, err)
			if diff := cmp.Diff(tt.want, handles(rows)); diff != "" {
				t.Errorf("found (-want +got):\n%s", diff)
			}
		})
	}
}

func TestPersonSearchFollowsTheCard(t *testing.T) {
	n := notebook(t)
	p := create(t, n, named(t, "Loulou", ""))
	_, err := n.Update(t.Context(), p.ID, diagnostics.Values{"identity.handle": "Gaston"})
	must(t, err)
	for text, want := range map[string]int{"loulou": 0, "gaston": 1, "": 1} {
		rows, err := n.Persons(t.Context(), store.PersonFilter{Text: text})
		must(t, err)
		if len(rows) != want {
			t.Errorf("%q finds %d persons, want %d", text, len(rows), want)
		}
	}
}

func TestPersonsPaging(t *testing.T) {
	n := notebook(t)
	var want []string
	for i := range 23 {
		handle := fmt.Sprintf("Ami %02d", i/2) // pairs of one name
		create(t, n, named(t, handle, ""))
		want = append(want, handle)
	}
	create(t, n, named(t, "Ami", ""))
	tests := []struct {
		text  string
		want  []string
		limit int
	}{
		{"", append([]string{"Ami"}, want...), 5},
		{"ami", append([]string{"Ami"}, want...), 5},
		{"ami 0", want[:20], 3},
		{"", append([]string{"Ami"}, want...), 0},
	}
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			var got, ids []string
			for after := ""; ; {
				rows, err := n.Persons(t.Context(), store.PersonFilter{Text: tt.text, After: after, Limit: tt.limit})
				must(t, err)
				if len(rows) == 0 {
					break
				}
				got = append(got, handles(rows)...)
				for _, r := range rows {
					ids = append(ids, r.ID)
				}
				after = rows[len(rows)-1].ID
			}
			slices.Sort(ids)
			if diff := cmp.Diff(tt.want, got); diff != "" || len(slices.Compact(ids)) != len(tt.want) {
				t.Errorf("pages (-want +got):\n%s", diff)
			}
		})
	}
	_, err := n.Persons(t.Context(), store.PersonFilter{After: "nobody"})
	wantCode(t, err, diagnostics.CodeNotFound)
}

func TestPersonRowAndTimeline(t *testing.T) {
	n := notebook(t)
	ctx := t.Context()
	person := create(t, n, dt.Person(t))
	early, late := dt.Maraude(t, person.ID, dt.Need(t, "food")), dt.Maraude(t, person.ID, dt.Need(t, "rights"))
	for _, r := range late.All() {
		r.Fields["at"], r.Fields["district"] = "2026-03-03T12:00:00Z", "q05"
	}
	must(t, n.FinishAll(ctx, []diagnostics.Submission{late, early}))
	rows, err := n.Persons(ctx, store.PersonFilter{})
	must(t, err)
	want := []diagnostics.PersonRow{{
		ID: person.ID, Code: person.Get("code"), Handle: "Loulou", AgeBand: "a40", Gender: "m",
		District: "q05", LastContact: person.Time("last_contact_on"),
	}}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Errorf("row (-want +got):\n%s", diff)
	}
	timeline, err := n.PersonTimeline(ctx, person.ID)
	must(t, err)
	if len(timeline) != 6 || timeline[0].Get("district") != "q05" || timeline[5].Get("district") != "q01" {
		t.Errorf("timeline %v", timeline)
	}
}

func TestPersonByCode(t *testing.T) {
	n := notebook(t)
	person := create(t, n, dt.Person(t))
	code := person.Get("code")
	for _, typed := range []string{code, strings.ToLower(code), strings.Replace(code, "-", " ", 1), " " + code} {
		got, err := n.PersonByCode(t.Context(), typed)
		must(t, err)
		if got.ID != person.ID {
			t.Errorf("%q finds %v", typed, got)
		}
	}
	_, err := n.PersonByCode(t.Context(), "ZZZZ-ZZZ")
	wantCode(t, err, diagnostics.CodeNotFound)
}
