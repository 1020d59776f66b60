package ui

import (
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2/test"

	"solidaren/diagnostics/directory"
	"solidaren/diagnostics/directory/table"
	"solidaren/diagnostics/xform"
	"solidaren/ui/model"
)

// withDirectory is an unlocked notebook with a small directory.
func withDirectory(t *testing.T) *office {
	t.Helper()
	o := unlocked(t)
	read, err := table.Read([]byte("id;nom;acteur;besoins;quartier;animaux;horaires;téléphone;saturation;vérifié le\n" +
		"douches;Douches du Blosne;Les Bains;hygiene;q11;oui;24/7;02 61 91 00 01;ok;01/02/2026\n" +
		"repas;Repas du soir;La Table;food;q01;non;24/7;02 61 91 00 02;ok;01/02/2026\n" +
		"velos;Vélos;Atelier;mobility;q06;;sur rendez-vous;;tense;\n"))
	if err != nil {
		t.Fatal(err)
	}
	if err := o.desk.Notebook.ImportDirectory(t.Context(), directory.Compare(nil, read.Cards, o.now(), "nord")); err != nil {
		t.Fatal(err)
	}
	o.press("Ctrl+6")
	o.settle()
	return o
}

func TestDirectoryByKeyboard(t *testing.T) {
	o := withDirectory(t)
	o.wantTitle("Qui fait quoi")
	for _, c := range []struct {
		typed string
		shown int
	}{{"douche", 1}, {"chien", 1}, {"ALIMENT", 1}, {"xyz", 0}} {
		o.keys.Type(c.typed)
		if got := o.directoryRows(); got != c.shown {
			t.Errorf("%q shows %d", c.typed, got)
		}
		for range c.typed {
			o.press("Backspace")
		}
	}
	o.press("Down")
	o.keys.Type("o")
	if got := o.directoryRows(); got != 2 {
		t.Errorf("%d are open now", got)
	}
	o.keys.Type("q")
	o.keys.Type("1") // Centre
	if got := o.directoryRows(); got != 1 || !o.shows("02 61 91 00 02") {
		t.Errorf("%d are open in the centre", got)
	}
	o.keys.Type("c")
	if got := o.app.Clipboard().Content(); got != "02 61 91 00 02" {
		t.Errorf("copied %q", got)
	}
	o.keys.Type("x")
	if got := o.directoryRows(); got != 3 {
		t.Errorf("%d without a filter", got)
	}
}

func (o *office) directoryRows() int {
	o.settle()
	return o.room.(interface{ Len() int }).Len()
}

// TestDirectoryIsPutRightByOneKey: closed, dated, announced, taken back.
func TestDirectoryIsPutRightByOneKey(t *testing.T) {
	o := withDirectory(t)
	o.press("Down", "Enter")
	o.keys.Type("4")
	o.settle()
	e, _ := o.desk.Directory().Find("douches")
	if e.Action.Get("saturation") != directory.Closed || e.Action.Get("saturation_on") != o.now().Local().Format("2006-01-02") {
		t.Fatalf("the card holds %v", e.Action.Fields)
	}
	o.press("Ctrl+1")
	o.settle()
	if !o.shows("Douches du Blosne : fermé (fiche mise à jour aujourd&#39;hui)") && !o.shows("Douches du Blosne : fermé (fiche mise à jour aujourd'hui)") {
		t.Error("the first screen does not tell")
	}
	o.press("Ctrl+6", "Ctrl+Shift+z")
	o.settle()
	if e, _ = o.desk.Directory().Find("douches"); e.Action.Get("saturation") != "ok" || e.Action.Get("changed_on") != "" {
		t.Errorf("taken back, the card holds %v", e.Action.Fields)
	}
}

func TestPaletteFindsWhoDoesWhat(t *testing.T) {
	o := withDirectory(t)
	o.press("Ctrl+1", "Ctrl+k")
	o.keys.Type("!repas")
	o.settle()
	o.press("Enter")
	o.settle()
	o.wantTitle("Qui fait quoi")
	if !o.shows("02 61 91 00 02") {
		t.Error("the sheet of what was taken is not shown")
	}
}

