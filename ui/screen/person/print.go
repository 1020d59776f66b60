package person

import (
	"solidaren/ui/model"
	"solidaren/ui/words"
)

// Prints reports whether the sheet shows anything that may be printed.
func (s *Screen) Prints() bool {
	m := s.model
	return m.Card.ID != "" && !m.Asking && !m.Hidden && m.Shut == nil
}

// Printout is the sheet without what tells who the person is: the code, what the
// person wishes and shares, and the events that are listed.
func (s *Screen) Printout() model.Printout {
	sum := s.model.Summary
	about := model.PrintPart{Title: words.T("print.about")}
	if sum.Wish != "" {
		about.Lines = append(about.Lines, model.PrintLine{Text: words.T("sheet.wish", sum.Wish, sum.WishOn)})
	}
	about.Lines = append(about.Lines,
		model.PrintLine{Text: shares(sum.Shares, sum.Refuses)}, model.PrintLine{Text: words.T("sheet.until", sum.Until)})
	time := model.PrintPart{Title: words.T("sheet.timeline"), Intro: s.counts.Text}
	for i := range s.model.Events {
		line := s.line(i)
		time.Lines = append(time.Lines, model.PrintLine{Label: line.Side, Text: line.Title + " : " + line.Detail})
	}
	return model.Printout{
		Title: words.T("sheet.title") + " " + s.model.Card.Get("code"), Lead: words.T("print.lead.person"),
		Parts: []model.PrintPart{about, time}, Personal: true, Target: s.model.ID, Count: 1 + len(s.model.Events),
	}
}
