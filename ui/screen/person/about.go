package person

import (
	"strconv"
	"strings"

	"solidaren/ui/kit"
	"solidaren/ui/kit/page"
	"solidaren/ui/words"
)

// letterKind chooses which events are listed.
const letterKind = "T"

// Bindings are the letters of the timeline.
func (s *Screen) Bindings() kit.Bindings {
	return kit.Bindings{{Keys: []string{letterKind}, Label: "sheet.kinds", Do: func(string) bool { return s.chooseKind() }}}
}

// refreshAbout shows the head of the sheet.
func (s *Screen) refreshAbout() {
	sum := s.model.Summary
	s.about.Objects = nil
	if sum.Wish != "" {
		s.about.Add(kit.Text(words.T("sheet.wish", sum.Wish, sum.WishOn)))
	}
	if sum.Until != "" {
		research := words.T("sheet.research.no")
		if sum.Research {
			research = words.T("sheet.research.yes")
		}
		s.about.Add(kit.Muted(shares(sum.Shares, sum.Refuses) + " " + research))
		s.about.Add(kit.Muted(words.T("sheet.until", sum.Until)))
	}
	s.about.Refresh()
	s.counts.Set("")
	var counts []string
	for _, c := range sum.Counts {
		counts = append(counts, eventName(c.Type)+" "+strconv.Itoa(c.N))
	}
	s.counts.Set(page.Joined(counts...))
	s.kinds.Hidden = len(counts) < 2
	s.kinds.SetText(words.T("sheet.all"))
	if s.model.Kind != "" {
		s.kinds.SetText("✓ " + eventName(s.model.Kind))
	}
}

// chooseKind asks which events are listed.
func (s *Screen) chooseKind() bool {
	if s.kinds.Hidden {
		return false
	}
	options := []kit.Option{{Label: words.T("sheet.all")}}
	for _, c := range s.model.Summary.Counts {
		options = append(options, kit.Option{Value: c.Type, Label: eventName(c.Type) + " " + strconv.Itoa(c.N)})
	}
	choice := kit.NewChoice(kit.ChoiceOptions{
		Options: page.Keyed(options...), Selected: []string{s.model.Kind}, Columns: 2, OnAnswer: func(chosen []string, _ bool) {
			s.window.Modals().Dismiss()
			s.model.Narrow(strings.Join(chosen, ""))
		},
	})
	s.window.Modals().Show(kit.Dialog{
		Title: words.T("sheet.timeline"), First: choice, Content: choice, Wide: true,
		Buttons: []kit.Action{{Text: words.T("kit.close"), Default: true}},
	})
	return true
}

// shares says whom the person lets the team share with.
func shares(with []string, refuses bool) string {
	switch {
	case refuses:
		return words.T("sheet.share.refused")
	case len(with) == 0:
		return words.T("sheet.share.none")
	}
	return words.T("sheet.share", strings.Join(with, ", "))
}
