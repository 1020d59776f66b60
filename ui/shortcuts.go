package ui

import (
	"fmt"
	"runtime"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"solidaren/diagnostics"
	"solidaren/ui/screen/person"
	"solidaren/ui/words"
)

// where says in which state of the window a command can be used.
type where int

const (
	always   where = iota
	opened         // a notebook is open
	inUse          // a notebook is open, or records are written without opening it
	asleep         // the lock screen is in front
	inForm         // a form is in front
	inHinted       // something can be shown: the help of a question, a passphrase
	inMaker        // something new can be made in the room in front
	inRoom         // the room in front can be confirmed: a form, the search of persons
	inPerson       // the card of a person is in front
	inLoop         // a form that is filled again and again on an outing is in front
	demoable       // there is a demo, and it is not open
	inDemo         // the demo is open
	onPaper        // the room in front can be printed
	undoable       // something was done that can be taken back
)

// reasons tell why a command cannot be used outside of its place.
var reasons = map[where]string{
	opened:   "why.opened",
	inUse:    "why.opened",
	asleep:   "why.locked",
	inForm:   "why.form",
	inHinted: "why.form",
	inMaker:  "why.new",
	inRoom:   "why.room",
	inPerson: "why.person",
	inLoop:   "why.loop",
	demoable: "why.demo.open",
	inDemo:   "why.demo",
	onPaper:  "why.print",
	undoable: "why.undo",
}

// command is one thing that the window can do. All commands are items of the
// menu, so that their keys work while a field has the focus.
type command struct {
	id    string
	label string // key of its words
	keys  string // "Ctrl+Shift+L"; on macOS Ctrl stands for Cmd
	where where
	roles []diagnostics.Role // who may; nil: everybody
	do    func(*Shell)
}

// menu is one menu of the window.
type menu struct {
	label    string // key of its words
	commands []command
}

// menus are all commands of the window and all their keys. A key stands here
// once. Ctrl+A, C, V, X, Y, Z belong to the fields; Ctrl+Alt is AltGr; Alt with
// a digit writes a character on Windows.
func menus() []menu {
	return []menu{
		{"menu.file", []command{
			{"lock", "cmd.lock", "Ctrl+Shift+L", inUse, nil, (*Shell).Lock},
			{"analyse", "cmd.export", "Ctrl+Shift+E", opened, coordination, goTo(roomExport)},
			{"print", "cmd.print", "Ctrl+P", onPaper, nil, (*Shell).print},
			{"safeguards", "cmd.safeguards", "", opened, coordination, (*Shell).OpenSafeguards},
			{"send", "cmd.send", "", opened, members, (*Shell).Send},
			{"quit", "cmd.quit", "Ctrl+Q", always, nil, (*Shell).Quit},
		}},
		{"menu.edit", []command{
			{"undo", "cmd.undo", "Ctrl+Shift+Z", undoable, nil, (*Shell).undoLast},
			{"find", "cmd.find", "Ctrl+F", opened, field, (*Shell).FindPerson},
			{"palette", "cmd.palette", "Ctrl+K", always, nil, (*Shell).openPalette},
			{"row", "cmd.row", "Ctrl+Shift+Delete", inForm, nil, func(s *Shell) { s.form().RemoveRow() }},
		}},
		{"menu.entry", []command{
			{"new", "cmd.new", "Ctrl+N", inMaker, nil, func(s *Shell) { s.room.(maker).Make() }},
			{"maraude", "cmd.maraude", "Ctrl+M", opened, counting, (*Shell).startRecord},
			{"entretien", "cmd.entretien", "Ctrl+E", opened, street, start("entretien")},
			{"lieu", "cmd.lieu", "", opened, street, start("lieu")},
			{"count", "cmd.count", "", opened, counting, (*Shell).startCount},
			{"seal", "cmd.seal", "", asleep, nil, (*Shell).seal},
			{"rectify", "cmd.rectify", "", inPerson, field, func(s *Shell) { s.room.(*person.Screen).Rectify() }},
			{"household", "cmd.household", "", inPerson, field, func(s *Shell) { s.room.(*person.Screen).Household() }},
			{"finish", "cmd.finish", "Ctrl+Enter", inRoom, nil, func(s *Shell) { s.room.(confirmer).Confirm() }},
			{"place", "cmd.place", "Ctrl+L", inLoop, nil, func(s *Shell) { s.loop().ChangePlace() }},
			{"hour", "cmd.hour", "Ctrl+H", inLoop, nil, func(s *Shell) { s.loop().ChangeHour() }},
			{"drafts", "cmd.drafts", "Ctrl+D", opened, counting, (*Shell).Drafts},
			{"saved", "cmd.saved", "Ctrl+S", opened, nil, (*Shell).reassure},
			{"sections", "cmd.sections", "Ctrl+G", inForm, nil, func(s *Shell) { s.form().Sections() }},
			{"required", "cmd.required", "Ctrl+J", inForm, nil, func(s *Shell) { s.form().NextRequired() }},
			{"refuse", "cmd.refuse", "Ctrl+R", inForm, nil, func(s *Shell) { s.form().Refuse() }},
			{"dontknow", "cmd.dontknow", "Ctrl+Shift+N", inForm, nil, func(s *Shell) { s.form().DontKnow() }},
			{"bis", "cmd.bis", "Ctrl+B", inForm, nil, func(s *Shell) { s.form().Bis() }},
			{"language", "cmd.language", "Ctrl+T", inForm, nil, func(s *Shell) { s.form().NextLanguage() }},
			{"hint", "cmd.hint", "Ctrl+I", inHinted, nil, (*Shell).hint},
		}},
		{"menu.go", append(goCommands(), command{"back", "cmd.back", "Alt+Left", opened, nil, (*Shell).Back})},
		{"menu.view", []command{
			{"theme", "cmd.theme", "Ctrl+Shift+T", always, nil, func(s *Shell) { s.settings.NextPalette() }},
			{"larger", "cmd.larger", "Ctrl+Shift+Up", always, nil, func(s *Shell) { s.settings.Larger() }},
			{"smaller", "cmd.smaller", "Ctrl+Shift+Down", always, nil, func(s *Shell) { s.settings.Smaller() }},
		}},
		{"menu.demo", append(demoCommands(),
			command{"demo-tries", "cmd.demo.tries", "Ctrl+Shift+0", inDemo, nil, (*Shell).showTries},
			command{"demo-again", "cmd.demo.again", "Ctrl+Shift+D", inDemo, nil, (*Shell).restartDemo},
			command{"demo-leave", "cmd.demo.leave", "", inDemo, nil, (*Shell).Lock},
			command{"demo-erase", "cmd.demo.erase", "", inDemo, nil, (*Shell).eraseDemo})},
		{"menu.help", []command{
			{"keys", "cmd.keys", "Ctrl+Shift+H", always, nil, (*Shell).showKeysHere},
			{"demo-open", "cmd.demo.open", "", demoable, nil, (*Shell).startDemo},
			{"about", "cmd.about", "", always, nil, (*Shell).showAbout},
		}},
	}
}

