package store_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"solidaren/diagnostics"
	dt "solidaren/diagnostics/diagnosticstest"
	"solidaren/diagnostics/store"
	"solidaren/diagnostics/vault"
)

const typingVariable = "STORE_TEST_TYPE"

// keystroke is the state of a draft after so many keystrokes: every twentieth is
// an answer, the others stand in the field.
func keystroke(id string, revision int64) store.Draft {
	answers := revision / 20
	d := store.Draft{
		ID: id, FormID: "maraude", Revision: revision,
		Cursor: fmt.Sprintf("/data/q%d\n%s", answers, strings.Repeat("é", int(revision%20))),
	}
	if revision%20 == 0 || revision == 1 {
		d.State = fmt.Appendf(nil, "%d answers", answers)
		d.Answered = int(answers)
	}
	return d
}

// typingForEver is the second program of TestKilledWhileTyping: it fills one
// draft after another, and says of each keystroke that it is safe.
func typingForEver(dir string) {
	ctx := context.Background()
	check := func(err error) {
		if err != nil {
			panic(err)
		}
	}
	v, err := vault.Open(dir, dt.Passphrase)
	check(err)
	n, err := store.Open(ctx, v, store.Options{})
	check(err)
	for draft := 0; ; draft++ {
		id := diagnostics.NewID()
		for revision := int64(1); revision <= 70; revision++ {
			d := keystroke(id, revision)
			check(n.JournalDraft(d))
			fmt.Println(id, revision)
			if len(d.State) > 0 && revision%3 != 0 {
				go func() { _ = n.SaveDraft(ctx, d) }() // typing does not wait for it
			}
		}
		if draft%2 == 0 {
			fmt.Println(id, "over")
			check(n.DiscardDraft(ctx, id))
		}
	}
}

// A kill loses at most the keystroke that was being written, and brings nothing
// back that was thrown away.
func TestKilledWhileTyping(t *testing.T) {
	v := newVault(t)
	var over []string
	for range 6 {
		lines := crashOnce(t, typingVariable+"="+v.Dir(), 20+rand.IntN(250))
		last := map[string]int64{}
		current := ""
		for _, line := range lines {
			id, word, _ := strings.Cut(line, " ")
			current = id
			if word == "over" {
				delete(last, id)
				over = append(over, id)
				continue
			}
			var revision int64
			_, err := fmt.Sscan(word, &revision)
			must(t, err)
			last[id] = revision
		}
		n, err := store.Open(t.Context(), v, store.Options{})
		must(t, err)
		for id, revision := range last {
			got, err := n.Draft(t.Context(), id)
			must(t, err)
			if got.Revision != revision && (id != current || got.Revision != revision+1) {
				t.Fatalf("keystroke %d was safe, the draft is at %d", revision, got.Revision)
			}
			want := keystroke(id, got.Revision)
			answers := keystroke(id, max(1, got.Revision/20*20))
			if got.Cursor != want.Cursor || string(got.State) != string(answers.State) {
				t.Fatalf("at %d the draft is %q at %q", got.Revision, got.State, got.Cursor)
			}
		}
		if len(over) > 0 && over[len(over)-1] == current {
			over = over[:len(over)-1] // it may have been killed before it was thrown away
		}
		for _, id := range over {
			if _, err := n.Draft(t.Context(), id); diagnostics.Code(err) != diagnostics.CodeNotFound {
				t.Fatalf("a draft that was thrown away is back: %v", err)
			}
		}
		must(t, n.Close())
	}
}

// Whatever is typed, saved, finished and thrown away in whatever order, the next
// opening finds the newest state of every draft that is not over.
func TestTypingProperty(t *testing.T) {
	v := newVault(t)
	rapid.Check(t, func(r *rapid.T) {
		w := &writing{n: reopen(r, v), newest: map[string]store.Draft{}, before: map[string]store.Draft{}, over: map[string]bool{}}
		ids := []string{diagnostics.NewID(), diagnostics.NewID(), diagnostics.NewID()}
		for range rapid.IntRange(1, 25).Draw(r, "steps") {
			id := rapid.SampledFrom(ids).Draw(r, "draft")
			if err := w.do(rapid.IntRange(0, 6).Draw(r, "what"), id); err != nil {
				r.Fatal(err)
			}
		}
		for range 2 { // opening it once more changes nothing
			if err := w.n.Close(); err != nil { // saves nothing by itself
				r.Fatal(err)
			}
			w.n = reopen(r, v)
			got, err := w.n.Drafts(t.Context())
			if err != nil || w.n.JournalSize() > 32 || len(got) != len(w.newest) {
				r.Fatalf("error %v, %d bytes left in the journal, %d drafts, want %d", err, w.n.JournalSize(), len(got), len(w.newest))
			}
			for _, d := range got {
				d.UpdatedAt = w.newest[d.ID].UpdatedAt
				if fmt.Sprint(d) != fmt.Sprint(w.newest[d.ID]) {
					r.Fatalf("draft %v, want %v", d, w.newest[d.ID])
				}
			}
		}
		for _, id := range ids {
			if err := w.n.DiscardDraft(t.Context(), id); err != nil {
				r.Fatal(err)
			}
		}
		if err := w.n.Close(); err != nil {
			r.Fatal(err)
		}
	})
}

