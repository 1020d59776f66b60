// Package person is the card of one person: the code, the optional identity,
// and what is known over time. It ranks nobody and shows no score.
package person

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
	OpenRecord(id string)
	OpenPerson(id string)
	OpenHousehold(personID, code string)
	Rectify(personID string)
	PickPerson(then func(code string)) // searches a known person, and comes back
	NewStep(code string)               // asks what is to be done for the person, and by when
	Modals() *kit.Modals
	Back()
	Undoable(sentence string, undo func())
	Keys(command string) string // the shortcut of a command, as it is shown
}

// Screen shows a model.Person.
type Screen struct {
	model  *model.Person
	window Window

	object fyne.CanvasObject
	whole  fyne.CanvasObject

	question fyne.CanvasObject // for which purpose the file is opened
	purposes *kit.Choice
	why      *kit.Label

	code   *kit.Label
	saved  *kit.Label
	inputs map[string]*kit.Entry
	fields map[string]*kit.Field
	events *page.Rows
	about  *fyne.Container // what the person wishes, shares, and for how long the file is kept
	counts *kit.Label      // how many events of each kind there are
	kinds  *kit.Button     // which are listed
	hidden *kit.Label
	same   *fyne.Container
	limits map[string]*kit.Check
}

// New makes the screen.
func New(m *model.Person, w Window) *Screen {
	s := &Screen{model: m, window: w}
	m.OnChange, m.OnUndoable = s.refresh, w.Undoable
	m.Open()
	return s
}

// Object is what the window shows.
func (s *Screen) Object() fyne.CanvasObject { return s.object }

// Title of the window while the screen is in front: never the person's name.
func (s *Screen) Title() string { return words.T("sheet.title") }

// Close ends the screen's work.
func (s *Screen) Close() { s.model.Close() }

// Load reads what is shown again.
func (s *Screen) Load() { s.model.Load() }

// Focus goes to the first field, or to the purposes.
func (s *Screen) Focus() {
	if s.model.Asking {
		kit.Focus(s.purposes)
		return
	}
	kit.Focus(s.inputs[model.IdentityFields()[0]])
}

// Asking reports whether the screen asks for a purpose and shows nothing yet.
func (s *Screen) Asking() bool { return s.model.Asking }

// Make begins a next step for the person.
func (s *Screen) Make() {
	if s.Makes() {
		s.window.NewStep(s.model.Card.Get("code"))
	}
}

// Makes reports whether that can be done now.
func (s *Screen) Makes() bool { return !s.model.Asking && s.model.Shut == nil && !s.model.Hidden }

// Chooses reports whether the screen asks for a purpose, chosen by its digit.
func (s *Screen) Chooses() bool { return s.model.Asking }

// labels of the identity fields.
var labels = map[string]string{
	"identity.handle":      "sheet.handle",
	"identity.names":       "sheet.names",
	"identity.birth_date":  "sheet.birth_date",
	"identity.phone":       "sheet.phone",
	"identity.email":       "sheet.email",
	"identity.exact_place": "sheet.exact_place",
}

// Build makes the widgets, again in another language.
func (s *Screen) Build() {
	s.inputs, s.fields = map[string]*kit.Entry{}, map[string]*kit.Field{}
	s.code, s.saved = kit.Subheading(""), kit.Caption(words.T("sheet.saving"))
	s.about = kit.VStack(look.RingWidth)
	rows := []fyne.CanvasObject{s.code, s.about, s.saved, kit.Muted(words.T("sheet.optional"))}
	for _, field := range model.IdentityFields() {
		entry := kit.NewEntry("")
		entry.OnChanged = func(text string) { s.model.Set(field, text) }
		s.inputs[field], s.fields[field] = entry, page.Field(words.T(labels[field]), "", entry)
		rows = append(rows, s.fields[field])
	}
	rows = append(rows, s.sameAs()...)
	rows = append(rows, s.restrictions()...)
	s.hidden = kit.Muted(words.T("sheet.hidden"))
	s.events = page.NewRows(words.T("sheet.no_event"), kit.ListOptions{
		Length: func() int { return len(s.model.Events) },
		Line:   s.line,
		OnOpen: s.onOpen,
	})
	s.events.OnRune = s.Bindings().Rune
	s.counts = kit.Muted("")
	s.kinds = kit.NewButton("", func() { s.chooseKind() }).WithKey(letterKind)
	s.kinds.OnRune = s.Bindings().Rune
	time := page.Above(kit.VStack(look.Gap, s.counts, page.Flow(s.kinds)), container.NewStack(s.hidden, s.events.Object))
	split := page.Beside(0.5, page.Column(rows...), page.Titled(words.T("sheet.timeline"), time))
	home := kit.NewButton(words.T("field.household"), s.Household)
	right := kit.NewButton(words.T("rectify.title"), s.Rectify)
	back := kit.NewButton(words.T("nav.back"), s.window.Back).WithKey(s.window.Keys("back"))
	s.whole = page.New(words.T("sheet.title"), split, home, right, back)
	s.object = container.NewStack(s.whole, s.asking())
	s.refresh()
}

