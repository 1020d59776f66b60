// Package follow is the list of what was promised or proposed to persons and
// has no end yet: next steps and referrals. Losing contact is an end like any
// other.
package follow

import (
	"fyne.io/fyne/v2"

	"solidaren/diagnostics"
	"solidaren/ui/kit"
	"solidaren/ui/kit/page"
	look "solidaren/ui/kit/theme"
	"solidaren/ui/model"
	"solidaren/ui/words"
)

// Window is what the screen asks of the window.
type Window interface {
	OpenPerson(id string)
	Modals() *kit.Modals
	Say(sentence string)
}

// Screen shows a model.Follows.
type Screen struct {
	model  *model.Follows
	window Window

	object fyne.CanvasObject
	list   *page.Rows
}

// New makes the screen.
func New(m *model.Follows, w Window) *Screen {
	s := &Screen{model: m, window: w}
	m.OnChange = s.refresh
	m.Open()
	return s
}

// Object is what the window shows.
func (s *Screen) Object() fyne.CanvasObject { return s.object }

// Title of the window while the screen is in front.
func (s *Screen) Title() string { return words.T("nav.follows") }

// Close ends the screen's work.
func (s *Screen) Close() { s.model.Close() }

// Load reads what is shown again.
func (s *Screen) Load() { s.model.Load() }

// Focus goes to the list.
func (s *Screen) Focus() { kit.Focus(s.list.List) }

// Build makes the widgets, again in another language.
func (s *Screen) Build() {
	s.list = page.NewRows(words.T("follows.none"), kit.ListOptions{
		Length: func() int { return len(s.model.Rows) },
		Line:   func(i int) kit.Line { return page.FollowLine(s.model.Rows[i]) },
		OnOpen: s.open,
	}).Like(s.list)
	s.object = page.New(words.T("nav.follows"), page.Above(kit.Muted(words.T("follows.how")), s.list.Object))
	s.refresh()
}

func (s *Screen) refresh() { s.list.Refresh() }

// postpone is the choice that puts a next step off by a week.
const postpone = "later"

// stepNames are the words of the ends of a next step.
var stepNames = map[string]string{
	model.StepDone: "step.done", model.StepNotPossible: "step.not_possible",
	model.StepCancelled: "step.cancelled", model.StepLost: "step.lost", postpone: "step.later",
}

// open asks how a row ended.
func (s *Screen) open(i int) {
	row := s.model.Rows[i]
	var options []kit.Option
	if row.Referral {
		for _, code := range diagnostics.Codes("outcome") {
			options = append(options, kit.Option{Value: code.Code, Label: code.In(words.Language())})
		}
	} else {
		for _, status := range append(model.Steps(), postpone) {
			options = append(options, kit.Option{Value: status, Label: words.T(stepNames[status])})
		}
	}
	result := kit.NewEntry("")
	result.Limit = 500
	choice := kit.NewChoice(kit.ChoiceOptions{Options: page.Keyed(options...), Columns: 2, OnAnswer: func(chosen []string, _ bool) {
		s.window.Modals().Dismiss()
		s.end(row, chosen[0], result.Text)
	}})
	result.OnSubmitted = func(string) { kit.Focus(choice) }
	buttons := []kit.Action{{Text: words.T("kit.close"), Default: true}}
	if row.Person != "" {
		buttons = append(buttons, kit.Action{Text: words.T("record.person"), Do: func() { s.window.OpenPerson(row.Person) }})
	}
	s.window.Modals().Show(kit.Dialog{
		Title: page.Joined(row.Code, title(row)), First: choice, Wide: true, Buttons: buttons,
		Content: kit.VStack(look.Gap, choice, page.Field(words.T("field.result"), words.T("follows.result.hint"), result)),
	})
}

func title(row model.FollowRow) string {
	if row.What == "" {
		return words.T("follows.step")
	}
	return row.What
}

func (s *Screen) end(row model.FollowRow, how, result string) {
	switch {
	case row.Referral:
		s.model.EndReferral(row, how, result)
	case how == postpone:
		s.model.Postpone(row, s.model.Clock().Local().AddDate(0, 0, 7))
	default:
		s.model.EndStep(row, how, result)
	}
	s.window.Say(words.T("follows.done", words.Clock(s.model.Clock().Local())))
}
