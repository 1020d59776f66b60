package ui

import (
	"os"
	"strings"
	"testing"

	"solidaren/diagnostics"
	"solidaren/sync/synctest"
)

// newNotebook is an office whose notebook was just made: its set-up begins.
func newNotebook(t *testing.T) *office {
	t.Helper()
	o := newOffice(t)
	o.keys.Type(passphrase)
	o.press("Enter")
	o.keys.Type(passphrase)
	o.press("Enter")
	return o
}

// TestSetupByKeyboard: after a notebook was made its sheet is made, written down
// and proved, the passphrase is typed once more, and nothing reminds of it then.
func TestSetupByKeyboard(t *testing.T) {
	o := newNotebook(t)
	o.wantTitle("Mise en route")
	o.legible("the offer of a sheet")
	if o.desk.Keys.HasSheet() {
		t.Fatal("a sheet was made before anybody asked for it")
	}
	o.press("Enter")
	o.legible("the code")
	groups := strings.Fields(o.setting("recovery.groups"))
	if len(groups) != 2 || !o.shows(groups[0]) {
		t.Fatalf("the code is not shown: %q", groups)
	}
	o.press("Enter") // it is noted
	if o.shows(groups[0]) {
		t.Error("the code is shown while it is asked for")
	}
	o.legible("the proof")
	o.keys.Type(strings.ToLower(groups[0]))
	o.press("Enter")
	o.keys.Type(groups[1])
	o.press("Enter")
	o.wantTitle("Mise en route")
	if !o.shows("2 sur 2") {
		t.Fatal("the passphrase is not asked for")
	}
	o.legible("the passphrase once more")
	o.keys.Type("une tout autre phrase que la vraie")
	o.press("Enter")
	if o.setting("firstrun.left") == "" || !o.shows("Ce n'est pas la phrase de passe") {
		t.Fatal("another passphrase was taken")
	}
	o.press("Ctrl+a")
	o.keys.Type(passphrase)
	o.press("Enter")
	o.wantTitle("Aujourd'hui")
	if o.remind() != nil || o.setting("firstrun.left") != "" {
		t.Error("it is reminded of still")
	}
}

// TestSetupCanWait: the sheet is put off; the first room reminds of it, of the
// passphrase once the sheet is done, and leads back to it.
func TestSetupCanWait(t *testing.T) {
	o := newNotebook(t)
	o.press("Escape")
	o.wantTitle("Aujourd'hui")
	if !o.setupLeft.Sheet || !o.setupLeft.Phrase || !o.shows("Pas encore de fiche de secours") {
		t.Fatalf("left: %+v", o.setupLeft)
	}
	o.OpenSetup()
	o.settle()
	o.press("Enter", "Enter") // make, noted
	groups := strings.Fields(o.setting("recovery.groups"))
	o.keys.Type(groups[0])
	o.press("Enter")
	o.keys.Type(groups[1])
	o.press("Enter", "Escape") // the passphrase can wait, too
	o.wantTitle("Aujourd'hui")
	if o.setupLeft.Sheet || !o.shows("Retapez-la une fois") {
		t.Fatalf("left: %+v", o.setupLeft)
	}
	o.press("Ctrl+Shift+l") // and over a lock
	o.keys.Type(passphrase)
	o.press("Enter")
	if !o.setupLeft.Phrase {
		t.Error("it was forgotten with the lock")
	}
	o.OpenSetup()
	o.settle()
	o.keys.Type(passphrase)
	o.press("Enter")
	o.wantTitle("Aujourd'hui")
	if o.remind() != nil {
		t.Error("it is reminded of still")
	}
}

