package form_test

import (
	"flag"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"solidaren/diagnostics/xlsform"
	"solidaren/ui/model/form/formtest"
	"solidaren/ui/words"
)

// update makes the pictures of docs/forms.md anew: make guide.
var update = flag.Bool("update", false, "write the pictures of docs/forms.md")

const (
	guide         = "../../../docs/forms.md"
	guidePictures = "../../../docs"
)

// example is a questionnaire of the guide and its picture.
type example struct {
	picture string // forms/fr/text.png
	keys    []string
	form    string
}

// exampleShape is a questionnaire in the guide: keys to press before the
// picture is taken, the tables, the picture.
var exampleShape = regexp.MustCompile("(?s)(?:<!-- keys: ([^\n]*) -->\n)?```xlsform\n(.*?)```\n+!\\[[^\\]]+\\]\\((forms/[a-z]{2}/[a-z-]+\\.png)\\)")

func examples(t *testing.T) []example {
	t.Helper()
	text, err := os.ReadFile(guide)
	if err != nil {
		t.Fatal(err)
	}
	var all []example
	for _, m := range exampleShape.FindAllStringSubmatch(string(text), -1) {
		all = append(all, example{picture: m[3], keys: strings.Fields(m[1]), form: m[2]})
	}
	if blocks := strings.Count(string(text), "```xlsform\n"); blocks != len(all) || blocks == 0 {
		t.Fatalf("%d questionnaires in the guide, %d have a picture", blocks, len(all))
	}
	return all
}

// TestGuideExamples: each questionnaire of docs/forms.md is accepted without an
// error, opens, and has its picture; no picture is left over.
func TestGuideExamples(t *testing.T) {
	t.Cleanup(func() { words.Use("fr") })
	var pictures []string
	for _, e := range examples(t) {
		t.Run(e.picture, func(t *testing.T) {
			pictures = append(pictures, filepath.Base(filepath.Dir(e.picture))+"/"+filepath.Base(e.picture))
			book, err := xlsform.ReadMarkdown(e.form)
			if err != nil {
				t.Fatal(err)
			}
			if _, wrong := xlsform.Check(book, xlsform.CompileOptions{}); len(wrong) > 0 {
				t.Fatal(wrong)
			}
			words.Use(filepath.Base(filepath.Dir(e.picture)))
			taken := picture(t, e)
			path := filepath.Join(guidePictures, e.picture)
			if *update {
				write(t, path, taken)
			}
			if _, err := os.Stat(path); err != nil {
				t.Errorf("no picture (make guide): %v", err)
			}
		})
	}
	found, err := filepath.Glob(filepath.Join(guidePictures, "forms/*/*.png"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range found {
		if name := filepath.Base(filepath.Dir(path)) + "/" + filepath.Base(path); !slices.Contains(pictures, name) {
			t.Errorf("%s is not in the guide", path)
		}
	}
}

// guideWidth is that of a picture; guideMargin stands round the questions.
const (
	guideWidth  = 720
	guideHeight = 900
	guideMargin = 8
)

// picture shows an example and takes the part of the window with its questions.
func picture(t *testing.T, e example) image.Image {
	t.Helper()
	s := show(t, formtest.Compile(t, e.form))
	s.window.Resize(fyne.NewSize(guideWidth, guideHeight))
	s.view.Focus()
	for _, key := range e.keys {
		if text, ok := strings.CutPrefix(key, "type:"); ok {
			s.Type(text)
			continue
		}
		s.Press(key)
	}
	whole := s.Canvas.Capture()
	section := s.view.Section()
	from := fyne.CurrentApp().Driver().AbsolutePositionForObject(section)
	size := section.MinSize()
	box := image.Rect(int(from.X)-guideMargin, int(from.Y)-guideMargin, int(from.X+section.Size().Width)+guideMargin, int(from.Y+size.Height)+guideMargin)
	box = box.Intersect(whole.Bounds())
	out := image.NewRGBA(image.Rect(0, 0, box.Dx(), box.Dy()))
	draw.Draw(out, out.Bounds(), whole, box.Min, draw.Src)
	return out
}

// write keeps a picture small: at most 256 colours, the most frequent ones.
func write(t *testing.T, path string, picture image.Image) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	small := image.NewPaletted(picture.Bounds(), palette(picture))
	draw.Draw(small, small.Bounds(), picture, picture.Bounds().Min, draw.Src)
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(f, small); err != nil {
		t.Fatal(err)
	}
}

func palette(picture image.Image) color.Palette {
	count := map[color.RGBA]int{}
	b := picture.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			count[color.RGBAModel.Convert(picture.At(x, y)).(color.RGBA)]++
		}
	}
	colors := make([]color.RGBA, 0, len(count))
	for c := range count {
		colors = append(colors, c)
	}
	slices.SortFunc(colors, func(a, b color.RGBA) int {
		if count[a] != count[b] {
			return count[b] - count[a]
		}
		return int(a.R) + int(a.G)<<8 + int(a.B)<<16 - int(b.R) - int(b.G)<<8 - int(b.B)<<16
	})
	var out color.Palette
	for _, c := range colors[:min(len(colors), 256)] {
		out = append(out, c)
	}
	return out
}
