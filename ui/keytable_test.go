package ui

import (
	"slices"
	"strings"
	"testing"

	"solidaren/ui/kit"
	"solidaren/ui/model"
	"solidaren/ui/screen/entry"
	"solidaren/ui/words"
)

// keyRow is a row of the table of keys (UX.md §4): a key, the command that it is
// the key of, where it has its place, and what it does there.
type keyRow struct {
	keys, command string
	in            func(*office)
	did           func(*office) bool
}

// titled tells whether the window shows a room.
func titled(key string) func(*office) bool {
	return func(o *office) bool { return strings.HasSuffix(o.window.Title(), " – "+words.T(key)) }
}

// says tells whether a text is on the screen.
func says(key string) func(*office) bool {
	return func(o *office) bool { return o.shows(words.T(key)) }
}

// anywhere is where every key of the window has its place.
func anywhere(o *office) { o.Go(roomToday) }

// inNight brings a blank record of the outing to the front.
func inNight(o *office) { o.StartForm("maraude") }

// inLieu brings a blank record of a place to the front, and what its first
// question asks.
func inLieu(o *office) { o.StartForm("lieu") }

// inInterview brings the draft of an interview to the front, in the section of
// the resources.
func inInterview(o *office) {
	o.Resume(o.draft("entretien"))
	o.settle()
	o.press("Ctrl+g", "d", "Enter")
}

// asked is what a question of the form in front was answered.
func (o *office) asked(ref string) string { return o.room.(*entry.Screen).Answer(ref) }

// keyTable is the table of keys, with the keys that its notes add.
var keyTable = []keyRow{
	{"Ctrl+k", "palette", anywhere, says("palette.escape")},
	{"Ctrl+2", roomTour, anywhere, titled("nav.tour")},
	{"Ctrl+3", roomInterviews, anywhere, titled("nav.interviews")},
	{"Ctrl+4", roomPersons, anywhere, titled("nav.persons")},
	{"Ctrl+5", roomFollows, anywhere, titled("nav.follows")},
	{"Ctrl+6", roomDirectory, anywhere, titled("nav.directory")},
	{"Ctrl+8", roomExport, anywhere, titled("nav.export")},
	{"Ctrl+9", roomDecide, anywhere, titled("nav.decide")},
	{"Ctrl+0", roomSending, anywhere, titled("nav.sending")},
	{"Ctrl+1", roomToday, func(o *office) { o.Go(roomPersons) }, titled("nav.today")},
	{"Ctrl+f", "find", anywhere, func(o *office) bool {
		_, typing := o.window.Canvas().Focused().(*kit.Entry)
		return typing && titled("nav.persons")(o)
	}},
	{"Ctrl+n", "new", anywhere, titled("form_name.entretien")},
	{"Ctrl+n", "new", func(o *office) { o.Go(roomFollows) }, titled("persons.pick")},
	{"Ctrl+m", "maraude", anywhere, func(o *office) bool { return o.loop() != nil }},
	{"Ctrl+e", "entretien", anywhere, titled("form_name.entretien")},
	{"Ctrl+Shift+e", "analyse", anywhere, titled("nav.export")},
	{"Ctrl+l", "place", inNight, func(o *office) bool { return o.modals.Open() }},
	{"Ctrl+h", "hour", inNight, func(o *office) bool { return o.modals.Open() }},
	{"Ctrl+d", "drafts", anywhere, titled("nav.interviews")},
	{"Ctrl+d", "drafts", inNight, func(o *office) bool { return o.name == roomTour }},
	{"Ctrl+Shift+Up", "larger", anywhere, func(o *office) bool { return o.settings.Scale > 1 }},
	{"Ctrl+Shift+Down", "smaller", anywhere, func(o *office) bool { return o.settings.Scale == 1 }},
	{"Ctrl+Shift+t", "theme", anywhere, func(o *office) bool { return o.settings.Palette == model.PaletteDark }},
	{"F1", "keys", anywhere, func(o *office) bool { return o.modals.Open() && o.shows(words.T("help.general")) }},
	{"Ctrl+Shift+h", "keys", anywhere, func(o *office) bool { return o.modals.Open() && o.shows(words.T("help.general")) }},
	{"Ctrl+Enter", "finish", func(o *office) { inNight(o); o.settle(); o.press("4") }, func(o *office) bool {
		return o.loop() != nil && o.loop().DraftID() == "" && o.undo != nil
	}},
	{"Ctrl+s", "saved", anywhere, func(o *office) bool { return o.shows("Enregistré sur ce poste, ") }},
	{"Ctrl+g", "sections", inInterview, func(o *office) bool {
		_, list := o.window.Canvas().Focused().(*kit.List)
		return list
	}},
	{"Ctrl+j", "required", inNight, func(o *office) bool { return o.Shell.form() != nil && o.window.Canvas().Focused() != nil }},
	{"Ctrl+b", "bis", inNight, func(o *office) bool { return o.asked("encounter.contact_kind") != "" }},
	{"Ctrl+r", "refuse", func(o *office) { inInterview(o); o.press("o") }, func(o *office) bool { return o.asked("situation.resources") == "rf" }},
	{"Ctrl+Shift+n", "dontknow", func(o *office) { inInterview(o); o.press("o") }, func(o *office) bool { return o.asked("situation.resources") == "dk" }},
	{"Ctrl+t", "language", inInterview, func(o *office) bool { return o.shows("Langue du questionnaire : English") }},
	{"Ctrl+i", "hint", inLieu, func(o *office) bool { return o.modals.Open() || o.window.Canvas().Overlays().Top() != nil }},
	{"Ctrl+p", "print", func(o *office) { o.OpenPerson(o.known(nadia)) }, func(o *office) bool { return o.modals.Open() }},
	{"Ctrl+Shift+z", "undo", func(o *office) { inNight(o); o.settle(); o.press("4", "Enter") }, says("entry.withdrawn")},
	{"Alt+Left", "back", func(o *office) { o.Go(roomPersons); o.Go(roomDecide) }, titled("nav.persons")},
	{"Escape", "", inInterview, func(o *office) bool {
		_, list := o.window.Canvas().Focused().(*kit.List)
		return list && len(o.drafts()) > 0
	}},
	{"Ctrl+Shift+l", "lock", anywhere, titled("lock.title")},
	{"Ctrl+i", "hint", func(o *office) { o.Lock() }, func(o *office) bool {
		e, ok := o.window.Canvas().Focused().(*kit.Entry)
		return ok && !e.Password
	}},
}

