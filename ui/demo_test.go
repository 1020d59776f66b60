package ui

import (
	"context"
	"strings"
	"testing"

	"solidaren/diagnostics"
	"solidaren/sync/synctest"
	"solidaren/sync/wire"
	"solidaren/ui/model"
	"solidaren/ui/screen/welcome"
)

// sampler is a demo over the office's folder: one made-up person.
type sampler struct {
	*office
	made, thrown int
	endless      bool // it is written until it is stopped
	begun        chan struct{}
}

func (s *sampler) Open(ctx context.Context, progress func(written, planned int)) (*model.Desk, error) {
	s.made++
	if s.endless {
		progress(7, 300)
		s.begun <- struct{}{}
		<-ctx.Done()
		return nil, ctx.Err()
	}
	desk, err := s.Create(ctx, passphrase)
	if err != nil {
		return nil, err
	}
	progress(1, 1)
	if _, err := desk.Notebook.Create(ctx, diagnostics.Record{Type: diagnostics.TypePerson, Fields: diagnostics.Values{"gender": "f"}}); err != nil {
		return nil, err
	}
	return desk, desk.Member.Rehearse(ctx, desk.Notebook, "Démo", []wire.Device{{ID: "d1", Name: "ancre"}})
}

func (s *sampler) Discard(context.Context) error {
	s.thrown++
	s.dir = s.t.TempDir()
	return nil
}

// Exists: the folder holds the demo, no notebook.
func (s *sampler) Exists() bool { return false }

func welcomed(t *testing.T) (*office, *sampler) {
	t.Helper()
	o := newOffice(t)
	s := &sampler{office: o}
	o.Shell.vault = s
	o.Offer(s)
	return o, s
}

// TestDemoInOneKey opens the demo, looks at it as every role does, begins it
// again and leaves it, by keyboard.
func TestDemoInOneKey(t *testing.T) {
	o, s := welcomed(t)
	o.wantTitle("Bienvenue")
	o.press("1")
	o.wantTitle("DÉMO – Aujourd'hui")
	if !o.shows("DÉMO – données inventées") {
		t.Error("no ribbon")
	}
	for keys, role := range map[string]diagnostics.Role{
		"Ctrl+Shift+2": diagnostics.RoleWorker, "Ctrl+Shift+3": diagnostics.RoleCoordinator,
		"Ctrl+Shift+4": diagnostics.RoleResearcher, "Ctrl+Shift+5": diagnostics.RoleAdmin, "Ctrl+Shift+1": diagnostics.RoleSocialWorker,
	} {
		o.press(keys)
		if o.role() != role || !strings.HasPrefix(o.window.Title(), "SolidaRen – DÉMO – ") {
			t.Errorf("%s shows %q as %q", keys, o.window.Title(), o.role())
		}
		for _, p := range places {
			if p.sign != "" && (o.rail.items[p.name] != nil) != permitted(p.roles, role) {
				t.Errorf("%s: the rail has %s: %v", role, p.name, o.rail.items[p.name] != nil)
			}
		}
	}
	o.press("Ctrl+Shift+0")
	o.wantTitle("DÉMO – Cinq essais")
	o.press("Down", "Down", "Enter")
	o.wantTitle("DÉMO – À décider")
	o.press("Ctrl+Shift+0", "End", "Enter")
	o.wantTitle("DÉMO – Export")
	if o.role() != diagnostics.RoleCoordinator {
		t.Errorf("the workbook is tried as %q", o.role())
	}
	o.press("Ctrl+Shift+d")
	o.wantTitle("DÉMO – Aujourd'hui")
	if s.made != 2 || s.thrown != 1 {
		t.Errorf("made %d times, thrown away %d times", s.made, s.thrown)
	}
	o.press("Ctrl+Shift+l")
	o.wantTitle("Bienvenue")
}

