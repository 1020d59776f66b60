// Package export is the screen that writes the needs analysis into an Excel
// file. What may be read in it is decided below, by the audience's threshold.
package export

import (
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
	Confirm(kit.Question)
	Keys(command string) string // the shortcut of a command, as it is shown
}

// Screen shows a model.Export.
type Screen struct {
	model  *model.Export
	window Window

	object         fyne.CanvasObject
	kind           *kit.Choice
	from, to, file *kit.Entry
	fields         map[string]*kit.Field
	what           *kit.Label
	audience       *kit.Field
	start          *kit.Button
	progress       *kit.Progress
	result         *kit.Banner
}

// New makes the screen.
func New(m *model.Export, w Window) *Screen {
	s := &Screen{model: m, window: w}
	m.OnChange = s.refresh
	m.Open()
	return s
}

// Object is what the window shows.
func (s *Screen) Object() fyne.CanvasObject { return s.object }

// Title of the window while the screen is in front.
func (s *Screen) Title() string { return words.T("nav.export") }

// Close stops what is being written.
func (s *Screen) Close() { s.model.Close() }

// Load reads what is shown again.
func (s *Screen) Load() { s.model.Load() }

// Focus goes to the first choice.
func (s *Screen) Focus() { kit.Focus(s.kind) }

// Confirm asks whether to write the workbook.
func (s *Screen) Confirm() {
	if !s.model.Running() {
		s.onStart()
	}
}

// audiences and the words that name them.
var audiences = []struct {
	audience diagnostics.Audience
	label    string
}{
	{diagnostics.AudiencePlenary, "export.plenary"},
	{diagnostics.AudienceRestricted, "export.restricted"},
	{diagnostics.AudienceGroup, "export.group"},
}

// Chooses reports whether a kind of file is chosen by its digit.
func (s *Screen) Chooses() bool { return true }

// Build makes the widgets, again in another language.
func (s *Screen) Build() {
	order := &s.model.Order
	s.from, s.to, s.file = input(&order.From), input(&order.To), input(&order.File)
	s.from.Digits, s.to.Digits = true, true
	var options []kit.Option
	for _, a := range audiences {
		options = append(options, kit.Option{Value: string(a.audience), Label: words.T(a.label, a.audience.Threshold())})
	}
	s.kind = kit.NewChoice(kit.ChoiceOptions{
		Options: page.Keyed(kit.Option{Value: model.ExportNeeds, Label: words.T("export.needs")},
			kit.Option{Value: model.ExportRaw, Label: words.T("export.raw")}),
		Selected: []string{order.Kind}, Columns: 1, OnAnswer: one(s.onKind),
	})
	audience := kit.NewChoice(kit.ChoiceOptions{
		Options: page.Keyed(options...), Selected: []string{string(order.Audience)},
		Columns: 1, OnAnswer: one(func(v string) { order.Audience = diagnostics.Audience(v) }),
	})
	language := kit.NewChoice(kit.ChoiceOptions{
		Options:  page.Keyed(kit.Option{Value: "fr", Label: "Français"}, kit.Option{Value: "en", Label: "English"}),
		Selected: []string{order.Lang}, Columns: 2, OnAnswer: one(func(v string) { order.Lang = v }),
	})
	s.audience = page.Field(words.T("export.audience"), words.T("export.audience.hint"), audience)
	s.what = kit.Text("")
	s.fields = map[string]*kit.Field{
		model.FieldFrom: page.Field(words.T("export.from"), words.T("export.day.hint"), s.from),
		model.FieldTo:   page.Field(words.T("export.to"), words.T("export.to.hint"), s.to),
		model.FieldFile: page.Field(words.T("export.file"), "", s.file),
	}
	s.start = kit.NewButton(words.T("export.start"), s.onStart).As(kit.Primary).WithKey(s.window.Keys("finish"))
	s.progress, s.result = kit.NewProgress(s.model.Cancel), kit.NewBanner(kit.Success, "")
	foot := kit.VStack(look.Gap, s.result, s.progress, page.Flow(s.start))
	s.object = page.New(words.T("nav.export"), page.Footed(foot, page.Column(
		s.kind, s.what,
		container.NewGridWithColumns(2, s.fields[model.FieldFrom], s.fields[model.FieldTo]),
		s.audience,
		page.Field(words.T("export.language"), "", language), s.fields[model.FieldFile])))
	s.refresh()
}

// input is a field that keeps its text in the order.
func input(kept *string) *kit.Entry {
	e := kit.NewEntry("")
	e.SelectAll = true
	e.Put(*kept)
	e.OnChanged = func(text string) { *kept = text }
	return e
}

// one takes the single answer of a choice.
func one(set func(string)) func([]string, bool) {
	return func(chosen []string, _ bool) {
		if len(chosen) == 1 {
			set(chosen[0])
		}
	}
}

func (s *Screen) onKind(kind string) {
	s.model.Order.Kind = kind
	s.refresh()
}

// onStart asks first: a file leaves the notebook.
func (s *Screen) onStart() {
	if s.model.Order.Kind == model.ExportRaw {
		s.window.Confirm(kit.Question{
			Title: words.T("export.confirm"), Text: words.T("export.raw.confirm"),
			Yes: words.T("export.start"), Then: s.model.Start,
		})
		return
	}
	for _, a := range audiences {
		if a.audience == s.model.Order.Audience {
			s.window.Confirm(kit.Question{
				Title: words.T("export.confirm"),
				Text:  words.T("export.confirm.text", words.T(a.label, a.audience.Threshold())),
				Yes:   words.T("export.start"), Then: s.model.Start,
			})
		}
	}
}

func (s *Screen) refresh() {
	if s.model.Order.Kind == model.ExportRaw {
		s.what.Set(words.T("export.raw.what"))
		s.audience.Hide()
	} else {
		s.what.Set(words.T("export.what"))
		s.audience.Show()
	}
	for name, field := range s.fields {
		sentence := ""
		if err := s.model.Faults[name]; err != nil {
			sentence = diagnostics.Sentence(err, words.Language())
		}
		field.SetError(sentence)
	}
	if s.model.Running() {
		s.start.Disable()
		s.progress.Show()
		s.progress.Set(words.T("export.progress", s.model.Rows), 0, 0)
	} else {
		s.start.Enable()
		s.progress.Hide()
	}
	switch {
	case s.model.Err != nil:
		s.result.Set(kit.Warning, diagnostics.Sentence(s.model.Err, words.Language()))
		s.result.Show()
	case s.model.Done != "":
		s.result.Set(kit.Success, words.T("export.done", s.model.Done))
		s.result.Show()
	default:
		s.result.Hide()
	}
}
