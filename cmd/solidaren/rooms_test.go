package main

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"solidaren/assets"
	"solidaren/diagnostics"
	"solidaren/sync/handover"
	"solidaren/ui/words"
)

// door is the way to a room by keyboard: by its digit, or by its name typed into
// the palette.
type door struct {
	label string // key of the room's name
	digit string
}

var doors = []door{
	{"nav.today", "1"},
	{"nav.tour", "2"},
	{"nav.interviews", "3"},
	{"nav.persons", "4"},
	{"nav.follows", "5"},
	{"nav.directory", "6"},
	{"nav.export", "8"},
	{"nav.decide", "9"},
	{"nav.sending", "0"},
	{"nav.sectors", ""},
	{"nav.forms", ""},
	{"nav.rights", ""},
	{"nav.access", ""},
	{"nav.team", ""},
	{"nav.records", ""},
	{"nav.sealed", ""},
	{"nav.security", ""},
	{"nav.settings", ""},
	{"nav.technical", ""},
	{"nav.help", ""},
}

// closed are the rooms that a role does not enter (UX.md §2.1).
var closed = map[diagnostics.Role]string{
	diagnostics.RoleSocialWorker: "export sectors forms rights access team",
	diagnostics.RoleWorker:       "export sectors forms rights access team",
	diagnostics.RoleCoordinator:  "tour interviews follows",
	diagnostics.RoleResearcher:   "today tour interviews persons follows export decide sectors forms rights access team records sealed",
	diagnostics.RoleAdmin:        "tour interviews persons follows export decide sectors forms rights access records sealed",
	diagnostics.RoleVolunteer:    "today interviews persons follows export decide sending sectors forms rights access team sealed",
}

// lookOf is how the window looks while a role walks through it: each of the two
// languages in each of the three palettes once, text at 200 %, in the least
// window.
var lookOf = map[diagnostics.Role]struct{ language, palette string }{
	diagnostics.RoleSocialWorker: {"fr", "light"},
	diagnostics.RoleWorker:       {"fr", "night"},
	diagnostics.RoleCoordinator:  {"en", "dark"},
	diagnostics.RoleResearcher:   {"en", "light"},
	diagnostics.RoleAdmin:        {"en", "night"},
	diagnostics.RoleVolunteer:    {"fr", "dark"},
}

// TestEveryRoomOfEveryRole goes by keyboard through every room as each role sees
// it, in both languages and all three palettes, with text at 200 % in the least
// window, and uses the keys of a list and of a field in each. Nothing breaks.
func TestEveryRoomOfEveryRole(t *testing.T) {
	if testing.Short() {
		t.Skip("needs a screen and some minutes")
	}
	for name, roles := range map[string][]diagnostics.Role{
		"in teams":   {diagnostics.RoleSocialWorker, diagnostics.RoleWorker},
		"for others": {diagnostics.RoleCoordinator, diagnostics.RoleResearcher, diagnostics.RoleAdmin},
	} {
		t.Run(name, func(t *testing.T) { throughAs(t, roles) })
	}
}

// demoDigit is the digit under which the demo shows itself to a role.
var demoDigit = map[diagnostics.Role]string{
	diagnostics.RoleSocialWorker: "1", diagnostics.RoleWorker: "2", diagnostics.RoleCoordinator: "3",
	diagnostics.RoleResearcher: "4", diagnostics.RoleAdmin: "5",
}

// throughAs goes through the rooms of a demo as some roles.
func throughAs(t *testing.T, roles []diagnostics.Role) {
	d := newDesktop(t)
	p := buildPrograms(t)
	folder := filepath.Join(t.TempDir(), "demo")
	a := d.start(p.path("solidaren"), "--vault", folder, "--lang", "fr")
	a.title("Bienvenue")
	a.still()
	a.digits("1")
	a.title("Aujourd'hui")
	a.still()
	a.enlarge()
	w := &walker{app: a, language: "fr", palette: "light"}
	for _, role := range roles {
		a.keys("ctrl+shift+" + digit[demoDigit[role]])
		w.through(role)
	}
	a.quit()
}

