// Package questionnaires is the screen of the team's forms: which there are, in
// which versions, what was written on each; and the way in for others, judged
// and compared before anything is written. It changes no form.
package questionnaires

import (
	"path/filepath"

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
	PreviewForm(m *model.Preview)
	Modals() *kit.Modals
	Fail(op string, err error)
	Keys(command string) string // the shortcut of a command, as it is shown
}

// Screen shows a model.Questionnaires.
type Screen struct {
	model  *model.Questionnaires
	window Window
	folder string // in which a file was chosen last

	object *fyne.Container
	result *kit.Banner
	list   *page.Rows
	about  *kit.Label
	head   *kit.Label
	older  *kit.Button // compares with the version before

	compared int // row of the list that is compared with the version before it, -1: none
	report   []model.ReportLine
	lines    *page.Rows
	whole    *kit.Label
	what     *kit.Label
	front    fyne.Focusable
	shown    bool
}

// New makes the screen.
func New(m *model.Questionnaires, w Window) *Screen {
	s := &Screen{model: m, window: w, compared: -1}
	m.OnChange = s.Build
	m.Open()
	return s
}

// Object is what the window shows.
func (s *Screen) Object() fyne.CanvasObject {
	if s.object == nil {
		return nil // to be built
	}
	return s.object
}

// Title of the window while the screen is in front.
func (s *Screen) Title() string { return words.T("nav.forms") }

// Close ends the screen's work.
func (s *Screen) Close() { s.model.Close() }

// Load reads what is shown again.
func (s *Screen) Load() {
	s.shown = true
	s.model.Load()
}

// Focus goes to the list, or to the report.
func (s *Screen) Focus() {
	kit.Focus(s.front)
}

// Leave is told that another screen comes to the front.
func (s *Screen) Leave() { s.shown = false }

// Make begins a questionnaire out of a file.
func (s *Screen) Make() { s.onImport() }

// Makes reports whether that can be done now.
func (s *Screen) Makes() bool { return true }

// Bindings are the keys of the list.
func (s *Screen) Bindings() kit.Bindings {
	return kit.Bindings{
		{Keys: []string{"I"}, Label: "forms.import", Do: func(string) bool { return s.onImport() }},
		{Keys: []string{"A"}, Label: "forms.preview", Do: func(string) bool { return s.preview() }},
		{Keys: []string{"C"}, Label: "forms.compare", Do: func(string) bool { return s.compare() }},
	}
}

// Confirm puts the form that is looked at in use, or asks for a file.
func (s *Screen) Confirm() {
	switch {
	case s.model.Proposed == nil:
		s.onImport()
	case s.model.Proposed.OK() && !s.model.Proposed.Already:
		s.model.Give()
	}
}

// Build makes the widgets, again in another language.
func (s *Screen) Build() {
	var content fyne.CanvasObject
	had := s.front
	switch {
	case s.model.Proposed != nil:
		content = s.proposed()
	case s.compared >= 0 && s.compared < len(s.model.Rows):
		content = s.comparison()
	default:
		content = s.versions()
	}
	if s.object == nil {
		s.object = container.NewStack()
	}
	s.object.Objects = []fyne.CanvasObject{content}
	s.object.Refresh()
	if s.shown && had != s.front {
		kit.Focus(s.front)
	}
}

// versions is the list of all versions, with what is known of the highlighted
// one beside it.
func (s *Screen) versions() fyne.CanvasObject {
	s.list = page.NewRows(words.T("forms.none"), kit.ListOptions{
		Length: func() int { return len(s.model.Rows) }, Line: s.line,
		OnOpen: func(int) { s.preview() }, OnHighlight: func(int) { s.show() },
	}).Like(s.list)
	s.list.OnRune = s.Bindings().Rune
	s.head, s.about = kit.Subheading(""), kit.Text("")
	s.result = kit.NewBanner(kit.Success, "")
	load := kit.NewButton(words.T("forms.import"), func() { s.onImport() }).As(kit.Primary).WithKey("I")
	preview := kit.NewButton(words.T("forms.preview"), func() { s.preview() }).WithKey("A")
	s.older = kit.NewButton(words.T("forms.compare"), func() { s.compare() }).WithKey("C")
	for _, b := range []*kit.Button{load, preview, s.older} {
		b.OnRune = s.Bindings().Rune
	}
	s.front = s.list.List
	s.tell()
	s.show()
	body := page.Beside(0.52, s.list.Object, page.Column(s.head, s.about, page.Flow(preview, s.older)))
	top := kit.VStack(look.Gap, kit.Muted(words.T("forms.how")), s.result)
	return page.New(words.T("nav.forms"), page.Footed(page.Flow(load), page.Above(top, body)))
}

