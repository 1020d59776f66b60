package ui

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"solidaren/diagnostics"
	"solidaren/ui/screen/entry"
	"solidaren/ui/screen/record"
)

// as shows the window as somebody of a role sees it.
func (o *office) as(role diagnostics.Role) {
	o.t.Helper()
	o.desk.ActAs = role
	o.frame()
	o.Go(o.home())
	o.settle()
}

func TestRolesSeeWhatIsTheirs(t *testing.T) {
	o := unlocked(t)
	for role, hidden := range map[diagnostics.Role][]string{
		diagnostics.RoleWorker:      {roomExport},
		diagnostics.RoleCoordinator: {roomTour, roomInterviews, roomFollows},
		diagnostics.RoleResearcher:  {roomToday, roomTour, roomInterviews, roomRecords, roomPersons, roomFollows, roomDecide, roomExport},
		diagnostics.RoleAdmin:       {roomTour, roomInterviews, roomRecords, roomPersons, roomFollows, roomDecide, roomExport},
	} {
		o.as(role)
		for _, p := range places {
			if _, there := o.rail.items[p.name]; p.sign != "" && there == slices.Contains(hidden, p.name) {
				t.Errorf("%s: %s in the rail: %v", role, p.name, there)
			}
		}
		for _, m := range o.menu.Items {
			if len(m.Items) == 0 {
				t.Errorf("%s: the menu %s is empty", role, m.Label)
			}
		}
		before := o.room
		for _, name := range hidden {
			o.Go(name)
		}
		if o.room != before {
			t.Errorf("%s: a hidden place came to the front", role)
		}
	}
}

// TestKeysDoOneThing presses every shortcut of the menu on both keyboards: each
// reaches one item, its own.
func TestKeysDoOneThing(t *testing.T) {
	o := unlocked(t)
	if err := o.desk.Member.Rehearse(t.Context(), o.desk.Notebook, "Démo", nil); err != nil { // the demo has keys, too
		t.Fatal(err)
	}
	o.frame()
	for _, qwerty := range []bool{false, true} {
		o.keys.QWERTY = qwerty
		for _, m := range menus() {
			for _, c := range m.commands {
				if c.keys == "" {
					continue
				}
				var ran []string
				for item, other := range o.items {
					item.Disabled = false
					item.Action = func() { ran = append(ran, other.id) }
				}
				o.keys.Press(c.keys)
				if !slices.Equal(ran, []string{c.id}) {
					t.Errorf("QWERTY %v: %s runs %v, want %s", qwerty, c.keys, ran, c.id)
				}
			}
		}
	}
}

// TestNoKeyPassesADialog presses every shortcut over an open dialog.
func TestNoKeyPassesADialog(t *testing.T) {
	o := unlocked(t)
	o.StartForm("lieu")
	o.settle()
	room, palette, scale := o.room, o.settings.Palette, o.settings.Scale
	o.Undoable("", func() { t.Error("undone under a dialog") })
	o.showAbout()
	for _, m := range menus() {
		for _, c := range m.commands {
			if c.keys == "" || slices.Contains(overDialogs, c.id) {
				continue
			}
			o.press(c.keys)
			if o.room != room || !o.modals.Open() || o.settings.Palette != palette || o.settings.Scale != scale {
				t.Fatalf("%s (%s) acts under a dialog", c.id, c.keys)
			}
		}
	}
}

func TestRailIsNarrowInANarrowWindow(t *testing.T) {
	o := unlocked(t)
	for _, c := range []struct {
		width  float32
		scale  float64
		narrow bool
	}{{1280, 1, false}, {1179, 1, true}, {1024, 1, true}, {1280, 2, true}, {1180, 1, false}} {
		o.settings.SetScale(c.scale)
		o.window.Resize(fyne.NewSize(c.width, 600))
		if o.rail.narrow != c.narrow {
			t.Errorf("%v wide, text %v: narrow %v", c.width, c.scale, o.rail.narrow)
		}
	}
}

