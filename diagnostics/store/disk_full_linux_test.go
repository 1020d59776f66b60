package store_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"solidaren/diagnostics"
	dt "solidaren/diagnostics/diagnosticstest"
	"solidaren/diagnostics/store"
	"solidaren/diagnostics/vault"
	"solidaren/sync/wire"
)

// smallDisk is a file system of a few megabytes, and what fills it.
type smallDisk struct {
	t       *testing.T
	dir     string
	ballast string
}

func newSmallDisk(t *testing.T, bytes int) *smallDisk {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, fmt.Sprint("size=", bytes)); err != nil {
		t.Skipf("no file system can be mounted here: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, 0); err != nil {
			t.Errorf("unmount: %v", errors.Join(err, syscall.Unmount(dir, syscall.MNT_DETACH)))
		}
	})
	return &smallDisk{t, dir, filepath.Join(dir, "ballast")}
}

// fill leaves no byte free.
func (d *smallDisk) fill() {
	d.t.Helper()
	f, err := os.OpenFile(d.ballast, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	must(d.t, err)
	for size := 64 << 10; size > 0; {
		if _, err = f.Write(make([]byte, size)); err != nil {
			size /= 2
		}
	}
	if !errors.Is(err, syscall.ENOSPC) {
		d.t.Fatalf("the disk is not full: %v", err)
	}
	must(d.t, f.Close())
}

func (d *smallDisk) free() { must(d.t, os.Remove(d.ballast)) }

// wantFull demands that what was refused is said in words, and that nothing of
// it was done.
func wantFull(t *testing.T, n *store.Notebook, what string, err error, before string) {
	t.Helper()
	if diagnostics.Code(err) != diagnostics.CodeTooLarge {
		t.Errorf("%s on a full disk: %v (code %q), want too_large", what, err, diagnostics.Code(err))
		return
	}
	if fr, en := diagnostics.Sentence(err, "fr"), diagnostics.Sentence(err, "en"); !strings.Contains(fr, "plein") || !strings.Contains(en, "full") {
		t.Errorf("%s on a full disk says %q, %q", what, fr, en)
	}
	after, err := n.State(t.Context())
	must(t, err)
	if after != before {
		t.Errorf("%s was refused and has changed the notebook", what)
	}
}

// On a full disk nothing is lost of what was typed and saved, what cannot be
// saved is said, reading and the sync of what is there go on; once there is room
// all goes on, as if nothing had been.
func TestFullDisk(t *testing.T) {
	ctx := t.Context()
	disk := newSmallDisk(t, 24<<20) // room at the end for the file, a log of one large reply, and a copy of both
	v, err := vault.Create(filepath.Join(disk.dir, "carnet"), dt.Passphrase)
	must(t, err)
	open := func() *store.Notebook {
		t.Helper()
		n, err := store.Open(ctx, v, store.Options{Clock: dt.Clock})
		must(t, err)
		return n
	}
	n := open()
	keys := newKeyring(t)
	n.UseSealer(keys)
	person := create(t, n, dt.Person(t))
	for range 20 {
		must(t, n.Finish(ctx, "", dt.Maraude(t, person.ID, dt.Need(t, "food"))))
	}
	draft := store.Draft{ID: diagnostics.NewID(), FormID: "maraude", Revision: 1, State: []byte("first answer")}
	must(t, n.SaveDraft(ctx, draft))
	before, err := n.State(ctx)
	must(t, err)
	disk.fill()

	// Typing: the journal takes what still fits its last block, then says so.
	var refused error
	for refused == nil && draft.Revision < 1000 {
		draft.Revision++
		draft.State = fmt.Appendf(nil, "answers of revision %d %s", draft.Revision, strings.Repeat("é", 300))
		refused = n.JournalDraft(draft)
	}
	wantFull(t, n, "typing", refused, before)
	typed := draft.Revision - 1
	big := draft
	big.State = bytes.Repeat([]byte("answer"), 1<<20)
	wantFull(t, n, "a draft", n.SaveDraft(ctx, big), before)
	sub := dt.Maraude(t, person.ID, dt.Need(t, "rights"))
	sub.Diagnostic.Fields["texts"] = `{"q":"` + strings.Repeat("long ", 200_000) + `"}`
	wantFull(t, n, "finishing", n.Finish(ctx, draft.ID, sub), before)
	_, err = n.Attach(ctx, draft.ID, "plan.png", make([]byte, 1<<20))
	wantFull(t, n, "attaching", err, before)
	_, err = n.Backup(ctx, filepath.Join(disk.dir, "copies"))
	wantFull(t, n, "a backup on the same disk", err, before)
	if left, _ := os.ReadDir(filepath.Join(disk.dir, "copies")); len(left) > 0 {
		t.Errorf("of the backup %v is left", left)
	}
	var much []wire.Record
	for range 300 {
		much = append(much, record(diagnostics.NewID(), diagnostics.TypePerson, 1, diagnostics.Values{
			"code": diagnostics.NewPersonCode(nil), "languages_spoken": strings.Repeat("fr ", 1000),
		}))
	}
	_, err = n.ApplyReply(ctx, reply(7, much...))
	wantFull(t, n, "a reply", err, before)

	// What is there can be read, sent and copied to another disk.
	if rows, err := n.Persons(ctx, store.PersonFilter{Text: "loulou"}); err != nil || len(rows) != 1 {
		t.Errorf("searching on a full disk: %d persons, %v", len(rows), err)
	}
	if ops, err := n.PendingOps(ctx, 0, 1000, 1<<30); err != nil || len(ops) != 61 {
		t.Errorf("sending from a full disk: %d operations, %v", len(ops), err)
	}
	_, err = n.Backup(ctx, t.TempDir())
	must(t, err)

	// The program ends and is started again, the disk still full.
	must(t, n.Close())
	v.Close()
	v, err = vault.Open(filepath.Join(disk.dir, "carnet"), dt.Passphrase)
	must(t, err)
	n = open()
	n.UseSealer(keys)
	if got, err := n.State(ctx); err != nil || got != before {
		t.Errorf("after the start the notebook differs (%v)", err)
	}
	kept, err := n.Draft(ctx, draft.ID)
	must(t, err)
	if kept.Revision < typed {
		t.Errorf("of the draft revision %d is left, %d was taken", kept.Revision, typed)
	}

	disk.free()
	must(t, n.JournalDraft(draft))
	must(t, n.SyncJournal())
	must(t, n.SaveDraft(ctx, draft))
	_, err = n.Attach(ctx, draft.ID, "plan.png", make([]byte, 1<<10))
	must(t, err)
	must(t, n.Finish(ctx, draft.ID, sub))
	done, err := n.ApplyReply(ctx, reply(7, much...))
	must(t, err)
	if done.Records != len(much) {
		t.Errorf("%d records arrived, want %d", done.Records, len(much))
	}
	_, err = n.Backup(ctx, filepath.Join(disk.dir, "copies"))
	must(t, err)
	_, err = n.Verify(ctx, nil)
	must(t, err)
	must(t, n.VerifyAccesses(ctx))
	must(t, n.Close())
	n = open()
	must(t, n.Close())
}
