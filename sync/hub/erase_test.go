package hub_test

import (
	"bytes"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"solidaren/diagnostics"
	"solidaren/sync/hub"
	"solidaren/sync/hub/sqlite"
	"solidaren/sync/wire"
)

// erase makes an erasure.
func erase(n int64, recordType, rec string, e wire.Erase) wire.Op {
	o := op(n, wire.OpErase, recordType, rec, nil)
	o.Erase = &e
	return o
}

// archive makes the operation that puts a person's file into the archive.
func archive(n int64, rec, until string, why bool) wire.Op {
	set := map[string]any{diagnostics.ArchiveUntil: until, diagnostics.ArchiveReason: nil, diagnostics.ArchiveRights: "dpo"}
	if why {
		set[diagnostics.ArchiveReason] = sealed
	}
	return op(n, wire.OpSet, diagnostics.TypePerson, rec, set)
}

// asking makes the record of what a person asks for.
func asking(n int64, rec, person, kind string) wire.Op {
	return op(n, wire.OpSet, diagnostics.TypeRequest, rec, map[string]any{"kind": kind, "person": person, "received_on": "2026-02-20"})
}

// TestMayErase: who may erase what, and when. The clock stands at 2026-03-01.
func TestMayErase(t *testing.T) {
	person, other, wish, thing := diagnostics.NewID(), diagnostics.NewID(), diagnostics.NewID(), diagnostics.NewID()
	retention := wire.Erase{Why: wire.EraseRetention, Person: person}
	asked := wire.Erase{Why: wire.EraseRequest, Person: person, Request: wish}
	note := func(at string) wire.Op {
		return op(1, wire.OpFact, diagnostics.TypeNote, thing, map[string]any{"at": at, "private": sealed})
	}
	ops := func(o ...wire.Op) []wire.Op { return o }
	tests := []struct {
		name         string
		worker, own  []wire.Op // of another device; of the coordinator before
		by           diagnostics.Role
		kind, record string
		why          wire.Erase
		want         string
	}{
		{"two years after the last contact", ops(card(1, person, "last_contact_on", "2024-03-01")), nil, "", "", person, retention, ""},
		{"where the day begins before it does in UTC", ops(card(1, person, "last_contact_on", "2024-03-02")), nil, "", "", person, retention, ""},
		{"before", ops(card(1, person, "last_contact_on", "2024-03-03")), nil, "", "", person, retention, "not_due"},
		{"another laptop knows of a later contact", ops(card(1, person, "last_contact_on", "2025-01-01")), ops(card(1, person, "last_contact_on", "2024-01-01")), "", "", person, retention, "not_due"},
		{"archived longer", nil, ops(card(1, person, "last_contact_on", "2024-01-01"), archive(2, person, "2027-01-01", true)), "", "", person, retention, "not_due"},
		{"a worker, when it is due", ops(card(1, person, "last_contact_on", "2024-03-01")), nil, diagnostics.RoleWorker, "", person, retention, "forbidden"},
		{"asked on another device", ops(asking(1, wish, person, "erase")), nil, "", "", person, asked, ""},
		{"asked on the same device", nil, ops(asking(1, wish, person, "erase")), "", "", person, asked, "not_asked"},
		{"asked for another person", ops(asking(1, wish, other, "erase")), nil, "", "", person, asked, "not_asked"},
		{"asked for something else", ops(asking(1, wish, person, "access")), nil, "", "", person, asked, "not_asked"},
		{"refused", ops(asking(1, wish, person, "erase"), op(2, wire.OpSet, diagnostics.TypeRequest, wish, map[string]any{"answer": "refused"})), nil, "", "", person, asked, "not_asked"},
		{"not asked at all", nil, nil, "", "", person, asked, "not_asked"},
		{"a single fact", ops(op(1, wire.OpFact, diagnostics.TypeNeed, thing, nil)), nil, "", diagnostics.TypeNeed, thing, retention, "forbidden"},
		{"a note of 90 days, by a worker", ops(note("2025-12-01T10:00:00Z")), nil, diagnostics.RoleWorker, diagnostics.TypeNote, thing, wire.Erase{Why: wire.EraseRetention}, ""},
		{"a note of 80 days", ops(note("2025-12-11T10:00:00Z")), nil, diagnostics.RoleWorker, diagnostics.TypeNote, thing, wire.Erase{Why: wire.EraseRetention}, "not_due"},
		{"the household of someone who stays", ops(card(1, person, "gender", "f")), nil, "", diagnostics.TypeHousehold, thing, retention, "not_asked"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			if tt.by == "" {
				tt.by = diagnostics.RoleCoordinator
			}
			if tt.kind == "" {
				tt.kind = diagnostics.TypePerson
			}
			a, c := w.laptop(t, "Nord", diagnostics.RoleWorker), w.laptop(t, "Nord", tt.by)
			w.mustSync(t, a, request(a, tt.worker...))
			w.mustSync(t, c, request(c, tt.own...))
			n := int64(len(tt.own)) + 1
			reply := w.mustSync(t, c, request(c, erase(n, tt.kind, tt.record, tt.why)))
			got := ""
			if len(reply.Held) > 0 {
				got = reply.Held[0].Why
			}
			if got != tt.want {
				t.Errorf("held: %q, want %q", got, tt.want)
			}
		})
	}
}

