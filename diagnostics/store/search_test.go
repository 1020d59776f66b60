package store_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"solidaren/diagnostics"
	dt "solidaren/diagnostics/diagnosticstest"
	"solidaren/diagnostics/store"
	"solidaren/sync/wire"
)

// found searches and tells whom, with what they have in common.
func found(t testing.TB, n *store.Notebook, text string) []string {
	t.Helper()
	rows, err := n.Persons(t.Context(), store.PersonFilter{Text: text})
	must(t, err)
	var out []string
	for _, r := range rows {
		line := r.Handle
		for _, trait := range r.Traits {
			line += " " + string(trait.Kind)
			if trait.Near {
				line += "~"
			}
		}
		out = append(out, line)
	}
	return out
}

// street is a notebook of a few people who were met with their dogs.
func street(t testing.TB) (*store.Notebook, map[string]diagnostics.Record) {
	t.Helper()
	n := notebook(t)
	people := map[string]diagnostics.Record{}
	for _, p := range []struct{ handle, names, birth, phone string }{
		{"Momo", "Mohamed Belkacem", "1985-03-12", "06 12 34 56 78"},
		{"Jo", "Joseph Le Goff", "1970", ""},
		{"Titi", "Thierry Dupont", "", ""},
		{"Nono", "", "", ""},
	} {
		people[p.handle] = create(t, n, dt.Person(t, func(v diagnostics.Values) {
			v["identity.handle"], v["identity.names"], v["identity.birth_date"], v["identity.phone"] = p.handle, p.names, p.birth, p.phone
			maps.DeleteFunc(v, func(_, value string) bool { return value == "" })
		}))
	}
	dog := diagnostics.Record{
		ID: diagnostics.NewID(), Type: diagnostics.TypeStrength,
		Fields: diagnostics.Values{"kind": "pet", "words": "Ma chienne Belle"},
	}
	met := func(handle, district, team string, records ...diagnostics.Record) {
		sub := dt.Maraude(t, people[handle].ID, records...)
		for _, r := range sub.All() {
			r.Fields["district"], r.Fields["team"] = district, team
		}
		must(t, n.Finish(t.Context(), "", sub))
	}
	met("Nono", "q11", "Maraude Sud", dog)
	met("Titi", "q11", "Maraude Sud")
	met("Momo", "q04", "Maraude Nord", dt.Need(t, "animals"))
	return n, people
}

func TestSearchTellsTraits(t *testing.T) {
	n, people := street(t)
	code := people["Momo"].Get("code")
	wrong := []byte(code)
	wrong[2] = map[bool]byte{true: '4', false: '3'}[wrong[2] == '3']
	tests := []struct {
		name, text string
		want       []string
	}{
		{"two names", "momo belkacem", []string{"Momo handle names"}},
		{"full name of a short one, misspelt family", "Muhammad Belkassem", []string{"Momo handle~ names~"}},
		{"short name that nobody wrote", "Jojo le gof", []string{"Jo names"}},
		{"a date by its letters", "belkacem 12/03/1985", []string{"Momo names birth_date"}},
		{"day and month exchanged", "belkacem 3/12/85", []string{"Momo names birth_date~"}},
		{"the year", "belkacem 1985", []string{"Momo names birth_date~"}},
		{"a date where the year is known", "le goff 4/5/1970", []string{"Jo names birth_date~"}},
		{"the date alone", "12/03/1985", []string{"Momo birth_date"}},
		{"a phone", "0612345678", []string{"Momo phone"}},
		{"the code", code, []string{"Momo code"}},
		{"the code with an error", string(wrong), []string{"Momo code~"}},
		{"animal and district", "chien blosn", []string{"Nono animal district"}},
		{"the animal's name", "belle", []string{"Nono animal"}},
		{"animal and team", "chien nord", []string{"Momo animal team"}},
		{"name and district", "titi blosne", []string{"Titi handle names~ district"}},
		{"a district alone finds nobody", "blosne", nil},
		{"a team alone finds nobody", "maraude", nil},
		{"district and team find nobody", "blosne sud", nil},
		{"an exact place finds nobody", "pont", []string{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if tt.text == "pont" {
				_, err := n.Update(t.Context(), people["Nono"].ID, diagnostics.Values{"identity.exact_place": "sous le pont"})
				must(t, err)
			}
			got := found(t, n, tt.text)
			if len(tt.want) == 0 && len(got) == 0 {
				return
			}
			if len(got) > len(tt.want) { // others may follow, further away
				got = got[:len(tt.want)]
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("%q (-want +got):\n%s", tt.text, diff)
			}
		})
	}
}

