package hub_test

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
	"time"

	"solidaren/diagnostics"
	"solidaren/sync/hub"
	"solidaren/sync/wire"
)

func secret(n int) string {
	return base64.RawURLEncoding.EncodeToString([]byte(fmt.Sprintf("%016d", n)))
}

// team changes the team as a device and gives the invites that wait.
func (w *world) team(t *testing.T, by laptop, req wire.TeamRequest) ([]wire.PendingInvite, wire.Problem) {
	t.Helper()
	reply, err := w.Team(t.Context(), w.reload(t, by), req)
	return reply.Invites, problemOf(t, err)
}

// TestInviteFromTheApp: a coordinator makes an invite, sees that it waits, and it
// lets one computer in; the call may be made twice.
func TestInviteFromTheApp(t *testing.T) {
	w := newWorld(t)
	chief := w.laptop(t, "Nord", diagnostics.RoleCoordinator)
	make := wire.TeamRequest{Invite: &wire.NewInvite{Secret: secret(1), Role: "social_worker"}}
	for range 2 {
		waiting, problem := w.team(t, chief, make)
		if problem.Code != "" || len(waiting) != 1 || waiting[0].Role != "social_worker" || !waiting[0].Expires.Equal(w.now.Add(hub.InviteLife)) {
			t.Fatalf("waiting %+v, %+v", waiting, problem)
		}
	}
	if log := w.log.String(); !strings.Contains(log, "an invite was made") || !strings.Contains(log, chief.ID) || strings.Contains(log, secret(1)) {
		t.Errorf("the log has %s", log)
	}
	request, _ := newLaptop(t)
	request.Secret = secret(1)
	reply, err := w.Enrol(t.Context(), request)
	if err != nil || reply.Team != "Nord" || reply.Role != "social_worker" {
		t.Fatalf("joined %+v, %v", reply, err)
	}
	if waiting, _ := w.team(t, chief, wire.TeamRequest{}); len(waiting) != 0 {
		t.Errorf("a used invite waits: %+v", waiting)
	}
}

// TestInvitesEnd: an invite that was withdrawn or has ended waits no more and lets
// nobody in.
func TestInvitesEnd(t *testing.T) {
	w := newWorld(t)
	chief := w.laptop(t, "Nord", diagnostics.RoleCoordinator)
	other := w.laptop(t, "Sud", diagnostics.RoleCoordinator)
	for n := 1; n <= 2; n++ {
		w.team(t, chief, wire.TeamRequest{Invite: &wire.NewInvite{Secret: secret(n), Role: "worker"}})
		w.now = w.now.Add(time.Minute)
	}
	waiting, _ := w.team(t, chief, wire.TeamRequest{})
	if len(waiting) != 2 || waiting[0].Expires.After(waiting[1].Expires) {
		t.Fatalf("waiting %+v", waiting)
	}
	if mine, problem := w.team(t, other, wire.TeamRequest{Withdraw: waiting[0].ID}); problem.Status != 404 || len(mine) != 0 {
		t.Errorf("another team's coordinator withdraws: %+v, %+v", mine, problem)
	}
	for range 2 {
		if left, problem := w.team(t, chief, wire.TeamRequest{Withdraw: waiting[0].ID}); problem.Code != "" || len(left) != 1 || left[0].ID != waiting[1].ID {
			t.Errorf("withdrawn: %+v, %+v", left, problem)
		}
	}
	request, _ := newLaptop(t)
	request.Secret = secret(1)
	if _, err := w.Enrol(t.Context(), request); problemOf(t, err).Code != wire.ProblemInviteUnknown {
		t.Errorf("a withdrawn invite: %v", err)
	}
	w.now = w.now.Add(hub.InviteLife)
	if left, _ := w.team(t, chief, wire.TeamRequest{}); len(left) != 0 {
		t.Errorf("ended ones wait: %+v", left)
	}
}

