package form_test

import (
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"solidaren/ui/kit"
	"solidaren/ui/model/form/formtest"
)

// attachments is a place for files.
type attachments map[string][]byte

func (f attachments) Size(name string) (int64, bool) { b, ok := f[name]; return int64(len(b)), ok }

func (f attachments) Content(name string) ([]byte, error) { return f[name], nil }

func (f attachments) Keep(name string, content []byte, done func(string, error)) {
	f[name] = content
	done(name, nil)
}

// A file is chosen by the keyboard alone: letters, Enter.
func TestFileByKeyboard(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("HOME", dir)
	if err := os.MkdirAll(filepath.Join(dir, "Documents"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"plan.pdf", "photo.png", filepath.Join("Documents", "plan du lieu.pdf")} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	kept := attachments{}
	s := showWith(t, formtest.Session(t, formtest.Compile(t, "| survey |\n| | type | name | label |\n| | file | q | Q |\n| | image | p | P |\n| | text | n | N |\n")), "", kept)
	s.Press("Space")
	s.Type("doc")
	s.Press("Enter")
	s.Type("plan")
	s.Press("Enter")
	if got := s.value("/data/q"); got != "plan du lieu.pdf" || string(kept[got]) != filepath.Join("Documents", got) {
		t.Errorf("attached %q: %q", got, kept[got])
	}
	s.at("q")
	s.Press("Enter")
	s.at("p")
	s.Press("Space", "Backspace") // up from the folder of the last file
	s.Type("p")
	s.Press("Enter")
	if got := s.value("/data/p"); got != "photo.png" {
		t.Errorf("of a picture and a document %q was attached", got)
	}
	s.Press("Tab", "Space") // the button behind takes it away
	if got := s.value("/data/p"); got != "" {
		t.Errorf("%q is still attached", got)
	}
	s.at("p")
}

// A signature is drawn with the mouse, or said to be on paper.
func TestDrawing(t *testing.T) {
	kept := attachments{}
	s := showWith(t, formtest.Session(t, formtest.Compile(t, "| survey |\n| | type | name | label | appearance |\n| | image | q | Q | signature |\n| | text | n | N | |\n")), "", kept)
	s.Press("Space")
	pads := find[*kit.Pad](s)
	if len(pads) != 1 {
		t.Fatalf("%d sheets", len(pads))
	}
	pads[0].MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(20, 20)}})
	for x := range 10 {
		pads[0].Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(float32(20+10*x), 40)}})
	}
	s.Press("Enter")
	if got := s.value("/data/q"); got != "q.png" || len(kept[got]) == 0 {
		t.Errorf("attached %q, %d bytes", got, len(kept[got]))
	}
	s.Press("Tab", "Space")
	if item, _ := s.model.Item("/data/q"); item.Reason != "paper" || item.Text != "" || item.Status != "recueillie sur papier" {
		t.Errorf("got %+v", item)
	}
}
