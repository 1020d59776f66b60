package ui

import (
	"strings"
	"testing"

	"solidaren/diagnostics"
	"solidaren/diagnostics/vault"
	"solidaren/sync/client"
	"solidaren/sync/synctest"
	"solidaren/ui/uitest"
)

// joined is an office whose notebook has joined a team by an invite.
func joined(t *testing.T, invite string) *office {
	t.Helper()
	o := unlocked(t)
	o.Go(roomSending)
	o.settle()
	o.keys.Type(invite)
	o.press("Ctrl+Enter")
	if o.desk.Member.Team() == "" {
		t.Fatal("the office has joined no team")
	}
	return o
}

// goTo opens a room and waits for what it reads.
func (o *office) goTo(name string) {
	o.t.Helper()
	o.Go(name)
	o.settle()
}

// send exchanges from the room of sending.
func (o *office) send() {
	o.t.Helper()
	o.goTo(roomSending)
	o.press("Ctrl+Enter")
}

// legible fails where a text of the window is cut or written over another one.
func (o *office) legible(where string) {
	o.t.Helper()
	texts := uitest.Texts(o.window.Canvas())
	for i, text := range texts {
		if how := text.Cut(); how != "" && !(opens(text) && strings.HasSuffix(text.Text.Text, "…")) {
			o.t.Errorf("%s: %q: %s", where, text.Text.Text, how)
		}
		for _, other := range texts[:i] {
			if text.Over(other) {
				o.t.Errorf("%s: %q is written over %q", where, text.Text.Text, other.Text.Text)
			}
		}
	}
}

// spoken are the words of an office's own keys.
func (o *office) spoken() string {
	for _, d := range o.desk.Member.Devices() {
		if d.ID == o.desk.Member.DeviceID() {
			return vault.SpeakKey(d.AuthKey, d.Recipient)
		}
	}
	return ""
}

// TestInviteByKeyboard: a coordinator makes an invite, hands its word over, and
// the newcomer waits for the key that the coordinator's next exchange brings; both
// screens show the same six words of it.
func TestInviteByKeyboard(t *testing.T) {
	server := synctest.NewServer(t, nil)
	chief := joined(t, server.Invite(t, "nord", diagnostics.RoleCoordinator))
	if chief.shows("En attente de la clé") {
		t.Error("the first computer of a team waits for a key")
	}
	chief.goTo(roomTeam)
	chief.press("Ctrl+Enter")
	if !chief.shows("Choisissez d'abord le rôle.") {
		t.Error("an invite without a role")
	}
	chief.press("2", "Enter", "Enter") // social work, make, copy
	invite := chief.app.Clipboard().Content()
	chief.legible("an invite that waits")
	if !chief.shows("attend, jusqu'à ") || chief.shows(invite) {
		t.Errorf("copied %q; it is not listed as waiting, or still shown", invite)
	}

	newcomer := joined(t, invite)
	if newcomer.role() != diagnostics.RoleSocialWorker || !newcomer.shows("En attente de la clé de l'équipe") {
		t.Errorf("the newcomer is %q and is not told to wait", newcomer.role())
	}
	newcomer.legible("a newcomer's sending")
	newcomer.send()
	chief.send()
	newcomer.send()
	if newcomer.shows("En attente de la clé") {
		t.Error("it waits still")
	}
	chief.goTo(roomTeam)
	if chief.shows("attend, jusqu'à") || !chief.shows(newcomer.spoken()) || !newcomer.shows(newcomer.spoken()) {
		t.Error("the invite waits still, or the words differ")
	}
}

// TestWithdrawByKeyboard: an invite is taken back after a question.
func TestWithdrawByKeyboard(t *testing.T) {
	server := synctest.NewServer(t, nil)
	chief := joined(t, server.Invite(t, "nord", diagnostics.RoleCoordinator))
	chief.goTo(roomTeam)
	chief.press("1", "Enter", "Escape", "Shift+Tab", "Shift+Tab", "Down", "Enter") // behind the computers
	if !chief.shows("ne fera plus entrer personne") {
		t.Fatal("nothing is asked")
	}
	chief.press("Tab", "Enter")
	if !chief.shows("L'invitation est retirée.") || chief.shows("attend, jusqu'à ") {
		t.Error("it was not taken back")
	}
}

// TestRevokeByKeyboard: a computer is taken out as replaced after a question, as
// stolen after a word; the wrong word changes nothing, and nobody is taken out by
// the own computer.
func TestRevokeByKeyboard(t *testing.T) {
	server := synctest.NewServer(t, nil)
	chief := joined(t, server.Invite(t, "nord", diagnostics.RoleCoordinator))
	nb := synctest.NewMemory()
	other := server.Enrol(t, nb, "nord", diagnostics.RoleWorker)
	chief.send()
	key := chief.desk.Member.Keyring().Current()
	active := func() bool {
		for _, d := range chief.desk.Member.Devices() {
			if d.ID == other.DeviceID() {
				return d.Active
			}
		}
		return false
	}
	chief.goTo(roomTeam)
	chief.press("Shift+Tab", "Enter", "Tab", "Enter") // its own: to close is all there is
	if chief.modals.Open() {
		t.Fatal("a computer may take itself out")
	}
	chief.press("Down", "Enter")
	chief.legible("a computer")
	chief.press("Tab", "Tab", "Enter")
	chief.legible("the question about a theft")
	chief.keys.Type("oui")
	chief.press("Tab", "Tab", "Enter")
	if !active() || !chief.shows("rien n'a changé") {
		t.Fatal("the wrong word took it out, or nothing was said")
	}
	chief.press("Enter", "Tab", "Enter")
	if !chief.shows("seront mises de côté") {
		t.Fatal("nothing is asked")
	}
	chief.press("Tab", "Enter")
	if active() || !chief.shows("Le poste est retiré") || !chief.shows("remplacé ") {
		t.Fatal("it was not taken out as replaced")
	}
	if chief.desk.Member.Keyring().Current() == key {
		t.Error("the team goes on with the key that the other one has")
	}
	chief.press("Enter", "Tab", "Enter") // replaced already: stolen is left
	chief.keys.Type("volé")
	chief.press("Tab", "Tab", "Enter")
	if !chief.shows("volé ou perdu ") {
		t.Error("it was not taken out as stolen")
	}
	chief.legible("a computer that is out")
	if _, err := client.Sync(t.Context(), nb, other, nil); diagnostics.Code(err) != diagnostics.CodeForbidden {
		t.Errorf("the stolen computer exchanges: %v", err)
	}
}
