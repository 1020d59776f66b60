package person

import (
	"solidaren/diagnostics/paper"
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
	about := paper.DossierEntry{}
	add := func(text string) { about.Lines = append(about.Lines, paper.DossierLine{Text: text}) }
	if sum.Wish != "" {
		add(words.T("sheet.wish", sum.Wish, sum.WishOn))
	}
	add(shares(sum.Shares, sum.Refuses))
	add(words.T("sheet.until", sum.Until))
	events := paper.DossierEntry{}
	for i := range s.model.Events {
		line := s.line(i)
		events.Lines = append(events.Lines, paper.DossierLine{Label: line.Side, Text: line.Title + " : " + line.Detail})
	}
	time := paper.Section{Title: words.T("sheet.timeline"), Intro: s.counts.Text}
	if len(events.Lines) > 0 {
		time.Entries = []paper.DossierEntry{events}
	}
	return model.Printout{
		Title: words.T("sheet.title") + " " + s.model.Card.Get("code"), Lead: words.T("print.lead.person"),
		Sections: []paper.Section{{Title: words.T("print.about"), Entries: []paper.DossierEntry{about}}, time},
		Personal: true, Target: s.model.ID, Count: 1 + len(s.model.Events),
	}
}
