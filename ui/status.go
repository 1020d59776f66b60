package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"solidaren/ui/kit"
	"solidaren/ui/kit/page"
	look "solidaren/ui/kit/theme"
	"solidaren/ui/model"
	"solidaren/ui/words"
)

// status is the line at the bottom: where one works, what was just said, what
// waits to be sent.
type status struct {
	model  *model.Status
	object fyne.CanvasObject

	place, said, sync *kit.Label
}

func newStatus(desk *model.Desk) *status {
	s := &status{model: model.NewStatus(desk), place: kit.Caption("").Whole(), said: kit.Caption("").OneLine(), sync: kit.Caption("").Whole()}
	s.model.OnChange = s.refresh
	s.model.Open()
	s.object = container.NewBorder(widget.NewSeparator(), nil, nil, nil,
		kit.Inset(look.Gap, container.New(ends{}, s.place, s.said, s.sync)))
	return s
}

func (s *status) load()               { s.model.Load() }
func (s *status) close()              { s.model.Close() }
func (s *status) say(sentence string) { s.said.Set(sentence) }

func (s *status) refresh() {
	place := words.T("status.no_tour")
	if s.model.TourSince != "" {
		place = words.T("status.tour", s.model.TourTeam, s.model.TourSince)
	}
	s.place.Set(place)
	sync := page.Waiting(s.model.Counts.Unsent)
	if !s.model.Enrolled {
		sync = words.T("status.alone")
	}
	s.sync.Set(sync)
}

// ends lays three texts on one line: the first and the last as wide as they
// are, the one between them in the room that is left.
type ends struct{}

// MinSize leaves the middle no more than its gaps.
func (ends) MinSize(objects []fyne.CanvasObject) fyne.Size {
	least := fyne.NewSize(2*theme.Size(look.Section), 0)
	for _, o := range objects {
		least.Height = max(least.Height, o.MinSize().Height)
	}
	least.Width += objects[0].MinSize().Width + objects[2].MinSize().Width
	return least
}

// Layout places them.
func (ends) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	gap := theme.Size(look.Section)
	left, right := objects[0].MinSize().Width, objects[2].MinSize().Width
	for i, at := range []struct{ x, width float32 }{{0, left}, {left + gap, size.Width - left - right - 2*gap}, {size.Width - right, right}} {
		height := objects[i].MinSize().Height
		objects[i].Move(fyne.NewPos(at.x, (size.Height-height)/2))
		objects[i].Resize(fyne.NewSize(max(0, at.width), height))
	}
}
