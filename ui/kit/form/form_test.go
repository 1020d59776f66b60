package form_test

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/google/go-cmp/cmp"

	"solidaren/diagnostics/xform"
	"solidaren/ui/kit"
	"solidaren/ui/kit/form"
	look "solidaren/ui/kit/theme"
	modelform "solidaren/ui/model/form"
	"solidaren/ui/model/form/formtest"
	"solidaren/ui/uitest"
)

// screen is a form in a window of 1280 × 720 with a keyboard.
type screen struct {
	uitest.Keyboard
	t        *testing.T
	view     *form.View
	model    *modelform.Model
	session  *xform.Session
	window   fyne.Window
	finished int
	kept     int
	said     []string
}

func show(t *testing.T, f *xform.Form) *screen {
	t.Helper()
	return resume(t, formtest.Session(t, f), "")
}

// resume shows a session with the cursor as it was saved.
func resume(t *testing.T, session *xform.Session, cursor string) *screen {
	t.Helper()
	return showWith(t, session, cursor, nil)
}

// showWith shows a session that files can be attached to.
func showWith(t *testing.T, session *xform.Session, cursor string, files modelform.Files) *screen {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(look.New(look.Options{Palette: look.Light}))
	s := &screen{t: t, session: session, window: app.NewWindow("")}
	t.Cleanup(s.window.Close)
	s.model = modelform.New(s.session, modelform.Options{
		Now: func() time.Time { return formtest.Now }, Location: formtest.Now.Location(), Cursor: cursor, AutoAdvance: true, Files: files,
	})
	s.view = form.New(s.model, form.Options{
		OnFinish: func() { s.finished++ }, OnKeep: func() { s.kept++ },
		OnStatus: func(sentence string) { s.said = append(s.said, sentence) },
		Modals:   kit.NewModals(s.window),
	})
	s.window.SetContent(s.view)
	s.window.Resize(fyne.NewSize(1280, 720))
	finish := fyne.NewMenuItem("", s.view.Finish)
	finish.Shortcut = uitest.Shortcut("Ctrl+Enter")
	language := fyne.NewMenuItem("", s.view.NextLanguage)
	language.Shortcut = uitest.Shortcut("Ctrl+T")
	s.window.SetMainMenu(fyne.NewMainMenu(fyne.NewMenu("", finish, language)))
	s.Keyboard = uitest.Keyboard{Canvas: s.window.Canvas(), Window: s.window}
	s.view.Focus()
	return s
}

func (s *screen) value(ref string) string {
	s.t.Helper()
	node, ok := s.session.Node(ref)
	if !ok {
		s.t.Fatalf("no node %s", ref)
	}
	return node.Value
}

// at asserts which question has the cursor.
func (s *screen) at(name string) {
	s.t.Helper()
	if got := s.model.Cursor(); !strings.HasSuffix(got, "/"+name) {
		s.t.Fatalf("the cursor is at %s, want %s", got, name)
	}
	position := fyne.CurrentApp().Driver().AbsolutePositionForObject(s.Canvas.Focused().(fyne.CanvasObject))
	if position.Y < 0 || position.Y > s.Canvas.Size().Height-40 {
		s.t.Errorf("%s is out of view at %v", name, position)
	}
}

// step is what is pressed, or typed, at a question.
type step struct {
	question string
	keys     []string
	text     string
	leave    string // key that leaves after the text
}

func (s *screen) run(steps []step) (keys int) {
	s.t.Helper()
	for _, step := range steps {
		s.at(step.question)
		s.Press(step.keys...)
		s.Type(step.text)
		keys += len(step.keys)
		if step.leave != "" {
			s.Press(step.leave)
			keys++
		}
	}
	return keys
}

