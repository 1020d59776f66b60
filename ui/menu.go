package ui

import (
	"slices"

	"fyne.io/fyne/v2"

	"solidaren/ui/words"
)

// mainMenu builds the menu in the present language.
func (s *Shell) mainMenu() *fyne.MainMenu {
	s.items = map[*fyne.MenuItem]where{}
	var all []*fyne.Menu
	for _, m := range menus() {
		var items []*fyne.MenuItem
		for _, c := range m.commands {
			item := fyne.NewMenuItem(words.T(c.label), func() { s.run(c) })
			item.IsQuit = c.id == "quit"
			if c.keys != "" {
				item.Shortcut = shortcut(c.keys)
			}
			s.items[item] = c.where
			items = append(items, item)
		}
		all = append(all, fyne.NewMenu(words.T(m.label), items...))
	}
	return fyne.NewMainMenu(all...)
}

// enable shows which commands can be used now.
func (s *Shell) enable() {
	for item, place := range s.items {
		item.Disabled = !s.can(place)
	}
	s.menu.Refresh()
}

// can tells whether a command has its place now.
func (s *Shell) can(place where) bool {
	switch place {
	case opened:
		return s.desk != nil
	case inForm:
		return s.form() != nil
	case inRoom:
		_, ok := s.room.(confirmer)
		return ok
	default:
		return true
	}
}

// overDialogs are the commands that nothing may hold up.
var overDialogs = []string{"lock", "quit"}

// run does a command, unless it has no place now or a dialog waits for its
// answer: menu shortcuts arrive even then.
func (s *Shell) run(c command) {
	if !s.can(c.where) {
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
