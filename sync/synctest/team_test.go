package synctest_test

import (
	"slices"
	"strings"
	"testing"

	"solidaren/diagnostics"
	"solidaren/sync/client"
	"solidaren/sync/synctest"
	"solidaren/sync/wire"
)

// change changes the team from a laptop.
func (l laptop) change(t *testing.T, req wire.TeamRequest) wire.TeamReply {
	t.Helper()
	reply, err := client.Team(t.Context(), l.Memory, l.m, req)
	if err != nil {
		t.Fatal(err)
	}
	return reply
}

func (l laptop) revoke(t *testing.T, other laptop, why string) {
	t.Helper()
	l.change(t, wire.TeamRequest{Revoke: &wire.Revoke{Dev: other.m.DeviceID(), Why: why}})
}

// invited joins a newcomer by an invite that the laptop makes.
func (l laptop) invited(t *testing.T, role diagnostics.Role) laptop {
	t.Helper()
	invite, ask := l.m.NewInvite(string(role))
	l.change(t, wire.TeamRequest{Invite: &ask})
	nb := synctest.NewMemory()
	m := synctest.NewMember(t, nb)
	if err := client.Enrol(t.Context(), nb, m, invite.String(), "nouveau"); err != nil {
		t.Fatal(err)
	}
	return laptop{nb, m}
}

// opens tells whether a laptop reads what another one seals now.
func (l laptop) opens(t *testing.T, by laptop) bool {
	t.Helper()
	sealed, err := by.m.Keyring().Seal("rec", "identity.names", "op", []byte("Zéphyrine"))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := l.m.Keyring().Unseal("rec", "identity.names", sealed)
	return err == nil && string(plain) == "Zéphyrine"
}

// TestInviteByLaptop: an invite made on a coordinator's laptop lets one in, which
// waits for the team's key until another laptop has met the server.
func TestInviteByLaptop(t *testing.T) {
	s := synctest.NewServer(t, nil)
	chief := newLaptop(t, s, diagnostics.RoleCoordinator)
	chief.sync(t)
	if chief.m.Waiting() {
		t.Error("the first of a team waits for nobody")
	}
	newcomer := chief.invited(t, diagnostics.RoleWorker)
	if waiting := chief.change(t, wire.TeamRequest{}).Invites; len(waiting) != 0 || newcomer.m.Role() != "worker" || newcomer.m.Team() != "Nord" {
		t.Fatalf("%+v wait, joined as %s of %s", waiting, newcomer.m.Role(), newcomer.m.Team())
	}
	newcomer.sync(t)
	again := synctest.NewMember(t, newcomer.Memory)
	if !newcomer.m.Waiting() || !again.Waiting() || newcomer.opens(t, chief) {
		t.Error("it does not wait for the key")
	}
	chief.sync(t)
	newcomer.sync(t)
	if newcomer.m.Waiting() || !newcomer.opens(t, chief) || synctest.NewMember(t, newcomer.Memory).Waiting() {
		t.Error("the key has not come")
	}
	researcher := chief.invited(t, diagnostics.RoleResearcher)
	if researcher.m.Waiting() {
		t.Error("who holds no key waits for none")
	}
}

// TestTeamRefusedInWords: who may not is told so, and a lost answer is asked for
// again.
func TestTeamRefusedInWords(t *testing.T) {
	s := synctest.NewServer(t, nil)
	chief, worker := newLaptop(t, s, diagnostics.RoleCoordinator), newLaptop(t, s, diagnostics.RoleWorker)
	_, err := client.Team(t.Context(), worker.Memory, worker.m, wire.TeamRequest{})
	if diagnostics.Code(err) != diagnostics.CodeForbidden {
		t.Errorf("a worker: %v", err)
	}
	own := wire.TeamRequest{Revoke: &wire.Revoke{Dev: chief.m.DeviceID(), Why: wire.RevokedStolen}}
	_, err = client.Team(t.Context(), chief.Memory, chief.m, own)
	if diagnostics.Code(err) != diagnostics.CodeConflict || !strings.Contains(diagnostics.Sentence(err, "fr"), "lui-même") {
		t.Errorf("its own: %v", err)
	}
	alone := synctest.NewMemory()
	if _, err = client.Team(t.Context(), alone, synctest.NewMember(t, alone), wire.TeamRequest{}); diagnostics.Code(err) != diagnostics.CodeInvalid {
		t.Errorf("without a team: %v", err)
	}
	_, ask := chief.m.NewInvite("worker")
	meet(chief.m, synctest.LoseReply)
	if _, err = client.Team(t.Context(), chief.Memory, chief.m, wire.TeamRequest{Invite: &ask}); err == nil {
		t.Fatal("the answer was to be lost")
	}
	if waiting := chief.change(t, wire.TeamRequest{Invite: &ask}).Invites; len(waiting) != 1 {
		t.Errorf("asked again: %+v", waiting)
	}
}

