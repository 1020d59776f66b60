package tour

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"solidaren/ui/kit"
	"solidaren/ui/kit/page"
	"solidaren/ui/model"
	"solidaren/ui/words"
)

// asked is what a start asks. What is known from the outing before stands there
// already: most starts are a key for the staff, one for the weather, and Enter.
type asked struct {
	start                   model.TourStart
	team, op, sector        *kit.Entry
	sectors, staff, weather *kit.Choice
	cold                    *kit.Check
	leave                   *kit.Button
}

// mostStaff is the largest team that a key tells.
const mostStaff = 9

// starting asks what a start needs, and shows past tours.
func (s *Screen) starting() fyne.CanvasObject {
	a := &s.asked
	a.start = s.model.Draft
	a.team, a.op, a.sector = s.entry(a.start.Team), s.entry(a.start.Op), s.entry(a.start.Sector)
	a.leave = kit.NewButton(words.T("tour.start"), s.onStart).As(kit.Primary).WithKey(s.window.Keys("finish"))
	a.cold = kit.NewCheck(words.T("tour.cold"), false, func(on bool) { a.start.PlanFroid = on })
	a.weather = s.single(options("weather"), a.start.Weather, 0, func(v string) { a.start.Weather = v }, a.leave)
	a.staff = s.single(numbers(), strconv.Itoa(a.start.Staff), 5, func(v string) { a.start.Staff, _ = strconv.Atoi(v) }, a.weather)
	a.sectors = kit.NewChoice(kit.ChoiceOptions{
		Options: options("district"), Selected: a.start.Sectors, Multiple: true, Columns: 2,
		OnAnswer: func(chosen []string, _ bool) { a.start.Sectors = chosen },
	})
	a.sectors.OnKey = onEnter(a.staff)
	var fields []fyne.CanvasObject
	if own := s.model.Sector(); own != "" {
		fields = append(fields, kit.Subheading(words.T("tour.own_sector", own)))
	} else {
		fields = append(fields, page.Field(words.T("tour.kind"), "", s.kinds()))
	}
	fields = append(fields, page.Field(words.T("tour.team"), words.T("tour.team.hint"), a.team))
	next := fyne.Focusable(a.sectors)
	if a.start.Kind == model.TourCount && s.model.Sector() == "" {
		fields = append(fields, page.Field(words.T("tour.op"), words.T("tour.op.hint"), a.op),
			page.Field(words.T("tour.sector"), words.T("tour.sector.hint"), a.sector))
		a.op.OnSubmitted, a.sector.OnSubmitted = then(a.sector), then(a.sectors)
		next = a.op
	}
	a.team.OnSubmitted = then(next)
	fields = append(fields, page.Field(words.T("tour.sectors"), "", a.sectors),
		page.Field(words.T("tour.staff"), words.T("tour.staff.hint"), a.staff),
		page.Field(words.T("tour.weather"), "", a.weather), a.cold)
	s.first = s.firstAsked(next)
	s.list = page.NewRows(words.T("tour.no_past"), kit.ListOptions{
		Length: func() int { return len(s.model.Past) },
		Line:   s.pastLine,
		OnHighlight: func(i int) { // whole, where the list is too narrow for it
			line := s.pastLine(i)
			s.window.Say(page.Joined(line.Title, line.Detail))
		},
	})
	actions := []fyne.CanvasObject{a.leave}
	if s.model.Sector() != "" {
		actions = append(actions, kit.NewButton(words.T("tour.handover"), s.onHandOver))
	}
	form := page.Footed(page.Flow(actions...), page.Column(fields...))
	whole := page.Beside(0.7, form, page.Titled(words.T("tour.past"), s.list.Object))
	if s.model.Ended == nil {
		return whole
	}
	return page.Above(s.endedBanner(), whole)
}

// firstAsked is what is not known yet, or what changes from day to day.
func (s *Screen) firstAsked(next fyne.Focusable) fyne.Focusable {
	switch a := &s.asked; {
	case a.start.Team == "":
		return a.team
	case s.model.Sector() != "" && len(a.start.Sectors) == 0:
		return a.sectors
	case a.start.Kind == model.TourCount && a.start.Op == "":
		return a.op
	case a.start.Kind == model.TourCount && a.start.Sector == "":
		return a.sector
	case a.start.Kind == model.TourCount:
		return a.staff
	default:
		return next
	}
}

func (s *Screen) entry(text string) *kit.Entry {
	e := kit.NewEntry("")
	e.SelectAll = true
	e.Put(text)
	return e
}

// single is a choice of one whose key goes on to the next question.
func (s *Screen) single(options []kit.Option, selected string, columns int, set func(string), next fyne.Focusable) *kit.Choice {
	c := kit.NewChoice(kit.ChoiceOptions{
		Options: options, Selected: []string{selected}, Columns: columns,
		OnAnswer: func(chosen []string, byKey bool) {
			set(strings.Join(chosen, " "))
			if byKey {
				kit.Focus(next)
			}
		},
	})
	c.OnKey = onEnter(next)
	return c
}

// then goes on from a field.
func then(next fyne.Focusable) func(string) { return func(string) { kit.Focus(next) } }

// onEnter goes on from a choice.
func onEnter(next fyne.Focusable) func(*fyne.KeyEvent) bool {
	return func(event *fyne.KeyEvent) bool {
		if event.Name != fyne.KeyReturn && event.Name != fyne.KeyEnter {
			return false
		}
		kit.Focus(next)
		return true
	}
}

// numbers are the sizes of a team, each on its digit.
func numbers() []kit.Option {
	all := make([]kit.Option, mostStaff)
	for i := range all {
		n := strconv.Itoa(i + 1)
		all[i] = kit.Option{Value: n, Label: n, Key: n}
	}
	all[mostStaff-1].Label += " +"
	return all
}

// kinds chooses what the outing is for.
func (s *Screen) kinds() fyne.CanvasObject {
	return kit.NewChoice(kit.ChoiceOptions{
		Options: page.Keyed(kit.Option{Value: model.TourMaraude, Label: words.T("form_name.maraude")},
			kit.Option{Value: model.TourCount, Label: words.T("cmd.count")}),
		Selected: []string{s.asked.start.Kind}, Columns: 2,
		OnAnswer: func(chosen []string, _ bool) {
			if len(chosen) == 1 && chosen[0] != s.asked.start.Kind {
				s.Prepare(chosen[0])
			}
		},
	})
}

// endedBanner tells what the tour that has just ended has brought, and where
// to go from there.
func (s *Screen) endedBanner() fyne.CanvasObject {
	e := s.model.Ended
	drafts := ""
	if e.Drafts > 0 {
		drafts = words.T("tour.ended.drafts", e.Drafts)
	}
	text := words.T("tour.ended", e.Team, page.Joined(words.T("loop.records", e.Records), words.T("loop.people", e.People), drafts))
	if s.model.Sector() != "" {
		return kit.NewBanner(kit.Success, text, kit.NewButton(words.T("tour.handover"), s.onHandOver))
	}
	return kit.NewBanner(kit.Success, text, kit.NewButton(words.T("today.send"), s.window.Send))
}

func (s *Screen) pastLine(i int) kit.Line {
	tour := s.model.Past[i]
	return kit.Line{Title: tour.Team, Detail: page.Joined(tour.Start, tour.Sectors)}
}

func (s *Screen) onStart() {
	a := &s.asked
	a.start.Team, a.start.Op, a.start.Sector = a.team.Text, a.op.Text, a.sector.Text
	s.window.Hold() // what is typed from here on is meant for the first record
	s.model.Start(a.start)
}
