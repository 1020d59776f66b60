package store_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"solidaren/diagnostics"
	dt "solidaren/diagnostics/diagnosticstest"
	"solidaren/diagnostics/likeness"
	"solidaren/diagnostics/likeness/likenesstest"
	"solidaren/diagnostics/store"
	"solidaren/sync/wire"
)

// town is a notebook full of people.
type town struct {
	*store.Notebook
	people []likenesstest.Person
	ids    []string
}

// newTown fills a notebook with people as a first pull does.
func newTown(t testing.TB, seed uint64, people int) *town {
	t.Helper()
	s := &town{Notebook: notebook(t), people: likenesstest.People(seed, people)}
	r := rand.New(rand.NewPCG(seed, 2))
	const page = 2000
	for from := 0; from < people; from += page {
		var records []wire.Record
		for _, p := range s.people[from:min(from+page, people)] {
			id := diagnostics.NewID()
			s.ids = append(s.ids, id)
			seen := dt.Noon.AddDate(0, 0, -r.IntN(700)).Format(time.DateOnly)
			records = append(records, wire.Record{ID: id, Ver: 1, Type: diagnostics.TypePerson, Fields: state(map[string]string{
				"code": diagnostics.NewPersonCode(nil), "identity.handle": p.Handle, "identity.names": p.Names, "identity.birth_date": p.Birth,
				"last_contact_on": seen, "gender": "m", "age_band": "a40",
			})})
		}
		_, err := s.ApplyReply(t.Context(), wire.SyncReply{Changes: map[string][]wire.Record{"nord": records}, Cursors: map[string]int64{"nord": int64(from)}})
		must(t, err)
	}
	return s
}

func state(fields map[string]string) map[string][]wire.Value {
	out := map[string][]wire.Value{}
	for name, text := range fields {
		v, _ := json.Marshal(text)
		out[name] = []wire.Value{{V: v, Dev: "other", Ver: 1, Op: "op", At: dt.Noon}}
	}
	return out
}

// namesakes counts persons whose names are the same but for accents.
func (s *town) namesakes() map[string]int {
	count := map[string]int{}
	for _, p := range s.people {
		count[strings.Join(likeness.Fold(p.Names), " ")]++
	}
	return count
}

// recall types people wrongly and tells how often they are among the first five.
func (s *town) recall(t testing.TB, seed uint64, searches int) (all float64, missed map[string][]string, asked map[string]int) {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 3))
	same, hits, done := s.namesakes(), 0, 0
	missed, asked = map[string][]string{}, map[string]int{}
	for done < searches {
		i := r.IntN(len(s.people))
		withBirth := r.IntN(2) == 0
		if !withBirth && same[strings.Join(likeness.Fold(s.people[i].Names), " ")] >= 5 {
			continue // nobody could tell them apart by what is typed
		}
		kinds := []string{likenesstest.Kinds()[r.IntN(10)]}
		if r.IntN(3) == 0 {
			kinds = append(kinds, likenesstest.Kinds()[r.IntN(10)])
		}
		text, ok := likenesstest.Misspell(r, s.people[i], withBirth, kinds...)
		if !ok {
			continue
		}
		done++
		rows, err := s.Persons(t.Context(), store.PersonFilter{Text: text, Limit: 5})
		must(t, err)
		for _, kind := range kinds {
			asked[kind]++
		}
		if slices.ContainsFunc(rows, func(row diagnostics.PersonRow) bool { return row.ID == s.ids[i] }) {
			hits++
			continue
		}
		for _, kind := range kinds {
			missed[kind] = append(missed[kind], fmt.Sprintf("%s of %s %s, found %v", text, s.people[i].Names, s.people[i].Birth, handles(rows)))
		}
	}
	return float64(hits) / float64(done), missed, asked
}

// TestRecall holds the search to what it is for: nobody is written down twice
// because a name was heard, remembered or typed otherwise.
func TestRecall(t *testing.T) {
	people, searches := 10_000, 2000
	if testing.Short() {
		people, searches = 3000, 800
	}
	s := newTown(t, 1, people)
	all, missed, asked := s.recall(t, 7, searches)
	t.Logf("recall@5 %.4f over %d persons", all, people)
	for _, kind := range likenesstest.Kinds() {
		t.Logf("%-10s %4d searches, %.4f", kind, asked[kind], 1-float64(len(missed[kind]))/float64(max(1, asked[kind])))
		for i, m := range missed[kind] {
			if i < 3 {
				t.Logf("   %s", m)
			}
		}
	}
	if all < 0.98 {
		t.Errorf("recall@5 is %.4f, want 0.98 at least", all)
	}
}
