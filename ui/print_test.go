package ui

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"solidaren/diagnostics"
	"solidaren/diagnostics/store"
	"solidaren/ui/model"
)

// papers lists the documents that wait to be printed.
func (o *office) papers() []string {
	o.t.Helper()
	found, err := filepath.Glob(filepath.Join(os.Getenv("XDG_RUNTIME_DIR"), "apercu-*.pdf"))
	if err != nil {
		o.t.Fatal(err)
	}
	return found
}

// prints lists what the log knows of printing, the newest first.
func (o *office) prints() []diagnostics.Access {
	o.t.Helper()
	all, err := o.desk.Notebook.Accesses(o.t.Context(), store.AccessFilter{Limit: 50})
	if err != nil {
		o.t.Fatal(err)
	}
	return slices.DeleteFunc(all, func(a diagnostics.Access) bool { return a.Action != diagnostics.ActionPrint })
}

// wordsOf gives all words of a printout.
func wordsOf(p model.Printout) string {
	text := []string{p.Title, p.Lead}
	for _, part := range p.Parts {
		text = append(text, part.Title, part.Intro)
		for _, l := range part.Lines {
			text = append(text, l.Title, l.Label, l.Text)
		}
	}
	return strings.Join(text, "\n")
}

// TestPrintByKeyboard prints a person, the outing that is out and a record of it,
// by keyboard: the purpose is asked and logged, no name is written, and the files
// go with the lock or before.
func TestPrintByKeyboard(t *testing.T) {
	t.Setenv("XDG_RUNTIME_DIR", t.TempDir())
	o := furnished(t)
	o.OpenPerson(o.nadia)
	o.settle()
	if text := wordsOf(o.room.(printer).Printout()); strings.Contains(text, "Nadia") || !strings.Contains(text, nadia) || !strings.Contains(text, "Besoin") {
		t.Errorf("the sheet of a person says:\n%s", text)
	}
	o.press("Ctrl+p")
	o.legible("for what it is printed")
	if len(o.papers()) != 0 || len(o.prints()) != 0 {
		t.Error("it is printed before anybody said why")
	}
	o.press("Escape")
	if len(o.papers()) != 0 || len(o.prints()) != 0 {
		t.Error("it is printed although it was cancelled")
	}
	o.press("Ctrl+p", "3")
	o.legible("the document is ready")
	files, log := o.papers(), o.prints()
	if len(files) != 1 || len(log) != 1 || log[0].Target != o.nadia || log[0].Purpose != "handover" || log[0].Count < 2 {
		t.Fatalf("files %v, log %+v", files, log)
	}
	if content, err := os.ReadFile(files[0]); err != nil || !bytes.HasPrefix(content, []byte("%PDF-")) {
		t.Errorf("it is no document: %v", err)
	}
	o.press("Tab", "Enter") // erase
	if len(o.papers()) != 0 || !o.shows("Le fichier est effacé.") {
		t.Error("the file is not erased, or it is not said")
	}
	o.press("Ctrl+2", "Ctrl+p", "1", "Escape")
	o.OpenRecord(o.finished()[0].ID)
	o.settle()
	if text := wordsOf(o.room.(printer).Printout()); !strings.Contains(text, "Contact") {
		t.Errorf("a record says:\n%s", text)
	}
	o.offset += 2 * 1e9 // another second, another file
	o.press("Ctrl+p", "1", "Escape")
	if n, log := len(o.papers()), o.prints(); n != 2 || len(log) != 3 {
		t.Fatalf("%d files, log %+v", n, log)
	}
	o.press("Ctrl+Shift+l")
	if n := len(o.papers()); n != 0 {
		t.Errorf("%d files are there after the lock", n)
	}
}

// TestPrintNothing: what is not shown is not printed, and other rooms have nothing
// to print.
func TestPrintNothing(t *testing.T) {
	t.Setenv("XDG_RUNTIME_DIR", t.TempDir())
	o := furnished(t)
	if o.can(onPaper) {
		t.Error("Aujourd'hui can be printed")
	}
	o.desk.ActAs = diagnostics.RoleCoordinator
	o.OpenPerson(o.nadia)
	o.settle()
	o.press("Ctrl+p")
	if o.modals.Open() || !o.shows("rien à imprimer") {
		t.Error("a file that is not opened for a purpose can be printed")
	}
	o.press("1", "Ctrl+p", "2")
	if log := o.prints(); len(log) != 1 || log[0].Purpose != "right" {
		t.Errorf("log %+v", log)
	}
}

// TestPrintAnActionByKeyboard: what is public asks for no purpose and is not
// logged; the team's own remark stays in the notebook.
func TestPrintAnActionByKeyboard(t *testing.T) {
	t.Setenv("XDG_RUNTIME_DIR", t.TempDir())
	o := withDirectory(t)
	for _, e := range o.desk.Directory().Entries {
		if _, err := o.desk.Notebook.Update(t.Context(), e.Action.ID, diagnostics.Values{"remark": "Ne pas y aller seul"}); err != nil {
			t.Fatal(err)
		}
	}
	o.Go(roomHelp) // nor of the keys
	o.press("Ctrl+p")
	if files := o.papers(); len(files) != 1 || len(o.prints()) != 0 {
		t.Errorf("of the keys: files %v, log %v", files, o.prints())
	}
	o.press("Tab", "Enter", "Ctrl+6") // erased
	o.keys.Type("repas")
	o.press("Down")
	if !o.shows("Ne pas y aller seul") {
		t.Fatal("the remark is not shown")
	}
	text := wordsOf(o.room.(printer).Printout())
	if strings.Contains(text, "Ne pas y aller") || strings.Contains(text, "ouvert") || !strings.Contains(text, "02 61 91 00 02") || !strings.Contains(text, "Repas du soir") {
		t.Errorf("an action says:\n%s", text)
	}
	o.press("Ctrl+p")
	if !o.shows("Le document est prêt") || len(o.papers()) != 1 || len(o.prints()) != 0 {
		t.Errorf("files %v, log %v", o.papers(), o.prints())
	}
}