func reopen(r *rapid.T, v *vault.Vault) *store.Notebook {
	n, err := store.Open(context.Background(), v, store.Options{Clock: dt.Clock})
	if err != nil {
		r.Fatal(err)
	}
	return n
}

// writing is what was done to some drafts and what they should be.
type writing struct {
	n              *store.Notebook
	newest, before map[string]store.Draft // the last state, and the one before
	over           map[string]bool
}

func (w *writing) do(what int, id string) error {
	ctx := context.Background()
	d, known := w.newest[id]
	switch {
	case what <= 1 && known: // a key
		w.before[id] = d
		d.Revision, d.Cursor = d.Revision+1, d.Cursor+"x"
		w.newest[id] = d
		d.State = nil
		return w.n.JournalDraft(d)
	case what == 2 || what == 3: // an answer
		if w.over[id] {
			return nil
		}
		w.before[id] = d
		d = store.Draft{ID: id, FormID: "maraude", Revision: d.Revision + 1, State: append(slices.Clone(d.State), 'A'), Answered: d.Answered + 1}
		w.newest[id] = d
		return w.n.JournalDraft(d)
	case what == 4 && known: // the database catches up
		return w.n.SaveDraft(ctx, d)
	case what == 5 && w.before[id].ID != "": // an older state arrives late
		return w.n.SaveDraft(ctx, w.before[id])
	case what == 6 && known:
		delete(w.newest, id)
		w.over[id] = true
		return errors.Join(w.n.DiscardDraft(ctx, id), w.n.JournalDraft(d), w.n.SaveDraft(ctx, d)) // what was still under way
	}
	return nil
}

// A journal does not grow without end: it is emptied as soon as all is saved.
func TestJournalIsEmptied(t *testing.T) {
	n := notebook(t)
	empty := n.JournalSize()
	for _, id := range []string{"a", "b"} {
		must(t, n.JournalDraft(keystroke(id, 1)))
		must(t, n.JournalDraft(keystroke(id, 2)))
	}
	must(t, n.SaveDraft(t.Context(), keystroke("a", 1)))
	must(t, n.SaveDraft(t.Context(), keystroke("b", 2)))
	if n.JournalSize() == empty {
		t.Error("emptied while a keystroke stood nowhere else")
	}
	must(t, n.SaveDraft(t.Context(), keystroke("a", 2)))
	if n.JournalSize() != empty {
		t.Error("not emptied")
	}
	must(t, n.JournalDraft(keystroke("a", 3)))
	must(t, n.Finish(t.Context(), "a", dt.Maraude(t, "")))
	if n.JournalSize() != empty {
		t.Error("not emptied after the draft became a record")
	}
}

func BenchmarkKeystroke(b *testing.B) {
	n := notebook(b)
	state := make([]byte, 20<<10)
	text := strings.Repeat("un mot ", 40)
	revision := int64(1)
	b.Run("journal", func(b *testing.B) {
		for b.Loop() {
			revision++
			must(b, n.JournalDraft(store.Draft{ID: "d", Revision: revision, Cursor: text}))
		}
	})
	b.Run("journal, answer synced", func(b *testing.B) {
		for b.Loop() {
			revision++
			must(b, n.JournalDraft(store.Draft{ID: "d", Revision: revision, Cursor: text, State: state}))
			must(b, n.SyncJournal())
		}
	})
	b.Run("transaction", func(b *testing.B) {
		for b.Loop() {
			revision++
			must(b, n.SaveDraft(b.Context(), store.Draft{ID: "d", Revision: revision, Cursor: text, State: state}))
		}
	})
}