// TestTeamRefuses: who may not, what does not fit, and too much of it.
func TestTeamRefuses(t *testing.T) {
	w := newWorld(t)
	chief := w.laptop(t, "Nord", diagnostics.RoleCoordinator)
	admin := w.laptop(t, "Nord", diagnostics.RoleAdmin)
	worker := w.laptop(t, "Nord", diagnostics.RoleWorker)
	stranger := w.laptop(t, "Sud", diagnostics.RoleWorker)
	used := w.invite(t, "Nord", diagnostics.RoleWorker)
	late, _ := newLaptop(t)
	late.Secret = used.Secret
	if _, err := w.Enrol(t.Context(), late); err != nil {
		t.Fatal(err)
	}
	w.team(t, chief, wire.TeamRequest{Invite: &wire.NewInvite{Secret: secret(1), Role: "worker"}})
	invite := func(n int, role string) wire.TeamRequest {
		return wire.TeamRequest{Invite: &wire.NewInvite{Secret: secret(n), Role: role}}
	}
	revoke := func(dev, why string) wire.TeamRequest {
		return wire.TeamRequest{Revoke: &wire.Revoke{Dev: dev, Why: why}}
	}
	tests := []struct {
		name   string
		by     laptop
		req    wire.TeamRequest
		code   string
		status int
	}{
		{"a worker lists", worker, wire.TeamRequest{}, "forbidden", 403},
		{"a worker invites", worker, invite(2, "worker"), "forbidden", 403},
		{"a worker revokes", worker, revoke(stranger.ID, wire.RevokedStolen), "forbidden", 403},
		{"an admin invites a coordinator", admin, invite(2, "coordinator"), "forbidden", 403},
		{"an admin invites a worker", admin, invite(2, "worker"), "forbidden", 403},
		{"an admin invites a researcher", admin, invite(3, "researcher"), "", 0},
		{"an unknown role", chief, invite(2, "king"), "invalid", 422},
		{"a short secret", chief, wire.TeamRequest{Invite: &wire.NewInvite{Secret: "AAAA", Role: "worker"}}, "invalid", 422},
		{"no secret", chief, wire.TeamRequest{Invite: &wire.NewInvite{Role: "worker"}}, "invalid", 422},
		{"a secret of another invite", chief, invite(1, "coordinator"), "invalid", 422},
		{"no invite's id", chief, wire.TeamRequest{Withdraw: "!"}, "invalid", 422},
		{"a device of another team", chief, revoke(stranger.ID, wire.RevokedStolen), "not_found", 404},
		{"a device of nobody", chief, revoke(diagnostics.NewID(), wire.RevokedStolen), "not_found", 404},
		{"its own device", chief, revoke(chief.ID, wire.RevokedReplaced), wire.ProblemOwnDevice, 409},
		{"for no known reason", chief, revoke(worker.ID, "tired"), "invalid", 422},
		{"an admin revokes", admin, revoke(late.Dev, wire.RevokedReplaced), "", 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, p := w.team(t, tt.by, tt.req); p.Code != tt.code || p.Status != tt.status {
				t.Errorf("got %+v, want %s %d", p, tt.code, tt.status)
			}
		})
	}
	last := wire.Problem{}
	for n := 10; n < 70 && last.Code == ""; n++ {
		_, last = w.team(t, chief, invite(n, "worker"))
	}
	if waiting, _ := w.team(t, chief, wire.TeamRequest{}); last.Code != wire.ProblemTooManyInvites || len(waiting) != 50 {
		t.Errorf("%d wait, then %+v", len(waiting), last)
	}
}

