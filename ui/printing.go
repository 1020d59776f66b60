package ui

import (
	"solidaren/diagnostics"
	"solidaren/ui/kit"
	"solidaren/ui/kit/page"
	look "solidaren/ui/kit/theme"
	"solidaren/ui/model"
	"solidaren/ui/words"
)

// printer is a room that can be printed (Ctrl+P).
type printer interface {
	Prints() bool // it shows something that may be printed, now
	Printout() model.Printout
}

// print makes the room in front a document. For what is about persons it asks
// why first, and says what paper is.
func (s *Shell) print() {
	room := s.room.(printer)
	if !room.Prints() {
		s.Say(words.T("print.nothing"))
		return
	}
	out := room.Printout()
	if !out.Personal {
		s.desk.Print(out, "", s.printed)
		return
	}
	var options []kit.Option
	for _, code := range model.RevealPurposes() {
		options = append(options, kit.Option{Value: code, Label: diagnostics.Label(diagnostics.ListPurpose, code, words.Language())})
	}
	why := kit.NewChoice(kit.ChoiceOptions{
		Options: page.Keyed(options...), Columns: 1,
		OnAnswer: func(chosen []string, _ bool) {
			if len(chosen) == 1 {
				s.modals.Dismiss()
				s.desk.Print(out, chosen[0], s.printed)
			}
		},
	})
	s.Show(kit.Dialog{
		Title: words.T("print.title", out.Title), First: why, Wide: true,
		Content: kit.VStack(look.Gap, kit.Text(words.T("print.warning")), page.Field(words.T("print.why"), words.T("print.why.hint"), why)),
		Buttons: []kit.Action{{Text: words.T("kit.cancel"), Default: true}},
	})
}

// printed says where the document is, and opens it in the program of the system
// that prints it.
func (s *Shell) printed(file string, err error) {
	if err != nil {
		s.Fail("print", err)
		return
	}
	stays := "print.file.traces"
	if _, inMemory := model.Fleeting(); inMemory {
		stays = "print.file.memory"
	}
	s.Show(kit.Dialog{
		Title: words.T("print.ready"), Wide: true,
		Content: kit.VStack(look.Gap, kit.Text(file), kit.Muted(words.T(stays))),
		Buttons: []kit.Action{
			{Text: words.T("print.open"), Default: true, Do: func() {
				if err := s.Open(file); err != nil {
					s.Say(words.T("security.sheet.not_opened"))
				}
			}},
			{Text: words.T("print.erase"), Do: func() {
				if err := s.desk.Unprint(file); err != nil {
					s.Say(words.T("print.stays"))
					return
				}
				s.Say(words.T("print.erased"))
			}},
			{Text: words.T("kit.close")},
		},
	})
}
