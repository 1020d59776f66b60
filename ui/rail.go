package ui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"solidaren/ui/kit"
	look "solidaren/ui/kit/theme"
	"solidaren/ui/words"
)

// railRooms are the rooms on the left, with the digit of their shortcut.
var railRooms = []struct {
	name  string
	label string // key of its words
	key   string
}{
	{roomToday, "nav.today", "1"},
	{roomTour, "nav.tour", "2"},
	{roomRecords, "nav.records", "3"},
	{roomPersons, "nav.persons", "4"},
	{roomExport, "nav.export", "8"},
	{roomSending, "nav.sending", "0"},
	{roomSettings, "nav.settings", ""},
}

// railWidth is the least width of the rail, its edges left out.
const railWidth = 180

// rail is the list of rooms on the left.
type rail struct {
	object  fyne.CanvasObject
	buttons map[string]*kit.Button
}

func newRail(s *Shell) *rail {
	r := &rail{buttons: map[string]*kit.Button{}}
	var all []fyne.CanvasObject
	for _, entry := range railRooms {
		button := kit.NewButton(words.T(entry.label), func() { s.Go(entry.name) }).As(kit.Quiet)
		button.Leading = true
		if entry.key != "" {
			button.WithKey(entry.key)
		}
		r.buttons[entry.name] = button
		all = append(all, button)
	}
	width := canvas.NewRectangle(color.Transparent)
	width.SetMinSize(fyne.NewSize(railWidth, 0))
	r.object = container.NewBorder(nil, nil, nil, widget.NewSeparator(),
		kit.Inset(look.Gap, container.NewStack(width, kit.VStack(look.Gap, all...))))
	return r
}

// show marks the room in front.
func (r *rail) show(name string) {
	for other, button := range r.buttons {
		button.SetCurrent(other == name)
	}
}
