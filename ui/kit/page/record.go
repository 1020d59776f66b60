package page

import (
	"strings"

	"solidaren/ui/kit"
	"solidaren/ui/model"
	"solidaren/ui/words"
)

// RecordLine shows one finished record in a list: what, where and who, when,
// and whether it was sent.
func RecordLine(forms *model.Catalogue, row model.RecordRow) kit.Line {
	title := []string{FormName(forms, row.FormID)}
	if row.Correction {
		title = append(title, words.T("record.correction"))
	}
	var detail []string
	for _, part := range []string{row.Place, row.Person} {
		if part != "" {
			detail = append(detail, part)
		}
	}
	if row.Needs > 0 {
		detail = append(detail, words.T("record.needs", row.Needs))
	}
	if row.Corrected {
		detail = append(detail, words.T("record.corrected"))
	}
	line := kit.Line{Title: strings.Join(title, " · "), Detail: strings.Join(detail, " · "), Side: row.When, Mark: "↑"}
	if row.Sent {
		line.Mark = "✓"
	}
	return line
}

// DraftLine shows one draft in a list.
func DraftLine(forms *model.Catalogue, row model.DraftRow) kit.Line {
	title := FormName(forms, row.FormID)
	if row.Correction {
		title += " · " + words.T("record.correction")
	}
	return kit.Line{Title: title, Detail: words.T("draft.answers", row.Answered), Side: row.When, Mark: "◐"}
}