// TestDemoIsStoppedByEscape: while the demo is written Escape stops it and the
// doors are there again; nothing begins it a second time meanwhile.
func TestDemoIsStoppedByEscape(t *testing.T) {
	o, s := welcomed(t)
	s.endless, s.begun = true, make(chan struct{}, 1)
	o.keys.Press("1")
	<-s.begun
	o.Drain()
	if !o.shows("Annuler") || !o.shows("Échap") {
		t.Error("it is not said how it is stopped")
	}
	o.startDemo()
	o.keys.Press("2") // another door
	o.Drain()
	o.press("Escape")
	if o.room.(*welcome.Screen).Busy() || s.made != 1 || o.desk != nil {
		t.Errorf("it is written still, or was begun %d times", s.made)
	}
	o.wantTitle("Bienvenue")
	s.endless = false
	o.press("1")
	o.wantTitle("DÉMO – Aujourd'hui")
	if s.made != 2 {
		t.Errorf("begun %d times", s.made)
	}
}

// TestEscapeGoesBackToTheDoors from what stands behind them.
func TestEscapeGoesBackToTheDoors(t *testing.T) {
	o, _ := welcomed(t)
	for _, door := range []string{"2", "3"} {
		o.press(door, "Escape")
		if !o.shows("Par quoi commencer") {
			t.Errorf("behind door %s Escape does nothing", door)
		}
	}
}

// TestDemoIsNotEnrolled types an invite into the demo.
func TestDemoIsNotEnrolled(t *testing.T) {
	o, _ := welcomed(t)
	o.press("1", "Ctrl+0")
	o.keys.Type(wire.Invite{URL: "http://localhost:1", Secret: "s", Team: "Nord"}.String())
	o.press("Ctrl+Enter")
	if o.desk.Member.ServerURL() != "" || !o.shows("la démonstration : elle ne rejoint") {
		t.Error("the demo does not say that it joins nothing")
	}
}

// TestWelcomeJoins takes the invite out of a whole letter, makes the notebook,
// and goes on to joining with it.
func TestWelcomeJoins(t *testing.T) {
	o := newOffice(t)
	o.Offer(&sampler{office: o})
	o.wantTitle("Bienvenue")
	o.press("2")
	o.keys.Type("bonjour")
	o.press("Enter")
	if !o.shows("pas une invitation complète") {
		t.Error("a text without an invite is taken")
	}
	o.press("Ctrl+a")
	o.keys.Type("votre invitation : " + wire.Invite{URL: "http://127.0.0.1:1", Secret: "s", Team: "Nord"}.String())
	o.press("Enter")
	o.wantTitle("Verrouillé")
	o.keys.Type(passphrase)
	o.press("Enter")
	o.keys.Type(passphrase)
	o.press("Enter", "Escape") // the sheet can wait
	o.wantTitle("Envoi")
	if !o.shows("Le serveur ne répond pas. Rien n'est perdu.") || !o.shows("invitation est gardée") {
		t.Error("it does not say why it did not join, and that the invite is kept")
	}
	server := synctest.NewServer(t, nil)
	o.press("Ctrl+a")
	o.keys.Type(server.Invite(t, "nord", diagnostics.RoleCoordinator))
	o.press("Ctrl+Enter")
	if o.role() != diagnostics.RoleCoordinator || o.rail.items[roomTour] != nil || o.rail.items[roomExport] == nil {
		t.Errorf("joined as %q, the rail is still that of nobody", o.role())
	}
	o.press("Ctrl+1") // recording works all the same
	o.wantTitle("Aujourd'hui")
}

// TestWelcomeFounds prepares the commands of an organisation's server by
// keyboard, and goes on to the invite that they give.
func TestWelcomeFounds(t *testing.T) {
	o, _ := welcomed(t)
	o.press("3")
	o.keys.Type("Maraude nord")
	o.press("Enter")
	o.keys.Type("https://carnet.example.org")
	o.legible("an organisation's space")
	o.press("Enter", "Enter") // to the button, copy
	copied := o.app.Clipboard().Content()
	for _, want := range []string{"solidaren-server serve ", `--url https://carnet.example.org --team "Maraude nord" --role coordinator`} {
		if !strings.Contains(copied, want) {
			t.Errorf("copied %q, want %q in it", copied, want)
		}
	}
	o.press("Tab", "Enter")
	if !o.shows("Collez le mot") {
		t.Error("the invite is not asked for")
	}
}
