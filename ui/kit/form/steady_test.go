package form_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"solidaren/diagnostics/xform"
	modelform "solidaren/ui/model/form"
	"solidaren/ui/model/form/formtest"
)

// shifting makes a form in which each answer brings and takes questions above
// and below: q_i is asked unless the answer to another question says not.
func shifting(n int, random *rand.Rand) string {
	var b strings.Builder
	b.WriteString("| survey |\n| | type | name | label | relevant |\n| | begin_group | g | G | |\n")
	for i := range n {
		other := random.IntN(n)
		relevant := fmt.Sprintf("${q%d} != 'b'", other)
		if other == i {
			relevant = ""
		}
		if i > 0 && other > i || random.IntN(3) == 0 {
			relevant = ""
		}
		fmt.Fprintf(&b, "| | select_one l | q%d | Question %d | %s |\n", i, i, relevant)
	}
	b.WriteString("| | end_group | | | |\n| choices |\n| | list_name | name | label |\n| | l | a | A |\n| | l | b | B |\n| | l | c | C |\n")
	return b.String()
}

// shortened makes a form of required questions whose labels have one line less
// once the mark beside them goes.
func shortened() string {
	var b strings.Builder
	b.WriteString("| survey |\n| | type | name | label | required |\n| | begin_group | g | G | |\n")
	for i := range 15 {
		fmt.Fprintf(&b, "| | select_one l | q%d | %s | yes |\n", i, strings.Repeat("deux mots ", 8+i))
	}
	b.WriteString("| | end_group | | | |\n| choices |\n| | list_name | name | label |\n| | l | a | A |\n| | l | b | B |\n")
	return b.String()
}

// steady answers choices at random in a form on screen: whatever comes and goes
// above and below (UX.md G10), the focused question stays where it is, to the
// pixel, and keeps the focus. It can be held only as far as there is something to
// scroll: a form shorter than the window has no slack. It tells how many answers
// were given with slack above and below.
func steady(s *screen, name string, random *rand.Rand, answers int) (held int) {
	s.t.Helper()
	s.model.SetAutoAdvance(false)
	for range answers {
		s.model.Show(random.IntN(len(s.model.Sections())))
		items := slices.DeleteFunc(s.model.Items(), func(i modelform.Item) bool {
			return i.Kind != modelform.Question || len(i.Choices) == 0 || i.Layout.Quick || !i.Focusable() // quick goes on by itself
		})
		if len(items) == 0 {
			continue
		}
		item := items[random.IntN(len(items))]
		key := item.Choices[random.IntN(len(item.Choices))].Key
		if key == "" || !s.model.GoTo(item.Ref) {
			continue
		}
		focused, ref := s.Canvas.Focused(), s.model.Cursor()
		place := func() float32 {
			return fyne.CurrentApp().Driver().AbsolutePositionForObject(focused.(fyne.CanvasObject)).Y
		}
		before, end := place(), s.view.AtEnd()
		s.Press(key)
		if s.model.Cursor() != ref || s.Canvas.Focused() != focused {
			s.t.Errorf("%s: the focus went from %s to %s", name, ref, s.model.Cursor())
			return held
		}
		if end || s.view.AtEnd() {
			continue
		}
		held++
		if moved := place() - before; moved != 0 {
			s.t.Errorf("%s: %s moved by %v", name, ref, moved)
			return held
		}
	}
	return held
}

// TestRelevanceMovesNothing holds it for forms made for it, in which answers are
// given in the middle, and for those that the program brings.
func TestRelevanceMovesNothing(t *testing.T) {
	held := 0
	for seed := range uint64(6) {
		random := rand.New(rand.NewPCG(seed, 7))
		s := show(t, formtest.Compile(t, shifting(15, random)))
		held += steady(s, fmt.Sprintf("seed %d", seed), random, 60)
	}
	held += steady(show(t, formtest.Compile(t, shortened())), "labels", rand.New(rand.NewPCG(1, 7)), 60)
	for _, id := range []string{"entretien", "maraude", "nuit_solidarite", "lieu"} {
		held += steady(show(t, formtest.Shipped(t, id)), id, rand.New(rand.NewPCG(1, 7)), 60)
	}
	if held < 50 {
		t.Errorf("only %d answers were given away from the ends", held)
	}
}

// TestRelevanceMovesNothingInTheCorpora holds it for questionnaires that others
// wrote: a sample, or all of them with SOLIDAREN_CORPUS_ALL=1.
func TestRelevanceMovesNothingInTheCorpora(t *testing.T) {
	held := 0
	shown := eachOfTheCorpora(t, func(s *screen, _ *xform.Form, name string) {
		if s == nil {
			return // it is refused
		}
		held += steady(s, name, rand.New(rand.NewPCG(1, 7)), 20)
	})
	t.Logf("corpus held steady: %d questionnaires, %d answers with slack above and below", shown, held)
}
