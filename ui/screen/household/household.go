// Package household is who lives together: the card of a household, its members
// from when until when, and who they were on any day. A change has a date and
// can be taken back.
package household

import (
	"time"

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
	OpenPerson(id string)
	PickPerson(then func(code string)) // searches a known person, and comes back
	Back()
	Keys(command string) string
	Modals() *kit.Modals
	Undoable(sentence string, undo func())
}

// Screen shows a model.Household.
type Screen struct {
	model  *model.Household
	window Window

	object  fyne.CanvasObject
	types   *kit.Choice
	numbers map[string]*kit.Entry
	fields  map[string]*kit.Field
	animals *kit.Choice
	day     *kit.Entry
	dayLine *kit.Field
	present *kit.Label
	list    *page.Rows
	add     *kit.Button
}

// New makes the screen.
func New(m *model.Household, w Window) *Screen {
	s := &Screen{model: m, window: w}
	m.OnChange = s.refresh
	m.Open()
	return s
}

// Object is what the window shows.
func (s *Screen) Object() fyne.CanvasObject { return s.object }

// Title of the window while the screen is in front.
func (s *Screen) Title() string { return words.T("field.household") }

// Close ends the screen's work.
func (s *Screen) Close() { s.model.Close() }

// Load reads what is shown again.
func (s *Screen) Load() { s.model.Load() }

// Make begins a member.
func (s *Screen) Make() { s.onAdd() }

// Makes reports whether that can be done now.
func (s *Screen) Makes() bool { return true }

// Focus goes to the members.
func (s *Screen) Focus() { kit.Focus(s.list.List) }

// Build makes the widgets, again in another language.
func (s *Screen) Build() {
	s.types = s.choice("type", "household_type", 2)
	s.animals = s.choice("animals", "yn", 4)
	s.numbers, s.fields = map[string]*kit.Entry{}, map[string]*kit.Field{}
	left := []fyne.CanvasObject{page.Field(words.T("household.type"), "", s.types)}
	for _, field := range []string{"adults", "minors"} {
		entry := kit.NewEntry("")
		entry.SelectAll = true
		entry.OnChanged = func(text string) { s.model.Set(field, text) }
		s.numbers[field] = entry
		s.fields[field] = page.Field(page.FieldName(diagnostics.TypeHousehold, field), "", kit.Chars(6, entry))
		left = append(left, s.fields[field])
	}
	left = append(left, page.Field(page.FieldName(diagnostics.TypeHousehold, "animals"), "", s.animals))
	s.day = kit.NewEntry("")
	s.day.SelectAll = true
	s.day.Put(words.Date(s.model.On))
	s.day.OnChanged = s.onDay
	s.dayLine = page.Field(words.T("household.on"), "", kit.Chars(14, s.day))
	s.present = kit.Strong("")
	s.list = page.NewRows(words.T("household.nobody"), kit.ListOptions{
		Length: func() int { return len(s.model.Members) },
		Line:   s.line,
		OnOpen: s.open,
	}).Like(s.list)
	s.list.OnRune = s.Bindings().Rune
	s.add = kit.NewButton(words.T("household.add"), s.onAdd).As(kit.Primary).WithKey(letterAdd)
	s.add.OnRune = s.Bindings().Rune
	back := kit.NewButton(words.T("nav.back"), s.window.Back).WithKey(s.window.Keys("back"))
	right := page.Above(kit.VStack(look.Gap, s.dayLine, s.present), s.list.Object)
	s.object = page.New(words.T("field.household"), page.Footed(page.Flow(s.add),
		page.Beside(0.45, page.Column(left...), page.Titled(words.T("household.members"), right))), back)
	s.refresh()
}

// choice sets one coded field of the card.
func (s *Screen) choice(field, list string, columns int) *kit.Choice {
	return kit.NewChoice(kit.ChoiceOptions{Options: options(list), Columns: columns, OnAnswer: func(chosen []string, _ bool) {
		value := ""
		if len(chosen) > 0 {
			value = chosen[0]
		}
		s.model.Set(field, value)
	}})
}

func options(list string) []kit.Option {
	var all []kit.Option
	for _, code := range diagnostics.Codes(list) {
		all = append(all, kit.Option{Value: code.Code, Label: code.In(words.Language())})
	}
	return page.Keyed(all...)
}

// Bindings are the keys of the members.
func (s *Screen) Bindings() kit.Bindings {
	return kit.Bindings{{Keys: []string{letterAdd}, Label: "household.add", Do: func(string) bool {
		s.onAdd()
		return true
	}}}
}

// letterAdd adds somebody.
const letterAdd = "A"

// Chooses reports whether something is chosen by its digit.
func (s *Screen) Chooses() bool { return true }