// TestTableOfKeys presses every row of the table of keys in its place, on both
// keyboards: it does what its command says, and menu, palette and help show this
// key for this command, there, as one that can be used.
func TestTableOfKeys(t *testing.T) {
	pressed := map[string]bool{}
	for _, qwerty := range []bool{false, true} {
		o := furnished(t)
		o.keys.QWERTY = qwerty
		for _, row := range keyTable {
			if o.desk == nil {
				o.unlock()
				o.settle()
			}
			o.clear()
			row.in(o)
			o.settle()
			if row.command != "" {
				o.shownAlike(row)
				pressed[row.command] = true
			}
			o.press(row.keys)
			if !row.did(o) {
				t.Errorf("QWERTY %v: %s does not do %q; the window shows %q", qwerty, row.keys, row.command, o.window.Title())
			}
			o.clear()
		}
		o.settings.SetPalette(model.PaletteLight)
	}
	for _, m := range menus() {
		for _, c := range m.commands {
			if c.keys != "" && c.where != inDemo && !pressed[c.id] && !slices.Contains([]string{"quit", "row"}, c.id) {
				t.Errorf("%s (%s) is in no row of the table", c.keys, c.id)
			}
		}
	}
}

// shownAlike: menu, palette and help of the room in front show a command with one
// key, and as something that can be done.
func (o *office) shownAlike(row keyRow) {
	o.t.Helper()
	want := o.Keys(row.command)
	if row.keys != "F1" && !strings.EqualFold(showKeys(row.keys), want) {
		o.t.Errorf("%s is the key of %s, which shows %q", row.keys, row.command, want)
	}
	for item, c := range o.items {
		if c.id == row.command && (item.Disabled || !strings.HasSuffix(item.Label, " "+want) || item.Shortcut.ShortcutName() != shortcut(c.keys).ShortcutName()) {
			o.t.Errorf("%s: the menu has %q, disabled %v", row.keys, item.Label, item.Disabled)
		}
	}
	for _, c := range o.paletteCommands() {
		if c.ID == row.command && (c.Keys != want || c.Reason != "") {
			o.t.Errorf("%s: the palette has %+v", row.keys, c)
		}
	}
	said := 0
	for _, line := range o.here() {
		if line.Keys == want {
			said++
		}
	}
	if said != 1 {
		o.t.Errorf("%s: the help says %d times what it does", row.keys, said)
	}
}