// tell says what became of the last import.
func (s *Screen) tell() {
	switch m := s.model; {
	case m.Reading():
		s.result.Set(kit.Info, words.T("forms.reading"))
	case m.Err != nil:
		s.result.Set(kit.Warning, diagnostics.Sentence(m.Err, words.Language()))
	case m.Given != "":
		s.result.Set(kit.Success, m.Given)
	default:
		s.result.Hide()
		return
	}
	s.result.Show()
}

func (s *Screen) line(i int) kit.Line {
	v := s.model.Rows[i]
	line := kit.Line{
		Title:  page.Joined(page.FormName(s.model.Forms, v.FormID), words.T("forms.version", version(v.Version.Version))),
		Detail: page.Joined(words.T("forms.records", v.Use.Records), words.T("forms.drafts", v.Use.Drafts)), Mark: "○",
	}
	switch {
	case v.Err != nil:
		line.Mark, line.Side, line.Importance = "!", words.T("forms.unusable"), kit.Danger
	case v.InUse:
		line.Mark, line.Side, line.Importance = "●", words.T("forms.in_use"), kit.Primary
	}
	return line
}

// show tells what is known of the highlighted version.
func (s *Screen) show() {
	i := s.list.Highlighted()
	if i >= len(s.model.Rows) {
		s.head.Set("")
		s.about.Set("")
		return
	}
	v := s.model.Rows[i]
	if first := s.model.Before(i) == nil; first != s.older.Hidden { // there is nothing to compare it with
		s.older.Hidden = first
		s.older.Refresh()
		if s.object != nil {
			s.object.Refresh()
		}
	}
	from := words.T("forms.shipped")
	if v.Record != "" {
		from = words.T("forms.received", words.Date(v.At.Local()))
	}
	text := from
	if v.Err != nil {
		text = diagnostics.Sentence(v.Err, words.Language())
		if v.Record != "" {
			text = from + "\n" + text
		}
	}
	text += "\n" + words.T("forms.use", v.Use.Records, v.Use.Unsent, v.Use.Drafts)
	s.head.Set(page.Joined(page.FormName(s.model.Forms, v.FormID), words.T("forms.version", version(v.Version.Version))))
	s.about.Set(text)
}

func version(v string) string {
	if v == "" {
		return words.T("entry.moved_no_version")
	}
	return v
}

// preview opens the highlighted form, or the one that is looked at, blank.
func (s *Screen) preview() bool {
	m, err := s.model.Preview(s.list.Highlighted())
	if err != nil {
		s.window.Fail("forms preview", err)
		return true
	}
	if m != nil {
		s.window.PreviewForm(m)
	}
	return true
}

// compare shows how the highlighted version differs from the one before it.
func (s *Screen) compare() bool {
	s.compared = s.list.Highlighted()
	s.Build()
	return true
}

func (s *Screen) back() {
	s.compared = -1
	s.model.Leave()
}

// onImport asks for a file: chosen in a folder, or by its path.
func (s *Screen) onImport() bool {
	take := func(path string) {
		s.window.Modals().Dismiss()
		if dir := filepath.Dir(path); dir != "." {
			s.folder = dir
		}
		s.model.Propose(path)
	}
	folder := kit.NewFolder(s.folder, []string{".xlsx", ".xlsm", ".md", ".csv", ".xml"}, take)
	path := kit.NewEntry(words.T("forms.path.example"))
	path.OnSubmitted = take
	s.window.Modals().Show(kit.Dialog{
		Title: words.T("forms.import"), First: folder.Entry, Wide: true,
		Content: kit.VStack(look.Gap, kit.Muted(words.T("forms.import.how")), page.Field(words.T("forms.path"), "", path), folder),
		Buttons: []kit.Action{{Text: words.T("kit.cancel")}, {Text: words.T("forms.read"), Do: func() { take(path.Text) }}},
	})
	return true
}
