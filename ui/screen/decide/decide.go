// Package decide is the list of what people have to decide: questions with
// several answers, and records that the server has set aside. It decides
// nothing by itself, and hides no answer.
package decide

import (
	"fmt"
	"slices"

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
	OpenPerson(id string)
	Undoable(sentence string, undo func())
	Say(sentence string)
}

// Screen shows a model.Decide. The list keeps the focus: the arrows go from
// question to question, digits choose an answer, Enter decides.
type Screen struct {
	model  *model.Decide
	window Window

	object fyne.CanvasObject
	list   *page.Rows
	detail *fyne.Container
	title  *kit.Label
	choice *kit.Choice // of the item shown
	why    *kit.Entry
	whyOf  string        // of which item
	state  *kit.Progress // of the comparing of cards
	fault  *kit.Label    // why the server does not say what it set aside
	shown  model.DecideItem
}

// New makes the screen.
func New(m *model.Decide, w Window) *Screen {
	s := &Screen{model: m, window: w}
	m.OnChange = s.refresh
	m.Open()
	return s
}

// Object is what the window shows.
func (s *Screen) Object() fyne.CanvasObject { return s.object }

// Title of the window while the screen is in front.
func (s *Screen) Title() string { return words.T("nav.decide") }

// Close ends the screen's work.
func (s *Screen) Close() { s.model.Close() }

// Load reads what is shown again.
func (s *Screen) Load() { s.model.Load() }

// Focus goes to the list.
func (s *Screen) Focus() { kit.Focus(s.list.List) }

// Build makes the widgets, again in another language.
func (s *Screen) Build() {
	s.list = page.NewRows(words.T("decide.none"), kit.ListOptions{
		Length:      func() int { return len(s.model.Items) },
		Line:        func(i int) kit.Line { return s.line(s.model.Items[i]) },
		OnOpen:      s.settle,
		OnHighlight: func(int) { s.show() },
	}).Like(s.list)
	s.list.OnKey = s.Bindings().Key
	s.detail, s.title = container.NewStack(), kit.Strong("")
	s.shown = model.DecideItem{}
	s.state, s.fault = kit.NewProgress(s.model.StopScan), kit.Muted("")
	s.object = page.New(words.T("nav.decide"), page.Beside(0.42,
		page.Footed(kit.VStack(look.Gap, s.state, s.fault), container.NewBorder(s.title, nil, nil, nil, s.list.Object)), s.detail))
	s.refresh()
}

// heldWhy are the words of the reasons for which the server sets a record aside.
var heldWhy = map[string]string{
	"forbidden": "held.forbidden", "unknown_type": "held.unknown_type", "bad_value": "held.bad_value",
	"fact_exists": "held.fact_exists", "creator_held": "held.creator_held",
	"not_due": "held.not_due", "not_asked": "held.not_asked", "replaced": "held.replaced",
}

// reason says why the server set a record aside: to its author, or to the
// coordinator who decides about it.
func reason(item model.DecideItem) string {
	if item.Aside != nil && item.Held == "forbidden" {
		return words.T("held.forbidden.author")
	}
	return words.T(heldWhy[item.Held])
}

// what names a record that was set aside: what kind it is, and whose or from
// whom.
func (s *Screen) what(item model.DecideItem) string {
	form := ""
	if item.FormID != "" {
		form = page.FormName(s.model.Forms, item.FormID)
	}
	return page.Joined(item.What, form, item.Who)
}

func (s *Screen) line(item model.DecideItem) kit.Line {
	switch {
	case item.Held != "":
		return kit.Line{Title: words.T("decide.held"), Detail: page.Joined(s.what(item), reason(item)), Mark: "!"}
	case item.Pair != nil:
		return kit.Line{Title: words.T("decide.pair"), Detail: item.Who, Side: words.T("decide.cards"), Mark: "≈"}
	case item.Asked:
		return kit.Line{Title: page.FieldName(item.Type, item.Field), Detail: item.Who, Side: words.T("decide.asked"), Mark: "…"}
	}
	l := kit.Line{Title: page.FieldName(item.Type, item.Field), Detail: item.Who, Side: words.T("decide.answers", answers(item)), Mark: "⇄"}
	if item.Done != "" {
		l.Side, l.Mark = words.T("decide.settled"), "✓"
	}
	if item.Again {
		l.Side = words.T("decide.again")
	}
	return l
}

// answers counts the answers that were given: to ask the person is none.
func answers(item model.DecideItem) int {
	n := 0
	for _, a := range item.Answers {
		if a.Value != model.AskPerson && a.Value != model.BothDates {
			n++
		}
	}
	return n
}

