package tour

import (
	"solidaren/ui/kit/page"
	"solidaren/ui/model"
	"solidaren/ui/words"
)

// Prints reports whether a tour is out: it alone is printed.
func (s *Screen) Prints() bool { return s.built && s.out && s.model.Current != nil }

// Printout is the tour that is out: what it is, and what was written on it.
func (s *Screen) Printout() model.Printout {
	tour := s.model.Current
	since := model.When(tour.Time("start"), s.model.Clock(), s.model.Lang())
	night := model.PrintPart{Title: words.T("tour.tonight")}
	for _, line := range s.model.Outing.Lines {
		shown := s.writtenLine(line)
		night.Lines = append(night.Lines, model.PrintLine{Label: shown.Side, Text: page.Joined(shown.Title, shown.Detail)})
	}
	return model.Printout{
		Title: s.Title(), Lead: words.T("tour.out", page.Joined(tour.Get("team"), tour.Get("sector")), since) + "\n" + s.summary(),
		Parts: []model.PrintPart{night}, Personal: true, Target: tour.ID, Count: len(s.model.Outing.Lines),
	}
}
