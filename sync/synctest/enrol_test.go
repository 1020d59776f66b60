package synctest_test

import (
	"context"
	"strings"
	"testing"

	"solidaren/diagnostics"
	"solidaren/sync/client"
	"solidaren/sync/synctest"
)

func TestEnrolRefusals(t *testing.T) {
	s := synctest.NewServer(t, nil)
	used := s.Invite(t, "Nord", diagnostics.RoleWorker)
	member := synctest.NewMemory()
	m := synctest.NewMember(t, member)
	if err := client.Enrol(t.Context(), member, m, used, "poste"); err != nil {
		t.Fatal(err)
	}
	if m.Team() != "Nord" || m.Role() != "worker" || m.ServerURL() != s.URL {
		t.Errorf("joined %s as %s at %s", m.Team(), m.Role(), m.ServerURL())
	}
	fresh := s.Invite(t, "Nord", diagnostics.RoleWorker)
	tests := []struct {
		name   string
		member *client.Member
		nb     *synctest.Memory
		invite string
		code   diagnostics.ErrorCode
		says   string
	}{
		{"used invite", nil, nil, used, diagnostics.CodeForbidden, "déjà servi"},
		{"half an invite", nil, nil, fresh[:40], diagnostics.CodeInvalid, "invitation complète"},
		{"already a member", m, member, fresh, diagnostics.CodeConflict, "déjà partie"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if tt.nb == nil {
				tt.nb = synctest.NewMemory()
				tt.member = synctest.NewMember(t, tt.nb)
			}
			err := client.Enrol(t.Context(), tt.nb, tt.member, tt.invite, "poste")
			if diagnostics.Code(err) != tt.code || !strings.Contains(diagnostics.Sentence(err, "fr"), tt.says) {
				t.Errorf("error %v (%s)", err, diagnostics.Sentence(err, "fr"))
			}
		})
	}
}

// TestEnrolAnswerLost: the server took the device in and the answer was lost;
// the same invite then ends well on the same device.
func TestEnrolAnswerLost(t *testing.T) {
	for _, role := range []diagnostics.Role{diagnostics.RoleWorker, diagnostics.RoleResearcher} {
		t.Run(string(role), func(t *testing.T) {
			s := synctest.NewServer(t, nil)
			nb := synctest.NewMemory()
			m := synctest.NewMember(t, nb)
			meet(m, synctest.LoseReply)
			if err := client.Enrol(t.Context(), nb, m, s.Invite(t, "Nord", role), "poste"); err != nil {
				t.Fatal(err)
			}
			if m.Team() != "Nord" || m.Role() != string(role) {
				t.Errorf("joined %q as %q", m.Team(), m.Role())
			}
			if _, err := client.Sync(t.Context(), nb, m, nil); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestEnrolOffline: without the server nothing changes, and the invite serves
// later.
func TestEnrolOffline(t *testing.T) {
	s := synctest.NewServer(t, nil)
	nb := synctest.NewMemory()
	m := synctest.NewMember(t, nb)
	m.Patience.Tries = 2
	invite := s.Invite(t, "Nord", diagnostics.RoleWorker)
	meet(m, synctest.Drop, synctest.Portal)
	if err := client.Enrol(t.Context(), nb, m, invite, "poste"); diagnostics.Code(err) != diagnostics.CodeOffline {
		t.Errorf("error %v, want offline", err)
	}
	if m.ServerURL() != "" {
		t.Error("it is a member of nothing")
	}
	if err := client.Enrol(t.Context(), nb, m, invite, "poste"); err != nil {
		t.Error(err)
	}
}

// TestMemberIsKept: a member is the same after the notebook was closed.
func TestMemberIsKept(t *testing.T) {
	s := synctest.NewServer(t, nil)
	nb := synctest.NewMemory()
	before := s.Enrol(t, nb, "Nord", diagnostics.RoleCoordinator)
	if _, err := client.Sync(t.Context(), nb, before, nil); err != nil {
		t.Fatal(err)
	}
	after := synctest.NewMember(t, nb)
	if after.DeviceID() != before.DeviceID() || after.Team() != "Nord" || after.Role() != "coordinator" || after.ServerURL() != s.URL ||
		after.Keyring().Current() != before.Keyring().Current() {
		t.Error("the member changed")
	}
	if report, err := client.Sync(t.Context(), nb, after, nil); err != nil || report.Requests != 1 {
		t.Errorf("report %+v, %v; want the same token to serve", report, err)
	}
}

func TestSyncNeedsTeam(t *testing.T) {
	nb := synctest.NewMemory()
	_, err := client.Sync(context.Background(), nb, synctest.NewMember(t, nb), nil)
	if diagnostics.Code(err) != diagnostics.CodeInvalid || !strings.Contains(diagnostics.Sentence(err, "fr"), "pas encore rejoint") {
		t.Errorf("error %v", err)
	}
}
