package store_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"solidaren/diagnostics"
	"solidaren/diagnostics/store"
	"solidaren/diagnostics/vault"
)

// capture records states of drafts while the notebook is closed.
func capture(t *testing.T, v *vault.Vault, record uint32, mark vault.Mark, d store.Draft) {
	t.Helper()
	kit, err := vault.LoadCaptureKit(v.Dir())
	must(t, err)
	c, err := kit.Open(v.Dir())
	must(t, err)
	content, err := store.CaptureEntry(d)
	must(t, err)
	must(t, c.Append(record, mark, content))
	must(t, c.Sync())
	must(t, c.Close())
}

func captured(id string, answers int) store.Draft {
	return store.Draft{
		ID: id, FormID: "maraude", FormVersion: "1", Revision: int64(answers),
		State: fmt.Appendf(nil, "%d answers", answers), Answered: answers, UpdatedAt: time.UnixMilli(1000).UTC(),
	}
}

func TestCapturedBecomesDrafts(t *testing.T) {
	v := newVault(t)
	n := openVault(t, v)
	_, err := n.OfferCapture(store.CaptureKit{Defaults: diagnostics.Values{"names": "x"}})
	wantCode(t, err, diagnostics.CodeInvalid)
	_, err = n.OfferCapture(store.CaptureKit{
		Forms:    []store.CaptureForm{{ID: "maraude", Version: "1"}},
		Defaults: diagnostics.Values{"district": "q11", "place_kind": "street"},
	})
	must(t, err)
	must(t, n.SaveDraft(t.Context(), captured("mine", 9)))
	must(t, n.SaveDraft(t.Context(), captured("thrown away", 9)))
	must(t, n.DiscardDraft(t.Context(), "thrown away"))
	must(t, n.Close())

	capture(t, v, 1, vault.Writing, captured("first", 1))
	capture(t, v, 1, vault.Writing, captured("first", 2))
	capture(t, v, 2, vault.Writing, captured("taken back", 1))
	capture(t, v, 2, vault.Withdrawn, captured("taken back", 1))
	capture(t, v, 3, vault.Done, captured("second", 1))
	capture(t, v, 1, vault.Done, captured("first", 3))
	capture(t, v, 4, vault.Done, captured("mine", 99)) // forged: anyone can seal to a public key
	saved, err := os.ReadFile(filepath.Join(v.Dir(), "capture.sealed"))
	must(t, err)
	capture(t, v, 5, vault.Done, captured("thrown away", 99))

	for range 2 { // a crash before the file was removed finds it once more
		n, err := store.Open(t.Context(), v, store.Options{})
		must(t, err)
		first, err := n.Draft(t.Context(), "first")
		must(t, err)
		mine, err := n.Draft(t.Context(), "mine")
		must(t, err)
		if string(first.State) != "3 answers" || string(mine.State) != "9 answers" {
			t.Errorf("drafts hold %q and %q", first.State, mine.State)
		}
		if ids := draftIDs(t, n); !slices.Equal(ids, []string{"mine"}) {
			t.Errorf("drafts %q", ids)
		}
		sealed, err := n.Sealed(t.Context())
		must(t, err)
		if len(sealed) != 2 || sealed[0].ID != "first" || sealed[1].ID != "second" || !sealed[0].Ended || !sealed[1].Ended || sealed[0].Apart {
			t.Errorf("sealed %+v", sealed)
		}
		if c := n.Captured(); c.Forged || c.Kept || c.Unread != 0 {
			t.Errorf("the opening found %+v", c)
		}
		if _, err := os.Stat(filepath.Join(v.Dir(), "capture.sealed")); err == nil {
			t.Error("the file is still there")
		}
		must(t, n.Close())
		must(t, os.WriteFile(filepath.Join(v.Dir(), "capture.sealed"), saved, 0o600))
	}
}

// A file that somebody damaged costs what was damaged, and the notebook opens.
func TestDamagedCapture(t *testing.T) {
	v := newVault(t)
	n := openVault(t, v)
	_, err := n.OfferCapture(store.CaptureKit{})
	must(t, err)
	must(t, n.Close())
	for name, text := range map[string]string{"capture.sealed": "nothing that anyone sealed, and longer than its beginning", "capture.json": "{}"} {
		must(t, os.WriteFile(filepath.Join(v.Dir(), name), []byte(text), 0o600))
	}
	n, err = store.Open(t.Context(), v, store.Options{})
	must(t, err)
	defer n.Close()
	if c := n.Captured(); !c.Forged || len(c.Drafts) != 0 {
		t.Errorf("the opening found %+v", c)
	}
}

