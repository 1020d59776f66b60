// Package sectors is the night of counting as the coordinator sees it: sectors
// given out as tokens, and hand-overs read in.
package sectors

import (
	"path/filepath"
	"strings"

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
	Modals() *kit.Modals
	Say(sentence string)
	Keys(command string) string
}

// Screen shows a model.Sectors.
type Screen struct {
	model  *model.Sectors
	window Window

	object           fyne.CanvasObject
	list             *page.Rows
	op, sector, team *kit.Entry
	districts        *kit.Choice
	chosen           []string
	result           *kit.Banner
	folder           string
}

// New makes the screen.
func New(m *model.Sectors, w Window) *Screen {
	s := &Screen{model: m, window: w}
	m.OnChange = s.refresh
	m.Open()
	return s
}

// Object is what the window shows.
func (s *Screen) Object() fyne.CanvasObject { return s.object }

// Title of the window while the screen is in front.
func (s *Screen) Title() string { return words.T("nav.sectors") }

// Close ends the screen's work.
func (s *Screen) Close() { s.model.Close() }

// Load reads what is shown again.
func (s *Screen) Load() { s.model.Load() }

// Focus goes to the next sector.
func (s *Screen) Focus() {
	if s.op.Text != "" {
		kit.Focus(s.sector)
		return
	}
	kit.Focus(s.op)
}

// Confirm gives the sector out.
func (s *Screen) Confirm() { s.onIssue() }

// Chooses reports whether a district is chosen by its digit.
func (s *Screen) Chooses() bool { return true }

// Build makes the widgets, again in another language.
func (s *Screen) Build() {
	s.op, s.sector, s.team = field(s.op), field(s.sector), field(s.team)
	s.op.OnSubmitted = func(string) { kit.Focus(s.sector) }
	s.sector.OnSubmitted = func(string) { kit.Focus(s.team) }
	s.team.OnSubmitted = func(string) { s.onIssue() }
	s.districts = kit.NewChoice(kit.ChoiceOptions{
		Options: options(), Selected: s.chosen, Multiple: true, Columns: 2,
		OnAnswer: func(chosen []string, _ bool) { s.chosen = chosen },
	})
	issue := kit.NewButton(words.T("sectors.issue"), s.onIssue).As(kit.Primary).WithKey(s.window.Keys("finish"))
	take := kit.NewButton(words.T("sectors.take"), s.onTake)
	s.list = page.NewRows(words.T("sectors.none"), kit.ListOptions{
		Length: func() int { return len(s.model.Rows) },
		Line:   s.line,
		OnOpen: func(i int) { s.show(s.model.Rows[i].String(), s.model.Rows[i].Sector) },
	}).Like(s.list)
	s.result = kit.NewBanner(kit.Success, "")
	s.result.Hide()
	form := page.Footed(page.Flow(issue), page.Column(
		page.Field(words.T("tour.op"), words.T("tour.op.hint"), s.op),
		page.Field(words.T("sectors.sector"), words.T("tour.sector.hint"), s.sector),
		page.Field(words.T("tour.team"), "", s.team),
		page.Field(words.T("field.districts"), "", s.districts)))
	lists := page.Above(kit.Muted(words.T("sectors.how")), s.list.Object)
	s.object = page.New(words.T("nav.sectors"), page.Footed(s.result, page.Beside(0.5,
		page.Titled(words.T("sectors.given"), lists), page.Titled(words.T("sectors.new"), form))), take)
	s.refresh()
}

// field is an entry that keeps the text of the one before.
func field(old *kit.Entry) *kit.Entry {
	e := kit.NewEntry("")
	e.SelectAll = true
	return e.Like(old)
}

func options() []kit.Option {
	var all []kit.Option
	for _, code := range diagnostics.Codes("district") {
		all = append(all, kit.Option{Value: code.Code, Label: code.In(words.Language())})
	}
	return page.Keyed(all...)
}

func (s *Screen) line(i int) kit.Line {
	row := s.model.Rows[i]
	line := kit.Line{Title: page.Joined(row.Sector, row.Team), Detail: row.Op, Side: words.T("sectors.waiting"), Mark: "○"}
	if !row.ReceivedAt.IsZero() {
		when := model.When(row.ReceivedAt, s.model.Clock(), s.model.Lang())
		line.Side, line.Mark = words.T("sectors.received", row.Received, when), "✓"
	}
	return line
}

// onIssue gives the sector out and shows its token.
func (s *Screen) onIssue() {
	s.model.Issue(s.op.Text, s.sector.Text, strings.Join(s.chosen, " "), s.team.Text, func(word, sector string, err error) {
		if err != nil {
			s.tell(kit.Warning, diagnostics.Sentence(err, words.Language()))
			return
		}
		s.sector.Put("")
		s.team.Put("")
		s.show(word, sector)
	})
}

// show gives a token to copy, or to carry as a file.
func (s *Screen) show(token, sector string) {
	word := kit.NewNotes(6)
	word.Put(token)
	s.window.Modals().Show(kit.Dialog{
		Title: words.T("sectors.token", sector), Wide: true,
		Content: kit.VStack(look.Gap, kit.Text(words.T("sectors.token.how")), word),
		Buttons: []kit.Action{
			{Text: words.T("kit.close")},
			{Text: words.T("sectors.token.file"), Do: func() { s.model.WriteToken(token, sector, s.written) }},
			{Text: words.T("sectors.copy"), Default: true, Do: func() {
				fyne.CurrentApp().Clipboard().SetContent(token)
				s.window.Say(words.T("sectors.copied"))
			}},
		},
	})
}

func (s *Screen) written(path string, err error) {
	if err != nil {
		s.tell(kit.Warning, diagnostics.Sentence(err, words.Language()))
		return
	}
	s.tell(kit.Success, words.T("sectors.written", path))
}

// onTake reads a hand-over.
func (s *Screen) onTake() {
	folder := kit.NewFolder(s.folder, []string{model.HandoverExt}, func(path string) {
		s.window.Modals().Dismiss()
		s.folder = filepath.Dir(path)
		s.TakeIn(path)
	})
	s.window.Modals().Show(kit.Dialog{
		Title: words.T("sectors.take"), First: folder.Entry, Wide: true, Content: folder,
		Buttons: []kit.Action{{Text: words.T("kit.cancel"), Default: true}},
	})
}

// TakeIn reads a hand-over and says what it brought.
func (s *Screen) TakeIn(path string) {
	s.model.TakeIn(path, func(taken model.TakenIn, err error) {
		if err != nil {
			s.tell(kit.Warning, diagnostics.Sentence(err, words.Language()))
			return
		}
		text := words.T("sectors.taken", taken.Sector, taken.Fresh, taken.All)
		if taken.Strange > 0 {
			text += " " + words.T("sectors.strange", taken.Strange)
		}
		s.tell(kit.Success, text)
	})
}

func (s *Screen) tell(tone kit.Tone, text string) {
	s.result.Set(tone, text)
	s.result.Show()
	s.object.Refresh()
}

func (s *Screen) refresh() {
	if s.object != nil {
		s.list.Refresh()
	}
}
