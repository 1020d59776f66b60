// Package team is where a coordinator invites computers into the team, sees
// which invites wait, compares keys aloud by their words, and takes a computer
// out that was replaced or stolen. The server decides; without it the list is
// as of the last exchange.
package team

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
	Say(sentence string)
	RoleName(role string) string
	Show(kit.Dialog)
	Confirm(kit.Question)
	Keys(command string) string
	May(command string) bool
	OpenSafeguards()
}

// Screen shows a model.Team.
type Screen struct {
	model  *model.Team
	window Window

	object   fyne.CanvasObject
	list     *page.Rows // the computers, then the invites that wait
	roles    *kit.Choice
	role     string // chosen for the next invite
	make     *kit.Button
	result   *kit.Banner
	first    fyne.Focusable
	enrolled bool
}

// New makes the screen.
func New(m *model.Team, w Window) *Screen {
	s := &Screen{model: m, window: w}
	m.OnChange = s.refresh
	m.Open()
	return s
}

// Object is what the window shows.
func (s *Screen) Object() fyne.CanvasObject { return s.object }

// Title of the window while the screen is in front.
func (s *Screen) Title() string { return words.T("nav.team") }

// Close ends the screen's work.
func (s *Screen) Close() { s.model.Close() }

// Load reads what is shown again.
func (s *Screen) Load() { s.model.Load() }

// Focus goes to the role of the next invite, or to the list.
func (s *Screen) Focus() { kit.Focus(s.first) }

// Confirm makes the invite.
func (s *Screen) Confirm() {
	if s.enrolled {
		s.onInvite()
	}
}

// Confirms reports whether there is a team to invite into.
func (s *Screen) Confirms() bool { return s.enrolled }

// Chooses reports whether a role is chosen by its digit.
func (s *Screen) Chooses() bool { return s.enrolled }

// Build makes the widgets, again in another language.
func (s *Screen) Build() {
	s.enrolled = s.model.Enrolled()
	s.list = page.NewRows(words.T("team.none"), kit.ListOptions{
		Length: func() int { return len(s.model.Rows) + len(s.model.Invites) },
		Line:   s.line,
		OnOpen: s.onOpen,
	}).Like(s.list)
	s.result = kit.NewBanner(kit.Success, "")
	s.result.Hide()
	s.first = s.list.List
	computers := page.Titled(words.T("team.computers"), page.Above(kit.Muted(words.T("team.words")), s.list.Object))
	side := s.byCommand()
	if s.enrolled {
		side = s.inviting()
	}
	var actions []fyne.CanvasObject
	if s.window.May("safeguards") {
		actions = append(actions, kit.NewButton(words.T("team.safeguards"), s.window.OpenSafeguards))
	}
	s.object = page.New(words.T("nav.team"), page.Footed(s.result, page.Beside(0.52, computers, side)), actions...)
	s.refresh()
}

// byCommand says how the first computer of a team is invited: there is no server
// to ask from here.
func (s *Screen) byCommand() fyne.CanvasObject {
	if s.model.Member.Rehearsal() {
		return page.Titled(words.T("team.invite"), page.Column(kit.Text(words.T("send.demo"))))
	}
	return page.Titled(words.T("team.invite"), page.Column(kit.Text(words.T("team.invite.how")), kit.Muted(s.model.InviteCommand()),
		page.Flow(kit.NewButton(words.T("team.copy"), s.onCopy))))
}

// inviting asks for a role, and lists what waits.
func (s *Screen) inviting() fyne.CanvasObject {
	var options []kit.Option
	for _, r := range s.model.MayInvite() {
		options = append(options, kit.Option{Value: string(r), Label: s.window.RoleName(string(r))})
	}
	var selected []string
	if s.role != "" {
		selected = []string{s.role}
	}
	s.roles = kit.NewChoice(kit.ChoiceOptions{
		Options: page.Keyed(options...), Selected: selected, Columns: 2,
		OnAnswer: func(chosen []string, byKey bool) {
			s.role = ""
			if len(chosen) == 1 {
				s.role = chosen[0]
			}
			if byKey && s.role != "" {
				kit.Focus(s.make)
			}
		},
	})
	s.make = kit.NewButton(words.T("team.invite.make"), s.onInvite).As(kit.Primary).WithKey(s.window.Keys("finish"))
	s.first = s.roles
	return page.Titled(words.T("team.invite"), page.Column(kit.Text(words.T("team.invite.life", s.model.Member.Team())),
		page.Field(words.T("team.role"), "", s.roles), page.Flow(s.make)))
}

func (s *Screen) line(i int) kit.Line {
	if i >= len(s.model.Rows) {
		invite := s.model.Invites[i-len(s.model.Rows)]
		return kit.Line{
			Title: words.T("team.invite.made", s.window.RoleName(invite.Role)), Detail: words.T("team.waiting", invite.Ends), Mark: "○",
		}
	}
	row := s.model.Rows[i]
	line := kit.Line{Title: page.Joined(row.Name, s.window.RoleName(row.Role)), Detail: row.Words, Mark: "●"}
	switch {
	case row.Own:
		line.Side = words.T("team.own")
	case !row.Active:
		line.Detail, line.Mark = gone(row), "–"
	}
	return line
}

func (s *Screen) onOpen(i int) {
	if i < len(s.model.Rows) {
		s.open(s.model.Rows[i])
		return
	}
	s.withdraw(s.model.Invites[i-len(s.model.Rows)])
}

