package record

import (
	"solidaren/ui/kit/page"
	"solidaren/ui/model"
	"solidaren/ui/words"
)

// Prints reports whether the record is there.
func (s *Screen) Prints() bool { return s.model.Finished.ID != "" }

// Printout is the record as it is shown, section by section.
func (s *Screen) Printout() model.Printout {
	m := s.model
	out := model.Printout{
		Title: page.FormName(m.Forms, m.Finished.Get("form_id")), Lead: words.T("record.where", m.When, m.Place),
		Personal: true, Target: m.ID, Count: 1,
	}
	part := model.PrintPart{Title: words.T("record.title")}
	end := func() {
		if len(part.Lines) > 0 {
			out.Parts = append(out.Parts, part)
		}
	}
	for _, line := range m.Lines {
		switch {
		case line.Heading && line.Level == 0:
			end()
			part = model.PrintPart{Title: line.Label}
		case line.Heading:
			part.Lines = append(part.Lines, model.PrintLine{Title: line.Label})
		default:
			part.Lines = append(part.Lines, model.PrintLine{Label: line.Label, Text: line.Answer})
		}
	}
	end()
	return out
}
