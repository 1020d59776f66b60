package ui

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"solidaren/assets"
	"solidaren/diagnostics/store"
	"solidaren/diagnostics/xlsform"
	"solidaren/ui/screen/entry"
	"solidaren/ui/screen/lock"
	"solidaren/ui/words"
)

// Two keys from the locked notebook to the first answer; what was written is
// asked for at the next opening and joins the tour.
func TestSealedEntries(t *testing.T) {
	o := unlocked(t)
	o.press("Ctrl+m", "Ctrl+l", "a", "1")
	o.press("4", "Enter") // a record before: the place of the next ones
	o.press("Ctrl+Shift+l")
	o.press("Enter", "4")
	if o.sealing == nil {
		t.Fatalf("the window shows %q", o.window.Title())
	}
	e, ok := o.room.(*entry.Screen)
	if !ok || e.DraftID() == "" || o.sealing.model.Count() != 1 {
		t.Fatalf("two keys gave no sealed answer; %d wait", o.sealing.model.Count())
	}
	o.press("Enter", "4", "3", "Enter")
	if n := o.sealing.model.Count(); n != 2 {
		t.Fatalf("%d records wait, want 2", n)
	}
	o.press("4", "9", "Enter", "Ctrl+Shift+z") // taken back
	if n := o.sealing.model.Count(); n != 2 {
		t.Errorf("%d records wait after taking one back, want 2", n)
	}
	if !o.shows("2 fiches · 4 personnes") {
		t.Error("what was taken back still counts on the screen")
	}
	if o.shows("reste lisible") {
		t.Error("a sealed entry that was taken back is said to be readable")
	}
	o.press("4") // begun, and left
	o.press("Ctrl+Shift+l")
	l, ok := o.room.(*lock.Screen)
	if !ok || o.sealing != nil {
		t.Fatalf("the window shows %q", o.window.Title())
	}
	_ = l
	o.unlock()
	if !o.modals.Open() {
		t.Fatal("nobody asks whose the records are")
	}
	o.press("Escape")
	o.press("Ctrl+Shift+l")
	o.unlock()
	if !o.modals.Open() {
		t.Fatal("the question is not asked again")
	}
	o.press("Shift+Tab", "Shift+Tab", "Enter") // yes
	rows := o.finished()
	if len(rows) != 3 || len(o.drafts()) != 1 {
		t.Fatalf("%d records and %d drafts, want 3 and 1", len(rows), len(o.drafts()))
	}
	for _, row := range rows {
		if row.District != "q11" {
			t.Errorf("a record of %q", row.District)
		}
	}
	if sealed, err := o.desk.Notebook.Sealed(t.Context()); err != nil || len(sealed) != 0 {
		t.Errorf("%d sealed records are left, %v", len(sealed), err)
	}
}

// What is somebody else's is kept apart, and can be taken later all the same.
func TestSealedEntriesOfSomebodyElse(t *testing.T) {
	o := unlocked(t)
	o.press("Ctrl+Shift+l")
	o.press("Enter", "Ctrl+l", "a", "1", "4", "Enter", "Ctrl+Shift+l")
	o.unlock()
	o.press("Shift+Tab", "Enter") // no
	if len(o.finished())+len(o.drafts()) != 0 {
		t.Fatal("a record of somebody else is in the notebook")
	}
	o.Go(roomSealed)
	o.settle()
	o.press("Tab", "Enter") // the buttons of one record come behind the list
	if len(o.finished()) != 1 {
		t.Errorf("%d records, want 1", len(o.finished()))
	}
}

// Nothing that is typed can be found in the folder, and leaving the recorder
// forgets it; a pause or a closed lid leaves it.
func TestNothingTypedIsReadable(t *testing.T) {
	o := unlocked(t)
	o.press("Ctrl+Shift+l")
	o.press("Enter", "Ctrl+l", "a", "1", "1", "Enter")
	const marker = "QUOKKAZEBRE"
	for range 80 {
		if o.sealing == nil {
			break
		}
		o.keys.Type(marker)
		o.settle()
		o.press("Tab")
	}
	wantNowhere(t, o.dir, marker)
	now := time.Now()
	o.clock = func() time.Time { return now }
	o.watching()
	now = now.Add(31 * time.Second)
	o.Tick()
	if o.sealing != nil {
		t.Error("the recorder is still open after the computer slept")
	}
	o.wantTitle(words.T("lock.title"))
	wantNowhere(t, o.dir, marker)
	o.unlock()
	found := false
	for _, d := range sealedStates(o) {
		found = found || strings.Contains(strings.ToUpper(d), marker)
	}
	if !found {
		t.Error("what was typed did not reach the notebook")
	}
}

