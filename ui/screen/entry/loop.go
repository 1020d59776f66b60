package entry

import (
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"solidaren/diagnostics"
	"solidaren/ui/kit"
	"solidaren/ui/kit/page"
	look "solidaren/ui/kit/theme"
	"solidaren/ui/model"
	"solidaren/ui/words"
)

// strip stands round a form that is filled again and again on an outing: above
// it where and when, below it what was written so far.
type strip struct {
	screen      *Screen
	place, hour *kit.Button
	totals      *kit.Label
	last        *fyne.Container
	top, night  fyne.CanvasObject
}

func newStrip(s *Screen) *strip {
	t := &strip{screen: s, totals: kit.Muted("").Whole(), last: kit.AsMany(look.Section)}
	t.place = kit.NewButton("", s.ChangePlace).WithKey(s.window.Keys("place"))
	t.hour = kit.NewButton("", s.ChangeHour).WithKey(s.window.Keys("hour"))
	buttons := []fyne.CanvasObject{t.place, t.hour}
	if !s.model.Sealed() { // of what is sealed there is nothing to see
		buttons = append(buttons, kit.NewButton(words.T("loop.see"), s.window.Drafts).WithKey(s.window.Keys("drafts")))
	}
	t.top = kit.Inset(look.Gap, page.Flow(append(buttons, kit.High(t.totals))...))
	t.night = kit.Indented(look.Gap, t.last)
	t.show()
	return t
}

// show follows place, hour and what was written.
func (t *strip) show() {
	m := t.screen.model
	place := m.PlaceText()
	if place == "" {
		place = words.T("loop.place.unknown")
	}
	t.place.SetText(place)
	t.hour.SetText(words.Clock(m.Hour()))
	t.totals.Set(page.Joined(words.T("loop.records", m.Outing.Records), words.T("loop.people", m.Outing.People)))
	t.last.RemoveAll()
	for _, line := range m.Outing.Lines[:min(lastLines, len(m.Outing.Lines))] {
		t.last.Add(kit.Caption(NightText(line)).Whole())
	}
	if len(m.Outing.Lines) == 0 {
		t.last.Add(kit.Caption(words.T("loop.first")).Whole())
	}
	t.top.Refresh()
}

// lastLines is how many records of the night stand below the form.
const lastLines = 5

// NightText says one record of the night in a few words.
func NightText(line model.NightLine) string {
	who := ""
	if line.Persons > 0 {
		who = words.T("loop.people", line.Persons)
	}
	return line.When + " " + page.Joined(line.Contact, who, line.Place)
}

// Gloves asks for larger targets: this form is filled outdoors.
func (s *Screen) Gloves() bool { return s.model.Outing != nil }

// Hour is when the record is of.
func (s *Screen) Hour() time.Time { return s.model.Hour() }

// aside are the questions that the strip stands for.
func (s *Screen) aside() []string {
	if s.model.Outing == nil {
		return nil
	}
	return s.model.Strip()
}

// Tick follows the clock while nothing is answered yet, and tells of a disk that
// is slow.
func (s *Screen) Tick() {
	if s.view != nil {
		s.view.Tick()
	}
	if s.strip == nil || s.model.Begun() {
		return
	}
	s.model.FollowClock()
	s.strip.show()
}

// Recount shows what was written on the outing as it is now.
func (s *Screen) Recount() {
	if s.strip != nil {
		s.model.Recount(s.strip.show)
	}
}

// onEnter ends the record where Enter means that.
func (s *Screen) onEnter() bool {
	if s.model.Outing == nil || !s.model.Ends(s.form) {
		return false
	}
	s.view.Finish()
	return true
}

// finish ends the record. On an outing the next one follows: what is typed
// meanwhile is meant for it.
func (s *Screen) finish() {
	if s.model.Outing != nil {
		s.window.Hold()
	}
	s.model.Finish()
}

// ChangePlace asks where one is, by keys, the wider place first.
func (s *Screen) ChangePlace() {
	if s.strip == nil {
		return
	}
	questions := s.model.PlaceQuestions()
	if len(questions) == 0 {
		return
	}
	s.askPlace(0)
}

// placeColumns lets a list of places stand on one screen.
const placeColumns = 2

// askPlace asks one of the questions; its answer leads to the next.
func (s *Screen) askPlace(i int) {
	questions := s.model.PlaceQuestions()
	if i == len(questions) {
		s.passAside()
		s.strip.show()
		return
	}
	node := questions[i]
	options := make([]kit.Option, len(node.Choices))
	for n, choice := range node.Choices {
		options[n] = kit.Option{Value: choice.Value, Label: choice.Label, Key: kit.KeyAt(choice.Position)}
	}
	choice := kit.NewChoice(kit.ChoiceOptions{Options: options, Columns: placeColumns, Selected: []string{node.Value}, OnAnswer: func(chosen []string, _ bool) {
		s.window.Modals().Dismiss()
		s.form.Fill(node.Ref, strings.Join(chosen, " "))
		s.askPlace(i + 1)
	}})
	choice.OnKey = func(event *fyne.KeyEvent) bool { // Enter keeps what is chosen
		if event.Name != fyne.KeyReturn && event.Name != fyne.KeyEnter || node.Value == "" {
			return false
		}
		s.window.Modals().Dismiss()
		s.askPlace(i + 1)
		return true
	}
	s.window.Modals().Show(kit.Dialog{Title: node.Label, Content: choice, First: choice, Wide: true, OnDismiss: s.strip.show})
}

// passAside goes on from a question that the strip now stands for.
func (s *Screen) passAside() {
	for range s.aside() {
		if slices.Contains(s.aside(), s.form.Cursor()) {
			s.form.Next()
		}
	}
}

// ChangeHour asks when it was.
func (s *Screen) ChangeHour() {
	if s.strip == nil {
		return
	}
	entry := kit.NewEntry(words.T("loop.hour.example"))
	entry.Digits, entry.SelectAll = true, true
	field := page.Field(words.T("loop.hour"), words.T("loop.hour.hint"), entry)
	entry.OnSubmitted = func(text string) {
		at, err := model.ParseHour(text, s.model.Clock().Local())
		if err != nil {
			field.SetError(diagnostics.Sentence(err, words.Language()))
			return
		}
		s.window.Modals().Dismiss()
		s.model.SetHour(s.form, at)
		s.strip.show()
	}
	s.window.Modals().Show(kit.Dialog{Title: words.T("cmd.hour"), Content: field, First: entry})
}
