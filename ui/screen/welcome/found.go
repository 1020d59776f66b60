package welcome

import (
	"fyne.io/fyne/v2"

	"solidaren/ui/kit"
	"solidaren/ui/kit/page"
	"solidaren/ui/model"
	"solidaren/ui/words"
)

// found says how an organisation gets its space: it lives on a server, which is
// not made from here. What can be done here is to prepare its commands, and to
// begin on this computer meanwhile.
func (s *Screen) found() []fyne.CanvasObject {
	s.team, s.address = entry(s.team), entry(s.address)
	s.commands = kit.Muted("")
	s.team.OnChanged, s.address.OnChanged = s.onCommands, s.onCommands
	s.team.OnSubmitted = func(string) { kit.Focus(s.address) }
	copies := kit.NewButton(words.T("welcome.found.copy"), s.onCopy).As(kit.Primary)
	s.address.OnSubmitted = func(string) { kit.Focus(copies) }
	s.first = s.team
	s.problem = kit.Text("") // nothing is refused here: it says what was copied
	s.onCommands("")
	return []fyne.CanvasObject{
		kit.Subheading(words.T("welcome.found.title")), kit.Text(words.T("welcome.found.why")),
		page.Field(words.T("welcome.found.team"), "", s.team),
		page.Field(words.T("welcome.found.address"), words.T("welcome.found.address.hint"), s.address),
		kit.Text(words.T("welcome.found.how")), s.commands, kit.Caption(words.T("welcome.found.law")), s.problem, s.progress,
		page.Flow(copies,
			kit.NewButton(words.T("welcome.found.invited"), s.model.Join),
			kit.NewButton(words.T("welcome.found.meanwhile"), s.model.OnAlone),
			kit.NewButton(words.T("welcome.return"), s.model.Return)),
	}
}

// entry is a field that keeps the text of the one before.
func entry(old *kit.Entry) *kit.Entry {
	e := kit.NewEntry("")
	if old != nil {
		e.Put(old.Text)
	}
	return e
}

// onCommands shows the commands for what is typed.
func (s *Screen) onCommands(string) {
	s.commands.Set(model.FoundCommands(s.address.Text, s.team.Text))
	s.object.Refresh()
}

func (s *Screen) onCopy() {
	fyne.CurrentApp().Clipboard().SetContent(model.FoundCommands(s.address.Text, s.team.Text))
	s.problem.Set(words.T("team.copied"))
	s.problem.Show()
	s.object.Refresh()
}