// TestKeyAfterRevocation is number 38: what is sealed once a laptop was taken out
// of the team is closed to it, and open to all others, the newcomer included; what
// was sealed before stays open to them.
func TestKeyAfterRevocation(t *testing.T) {
	for _, why := range []string{wire.RevokedReplaced, wire.RevokedStolen} {
		t.Run(why, func(t *testing.T) {
			s := synctest.NewServer(t, nil)
			chief, worker, lost := newLaptop(t, s, diagnostics.RoleCoordinator), newLaptop(t, s, diagnostics.RoleWorker), newLaptop(t, s, diagnostics.RoleWorker)
			for range 2 {
				chief.sync(t)
				worker.sync(t)
				lost.sync(t)
			}
			if !lost.opens(t, chief) || !worker.opens(t, lost) {
				t.Fatal("they do not share a key")
			}
			old, err := chief.m.Keyring().Seal("rec", "identity.names", "op", []byte("avant"))
			if err != nil {
				t.Fatal(err)
			}
			chief.revoke(t, lost, why)
			chief.sync(t)
			worker.sync(t)
			if lost.opens(t, chief) || lost.opens(t, worker) {
				t.Error("the laptop that is out reads what is sealed now")
			}
			if !worker.opens(t, chief) || !chief.opens(t, worker) || chief.m.Keyring().Current() != worker.m.Keyring().Current() {
				t.Error("the others do not read each other")
			}
			newcomer := chief.invited(t, diagnostics.RoleWorker)
			newcomer.sync(t)
			chief.sync(t)
			newcomer.sync(t)
			plain, err := newcomer.m.Keyring().Unseal("rec", "identity.names", old)
			if !newcomer.opens(t, worker) || !worker.opens(t, newcomer) || err != nil || string(plain) != "avant" {
				t.Errorf("the newcomer reads %q, %v", plain, err)
			}
			if kept := synctest.NewMember(t, chief.Memory).Keyring().Current(); kept != chief.m.Keyring().Current() {
				t.Error("the new key was not kept")
			}
			if generation := chief.m.Keyring().Generation(); generation != 1 {
				t.Errorf("generation %d after one revocation", generation)
			}
		})
	}
}

// TestKeysOfTwoRevocations is number 39: two laptops that go on with a key of
// their own at once come to use one.
func TestKeysOfTwoRevocations(t *testing.T) {
	s := synctest.NewServer(t, nil)
	a, b, x, y := newLaptop(t, s, diagnostics.RoleCoordinator), newLaptop(t, s, diagnostics.RoleCoordinator),
		newLaptop(t, s, diagnostics.RoleWorker), newLaptop(t, s, diagnostics.RoleWorker)
	for range 2 {
		for _, l := range []laptop{a, b, x, y} {
			l.sync(t)
		}
	}
	a.revoke(t, x, wire.RevokedStolen)
	b.revoke(t, y, wire.RevokedStolen)
	for range 2 {
		a.sync(t)
		b.sync(t)
	}
	if a.m.Keyring().Current() != b.m.Keyring().Current() || !a.opens(t, b) || x.opens(t, a) || y.opens(t, b) {
		t.Error("they do not use one key, or the laptops that are out have it")
	}
}

// TestRevokedNeverComesBack: a server that was restored to before a theft takes
// the stolen laptop in again; the team's laptops give it no key.
func TestRevokedNeverComesBack(t *testing.T) {
	s := synctest.NewServer(t, nil)
	chief, lost := newLaptop(t, s, diagnostics.RoleCoordinator), newLaptop(t, s, diagnostics.RoleWorker)
	for range 2 {
		chief.sync(t)
		lost.sync(t)
	}
	backup := s.Backup(t)
	chief.revoke(t, lost, wire.RevokedStolen)
	chief.sync(t)
	s.Restore(t, backup, diagnostics.NewID())
	for range 2 {
		chief.sync(t)
		lost.sync(t) // the server has forgotten
	}
	if lost.opens(t, chief) {
		t.Error("the stolen laptop got the new key")
	}
	at := slices.IndexFunc(chief.m.Devices(), func(d wire.Device) bool { return d.ID == lost.m.DeviceID() })
	if d := chief.m.Devices()[at]; d.Active || d.Revoked != wire.RevokedStolen {
		t.Errorf("the coordinator sees %+v", d)
	}
	chief.revoke(t, lost, wire.RevokedStolen)
	if _, err := client.Sync(t.Context(), lost.Memory, lost.m, nil); diagnostics.Code(err) != diagnostics.CodeForbidden {
		t.Errorf("revoked again: %v", err)
	}
}

// TestReplacedHandsIn: a laptop that was replaced sends the rest of its work, and
// is told then that it has no access any more; it keeps all of it.
func TestReplacedHandsIn(t *testing.T) {
	s := synctest.NewServer(t, nil)
	chief, old := newLaptop(t, s, diagnostics.RoleCoordinator), newLaptop(t, s, diagnostics.RoleWorker)
	chief.sync(t)
	old.sync(t)
	rec := diagnostics.NewID()
	old.card(rec, "status", "active")
	chief.revoke(t, old, wire.RevokedReplaced)
	if report := old.sync(t); report.Pushed != 1 || report.Held != 1 || report.Pulled != 0 {
		t.Errorf("handed in: %+v", report)
	}
	_, err := client.Sync(t.Context(), old.Memory, old.m, nil)
	if diagnostics.Code(err) != diagnostics.CodeForbidden || !strings.Contains(diagnostics.Sentence(err, "fr"), "n'a plus accès") || len(old.Ops()) != 1 {
		t.Errorf("then: %v, %d kept", err, len(old.Ops()))
	}
	held, err := client.Held(t.Context(), chief.Memory, chief.m, nil)
	if err != nil || len(held.Held) != 1 || held.Held[0].Why != wire.HeldReplaced {
		t.Fatalf("held %+v, %v", held, err)
	}
	settle := &wire.Settle{Dev: held.Held[0].Dev, N: held.Held[0].Op.N, Do: wire.Release}
	if _, err := client.Held(t.Context(), chief.Memory, chief.m, settle); err != nil {
		t.Fatal(err)
	}
	chief.sync(t)
	if got := chief.values(rec, "status"); !slices.Equal(got, []string{`"active"`}) {
		t.Errorf("released: %v", got)
	}
}