// TestMaraudeByKeyboard fills the shipped questionnaire as an outreach worker
// does, with the digit keys of a French keyboard.
func TestMaraudeByKeyboard(t *testing.T) {
	s := show(t, formtest.Shipped(t, "maraude"))
	keys := s.run([]step{
		{question: "m_at", keys: []string{"Enter"}},
		{question: "m_district", text: "blosne", leave: "Enter"},
		{question: "m_place", text: "rue", leave: "Enter"},
		{question: "m_contact", keys: []string{"1"}},
		{question: "m_n", keys: []string{"Enter"}},
		{question: "m_info", keys: []string{"1"}},
		{question: "m_link", keys: []string{"Enter"}},
		{question: "m_household", keys: []string{"1"}},
		{question: "m_gender", keys: []string{"2"}},
		{question: "m_age", keys: []string{"3"}},
		{question: "m_night", text: "rue", leave: "Enter"},
		{question: "m_since", keys: []string{"2"}},
		{question: "m_pets", keys: []string{"1"}},
		{question: "m_phone", keys: []string{"2"}},
		{question: "m_115", keys: []string{"3"}},
		{question: "m_115why", keys: []string{"2", "5", "Enter"}},
		{question: "m_sw", keys: []string{"n"}},
		{question: "m_needs", keys: []string{"1", "2", "4", "Enter"}},
		{question: "m_words", text: "Il demande 1 douche, le 115 est complet.", leave: "Tab"},
		{question: "m_urg", keys: []string{"2"}},
		{question: "m_done", keys: []string{"1", "3", "Enter"}},
	})
	s.Press("Ctrl+Enter")
	if s.finished != 1 {
		t.Fatalf("not finished: %+v", s.model.Problems())
	}
	t.Logf("%d keys beside the texts", keys)
	if keys > 40 {
		t.Errorf("%d keys, at most 40 are wanted", keys)
	}
	got := map[string]string{}
	for _, node := range s.session.Nodes() {
		if strings.HasPrefix(node.Name, "m_") && node.Kind == xform.KindQuestion {
			got[node.Name] = node.Value
		}
	}
	want := map[string]string{
		"m_district": "q11", "m_place": "street", "m_contact": "talk", "m_n": "1", "m_info": "oral", "m_link": "anon",
		"m_household": "hs", "m_needs": "food hygiene shelter", "m_urg": "days",
		"m_words": "Il demande 1 douche, le 115 est complet.", "m_sw": "dk",
	}
	for name, value := range want {
		if got[name] != value {
			t.Errorf("%s is %q, want %q", name, got[name], value)
		}
	}
}

// TestCountOnly is the record of a person who sleeps: the first screen is
// enough, and what is not asked is not in the way.
func TestCountOnly(t *testing.T) {
	s := show(t, formtest.Shipped(t, "maraude"))
	s.run([]step{
		{question: "m_at", keys: []string{"Enter"}},
		{question: "m_district", text: "centre", leave: "Enter"},
		{question: "m_place", text: "gare", leave: "Enter"},
		{question: "m_contact", keys: []string{"4"}},
		{question: "m_n", keys: []string{"1", "2"}, leave: "Ctrl+Enter"},
	})
	if s.finished != 1 || s.value("/data/m_screen1/m_n") != "12" {
		t.Errorf("finished %d, n %s, %+v", s.finished, s.value("/data/m_screen1/m_n"), s.model.Problems())
	}
}

const small = `
| survey |
|        | type                 | name    | label::Français (fr) | label::English (en) | required | relevant            | constraint | constraint_message | appearance |
|        | select_one kind      | contact | Contact              | Contact             | yes      |                     |            |                    |            |
|        | text                 | more    | Précisez             | Say more            |          | ${contact} = 'talk' |            |                    |            |
|        | integer              | n       | Combien              | How many            | yes      |                     | . <= 50    | 50 au plus.        |            |
|        | note                 | danger  | Appeler le 15        | Call 15             |          | ${n} > 10           |            |                    | alert      |
|        | select_multiple kind | all     | Lesquels             | Which               |          |                     |            |                    |            |
|        | text                 | words   | Dans ses mots        | Own words           |          |                     |            |                    | multiline  |
|        | acknowledge          | ack     | Lu                   | Read                |          |                     |            |                    |            |
|        | begin_repeat         | needs   | Besoin               | Need                |          |                     |            |                    |            |
|        | text                 | said    | Paroles              | Said                |          |                     |            |                    |            |
|        | end_repeat           |         |                      |                     |          |                     |            |                    |            |
| choices |
|         | list_name | name | label::Français (fr) | label::English (en) |
|         | kind      | talk | Échange              | Talk                |
|         | kind      | seen | Présence             | Seen                |
| settings |
|          | form_id | form_title | default_language |
|          | test    | Essai      | Français (fr)    |
`

func TestErrorAtTheFieldAndSummary(t *testing.T) {
	s := show(t, formtest.Compile(t, small))
	s.Press("Enter")
	s.at("n")
	s.Type("500")
	s.Press("Ctrl+Enter")
	if s.finished != 0 || len(s.model.Problems()) != 2 {
		t.Fatalf("finished %d with %+v", s.finished, s.model.Problems())
	}
	s.Press("Enter")
	s.at("contact")
	s.Press("2")
	s.at("n")
	s.Press("Ctrl+Enter", "g")
	if s.kept != 1 {
		t.Errorf("kept %d times", s.kept)
	}
	s.Press("Enter")
	s.at("n")
	s.Type("5")
	s.Press("Ctrl+Enter")
	if s.finished != 1 || s.value("/data/n") != "5" {
		t.Errorf("finished %d, n %q", s.finished, s.value("/data/n"))
	}
}

