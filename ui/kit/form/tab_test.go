package form_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"solidaren/ui/kit"
	"solidaren/ui/model/form/formtest"
)

// threeSections each end in a field of notes, which Enter does not leave.
const threeSections = `
| survey |
|        | type        | name | label::Français (fr) | label::English (en) | appearance |
|        | begin_group | a    | Un                   | One                 |            |
|        | text        | a1   | Début                | Start               |            |
|        | text        | a2   | Récit                | Story               | multiline  |
|        | end_group   |      |                      |                     |            |
|        | begin_group | b    | Deux                 | Two                 |            |
|        | text        | b1   | Milieu               | Middle              |            |
|        | text        | b2   | Suite                | More                | multiline  |
|        | end_group   |      |                      |                     |            |
|        | begin_group | c    | Trois                | Three               |            |
|        | text        | c1   | Fin                  | End                 | multiline  |
|        | text        | c2   | Mot                  | Word                |            |
|        | end_group   |      |                      |                     |            |
| settings |
|          | form_id | form_title | default_language |
|          | tabs    | Essai      | Français (fr)    |
`

// tabbed are its questions in their order.
var tabbed = []string{"a/a1", "a/a2", "b/b1", "b/b2", "c/c1", "c/c2"}

func last(ref string) string { return ref[strings.LastIndex(ref, "/")+1:] }

// TestTabGoesOnToTheNextSection: Tab leaves the notes that end a section for
// the first question of the next, Shift+Tab leads back the same way, and what
// is typed at any of them is an answer.
func TestTabGoesOnToTheNextSection(t *testing.T) {
	s := show(t, formtest.Compile(t, threeSections))
	for i, ref := range tabbed {
		if i > 0 {
			s.Press("Tab")
		}
		s.at(last(ref))
		s.Type(last(ref))
	}
	for i, ref := range slices.Backward(tabbed) {
		s.at(last(ref))
		if i > 0 {
			s.Press("Shift+Tab")
		}
	}
	for _, ref := range tabbed {
		if got := s.value("/data/" + ref); got != last(ref) {
			t.Errorf("%s holds %q", ref, got)
		}
	}
}

// TestTabAtTheEndsLosesNothing: there is no question after the last one. Tab
// says so and stays, so that what is typed goes on where it was; a second one
// leaves the questions, and Shift+Tab comes back to them.
func TestTabAtTheEndsLosesNothing(t *testing.T) {
	s := show(t, formtest.Compile(t, threeSections))
	s.model.GoTo("/data/c/c2")
	s.Type("un")
	s.Press("Tab")
	s.Type(" mot")
	s.Press("Tab")
	s.at("c2")
	if got := s.value("/data/c/c2"); got != "un mot" {
		t.Errorf("the last question holds %q", got)
	}
	if diff := cmp.Diff([]string{"Dernière question. Ctrl+Entrée termine.", "Dernière question. Ctrl+Entrée termine."}, s.said); diff != "" {
		t.Error(diff)
	}
	s.Press("Tab")
	if _, ok := s.Canvas.Focused().(*kit.Button); !ok {
		t.Errorf("a second Tab goes to %T", s.Canvas.Focused())
	}
	s.Press("Shift+Tab")
	if focused, ok := s.Canvas.Focused().(*kit.Entry); !ok || focused.Text != "un mot" {
		t.Errorf("Shift+Tab does not come back to the last question but to %T", s.Canvas.Focused())
	}

	s.model.GoTo("/data/a/a1")
	s.Type("début")
	s.Press("Shift+Tab")
	s.Type(" de nuit")
	s.Press("Tab")
	s.at("a2")
	if got := s.value("/data/a/a1"); got != "début de nuit" {
		t.Errorf("the first question holds %q", got)
	}
	s.model.GoTo("/data/a/a1")
	s.Press("Shift+Tab", "Shift+Tab")
	if _, ok := s.Canvas.Focused().(*kit.Entry); ok {
		t.Error("Shift+Tab does not leave the questions")
	}
	s.Press("Tab")
	if focused, ok := s.Canvas.Focused().(*kit.Entry); !ok || focused.Text != "début de nuit" {
		t.Errorf("Tab does not come back to the first question but to %T", s.Canvas.Focused())
	}
}
