// Package team lists the computers of the team with the words by which their
// keys are compared aloud, and says how one more is invited. It changes nothing:
// who belongs to a team is decided on the server.
package team

import (
	"fyne.io/fyne/v2"

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
}

// Screen shows a model.Team.
type Screen struct {
	model  *model.Team
	window Window

	object fyne.CanvasObject
	list   *page.Rows
	copy   *kit.Button
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

// Focus goes to the list.
func (s *Screen) Focus() { kit.Focus(s.list.List) }

// Bindings are the keys of the screen.
func (s *Screen) Bindings() kit.Bindings {
	return kit.Bindings{{Keys: []string{"C"}, Label: "team.copy", Do: func(string) bool {
		s.onCopy()
		return true
	}}}
}

// Build makes the widgets, again in another language.
func (s *Screen) Build() {
	s.list = page.NewRows(words.T("team.none"), kit.ListOptions{
		Length: func() int { return len(s.model.Rows) },
		Line:   s.line,
	}).Like(s.list)
	s.list.OnRune = s.Bindings().Rune
	s.copy = kit.NewButton(words.T("team.copy"), s.onCopy).WithKey("C")
	s.copy.OnRune = s.Bindings().Rune
	foot := kit.VStack(look.Gap, kit.Subheading(words.T("team.invite")), kit.Text(words.T("team.invite.how")),
		kit.Muted(s.model.InviteCommand()), page.Flow(s.copy), kit.Caption(words.T("team.revoke")))
	s.object = page.New(words.T("nav.team"), page.Footed(foot, page.Above(kit.Muted(words.T("team.words")), s.list.Object)))
}

func (s *Screen) line(i int) kit.Line {
	row := s.model.Rows[i]
	line := kit.Line{Title: row.Name, Detail: row.Words, Side: s.window.RoleName(row.Role)}
	switch {
	case row.Own:
		line.Side = page.Joined(words.T("team.own"), line.Side)
	case !row.Active:
		line.Side, line.Mark = words.T("team.gone"), "–"
	}
	return line
}

func (s *Screen) refresh() {
	if s.list != nil {
		s.list.Refresh()
	}
}

// onCopy puts the command that makes an invite on the clipboard.
func (s *Screen) onCopy() {
	fyne.CurrentApp().Clipboard().SetContent(s.model.InviteCommand())
	s.window.Say(words.T("team.copied"))
}
