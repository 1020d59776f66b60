package ui

import (
	"fyne.io/fyne/v2"

	"solidaren/diagnostics"
	"solidaren/ui/kit"
	"solidaren/ui/kit/page"
	look "solidaren/ui/kit/theme"
	"solidaren/ui/model"
	"solidaren/ui/words"
)

// watchSafeguards follows what the team promises the law.
func (s *Shell) watchSafeguards() {
	s.safeguards = model.NewSafeguards(s.desk)
	s.safeguards.OnChange = s.showTrying
	s.safeguards.Load()
}

// tryingRibbon says that no real person may be written down yet, until an impact
// assessment and a data protection officer are entered. The command that enters
// them is in the menu and the palette; the link is a second way to it.
func (s *Shell) tryingRibbon() fyne.CanvasObject {
	says := func() fyne.CanvasObject { return kit.Strong(words.T("trying.ribbon")) }
	if !s.May("safeguards") {
		s.trying = ribbon(page.Flow(says(), kit.Caption(words.T("trying.who"))), page.Flow(says()))
	} else {
		s.enterLaw = kit.NewLink(s.OpenSafeguards)
		s.enterLaw.Set(words.T("trying.enter", s.Keys("palette")))
		s.trying = ribbon(page.Flow(says(), s.enterLaw), page.Flow(says()))
	}
	s.trying.Hide()
	return s.trying
}

// showTrying lets the ribbon come and go.
func (s *Shell) showTrying() {
	if s.trying == nil || s.safeguards == nil || s.trying.Visible() == s.safeguards.TryingOut() {
		return
	}
	if s.safeguards.TryingOut() {
		s.trying.Show()
	} else {
		s.trying.Hide()
	}
	s.window.Content().Refresh()
}

// OpenSafeguards asks for both. What is not known yet may stay empty: the ribbon
// stays too.
func (s *Shell) OpenSafeguards() {
	impact, officer := kit.NewEntry(""), kit.NewEntry("")
	impact.Put(s.safeguards.Impact)
	officer.Put(s.safeguards.Officer)
	impact.OnSubmitted = func(string) { kit.Focus(officer) }
	keep := func() {
		s.safeguards.Keep(diagnostics.Safeguards{Impact: impact.Text, Officer: officer.Text}, s.keptSafeguards)
	}
	officer.OnSubmitted = func(string) {
		s.modals.Dismiss()
		keep()
	}
	s.Show(kit.Dialog{
		Title: words.T("cmd.safeguards"), First: impact, Wide: true,
		Content: kit.VStack(look.Gap, kit.Text(words.T("safeguards.why")),
			page.Field(words.T("safeguards.impact"), words.T("safeguards.impact.hint"), impact),
			page.Field(words.T("safeguards.officer"), words.T("safeguards.officer.hint"), officer)),
		Buttons: []kit.Action{{Text: words.T("safeguards.keep"), Default: true, Do: keep}, {Text: words.T("kit.cancel")}},
	})
}

// keptSafeguards says what became of it.
func (s *Shell) keptSafeguards(err error) {
	switch {
	case err != nil:
		s.Fail("safeguards", err)
	case s.safeguards.Complete():
		s.Say(words.T("safeguards.complete"))
	default:
		s.Say(words.T("safeguards.missing"))
	}
}
