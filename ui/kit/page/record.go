package page

import (
	"slices"
	"strings"

	"solidaren/ui/kit"
	"solidaren/ui/model"
	"solidaren/ui/words"
)

// RecordLine shows one finished record in a list: what, where and who, when,
// and whether it was sent.
func RecordLine(forms *model.Catalogue, row model.RecordRow) kit.Line {
	title := FormName(forms, row.FormID)
	if row.Correction {
		title += " · " + words.T("record.correction")
	}
	needs, corrected := "", ""
	if row.Needs > 0 {
		needs = words.T("record.needs", row.Needs)
	}
	if row.Corrected {
		corrected = words.T("record.corrected")
	}
	if row.Withdrawn {
		corrected = words.T("record.withdrawn")
	}
	line := kit.Line{Title: title, Detail: Joined(row.Person, needs, corrected, row.Place), Side: row.When, Mark: "↑"}
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
	percent := ""
	if row.Percent > 0 {
		percent = words.T("interviews.percent", row.Percent)
	}
	return kit.Line{Title: title, Detail: Joined(row.Code, words.T("draft.answers", row.Answered), percent), Side: row.When, Mark: "◐"}
}

// Joined writes the parts that are not empty in one line.
func Joined(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), " · ")
}

// Waiting says how many records wait to be sent.
func Waiting(unsent int) string {
	if unsent == 0 {
		return words.T("send.nothing")
	}
	return words.T("send.waiting", unsent)
}

// FollowLine shows a next step or a referral in a list.
func FollowLine(row model.FollowRow) kit.Line {
	title := row.What
	switch {
	case row.Referral:
		title = words.T("follows.referral", row.What)
	case title == "":
		title = words.T("follows.step")
	}
	line := kit.Line{Title: title, Detail: Joined(row.Code, row.State), Side: row.Due, Mark: "○"}
	if row.Due == "" {
		line.Side = words.T("follows.undated")
	}
	if row.Late > 0 {
		line.Detail = Joined(row.Code, words.T("follows.late", row.Late))
		line.Mark, line.Importance = "!", kit.Danger
	}
	return line
}
