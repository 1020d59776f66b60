package form_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/google/go-cmp/cmp"

	"solidaren/ui/kit"
	"solidaren/ui/model/form/formtest"
)

// find gives the widgets of a kind that are on screen, in their order.
func find[T fyne.CanvasObject](s *screen) []T {
	var all []T
	for _, root := range append([]fyne.CanvasObject{s.window.Content()}, s.Canvas.Overlays().List()...) {
		for _, object := range test.LaidOutObjects(root) {
			if one, ok := object.(T); ok {
				all = append(all, one)
			}
		}
	}
	return all
}

// inputCase is a question, what is pressed at it, and what it is answered with.
type inputCase struct {
	name, rows string
	keys       []string // "type:…" types
	want       map[string]string
	at         string // where the cursor is in the end; "" where it was
}

const listsOfCases = `
| choices |
| | list_name | name | label |
| | l | a | Un |
| | l | b | Deux |
| | l | c | Trois |
| | l | none | Aucun |
`

// TestInputsByKeyboard answers every type of question with the keys of a French
// keyboard (UX.md §3.2): what a digit does to a list never reaches the field
// behind it.
func TestInputsByKeyboard(t *testing.T) {
	for _, c := range []inputCase{
		{
			"a digit chooses and leaks nothing", "| | select_one l | q | Q | | |\n| | text | next | N | | |",
			[]string{"2"},
			map[string]string{"q": "b", "next": ""},
			"next",
		},
		{
			"the keypad without NumLock", "| | select_one l | q | Q | | |\n| | text | next | N | | |",
			[]string{"Keypad3"},
			map[string]string{"q": "c", "next": ""},
			"next",
		},
		{
			"arrows choose nothing", "| | select_one l | q | Q | | |\n| | text | next | N | | |",
			[]string{"Right", "Right"},
			map[string]string{"q": ""},
			"",
		},
		{
			"arrows, then Space", "| | select_one l | q | Q | | |\n| | text | next | N | | |",
			[]string{"Right", "Space"},
			map[string]string{"q": "b", "next": ""},
			"next",
		},
		{
			"likert", "| | select_one l | q | Q | likert | |\n| | text | next | N | | |",
			[]string{"3"},
			map[string]string{"q": "c"},
			"next",
		},
		{
			"table", "| | begin_group | g | G | table-list | |\n| | select_one l | x | X | | |\n| | select_one l | y | Y | | |\n| | end_group | | | | |",
			[]string{"1", "2"},
			map[string]string{"g/x": "a", "g/y": "b"},
			"y",
		},
		{
			"several, and none of them", "| | select_multiple l | q | Q | | |\n| | text | next | N | | |",
			[]string{"1", "3", "Enter"},
			map[string]string{"q": "a c"},
			"next",
		},
		{
			"none takes the others away", "| | select_multiple l | q | Q | | |", []string{"1", "3", "4"}, map[string]string{"q": "none"}, "",
		},
		{
			"rating", "| | range | q | Q | rating | start=1 end=5 step=1 |\n| | text | next | N | | |",
			[]string{"4"},
			map[string]string{"q": "4"},
			"next",
		},
		{
			"range by digits", "| | range | q | Q | | start=0 end=10 step=1 |\n| | text | next | N | | |",
			[]string{"7", "Enter"},
			map[string]string{"q": "7"},
			"next",
		},
		{
			"range by arrows", "| | range | q | Q | | start=0 end=10 step=1 |",
			[]string{"Right", "Right", "Right", "Left"},
			map[string]string{"q": "1"},
			"",
		},
		{
			"integer by arrows", "| | integer | q | Q | | |", []string{"5", "Up", "Up", "Down"}, map[string]string{"q": "6"}, "",
		},
		{
			"decimal with a comma", "| | decimal | q | Q | | |\n| | text | next | N | | |",
			[]string{"1", "type:,", "5", "Enter"},
			map[string]string{"q": "1.5"},
			"next",
		},
		{
			"rank by its order", "| | rank l | q | Q | | |\n| | text | next | N | | |",
			[]string{"3", "1", "2", "Enter"},
			map[string]string{"q": "c a b", "next": ""},
			"next",
		},
		{
			"rank by moving", "| | rank l | q | Q | | |",
			[]string{"1", "2", "3", "Ctrl+Up", "Ctrl+Up"},
			map[string]string{"q": "c a b"},
			"",
		},
		{
			"a rank taken out", "| | rank l | q | Q | | |", []string{"3", "1", "3"}, map[string]string{"q": "a"}, "",
		},
		{
			"one box", "| | acknowledge | q | Q | | |\n| | text | next | N | | |", []string{"o", "Enter"}, map[string]string{"q": "OK", "next": ""}, "next",
		},
		{
			"a box unticked", "| | trigger | q | Q | | |", []string{"Space", "o"}, map[string]string{"q": ""}, "",
		},
		{
			"a month", "| | date | q | Q | month-year | |\n| | text | next | N | | |",
			[]string{"3", "type:/", "2", "0", "2", "5", "Enter"},
			map[string]string{"q": "2025-03-01"},
			"next",
		},
		{
			"a place", "| | geopoint | q | Q | | |\n| | text | next | N | | |",
			[]string{"4", "8", "type:,", "1", "Space", "1", "type:,", "6", "type:o", "Enter"},
			map[string]string{"q": "48.1 -1.6 0 0"},
			"next",
		},
		{
			"other opens a line", "| | select_one l or_other | q | Q | | |", []string{"5", "type:autre chose", "Tab"}, map[string]string{"q": "other", "q_other": "autre chose"}, "q_other",
		},
		{
			"a note is no stop", "| | text | q | Q | | |\n| | note | n | N | | |\n| | text | next | N | | |",
			[]string{"Enter"},
			map[string]string{"q": ""},
			"next",
		},
		{
			"minimal", "| | select_one l | q | Q | minimal | |\n| | text | next | N | | |",
			[]string{"type:de", "Enter"},
			map[string]string{"q": "b", "next": ""},
			"next",
		},
		{
			"quick goes on by itself", "| | select_one l | q | Q | quick | |\n| | text | next | N | | |", []string{"1"}, map[string]string{"q": "a"}, "next",
		},
		{
			"typing replaces what Tab came to", "| | text | q | Q | | |\n| | text | next | N | | |",
			[]string{"type:abc", "Tab", "Shift+Tab", "type:d", "Tab"},
			map[string]string{"q": "d"},
			"next",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := show(t, formtest.Compile(t, "| survey |\n| | type | name | label | appearance | parameters |\n"+c.rows+"\n"+listsOfCases))
			first := s.model.Cursor()
			for _, key := range c.keys {
				if text, ok := strings.CutPrefix(key, "type:"); ok {
					s.Type(text)
					continue
				}
				s.Press(key)
			}
			got := map[string]string{}
			for name := range c.want {
				got[name] = s.value("/data/" + name)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
			switch {
			case c.at != "":
				s.at(c.at)
			case s.model.Cursor() != first:
				t.Errorf("the cursor went from %s to %s", first, s.model.Cursor())
			}
		})
	}
}