// gone says how a computer lost its access.
func gone(row model.TeamRow) string {
	switch row.Revoked {
	case model.TeamReplaced:
		return words.T("team.replaced", row.On)
	case model.TeamStolen:
		return words.T("team.stolen", row.On)
	}
	return words.T("team.gone")
}

// onCopy puts the command that makes an invite on the clipboard.
func (s *Screen) onCopy() {
	fyne.CurrentApp().Clipboard().SetContent(s.model.InviteCommand())
	s.window.Say(words.T("team.copied"))
}

// onInvite makes an invite of the role and shows its word, once.
func (s *Screen) onInvite() {
	if s.role == "" {
		s.tell(kit.Warning, words.T("team.role.first"))
		kit.Focus(s.roles)
		return
	}
	role := s.role
	s.model.Invite(role, func(word string) {
		s.role = ""
		s.roles.Update(s.roles.Options, nil)
		s.showInvite(word, role)
	})
}

// showInvite gives an invite to copy, or to carry as a file.
func (s *Screen) showInvite(invite, role string) {
	word := kit.NewNotes(5)
	word.Put(invite)
	s.window.Show(kit.Dialog{
		Title: words.T("team.invite.made", s.window.RoleName(role)), Wide: true,
		Content: kit.VStack(look.Gap, kit.Text(words.T("team.invite.give")), word, kit.Caption(words.T("team.invite.aloud"))),
		Buttons: []kit.Action{
			{Text: words.T("kit.close")},
			{Text: words.T("sectors.token.file"), Do: func() { s.model.WriteInvite(invite, s.written) }},
			{Text: words.T("team.invite.copy"), Default: true, Do: func() {
				fyne.CurrentApp().Clipboard().SetContent(invite)
				s.window.Say(words.T("team.invite.copied"))
			}},
		},
	})
}

func (s *Screen) written(path string, err error) {
	if err != nil {
		s.tell(kit.Warning, diagnostics.Sentence(err, words.Language()))
		return
	}
	s.tell(kit.Success, words.T("team.invite.written", path))
}

func (s *Screen) withdraw(row model.InviteRow) {
	s.window.Confirm(kit.Question{
		Title: words.T("team.withdraw"), Text: words.T("team.withdraw.text", s.window.RoleName(row.Role), row.Ends),
		Yes: words.T("team.withdraw"), Then: func() { s.model.Withdraw(row.ID) },
	})
}

// open shows a computer: the words of its keys, and how it is taken out.
func (s *Screen) open(row model.TeamRow) {
	content := []fyne.CanvasObject{kit.Text(s.state(row)), kit.Muted(words.T("team.words.read")), kit.Subheading(row.Words)}
	buttons := []kit.Action{{Text: words.T("kit.close"), Default: true}}
	if s.enrolled && !row.Own && row.Revoked != model.TeamStolen {
		content = append(content, kit.Caption(words.T("team.revoke.which")))
		if row.Active {
			buttons = append(buttons, kit.Action{Text: words.T("team.revoke.replaced"), Do: func() { s.replaced(row) }})
		}
		buttons = append(buttons, kit.Action{Text: words.T("team.revoke.stolen"), Danger: true, Do: func() { s.stolen(row) }})
	}
	s.window.Show(kit.Dialog{Title: row.Name, Wide: true, Content: kit.VStack(look.Gap, content...), Buttons: buttons})
}

func (s *Screen) state(row model.TeamRow) string {
	state := ""
	switch {
	case row.Own:
		state = words.T("team.own")
	case !row.Active:
		state = gone(row)
	}
	return page.Joined(s.window.RoleName(row.Role), state)
}

func (s *Screen) replaced(row model.TeamRow) {
	s.window.Confirm(kit.Question{
		Title: words.T("team.replaced.title", row.Name), Text: words.T("team.replaced.text"),
		Yes: words.T("team.replaced.yes"), Then: func() { s.model.Revoke(row.ID, model.TeamReplaced) },
	})
}

// stolen takes a computer out once the word was typed: nothing of it comes in any
// more.
func (s *Screen) stolen(row model.TeamRow) {
	s.window.Show(page.TypedQuestion{
		Title: words.T("team.stolen.title", row.Name), Text: words.T("team.stolen.text"), Word: words.T("team.stolen.word"),
		Yes:  words.T("team.stolen.yes"),
		Then: func() { s.model.Revoke(row.ID, model.TeamStolen) },
		Else: func(sentence string) { s.tell(kit.Warning, sentence) },
	}.Dialog())
}

// went are the words of what was done.
var went = map[string]string{
	model.TeamWithdrawn: "team.withdrawn", model.TeamReplaced: "team.revoked.replaced", model.TeamStolen: "team.revoked.stolen",
}

func (s *Screen) tell(tone kit.Tone, text string) {
	s.result.Set(tone, text)
	s.result.Show()
	s.object.Refresh()
}

func (s *Screen) refresh() {
	if s.list == nil {
		return
	}
	if s.enrolled != s.model.Enrolled() {
		s.Build()
		return
	}
	s.list.Refresh()
	if s.enrolled {
		if s.model.Busy() {
			s.make.Disable()
		} else {
			s.make.Enable()
		}
	}
	switch {
	case s.model.Err != nil:
		s.tell(kit.Warning, diagnostics.Sentence(s.model.Err, words.Language()))
	case s.model.Done != "":
		s.tell(kit.Success, words.T(went[s.model.Done]))
	case s.model.AskErr != nil:
		s.tell(kit.Info, diagnostics.Sentence(s.model.AskErr, words.Language()))
	default:
		s.result.Hide()
	}
}
