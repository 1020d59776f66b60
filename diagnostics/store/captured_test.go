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
		drafts, err := n.Drafts(t.Context())
		must(t, err)
		var ids []string
		for _, d := range drafts {
			ids = append(ids, d.ID)
		}
		slices.Sort(ids)
		if !slices.Equal(ids, []string{"first", "mine", "second"}) {
			t.Errorf("drafts %q", ids)
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
