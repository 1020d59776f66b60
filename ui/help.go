package ui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"solidaren/ui/kit"
	"solidaren/ui/kit/page"
	look "solidaren/ui/kit/theme"
	"solidaren/ui/words"
)

// showShortcuts lists every key of the window, from the table that binds them.
func (s *Shell) showShortcuts() {
	var lines []kit.Line
	for _, m := range menus() {
		for _, c := range m.commands {
			if c.keys != "" {
				lines = append(lines, kit.Line{Title: words.T(c.label), Detail: words.T(m.label), Side: showKeys(c.keys)})
			}
		}
	}
	list := kit.NewList(kit.ListOptions{
		Length: func() int { return len(lines) },
		Line:   func(i int) kit.Line { return lines[i] },
	})
	s.tell(words.T("cmd.keys"), page.Above(kit.Muted(words.T("help.form.keys")), list), list)
}

// showAbout says what the program is.
func (s *Shell) showAbout() {
	s.tell(words.T("cmd.about"), kit.VStack(look.Gap, kit.Text(words.T("about.what")), kit.Text(words.T("about.privacy")),
		kit.Muted(words.T("about.licence"))), nil)
}

// tell shows something to read in a dialog; first, if any, takes the keys.
func (s *Shell) tell(title string, content fyne.CanvasObject, first fyne.Focusable) {
	least := canvas.NewRectangle(color.Transparent)
	least.SetMinSize(fyne.NewSize(640, 400))
	s.modals.Show(kit.Dialog{
		Title: title, Content: container.NewStack(least, content), First: first,
		Wide: true, Buttons: []kit.Action{{Text: words.T("kit.close"), Default: true}},
	})
}
