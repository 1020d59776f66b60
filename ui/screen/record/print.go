package record

import (
	"solidaren/diagnostics/paper"
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
	section := paper.Section{Title: words.T("record.title")}
	end := func() {
		if len(section.Entries) > 0 {
			out.Sections = append(out.Sections, section)
		}
	}
	for _, line := range m.Lines {
		switch {
		case line.Heading && line.Level == 0:
			end()
			section = paper.Section{Title: line.Label}
		case line.Heading:
			section.Entries = append(section.Entries, paper.DossierEntry{Title: line.Label})
		default:
			if len(section.Entries) == 0 {
				section.Entries = append(section.Entries, paper.DossierEntry{})
			}
			last := &section.Entries[len(section.Entries)-1]
			last.Lines = append(last.Lines, paper.DossierLine{Label: line.Label, Text: line.Answer})
		}
	}
	end()
	return out
}
