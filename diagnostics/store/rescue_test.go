package store_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"solidaren/diagnostics"
	dt "solidaren/diagnostics/diagnosticstest"
	"solidaren/diagnostics/store"
	"solidaren/diagnostics/vault"
)

// unit is the size of a sealed page in the file.
const unit = 4<<10 + 40

// From a notebook of which some pages are damaged, every operation that can be
// read and that the server does not have is rescued, whole and in order, and the
// new notebook is in order itself.
func TestRescueRowByRow(t *testing.T) {
	const all, acked = 400, 100
	v := newVault(t)
	n, err := store.Open(t.Context(), v, store.Options{Clock: dt.Clock})
	must(t, err)
	n.UseSealer(newKeyring(t))
	subs := make([]diagnostics.Submission, all)
	for i := range subs {
		subs[i].Diagnostic = dt.Tour(t, func(v diagnostics.Values) { v["team"] = fmt.Sprintf("team-%d", i) })
	}
	must(t, n.FinishAll(t.Context(), subs))
	must(t, n.SaveDraft(t.Context(), store.Draft{ID: "d1", FormID: "maraude", State: []byte("typed")}))
	r := reply(0)
	r.Acked = acked
	apply(t, n, r)
	must(t, n.SetSettings(t.Context(), map[string]string{"sync.keys": "k", "sync.auth": "a", "sync.server": "s"}))
	must(t, n.Close())
	file := filepath.Join(v.Dir(), "notebook.db")
	whole, err := os.ReadFile(file)
	must(t, err)
	pages := len(whole) / unit
	hurt, losses, intact := 0, 0, 0
	for page := -1; page < pages; page += max(1, pages/12) {
		damaged := append([]byte(nil), whole...)
		if page >= 0 {
			damaged[page*unit+1000] ^= 1
		}
		must(t, os.WriteFile(file, damaged, 0o600))
		into := newVault(t)
		done, err := store.Rescue(t.Context(), v, into, store.Options{Clock: dt.Clock})
		if err != nil {
			wantCode(t, err, diagnostics.CodeCorrupt)
			hurt++
			continue
		}
		if done.Ops == all-acked {
			intact++
		} else {
			losses++
		}
		checkRescued(t, into, done, subs[acked:])
	}
	t.Logf("%d pages tried: %d times everything, %d times a part, %d times nothing", hurt+losses+intact, intact, losses, hurt)
	if intact == 0 || losses == 0 {
		t.Error("the damage hit operations never or always: the test does not see what it should")
	}
}

// checkRescued holds the new notebook against what was written.
func checkRescued(t *testing.T, into *vault.Vault, done store.Rescued, want []diagnostics.Submission) {
	t.Helper()
	n, err := store.Open(t.Context(), into, store.Options{Clock: dt.Clock})
	must(t, err)
	defer func() { must(t, n.Close()) }()
	must(t, n.VerifyOps(t.Context(), nil))
	last, acked, err := n.OpNumbers(t.Context())
	must(t, err)
	ops, err := n.PendingOps(t.Context(), acked, 1000, 1<<30)
	must(t, err)
	if len(ops) != done.Ops || last-acked != int64(done.Ops) || done.Ops+done.Lost > len(want) {
		t.Errorf("%+v: %d operations to send, numbers %d to %d", done, len(ops), acked, last)
	}
	next := 0
	for i, op := range ops {
		if op.N != acked+int64(i)+1 {
			t.Fatalf("operation %d has number %d", i, op.N)
		}
		for want[next].Diagnostic.ID != op.Rec {
			next++ // lost
		}
		record, err := n.Get(t.Context(), op.Rec)
		must(t, err)
		if record.Get("team") != want[next].Diagnostic.Get("team") {
			t.Errorf("record %d reads %v", next, record.Fields)
		}
	}
}

func TestRescueRefusesANotebookInUse(t *testing.T) {
	v, _ := written(t, 3)
	into, _ := written(t, 1)
	_, err := store.Rescue(t.Context(), v, into, store.Options{})
	wantCode(t, err, diagnostics.CodeConflict)
}
