package store_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"solidaren/diagnostics"
	dt "solidaren/diagnostics/diagnosticstest"
	"solidaren/diagnostics/store"
	"solidaren/sync/wire"
)

// groups gives each card the cards of its person, through what a reader sees.
func groups(t testing.TB, n *store.Notebook, ids []string) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, id := range ids {
		cards, err := n.SameCards(t.Context(), id)
		must(t, err)
		all := []string{id}
		for _, c := range cards {
			all = append(all, c.ID)
		}
		slices.Sort(all)
		out[id] = strings.Join(all, " ")
	}
	return out
}

// Cards come, go and are linked in every order, in circles and to themselves:
// the groups are what the links say, and every laptop sees the same.
func TestGroupsFollowTheLinks(t *testing.T) {
	n := notebook(t)
	seq := int64(0)
	rapid.Check(t, func(r *rapid.T) {
		const cards = 6
		var ids []string
		for i := range cards {
			ids = append(ids, fmt.Sprintf("%d-%s", i, diagnostics.NewID()))
		}
		links, there := map[string]string{}, map[string]bool{}
		pull := func(rec wire.Record) {
			seq++
			_, err := n.ApplyReply(t.Context(), wire.SyncReply{Changes: map[string][]wire.Record{"nord": {rec}}, Cursors: map[string]int64{"nord": seq}})
			must(t, err)
		}
		for range rapid.IntRange(1, 25).Draw(r, "steps") {
			id := rapid.SampledFrom(ids).Draw(r, "card")
			switch rapid.IntRange(0, 5).Draw(r, "what") {
			case 0:
				delete(links, id)
				delete(there, id)
				pull(wire.Record{ID: id, Type: diagnostics.TypePerson, Gone: "erased"})
			case 1:
				delete(links, id)
				there[id] = true
				pull(wire.Record{ID: id, Ver: seq, Type: diagnostics.TypePerson, Fields: state(map[string]string{"code": diagnostics.NewPersonCode(nil)})})
			default:
				to := rapid.SampledFrom(ids).Draw(r, "to")
				links[id], there[id] = to, true
				pull(wire.Record{ID: id, Ver: seq, Type: diagnostics.TypePerson, Fields: state(map[string]string{"code": diagnostics.NewPersonCode(nil), "same_as": to})})
			}
		}
		present := slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return !there[id] })
		if diff := cmp.Diff(union(present, links), groups(t, n, present)); diff != "" {
			r.Errorf("groups (-want +got):\n%s", diff)
		}
		for _, id := range present {
			pull(wire.Record{ID: id, Type: diagnostics.TypePerson, Gone: "erased"})
		}
	})
}

// union is the plain way to see which cards are one person.
func union(present []string, links map[string]string) map[string]string {
	of := map[string]string{}
	for _, id := range present {
		of[id] = id
	}
	for range present {
		for from, to := range links {
			if of[from] == "" || of[to] == "" {
				continue
			}
			low := min(of[from], of[to])
			of[from], of[to] = low, low
		}
	}
	out := map[string]string{}
	for _, id := range present {
		var all []string
		for _, other := range present {
			if of[other] == of[id] {
				all = append(all, other)
			}
		}
		slices.Sort(all)
		out[id] = strings.Join(all, " ")
	}
	return out
}