// Rectify puts the card right at the person's request.
func (s *Screen) Rectify() { s.window.Rectify(s.model.ID) }

// Household shows who the person lives with.
func (s *Screen) Household() { s.window.OpenHousehold(s.model.ID, s.model.Card.Get("code")) }

func (s *Screen) onOpen(i int) {
	if id := s.model.Events[i].Opens; id != "" {
		s.window.OpenRecord(id)
	}
}

// eventNames say what a line of the timeline is, by type of record.
var eventNames = map[string]string{
	diagnostics.TypeDiagnostic:    "event.diagnostic",
	diagnostics.TypeEncounter:     "event.encounter",
	diagnostics.TypeSituation:     "event.situation",
	diagnostics.TypePlace:         "event.place",
	diagnostics.TypeNeed:          "event.need",
	diagnostics.TypeRight:         "event.right",
	diagnostics.TypeStrength:      "event.strength",
	diagnostics.TypeReferral:      "event.referral",
	diagnostics.TypeFollowUp:      "event.followup",
	diagnostics.TypeConsent:       "event.consent",
	diagnostics.TypeRequest:       "event.request",
	diagnostics.TypeRectification: "event.rectification",
	diagnostics.TypeMember:        "event.member",
	diagnostics.TypeResolution:    "event.resolution",
}

func eventName(recordType string) string {
	if name, ok := eventNames[recordType]; ok {
		return words.T(name)
	}
	return words.T("event.other")
}

func (s *Screen) line(i int) kit.Line {
	e := s.model.Events[i]
	what := e.What
	switch e.Type {
	case diagnostics.TypeDiagnostic:
		what = page.FormName(s.model.Forms, e.What)
		if e.Replaced {
			what = page.Joined(what, words.T("event.replaced"))
		}
	case diagnostics.TypeRectification, diagnostics.TypeResolution:
		what = page.FieldName(diagnostics.TypePerson, e.What)
	}
	return kit.Line{Title: eventName(e.Type), Detail: what, Side: e.When}
}

func (s *Screen) refresh() {
	if asked := s.question.Visible(); asked != s.model.Asking {
		s.whole.Hide()
		s.question.Hide()
		if s.model.Asking {
			s.question.Show()
		} else {
			s.whole.Show()
		}
		s.object.Refresh()
		s.Focus()
	}
	s.why.Set(words.T("sheet.purpose.coordinator"))
	if s.model.Card.Archived() {
		s.why.Set(words.T("sheet.purpose.archived"))
	}
	if s.model.Shut != nil {
		s.why.Set(diagnostics.Sentence(s.model.Shut, words.Language()))
	}
	s.refreshAbout()
	if code := s.model.Card.Get("code"); s.code.Text != code {
		s.code.Set(code)
		s.object.Refresh() // the code takes its place
	}
	for field, entry := range s.inputs {
		if text := s.model.Card.Get(field); entry.Text != text {
			entry.Put(text)
		}
		problem := ""
		if err := s.model.Invalid[field]; err != nil {
			problem = diagnostics.Sentence(err, words.Language())
		}
		s.fields[field].SetError(problem)
	}
	if !s.model.SavedAt.IsZero() {
		s.saved.Set(words.T("sheet.saved", words.Clock(s.model.SavedAt)))
	}
	hidden := words.T("sheet.hidden")
	if s.model.Shut != nil {
		hidden = diagnostics.Sentence(s.model.Shut, words.Language())
	}
	s.hidden.Set(hidden)
	s.events.Silent = s.model.Hidden || s.model.Shut != nil
	s.hidden.Hidden = !s.events.Silent
	s.events.Refresh()
	s.refreshSame()
	for field, box := range s.limits {
		box.Set(s.model.Card.Get(field) == "yes")
	}
}
