// Package follow is the list of what was promised or proposed to persons and
// has no end yet: next steps and referrals. Losing contact is an end like any
// other.
package follow

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

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
	OpenAction(code string)
	PickPerson(then func(code string)) // searches a known person, and comes back
	NewStep(code string)               // asks what is to be done for a person, and by when
	Modals() *kit.Modals
	Undoable(sentence string, undo func())
}

// Screen shows a model.Follows.
type Screen struct {
	model  *model.Follows
	window Window

	object fyne.CanvasObject
	steps  *part // what the team promised
	waits  *part // what was proposed, whose end is not known
}

// part is one of the two lists, with the number of its rows in its title.
type part struct {
	*page.Rows
	title *kit.Label
	label string // key of the title
	rows  []model.FollowRow
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

// Make begins a next step.
func (s *Screen) Make() { s.window.PickPerson(s.window.NewStep) }

// Makes reports whether that can be done now.
func (s *Screen) Makes() bool { return true }

// Focus goes to the steps, or to what is awaited where there is none.
func (s *Screen) Focus() {
	if len(s.steps.rows) == 0 && len(s.waits.rows) > 0 {
		kit.Focus(s.waits.List)
		return
	}
	kit.Focus(s.steps.List)
}

// Build makes the widgets, again in another language.
func (s *Screen) Build() {
	s.steps = s.part("follows.steps", "follows.none", s.steps)
	s.waits = s.part("follows.waits", "follows.none_awaited", s.waits)
	s.object = page.New(words.T("nav.follows"),
		page.Above(kit.Muted(words.T("follows.how")), page.Beside(0.5, s.steps.object(), s.waits.object())))
	s.refresh()
}

func (s *Screen) part(label, empty string, old *part) *part {
	p := &part{title: kit.Subheading(""), label: label}
	p.Rows = page.NewRows(words.T(empty), kit.ListOptions{
		Length: func() int { return len(p.rows) },
		Line:   func(i int) kit.Line { return page.FollowLine(p.rows[i]) },
		OnOpen: func(i int) { s.open(p.rows[i]) },
	})
	if old != nil {
		p.rows = old.rows
		p.Like(old.Rows)
	}
	return p
}

func (p *part) object() fyne.CanvasObject {
	return container.NewBorder(p.title, nil, nil, nil, p.Object)
}

// show lists the first rows of a number of them.
func (p *part) show(rows []model.FollowRow, whole int) {
	p.rows = rows
	count := strconv.Itoa(len(rows))
	if whole > len(rows) {
		count = words.T("follows.of", len(rows), whole)
	}
	p.title.Set(words.T(p.label, count))
	p.Refresh()
}

func (s *Screen) refresh() {
	if s.object == nil {
		return
	}
	var steps, waits []model.FollowRow
	for _, row := range s.model.Rows {
		if row.Referral {
			waits = append(waits, row)
		} else {
			steps = append(steps, row)
		}
	}
	s.steps.show(steps, s.model.Steps)
	s.waits.show(waits, s.model.Waits)
}

// postpone is the choice that puts a next step off by a week.
const postpone = "later"

// stepNames are the words of the ends of a next step.
var stepNames = map[string]string{
	model.StepDone: "step.done", model.StepNotPossible: "step.not_possible",
	model.StepCancelled: "step.cancelled", model.StepLost: "step.lost", postpone: "step.later",
}

// open asks how a row ended.
func (s *Screen) open(row model.FollowRow) {
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
	body := []fyne.CanvasObject{choice, page.Field(words.T("field.result"), words.T("follows.result.hint"), result)}
	if row.Where != "" {
		body = append([]fyne.CanvasObject{kit.Text(row.Where)}, body...)
	}
	if row.Action != "" {
		buttons = append(buttons, kit.Action{Text: words.T("nav.directory"), Do: func() { s.window.OpenAction(row.Action) }})
	}
	s.window.Modals().Show(kit.Dialog{
		Title: page.Joined(row.Code, title(row)), First: choice, Wide: true, Buttons: buttons,
		Content: kit.VStack(look.Gap, body...),
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
	s.window.Undoable(words.T("follows.done", words.Clock(s.model.Clock().Local())), func() { s.model.TakeBack(row) })
}
