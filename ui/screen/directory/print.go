package directory

import (
	"solidaren/ui/model"
	"solidaren/ui/words"
)

// Prints reports whether an action is under the highlight.
func (s *Screen) Prints() bool {
	return s.list != nil && s.model.Sheet(s.list.Highlighted()).Title != ""
}

// Printout is the action under the highlight, to be handed to somebody: without
// the team's own remark, which is not for them, and without what is open just now.
func (s *Screen) Printout() model.Printout {
	sheet := s.model.Sheet(s.list.Highlighted())
	part := model.PrintPart{Title: words.T("nav.directory")}
	for _, line := range sheet.Lines {
		switch line.Label {
		case words.T("field.remark"):
			continue
		case words.T("field.opening_hours"): // paper does not know what is open when it is read
			line.Answer = sheet.Hours
		}
		if line.Answer != "" {
			part.Lines = append(part.Lines, model.PrintLine{Label: line.Label, Text: line.Answer})
		}
	}
	return model.Printout{Title: sheet.Title, Lead: sheet.Actor, Parts: []model.PrintPart{part}}
}
