// Package tour is the screen of an outing: it starts and ends it, and shows
// what was written since.
package tour

import (
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
	Resume(draftID string)
	OpenRecord(id string)
	Confirm(kit.Question)
	Modals() *kit.Modals
	Say(sentence string)
	Send()
	Hold()                      // keeps what is typed until the next room is there
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
	totals *kit.Label
	out    bool // the body shows the tour that is out
	built  bool
	asked  asked
}

// New makes the screen.
func New(m *model.Tour, w Window) *Screen {
	s := &Screen{model: m, window: w}
	m.OnChange, m.OnStart = s.refresh, w.StartForm
	m.Open()
	return s
}

// Object is what the window shows.
func (s *Screen) Object() fyne.CanvasObject { return s.object }

// Title of the window while the screen is in front.
func (s *Screen) Title() string {
	if s.model.Sector() != "" {
		return words.T("form_name.nuit_solidarite")
	}
	return words.T("nav.tour")
}

// Close ends the screen's work.
func (s *Screen) Close() { s.model.Close() }

// Load reads what is shown again.
func (s *Screen) Load() { s.model.Load() }

// Gloves asks for larger targets: the screen is used outdoors.
func (s *Screen) Gloves() bool { return true }

// Focus goes to the first field or action.
func (s *Screen) Focus() {
	if s.first != nil {
		kit.Focus(s.first)
	}
}

// Confirm sets out, where a start is asked; else it begins the next record.
func (s *Screen) Confirm() {
	switch {
	case !s.built:
	case s.out:
		s.window.StartForm(s.model.Form())
	default:
		s.onStart()
	}
}

// Make begins the next record, or sets out.
func (s *Screen) Make() { s.Confirm() }

// Makes reports whether that can be done now.
func (s *Screen) Makes() bool { return true }

// Prepare asks for a start of a kind, where no tour is out.
func (s *Screen) Prepare(kind string) {
	if !s.out {
		s.built = false
		s.model.Prepare(kind)
	}
}

// Chooses reports whether the start of an outing is answered by its digit.
func (s *Screen) Chooses() bool { return s.built && !s.out }

// Build makes the widgets, again in another language.
func (s *Screen) Build() {
	loaded := s.built
	s.built = false
	s.body = container.NewStack()
	s.object = page.New(s.Title(), s.body)
	if loaded {
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
	if out {
		s.totals.Set(s.summary())
		s.body.Refresh() // it may take more lines than before
	}
	s.list.Refresh()
}

// underway shows the tour that is out.
func (s *Screen) underway() fyne.CanvasObject {
	tour := s.model.Current
	record := kit.NewButton(words.T("tour.record"), func() { s.window.StartForm(s.model.Form()) }).As(kit.Primary).WithKey(s.window.Keys("maraude"))
	s.first = record
	place := kit.NewButton(words.T("cmd.lieu"), func() { s.window.StartForm("lieu") })
	end := kit.NewButton(words.T("tour.end"), s.onEnd)
	actions := []fyne.CanvasObject{record, place, end}
	if s.model.Sector() != "" {
		actions = []fyne.CanvasObject{record, end, kit.NewButton(words.T("tour.handover"), s.onHandOver)}
	}
	s.list = page.NewRows(words.T("tour.no_record"), kit.ListOptions{
		Length: func() int { return len(s.model.Drafts) + len(s.model.Outing.Lines) },
		Line:   s.nightLine,
		OnOpen: s.open,
	}).Like(s.list)
	since := model.When(tour.Time("start"), s.model.Clock(), s.model.Lang())
	s.totals = kit.Muted("")
	head := kit.VStack(look.Gap,
		kit.Subheading(words.T("tour.out", page.Joined(tour.Get("team"), tour.Get("sector")), since)),
		s.totals)
	return page.Footed(page.Flow(actions...), page.Above(head, page.Titled(words.T("tour.tonight"), s.list.Object)))
}

// nightLine shows a draft, or one record of the night.
func (s *Screen) nightLine(i int) kit.Line {
	if i < len(s.model.Drafts) {
		return page.DraftLine(s.model.Forms, s.model.Drafts[i])
	}
	return s.writtenLine(s.model.Outing.Lines[i-len(s.model.Drafts)])
}

// writtenLine shows one record of the night.
func (s *Screen) writtenLine(line model.NightLine) kit.Line {
	who, needs := "", ""
	if line.Persons > 0 {
		who = words.T("loop.people", line.Persons)
	}
	if line.Needs > 0 {
		needs = words.T("record.needs", line.Needs)
	}
	title := page.Joined(line.Contact, who)
	if title == "" {
		title = page.FormName(s.model.Forms, line.FormID)
	}
	return kit.Line{Title: title, Detail: page.Joined(line.Person, needs, line.Place), Side: line.When, Mark: "●"}
}

func (s *Screen) open(i int) {
	if i < len(s.model.Drafts) {
		s.window.Resume(s.model.Drafts[i].ID)
		return
	}
	s.window.OpenRecord(s.model.Outing.Lines[i-len(s.model.Drafts)].ID)
}

// summary is what the tour is, and what was written on it.
func (s *Screen) summary() string {
	tour := s.model.Current
	parts := []string{words.T("loop.records", s.model.Outing.Records), words.T("loop.people", s.model.Outing.People)}
	for _, code := range tour.List("sectors") {
		parts = append(parts, s.model.Label("district", code))
	}
	if staff := tour.Int("staff"); staff > 0 {
		parts = append(parts, words.T("tour.staff_count", staff))
	}
	if weather := tour.Get("weather"); weather != "" {
		parts = append(parts, s.model.Label("weather", weather))
	}
	if tour.Get("plan_froid") == "yes" {
		parts = append(parts, words.T("tour.cold"))
	}
	return strings.Join(parts, " · ")
}

func (s *Screen) onEnd() {
	text := words.T("tour.end.text")
	if n := len(s.model.Drafts); n > 0 {
		text = words.T("tour.end.drafts", n)
	}
	s.window.Confirm(kit.Question{
		Title: words.T("tour.end.title"), Text: text,
		Yes: words.T("tour.end"), No: words.T("tour.end.no"), Then: s.model.End,
	})
}

// options are the codes of a list with their keys.
func options(list string) []kit.Option {
	var out []kit.Option
	for _, code := range diagnostics.Codes(list) {
		out = append(out, kit.Option{Value: code.Code, Label: code.In(words.Language())})
	}
	return page.Keyed(out...)
}
