package person

import (
	"fyne.io/fyne/v2"

	"solidaren/diagnostics"
	"solidaren/ui/kit"
	"solidaren/ui/kit/page"
	"solidaren/ui/model"
	"solidaren/ui/words"
)

// asking asks for which purpose the file is opened, before anything of it is
// shown.
func (s *Screen) asking() fyne.CanvasObject {
	var options []kit.Option
	for _, code := range model.RevealPurposes() {
		options = append(options, kit.Option{Value: code, Label: diagnostics.Label(diagnostics.ListPurpose, code, words.Language())})
	}
	s.why = kit.Text("")
	s.purposes = kit.NewChoice(kit.ChoiceOptions{
		Options: page.Keyed(options...), Columns: 1,
		OnAnswer: func(chosen []string, _ bool) {
			if len(chosen) == 1 {
				s.model.Reveal(chosen[0])
			}
		},
	})
	back := kit.NewButton(words.T("nav.back"), s.window.Back).WithKey(s.window.Keys("back"))
	s.question = page.New(words.T("sheet.title"), page.Column(s.why, page.Field(words.T("sheet.purpose"), words.T("sheet.purpose.hint"), s.purposes)), back)
	s.question.Hide()
	return s.question
}