func TestRoomsKeepTheirFocus(t *testing.T) {
	o := unlocked(t)
	o.press("Ctrl+0", "Tab") // the name of the computer
	device := o.window.Canvas().Focused()
	o.press("Ctrl+4", "Ctrl+0")
	if o.window.Canvas().Focused() != device {
		t.Errorf("%T has the focus", o.window.Canvas().Focused())
	}
	o.settings.SetLanguage("en") // built again
	o.settle()
	o.press("Ctrl+4", "Ctrl+0")
	if o.window.Canvas().Focused() == nil {
		t.Error("nothing has the focus")
	}
}

func TestListsKeepTheirPlaceInOtherColours(t *testing.T) {
	o := unlocked(t)
	o.press("Ctrl+m")
	for range 3 {
		o.asleep()
	}
	o.press("Ctrl+k")
	o.keys.Type("fiches")
	o.press("Enter", "Down", "Down", "Ctrl+4", "Ctrl+Shift+t", "Alt+Left", "Enter")
	rows := o.finished()
	if r, ok := o.room.(*record.Screen); !ok || r.ID() != rows[2].ID {
		t.Error("another record is open than the one under the highlight")
	}
}

func TestUndoOnce(t *testing.T) {
	o := unlocked(t)
	undone := 0
	o.press("Ctrl+Shift+z")
	o.Undoable("Fiche enregistrée.", func() { undone++ })
	if !o.shows("Fiche enregistrée.") || !o.shows("[Ctrl+Maj+Z] annuler") {
		t.Error("the line at the bottom does not offer it")
	}
	o.press("Ctrl+Shift+z", "Ctrl+Shift+z")
	if undone != 1 {
		t.Errorf("undone %d times", undone)
	}
	if o.shows("Fiche enregistrée.") {
		t.Error("the line still tells of it")
	}
}

func TestWhatWasSaidGoesAway(t *testing.T) {
	o := unlocked(t)
	o.Say("Bonjour.")
	o.Tick()
	if !o.shows("Bonjour.") {
		t.Error("gone at once")
	}
	o.status.until = o.desk.Clock().Add(-1)
	o.Tick()
	if o.shows("Bonjour.") {
		t.Error("still there")
	}
}

func TestSavedIsTold(t *testing.T) {
	o := unlocked(t)
	o.press("Ctrl+s")
	if !o.shows("Rien à enregistrer") {
		t.Error("says that something was saved")
	}
	o.press("Ctrl+m")
	o.search("blosne")
	o.press("Ctrl+s")
	if !o.shows("Enregistré sur ce poste, ") {
		t.Error("does not say that the draft is saved")
	}
}

// In a form the key takes the last answer back, and Ctrl+B gives the answer of
// the record before.
func TestFormTakesBackAndRepeats(t *testing.T) {
	o := unlocked(t)
	o.press("Ctrl+m")
	o.asleep()
	form := o.room.(*entry.Screen)
	o.press("Ctrl+j", "Ctrl+b") // the next question that needs an answer
	if got := form.Answer("encounter.contact_kind"); got != "asleep" {
		t.Fatalf("the contact is %q", got)
	}
	o.press("Ctrl+Shift+z")
	if got := form.Answer("encounter.contact_kind"); got != "" {
		t.Errorf("the contact is still %q", got)
	}
	o.press("Ctrl+Shift+z")
	if !o.shows("Rien à annuler dans cette fiche.") {
		t.Error("nothing says that there is nothing to take back")
	}
}

// Whoever wants to stay at a question after a key says so in the settings, and
// the form in front follows.
func TestAdvanceIsASetting(t *testing.T) {
	o := unlocked(t)
	o.press("Ctrl+m", "Ctrl+j")
	o.settings.SetAdvance(false)
	o.press("Ctrl+1", "Ctrl+m") // another room and back
	if !o.shows("Une touche répond. Entrée : suivante.") {
		t.Error("the form does not say that it stays")
	}
}
