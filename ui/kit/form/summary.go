package form

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"solidaren/ui/kit"
	look "solidaren/ui/kit/theme"
	"solidaren/ui/model/form"
	"solidaren/ui/words"
)

// summary lists what blocks finishing, in the words that stand under the
// questions. Enter on a line goes to its question, and the list folds up; G keeps
// the form as a draft.
type summary struct {
	v        *View
	problems []form.Problem
	title    *kit.Banner
	list     *kit.List
	place    *fyne.Container
	details  *fyne.Container // the list and what can be done
	object   *fyne.Container
}

// summaryLines is how many problems show at once, summaryFew where the form is
// lower than summaryLow sizes of text: the questions need their room, too.
const (
	summaryLines = 4
	summaryFew   = 2
	summaryLow   = 36
)

func newSummary(v *View) *summary {
	s := &summary{v: v, title: kit.NewBanner(kit.Fault, "")}
	s.list = kit.NewList(kit.ListOptions{
		Length: func() int { return len(s.problems) },
		Line:   s.line,
		OnOpen: func(i int) { v.m.GoTo(s.problems[i].Ref) },
	})
	s.list.OnRune = s.letter
	s.list.OnKey = s.key
	s.place = kit.VStack(look.RingWidth)
	keep := kit.NewButton(words.T("form.keep"), v.Keep).WithKey("G")
	s.details = kit.VStack(look.Gap, s.place, kit.HStack(look.Gap, keep))
	s.details.Hide()
	s.object = kit.VStack(look.Gap, s.title, s.details)
	s.object.Hide()
	return s
}

func (s *summary) letter(r rune) bool {
	if r == 'g' || r == 'G' {
		s.v.Keep()
		return true
	}
	return false
}

// show lists problems; without any the panel goes.
func (s *summary) show(problems []form.Problem) {
	if len(problems) == 0 && len(s.problems) == 0 {
		return
	}
	s.problems = problems
	s.object.Hidden = len(problems) == 0
	s.title.Set(kit.Fault, words.T("form.blocked", len(problems)))
	lines := summaryLines
	if s.v.Size().Height < summaryLow*theme.TextSize() {
		lines = summaryFew
	}
	s.place.Objects = []fyne.CanvasObject{kit.Lines(min(max(len(problems), 1), lines), s.list)}
	s.list.Refresh()
	s.v.body.Refresh()
}

func (s *summary) line(i int) kit.Line {
	p := s.problems[i]
	return kit.Line{Title: strconv.Itoa(p.Number) + "  " + plain(p.Label), Detail: p.Message, Mark: "!", Importance: kit.Danger}
}

// Focus opens the list and puts the focus on the first problem.
func (s *summary) Focus() {
	s.details.Show()
	s.v.body.Refresh()
	s.list.Highlight(0)
	kit.Focus(s.list)
}

// fold leaves the title alone, once the worker is back at the questions. It
// reports whether there was something to fold.
func (s *summary) fold() bool {
	if !s.details.Visible() {
		return false
	}
	s.details.Hide()
	s.v.body.Refresh()
	return true
}

func (s *summary) key(event *fyne.KeyEvent) bool {
	if event.Name != fyne.KeyEscape {
		return false
	}
	s.fold()
	s.v.Focus()
	return true
}
