package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
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
		kit.Inset(look.Gap, container.NewBorder(nil, nil, s.place, s.sync, s.said)))
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
