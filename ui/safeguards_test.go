package ui

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"solidaren/diagnostics"
	"solidaren/sync/synctest"
	"solidaren/ui/kit"
	look "solidaren/ui/kit/theme"
)

const tryingText = "Essai – pas de personnes réelles"

// TestTryingOutByKeyboard: a new notebook says that it is for trying out; what
// the law asks for is entered by keyboard, one of both is not enough, and the
// ribbon goes with the second, over a lock too.
func TestTryingOutByKeyboard(t *testing.T) {
	o := unlocked(t)
	if !o.shows(tryingText) {
		t.Fatal("a new notebook does not say that it is for trying out")
	}
	o.legible("trying out")
	o.press("Ctrl+k")
	o.keys.Type("impact")
	o.press("Enter")
	o.legible("what the law asks for")
	o.keys.Type("AIPD deux mille")
	o.press("Enter", "Enter")
	if !o.shows(tryingText) || !o.shows("reste : il en manque un") {
		t.Error("one of both is enough, or nothing is said")
	}
	o.Go(roomTeam)
	o.press("Shift+Tab", "Enter") // its button
	o.press("Tab")
	o.keys.Type("dpo chez nous")
	o.press("Enter")
	if o.shows(tryingText) || !o.shows("s'en va") {
		t.Error("the ribbon stays")
	}
	o.press("Ctrl+Shift+l")
	o.keys.Type(passphrase)
	o.press("Enter")
	if o.shows(tryingText) {
		t.Error("the ribbon is back after a lock")
	}
	if got := o.safeguards.Safeguards; got.Impact != "AIPD deux mille" || got.Officer != "dpo chez nous" {
		t.Errorf("kept: %+v", got)
	}
}

// TestTryingOutInATeam: the coordinator enters it for everybody; a worker's ribbon
// says who, offers nothing, and goes at the next exchange. Who reads no record
// has none.
func TestTryingOutInATeam(t *testing.T) {
	server := synctest.NewServer(t, nil)
	join := func(role diagnostics.Role) *office {
		o := unlocked(t)
		o.press("Ctrl+0")
		o.keys.Type(server.Invite(t, "nord", role))
		o.press("Ctrl+Enter")
		if o.role() != role {
			t.Fatalf("joined as %q, want %q", o.role(), role)
		}
		return o
	}
	worker := join(diagnostics.RoleWorker)
	if !worker.shows(tryingText) || !worker.shows("La coordination doit encore") || worker.May("safeguards") {
		t.Error("a worker is not told who enters it, or may")
	}
	if join(diagnostics.RoleAdmin).shows(tryingText) {
		t.Error("an admin, who writes nobody down, has the ribbon")
	}
	lead := join(diagnostics.RoleCoordinator) // last: what has the focus is looked for in the newest app
	lead.press("Ctrl+0", "Ctrl+Enter")        // the key of the team
	lead.OpenSafeguards()
	lead.keys.Type("AIPD deux mille")
	lead.press("Enter")
	lead.keys.Type("dpo chez nous")
	lead.press("Enter", "Ctrl+0", "Ctrl+Enter")
	worker.press("Ctrl+0", "Ctrl+Enter")
	worker.press("Ctrl+0", "Ctrl+Enter")
	if worker.shows(tryingText) {
		t.Error("the ribbon of a worker stays after the exchange")
	}
}

// TestDemoHasItsOwnRibbon: the demo's persons are made up, and it says that.
func TestDemoHasItsOwnRibbon(t *testing.T) {
	o, _ := welcomed(t)
	o.press("1")
	if o.shows(tryingText) || !o.shows("DÉMO – données inventées") {
		t.Error("the demo has the wrong ribbon")
	}
}

// walk presses Tab until a button of a name has the focus.
func (o *office) walk(name string) {
	o.t.Helper()
	for range 60 {
		if b, ok := o.window.Canvas().Focused().(*kit.Button); ok && b.Text == name {
			return
		}
		o.press("Tab")
	}
	o.t.Fatalf("Tab never comes to %q", name)
}

// TestDemoIsErasedFromItsRibbon: by Tab and one key where there is room for it,
// behind one button where there is not; the ribbon takes one line in all of
// these.
func TestDemoIsErasedFromItsRibbon(t *testing.T) {
	for _, c := range []struct {
		name  string
		size  fyne.Size
		text  int // steps larger
		first string
		then  []string
	}{
		{"wide", fyne.NewSize(1366, 768), 0, "Effacer la démo", []string{"Enter"}},
		{"least", fyne.NewSize(1024, 600), 0, "Effacer la démo", []string{"Enter"}},
		{"least, by the role", fyne.NewSize(1024, 600), 0, "Rôle : Travail social", []string{"Enter", "8"}},
		{"least at 200 %", fyne.NewSize(1024, 600), 12, "Que faire de la démo ?", []string{"Enter", "8"}},
	} {
		o, s := welcomed(t)
		o.window.Resize(c.size)
		o.press("1")
		for range c.text {
			o.press("Ctrl+Shift+Up")
		}
		ribbon := o.demoRibbon()
		ribbon.Resize(fyne.NewSize(c.size.Width, 1))
		if got, most := ribbon.MinSize().Height, theme.Size(look.Target)+2*theme.Size(look.Gap); got > most {
			t.Errorf("%s: the ribbon is %.0f high, more than one line of %.0f", c.name, got, most)
		}
		o.legible(c.name)
		o.walk(c.first)
		o.press(c.then...)
		o.wantTitle("Bienvenue")
		if s.thrown != 1 {
			t.Errorf("%s: the demo was thrown away %d times", c.name, s.thrown)
		}
	}
}

// TestRoleFromTheRibbon plays another role from the narrow ribbon.
func TestRoleFromTheRibbon(t *testing.T) {
	o, _ := welcomed(t)
	o.press("1")
	o.walk("Rôle : Travail social")
	o.press("Enter")
	o.legible("whom to play")
	o.press("3")
	if o.role() != diagnostics.RoleCoordinator || !o.shows("Rôle : Coordination") {
		t.Errorf("played as %q", o.role())
	}
}
