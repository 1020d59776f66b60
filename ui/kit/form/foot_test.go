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
	"solidaren/ui/words"
)

// TestFootIsOneLine: the sentence that tells what a key does stands whole beside
// the buttons in a window of the usual size.
func TestFootIsOneLine(t *testing.T) {
	s := show(t, formtest.Compile(t, small))
	s.window.Resize(fyne.NewSize(980, 600)) // what a window of 1180 has beside its rail
	for _, object := range test.LaidOutObjects(s.window.Content()) {
		label, ok := object.(*kit.Label)
		if !ok || label.Text != words.T("form.advance") {
			continue
		}
		shown := test.WidgetRenderer(label).Objects()
		if len(shown) != 1 || shown[0].(*canvas.Text).Text != label.Text {
			t.Errorf("%d lines, the first: %s", len(shown), shown[0].(*canvas.Text).Text)
		}
		return
	}
	t.Error("the foot says nothing")
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
