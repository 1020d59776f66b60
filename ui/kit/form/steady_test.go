package form_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

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

// TestRelevanceMovesNothing (UX.md G10): whatever comes and goes above and
// below, the focused question stays where it is, to the pixel, and keeps the
// focus. It can be held only as far as there is something to scroll: a form
// shorter than the window has no slack, so answers are given in the middle of
// long ones.
func TestRelevanceMovesNothing(t *testing.T) {
	held := 0
	for seed := range uint64(6) {
		random := rand.New(rand.NewPCG(seed, 7))
		s := show(t, formtest.Compile(t, shifting(15, random)))
		s.model.SetAutoAdvance(false)
		for range 60 {
			items := s.model.Items()
			s.model.GoTo(items[random.IntN(len(items))].Ref)
			focused := s.Canvas.Focused()
			ref := s.model.Cursor()
			place := func() float32 {
				return fyne.CurrentApp().Driver().AbsolutePositionForObject(focused.(fyne.CanvasObject)).Y
			}
			before, end := place(), s.view.AtEnd()
			s.Press([]string{"1", "2", "3"}[random.IntN(3)])
			if s.model.Cursor() != ref || s.Canvas.Focused() != focused {
				t.Fatalf("seed %d: the focus went from %s to %s", seed, ref, s.model.Cursor())
			}
			if end || s.view.AtEnd() {
				continue
			}
			held++
			if moved := place() - before; moved != 0 {
				t.Fatalf("seed %d: %s moved by %v", seed, ref, moved)
			}
		}
	}
	if held < 50 {
		t.Errorf("only %d answers were given away from the ends", held)
	}
}
