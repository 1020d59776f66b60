package form_test

import (
	"errors"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"solidaren/ui/kit"
	"solidaren/ui/model/form/formtest"
	"solidaren/ui/uitest"
	"solidaren/ui/words"
)

// TestFootIsOneLine: the sentence that tells what a key does stands whole beside
// the buttons, in both languages, in a window of the usual size and in the
// smallest.
func TestFootIsOneLine(t *testing.T) {
	t.Cleanup(func() { words.Use("fr") })
	for _, language := range words.Languages {
		words.Use(language)
		s := show(t, formtest.Compile(t, small))
		for _, width := range []float32{980, 925} { // what windows of 1180 and 1024 have beside their rail
			s.window.Resize(fyne.NewSize(width, 600))
			footIsOneLine(t, s.window)
		}
	}
}

func footIsOneLine(t *testing.T, w fyne.Window) {
	t.Helper()
	hint, finish := float32(-1), float32(-1)
	uitest.Walk(w.Canvas(), func(o uitest.Object) {
		switch x := o.CanvasObject.(type) {
		case *kit.Button:
			if x.Text == words.T("form.finish") {
				finish = o.At.Y + o.Size().Height/2
			}
		case *kit.Label:
			if x.Text != words.T("form.advance") {
				return
			}
			hint = o.At.Y + o.Size().Height/2
			shown := test.WidgetRenderer(x).Objects()
			if len(shown) != 1 || shown[0].(*canvas.Text).Text != x.Text {
				t.Errorf("%d lines, the first: %s", len(shown), shown[0].(*canvas.Text).Text)
			}
		}
	})
	if hint < 0 || hint < finish-2 || hint > finish+2 {
		t.Errorf("%s, in a window %v wide: the sentence stands at %v, the buttons at %v", words.Language(), w.Canvas().Size().Width, hint, finish)
	}
}

func TestLanguageMidForm(t *testing.T) {
	s := show(t, formtest.Compile(t, small))
	s.Press("2")
	s.at("n")
	s.Type("1")
	focused := s.Canvas.Focused()
	s.Press("Ctrl+T")
	s.Type("2")
	if s.Canvas.Focused() != focused {
		t.Error("the focus moved")
	}
	s.Press("Enter")
	if item, _ := s.model.Item("/data/n"); item.Label != "How many" || item.Text != "12" {
		t.Errorf("got %q, %q", item.Label, item.Text)
	}
}

func TestASaveThatFailsIsToldAndNothingIsLost(t *testing.T) {
	s := show(t, formtest.Compile(t, small))
	s.Press("2")
	s.model.SaveDone(errors.New("disk full"))
	markup := test.RenderToMarkup(s.Canvas)
	if !strings.Contains(markup, "Pas enregistré") {
		t.Error("the fault is not on screen")
	}
	s.model.SaveDone(nil)
	if markup := test.RenderToMarkup(s.Canvas); strings.Contains(markup, "Pas enregistré") || !strings.Contains(markup, "Enregistré 23:14:00") {
		t.Error("the end of the fault is not on screen")
	}
}

// The plain columns of a form with translations are a language without a name.
func TestUnnamedLanguage(t *testing.T) {
	s := show(t, formtest.Compile(t, "| survey |\n| | type | name | label | label::English (en) |\n| | text | a | Mots | Words |\n"))
	if !s.tells("langue d'origine") || s.tells("default") {
		t.Error("it is called otherwise")
	}
	s.Press("Ctrl+T")
	if !s.tells("English (en)") || !s.tells("Words") {
		t.Error("the other language does not come")
	}
	s.Press("Ctrl+T")
	if last := s.said[len(s.said)-1]; !strings.Contains(last, "langue d'origine") {
		t.Errorf("said %q", last)
	}
}
