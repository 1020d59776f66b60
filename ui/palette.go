package ui

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2/theme"

	"solidaren/ui/kit"
	look "solidaren/ui/kit/theme"
	"solidaren/ui/model"
	"solidaren/ui/words"
)

// paletteLines is how many lines the palette has, where the window is high
// enough for them.
const (
	paletteLines = 8
	paletteLeast = 3
)

// openPalette finds a command or a person by a few letters.
func (s *Shell) openPalette() {
	lines := int((s.window.Canvas().Size().Height - 12*theme.TextSize()) / (kit.FinderLine() + theme.Size(look.RingWidth)))
	lines = max(min(lines, paletteLines), paletteLeast)
	m := model.NewPalette(s.desk, s.paletteCommands(), s.settings.Recent(), lines)
	m.Persons, m.Actors = s.leadsTo(roomPersons), s.leadsTo(roomDirectory)
	said := []string{words.T("palette.escape")}
	if m.Actors {
		said = append([]string{words.T("palette.who")}, said...)
	}
	if m.Persons {
		said = append([]string{words.T("palette.person")}, said...)
	}
	m.Failing(s.Fail)
	m.Open()
	finder := kit.NewFinder(lines, words.T("palette.placeholder"), words.T("palette.none"), m.Search)
	m.OnChange = func() { finder.Fill(paletteFound(m.Rows)) }
	finder.OnTake = func(i int) {
		row := m.Rows[i]
		s.modals.Dismiss()
		s.take(row)
	}
	s.modals.Show(kit.Dialog{
		Title: words.T("cmd.palette"), First: finder.Entry, Wide: true, OnDismiss: m.Close,
		Content: kit.VStack(look.Gap, finder, kit.Caption(strings.Join(said, " "))),
	})
	m.Search("")
}

// leadsTo tells whether a notebook is open whose holder may go to a place.
func (s *Shell) leadsTo(name string) bool {
	p, ok := lookupPlace(name)
	return ok && s.desk != nil && permitted(p.roles, s.role())
}

// paletteFound shows the rows of the model.
func paletteFound(rows []model.PaletteRow) []kit.Found {
	found := make([]kit.Found, len(rows))
	for i, row := range rows {
		found[i] = kit.Found{Title: row.Title, Detail: row.Detail, Keys: row.Keys}
		if row.Reason != "" {
			found[i].Detail, found[i].Dim = row.Reason, true
		}
	}
	return found
}

// take does what a line of the palette stands for.
func (s *Shell) take(row model.PaletteRow) {
	if row.Person != "" {
		s.OpenPerson(row.Person)
		return
	}
	if row.Action != "" {
		s.OpenAction(row.Action)
		return
	}
	for _, m := range s.menus() {
		for _, c := range m.commands {
			if c.id == row.Command {
				s.settings.Use(c.id)
				s.run(c)
			}
		}
	}
}

// paletteCommands are the commands that the role may do, those that lead
// somewhere first, those that close something last. The palette itself is open
// already.
func (s *Shell) paletteCommands() []model.PaletteCommand {
	all := s.menus()
	order := func(m menu) int { return slices.Index(paletteOrder, m.label) }
	slices.SortStableFunc(all, func(a, b menu) int { return order(a) - order(b) })
	var commands []model.PaletteCommand
	for _, m := range all {
		for _, c := range m.commands {
			if c.id == "palette" || !s.offers(c) || c.where == inDemo && !s.inDemo() {
				continue
			}
			found := model.PaletteCommand{ID: c.id, Title: words.T(c.label), Keys: showKeys(c.keys), Also: words.Both(c.label)}
			if !s.can(c.where) {
				found.Reason = words.T(reasons[c.where])
			}
			commands = append(commands, found)
		}
	}
	return commands
}

// paletteOrder is the order of the menus in the palette.
var paletteOrder = []string{"menu.go", "menu.entry", "menu.edit", "menu.view", "menu.demo", "menu.help", "menu.file"}
