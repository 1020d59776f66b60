package ui

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"solidaren/diagnostics"
	"solidaren/ui/kit"
	"solidaren/ui/screen/person"
	"solidaren/ui/uitest"
	"solidaren/ui/words"
)

// shows reports whether a text is somewhere on the screen.
func (o *office) shows(text string) bool {
	return strings.Contains(test.RenderToMarkup(o.window.Canvas()), text)
}

func TestPaletteRunsCommandsByAFewLetters(t *testing.T) {
	for typed, title := range map[string]string{
		"reglag": "Réglages", "settings": "Réglages", "> person": "Personnes", "exp": "Export",
	} {
		o := unlocked(t)
		o.press("Ctrl+k")
		o.keys.Type(typed)
		o.press("Enter")
		o.wantTitle(title)
	}
}

func TestPaletteArrowsGoRound(t *testing.T) {
	o := unlocked(t)
	o.press("Ctrl+k")
	o.keys.Type("texte plus")
	o.press("Down", "Down", "Up", "Enter") // larger, smaller, larger, smaller
	if o.settings.Scale >= 1 {
		t.Errorf("the text is at %v", o.settings.Scale)
	}
	o.press("Ctrl+k")
	o.keys.Type("texte plus")
	o.press("Up", "Enter")
	if o.settings.Scale >= 0.91 {
		t.Errorf("the cursor did not go round: the text is at %v", o.settings.Scale)
	}
}

func TestPaletteOffersWhatWasUsedLast(t *testing.T) {
	o := unlocked(t)
	o.press("Ctrl+k")
	o.keys.Type("reglag")
	o.press("Enter", "Ctrl+1", "Ctrl+k", "Enter")
	o.wantTitle("Réglages")
	for _, word := range []string{"personnes", "maraude", "fiches", "envoi", "export"} {
		o.press("Ctrl+k")
		o.keys.Type(word)
		o.press("Enter")
	}
	if recent := o.settings.Recent(); len(recent) != 5 || recent[0] != roomExport && recent[0] != "export" {
		t.Errorf("recent: %v", recent)
	}
}

func TestPaletteSaysWhyNot(t *testing.T) {
	o := unlocked(t)
	o.press("Ctrl+k")
	o.keys.Type("section")
	if !o.shows("ouvrez d'abord une fiche") { //nolint:misspell // French
		t.Error("the palette does not say why")
	}
	o.press("Enter")
	if !o.modals.Open() {
		t.Error("a command without its place was taken")
	}
	o.press("Escape")
	o.wantTitle("Aujourd'hui")
}

func TestPaletteGivesFocusAndCaretBack(t *testing.T) {
	o := unlocked(t)
	o.press("Ctrl+0") // the invite
	o.keys.Type("abcdef")
	o.press("Left", "Left", "Left")
	entry, ok := o.window.Canvas().Focused().(*kit.Entry)
	if !ok {
		t.Fatalf("%T has the focus", o.window.Canvas().Focused())
	}
	o.press("Ctrl+k")
	o.keys.Type("xyz")
	o.press("Escape")
	if o.window.Canvas().Focused() != entry {
		t.Fatal("the focus is elsewhere")
	}
	o.keys.Type("X")
	if entry.Text != "abcXdef" {
		t.Errorf("the field holds %q", entry.Text)
	}
}

func TestPaletteFindsAPersonByCode(t *testing.T) {
	o := unlocked(t)
	if _, err := o.desk.Notebook.Create(t.Context(), diagnostics.Record{
		Type:   diagnostics.TypePerson,
		Fields: diagnostics.Values{"code": "K7QM-4TR", "identity.handle": "Élodie"},
	}); err != nil {
		t.Fatal(err)
	}
	o.press("Ctrl+k")
	o.keys.Type("@k7qm")
	o.settle()
	if o.shows("Élodie") {
		t.Error("the palette shows a name")
	}
	o.press("Enter")
	o.wantTitle("Fiche d'une personne")
}

// TestPaletteIsForTheRole: the palette looks for persons where the role may look
// for them, for actors where it may see the directory, and says no more of it.
// What a coordinator finds is asked a purpose.
func TestPaletteIsForTheRole(t *testing.T) {
	o := furnished(t)
	o.press("Ctrl+6") // reads the directory
	code := o.desk.Directory().Entries[0].Action.Get("name")
	for _, role := range append(diagnostics.Roles(), diagnostics.RoleVolunteer) {
		o.as(role)
		for typed, room := range map[string]string{"@" + nadia: roomPersons, "!" + code: roomDirectory} {
			p, _ := lookupPlace(room)
			o.Go(roomSettings)
			o.press("Ctrl+k")
			o.typed(typed)
			before := o.room
			if named := o.shows(typed[:1] + " "); named != permitted(p.roles, role) {
				t.Errorf("%s: the palette tells of %s: %v", role, typed[:1], named)
			}
			o.press("Enter")
			if found := o.room != before && !o.modals.Open(); found != permitted(p.roles, role) {
				t.Errorf("%s: the palette finds %q: %v", role, typed, found)
			}
			if card, ok := o.room.(*person.Screen); ok && card.Asking() != (role == diagnostics.RoleCoordinator) {
				t.Errorf("%s: asked for a purpose: %v", role, card.Asking())
			}
			o.clear()
		}
	}
}

// TestPaletteListsEightLines: the palette is a field over eight lines at most,
// with words in any order, without accents and in either language, each with its
// key.
func TestPaletteListsEightLines(t *testing.T) {
	o := unlocked(t)
	o.window.Resize(fyne.NewSize(1366, 768))
	for typed, want := range map[string]string{
		"": "", "exp ana": "analyse", "analyse exp": "analyse", "export needs": "analyse", "theme": "theme", "numer": "",
		"a decider": roomDecide, "> a decider": roomDecide, "to decide": roomDecide,
	} {
		o.press("Ctrl+k")
		o.typed(typed)
		var finder *kit.Finder
		uitest.Walk(o.window.Canvas(), func(x uitest.Object) {
			if f, ok := x.CanvasObject.(*kit.Finder); ok {
				finder = f
			}
		})
		if finder == nil || finder.Lines() > 8 || o.window.Canvas().Focused() != fyne.Focusable(finder.Entry) {
			t.Fatalf("%q: no field over at most eight lines", typed)
		}
		if want != "" && (!o.shows(o.label(want)) || !o.shows(o.Keys(want))) {
			t.Errorf("%q: %s is not shown with its key", typed, want)
		}
		if typed == "" && finder.Lines() != 8 {
			t.Errorf("%d lines in a window that has room for eight", finder.Lines())
		}
		o.press("Escape")
	}
}

// label is what a command is called.
func (o *office) label(id string) string {
	for _, m := range menus() {
		for _, c := range m.commands {
			if c.id == id {
				return words.T(c.label)
			}
		}
	}
	o.t.Fatalf("no command %s", id)
	return ""
}

func TestPaletteWhileLocked(t *testing.T) {
	o := newOffice(t)
	o.press("Ctrl+k")
	o.keys.Type("@a")
	o.press("Escape", "Ctrl+k")
	o.keys.Type("theme")
	o.press("Enter")
	if o.settings.Palette != "dark" {
		t.Errorf("the palette is %s", o.settings.Palette)
	}
	o.wantTitle("Verrouillé")
}