func (s *Screen) refresh() {
	m := s.model
	s.state.Hidden, s.fault.Hidden = !m.Scanning(), m.HeldErr == nil
	if m.Scanning() {
		s.state.Set(words.T("decide.scan", m.Scanned, m.ToScan), int64(m.Scanned), int64(m.ToScan))
	}
	if m.HeldErr != nil {
		s.fault.Set(words.T("decide.held.fault", diagnostics.Sentence(m.HeldErr, words.Language())))
	}
	s.list.Silent = !m.Loaded
	s.title.Set(s.heading())
	s.list.Refresh()
	s.show()
	s.object.Refresh() // the counts may take another line
}

// heading counts what is to be decided.
func (s *Screen) heading() string {
	n := map[string]int{}
	for _, item := range s.model.Items[:s.model.Left] {
		n[kind(item)]++
	}
	switch {
	case !s.model.Loaded, len(s.model.Items) == 0: // the list says that there is nothing
		return ""
	case s.model.Left == 0 && len(s.model.Items) > 0:
		return words.T("decide.none")
	}
	return page.Joined(words.T("decide.count.answers", n["answers"]), words.T("decide.count.pairs", n["pair"]), words.T("decide.count.held", n["held"]))
}

func kind(item model.DecideItem) string {
	switch {
	case item.Held != "":
		return "held"
	case item.Pair != nil:
		return "pair"
	}
	return "answers"
}

// show shows the highlighted item, unless it is shown already.
func (s *Screen) show() {
	i := s.list.Highlighted()
	if i >= len(s.model.Items) {
		s.detail.Objects, s.choice = nil, nil
		s.detail.Refresh()
		return
	}
	item := s.model.Items[i]
	if same(item, s.shown) && s.choice != nil {
		s.choice.Update(s.choice.Options, chosen(item))
		return
	}
	s.shown = item
	s.detail.Objects = []fyne.CanvasObject{s.about(item)}
	s.detail.Refresh()
}

func same(a, b model.DecideItem) bool {
	return a.Record == b.Record && a.Field == b.Field && a.Held == b.Held && a.Who == b.Who && a.Asked == b.Asked && a.Done == b.Done &&
		slices.Equal(a.Answers, b.Answers) && slices.Equal(pairLines(a), pairLines(b))
}

// pairLines are what is shown of two cards.
func pairLines(item model.DecideItem) []string {
	if item.Pair == nil {
		return nil
	}
	return slices.Concat(item.Pair.A.Lines, item.Pair.B.Lines)
}

// about shows all answers of an item, who gave them and when.
func (s *Screen) about(item model.DecideItem) fyne.CanvasObject {
	if item.Held != "" && item.Aside == nil {
		s.choice = nil
		return page.Column(kit.Subheading(words.T("decide.held")), kit.Strong(s.what(item)), kit.Text(reason(item)), kit.Muted(words.T("decide.held.text")))
	}
	options := make([]kit.Option, len(item.Answers))
	for i, a := range item.Answers {
		options[i] = kit.Option{Value: string(rune('a' + i)), Label: page.Joined(a.Shown(), a.Device, a.When)}
	}
	columns := 1
	if item.Pair != nil {
		columns = len(options) // short words, below two cards
	}
	s.choice = kit.NewChoice(kit.ChoiceOptions{
		Options: page.Keyed(options...), Selected: chosen(item), Columns: columns,
		OnAnswer: func(selected []string, _ bool) {
			if len(selected) == 1 {
				s.model.Choose(s.list.Highlighted(), int(selected[0][0]-'a'))
			}
		},
	})
	s.choice.OnKey = s.Bindings().Key
	old, of := s.why, fmt.Sprint(item.Record, item.Field, item.Held, item.Who, pairLines(item))
	if s.why = kit.NewEntry(""); s.whyOf == of {
		s.why.Like(old)
	}
	s.whyOf = of
	s.why.Limit = 500
	s.why.OnSubmitted = func(string) { s.settle(s.list.Highlighted()) }
	actions := []fyne.CanvasObject{kit.NewButton(words.T("decide.do"), func() { s.settle(s.list.Highlighted()) }).
		As(kit.Primary).WithKey(words.T("keyname.enter"))}
	if item.Person != "" {
		actions = append(actions, kit.NewButton(words.T("record.person"), func() { s.window.OpenPerson(item.Person) }))
	}
	var body []fyne.CanvasObject
	switch {
	case item.Pair != nil:
		for _, card := range []model.DecideCard{item.Pair.A, item.Pair.B} {
			actions = append(actions, kit.NewButton(card.Code, func() { s.window.OpenPerson(card.ID) }))
		}
		body = s.aboutPair(item.Pair)
	case item.Aside != nil:
		body = s.aboutHeld(item)
	default:
		body = []fyne.CanvasObject{
			kit.Subheading(page.Joined(item.Who, page.FieldName(item.Type, item.Field))), s.choice,
			kit.Muted(meanwhile(item)),
			page.Field(words.T("decide.why"), "", s.why), kit.Caption(words.T("decide.kept")),
		}
		if item.Asked {
			body = append(body, kit.Muted(words.T("decide.asked.text")))
		}
	}
	return page.Footed(page.Flow(actions...), page.Column(body...))
}