func sealedStates(o *office) (states []string) {
	drafts, err := o.desk.Notebook.Sealed(o.t.Context())
	if err != nil {
		o.t.Fatal(err)
	}
	for _, d := range drafts {
		states = append(states, string(d.State)+d.Cursor)
	}
	return states
}

func wantNowhere(t *testing.T, dir, marker string) {
	t.Helper()
	files := 0
	err := filepath.Walk(dir, func(path string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		files++
		content, err := os.ReadFile(path)
		if err == nil && bytes.Contains(bytes.ToUpper(content), []byte(marker)) {
			t.Errorf("%s holds what was typed", filepath.Base(path))
		}
		return err
	})
	if err != nil || files < 3 {
		t.Fatalf("%d files, %v", files, err)
	}
}

// Every command of the menu does something sensible, or nothing, before the
// locked notebook and while records are sealed.
func TestCommandsWithoutANotebook(t *testing.T) {
	for _, sealing := range []bool{false, true} {
		o := unlocked(t)
		o.press("Ctrl+Shift+l")
		for _, m := range menus() {
			for _, c := range m.commands {
				if c.id == "quit" || c.id == "seal" && !sealing {
					continue
				}
				if sealing && o.sealing == nil {
					o.press("Enter")
				}
				o.run(c)
				o.settle()
				for o.modals.Open() {
					o.modals.Dismiss()
				}
				if o.desk != nil {
					t.Fatalf("%s opened the notebook", c.id)
				}
			}
		}
	}
}

// A count and a place can be sealed as well, each in the loop of its own.
func TestOtherFormsAreSealed(t *testing.T) {
	o := unlocked(t)
	o.press("Ctrl+Shift+l")
	o.press("Enter")
	for _, id := range []string{"nuit_solidarite", "lieu"} {
		o.sealing.start(id)
		o.settle()
		e := o.room.(*entry.Screen)
		if e.View() == nil || o.window.Title() == "" {
			t.Fatalf("%s did not open", id)
		}
		o.keys.Type("rue") // a place is searched, the first text of a place is typed
		o.settle()
		o.press("Enter")
		if e.DraftID() == "" {
			t.Errorf("%s: nothing was sealed", id)
		}
	}
	if n := o.sealing.model.Count(); n != 2 {
		t.Errorf("%d records wait, want 2", n)
	}
	o.press("Ctrl+Shift+l")
	o.unlock()
	o.press("Shift+Tab", "Shift+Tab", "Enter")
	if len(o.drafts()) != 2 {
		t.Errorf("%d drafts, want 2", len(o.drafts()))
	}
}

// The team's own version of a questionnaire is the one that is sealed, and what
// was written on it is finished on it.
func TestTheTeamsFormIsSealed(t *testing.T) {
	o := unlocked(t)
	content, _ := assets.Form("maraude")
	book, err := xlsform.ReadXLSX(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	compiled, err := xlsform.Compile(book, xlsform.CompileOptions{})
	if err != nil {
		t.Fatal(err)
	}
	own, err := o.desk.Forms.Form("maraude")
	if err != nil {
		t.Fatal(err)
	}
	const version = "2099010101"
	text := bytes.ReplaceAll(compiled.XForm, []byte(`"`+own.Version()+`"`), []byte(`"`+version+`"`))
	form := store.ReceivedForm{FormID: "maraude", Version: version, Title: "Maraude", Format: "xml"}
	if err := o.desk.Notebook.KeepForm(t.Context(), form, "", text); err != nil {
		t.Fatal(err)
	}
	o.desk.Forms = o.desk.Forms.With(t.Context(), o.desk.Notebook)
	if used, err := o.desk.Forms.Form("maraude"); err != nil || used.Version() != version {
		t.Fatalf("the team's form is not in use: %v", err)
	}
	o.press("Ctrl+Shift+l")
	o.press("Enter", "Ctrl+l", "a", "1", "4", "Enter", "Ctrl+Shift+l")
	o.unlock()
	sealed, err := o.desk.Notebook.Sealed(t.Context())
	if err != nil || len(sealed) != 1 || sealed[0].FormVersion != version {
		t.Fatalf("sealed %d, %v", len(sealed), err)
	}
	o.desk.Forms = o.desk.Forms.With(t.Context(), o.desk.Notebook)
	o.press("Shift+Tab", "Shift+Tab", "Enter")
	if len(o.finished()) != 1 {
		t.Errorf("%d records, want 1", len(o.finished()))
	}
}
