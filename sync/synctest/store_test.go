package synctest_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"solidaren/diagnostics"
	"solidaren/diagnostics/store"
	"solidaren/diagnostics/vault"
	"solidaren/sync/client"
	"solidaren/sync/synctest"
)

// realLaptop is a notebook on disk with its member, before enrolment.
type realLaptop struct {
	*store.Notebook
	m *client.Member
}

func newReal(t *testing.T) realLaptop {
	t.Helper()
	v, err := vault.Create(t.TempDir(), "cinq mots pour un essai")
	if err != nil {
		t.Fatal(err)
	}
	nb, err := store.Open(t.Context(), v, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := nb.Close(); err != nil {
			t.Error(err)
		}
		v.Close()
	})
	l := realLaptop{nb, synctest.NewMember(t, nb)}
	nb.UseSealer(l.m.Keyring())
	return l
}

func (l realLaptop) join(t *testing.T, s *synctest.Server, role diagnostics.Role) {
	t.Helper()
	if err := client.Enrol(t.Context(), l, l.m, s.Invite(t, "Nord", role), "poste"); err != nil {
		t.Fatal(err)
	}
}

func (l realLaptop) sync(t *testing.T) client.Report {
	t.Helper()
	report, err := client.Sync(t.Context(), l, l.m, nil)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func (l realLaptop) create(t *testing.T, recordType string, fields diagnostics.Values) string {
	t.Helper()
	r, err := l.Create(t.Context(), diagnostics.Record{Type: recordType, Fields: fields})
	if err != nil {
		t.Fatal(err)
	}
	return r.ID
}

func (l realLaptop) get(t *testing.T, id string) diagnostics.Record {
	t.Helper()
	r, err := l.Get(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestRealNotebooks: two notebooks on disk, from recording before any server to
// reading each other's names and words, with a conflict on the way; the planted
// texts are nowhere on the server or on the wire.
func TestRealNotebooks(t *testing.T) {
	const name, words = "Zéphyrine Canari", "une douche sans témoin"
	s := synctest.NewServer(t, nil)
	a, b := newReal(t), newReal(t)
	person := a.create(t, diagnostics.TypePerson, diagnostics.Values{
		"code": diagnostics.NewPersonCode(nil), "gender": "w", "identity.names": name,
	})
	need := b.create(t, diagnostics.TypeNeed, diagnostics.Values{"domain": "hygiene", "own_words": words})
	a.join(t, s, diagnostics.RoleWorker)
	netA, netB := spy(a.m), spy(b.m)
	a.sync(t)
	b.join(t, s, diagnostics.RoleSocialWorker)
	b.sync(t) // before the key of a has come
	if got := b.get(t, person); got.Get("gender") != "w" || got.Get("identity.names") != "" {
		t.Errorf("before the key: %v", got.Fields)
	}
	a.sync(t)
	b.sync(t)
	if got := b.get(t, person).Get("identity.names"); got != name {
		t.Errorf("b reads the name %q", got)
	}
	if got := a.get(t, need).Get("own_words"); got != words {
		t.Errorf("a reads the words %q", got)
	}
	traffic := netA.Wire() + netB.Wire()
	stored := s.Log.String() + files(t, s.Dir)
	for _, canary := range []string{name, "Canari", words, "sans témoin"} {
		if strings.Contains(stored, canary) || strings.Contains(traffic, canary) {
			t.Errorf("%q left a laptop", canary)
		}
	}
	for where, text := range map[string]string{"server": stored, "traffic": traffic} {
		if !strings.Contains(text, "hygiene") {
			t.Errorf("the clear code is not found in the %s: the search does not work", where)
		}
	}
}

// TestRealConflict: a field changed on two notebooks keeps both answers; an
// operation beside it does not.
func TestRealConflict(t *testing.T) {
	s := synctest.NewServer(t, nil)
	a, b := newReal(t), newReal(t)
	a.join(t, s, diagnostics.RoleWorker)
	b.join(t, s, diagnostics.RoleWorker)
	person := a.create(t, diagnostics.TypePerson, diagnostics.Values{"status": "active"})
	a.sync(t)
	b.sync(t)
	update := func(l realLaptop, set diagnostics.Values) {
		t.Helper()
		if _, err := l.Update(t.Context(), person, set); err != nil {
			t.Fatal(err)
		}
	}
	update(a, diagnostics.Values{"status": "left"})
	update(b, diagnostics.Values{"status": "housed", "gender": "w"})
	meet(b.m, synctest.LoseReply, synctest.Truncate, synctest.Replay)
	a.sync(t)
	b.sync(t)
	a.sync(t)
	if diff := cmp.Diff(a.get(t, person), b.get(t, person)); diff != "" {
		t.Errorf("the notebooks differ: %s", diff)
	}
	if got := a.get(t, person); cmp.Diff([]string{"status"}, got.Conflict) != "" || got.Get("gender") != "w" {
		t.Errorf("conflicts %v, fields %v", got.Conflict, got.Fields)
	}
	update(b, diagnostics.Values{"status": "housed"})
	b.sync(t)
	a.sync(t)
	if got := a.get(t, person); got.Conflict != nil || got.Get("status") != "housed" {
		t.Errorf("after the decision: conflicts %v, %v", got.Conflict, got.Fields)
	}
	counts, err := a.SyncCounts(t.Context())
	if err != nil || counts.Unsent != 0 || counts.Held != 0 || counts.Conflicts != 0 {
		t.Errorf("counts %+v, %v", counts, err)
	}
}

// TestRealRestore: a server that goes on from an older copy gets the rest again
// from notebooks on disk.
func TestRealRestore(t *testing.T) {
	s := synctest.NewServer(t, nil)
	a, b := newReal(t), newReal(t)
	a.join(t, s, diagnostics.RoleWorker)
	b.join(t, s, diagnostics.RoleWorker)
	backup := s.Backup(t)
	need := a.create(t, diagnostics.TypeNeed, diagnostics.Values{"domain": "hygiene", "own_words": "une douche"})
	a.sync(t)
	b.sync(t)
	s.Restore(t, backup, diagnostics.NewID())
	a.sync(t)
	b.sync(t)
	a.sync(t)
	b.sync(t)
	for name, l := range map[string]realLaptop{"a": a, "b": b} {
		if got := l.get(t, need).Get("own_words"); got != "une douche" {
			t.Errorf("%s reads %q", name, got)
		}
	}
	late := newReal(t)
	late.join(t, s, diagnostics.RoleWorker)
	if report := late.sync(t); report.Pulled != 1 {
		t.Errorf("a newcomer pulls %+v, want the record that came back", report)
	}
	a.sync(t) // the restored server asks again for the key
	late.sync(t)
	if got := late.get(t, need).Get("own_words"); got != "une douche" {
		t.Errorf("the newcomer reads %q", got)
	}
}