// Two cards said to be one person: readers put them together, nothing moves,
// and taking the link back leaves everything as it was.
func TestSameAndApart(t *testing.T) {
	n := notebook(t)
	ctx := t.Context()
	a, b := create(t, n, dt.Person(t)), create(t, n, dt.Person(t))
	first, second := dt.Maraude(t, a.ID, dt.Need(t, "food")), dt.Maraude(t, b.ID, dt.Need(t, "rights"))
	must(t, n.FinishAll(ctx, []diagnostics.Submission{first, second}))
	p := diagnostics.Period{From: dt.Noon.AddDate(0, 0, -1), To: dt.Noon}
	seen := func() (persons, needs int, code string) {
		ids := map[string]bool{}
		must(t, n.Needs(ctx, p, func(r diagnostics.NeedRow) error { ids[r.Person] = true; needs++; return nil }))
		must(t, n.Answers(ctx, "maraude", p, func(r diagnostics.AnswerRow) error { code += r.PersonCode + " "; return nil }))
		return len(ids), needs, code
	}
	length := func(id string) int {
		timeline, err := n.PersonTimeline(ctx, id)
		must(t, err)
		return len(slices.DeleteFunc(timeline, func(r diagnostics.Record) bool { return r.Type == diagnostics.TypeRectification }))
	}
	finished := func(id string) int {
		rows, err := n.Finished(ctx, store.FinishedFilter{Person: id})
		must(t, err)
		return len(rows)
	}
	apart := []int{length(a.ID), length(b.ID), finished(a.ID)}
	must(t, n.Same(ctx, a.ID, b.ID))
	if persons, needs, code := seen(); persons != 1 || needs != 2 || code != a.Get("code")+" "+a.Get("code")+" " {
		t.Errorf("%d persons, %d needs, codes %q: one person goes by the older card %s", persons, needs, code, a.Get("code"))
	}
	if length(a.ID) != apart[0]+apart[1] || length(b.ID) != length(a.ID) || finished(b.ID) != 2 {
		t.Errorf("timelines of %d and %d, %d finished", length(a.ID), length(b.ID), finished(b.ID))
	}
	rows, err := n.Persons(ctx, store.PersonFilter{})
	must(t, err)
	for _, row := range rows {
		if want := map[string]string{a.ID: "", b.ID: a.Get("code")}[row.ID]; row.SameAs != want {
			t.Errorf("%s goes by %q, want %q", row.Code, row.SameAs, want)
		}
	}
	cards, err := n.SameCards(ctx, b.ID)
	must(t, err)
	if len(cards) != 1 || cards[0].ID != a.ID || cards[0].Link != a.ID {
		t.Fatalf("cards %+v", cards)
	}
	wantCode(t, n.Same(ctx, b.ID, a.ID), diagnostics.CodeConflict)
	wantCode(t, n.Same(ctx, a.ID, a.ID), diagnostics.CodeInvalid)
	wantCode(t, n.Same(ctx, a.ID, diagnostics.NewID()), diagnostics.CodeNotFound)
	must(t, n.Apart(ctx, cards[0].Link))
	if got := []int{length(a.ID), length(b.ID), finished(a.ID)}; !slices.Equal(got, apart) {
		t.Errorf("after the undoing %v, before %v", got, apart)
	}
	if persons, _, _ := seen(); persons != 2 {
		t.Errorf("%d persons", persons)
	}
	wantCode(t, n.Apart(ctx, cards[0].Link), diagnostics.CodeNotFound)
	history, err := n.Rectifications(ctx, a.ID, "")
	must(t, err)
	if len(history) != 2 || history[0].Get("field") != "same_as" || history[0].Get("before") != b.ID || history[1].Get("after") != b.ID {
		t.Errorf("history %v", history)
	}
}

// Joining cards never undoes another link, whatever is linked already.
func TestSameKeepsOtherLinks(t *testing.T) {
	n := notebook(t)
	var ids []string
	for range 5 {
		ids = append(ids, create(t, n, dt.Person(t)).ID)
	}
	for i, pair := range [][2]int{{0, 1}, {0, 2}, {3, 4}, {4, 0}} {
		must(t, n.Same(t.Context(), ids[pair[0]], ids[pair[1]]))
		if got := groups(t, n, ids); strings.Count(got[ids[0]], " ") != []int{1, 2, 2, 4}[i] {
			t.Errorf("after %v the groups are %v", pair, got)
		}
	}
	_, err := n.Update(t.Context(), ids[0], diagnostics.Values{"same_as": ids[0]})
	wantCode(t, err, diagnostics.CodeInvalid)
}

// What a person asks holds for all cards that are theirs: erasing takes them
// all, and the one that is kept longest keeps the others.
func TestErasingAPersonOfTwoCards(t *testing.T) {
	n := notebook(t)
	ctx := t.Context()
	old := create(t, n, dt.Person(t, func(v diagnostics.Values) { v["last_contact_on"] = "2023-01-01" }))
	recent := create(t, n, dt.Person(t))
	must(t, n.FinishAll(ctx, []diagnostics.Submission{dt.Maraude(t, old.ID), dt.Maraude(t, recent.ID)}))
	due := func() int {
		list, err := n.Due(ctx, dt.Noon)
		must(t, err)
		return len(list)
	}
	if due() != 1 {
		t.Fatalf("%d files are due", due())
	}
	must(t, n.Same(ctx, recent.ID, old.ID))
	if due() != 0 {
		t.Error("a card is due while its person was met this month")
	}
	request := create(t, n, diagnostics.Record{Type: diagnostics.TypeRequest, Fields: diagnostics.Values{
		"person": recent.ID, "kind": diagnostics.RequestErase, "received_on": dt.Noon.Format(time.DateOnly),
	}})
	_, err := n.Erase(ctx, store.Erasure{Person: recent.ID, Why: wire.EraseRequest, Request: request.ID})
	must(t, err)
	for _, id := range []string{old.ID, recent.ID} {
		_, err := n.Get(ctx, id)
		wantCode(t, err, diagnostics.CodeNotFound)
		timeline, err := n.PersonTimeline(ctx, id)
		must(t, err)
		if len(timeline) != 0 {
			t.Errorf("%d records are left", len(timeline))
		}
	}
}
