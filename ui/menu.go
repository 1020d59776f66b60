package ui

import (
	"runtime"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"solidaren/diagnostics"
	"solidaren/ui/screen/lock"
	"solidaren/ui/screen/person"
	"solidaren/ui/words"
)

// mainMenu builds the menu in the present language, with what the role may do.
func (s *Shell) mainMenu() *fyne.MainMenu {
	s.items = map[*fyne.MenuItem]command{}
	var all []*fyne.Menu
	for _, m := range s.menus() {
		var items []*fyne.MenuItem
		for _, c := range m.commands {
			if !s.offers(c) || c.where == inDemo && !s.inDemo() {
				continue
			}
			item := fyne.NewMenuItem(words.T(c.label), func() { s.run(c) })
			item.IsQuit = c.id == "quit"
			s.items[item] = c
			items = append(items, item)
		}
		s.showShortcuts(items)
		if len(items) > 0 {
			all = append(all, fyne.NewMenu(words.T(m.label), items...))
		}
	}
	return fyne.NewMainMenu(all...)
}

// showShortcuts gives the items of a menu their keys. Fyne 2.8.1 writes them so
// faintly that they cannot be read, and in English; but on macOS, where the
// system writes them, they stand in the labels, at the right.
func (s *Shell) showShortcuts(items []*fyne.MenuItem) {
	width := func(text string) float32 { return fyne.MeasureText(text, theme.TextSize(), fyne.TextStyle{}).Width }
	widest, space := float32(0), width(" ")
	for _, item := range items {
		if keys := showKeys(s.items[item].keys); keys != "" {
			widest = max(widest, width(item.Label)+width(keys))
		}
	}
	for _, item := range items {
		keys := s.items[item].keys
		switch {
		case keys == "":
		case runtime.GOOS == "darwin":
			item.Shortcut = shortcut(keys)
		default:
			item.Shortcut = quiet{shortcut(keys)}
			room := widest - width(item.Label) - width(showKeys(keys))
			item.Label += strings.Repeat(" ", menuGap+int(room/space+0.5)) + showKeys(keys)
		}
	}
}

// menuGap is the least number of spaces between what a command is called and
// its keys.
const menuGap = 8

// quiet is a shortcut that Fyne obeys and does not write.
type quiet struct{ fyne.Shortcut }

// enable shows which commands can be used now.
func (s *Shell) enable() {
	for item, c := range s.items {
		item.Disabled = !s.can(c.where)
	}
	s.menu.Refresh()
}

// role is that of the notebook's holder, "" while it is locked and where no
// team was joined.
func (s *Shell) role() diagnostics.Role {
	if s.desk == nil {
		return ""
	}
	return s.desk.Role()
}

// offers tells whether the role may do a command at all.
func (s *Shell) offers(c command) bool { return permitted(c.roles, s.role()) }

// May tells whether the role may do a command, by its id.
func (s *Shell) May(id string) bool {
	for _, m := range menus() {
		for _, c := range m.commands {
			if c.id == id {
				return s.offers(c)
			}
		}
	}
	return false
}

// can tells whether a command has its place now.
func (s *Shell) can(place where) bool {
	switch place {
	case opened:
		return s.desk != nil
	case inUse:
		return s.desk != nil || s.sealing != nil
	case asleep:
		_, ok := s.room.(*lock.Screen)
		return ok
	case inForm:
		return s.form() != nil
	case inHinted:
		_, ok := s.room.(revealer)
		return ok || s.form() != nil
	case inMaker:
		m, ok := s.room.(maker)
		return ok && m.Makes()
	case inRoom:
		_, ok := s.room.(confirmer)
		now, tells := s.room.(confirms)
		return ok && (!tells || now.Confirms())
	case inPerson:
		_, ok := s.room.(*person.Screen)
		return ok
	case inLoop:
		return s.loop() != nil
	case demoable:
		return s.trial != nil && !s.inDemo()
	case inDemo:
		return s.inDemo()
	case onPaper:
		_, ok := s.room.(printer)
		return ok && s.desk != nil
	case undoable:
		return s.undo != nil || s.form() != nil
	default:
		return true
	}
}

// overDialogs are the commands that nothing may hold up.
var overDialogs = []string{"lock", "quit"}

// run does a command, unless it has no place now or a dialog waits for its
// answer: menu shortcuts arrive even then.
func (s *Shell) run(c command) {
	if !s.can(c.where) || !s.offers(c) {
		return
	}
	if s.modals.Open() {
		if !slices.Contains(overDialogs, c.id) {
			return
		}
		for s.modals.Open() {
			s.modals.Dismiss()
		}
	}
	c.do(s)
}