// onDay shows who lived there on the day that is typed.
func (s *Screen) onDay(text string) {
	day, err := model.ParseDay(text)
	if err != nil {
		s.dayLine.SetError(diagnostics.Sentence(err, words.Language()))
		return
	}
	s.dayLine.SetError("")
	s.model.Ask(day)
}

func (s *Screen) line(i int) kit.Line {
	m := s.model.Members[i]
	line := kit.Line{Title: m.Code, Detail: m.Traits, Side: m.When, Mark: "●"}
	if !m.Present {
		line.Mark = "○"
	}
	return line
}

// onAdd searches a known person, then asks from when on.
func (s *Screen) onAdd() {
	s.window.PickPerson(func(code string) {
		role := kit.NewChoice(kit.ChoiceOptions{Options: options(diagnostics.ListMemberRole), Columns: 2})
		var chosen string
		role.OnAnswer = func(codes []string, _ bool) {
			chosen = ""
			if len(codes) > 0 {
				chosen = codes[0]
			}
		}
		s.askDay(words.T("household.adding", code), words.T("household.since_when"), words.T("household.add"), role, func(day time.Time) {
			s.model.Join(code, chosen, day, func(undo func()) {
				s.window.Undoable(words.T("household.joined", code), undo)
			})
		})
	})
}

// open asks what is to be done about a member.
func (s *Screen) open(i int) {
	m := s.model.Members[i]
	buttons := []kit.Action{
		{Text: words.T("kit.close")},
		{Text: words.T("record.person"), Default: true, Do: func() { s.window.OpenPerson(m.Person) }},
	}
	if m.Living {
		buttons = append(buttons, kit.Action{Text: words.T("household.leave"), Do: func() { s.onLeave(m) }})
	}
	s.window.Modals().Show(kit.Dialog{Title: m.Code, Content: kit.Text(page.Joined(m.Traits, m.When)), Buttons: buttons})
}

func (s *Screen) onLeave(m model.MemberLine) {
	s.askDay(words.T("household.leaving", m.Code), words.T("household.until_when"), words.T("household.leave"), nil, func(day time.Time) {
		s.model.Leave(m.Person, day, func(undo func()) {
			s.window.Undoable(words.T("household.left", m.Code), undo)
		})
	})
}

// askDay asks for a day, today unless another is typed.
func (s *Screen) askDay(title, label, yes string, above fyne.CanvasObject, then func(time.Time)) {
	AskDay(s.window.Modals(), DayQuestion{Title: title, Label: label, Yes: yes, Above: above, Today: s.model.Clock().Local(), Then: then})
}

// DayQuestion asks on which day something was.
type DayQuestion struct {
	Title, Label, Yes string
	Above             fyne.CanvasObject // what else is asked, nil for nothing
	First             fyne.Focusable    // of Above; nil: Above itself, or the day
	Today             time.Time
	Then              func(time.Time)
}

// AskDay asks; a text that is no day leaves the question open.
func AskDay(modals *kit.Modals, q DayQuestion) {
	entry := kit.NewEntry("")
	entry.SelectAll = true
	entry.Put(words.Date(q.Today))
	field := page.Field(q.Label, words.T("household.day.hint"), kit.Chars(14, entry))
	answer := func() bool {
		day, err := model.ParseDay(entry.Text)
		if err != nil {
			field.SetError(diagnostics.Sentence(err, words.Language()))
			return false
		}
		q.Then(day)
		return true
	}
	var first fyne.Focusable = entry
	content := []fyne.CanvasObject{field}
	if q.Above != nil {
		content = append([]fyne.CanvasObject{q.Above}, content...)
		first, _ = q.Above.(fyne.Focusable)
		if q.First != nil {
			first = q.First
		}
	}
	entry.OnSubmitted = func(string) {
		if answer() {
			modals.Dismiss()
		}
	}
	modals.Show(kit.Dialog{
		Title: q.Title, First: first, Content: kit.VStack(look.Gap, content...),
		Buttons: []kit.Action{{Text: words.T("kit.cancel")}, {Text: q.Yes, Default: true, Do: func() {
			if !answer() {
				AskDay(modals, q)
			}
		}}},
	})
}

func (s *Screen) refresh() {
	if s.object == nil {
		return
	}
	card := s.model.Card
	s.types.Update(options("household_type"), one(card.Get("type")))
	s.animals.Update(options("yn"), one(card.Get("animals")))
	for field, entry := range s.numbers {
		if text := card.Get(field); entry.Text != text {
			entry.Put(text)
		}
		problem := ""
		if s.model.Invalid[field] != nil {
			problem = words.T("household.number")
		}
		s.fields[field].SetError(problem)
	}
	s.present.Set(words.T("household.present", s.model.Present))
	s.list.Refresh()
}

func one(code string) []string {
	if code == "" {
		return nil
	}
	return []string{code}
}
