package ui

import (
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/software"

	"solidaren/diagnostics"
	"solidaren/ui/model"
	"solidaren/ui/words"
)

var galleryDir = flag.String("gallery", "", "folder for the pictures of every screen; none are drawn without it")

// picture is one thing to look at. A place of the window is one by itself, full
// and empty; what else there is to see stands in a line of others.
type picture struct {
	name string
	of   string // the state of the office
	show func(*office)
}

// States of an office.
const (
	full   = "full"   // something in every place
	empty  = "empty"  // a notebook just made
	locked = "locked" // a notebook that waits for its passphrase
	fresh  = "fresh"  // no notebook yet
	unmet  = "unmet"  // the very first opening
)

var states = map[string]func(*testing.T) *office{
	full: furnished, empty: unlocked, fresh: newOffice,
	unmet: func(t *testing.T) *office { o, _ := welcomed(t); return o },
	locked: func(t *testing.T) *office {
		o := unlocked(t)
		o.Lock()
		o.settle()
		return o
	},
}

// others are the pictures that no place leads to by itself.
var others = []picture{
	{"create", fresh, func(o *office) { o.showFront(); o.settle() }},
	{"lock", locked, func(o *office) { o.again() }},
	{"lock-wrong", locked, func(o *office) { o.again(); o.keys.Type("une tout autre phrase de passe"); o.press("Enter") }},
	{"lock-forgot", locked, func(o *office) { o.again(); o.press("Tab", "Tab", "Tab", "Enter") }},
	{"tour-start", empty, func(o *office) { o.Go(roomTour) }},
	{"maraude", full, func(o *office) { o.StartForm("maraude") }},
	{"maraude-talk", full, func(o *office) { o.StartForm("maraude"); o.settle(); o.press("1", "Enter", "1") }},
	{"maraude-place", full, func(o *office) { o.StartForm("maraude"); o.settle(); o.press("Ctrl+l") }},
	{"entretien", full, func(o *office) { o.Resume(o.draft("entretien")) }},
	{"entretien-sections", full, func(o *office) { o.Resume(o.draft("entretien")); o.settle(); o.press("Ctrl+g") }},
	{"entretien-review", full, func(o *office) { o.Resume(o.draft("entretien")); o.settle(); o.press("Ctrl+Enter") }},
	{"lieu", full, func(o *office) { o.StartForm("lieu") }},
	{"count-form", full, func(o *office) { o.StartForm("nuit_solidarite") }},
	{"record", full, func(o *office) { o.OpenRecord(o.finished()[0].ID) }},
	{"person", full, func(o *office) { o.OpenPerson(o.nadia) }},
	{"persons-search", full, func(o *office) { o.Go(roomPersons); o.settle(); o.press("Ctrl+a", "Delete"); o.keys.Type("nad") }},
	{"follows-end", full, func(o *office) { o.Go(roomFollows); o.settle(); o.press("Enter") }},
	{"rights-answer", full, func(o *office) { o.Go(roomRights); o.settle(); o.press("Enter") }},
	{"export-confirm", full, func(o *office) { o.Go(roomExport); o.settle(); o.press("Ctrl+Enter") }},
	{"palette", full, func(o *office) { o.Go(roomToday); o.settle(); o.press("Ctrl+k"); o.keys.Type("e") }},
	{"keys", full, func(o *office) { o.Go(roomToday); o.settle(); o.press("Ctrl+Shift+h") }},
	{"rectify", full, func(o *office) { o.Rectify(o.nadia) }},
	{"household", full, func(o *office) { o.showHousehold(o.add(diagnostics.TypeHousehold, diagnostics.Values{"adults": "1"})) }},
	{"tries", full, (*office).showTries},
	{"setup", empty, (*office).OpenSetup},
	{"welcome", unmet, func(o *office) { o.showWelcome(); o.settle() }},
	{"welcome-found", unmet, func(o *office) { o.showWelcome().Found() }},
	{"about", full, func(o *office) { o.Go(roomToday); o.settle(); o.showAbout() }},
}

// pictures are those of a state.
func pictures(of string) []picture {
	var all []picture
	for _, p := range places {
		for state, name := range map[string]string{full: p.name, empty: p.name + "-empty"} {
			if state == of {
				all = append(all, picture{name, of, func(o *office) { o.Go(p.name) }})
			}
		}
	}
	for _, p := range others {
		if p.of == of {
			all = append(all, p)
		}
	}
	return all
}

// framed is how the window looks and how large it is.
type framed struct {
	language, palette string
	text              float64 // size of the text
	size              fyne.Size
	pixels            float32 // of the screen to one of the window
}

func (l framed) String() string {
	name := fmt.Sprintf("%s-%s-%.0fx%.0f", l.language, l.palette, l.size.Width, l.size.Height)
	if l.text != 1 {
		name += fmt.Sprintf("-text%.0f", 100*l.text)
	}
	if l.pixels != 1 {
		name += fmt.Sprintf("-scale%.0f", 100*l.pixels)
	}
	return name
}