// With auto-advance switched off a key answers and stays; the form says so.
func TestAutoAdvanceOff(t *testing.T) {
	s := show(t, formtest.Compile(t, small))
	s.model.SetAutoAdvance(false)
	s.Press("2")
	s.at("contact")
	s.Press("Enter")
	s.at("n")
}

// Ctrl+I on a date opens a calendar: arrows, Enter; the focus comes back.
func TestCalendarByKeyboard(t *testing.T) {
	s := show(t, formtest.Compile(t, "| survey |\n| | type | name | label |\n| | date | q | Q |\n| | dateTime | m | M |\n"))
	s.Type("12/3")
	s.view.Help()
	if calendars := find[*kit.Calendar](s); len(calendars) != 1 || calendars[0].Day().Format("2006-01-02") != "2026-03-12" {
		t.Fatalf("%d calendars", len(calendars))
	}
	s.Press("Down", "PageDown", "Left", "Enter")
	if got := s.value("/data/q"); got != "2026-04-18" {
		t.Errorf("the date is %q", got)
	}
	if len(find[*kit.Calendar](s)) > 0 {
		t.Error("the calendar is still there")
	}
	s.at("q")
	s.Press("Enter")
	s.view.Help()
	s.Press("Home", "Right", "Enter")
	if got := s.value("/data/m"); got != "2026-11-25T23:14:00.000+01:00" {
		t.Errorf("the moment is %q", got)
	}
	s.view.Help()
	s.Press("Escape")
	s.at("m")
}