// TestTypingIsResumed is a form that was left in the middle of a word: what is
// typed goes on where it was.
func TestTypingIsResumed(t *testing.T) {
	for _, c := range []struct{ name, cursor, typed, want string }{
		{"notes", "/data/words\nmanger chaud", " et", "manger chaud et"},
		{"number", "/data/n\n1", "2", "12"},
		{"line", "/data/needs[1]/said\nune dou", "che", "une douche"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := resume(t, formtest.Session(t, formtest.Compile(t, small)), c.cursor)
			s.Type(c.typed)
			s.Press("Tab")
			ref, _, _ := strings.Cut(c.cursor, "\n")
			if got := s.value(ref); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestRelevanceMovesNothingInView(t *testing.T) {
	s := show(t, formtest.Compile(t, small))
	s.model.SetAutoAdvance(false)
	place := func() fyne.Position {
		return fyne.CurrentApp().Driver().AbsolutePositionForObject(s.Canvas.Focused().(fyne.CanvasObject))
	}
	focused, before := s.Canvas.Focused(), place()
	s.Press("1")
	if _, ok := s.model.Item("/data/more"); !ok {
		t.Fatal("nothing appeared")
	}
	if s.Canvas.Focused() != focused || place() != before {
		t.Errorf("the focused question went from %v to %v", before, place())
	}
	s.Press("Enter", "Enter")
	s.at("n")
	before = place()
	s.Type("20")
	s.Press("Enter")
	s.Press("Backspace")
	s.at("n")
	if place() != before {
		t.Errorf("an alert moved the question from %v to %v", before, place())
	}
}

func TestTabGoesAsTheEyeDoes(t *testing.T) {
	s := show(t, formtest.Compile(t, small))
	last := float32(-1)
	for _, name := range []string{"contact", "n", "all", "words", "ack"} {
		s.at(name)
		y := fyne.CurrentApp().Driver().AbsolutePositionForObject(s.Canvas.Focused().(fyne.CanvasObject)).Y
		if y <= last && s.model.Cursor() != "/data/words" && name != "ack" {
			t.Errorf("%s is above the question before", name)
		}
		last = y
		s.Press("Tab")
	}
	s.Press("Shift+Tab")
	s.at("ack")
}

func TestMultipleTickAndRows(t *testing.T) {
	s := show(t, formtest.Compile(t, small))
	s.run([]step{
		{question: "contact", keys: []string{"2"}},
		{question: "n", text: "1", leave: "Enter"},
		{question: "all", keys: []string{"2", "1", "Enter"}},
		{question: "words", text: "a b", leave: "Tab"},
		{question: "ack", keys: []string{"Space", "Enter"}},
		{question: "needs[1]/said", text: "un", leave: "Enter"},
		{question: "needs[2]/said", text: "deux", leave: "Enter"},
		{question: "needs[3]/said", keys: []string{"Enter"}},
	})
	got := map[string]string{}
	for _, ref := range []string{"/data/all", "/data/words", "/data/ack", "/data/needs[1]/said", "/data/needs[2]/said"} {
		got[ref] = s.value(ref)
	}
	want := map[string]string{"/data/all": "talk seen", "/data/words": "a b", "/data/ack": "OK", "/data/needs[1]/said": "un", "/data/needs[2]/said": "deux"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if len(s.said) == 0 {
		t.Error("the end of the form was not told")
	}
	s.view.RemoveRow()
	if node, _ := s.session.Node("/data/needs"); node.Count != 2 {
		t.Errorf("%d rows: a row was removed from outside of it", node.Count)
	}
	s.Press("Backspace")
	s.at("said")
	s.view.RemoveRow()
	if node, _ := s.session.Node("/data/needs"); node.Count != 1 {
		t.Errorf("%d rows", node.Count)
	}
}

func TestEscapeOutlineAndLetters(t *testing.T) {
	s := show(t, formtest.Shipped(t, "entretien"))
	s.Press("Escape")
	if _, ok := s.Canvas.Focused().(*kit.List); !ok {
		t.Fatalf("the focus is on %T", s.Canvas.Focused())
	}
	s.Press("c")
	s.at("c_roof#talked")
	s.Press("o")
	s.at("e_night")
	if text := s.Canvas.Focused().(*kit.Entry).Text; text != "" {
		t.Errorf("the letter leaked: %q", text)
	}
	s.window.Resize(fyne.NewSize(800, 600))
	s.view.Sections()
	s.Press("Up", "Enter")
	s.at("b_household#talked")
	s.Press("Enter") // undecided
	s.at("e_hh")
}

func TestDeleteClearsAndBackspaceGoesBack(t *testing.T) {
	s := show(t, formtest.Compile(t, small))
	s.Press("2")
	s.at("n")
	s.Press("Backspace")
	s.at("contact")
	s.Press("Delete")
	if got := s.value("/data/contact"); got != "" {
		t.Errorf("contact is still %q", got)
	}
}

func TestByMouse(t *testing.T) {
	s := show(t, formtest.Compile(t, small))
	for _, object := range test.LaidOutObjects(s.window.Content()) {
		if choice, ok := object.(*kit.Choice); ok {
			test.TapAt(choice, fyne.NewPos(choice.Size().Width-20, 20))
			break
		}
	}
	if s.value("/data/contact") != "seen" {
		t.Errorf("contact is %q", s.value("/data/contact"))
	}
	s.at("contact") // a tap answers and stays: the hand is at the mouse
}