// TestRevokedStolen is number 36 and half of 37: nothing in, nothing out, from
// the very next call on.
func TestRevokedStolen(t *testing.T) {
	w := newWorld(t)
	chief, lost := w.laptop(t, "Nord", diagnostics.RoleCoordinator), w.laptop(t, "Nord", diagnostics.RoleCoordinator)
	token := "Bearer " + w.token(t, lost)
	if _, problem := w.team(t, chief, wire.TeamRequest{Revoke: &wire.Revoke{Dev: lost.ID, Why: wire.RevokedStolen}}); problem.Code != "" {
		t.Fatal(problem)
	}
	if _, err := w.Authenticate(t.Context(), token); problemOf(t, err).Code != wire.ProblemRevoked {
		t.Errorf("its token: %v", err)
	}
	if _, err := w.Token(t.Context(), w.sign(t, lost)); problemOf(t, err).Code != wire.ProblemRevoked {
		t.Errorf("a new token: %v", err)
	}
	if p := w.problem(t, lost, request(lost, card(1, diagnostics.NewID(), "gender", "w"))); p.Code != wire.ProblemRevoked {
		t.Errorf("a push that was let in before: %+v", p)
	}
	if _, problem := w.team(t, lost, wire.TeamRequest{Revoke: &wire.Revoke{Dev: chief.ID, Why: wire.RevokedStolen}}); problem.Code != wire.ProblemRevoked {
		t.Errorf("it revokes: %+v", problem)
	}
	if _, problem := w.settle(t, lost, nil); problem.Code != wire.ProblemRevoked {
		t.Errorf("it reads what is held: %+v", problem)
	}
	if held, _ := w.settle(t, chief, nil); len(held) != 0 {
		t.Errorf("something came in: %+v", held)
	}
	var seen wire.Device
	for _, d := range w.mustSync(t, chief, request(chief)).Devices {
		if d.ID == lost.ID {
			seen = d
		}
	}
	if seen.Active || seen.Revoked != wire.RevokedStolen || !seen.RevokedAt.Equal(w.now) {
		t.Errorf("the team is told %+v", seen)
	}
	if log := w.log.String(); !strings.Contains(log, "a device was revoked") || !strings.Contains(log, lost.ID) {
		t.Errorf("the log has %s", log)
	}
	// what was stolen is never made merely replaced
	w.team(t, chief, wire.TeamRequest{Revoke: &wire.Revoke{Dev: lost.ID, Why: wire.RevokedReplaced}})
	if _, err := w.Token(t.Context(), w.sign(t, lost)); problemOf(t, err).Code != wire.ProblemRevoked {
		t.Errorf("a token after that: %v", err)
	}
}

// TestRevokedReplaced is the other half of 37: what a replaced computer has not
// sent is taken and set aside, it receives nothing, and a coordinator releases it.
func TestRevokedReplaced(t *testing.T) {
	w := newWorld(t)
	chief, old := w.laptop(t, "Nord", diagnostics.RoleCoordinator), w.laptop(t, "Nord", diagnostics.RoleWorker)
	before, after := diagnostics.NewID(), diagnostics.NewID()
	w.mustSync(t, old, request(old, card(1, before, "gender", "w")))
	if _, problem := w.team(t, chief, wire.TeamRequest{Revoke: &wire.Revoke{Dev: old.ID, Why: wire.RevokedReplaced}}); problem.Code != "" {
		t.Fatal(problem)
	}
	if _, err := w.Authenticate(t.Context(), "Bearer "+w.token(t, old)); err != nil {
		t.Fatalf("it may not hand in: %v", err)
	}
	push := request(old, card(2, after, "gender", "m"), card(3, before, "gender", "m"), card(4, after, "identity.names", "Zéphyrine"))
	push.Envelopes = []wire.Envelope{{Key: "k", Device: chief.ID, Body: "AAAA"}}
	reply := w.mustSync(t, old, push)
	if reply.Acked != 4 || len(reply.Changes) != 0 || len(reply.Devices) != 0 || len(reply.Wanted) != 0 || len(reply.Held) != 3 ||
		reply.Held[0].Why != wire.HeldReplaced || reply.Held[2].Why != wire.HeldBadValue {
		t.Fatalf("answered %+v", reply)
	}
	if p := w.problem(t, old, request(old)); p.Code != wire.ProblemRevoked {
		t.Errorf("it pulls: %+v", p)
	}
	if _, ok := w.state(t, chief, after); ok {
		t.Error("it was applied")
	}
	if got := w.mustSync(t, chief, request(chief)).Envelopes; len(got) != 0 {
		t.Errorf("a key came from it: %+v", got)
	}
	if held, problem := w.settle(t, chief, &wire.Settle{Dev: old.ID, N: 2, Do: wire.Release}); problem.Code != "" || len(held) != 2 {
		t.Fatalf("released: %+v, %+v", held, problem)
	}
	if r, ok := w.state(t, chief, after); !ok || r.Ver != 1 {
		t.Errorf("the released record is %+v", r)
	}
	// found to be stolen after all
	w.team(t, chief, wire.TeamRequest{Revoke: &wire.Revoke{Dev: old.ID, Why: wire.RevokedStolen}})
	if p := w.problem(t, old, request(old, card(5, after, "gender", "w"))); p.Code != wire.ProblemRevoked {
		t.Errorf("stolen, it hands in: %+v", p)
	}
}
