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
	there, asks := conditions[place]
	return !asks || there(s)
}

// conditions tell when a command has its place; one that has none always has.
var conditions = map[where]func(*Shell) bool{
	opened: func(s *Shell) bool { return s.desk != nil },
	inUse:  func(s *Shell) bool { return s.desk != nil || s.sealing != nil },
	asleep: inFront[*lock.Screen],
	inForm: func(s *Shell) bool { return s.form() != nil },
	inHinted: func(s *Shell) bool {
		return inFront[revealer](s) || s.form() != nil
	},
	inMaker: func(s *Shell) bool {
		m, ok := s.room.(maker)
		return ok && m.Makes()
	},
	inRoom: func(s *Shell) bool {
		now, tells := s.room.(confirms)
		return inFront[confirmer](s) && (!tells || now.Confirms())
	},
	inPerson: inFront[*person.Screen],
	inLoop:   func(s *Shell) bool { return s.loop() != nil },
	demoable: func(s *Shell) bool { return s.trial != nil && !s.inDemo() },
	inDemo:   (*Shell).inDemo,
	onPaper:  func(s *Shell) bool { return s.desk != nil && inFront[printer](s) },
	undoable: func(s *Shell) bool { return s.undo != nil || s.form() != nil },
}

// inFront reports whether the room in front is one of a kind.
func inFront[T any](s *Shell) bool {
	_, ok := s.room.(T)
	return ok
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
