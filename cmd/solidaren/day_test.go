package main

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"solidaren/diagnostics/store"
)

// file writes what the day reads into the home of whoever works.
func (d *desktop) file(name, content string) string {
	d.t.Helper()
	path := filepath.Join(d.home, name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		d.t.Fatal(err)
	}
	return path
}

// wintry is a questionnaire as its author writes it.
const wintry = `| survey |
| | type | name | label |
| | text | mots | Dans ses mots |
| settings |
| | form_id | version | form_title |
| | veille | 1 | Veille d'hiver |
`

// TestDayOfWork does by keyboard, in one window, all that works in the background:
// it records, searches while it is typed, imports a questionnaire and a directory,
// exports and stops an export, changes the looks, locks, records sealed, unlocks,
// copies and checks the notebook, joins a team and sends. Fyne watches its thread
// all day, as in each of these journeys.
func TestDayOfWork(t *testing.T) {
	if testing.Short() {
		t.Skip("needs a screen and some minutes")
	}
	d := newDesktop(t)
	p := buildPrograms(t)
	folder, data := filepath.Join(t.TempDir(), "carnet"), filepath.Join(t.TempDir(), "server")
	p.ctl(folder, "vault", "create")
	p.ctl(folder, "demo", "fill", "--persons", "60", "--seed", "1", "--until", day(-1))
	form := d.file("veille.md", wintry)
	d.file("annuaire.csv", "nom;acteur\nBains du matin;Ville\n")

	a := d.start(p.path("solidaren"), "--vault", folder, "--lang", "fr")
	a.unlock()
	a.startOuting()
	a.digits("4")
	a.keys("Return")
	a.searches()
	a.imports(form)
	a.exports()
	a.dresses()
	a.locks()
	a.tends(filepath.Join(d.home, "copies"))
	a.joinAndSend(p.invite(data, p.server(data), "nord", "coordinator"))
	a.keys("ctrl+Return")
	a.settle()
	a.shot("day")
	a.quit()
	checkDay(t, folder, d.home)
}

// searches types faster than a search answers.
func (a *app) searches() {
	a.keys("ctrl+" + digit["4"])
	a.title("Personnes")
	for _, name := range []string{"nadia", "kari", "homme"} {
		a.tool("xdotool", "type", "--delay", "15", name)
		a.keysDown("ctrl+a", "BackSpace")
	}
	a.still()
	a.keys("ctrl+k")
	a.tool("xdotool", "type", "--delay", "15", "brouillons du soir")
	a.keys("Escape")
}

// imports puts a questionnaire in use and takes a directory in.
func (a *app) imports(form string) {
	a.keys("ctrl+k")
	a.text("questionnaires")
	a.keys("Return")
	a.title("Questionnaires")
	a.keys("i")
	a.keys("shift+Tab") // from the folder to the path
	a.text(form)
	a.keys("Return")
	a.shot("form")
	a.keys("ctrl+Return")
	a.keys("ctrl+" + digit["6"])
	a.title("Qui fait quoi")
	a.still()
	a.keys("shift+Tab") // from the search to the last button above it
	a.keys("Return")
	a.text("annuaire")
	a.keys("Return")
	a.shot("directory")
	a.keys("Return")
}

// exports begins an export, stops it if it lasts long enough for its button to be
// reached, and writes one to its end.
func (a *app) exports() {
	toCancel := []string{"Tab", "Tab", "Tab", "Tab", "Tab", "Tab", "Return", "Escape"} // behind the fields
	for _, then := range [][]string{toCancel, nil} {
		a.keys("ctrl+" + digit["8"])
		a.title("Export")
		a.keys("ctrl+Return")
		a.keysDown(append([]string{"Tab", "Return"}, then...)...) // not the safe choice
		a.settle()
	}
	a.shot("exported")
}

// dresses changes palette, size of the text and language, and all back.
func (a *app) dresses() {
	for range 3 {
		a.keys("ctrl+shift+t")
	}
	a.keys("ctrl+shift+Up", "ctrl+shift+Down")
	a.keys("ctrl+k")
	a.text("reglages")
	a.keys("Return")
	a.title("Réglages")
	a.digits("2")
	a.title("Settings")
	a.digits("1")
	a.title("Réglages")
	a.keys("ctrl+" + digit["1"])
	a.title("Aujourd'hui")
}

// locks locks, records sealed, and unlocks.
func (a *app) locks() {
	a.keys("ctrl+shift+l")
	a.title("Verrouillé")
	a.keys("Return")
	a.digits("4")
	a.keys("Return")
	a.keys("ctrl+shift+l")
	a.unlock()
	a.yesTheyAreMine()
}

// tends copies the notebook, and checks the computer and the notebook.
func (a *app) tends(copies string) {
	a.keys("ctrl+k")
	a.text("securite du carnet")
	a.keys("Return")
	a.title("Sécurité du carnet")
	a.still()
	a.keys("Down", "Down", "Return")
	a.keys("ctrl+a")
	a.text(copies)
	a.keys("Return")
	a.settle()
	a.shot("copied")
	a.keys("ctrl+k")
	a.text("diagnostic")
	a.keys("Return")
	a.title("Diagnostic technique")
	a.still()
	a.keys("Tab", "Tab", "Tab", "Return") // check the notebook
	a.keys("Tab", "Return")               // ask the server
	a.settle()
	a.shot("technical")
}

// checkDay: what the day was to leave is there.
func checkDay(t *testing.T, folder, home string) {
	t.Helper()
	nb := opened(t, folder)
	if rows := night(t, nb); len(rows) != 2 {
		t.Errorf("%d records of the night, want that of the outing and the sealed one", len(rows))
	}
	forms, err := nb.Store.Forms(t.Context())
	if err != nil || !slices.ContainsFunc(forms, func(f store.ReceivedForm) bool { return f.FormID == "veille" }) {
		t.Errorf("questionnaires of the team: %v, %v", forms, err)
	}
	cards, err := nb.Store.Directory(t.Context())
	if err != nil || len(cards) == 0 {
		t.Errorf("%d cards of the directory, %v", len(cards), err)
	}
	if nb.Member.ServerURL() == "" {
		t.Error("the notebook has joined no team")
	}
	for _, pattern := range []string{"*.xlsx", "copies/*"} {
		if found, err := filepath.Glob(filepath.Join(home, pattern)); err != nil || len(found) == 0 {
			t.Errorf("nothing is written as %s", pattern)
		}
	}
}
