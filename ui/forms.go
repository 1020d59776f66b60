package ui

import (
	"slices"

	"solidaren/ui/kit/page"
	"solidaren/ui/model"
	"solidaren/ui/screen/questionnaires"
)

// PreviewForm shows a blank form, of which nothing is kept.
func (s *Shell) PreviewForm(m *model.Preview) { s.visit(questionnaires.NewPreview(m, s), "") }

// menus are the commands of the window, with the questionnaires that the team has
// received among those that begin a record; the places are called what the role
// calls them.
func (s *Shell) menus() []menu {
	all := menus()
	for _, m := range all {
		for i, c := range m.commands {
			if p, ok := lookupPlace(c.id); ok {
				m.commands[i].label = s.labelOf(p)
			}
		}
	}
	if s.desk == nil || s.desk.Forms == nil {
		return all
	}
	at := slices.IndexFunc(all, func(m menu) bool { return m.label == "menu.entry" })
	behind := slices.IndexFunc(all[at].commands, func(c command) bool { return c.id == "count" }) + 1
	for _, id := range s.desk.Forms.ReceivedIDs() {
		c := command{formCommand + id, page.FormName(s.desk.Forms, id), "", opened, street, start(id)}
		all[at].commands = slices.Insert(all[at].commands, behind, c)
		behind++
	}
	return all
}

// formCommand begins the names of the commands for questionnaires that were
// received; their labels are titles, not keys of words.
const formCommand = "form:"

// offerForms follows the questionnaires that have come, in the menu and in the
// rooms that list them.
func (s *Shell) offerForms() {
	if ids := s.desk.Forms.ReceivedIDs(); !slices.Equal(ids, s.offeredForms) {
		s.offeredForms = ids
		s.menu = s.mainMenu()
		s.window.SetMainMenu(s.menu)
		s.enable()
		for _, name := range []string{roomToday, roomInterviews, roomRecords} {
			if r := s.fixed[name]; r != nil {
				s.stale[r] = true
			}
		}
	}
}
