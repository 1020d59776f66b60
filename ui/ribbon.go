package ui

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"solidaren/diagnostics"
	"solidaren/ui/kit"
	"solidaren/ui/kit/page"
	look "solidaren/ui/kit/theme"
	"solidaren/ui/words"
)

// A ribbon says on every screen what the notebook is not for. It takes one line
// of the window's height: what does not fit beside its words is one key away.

// demoRibbon says that what is shown is made up, lets the role be changed and
// the demo be erased. The narrower the window and the larger the text, the more
// of it moves behind one button.
func (s *Shell) demoRibbon() fyne.CanvasObject {
	says := func() fyne.CanvasObject { return kit.Strong(words.T("demo.ribbon")) }
	ends := func() []fyne.CanvasObject {
		return []fyne.CanvasObject{
			kit.NewButton(words.T("demo.tries"), s.showTries), kit.NewButton(words.T("demo.leave"), s.Lock),
			kit.NewButton(words.T("demo.erase"), s.eraseDemo),
		}
	}
	all := []fyne.CanvasObject{says()}
	for _, role := range demoRoles {
		button := kit.NewButton(words.T(roleNames[role]), func() { s.playAs(role) }).As(kit.Quiet)
		button.SetCurrent(role == s.desk.Role())
		all = append(all, button)
	}
	role := kit.NewButton(words.T("demo.role", words.T(roleNames[s.desk.Role()])), s.askDemo)
	return ribbon(
		page.Flow(append(all, ends()...)...),
		page.Flow(append([]fyne.CanvasObject{says(), role}, ends()...)...),
		page.Flow(says(), kit.NewButton(words.T("demo.more"), s.askDemo)))
}

// askDemo asks whom to play, or what else to do with the demo.
func (s *Shell) askDemo() {
	var options []kit.Option
	for _, role := range demoRoles {
		options = append(options, kit.Option{Value: string(role), Label: words.T(roleNames[role])})
	}
	does := []struct {
		label string
		do    func()
	}{{"cmd.demo.tries", s.showTries}, {"cmd.demo.leave", s.Lock}, {"cmd.demo.erase", s.eraseDemo}}
	for _, d := range does {
		options = append(options, kit.Option{Value: d.label, Label: words.T(d.label)})
	}
	choice := kit.NewChoice(kit.ChoiceOptions{
		Options: page.Keyed(options...), Selected: []string{string(s.desk.Role())}, Columns: 1,
		OnAnswer: func(chosen []string, _ bool) {
			s.modals.Dismiss()
			if len(chosen) == 0 { // the role that is played already
				return
			}
			for _, d := range does {
				if d.label == chosen[0] {
					d.do()
					return
				}
			}
			s.playAs(diagnostics.Role(chosen[0]))
		},
	})
	s.Show(kit.Dialog{
		Title: words.T("demo.more"), Content: choice, First: choice,
		Buttons: []kit.Action{{Text: words.T("kit.close")}},
	})
}

// ribbon shows the first of its rows that fits on one line; the last one wraps.
func ribbon(rows ...fyne.CanvasObject) fyne.CanvasObject {
	return container.NewBorder(nil, widget.NewSeparator(), nil, nil, kit.Inset(look.RingWidth, container.New(&folding{}, rows...)))
}

// folding knows the width that it was given. It leaves a gap at both ends.
type folding struct{ width float32 }

// row is the one that is shown.
func (f *folding) row(rows []fyne.CanvasObject) fyne.CanvasObject {
	i := slices.IndexFunc(rows, func(row fyne.CanvasObject) bool { return kit.OnOneLine(row, f.width) })
	if i < 0 {
		i = len(rows) - 1
	}
	for j, row := range rows {
		if j == i {
			row.Show()
		} else {
			row.Hide()
		}
	}
	return rows[i]
}

// MinSize is that of the row that is shown, and as narrow as the last one.
func (f *folding) MinSize(rows []fyne.CanvasObject) fyne.Size {
	height := f.row(rows).MinSize().Height
	return fyne.NewSize(rows[len(rows)-1].MinSize().Width+2*theme.Size(look.Gap), height)
}

// Layout gives the row all the width.
func (f *folding) Layout(rows []fyne.CanvasObject, size fyne.Size) {
	gap := theme.Size(look.Gap)
	f.width = size.Width - 2*gap
	row := f.row(rows)
	row.Resize(fyne.NewSize(f.width, size.Height))
	row.Move(fyne.NewPos(gap, 0))
}