// aboutPair shows two cards side by side.
func (s *Screen) aboutPair(pair *model.DecidePair) []fyne.CanvasObject {
	card := func(c model.DecideCard) fyne.CanvasObject {
		rows := []fyne.CanvasObject{kit.Strong(c.Code)}
		for _, line := range c.Lines {
			rows = append(rows, kit.Text(line))
		}
		return kit.VStack(look.Gap, rows...)
	}
	return []fyne.CanvasObject{
		kit.Subheading(words.T("decide.pair")), kit.Muted(pair.Common),
		page.Beside(0.5, card(pair.A), card(pair.B)), s.choice,
		page.Field(words.T("decide.why"), "", s.why), kit.Caption(words.T("decide.pair.kept")),
	}
}

// aboutHeld shows what the server set aside, and why.
func (s *Screen) aboutHeld(item model.DecideItem) []fyne.CanvasObject {
	rows := []fyne.CanvasObject{
		kit.Subheading(words.T("decide.held")), kit.Text(reason(item)), kit.Muted(page.Joined(item.What, item.Aside.Who, item.Aside.When)),
	}
	for _, line := range item.Aside.Lines {
		rows = append(rows, kit.Text(line))
	}
	return append(rows, s.choice, kit.Caption(words.T("decide.held.kept")))
}

// chosen is the value of the chosen answer.
func chosen(item model.DecideItem) []string {
	if item.Chosen < 0 {
		return nil
	}
	return []string{string(rune('a' + item.Chosen))}
}

// Bindings are the keys of the list, which keeps the focus.
func (s *Screen) Bindings() kit.Bindings {
	return kit.Bindings{
		{Keys: []string{"1", "2", "3", "4", "5", "6", "7", "8", "9"}, Label: "decide.keys.choose", Do: func(key string) bool {
			s.model.Choose(s.list.Highlighted(), int(key[0]-'1'))
			return true
		}},
		{Keys: []string{"Enter"}, Label: "decide.do", Do: func(string) bool {
			s.settle(s.list.Highlighted())
			return true
		}},
	}
}

// settle decides the item, or asks for an answer first.
func (s *Screen) settle(i int) {
	if i >= len(s.model.Items) || len(s.model.Items[i].Answers) == 0 {
		return
	}
	item := s.model.Items[i]
	if item.Chosen < 0 {
		s.window.Say(words.T("decide.choose"))
		return
	}
	why := ""
	if s.why != nil {
		why = s.why.Text
	}
	decide := func() { s.model.Settle(i, why, s.done) }
	if item.Aside != nil && item.Answers[item.Chosen].Value == model.HeldDrop {
		s.window.Confirm(kit.Question{
			Title: words.T("decide.drop"), Text: words.T("decide.drop.confirm"), Yes: words.T("decide.drop.yes"), Then: decide,
		})
		return
	}
	decide()
}

// pairDone are the words of what was decided about two cards.
var pairDone = map[string]string{
	model.PairSame: "decide.pair.same.done", model.PairApart: "decide.pair.apart.done", model.PairLater: "decide.pair.later.done",
}

// done says what was decided, and how to take it back.
func (s *Screen) done(item model.DecideItem) {
	answer := item.Answers[item.Chosen]
	switch {
	case item.Aside != nil:
		s.window.Say(words.T("decide.held.done"))
	case item.Pair != nil:
		s.window.Undoable(words.T(pairDone[answer.Value]), func() { s.model.Reopen(item) })
	case answer.Value == model.AskPerson:
		s.window.Undoable(words.T("decide.ask.done"), func() { s.model.Reopen(item) })
	case answer.Value == model.BothDates:
		s.window.Undoable(words.T("decide.both.done", answers(item)), func() { s.model.Reopen(item) })
	default:
		s.window.Undoable(words.T("decide.done", answer.Shown()), func() { s.model.Reopen(item) })
	}
}

// meanwhile says what counts until a question is decided, or how it was.
func meanwhile(item model.DecideItem) string {
	if item.Done != "" {
		return words.T("decide.settled.text", item.Done)
	}
	return words.T("decide.meanwhile", item.Answers[0].Shown())
}
