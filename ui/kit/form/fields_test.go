package form_test

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"solidaren/ui/kit"
	"solidaren/ui/kit/form"
	look "solidaren/ui/kit/theme"
	modelform "solidaren/ui/model/form"
	"solidaren/ui/model/form/formtest"
	"solidaren/ui/uitest"
)

// Rows of a table are walked up and down; an order is typed with spaces or
// without; how many answers are allowed is told.
func TestTableRankAndMost(t *testing.T) {
	s := show(t, formtest.Compile(t, `
| survey |
| | type | name | label | appearance | constraint |
| | begin_group | g | G | table-list | |
| | select_one l | x | X | | |
| | select_one l | y | Y | | |
| | select_one l | z | Z | | |
| | end_group | | | | |
| | rank l | r | R | | |
| | select_multiple l | m | M | | count-selected(.) <= 2 |
`+listsOfCases))
	s.at("x")
	s.Press("Down", "Down")
	s.at("z")
	s.Press("Up", "Right", "Space")
	s.at("z")
	if s.value("/data/g/y") != "b" || s.value("/data/g/x") != "" {
		t.Errorf("the rows are %q and %q", s.value("/data/g/x"), s.value("/data/g/y"))
	}
	s.Press("Down")
	if s.model.Cursor() != "/data/r" {
		s.Press("Enter")
	}
	s.at("r")
	s.Press("3", "Space", "1", "Space", "2")
	if got := s.value("/data/r"); got != "c a b" {
		t.Errorf("the order is %q", got)
	}
	s.Press("Enter", "1", "2")
	s.at("m")
	if !s.tells("2 / 2 au plus") {
		t.Error("it is not told how many answers are allowed")
	}
	s.Press("3", "Enter")
	if item, _ := s.model.Item("/data/m"); item.Error == "" || s.value("/data/m") != "a b c" {
		t.Errorf("three answers of two: %q, %q", s.value("/data/m"), item.Error)
	}
}

// tells reports whether a text is on screen.
func (s *screen) tells(text string) bool {
	for _, shown := range uitest.Texts(s.Canvas) {
		if strings.Contains(shown.Text.Text, text) {
			return true
		}
	}
	return false
}

// What is pasted into a full note leaves what stood there whole, and is told.
func TestPasteIntoNotes(t *testing.T) {
	s := show(t, formtest.Compile(t, "| survey |\n| | type | name | label | appearance |\n| | text | q | Q | multiline |\n"))
	entry := find[*kit.Entry](s)[0]
	clipboard := fyne.CurrentApp().Clipboard()
	paste := func(text string) {
		clipboard.SetContent(text)
		entry.TypedShortcut(&fyne.ShortcutPaste{Clipboard: clipboard})
	}
	paste(strings.Repeat("a", kit.NotesLimit-3))
	entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageUp}) // goes elsewhere; the caret is moved below
	kit.PutCaret(s.Canvas, kit.Caret{})
	paste("bbbbbb")
	if got := entry.Text; len(got) != kit.NotesLimit || !strings.HasPrefix(got, "bbba") || strings.Count(got, "a") != kit.NotesLimit-3 {
		t.Errorf("%d characters, beginning %q", len(got), got[:8])
	}
	if len(s.said) == 0 || !strings.Contains(s.said[len(s.said)-1], "4000") {
		t.Errorf("said %q", s.said)
	}
	paste("c")
	if len(entry.Text) != kit.NotesLimit {
		t.Errorf("%d characters", len(entry.Text))
	}
}

// A text that is longer than a field takes now, from a record of before, loses
// nothing to copying.
func TestCopyingCutsNothing(t *testing.T) {
	f := formtest.Compile(t, "| survey |\n| | type | name | label | appearance |\n| | text | q | Q | multiline |\n")
	session := formtest.Session(t, f)
	long := strings.Repeat("mot ", 1100) + "fin"
	if _, err := session.Set("/data/q", long); err != nil {
		t.Fatal(err)
	}
	s := resume(t, session, "")
	entry := find[*kit.Entry](s)[0]
	entry.TypedShortcut(&fyne.ShortcutSelectAll{})
	entry.TypedShortcut(&fyne.ShortcutCopy{Clipboard: fyne.CurrentApp().Clipboard()})
	s.model.Flush()
	if got := s.value("/data/q"); got != long {
		t.Errorf("%d characters of %d are left", len(got), len(long))
	}
}

// A write that lasts is told after a second, and its end too.
func TestASlowDiskIsTold(t *testing.T) {
	now := formtest.Now
	app := test.NewTempApp(t)
	app.Settings().SetTheme(look.New(look.Options{Palette: look.Light}))
	m := modelform.New(formtest.Session(t, formtest.Compile(t, "| survey |\n| | type | name | label |\n| | text | q | Q |\n")), modelform.Options{
		Now: func() time.Time { return now }, Location: now.Location(), Save: func([]byte, string) {},
	})
	s := &screen{t: t, model: m, window: app.NewWindow("")}
	defer s.window.Close()
	s.view = form.New(m, form.Options{})
	s.window.SetContent(s.view)
	s.window.Resize(fyne.NewSize(1280, 720))
	s.Canvas = s.window.Canvas()
	m.Answer("/data/q", "x")
	tells := func(when string, saving, saved bool) {
		t.Helper()
		s.view.Tick()
		if s.tells("Enregistrement…") != saving || s.tells("Enregistré 23") != saved {
			t.Errorf("%s: saving is told: %v, saved: %v", when, s.tells("Enregistrement…"), s.tells("Enregistré 23"))
		}
	}
	tells("at once", false, false)
	now = now.Add(900 * time.Millisecond)
	m.Answer("/data/q", "y")
	tells("after 0.9 s", false, false)
	now = now.Add(200 * time.Millisecond)
	tells("after 1.1 s", true, false)
	m.SaveDone(nil)
	tells("written", false, true)
}

// A range whose appearance is vertical stands upright; a tap at its top answers,
// and the arrows of its field do as before.
func TestVerticalRange(t *testing.T) {
	s := show(t, formtest.Compile(t, "| survey |\n| | type | name | label | appearance | parameters |\n"+
		"| | range | q | Q | vertical | start=0 end=10 step=1 tick_interval=5 |\n| | range | flat | Flat | | start=0 end=10 step=1 |\n"))
	sliders := find[*kit.Slider](s)
	if len(sliders) != 2 {
		t.Fatalf("%d scales", len(sliders))
	}
	upright, flat := sliders[0].Size(), sliders[1].Size()
	if upright.Height <= 2*flat.Height {
		t.Errorf("upright %v, flat %v", upright, flat)
	}
	sliders[0].Tapped(&fyne.PointEvent{Position: fyne.NewPos(20, 0)})
	if got := s.value("/data/q"); got != "10" {
		t.Errorf("the top is %q", got)
	}
	s.at("q")
	s.Press("Down")
	if got := s.value("/data/q"); got != "9" {
		t.Errorf("down from it is %q", got)
	}
}