// goCommands lead to the places.
func goCommands() []command {
	var all []command
	for _, p := range places {
		keys := ""
		if p.digit != "" {
			keys = "Ctrl+" + p.digit
		}
		all = append(all, command{p.name, p.label, keys, opened, p.roles, goTo(p.name)})
	}
	return all
}

// demoCommands show the demo as each role sees it.
func demoCommands() []command {
	var all []command
	for i, role := range demoRoles {
		all = append(all, command{"demo-" + string(role), roleNames[role], fmt.Sprintf("Ctrl+Shift+%d", i+1), inDemo, nil, func(s *Shell) { s.playAs(role) }})
	}
	return all
}

func goTo(room string) func(*Shell)  { return func(s *Shell) { s.Go(room) } }
func start(form string) func(*Shell) { return func(s *Shell) { s.StartForm(form) } }

// modifiers of a key's name.
var modifiers = map[string]fyne.KeyModifier{
	"Ctrl":  fyne.KeyModifierShortcutDefault,
	"Shift": fyne.KeyModifierShift,
	"Alt":   fyne.KeyModifierAlt,
}

// keyNames that differ from Fyne's.
var keyNames = map[string]fyne.KeyName{"Enter": fyne.KeyReturn}

// shortcut reads "Ctrl+Shift+L".
func shortcut(keys string) *desktop.CustomShortcut {
	parts := strings.Split(keys, "+")
	s := &desktop.CustomShortcut{KeyName: fyne.KeyName(parts[len(parts)-1])}
	if name, ok := keyNames[string(s.KeyName)]; ok {
		s.KeyName = name
	}
	for _, part := range parts[:len(parts)-1] {
		s.Modifier |= modifiers[part]
	}
	return s
}

// keyWords are the keys whose names are words.
var keyWords = map[string]string{
	"Enter": "keyname.enter", "Delete": "keyname.delete", "Shift": "keyname.shift", "Escape": "keyname.escape",
	"PageUp": "keyname.page_up", "PageDown": "keyname.page_down", "BackSpace": "keyname.backspace",
}

// keySigns are the keys that bear a sign.
var keySigns = map[string]string{"Left": "←", "Right": "→", "Up": "↑", "Down": "↓"}

// showKeys writes a shortcut the way the reader's keyboard names its keys.
func showKeys(keys string) string {
	if keys == "" {
		return ""
	}
	parts := strings.Split(keys, "+")
	for i, part := range parts {
		if word, ok := keyWords[part]; ok {
			parts[i] = words.T(word)
		}
		if sign, ok := keySigns[part]; ok {
			parts[i] = sign
		}
		if part == "Ctrl" && runtime.GOOS == "darwin" {
			parts[i] = "⌘"
		}
	}
	return strings.Join(parts, "+")
}

// Keys are the keys of a command, as they are shown, "" if it has none.
func (s *Shell) Keys(id string) string {
	for _, m := range menus() {
		for _, c := range m.commands {
			if c.id == id {
				return showKeys(c.keys)
			}
		}
	}
	return ""
}