// TestFormsChooseFromTheDirectory: a referral offers the team's own actions.
func TestFormsChooseFromTheDirectory(t *testing.T) {
	o := withDirectory(t)
	form, err := o.desk.Forms.Form("maraude")
	if err != nil {
		t.Fatal(err)
	}
	session, err := form.NewSession(xform.SessionOptions{Language: model.FormLanguage(form, "fr")})
	if err != nil {
		t.Fatal(err)
	}
	offered := map[string]string{}
	for _, node := range session.Nodes() {
		if node.Name == "m_orient" {
			for _, choice := range node.Choices {
				offered[choice.Value] = choice.Label
			}
		}
	}
	if len(offered) != 3 || offered["douches"] != "Douches du Blosne" {
		t.Errorf("offered: %v", offered)
	}
	if got := o.desk.Label("action", "douches"); got != "Douches du Blosne" {
		t.Errorf("a referral to it reads %q", got)
	}
}

func TestDirectoryIsImportedInTheWindow(t *testing.T) {
	o := withDirectory(t)
	dir := t.TempDir()
	file := filepath.Join(dir, "annuaire.csv")
	for _, c := range []struct{ content, told string }{
		{"nom;acteur;animaux\nX;Y;bof\n", "C2 · « bof » : écrivez oui ou non."},
		{"nom;acteur\nBains;Y\n", "2 lignes à ajouter, 0 à mettre à jour"},
	} {
		if err := os.WriteFile(file, []byte(c.content), 0o600); err != nil {
			t.Fatal(err)
		}
		o.room.(interface{ Import(path string) }).Import(file)
		o.settle()
		if !o.shows(c.told) {
			t.Errorf("not told: %s\n%s", c.told, test.RenderToMarkup(o.window.Canvas()))
		}
		o.press("Enter")
		o.settle()
	}
	if _, ok := o.desk.Directory().Find("y_bains"); !ok || o.directoryRows() != 4 {
		t.Errorf("%d actions after the import", o.directoryRows())
	}
}

// TestDirectoryCardIsMadeAndPutRight adds an action of a known actor by keys,
// puts a line of it right, closes it, and takes each back.
func TestDirectoryCardIsMadeAndPutRight(t *testing.T) {
	o := withDirectory(t)
	o.press("Ctrl+n")
	o.keys.Type("Laverie")
	o.press("Enter")
	o.keys.Type("bains")
	o.press("Down", "Enter")
	o.settle()
	o.wantTitle("Fiche de l'annuaire")
	e, ok := o.desk.Directory().Find("les_bains_laverie")
	if !ok || e.Actor.Get("name") != "Les Bains" || e.Action.Get("checked_on") == "" {
		t.Fatalf("the directory has %+v", e)
	}
	o.press("Down", "Enter") // how full it is
	o.keys.Type("2")
	o.settle()
	if e, _ = o.desk.Directory().Find("les_bains_laverie"); e.Action.Get("saturation") != "tense" || e.Action.Get("saturation_on") == "" {
		t.Errorf("the card holds %v", e.Action.Fields)
	}
	o.press("f")
	o.settle()
	if e, _ = o.desk.Directory().Find("les_bains_laverie"); !e.Shut() {
		t.Errorf("closed, the card holds %v", e.Action.Fields)
	}
	o.press("Ctrl+Shift+z")
	o.settle()
	if e, _ = o.desk.Directory().Find("les_bains_laverie"); e.Action.Get("saturation") != "tense" {
		t.Errorf("opened again, the card holds %v", e.Action.Fields)
	}
	o.press("t")
	o.settle()
	if other, _ := o.desk.Directory().Find("douches"); !other.Shut() {
		t.Error("the actor is closed, and an action of it is not")
	}
	o.press("Ctrl+Shift+z", "Alt+Left", "Ctrl+n")
	o.settle()
	o.keys.Type("Permanence")
	o.press("Enter")
	o.keys.Type("Une association neuve")
	o.press("Enter")
	o.settle()
	if n := len(o.desk.Directory().Actors); n != 4 {
		t.Errorf("%d actors after a new one", n)
	}
	o.press("Ctrl+Shift+z")
	o.settle()
	if d := o.desk.Directory(); len(d.Actors) != 3 || len(d.Entries) != 4 {
		t.Errorf("taken back: %d actors, %d actions", len(d.Actors), len(d.Entries))
	}
}

// TestNewActionSaysWhatIsMissing asks again with what was typed.
func TestNewActionSaysWhatIsMissing(t *testing.T) {
	o := withDirectory(t)
	o.press("Ctrl+n")
	o.keys.Type("Laverie")
	o.press("Enter", "Enter")
	o.settle()
	if !o.modals.Open() || !o.shows("Il faut le nom de l") {
		t.Error("it does not ask for the actor")
	}
}
