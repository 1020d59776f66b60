package ui

import (
	"image/color"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"solidaren/ui/kit"
	kitform "solidaren/ui/kit/form"
	look "solidaren/ui/kit/theme"
	"solidaren/ui/model"
	"solidaren/ui/screen/help"
	"solidaren/ui/words"
)

// keyed is a room that has keys of its own.
type keyed interface{ Bindings() kit.Bindings }

// chooser is a room in which answers are chosen by their digits, now.
type chooser interface{ Chooses() bool }

// lines are keys as the help shows them.
func lines(group string, bindings kit.Bindings) []model.HelpLine {
	var all []model.HelpLine
	for _, b := range bindings {
		all = append(all, model.HelpLine{Group: group, What: words.T(b.Label), Keys: showKeyList(b.Keys), Also: words.Both(b.Label)})
	}
	return all
}

// showKeyList writes several keys that do one thing: "1–9", "↑ ↓".
func showKeyList(keys []string) string {
	if len(keys) > 4 {
		return showKeys(keys[0]) + "–" + showKeys(keys[len(keys)-1])
	}
	shown := make([]string, len(keys))
	for i, key := range keys {
		shown[i] = showKeys(key)
	}
	return strings.Join(shown, " ")
}

// commandLines are the keys of the menus that the role may use; usable: of those,
// the ones that do something now.
func (s *Shell) commandLines(usable bool) []model.HelpLine {
	var all []model.HelpLine
	for _, m := range s.menus() {
		for _, c := range m.commands {
			if c.keys == "" || !s.offers(c) || c.where == inDemo && !s.inDemo() || usable && !s.can(c.where) {
				continue
			}
			all = append(all, model.HelpLine{Group: words.T(m.label), What: words.T(c.label), Keys: showKeys(c.keys), Also: words.Both(c.label)})
		}
	}
	return all
}

// own are the keys that the room in front has by itself.
func (s *Shell) own() kit.Bindings {
	if k, ok := s.room.(keyed); ok {
		return k.Bindings()
	}
	return nil
}

// general are the keys of the widgets that the room in front is made of.
func (s *Shell) general() kit.Bindings {
	c, ok := s.room.(chooser)
	switch {
	case s.form() != nil:
		return slices.Concat(kit.General, kit.Answers, kit.Unsaid)
	case ok && c.Chooses():
		return slices.Concat(kit.General, kit.Answers)
	}
	return kit.General
}

// here are the keys of the room in front, its own first.
func (s *Shell) here() []model.HelpLine {
	return slices.Concat(lines(s.room.Title(), s.own()), lines(words.T("help.general"), s.general()), s.commandLines(true))
}

// everywhere are the keys of all places that the role may go to, of forms, and of
// the menus: each from the table that binds it.
func (s *Shell) everywhere() []model.HelpLine {
	all := lines(words.T("help.general"), slices.Concat(kit.General, kit.Answers, kit.Unsaid))
	for _, p := range places {
		if !permitted(p.roles, s.role()) || p.name == roomHelp {
			continue
		}
		r := s.fixed[p.name]
		if r == nil {
			r = p.build(s)
			defer r.Close()
		}
		if k, ok := r.(keyed); ok {
			all = append(all, lines(words.T(p.label), k.Bindings())...)
		}
	}
	all = append(all, lines(words.T("help.form"), kitform.Bindings())...)
	return append(all, s.commandLines(false)...)
}

// showKeysHere lists the keys of the room in front.
func (s *Shell) showKeysHere() {
	view := help.NewList(model.NewHelp(s.clock, s.here()))
	least := canvas.NewRectangle(color.Transparent)
	least.SetMinSize(fyne.NewSize(640, 400))
	buttons := []kit.Action{{Text: words.T("kit.close"), Default: true}}
	if s.desk != nil && s.name != roomHelp {
		buttons = append(buttons, kit.Action{Text: words.T("help.all"), Do: func() { s.Go(roomHelp) }})
	}
	s.modals.Show(kit.Dialog{
		Title: words.T("cmd.keys"), Content: container.NewStack(least, view.Object), First: view.Entry, Wide: true, Buttons: buttons,
	})
}

// showAbout says what the program is.
func (s *Shell) showAbout() {
	content := kit.VStack(look.Gap, kit.Text(words.T("about.what")), kit.Text(words.T("about.privacy")), kit.Muted(words.T("about.licence")))
	s.modals.Show(kit.Dialog{
		Title: words.T("cmd.about"), Content: content,
		Buttons: []kit.Action{{Text: words.T("kit.close"), Default: true}},
	})
}
