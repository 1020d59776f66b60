package synctest_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"solidaren/diagnostics"
	"solidaren/diagnostics/store"
	"solidaren/diagnostics/vault"
	"solidaren/sync/client"
	"solidaren/sync/synctest"
	"solidaren/sync/wire"
)

// timed is a notebook on disk whose clock the test moves, with its vault.
type timed struct {
	realLaptop
	v *vault.Vault
}

func newTimed(t *testing.T, s *synctest.Server, now *time.Time, role diagnostics.Role) *timed {
	t.Helper()
	v, err := vault.Create(t.TempDir(), "cinq mots pour un essai")
	if err != nil {
		t.Fatal(err)
	}
	nb, err := store.Open(t.Context(), v, store.Options{Clock: func() time.Time { return *now }})
	if err != nil {
		t.Fatal(err)
	}
	l := &timed{realLaptop{nb, synctest.NewMember(t, nb)}, v}
	nb.UseSealer(l.m.Keyring())
	t.Cleanup(v.Close)
	l.join(t, s, role)
	return l
}

// pages closes the notebook and gives every byte of its database, opened.
func (l *timed) pages(t *testing.T) string {
	t.Helper()
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	db, err := l.v.OpenDB(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.QueryContext(t.Context(), "SELECT data FROM sqlite_dbpage")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var all bytes.Buffer
	for rows.Next() {
		var page []byte
		if err := rows.Scan(&page); err != nil {
			t.Fatal(err)
		}
		all.Write(page)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all.String()
}

// person makes a card with a name and a need in the person's words.
func (l *timed) person(t *testing.T, mark string) string {
	t.Helper()
	id := l.create(t, diagnostics.TypePerson, diagnostics.Values{"code": diagnostics.NewPersonCode(nil), "identity.names": "names" + mark, "last_contact_on": "2026-03-01"})
	l.create(t, diagnostics.TypeNeed, diagnostics.Values{"person": id, "domain": "hygiene", "own_words": "words" + mark})
	return id
}

// TestErasedWhileAway: a person is erased while a laptop is away for three
// months, and that laptop writes on about the person. It comes back: what it
// wrote is left out, its own copy goes, and no byte of the person is on any
// laptop, in the server's files or in its log. Others stay.
func TestErasedWhileAway(t *testing.T) {
	now := time.Date(2026, 3, 1, 20, 0, 0, 0, time.UTC)
	s := synctest.NewServer(t, func() time.Time { return now })
	worker := newTimed(t, s, &now, diagnostics.RoleWorker)
	away := newTimed(t, s, &now, diagnostics.RoleSocialWorker)
	coordinator := newTimed(t, s, &now, diagnostics.RoleCoordinator)
	all := []*timed{worker, away, coordinator}
	everybody := func() {
		t.Helper()
		for range 2 { // keys go to and fro
			for _, l := range all {
				l.sync(t)
			}
		}
	}
	gone, stays := worker.person(t, "-canary"), worker.person(t, "-stays")
	everybody()
	if got := away.get(t, gone).Get("identity.names"); got != "names-canary" {
		t.Fatalf("before, the name is %q on another laptop", got)
	}
	sealed := cipher(t, worker, gone)

	request := worker.create(t, diagnostics.TypeRequest, diagnostics.Values{"kind": diagnostics.RequestErase, "person": gone, "identity_checked": "code", "note": "note-canary"})
	worker.sync(t)
	coordinator.sync(t)
	if _, err := coordinator.Erase(t.Context(), store.Erasure{Person: gone, Why: wire.EraseRequest, Request: request, Role: diagnostics.RoleCoordinator}); err != nil {
		t.Fatal(err)
	}
	coordinator.sync(t)

	now = now.AddDate(0, 3, 0)
	if _, err := away.Update(t.Context(), gone, diagnostics.Values{"identity.names": "late-canary"}); err != nil {
		t.Fatal(err)
	}
	away.create(t, diagnostics.TypeNeed, diagnostics.Values{"person": gone, "domain": "food", "own_words": "later-canary"})
	if err := away.SaveDraft(t.Context(), store.Draft{ID: "d", Person: gone, State: []byte("draft-canary")}); err != nil {
		t.Fatal(err)
	}
	if report := away.sync(t); report.Held != 0 || report.ToPush != 0 {
		t.Errorf("the laptop that was away: %+v", report)
	}
	everybody()
	for _, l := range all {
		if _, err := l.Get(t.Context(), gone); diagnostics.Code(err) != diagnostics.CodeNotFound {
			t.Errorf("the person is still there: %v", err)
		}
		if got := l.get(t, stays).Get("identity.names"); got != "names-stays" {
			t.Errorf("another person's name is %q", got)
		}
		if err := l.VerifyOps(t.Context(), nil); err != nil {
			t.Error(err)
		}
	}
	places := map[string]string{"server": files(t, s.Dir) + s.Log.String(), "worker": worker.pages(t), "away": away.pages(t), "coordinator": coordinator.pages(t)}
	for name, bytes := range places {
		for _, canary := range append(sealed, "names-canary", "words-canary", "note-canary", "late-canary", "later-canary", "draft-canary") {
			if strings.Contains(bytes, canary) {
				t.Errorf("%s: %.40q is still there", name, canary)
			}
		}
		if !strings.Contains(bytes, stays) {
			t.Errorf("%s: another person is not found: the search does not work", name)
		}
	}
	if !strings.Contains(s.Log.String(), `"operations":2`) {
		t.Errorf("the server did not count what came late: %s", s.Log.String())
	}
}

// cipher gives the sealed texts about a person that a laptop sent.
func cipher(t *testing.T, l *timed, person string) (sealed []string) {
	t.Helper()
	ops, err := l.PendingOps(t.Context(), 0, 100, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	for _, op := range ops {
		if op.Rec != person && !bytes.Contains(op.Set["person"], []byte(person)) {
			continue
		}
		for _, field := range []string{"identity.names", "own_words"} {
			if _, text, ok := strings.Cut(string(op.Set[field]), `"sealed":"`); ok {
				sealed = append(sealed, strings.TrimSuffix(text, `"}`))
			}
		}
	}
	if len(sealed) != 2 {
		t.Fatalf("%d sealed texts, want the name and the words", len(sealed))
	}
	return sealed
}

// TestRetentionReachesEveryone: two years after the last contact a person is
// gone from every laptop and from the server, by the clock of the coordinator's
// laptop; one that a laptop met since stays.
func TestRetentionReachesEveryone(t *testing.T) {
	now := time.Date(2026, 3, 1, 20, 0, 0, 0, time.UTC)
	s := synctest.NewServer(t, func() time.Time { return now })
	worker, coordinator := newTimed(t, s, &now, diagnostics.RoleWorker), newTimed(t, s, &now, diagnostics.RoleCoordinator)
	gone, met := worker.person(t, "-canary"), worker.person(t, "-stays")
	worker.sync(t)
	coordinator.sync(t)
	now = now.AddDate(1, 0, 0)
	err := worker.Finish(t.Context(), "", diagnostics.Submission{Diagnostic: diagnostics.Record{Type: diagnostics.TypePerson, ID: met, Fields: diagnostics.Values{"last_contact_on": "2027-03-01"}}})
	if err != nil {
		t.Fatal(err)
	}
	now = now.AddDate(1, 0, 0) // the coordinator does not know of the meeting: the server does
	worker.sync(t)
	if _, err := client.Sync(t.Context(), coordinator, coordinator.m, nil); err != nil {
		t.Fatal(err)
	}
	for _, l := range []*timed{coordinator, worker} {
		if _, err := l.Housekeep(t.Context(), diagnostics.Role(l.m.Role())); err != nil {
			t.Fatal(err)
		}
		if report := l.sync(t); report.Held != 0 {
			t.Errorf("%+v", report)
		}
	}
	places := map[string]string{"server": files(t, s.Dir), "worker": worker.pages(t), "coordinator": coordinator.pages(t)}
	for name, bytes := range places {
		if strings.Contains(bytes, "canary") || !strings.Contains(bytes, met) {
			t.Errorf("%s: the one is still there, or the other is gone", name)
		}
		if name != "server" && !strings.Contains(bytes, "names-stays") {
			t.Errorf("%s: the name of the other is gone", name)
		}
	}
	if strings.Count(places["server"], gone) == 0 {
		t.Error("the server keeps no tombstone")
	}
}

// TestRescuedNotebook: a notebook made from what could be read of a damaged one
// is the same member of its team: it sends what was not sent, and gets the rest
// back.
func TestRescuedNotebook(t *testing.T) {
	now := time.Date(2026, 3, 1, 20, 0, 0, 0, time.UTC)
	s := synctest.NewServer(t, func() time.Time { return now })
	old, other := newTimed(t, s, &now, diagnostics.RoleWorker), newTimed(t, s, &now, diagnostics.RoleWorker)
	sent := old.person(t, "-sent")
	old.sync(t)
	unsent := old.person(t, "-unsent")
	if _, err := old.Update(t.Context(), sent, diagnostics.Values{"gender": "f"}); err != nil {
		t.Fatal(err)
	}
	if err := old.SaveDraft(t.Context(), store.Draft{ID: "d", FormID: "maraude", State: []byte("typed")}); err != nil {
		t.Fatal(err)
	}
	if err := old.Close(); err != nil {
		t.Fatal(err)
	}
	v, err := vault.Create(t.TempDir(), "cinq mots pour un essai")
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	done, err := store.Rescue(t.Context(), old.v, v, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if done != (store.Rescued{Ops: 3, Drafts: 1, Member: true}) {
		t.Errorf("rescued %+v", done)
	}
	nb, err := store.Open(t.Context(), v, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer nb.Close()
	defer other.Close()
	l := realLaptop{nb, synctest.NewMember(t, nb)}
	nb.UseSealer(l.m.Keyring())
	if got := l.get(t, unsent).Get("identity.names"); got != "" && got != "names-unsent" {
		t.Errorf("before sending, the name reads %q", got)
	}
	if report := l.sync(t); report.Pushed != 3 || report.Held != 0 || report.ToPush != 0 {
		t.Errorf("%+v", report)
	}
	other.sync(t)
	l.sync(t)
	other.sync(t)
	for name, laptop := range map[string]realLaptop{"rescued": l, "other": other.realLaptop} {
		if got := laptop.get(t, sent); got.Get("identity.names") != "names-sent" || got.Get("gender") != "f" || len(got.Conflict) > 0 {
			t.Errorf("%s: the sent person %v, in conflict %v", name, got.Fields, got.Conflict)
		}
		if got := laptop.get(t, unsent).Get("identity.names"); got != "names-unsent" {
			t.Errorf("%s: the other one's name is %q", name, got)
		}
	}
}

// eraseAsked erases a person as two people do it: one writes the request down,
// the coordinator confirms.
func eraseAsked(t *testing.T, by, coordinator *timed, person string) {
	t.Helper()
	request := by.create(t, diagnostics.TypeRequest, diagnostics.Values{"kind": diagnostics.RequestErase, "person": person, "identity_checked": "code"})
	by.sync(t)
	coordinator.sync(t)
	if _, err := coordinator.Erase(t.Context(), store.Erasure{Person: person, Why: wire.EraseRequest, Request: request, Role: diagnostics.RoleCoordinator}); err != nil {
		t.Fatal(err)
	}
	coordinator.sync(t)
}