// dump is every byte of the server's files and log.
func (w *world) dump(t *testing.T) string {
	t.Helper()
	var all strings.Builder
	entries, err := os.ReadDir(w.dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		b, err := os.ReadFile(filepath.Join(w.dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		all.Write(b)
	}
	return all.String() + w.log.String()
}

// TestErasePerson: with a person goes all that is about them, live, held or in
// the log, out of the database and its files; what comes late about them is
// acknowledged and left out; others stay.
func TestErasePerson(t *testing.T) {
	w := newWorld(t)
	a, c := w.laptop(t, "Nord", diagnostics.RoleWorker), w.laptop(t, "Nord", diagnostics.RoleCoordinator)
	person, need, follow, other, ask, house := diagnostics.NewID(), diagnostics.NewID(), diagnostics.NewID(), diagnostics.NewID(), diagnostics.NewID(), diagnostics.NewID()
	about := func(n int64, kind wire.OpKind, recordType, rec, canary string) wire.Op {
		return op(n, kind, recordType, rec, map[string]any{"person": person, "x_" + canary: canary})
	}
	w.mustSync(t, a, request(a,
		card(1, person, "code", "CANARY-1"), about(2, wire.OpFact, diagnostics.TypeNeed, need, "CANARY-2"),
		about(3, wire.OpSet, diagnostics.TypeFollowUp, follow, "CANARY-3"), about(4, wire.OpSet, "vehicle", diagnostics.NewID(), "CANARY-4"),
		card(5, other, "code", "STAYS"), asking(6, ask, person, "erase"),
		op(7, wire.OpSet, diagnostics.TypeHousehold, house, map[string]any{"x": "CANARY-5"})))
	canaries := []string{"CANARY-1", "CANARY-2", "CANARY-3", "CANARY-4", "CANARY-5"}
	before := w.dump(t)
	for _, canary := range append(canaries, "STAYS") {
		if !strings.Contains(before, canary) {
			t.Fatalf("%s is not found where it was written: the search does not work", canary)
		}
	}
	why := wire.Erase{Why: wire.EraseRequest, Person: person, Request: ask}
	reply := w.mustSync(t, c, request(c,
		about(1, wire.OpFact, diagnostics.TypeNeed, diagnostics.NewID(), "CANARY-6"), // in the same push
		erase(2, diagnostics.TypePerson, person, why), erase(3, diagnostics.TypeHousehold, house, why)))
	if len(reply.Held) != 0 {
		t.Fatalf("held %v", reply.Held)
	}
	late := w.mustSync(t, a, request(a,
		card(8, person, "code", "CANARY-7"), about(9, wire.OpFact, diagnostics.TypeNeed, diagnostics.NewID(), "CANARY-8"),
		op(10, wire.OpSet, diagnostics.TypeFollowUp, follow, map[string]any{"x": "CANARY-9"})))
	if late.Acked != 10 || len(late.Held) != 0 {
		t.Errorf("late operations: acked %d, held %v", late.Acked, late.Held)
	}
	gone := 0
	for _, r := range late.Changes["Nord"] {
		if r.ID == other {
			continue
		}
		gone++
		if r.Gone != "erased" || r.Fields != nil || r.Why != wire.EraseRequest || !r.GoneAt.Equal(w.now) {
			t.Errorf("%s %+v, want an erased one", r.Type, r)
		}
	}
	if gone != 7 {
		t.Errorf("%d tombstones, want person, two needs, follow-up, request, household and the late need", gone)
	}
	after := w.dump(t)
	for _, canary := range append(canaries, "CANARY-6", "CANARY-7", "CANARY-8", "CANARY-9") {
		if strings.Contains(after, canary) {
			t.Errorf("%s is still on the server", canary)
		}
	}
	if !strings.Contains(after, "STAYS") {
		t.Error("another person's card is gone")
	}
	if !strings.Contains(w.log.String(), `"operations":3`) {
		t.Errorf("the log does not count what came late: %s", w.log.String())
	}
}

// TestWipeGoesOn: a server that stopped before its files were wiped does it at
// the next start.
func TestWipeGoesOn(t *testing.T) {
	dir := t.TempDir()
	store, err := sqlite.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	}()
	long := []byte("CANARY" + strings.Repeat("x", 50_000))
	for _, value := range [][]byte{long, {}} {
		err := store.Update(t.Context(), func(tx hub.Tx) error { return tx.SetSetting(t.Context(), "note", value) })
		if err != nil {
			t.Fatal(err)
		}
	}
	holds := func() bool {
		for _, name := range []string{sqlite.FileName, sqlite.FileName + "-wal"} {
			b, err := os.ReadFile(filepath.Join(dir, name))
			if err != nil {
				t.Fatal(err)
			}
			if bytes.Contains(b, []byte("CANARY")) {
				return true
			}
		}
		return false
	}
	if !holds() {
		t.Fatal("what was emptied is in no file before: the search does not work")
	}
	err = store.Update(t.Context(), func(tx hub.Tx) error { return tx.SetSetting(t.Context(), "wipe", []byte("due")) })
	if err != nil {
		t.Fatal(err)
	}
	if _, err := hub.New(t.Context(), store, hub.Options{Clock: time.Now, Log: slog.New(slog.DiscardHandler)}); err != nil {
		t.Fatal(err)
	}
	if holds() {
		t.Error("what was emptied is still in a file")
	}
}
