package form_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"solidaren/ui/kit"
	"solidaren/ui/model/form/formtest"
	"solidaren/ui/uitest"
)

const pictureForm = `
| survey |
| | type | name | label | appearance | media::image | media::audio |
| | note | n | Regardez | | note.png | |
| | select_one l | map | Où ? | image-map | body.svg | |
| | select_one l | q | Laquelle ? | | gone.png | question.mp3 |
| | text | next | Suite | | | |
| choices |
| | list_name | name | label | media::image | media::video |
| | l | a | Une | a.png | |
| | l | b | Deux | b.png | deux.mp4 |
| | l | c | Trois | broken.png | |
`

// onePicture is a picture of one colour.
func onePicture(t *testing.T, c color.Color) []byte {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, 60, 40))
	for i := range 60 * 40 {
		m.Set(i%60, i/60, c)
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const lines = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><rect id="a" width="100" height="100" fill="#ff0000"/></svg>`

// has reports whether a colour is on screen, and at which height first.
func has(picture image.Image, c color.RGBA) (x, y int, ok bool) {
	b := picture.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			if color.RGBAModel.Convert(picture.At(x, y)) == color.Color(c) {
				return x, y, true
			}
		}
	}
	return 0, 0, false
}

// Pictures that come with a form are shown with its questions and answers; what
// is missing, is no picture, or sounds is told in words.
func TestPictures(t *testing.T) {
	green, red := color.RGBA{0, 200, 0, 255}, color.RGBA{255, 0, 0, 255}
	blue := color.RGBA{0, 0, 250, 255}
	s := show(t, formtest.CompileWith(t, pictureForm, map[string][]byte{
		"note.png": onePicture(t, green), "body.svg": []byte(lines), "a.png": onePicture(t, blue), "b.png": onePicture(t, blue),
		"broken.png": []byte("<html>no picture</html>"),
	}))
	s.window.Resize(fyne.NewSize(1280, 1400))
	shown := s.Canvas.Capture()
	for name, c := range map[string]color.RGBA{"of the note": green, "of the map": red, "of the answers": blue} {
		if _, _, ok := has(shown, c); !ok {
			t.Errorf("the picture %s is not shown", name)
		}
	}
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(find[*kit.Choice](s)[0])
	if x, y, _ := has(shown, red); x < int(at.X)+300 || y > int(at.Y)+200 {
		t.Errorf("the map is at %d, %d, its answers at %v", x, y, at)
	}
	var told []string
	for _, text := range uitest.Texts(s.Canvas) {
		told = append(told, text.Text.Text)
	}
	all := strings.Join(told, "\n")
	for _, want := range []string{"Image absente de ce poste : broken.png", "gone.png, broken.png", "question.mp3, deux.mp4"} {
		if !strings.Contains(all, want) {
			t.Errorf("%q is not told", want)
		}
	}
	s.model.GoTo("/data/map")
	s.Press("2")
	if got := s.value("/data/map"); got != "b" {
		t.Errorf("the answer is %q", got)
	}
}

// TestHostilePictures: whatever a file holds, it is drawn or told.
func TestHostilePictures(t *testing.T) {
	huge := []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1e12"><rect width="1" height="1"/></svg>`)
	for name, content := range map[string]string{
		"empty.svg": "", "html.svg": "<html/>", "huge.svg": string(huge), "path.svg": `<svg viewBox="0 0 9 9"><path d="M 0 0 C 1"/></svg>`,
		"use.svg": `<svg viewBox="0 0 9 9"><use href="#x"/></svg>`, "numbers.svg": `<svg viewBox="a b c d" width="NaN"><rect width="1e400"/></svg>`,
		"cut.png": string(onePicture(t, color.Black)[:40]), "text.jpg": "JPEG", "cut.gif": "GIF89a\xff\xff\xff\xff",
	} {
		s := show(t, formtest.CompileWith(t, `
| survey |
| | type | name | label | media::image |
| | text | q | Question | `+name+` |
`, map[string][]byte{name: []byte(content)}))
		s.Canvas.Capture()
		s.Type("x")
		s.Press("Enter")
		if got := s.value("/data/q"); got != "x" {
			t.Errorf("%s: the answer is %q", name, got)
		}
	}
}
