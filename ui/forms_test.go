package ui

import (
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"

	"solidaren/ui/words"
)

// form writes a questionnaire as its author does.
func (o *office) form(survey, version string) string {
	o.t.Helper()
	path := filepath.Join(o.t.TempDir(), "veille.md")
	text := "| survey |\n| | type | name | label | bind::sr:was |\n" + survey + "| settings |\n| | form_id | version | form_title | namespaces |\n| | veille | " + version +
		" | Veille d'hiver | sr=\"https://solidaren.fr/xforms\" |\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		o.t.Fatal(err)
	}
	return path
}

// importForm imports a file by the keyboard alone: the path is typed.
func (o *office) importForm(path string) {
	o.t.Helper()
	o.press("I")
	if !o.modals.Open() {
		o.t.Fatal("no file is asked for")
	}
	o.press("Shift+Tab") // from the folder to the path
	o.keys.Type(path)
	o.settle()
	o.press("Enter")
}

func (o *office) picture(name string) {
	if folder := os.Getenv("SOLIDAREN_GALLERY"); folder != "" {
		o.window.Resize(fyne.NewSize(1280, 720))
		for _, palette := range []string{"night", "light"} {
			o.settings.SetPalette(palette)
			o.settle()
		}
		o.draw(filepath.Join(folder, "forms-"+name+".png"))
	}
}

// TestFormsOfTheTeam walks a questionnaire through the window: refused with every
// reason, mended, looked at, put in use, filled, replaced by a second version
// while a draft is open, and compared with it.
func TestFormsOfTheTeam(t *testing.T) {
	o := unlocked(t)
	o.Go(roomInterviews)
	o.settle()
	o.Go(roomForms)
	o.settle()
	if !o.shows(words.T("forms.shipped")) {
		t.Error("the forms of the program are not listed")
	}
	o.picture("list")

	o.importForm(o.form("| | slect_one x | a | Où ? | |\n| | text | b | Votre religion | |\n| | text | c | ${nobody} et vous ? | |\n", "1"))
	for _, text := range []string{"survey!A2", "survey!C3", words.T("forms.refused", 3), words.T("forms.refused.forbidden", 1), words.T("forms.line.forbidden")} {
		if !o.shows(text) {
			t.Errorf("the refusal does not say %q", text)
		}
	}
	o.picture("refused")
	o.press("Ctrl+Enter") // what is refused cannot be put in use
	if len(o.desk.Forms.ReceivedIDs()) != 0 {
		t.Fatal("a refused form is the team's")
	}
	o.press("Escape")

	o.importForm(o.form("| | text | mots | Dans ses mots | |\n| | text | nuit | Cette nuit | |\n", "1"))
	if !o.shows(words.T("forms.new", "Veille d'hiver", "1")) {
		t.Fatal("the mended form is not accepted")
	}
	o.press("Ctrl+Enter")
	if !o.shows(words.T("forms.given", "Veille d'hiver", "1")) {
		t.Fatal("the form is not in use")
	}
	o.picture("given")

	found := false
	for item := range o.items {
		found = found || item.Label == "Veille d'hiver"
	}
	if !found {
		t.Error("the menu does not offer it")
	}
	o.Go(roomInterviews)
	o.settle()
	if !o.shows("Veille d'hiver") {
		t.Error("the interviews do not offer it")
	}
	o.Go(roomForms)
	o.settle()
	o.StartForm("veille")
	o.settle()
	o.keys.Type("un chien")
	o.settle()
	o.press("Enter")
	o.keys.Type("dehors")
	o.settle()
	o.press("Alt+Left")
	if drafts := o.drafts(); len(drafts) != 1 {
		t.Fatalf("%d drafts", len(drafts))
	}

	o.importForm(o.form("| | text | paroles | Dans ses mots | mots |\n| | text | matin | Ce matin | |\n", "2"))
	for _, text := range []string{words.T("forms.next", "Veille d'hiver", "2", "1"), words.T("forms.line.added"), words.T("forms.line.removed"), words.T("forms.line.renamed")} {
		if !o.shows(text) {
			t.Errorf("the report does not say %q", text)
		}
	}
	o.picture("next")
	o.press("Ctrl+Enter")
	o.Resume(o.drafts()[0].ID)
	o.settle()
	if !o.shows(words.T("entry.moved_aside", 1)) || !o.shows("dehors") {
		t.Error("the draft does not tell what the second version changes")
	}
	o.press("Alt+Left")
	o.settle()
	for range 8 { // to the second version, behind those of the program
		if o.shows(words.T("forms.received", words.Date(o.now()))) {
			break
		}
		o.press("Down")
	}
	o.press("C")
	if !o.shows(words.T("forms.compared", 3)) {
		t.Error("the versions are not compared")
	}
	o.picture("compared")
	o.press("Escape", "A")
	if !o.shows(words.T("forms.preview.banner")) {
		t.Fatal("no preview")
	}
	o.keys.Type("essai")
	o.settle()
	o.picture("preview")
	o.press("Ctrl+Enter")
	if o.room.Title() != words.T("nav.forms") || len(o.drafts()) != 1 || len(o.finished()) != 0 {
		t.Errorf("a preview writes something: %d drafts, %d records, in %s", len(o.drafts()), len(o.finished()), o.room.Title())
	}
}