// The map of the districts: neighbours by arrows, and on to the next question.
func TestDistrictMapByKeyboard(t *testing.T) {
	s := show(t, formtest.Shipped(t, "maraude"))
	s.Press("Enter")
	s.at("m_district")
	s.view.Help()
	if len(find[*kit.DistrictMap](s)) != 1 {
		t.Fatal("no map")
	}
	s.Press("Down", "Right", "Down", "Right", "Enter") // from Q10: Q3, Q1, Q9, Q8
	if got := s.value("/data/m_screen1/m_district"); got != "q08" {
		t.Errorf("the district is %q", got)
	}
	s.at("m_place")
}

// A repeat by keyboard: the empty row, rows by arrows, a page and the way back.
func TestRowsByKeyboard(t *testing.T) {
	s := show(t, formtest.Compile(t, `
| survey |
| | type | name | label |
| | begin_repeat | r | Besoin |
| | select_one l | what | Quoi |
| | begin_repeat | s | Suite |
| | text | step | Étape |
| | end_repeat | | |
| | end_repeat | | |
`+listsOfCases))
	s.at("r[1]/what")
	s.Press("2")
	s.at("r[1]/s")
	s.Press("Enter")
	s.at("s[1]/step")
	s.Type("appeler")
	s.Press("Escape")
	s.at("r[1]/s")
	s.Press("Down")
	s.at("r[2]/what")
	s.Press("1", "Down", "3", "Down")
	s.at("r[4]/what")
	s.Press("Shift+Tab", "Shift+Tab") // past "Retirer", on the header of the third row
	s.at("r[3]")
	s.Press("Up")
	s.at("r[2]")
	s.Press("Up", "Up")
	s.at("r[1]")
	s.Press("Enter")
	s.at("r[1]/what")
	got := []string{s.value("/data/r[1]/what"), s.value("/data/r[1]/s[1]/step"), s.value("/data/r[2]/what"), s.value("/data/r[3]/what")}
	if diff := cmp.Diff([]string{"b", "appeler", "a", "c"}, got); diff != "" {
		t.Error(diff)
	}
	s.view.RemoveRow()
	s.view.Undo()
	if got := s.value("/data/r[1]/what"); got != "b" {
		t.Errorf("the row came back with %q", got)
	}
	if s.Canvas.Focused() == nil {
		t.Error("nothing has the focus")
	}
}

// « Pas parlé » is one key at the head of a section.
func TestTalkedByKeyboard(t *testing.T) {
	s := show(t, formtest.Compile(t, `
| survey |
| | type | name | label | required | appearance |
| | begin_group | a | A | | talk |
| | select_one l | x | X | yes | |
| | end_group | | | | |
| | begin_group | b | B | | talk |
| | text | y | Y | | |
| | end_group | | | | |
`+listsOfCases))
	s.at("a#talked")
	s.Press("p")
	s.at("b#talked")
	if node, _ := s.session.Node("/data/a/x"); node.Reason != "not_discussed" {
		t.Errorf("x is %+v", node)
	}
	s.Press("o")
	s.at("b/y")
	if text := s.Canvas.Focused().(*kit.Entry).Text; text != "" {
		t.Errorf("the letter leaked: %q", text)
	}
	s.Press("Ctrl+Enter")
	if s.finished != 1 {
		t.Errorf("not finished: %v", s.model.Problems())
	}
}
