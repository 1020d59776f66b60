package rights

import (
	"fyne.io/fyne/v2"

	"solidaren/diagnostics"
	"solidaren/ui/kit"
	"solidaren/ui/kit/page"
	look "solidaren/ui/kit/theme"
	"solidaren/ui/model"
	"solidaren/ui/words"
)

// openDue asks what is to be done about a file that is about to be erased.
func (s *Screen) openDue(r model.DueRow) {
	archive := kit.Action{Text: words.T("rights.archive"), Do: func() { s.askArchive(r, "", words.Date(s.model.ArchiveUntil()), "") }}
	if r.Archived {
		archive = kit.Action{Text: words.T("rights.unarchive"), Do: func() {
			s.model.Archive(r.ID, model.Archive{}, func(undo func()) { s.window.Undoable(words.T("rights.unarchive.done", r.Code), undo) })
		}}
	}
	s.window.Show(kit.Dialog{
		Title: r.Code, Content: kit.Text(words.T("rights.due.text", r.On)), Wide: true,
		Buttons: []kit.Action{
			{Text: words.T("kit.cancel")},
			archive,
			{Text: words.T("record.person"), Default: true, Do: func() { s.window.OpenPerson(r.ID) }},
		},
	})
}

// askArchive asks until when, why and for whom a file is kept.
func (s *Screen) askArchive(r model.DueRow, reason, until, fault string) {
	rights := ""
	why, day := kit.NewNotes(2), kit.NewEntry("")
	why.Limit = 300
	why.Put(reason)
	day.Put(until)
	day.SelectAll = true
	var options []kit.Option
	for _, c := range diagnostics.Codes(diagnostics.ListArchiveRights) {
		options = append(options, kit.Option{Value: c.Code, Label: c.In(words.Language())})
	}
	who := kit.NewChoice(kit.ChoiceOptions{Options: page.Keyed(options...), Columns: 1, OnAnswer: func(chosen []string, _ bool) {
		rights = ""
		if len(chosen) == 1 {
			rights = chosen[0]
		}
	}})
	problem := kit.FaultLine()
	if fault != "" {
		kit.ShowFault(problem, fault)
	}
	archive := func() {
		end, err := model.ParseDay(day.Text)
		if err != nil {
			s.askArchive(r, why.Text, day.Text, diagnostics.Sentence(err, words.Language()))
			return
		}
		s.model.Archive(r.ID, model.Archive{Until: end, Reason: why.Text, Rights: rights}, func(undo func()) {
			s.window.Undoable(words.T("rights.archive.done", r.Code), undo)
		})
	}
	s.window.Show(kit.Dialog{
		Title: words.T("rights.archive.title", r.Code), First: why, Wide: true,
		Content: kit.VStack(look.Gap, []fyne.CanvasObject{
			page.Field(words.T("rights.archive.why"), "", why), page.Field(words.T("rights.archive.until"), "", kit.Chars(14, day)),
			page.Field(words.T("rights.archive.who"), "", who), problem,
		}...),
		Buttons: []kit.Action{{Text: words.T("kit.cancel"), Default: true}, {Text: words.T("rights.archive"), Do: archive}},
	})
}
