// Package tour is the screen of an outing: it starts and ends it, and shows
// what was written since.
package tour

import (
	"strconv"
	"strings"

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
	StartForm(id string)
	OpenRecord(id string)
	Confirm(kit.Question)
	Keys(command string) string // the shortcut of a command, as it is shown
}

// Screen shows a model.Tour.
type Screen struct {
	model  *model.Tour
	window Window

	object fyne.CanvasObject
	body   *fyne.Container
	first  fyne.Focusable
	list   *page.Rows
	out    bool // the body shows the tour that is out
	built  bool

	team, staff *kit.Entry
	start       model.TourStart
}

// New makes the screen.
func New(m *model.Tour, w Window) *Screen {
	s := &Screen{model: m, window: w}
	m.OnChange = s.refresh
	m.Open()
	return s
}

// Object is what the window shows.
func (s *Screen) Object() fyne.CanvasObject { return s.object }

// Title of the window while the screen is in front.
func (s *Screen) Title() string { return words.T("nav.tour") }

// Close ends the screen's work.
func (s *Screen) Close() { s.model.Close() }

// Load reads what is shown again.
func (s *Screen) Load() { s.model.Load() }

// Focus goes to the first field or action.
func (s *Screen) Focus() {
	if s.first != nil {
		kit.Focus(s.first)
	}
}

// Confirm sets out, where a start is asked.
func (s *Screen) Confirm() {
	if s.built && !s.out {
		s.onStart()
	}
}

// Build makes the widgets, again in another language.
func (s *Screen) Build() {
	s.built = false
	s.body = container.NewStack()
	s.object = page.New(words.T("nav.tour"), s.body)
	if s.list != nil || s.first != nil {
		s.refresh()
	}
}

// refresh rebuilds the body only when a tour starts or ends, so that what is
// typed stays.
func (s *Screen) refresh() {
	out := s.model.Current != nil
	if !s.built || out != s.out {
		s.built, s.out = true, out
		if out {
			s.body.Objects = []fyne.CanvasObject{s.underway()}
		} else {
			s.body.Objects = []fyne.CanvasObject{s.starting()}
		}
		s.body.Refresh()
		s.Focus()
	}
	s.list.Refresh()
}

// underway shows the tour that is out.
func (s *Screen) underway() fyne.CanvasObject {
	tour := s.model.Current
	record := kit.NewButton(words.T("tour.record"), func() { s.window.StartForm("maraude") }).As(kit.Primary).WithKey(s.window.Keys("maraude"))
	s.first = record
	end := kit.NewButton(words.T("tour.end"), s.onEnd)
	s.list = page.NewRows(words.T("tour.no_record"), kit.ListOptions{
		Length: func() int { return len(s.model.Records) },
		Line:   func(i int) kit.Line { return page.RecordLine(s.model.Forms, s.model.Records[i]) },
		OnOpen: func(i int) { s.window.OpenRecord(s.model.Records[i].ID) },
	})
	since := model.When(tour.Time("start"), s.model.Clock(), s.model.Lang())
	head := kit.VStack(look.Gap,
		kit.Subheading(words.T("tour.out", tour.Get("team"), since)),
		kit.Muted(s.summary(*tour)),
		page.Flow(record,
			kit.NewButton(page.FormName(s.model.Forms, "lieu"), func() { s.window.StartForm("lieu") }), end))
	return page.Above(head, page.Titled(words.T("tour.tonight"), s.list.Object))
}

func (s *Screen) summary(tour diagnostics.Record) string {
	var parts []string
	for _, code := range tour.List("sectors") {
		parts = append(parts, s.model.Label("district", code))
	}
	if staff := tour.Int("staff"); staff > 0 {
		parts = append(parts, words.T("tour.staff_count", staff))
	}
	if weather := tour.Get("weather"); weather != "" {
		parts = append(parts, s.model.Label("weather", weather))
	}
	return strings.Join(parts, " · ")
}

func (s *Screen) onEnd() {
	s.window.Confirm(kit.Question{Title: words.T("tour.end.title"), Text: words.T("tour.end.text"),
		Yes: words.T("tour.end"), No: words.T("tour.end.no"), Then: s.model.End})
}

// starting asks the four things that a start needs, and shows past tours.
func (s *Screen) starting() fyne.CanvasObject {
	s.start = s.model.Draft
	s.team, s.staff = kit.NewEntry(""), kit.NewEntry("")
	s.team.SelectAll, s.staff.SelectAll, s.staff.Digits = true, true, true
	s.team.Put(s.start.Team)
	if s.start.Staff > 0 {
		s.staff.Put(strconv.Itoa(s.start.Staff))
	}
	s.first = s.team
	sectors := kit.NewChoice(kit.ChoiceOptions{Options: options("district"), Selected: s.start.Sectors, Multiple: true,
		OnAnswer: func(chosen []string, _ bool) { s.start.Sectors = chosen }})
	weather := kit.NewChoice(kit.ChoiceOptions{Options: options("weather"), Selected: []string{s.start.Weather},
		OnAnswer: func(chosen []string, _ bool) { s.start.Weather = strings.Join(chosen, " ") }})
	form := page.Column(
		page.Field(words.T("tour.team"), words.T("tour.team.hint"), s.team),
		page.Field(words.T("tour.sectors"), "", sectors),
		page.Field(words.T("tour.staff"), words.T("tour.staff.hint"), s.staff),
		page.Field(words.T("tour.weather"), "", weather))
	start := kit.NewButton(words.T("tour.start"), s.onStart).As(kit.Primary).WithKey(s.window.Keys("finish"))
	s.list = page.NewRows(words.T("tour.no_past"), kit.ListOptions{
		Length: func() int { return len(s.model.Past) },
		Line:   s.pastLine,
	})
	return page.Beside(0.7, page.Footed(page.Flow(start), form), page.Titled(words.T("tour.past"), s.list.Object))
}

// options are the codes of a list with their keys.
func options(list string) []kit.Option {
	var out []kit.Option
	for _, code := range diagnostics.Codes(list) {
		out = append(out, kit.Option{Value: code.Code, Label: code.In(words.Language())})
	}
	return page.Keyed(out...)
}

func (s *Screen) pastLine(i int) kit.Line {
	tour := s.model.Past[i]
	return kit.Line{Title: tour.Team, Detail: page.Joined(tour.Start, tour.Sectors)}
}

func (s *Screen) onStart() {
	s.start.Team = s.team.Text
	s.start.Staff, _ = strconv.Atoi(strings.TrimSpace(s.staff.Text))
	s.model.Start(s.start)
}
