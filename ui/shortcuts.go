package ui

import (
	"runtime"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"solidaren/ui/words"
)

// where says in which state of the window a command can be used.
type where int

const (
	always where = iota
	opened       // a notebook is open
	inForm       // a form is in front
	inRoom       // the room in front can be confirmed: a form, the search of persons
)

// command is one thing that the window can do. All commands are items of the
// menu, so that their keys work while a field has the focus.
type command struct {
	id    string
	label string // key of its words
	keys  string // "Ctrl+Shift+L"; on macOS Ctrl stands for Cmd
	where where
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
			{"lock", "cmd.lock", "Ctrl+Shift+L", opened, (*Shell).Lock},
			{"export", "cmd.export", "Ctrl+Shift+E", opened, goTo(roomExport)},
			{"settings", "cmd.settings", "", opened, goTo(roomSettings)},
			{"quit", "cmd.quit", "Ctrl+Q", always, (*Shell).Quit},
		}},
		{"menu.entry", []command{
			{"maraude", "cmd.maraude", "Ctrl+M", opened, start("maraude")},
			{"entretien", "cmd.entretien", "Ctrl+E", opened, start("entretien")},
			{"lieu", "cmd.lieu", "", opened, start("lieu")},
			{"count", "cmd.count", "", opened, start("nuit_solidarite")},
			{"finish", "cmd.finish", "Ctrl+Enter", inRoom, func(s *Shell) { s.room.(confirmer).Confirm() }},
			{"sections", "cmd.sections", "Ctrl+G", inForm, func(s *Shell) { s.form().Sections() }},
			{"required", "cmd.required", "Ctrl+J", inForm, func(s *Shell) { s.form().NextRequired() }},
			{"refuse", "cmd.refuse", "Ctrl+R", inForm, func(s *Shell) { s.form().Refuse() }},
			{"dontknow", "cmd.dontknow", "Ctrl+Shift+N", inForm, func(s *Shell) { s.form().DontKnow() }},
			{"language", "cmd.language", "Ctrl+T", inForm, func(s *Shell) { s.form().NextLanguage() }},
			{"hint", "cmd.hint", "Ctrl+I", inForm, func(s *Shell) { s.form().Help() }},
			{"row", "cmd.row", "Ctrl+Shift+Delete", inForm, func(s *Shell) { s.form().RemoveRow() }},
		}},
		{"menu.go", []command{
			{roomToday, "nav.today", "Ctrl+1", opened, goTo(roomToday)},
			{roomTour, "nav.tour", "Ctrl+2", opened, goTo(roomTour)},
			{roomRecords, "nav.records", "Ctrl+3", opened, goTo(roomRecords)},
			{roomPersons, "nav.persons", "Ctrl+4", opened, goTo(roomPersons)},
			{roomExport, "nav.export", "Ctrl+8", opened, goTo(roomExport)},
			{roomSending, "nav.sending", "Ctrl+0", opened, goTo(roomSending)},
			{"find", "cmd.find", "Ctrl+F", opened, (*Shell).FindPerson},
			{"back", "cmd.back", "Alt+Left", opened, (*Shell).Back},
		}},
		{"menu.view", []command{
			{"theme", "cmd.theme", "Ctrl+Shift+T", always, func(s *Shell) { s.settings.NextPalette() }},
			{"larger", "cmd.larger", "Ctrl+Shift+Up", always, func(s *Shell) { s.settings.Larger() }},
			{"smaller", "cmd.smaller", "Ctrl+Shift+Down", always, func(s *Shell) { s.settings.Smaller() }},
		}},
		{"menu.help", []command{
			{"keys", "cmd.keys", "Ctrl+Shift+H", always, (*Shell).showShortcuts},
			{"about", "cmd.about", "", always, (*Shell).showAbout},
		}},
	}
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
var keyWords = map[string]string{"Enter": "keyname.enter", "Delete": "keyname.delete", "Shift": "keyname.shift"}

// keySigns are the keys that bear a sign.
var keySigns = map[string]string{"Left": "←", "Up": "↑", "Down": "↓"}

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
