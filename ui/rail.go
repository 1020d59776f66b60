package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"solidaren/ui/kit"
	look "solidaren/ui/kit/theme"
	"solidaren/ui/model"
	"solidaren/ui/words"
)

// rail is the list of places on the left: with their names, or signs alone
// where the window is narrow.
type rail struct {
	object *fyne.Container
	items  map[string]*kit.RailItem
	narrow bool
}

// newRail lists the places that the role may go to.
func newRail(s *Shell) *rail {
	r := &rail{items: map[string]*kit.RailItem{}}
	var all []fyne.CanvasObject
	for _, p := range places {
		if p.sign == "" || !permitted(p.roles, s.role()) {
			continue
		}
		item := kit.NewRailItem(p.sign, words.T(s.labelOf(p)), p.digit, func() { s.Go(p.name) })
		item.OnHover = func(in bool) {
			switch {
			case !r.narrow:
			case in:
				s.Say(item.Name)
			default:
				s.Say("")
			}
		}
		r.items[p.name] = item
		all = append(all, item)
	}
	r.object = container.NewBorder(nil, nil, nil, widget.NewSeparator(),
		kit.Inset(look.Gap, kit.NewScroll(container.New(stacked{}, all...))))
	return r
}

// stacked puts the items under each other, as close as their rings allow.
type stacked struct{}

// MinSize holds them all.
func (stacked) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.Size{}
	for _, o := range objects {
		least := o.MinSize()
		size = fyne.NewSize(max(size.Width, least.Width), size.Height+least.Height)
	}
	return size
}

// Layout places them.
func (stacked) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	y := float32(0)
	for _, o := range objects {
		height := o.MinSize().Height
		o.Move(fyne.NewPos(0, y))
		o.Resize(fyne.NewSize(size.Width, height))
		y += height
	}
}

// has tells whether something is an item of the rail.
func (r *rail) has(o fyne.Focusable) bool {
	for _, item := range r.items {
		if fyne.Focusable(item) == o {
			return true
		}
	}
	return false
}

// show marks the place in front, and what waits where.
func (r *rail) show(name string, status *model.Status) {
	for other, item := range r.items {
		waiting := 0
		if p, _ := lookupPlace(other); p.waiting != nil {
			waiting = p.waiting(status)
		}
		item.Mark(other == name, waiting)
	}
}

// setNarrow shows signs alone, or signs and names.
func (r *rail) setNarrow(narrow bool) {
	r.narrow = narrow
	for _, item := range r.items {
		item.SetNarrow(narrow)
	}
}

// Widths at text size 1: of the wide rail inside its edges, of the narrow one,
// and of the window below which the rail is narrow.
const (
	railWide   = 192
	railNarrow = 62
	frameWide  = 1180
	textSize   = 16
)

// frameLayout puts the rail left of the room, over the line at the bottom.
type frameLayout struct{ rail *rail }

// Layout places rail, room and line, and chooses the form of the rail.
func (l *frameLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	left, room, line := objects[0], objects[1], objects[2]
	scale := theme.TextSize() / textSize
	narrow := size.Width+2*theme.Padding() < frameWide*scale // the window pads its content
	if narrow != l.rail.narrow {
		l.rail.setNarrow(narrow)
	}
	width := railWide * scale
	if narrow {
		width = railNarrow * scale
	}
	width += 2*theme.Size(look.Gap) + theme.Size(theme.SizeNameSeparatorThickness) + theme.Padding()
	foot := line.MinSize().Height
	left.Move(fyne.Position{})
	left.Resize(fyne.NewSize(width, size.Height-foot))
	room.Move(fyne.NewPos(width, 0))
	room.Resize(fyne.NewSize(size.Width-width, size.Height-foot))
	line.Move(fyne.NewPos(0, size.Height-foot))
	line.Resize(fyne.NewSize(size.Width, foot))
}

// MinSize leaves room for the narrow rail.
func (l *frameLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	room, line := objects[1].MinSize(), objects[2].MinSize()
	width := railNarrow*theme.TextSize()/textSize + 3*theme.Size(look.Gap)
	return fyne.NewSize(max(width+room.Width, line.Width), room.Height+line.Height)
}
