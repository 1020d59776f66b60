// Package today is the first screen of an open notebook: what to go on with,
// what one can start, what is due, what is to be decided, what waits to be sent.
package today

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

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
	Go(place string)
	FindPerson()
	Send()
	OpenAction(code string)
}

// Screen shows a model.Today.
type Screen struct {
	model  *model.Today
	window Window

	object                   fyne.CanvasObject
	tour                     *kit.Button
	resume                   *kit.Button
	drafts, follows, decides *column
	sending                  *kit.Label
	news                     [mostNews]*kit.Button
	focused                  bool
}

// New makes the screen.
func New(m *model.Today, w Window) *Screen {
	s := &Screen{model: m, window: w}
	m.OnChange = s.refresh
	m.Open()
	return s
}

// Object is what the window shows.
func (s *Screen) Object() fyne.CanvasObject { return s.object }

// Title of the window while the screen is in front.
func (s *Screen) Title() string { return words.T("nav.today") }

// Close ends the screen's work.
func (s *Screen) Close() { s.model.Close() }

// Load reads what is shown again.
func (s *Screen) Load() { s.model.Load() }

// Focus puts the draft to go on with, or what can be started, under the keys.
// It waits for the drafts to be read.
func (s *Screen) Focus() {
	s.focused = false
	kit.Focus(s.tour)
}

// column is one of the lists with the number of its lines in its title.
type column struct {
	title  *kit.Label
	list   *page.Rows
	label  string // key of the title
	length func() int
}

func newColumn(label, empty string, o kit.ListOptions, letter func(rune) bool, old *column) *column {
	c := &column{title: kit.Subheading(""), label: label, length: o.Length, list: page.NewRows(words.T(empty), o)}
	if old != nil {
		c.list.Like(old.list)
	}
	c.list.OnRune = letter
	return c
}

func (c *column) refresh(loaded bool) {
	c.title.Set(words.T(c.label, c.length()))
	c.list.Silent = !loaded
	c.list.Refresh()
}

func (c *column) object() fyne.CanvasObject {
	return container.NewBorder(c.title, nil, nil, nil, c.list.Object)
}

// Build makes the widgets, again in another language.
func (s *Screen) Build() {
	s.drafts = newColumn("today.drafts", "today.no_draft", kit.ListOptions{
		Length: func() int { return len(s.model.Drafts) },
		Line:   func(i int) kit.Line { return page.DraftLine(s.model.Forms, s.model.Drafts[i]) },
		OnOpen: func(i int) { s.window.Resume(s.model.Drafts[i].ID) },
	}, s.Bindings().Rune, s.drafts)
	s.follows = newColumn("today.follows", "follows.none", kit.ListOptions{
		Length: func() int { return len(s.model.Follows) },
		Line: func(i int) kit.Line {
			line := page.FollowLine(s.model.Follows[i])
			line.Side = "" // how late it is says more, and needs the room
			return line
		},
		OnOpen: func(int) { s.window.Go("follows") },
	}, s.Bindings().Rune, s.follows)
	s.decides = newColumn("today.decides", "decide.none", kit.ListOptions{
		Length: func() int { return len(s.model.Conflicts) },
		Line: func(i int) kit.Line {
			item := s.model.Conflicts[i]
			return kit.Line{Title: page.FieldName(item.Type, item.Field), Detail: item.Who, Mark: "⇄"}
		},
		OnOpen: func(int) { s.window.Go("decide") },
	}, s.Bindings().Rune, s.decides)
	s.sending = kit.Text("")
	send := kit.NewButton(words.T("today.send"), s.window.Send)
	foot := kit.VStack(look.RingWidth)
	for i := range s.news {
		s.news[i] = kit.NewButton("", func() { s.window.OpenAction(s.model.News[i].Code) }).As(kit.Quiet)
		s.news[i].Leading = true
		foot.Add(s.news[i])
	}
	foot.Add(container.NewBorder(nil, nil, nil, send, kit.High(s.sending)))
	lists := page.Beside(1.0/3, s.drafts.object(), page.Beside(0.5, s.follows.object(), s.decides.object()))
	title := page.Joined(words.T("nav.today"), words.Weekday(s.model.Clock().Local()))
	s.object = page.New(title, container.NewBorder(nil, foot, nil, nil, page.Above(s.starts(), lists)))
	s.refresh()
}

// mostNews is how many changes of the directory are told.
const mostNews = 2

// starts are what can be begun now, each with a letter of its own.
func (s *Screen) starts() fyne.CanvasObject {
	s.resume = kit.NewButton("", s.onResume).As(kit.Primary).WithKey(words.T("keyname.enter"))
	s.tour = kit.NewButton(words.T("today.tour"), func() { s.window.Go("tour") }).WithKey("M")
	interview := kit.NewButton(words.T("cmd.entretien"), func() { s.window.StartForm("entretien") }).WithKey("E")
	find := kit.NewButton(words.T("today.find"), s.window.FindPerson).WithKey("F")
	for _, button := range []*kit.Button{s.resume, s.tour, interview, find} {
		button.OnRune = s.Bindings().Rune
	}
	return page.Flow(s.resume, s.tour, interview, find)
}

// Bindings are the keys of the screen: what begins something has a letter.
func (s *Screen) Bindings() kit.Bindings {
	begin := func(do func()) func(string) bool {
		return func(string) bool {
			do()
			return true
		}
	}
	return kit.Bindings{
		{Keys: []string{"M"}, Label: "today.tour", Do: begin(func() { s.window.Go("tour") })},
		{Keys: []string{"E"}, Label: "cmd.entretien", Do: begin(func() { s.window.StartForm("entretien") })},
		{Keys: []string{"F"}, Label: "today.find", Do: begin(s.window.FindPerson)},
	}
}

// onResume goes on with the draft that was worked on last.
func (s *Screen) onResume() {
	if len(s.model.Drafts) > 0 {
		s.window.Resume(s.model.Drafts[0].ID)
	}
}

func (s *Screen) refresh() {
	for _, c := range []*column{s.drafts, s.follows, s.decides} {
		c.refresh(s.model.Loaded)
	}
	s.resume.Hidden = len(s.model.Drafts) == 0
	if len(s.model.Drafts) > 0 {
		draft := s.model.Drafts[0]
		s.resume.SetText(words.T("today.resume", page.FormName(s.model.Forms, draft.FormID), draft.When))
	}
	for i, button := range s.news {
		button.Hidden = i >= len(s.model.News)
		if !button.Hidden {
			button.SetText(s.model.News[i].Text)
		}
	}
	sending := page.Waiting(s.model.Counts.Unsent)
	if s.model.LastSync != "" {
		sending = words.T("status.sync", sending, s.model.LastSync)
	}
	s.sending.Set(sending)
	s.object.Refresh()
	if !s.focused && len(s.model.Drafts) > 0 {
		s.focused = true
		kit.Focus(s.resume)
	}
}
