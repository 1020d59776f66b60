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

// Files that answers name are rescued, too: those of drafts, of records that
// were not sent, and of records that only the server has till they are pulled.
// A backup holds them as it holds the rest.
func TestRescueAndBackupKeepFiles(t *testing.T) {
	ctx := t.Context()
	v := newVault(t)
	n, err := store.Open(ctx, v, store.Options{Clock: dt.Clock})
	must(t, err)
	n.UseSealer(newKeyring(t))
	content := map[string][]byte{}
	attach := func(owner string, size int) string {
		t.Helper()
		b := make([]byte, size)
		for i := range b {
			b[i] = byte(i * (len(content) + 3) >> 3)
		}
		must(t, n.SaveDraft(ctx, store.Draft{ID: owner, FormID: "maraude"}))
		name, err := n.Attach(ctx, owner, fmt.Sprintf("plan-%d.png", len(content)), b)
		must(t, err)
		content[owner] = b
		return name
	}
	finish := func(size int) string {
		t.Helper()
		sub := dt.Maraude(t, "")
		draft := diagnostics.NewID()
		name := attach(draft, size)
		sub.XML = []byte("<data><q>" + name + "</q></data>")
		must(t, n.Finish(ctx, draft, sub))
		content[sub.Diagnostic.ID] = content[draft]
		delete(content, draft)
		return sub.Diagnostic.ID
	}
	sent := finish(200_000)
	r := reply(0)
	r.Acked, _, err = n.OpNumbers(ctx)
	must(t, err)
	apply(t, n, r)
	finish(50_000)
	attach(diagnostics.NewID(), 70_000)
	attach(diagnostics.NewID(), 0)

	holds := func(n *store.Notebook) (whole int) {
		t.Helper()
		for owner, want := range content {
			list, err := n.Attachments(ctx, owner)
			must(t, err)
			for _, a := range list {
				got, err := n.Attachment(ctx, a.Name, owner)
				must(t, err)
				if string(got) == string(want) {
					whole++
				} else {
					t.Errorf("a file of %d bytes came back as %d others", len(want), len(got))
				}
			}
		}
		return whole
	}
	backup, err := n.Backup(ctx, t.TempDir())
	must(t, err)
	must(t, n.Close())
	copied, err := vault.Open(backup.Dir, dt.Passphrase)
	must(t, err)
	restored, err := store.Open(ctx, copied, store.Options{Clock: dt.Clock})
	must(t, err)
	if got := holds(restored); got != 4 {
		t.Errorf("the backup has %d files of 4", got)
	}
	must(t, restored.Close())

	into := newVault(t)
	done, err := store.Rescue(ctx, v, into, store.Options{Clock: dt.Clock})
	must(t, err)
	if done.Files != 4 {
		t.Errorf("%+v, want 4 files", done)
	}
	for step := range 3 {
		n, err := store.Open(ctx, into, store.Options{Clock: dt.Clock})
		must(t, err)
		n.UseSealer(newKeyring(t))
		if got := holds(n); got != 4 {
			t.Errorf("opening %d after the rescue: %d files of 4", step, got)
		}
		if step == 1 { // what the server has comes back
			_, r.Acked, err = n.OpNumbers(ctx)
			must(t, err)
			again := reply(9, record(sent, diagnostics.TypeDiagnostic, 1, diagnostics.Values{"form_id": "maraude"}))
			again.Acked = r.Acked
			apply(t, n, again)
		}
		must(t, n.Close())
	}

	// A damaged page takes the files on it along and no other.
	file := filepath.Join(v.Dir(), "notebook.db")
	whole, err := os.ReadFile(file)
	must(t, err)
	partly := 0
	for page := 1; page < len(whole)/unit; page += 7 {
		damaged := append([]byte(nil), whole...)
		damaged[page*unit+1000] ^= 1
		must(t, os.WriteFile(file, damaged, 0o600))
		into := newVault(t)
		done, err := store.Rescue(ctx, v, into, store.Options{Clock: dt.Clock})
		if err != nil {
			continue
		}
		n, err := store.Open(ctx, into, store.Options{Clock: dt.Clock})
		must(t, err)
		if got := holds(n); got != done.Files {
			t.Errorf("%d files are whole, %d were rescued", got, done.Files)
		}
		must(t, n.Close())
		if done.Files == 3 {
			partly++
		}
	}
	if partly == 0 {
		t.Error("the damage never hit a file: the test does not see what it should")
	}
}