// TestSetupKeepsTheInvite: a notebook made to join a team joins it after the
// set-up; an invite is not lost where the set-up is left for another room.
func TestSetupKeepsTheInvite(t *testing.T) {
	server := synctest.NewServer(t, nil)
	for _, leave := range []func(*office){
		func(o *office) { o.press("Escape") },
		func(o *office) { o.press("Ctrl+1", "Ctrl+0", "Ctrl+Enter") },
	} {
		o := newOffice(t)
		o.joinWith(server.Invite(t, "nord", diagnostics.RoleWorker))
		o.room.Focus()
		o.keys.Type(passphrase)
		o.press("Enter")
		o.keys.Type(passphrase)
		o.press("Enter")
		o.wantTitle("Mise en route")
		leave(o)
		if o.desk.Member.Team() != "nord" {
			t.Errorf("the team is %q", o.desk.Member.Team())
		}
	}
}

// TestSheetFileIsRemoved: the file that was printed is erased from the set-up.
func TestSheetFileIsRemoved(t *testing.T) {
	t.Setenv("XDG_RUNTIME_DIR", t.TempDir())
	o := newNotebook(t)
	o.press("Enter", "Tab", "Enter") // make, write the file
	file := os.Getenv("XDG_RUNTIME_DIR") + "/fiche-de-secours.pdf"
	if _, err := os.Stat(file); err != nil {
		t.Fatalf("the file was not written: %v", err)
	}
	o.press("Tab", "Tab", "Tab", "Enter") // noted, write, open, erase
	if _, err := os.Stat(file); !os.IsNotExist(err) {
		t.Errorf("the file is still there: %v", err)
	}
}

// TestNewPhraseByKeyboard: words are proposed and shown; Space draws others, what
// is typed is measured, and the second time it is typed from memory.
func TestNewPhraseByKeyboard(t *testing.T) {
	o := newOffice(t)
	if !o.shows("terrible olive") {
		t.Fatal("no words are proposed")
	}
	o.legible("words are proposed")
	o.draws = []string{"une deuxième fois", "une troisième"}
	o.press(" ")
	if !o.shows("une deuxième fois") || o.shows("terrible") {
		t.Error("Space in the empty field drew no other words")
	}
	o.keys.Type("UNE DEUX")
	if !o.shows("2 mots, 8 caractères : pas encore assez.") || !o.shows("Verr. Maj est peut-être") {
		t.Error("nothing is said of a short phrase in capitals")
	}
	o.press("Ctrl+a")
	o.keys.Type("une deux trois quatre cinq")
	if !o.shows("5 mots, 26 caractères : acceptée.") || o.shows("Verr. Maj") || !o.shows("une deux trois quatre cinq") {
		t.Error("a fair phrase is not measured, or not shown")
	}
	o.legible("a fair phrase")
	o.press("Enter")
	if o.shows("une deux trois quatre cinq") || o.shows("une deuxième fois") {
		t.Error("the second time it is not typed from memory")
	}
	o.keys.Type("une deux trois quatre cinq")
	o.press("Enter")
	o.wantTitle("Mise en route")
}

// TestWelcomeFeelsTheKeyboard tries the digit row, reached by Tab: each key says
// what keyboard it is, the last one counts, and Enter goes back to the doors.
func TestWelcomeFeelsTheKeyboard(t *testing.T) {
	o, s := welcomed(t)
	o.press("Tab", "Tab")
	if !o.shows("Appuyez sur la touche 2 du haut") {
		t.Fatal("no key is asked for")
	}
	o.press("2")
	if !o.shows("AZERTY : cette touche écrit « é »") {
		t.Error("an AZERTY keyboard is not felt")
	}
	o.legible("the keyboard was felt")
	for typed, want := range map[string]string{
		"É": "AZERTY : cette touche écrit « É »", "«": "BÉPO : cette touche", "2": "clavier QWERTY", "ž": "Cette touche écrit « ž »",
	} {
		o.keys.Type(typed)
		if !o.shows(want) {
			t.Errorf("%q does not say %q", typed, want)
		}
	}
	o.press("Backspace")
	if !o.shows("Appuyez sur la touche 2 du haut") {
		t.Error("an empty field asks for nothing")
	}
	if s.made != 0 {
		t.Error("trying the keyboard went through a door")
	}
	o.press("Enter", "2")
	if !o.shows("Collez le mot") {
		t.Error("Enter does not lead back to the doors")
	}
}
