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
	May(command string) bool // whether the role may do it
	OpenAction(code string)
}

// Screen shows a model.Today.
type Screen struct {
	model  *model.Today
	window Window

	object                   fyne.CanvasObject
	first                    *kit.Button // of what can be started
	resume, send             *kit.Button
	where                    *kit.Label        // where the draft to go on with was left
	sends                    fyne.CanvasObject // where there is a team
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

// Make begins an interview.
func (s *Screen) Make() { s.window.StartForm("entretien") }

// Makes reports whether that can be done now.
func (s *Screen) Makes() bool { return s.window.May("entretien") }

// Focus puts the draft to go on with, or what can be started, under the keys.
// It waits for the drafts to be read.
func (s *Screen) Focus() {
	s.focused = false
	kit.Focus(s.first)
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
			if item.Held != "" {
				return kit.Line{Title: words.T("decide.held"), Mark: "!"}
			}
			return kit.Line{Title: page.FieldName(item.Type, item.Field), Detail: item.Who, Mark: "⇄"}
		},
		OnOpen: func(int) { s.window.Go("decide") },
	}, s.Bindings().Rune, s.decides)
	s.sending = kit.Text("").Whole()
	s.send = kit.NewButton(words.T("today.send"), s.window.Send)
	s.sends = page.Flow(s.send, kit.High(s.sending))
	foot := kit.VStack(look.RingWidth)
	for i := range s.news {
		s.news[i] = kit.NewButton("", func() { s.window.OpenAction(s.model.News[i].Code) }).As(kit.Quiet)
		s.news[i].Leading = true
		foot.Add(s.news[i])
	}
	foot.Add(s.sends)
	title := page.Joined(words.T("nav.today"), words.Weekday(s.model.Clock().Local()))
	s.object = page.New(title, page.Footed(foot, page.Above(s.starts(), s.lists())))
	s.refresh()
}

// lists are those that the role has something to do with.
func (s *Screen) lists() fyne.CanvasObject {
	var all []fyne.CanvasObject
	for _, l := range []struct {
		command string
		column  *column
	}{{"records", s.drafts}, {"follows", s.follows}, {"decide", s.decides}} {
		if s.window.May(l.command) {
			all = append(all, l.column.object())
		}
	}
	if len(all) == 0 {
		return kit.Muted(words.T("today.nothing"))
	}
	lists := all[len(all)-1]
	for i := len(all) - 2; i >= 0; i-- {
		lists = page.Beside(1/float32(len(all)-i), all[i], lists)
	}
	return lists
}

// mostNews is how many changes of the directory are told.
const mostNews = 2

// starts are what can be begun now, each with a letter of its own.
func (s *Screen) starts() fyne.CanvasObject {
	s.resume = kit.NewButton("", s.onResume).As(kit.Primary).WithKey(words.T("keyname.enter"))
	s.first, s.where = nil, kit.Muted("")
	all := []fyne.CanvasObject{s.resume}
	add := func(command string, b *kit.Button) {
		if !s.window.May(command) {
			return
		}
		if s.first == nil {
			s.first = b
		}
		all = append(all, b)
	}
	add("tour", kit.NewButton(words.T("today.tour"), func() { s.window.Go("tour") }).WithKey("M"))
	add("entretien", kit.NewButton(words.T("cmd.entretien"), func() { s.window.StartForm("entretien") }).WithKey("E"))
	for _, id := range s.model.Forms.ReceivedIDs() {
		add("entretien", kit.NewButton(page.FormName(s.model.Forms, id), func() { s.window.StartForm(id) }))
	}
	add("find", kit.NewButton(words.T("today.find"), s.window.FindPerson).WithKey("F"))
	for _, button := range all {
		button.(*kit.Button).OnRune = s.Bindings().Rune
	}
	if s.first == nil {
		s.first = s.send
	}
	return kit.VStack(look.RingWidth, page.Flow(all...), s.where)
}

// Bindings are the keys of the screen: what begins something has a letter.
func (s *Screen) Bindings() kit.Bindings {
	var all kit.Bindings
	add := func(key, command, label string, do func()) {
		if s.window.May(command) {
			all = append(all, kit.Binding{Keys: []string{key}, Label: label, Do: func(string) bool {
				do()
				return true
			}})
		}
	}
	add("M", "tour", "today.tour", func() { s.window.Go("tour") })
	add("E", "entretien", "cmd.entretien", func() { s.window.StartForm("entretien") })
	add("F", "find", "today.find", s.window.FindPerson)
	return all
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
	resumes := len(s.model.Drafts) > 0 && s.window.May("records")
	s.resume.Hidden = !resumes
	s.where.Hidden = true
	if resumes {
		draft := s.model.Drafts[0]
		s.resume.SetText(words.T("today.resume", page.FormName(s.model.Forms, draft.FormID), draft.When))
		s.where.Set(page.Joined(draft.Code, draft.Where))
		s.where.Hidden = s.where.Text == ""
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
	if s.model.Member.ServerURL() == "" {
		s.sends.Hide()
	} else {
		s.sends.Show()
	}
	s.object.Refresh()
	if !s.focused && resumes {
		s.focused = true
		kit.Focus(s.resume)
	}
}