func draftIDs(t *testing.T, n *store.Notebook) (ids []string) {
	t.Helper()
	drafts, err := n.Drafts(t.Context())
	must(t, err)
	for _, d := range drafts {
		ids = append(ids, d.ID)
	}
	slices.Sort(ids)
	return ids
}

// What was written before a locked notebook is the holder's once they say so;
// what they say is not theirs is kept apart, and neither is ever dropped.
func TestSealedRecordsWaitForTheirOwner(t *testing.T) {
	v := newVault(t)
	n := openVault(t, v)
	_, err := n.OfferCapture(store.CaptureKit{})
	must(t, err)
	must(t, n.Close())
	capture(t, v, 1, vault.Done, captured("a", 1))
	capture(t, v, 2, vault.Writing, captured("b", 1))
	capture(t, v, 3, vault.Done, captured("c", 1))
	if count := vault.CountCaptured(v.Dir()); count != 3 {
		t.Errorf("%d records wait, want 3", count)
	}
	for range 2 { // the question is asked again until it is answered
		n, err = store.Open(t.Context(), v, store.Options{})
		must(t, err)
		sealed, err := n.Sealed(t.Context())
		must(t, err)
		if len(sealed) != 3 || sealed[1].Ended || !sealed[2].Ended {
			t.Fatalf("sealed %+v", sealed)
		}
		if ids := draftIDs(t, n); len(ids) != 0 {
			t.Errorf("drafts %q", ids)
		}
		must(t, n.Close())
	}
	n, err = store.Open(t.Context(), v, store.Options{})
	must(t, err)
	defer n.Close()
	must(t, n.TakeSealed(t.Context(), []string{"a"}))
	must(t, n.HoldSealed(t.Context(), []string{"b", "c", "gone"}))
	must(t, n.TakeSealed(t.Context(), []string{"c"})) // it was theirs after all
	if ids := draftIDs(t, n); !slices.Equal(ids, []string{"a", "c"}) {
		t.Errorf("drafts %q", ids)
	}
	sealed, err := n.Sealed(t.Context())
	must(t, err)
	if len(sealed) != 1 || sealed[0].ID != "b" || !sealed[0].Apart {
		t.Errorf("sealed %+v", sealed)
	}
}

// While somebody records, nobody takes up what is there, and the other way
// round: an entry between reading and removing would be lost.
func TestRecordingAndTakingUpExcludeEachOther(t *testing.T) {
	v := newVault(t)
	n := openVault(t, v)
	_, err := n.OfferCapture(store.CaptureKit{})
	must(t, err)
	must(t, n.Close())
	r, err := store.OpenRecording(v.Dir(), nil)
	must(t, err)
	must(t, r.Seal(r.NewRecord(), vault.Writing, captured("a", 1)))
	_, err = store.OpenRecording(v.Dir(), nil)
	wantCode(t, err, diagnostics.CodeConflict)
	_, err = store.Open(t.Context(), v, store.Options{})
	wantCode(t, err, diagnostics.CodeConflict)
	must(t, r.Seal(r.NewRecord(), vault.Done, captured("b", 1)))
	must(t, r.Close())
	n, err = store.Open(t.Context(), v, store.Options{})
	must(t, err)
	if sealed, err := n.Sealed(t.Context()); err != nil || len(sealed) != 2 {
		t.Errorf("%d sealed records, %v", len(sealed), err)
	}
	r, err = store.OpenRecording(v.Dir(), nil) // taken up: the next one may begin
	must(t, err)
	must(t, r.Close())
	must(t, n.Close())
}

// What waits sealed is rescued from a damaged notebook, too, and stays in its
// folder.
func TestRescueTakesWhatIsSealed(t *testing.T) {
	v := newVault(t)
	n := openVault(t, v)
	_, err := n.OfferCapture(store.CaptureKit{})
	must(t, err)
	must(t, n.Close())
	capture(t, v, 1, vault.Done, captured("a", 1))
	into := newVault(t)
	done, err := store.Rescue(t.Context(), v, into, store.Options{})
	must(t, err)
	if done.Drafts != 1 || vault.CountCaptured(v.Dir()) != 1 {
		t.Errorf("rescued %+v, %d are left in the old folder", done, vault.CountCaptured(v.Dir()))
	}
}