// TestEveryRoomOfAVolunteer is the same on a laptop that was given a sector to
// count, whose holder has no account.
func TestEveryRoomOfAVolunteer(t *testing.T) {
	if testing.Short() {
		t.Skip("needs a screen and a minute")
	}
	word, err := handover.Issue("Nuit", "S04", "", "Nord", time.Now())
	if err != nil {
		t.Fatal(err)
	}
	d := newDesktop(t)
	p := buildPrograms(t)
	folder := filepath.Join(t.TempDir(), "comptage")
	p.ctl(folder, "vault", "create")
	a := d.start(p.path("solidaren"), "--vault", folder, "--lang", "fr")
	a.unlock()
	a.keys("ctrl+" + digit["0"])
	a.title("Envoi")
	a.text(word.String())
	a.keys("ctrl+Return")
	a.settle()
	a.enlarge()
	w := &walker{app: a, language: "fr", palette: "light"}
	w.through(diagnostics.RoleVolunteer)
	a.quit()
}

// enlarge makes the text twice as large and the window as small as may be.
func (a *app) enlarge() {
	a.t.Helper()
	ids, err := a.query("search", "--onlyvisible", "--name", "SolidaRen")
	if err != nil || ids == "" {
		a.t.Fatalf("no window: %v", err)
	}
	a.tool("xdotool", "windowsize", strings.Fields(ids)[0], "1024", "600")
	for range 10 {
		a.keysDown("ctrl+shift+Up")
	}
	a.still()
}

// walker goes through rooms, and knows how the window looks meanwhile.
type walker struct {
	*app
	language, palette string
}

// through visits every room of a role.
func (w *walker) through(role diagnostics.Role) {
	w.t.Helper()
	w.dress(lookOf[role].language, lookOf[role].palette)
	visited := 0
	for _, door := range doors {
		if strings.Contains(" "+closed[role]+" ", " "+strings.TrimPrefix(door.label, "nav.")+" ") {
			continue
		}
		w.enter(door, role)
		w.keys("Down", "Down", "Up", "Tab", "Tab", "shift+Tab", "Next", "Prior", "End", "Home", "F1")
		w.keys("Escape")
		w.keys("Escape")
		visited++
	}
	w.shot(string(role))
	w.t.Logf("%-14s %d rooms in %s, %s", role, visited, w.language, w.palette)
}

// dress gives the window a language and a palette, by the room of the settings
// and by shortcut.
func (w *walker) dress(language, palette string) {
	w.t.Helper()
	w.enter(door{label: "nav.settings"}, "") // what was asked for before has been done then
	if w.language != language {
		w.digits(map[string]string{"fr": "1", "en": "2"}[language])
		w.language = language
		w.title(said(language, "nav.settings"))
	}
	for order := []string{"light", "dark", "night"}; w.palette != palette; {
		w.keys("ctrl+shift+t")
		for i, one := range order {
			if one == w.palette {
				w.palette = order[(i+1)%len(order)]
				break
			}
		}
	}
}

// enter goes through a door and waits for the room.
func (w *walker) enter(d door, role diagnostics.Role) {
	w.t.Helper()
	name := said(w.language, d.label)
	if d.label == "nav.tour" && role == diagnostics.RoleVolunteer {
		name = said(w.language, "form_name.nuit_solidarite")
	}
	if d.digit != "" {
		w.keysDown("ctrl+" + digit[d.digit])
	} else {
		w.keysDown("ctrl+k")
		w.still()
		w.text(plain(name))
		w.still()
		w.keysDown("Return")
	}
	w.title(name)
	w.still()
}

var speaking sync.Mutex

// said is a text in a language, whatever the test beside this one speaks.
func said(language, key string) string {
	speaking.Lock()
	defer speaking.Unlock()
	words.Use(language)
	defer words.Use("fr")
	return words.T(key)
}

// plain is a text without the accents, as one types it in a hurry.
func plain(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(text))
}

// TestNoRoomIsForgotten: every room that has a name has a door, and the rooms that
// a role does not enter are rooms.
func TestNoRoomIsForgotten(t *testing.T) {
	known := map[string]bool{"back": true} // a button
	for _, d := range doors {
		known[strings.TrimPrefix(d.label, "nav.")] = true
	}
	data, err := assets.Translations.ReadFile("translations/fr.json")
	if err != nil {
		t.Fatal(err)
	}
	var texts map[string]json.RawMessage
	if err := json.Unmarshal(data, &texts); err != nil {
		t.Fatal(err)
	}
	for key := range texts {
		if room, ok := strings.CutPrefix(key, "nav."); ok && !known[room] {
			t.Errorf("no door leads to %s", room)
		}
	}
	for role, names := range closed {
		for name := range strings.FieldsSeq(names) {
			if !known[name] {
				t.Errorf("%s does not enter %q, which is no room", role, name)
			}
		}
	}
}