// What a correction takes back, and what is erased, finds nobody any more.
func TestTraitsFollowTheRecords(t *testing.T) {
	n, people := street(t)
	sub := dt.Maraude(t, people["Jo"].ID)
	for _, r := range sub.All() {
		r.Fields["district"] = "q12"
	}
	must(t, n.Finish(t.Context(), "", sub))
	if got := found(t, n, "jo brequigny"); !slices.Equal(got, []string{"Jo handle names district"}) {
		t.Errorf("found %v", got)
	}
	corrected := dt.Correction(t, sub)
	for _, r := range corrected.All() {
		r.Fields["district"] = "q10"
	}
	must(t, n.Finish(t.Context(), "", corrected))
	if got := found(t, n, "jo brequigny"); slices.Contains(got, "Jo handle names district") {
		t.Errorf("the corrected district is still found: %v", got)
	}
	if got := found(t, n, "jo villejean"); !slices.Equal(got, []string{"Jo handle names district"}) {
		t.Errorf("found %v", got)
	}
	rows, err := n.Persons(t.Context(), store.PersonFilter{Text: "jo"})
	must(t, err)
	if rows[0].District != "q10" {
		t.Errorf("the line shows district %q", rows[0].District)
	}
}

// The index of a notebook that an older program made is made anew at opening,
// and is the same.
func TestIndexIsMadeAnew(t *testing.T) {
	v := newVault(t)
	n, err := store.Open(t.Context(), v, store.Options{Clock: dt.Clock})
	must(t, err)
	n.UseSealer(newKeyring(t))
	a := create(t, n, named(t, "Éloïse", "Marie de la Croix"))
	b := create(t, n, named(t, "Loulou", "Ben Ali"))
	must(t, n.Finish(t.Context(), "", dt.Maraude(t, b.ID)))
	must(t, n.Same(t.Context(), a.ID, b.ID))
	_, err = n.Update(t.Context(), b.ID, diagnostics.Values{"identity.handle": "Gaston"})
	must(t, err)
	must(t, n.SetSettings(t.Context(), map[string]string{"persons.index": "0"}))
	must(t, n.Close())
	dump := func() string {
		db := rawDB(t, v)
		defer db.Close()
		var text string
		must(t, db.QueryRowContext(t.Context(), `SELECT coalesce((SELECT group_concat(word || part || hex(rows), '|') FROM person_words), '')
 || coalesce((SELECT group_concat(key || word, '|') FROM near_words), '')
 || (SELECT group_concat(row || id || code || sort || seen || root || words || traits, '|') FROM persons)`).Scan(&text))
		return text
	}
	before := dump()
	if strings.Contains(before, "loulou") {
		t.Error("a name that no card has is still in the index")
	}
	n, err = store.Open(t.Context(), v, store.Options{Clock: dt.Clock})
	must(t, err)
	must(t, n.Close())
	if after := dump(); after != before {
		t.Errorf("index before and after:\n%s\n%s", before, after)
	}
}

// Nothing of a person who is gone is left in the tables of the search.
func TestErasedPersonLeavesTheIndex(t *testing.T) {
	v := newVault(t)
	n, err := store.Open(t.Context(), v, store.Options{Clock: dt.Clock})
	must(t, err)
	n.UseSealer(newKeyring(t))
	p := create(t, n, named(t, "Zwxelinde", "Quvermont"))
	must(t, n.Finish(t.Context(), "", dt.Maraude(t, p.ID)))
	_, err = n.ApplyReply(t.Context(), wire.SyncReply{Acked: 3, Changes: map[string][]wire.Record{"nord": {{ID: p.ID, Type: diagnostics.TypePerson, Gone: "erased"}}}})
	must(t, err)
	must(t, n.Close())
	db := rawDB(t, v)
	defer db.Close()
	for _, table := range []string{"persons", "person_words", "near_words"} {
		var rows int
		must(t, db.QueryRowContext(t.Context(), "SELECT count(*) FROM "+table).Scan(&rows))
		if rows != 0 {
			t.Errorf("%d rows are left in %s", rows, table)
		}
	}
}

// What a search keeps for the next letter is forgotten once a name is written,
// changed or gone.
func TestSearchSeesWhatWasJustWritten(t *testing.T) {
	n := notebook(t)
	create(t, n, named(t, "Gravier", "Jean Muret"))
	want := func(step, text string, people ...string) {
		t.Helper()
		var got []string
		for _, line := range found(t, n, text) {
			name, _, _ := strings.Cut(line, " ")
			got = append(got, name)
		}
		slices.Sort(got)
		if !slices.Equal(got, people) {
			t.Errorf("%s: %q finds %v, want %v", step, text, got, people)
		}
	}
	want("before", "jean murret", "Gravier")
	second := create(t, n, named(t, "Cadet", "Jean Murret"))
	want("written", "jean murret", "Cadet", "Gravier")
	want("the next letter", "jean murrets", "Cadet", "Gravier")
	_, err := n.Update(t.Context(), second.ID, diagnostics.Values{"identity.names": "Paul Lavoine"})
	must(t, err)
	want("changed", "jean murret", "Gravier")
	want("changed", "paul lavone", "Cadet")
}