// Sizes of windows: the least that the program is made for, and that of most
// laptops.
var (
	least  = fyne.NewSize(1024, 600)
	laptop = fyne.NewSize(1366, 768)
)

// hang shows every picture in every look.
func hang(t *testing.T, looks []framed, see func(*testing.T, *office, picture, framed)) {
	t.Helper()
	for _, state := range []string{full, empty, locked, fresh, unmet} {
		t.Run(state, func(t *testing.T) {
			o := states[state](t)
			for _, l := range looks {
				o.dressed(l)
				for _, p := range pictures(state) {
					o.hang(p, l.size)
					see(t, o, p, l)
					for o.modals.Open() {
						o.modals.Dismiss()
					}
					o.settle()
				}
			}
		})
	}
}

// dressed gives the window a look.
func (o *office) dressed(l framed) {
	o.settings.SetLanguage(l.language)
	o.settings.SetPalette(l.palette)
	o.settings.SetScale(l.text)
	o.window.Canvas().(software.WindowlessCanvas).SetScale(l.pixels)
	o.window.Resize(l.size)
	o.settle()
}

// hang shows one picture.
func (o *office) hang(p picture, size fyne.Size) {
	p.show(o)
	o.settle()
	// Only a window of the GLFW driver lays out by itself what has grown.
	o.window.Resize(size.AddWidthHeight(0, 1))
	o.window.Resize(size)
	o.settle()
}

// TestGallery draws every picture into the folder that -gallery names, and the
// French ones in the light palette, small, into a folder docs below it.
func TestGallery(t *testing.T) {
	if *galleryDir == "" {
		t.Skip("-gallery names no folder")
	}
	small := filepath.Join(*galleryDir, "docs")
	if err := os.MkdirAll(small, 0o755); err != nil {
		t.Fatal(err)
	}
	var looks []framed
	for _, language := range words.Languages {
		for _, palette := range []string{model.PaletteLight, model.PaletteDark, model.PaletteNight} {
			looks = append(looks, framed{language, palette, 1, least, 1}, framed{language, palette, 1, least, 1.5})
		}
		looks = append(looks, framed{language, model.PaletteLight, 1, laptop, 1}, framed{language, model.PaletteLight, 2, laptop, 1})
	}
	hang(t, looks, func(t *testing.T, o *office, p picture, l framed) {
		shot := o.window.Canvas().Capture()
		write(t, filepath.Join(*galleryDir, p.name+"-"+l.String()+".png"), shot)
		if l == looks[0] {
			write(t, filepath.Join(small, p.name+".png"), few(shot))
		}
	})
}

// few is a picture in the 256 colours that it has most of: a quarter of the
// size.
func few(shot image.Image) image.Image {
	bounds := shot.Bounds()
	counts := map[color.RGBA]int{}
	at := func(x, y int) color.RGBA { return color.RGBAModel.Convert(shot.At(x, y)).(color.RGBA) }
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			counts[at(x, y)]++
		}
	}
	var colours []color.RGBA
	for c := range counts {
		colours = append(colours, c)
	}
	slices.SortFunc(colours, func(a, b color.RGBA) int {
		if counts[a] != counts[b] {
			return counts[b] - counts[a]
		}
		return strings.Compare(fmt.Sprint(a), fmt.Sprint(b))
	})
	var palette color.Palette
	for _, c := range colours[:min(256, len(colours))] {
		palette = append(palette, c)
	}
	nearest := map[color.RGBA]uint8{}
	out := image.NewPaletted(bounds, palette)
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			c := at(x, y)
			i, ok := nearest[c]
			if !ok {
				i = uint8(palette.Index(c))
				nearest[c] = i
			}
			out.SetColorIndex(x, y, i)
		}
	}
	return out
}

// draw writes the window as it is.
func (o *office) draw(file string) {
	o.t.Helper()
	write(o.t, file, o.window.Canvas().Capture())
}

func write(t *testing.T, file string, shot image.Image) {
	t.Helper()
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(f, shot); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestNoScreenIsForgotten: every package of screens is in a picture.
func TestNoScreenIsForgotten(t *testing.T) {
	folders, err := os.ReadDir("screen")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	hang(t, []framed{{"fr", model.PaletteLight, 1, least, 1}}, func(_ *testing.T, o *office, _ picture, _ framed) {
		room := strings.TrimPrefix(fmt.Sprintf("%T", o.room), "*")
		seen[strings.Split(room, ".")[0]] = true
	})
	for _, f := range folders {
		if f.IsDir() && !seen[f.Name()] {
			t.Errorf("no picture shows the screen %s: others wants a line", f.Name())
		}
	}
}

// again is the lock as it is before anything is typed.
func (o *office) again() {
	o.showLock()
	o.settle()
}

// draft is the id of the draft of a form.
func (o *office) draft(form string) string {
	o.t.Helper()
	for _, d := range o.drafts() {
		if d.FormID == form {
			return d.ID
		}
	}
	o.t.Fatalf("no draft of %s", form)
	return ""
}
