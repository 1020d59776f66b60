package ui

import (
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/software"

	"solidaren/ui/model"
	"solidaren/ui/uitest"
	"solidaren/ui/words"
)

var (
	galleryDir = flag.String("gallery", "", "folder for the pictures of every screen; none are drawn without it")
	galleryOf  = flag.String("look", "", "draw only the looks whose name matches")
)

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

// hang shows every picture in every look. None shows what another one wrote: a
// picture that changed the notebook is followed by another copy of it. What is
// looked at with a board is seen by several processes; the board is theirs all.
func hang(t *testing.T, looks []framed, see func(t *testing.T, o *office, p picture, l framed, board string)) (board string) {
	t.Helper()
	own, is := ownWing(t)
	if board = own.board; !is {
		board = t.TempDir()
		if spreads() {
			spread(t, looks, board)
			return board
		}
	}
	for _, s := range states {
		if is && s.name != own.state {
			continue
		}
		t.Run(s.name, func(t *testing.T) {
			made := own.made
			if !is {
				made = s.make(t)
			}
			for _, language := range words.Languages {
				dresses := of(looks, language)
				if len(dresses) == 0 || is && language != own.language {
					continue
				}
				shown := pictures(s.name)
				if is {
					shown = shown[own.from:own.to]
				}
				t.Run(language, func(t *testing.T) {
					s.hang(t, made, shown, dresses, func(t *testing.T, o *office, p picture, l framed) { see(t, o, p, l, board) })
				})
			}
		})
	}
	return board
}

// hang shows pictures of a state in looks of one language.
func (s state) hang(t *testing.T, made string, shown []picture, looks []framed, see func(*testing.T, *office, picture, framed)) {
	t.Setenv("HOME", "/home/equipe")
	t.Setenv("XDG_RUNTIME_DIR", "/run/user/1000")
	o := newOffice(t)
	before := s.reopen(o, made, looks[0])
	for _, p := range shown {
		t.Run(p.name, func(t *testing.T) {
			o.t = t
			p.show(o)
			o.settle()
			for _, l := range looks {
				o.dressed(l)
				see(t, o, p, l)
			}
			o.clear()
		})
		o.t = t
		if o.desk == nil || before != files(t, o.dir) {
			before = s.reopen(o, made, looks[0])
			continue
		}
		o.playAs(s.role)
		o.dressed(looks[0])
	}
}

// reopen brings the office into the state, over a new copy of what was made,
// and tells what lies in its folder.
func (s state) reopen(o *office, made string, l framed) string {
	o.t.Helper()
	o.endSealing()
	if o.room != nil {
		o.dressed(l) // before a room is built
	}
	if o.desk == nil && o.room != nil {
		o.room.Close()
	}
	o.shut()
	o.dir = o.t.TempDir()
	if made != "" {
		if err := os.CopyFS(o.dir, os.DirFS(made)); err != nil {
			o.t.Fatal(err)
		}
	}
	o.offset, o.vault, o.trial, o.invite, o.undo = time.Until(evening), o, nil, "", nil
	o.offered, o.returns = map[string]*model.Offer{}, returning{}
	o.clock, o.Shell.folder = o.now, "/home/equipe/.local/share/solidaren"
	o.showLock()
	o.dressed(l)
	if s.open != nil {
		s.open(o)
		o.settle()
	}
	return files(o.t, o.dir)
}

// files tells what lies in a folder, and when it was written.
func files(t *testing.T, dir string) string {
	t.Helper()
	var told strings.Builder
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			fmt.Fprintln(&told, path, info.Size(), info.ModTime().UnixNano())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return told.String()
}

// clear takes away what lies over the room.
func (o *office) clear() {
	if o.release != nil {
		o.release()
		o.release = nil
	}
	for o.modals.Open() {
		o.modals.Dismiss()
	}
	overlays := o.window.Canvas().Overlays()
	for top := overlays.Top(); top != nil; top = overlays.Top() {
		overlays.Remove(top)
	}
	o.settle()
}

// dressed gives the window a look.
func (o *office) dressed(l framed) {
	if o.settings.Language != l.language {
		o.settings.SetLanguage(l.language)
	}
	if o.settings.Palette != l.palette {
		o.settings.SetPalette(l.palette)
	}
	if o.settings.Scale != l.text {
		o.settings.SetScale(l.text)
	}
	if c := o.window.Canvas().(software.WindowlessCanvas); c.Scale() != l.pixels {
		c.SetScale(l.pixels)
	}
	// Only a window of the GLFW driver lays out by itself what has grown.
	o.settle()
	o.window.Resize(l.size.AddWidthHeight(0, 1))
	o.window.Resize(l.size)
	o.settle()
}

// TestGallery draws every picture into the folder that -gallery names, and the
// French ones in the light palette, small, into a folder docs below it. They are
// looked at as TestNoTextIsCut does.
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
		looks = append(looks, framed{language, model.PaletteLight, 1, laptop, 1}, framed{language, model.PaletteLight, 2, least, 1})
	}
	first := looks[0]
	looks = slices.DeleteFunc(looks, func(l framed) bool { return !regexp.MustCompile(*galleryOf).MatchString(l.String()) })
	board := hang(t, looks, func(t *testing.T, o *office, p picture, l framed, board string) {
		pin(t, board, p.name+" "+l.String())
		o.wellMade(p, l)
		shot := uitest.Picture(o.window.Canvas())
		write(t, filepath.Join(*galleryDir, p.name+"-"+l.String()+".png"), shot, png.BestSpeed)
		if l == first {
			write(t, filepath.Join(small, p.name+".png"), few(shot), png.BestCompression)
		}
	})
	after(t, func() { t.Logf("%d pictures", len(pinned(t, board))) })
}

// colours is how many a small picture has: enough for the signs of a screen and
// the edges of its letters.
const colours = 24

// few is a picture in the colours that it has most of: a sixth of the size.
func few(shot image.Image) image.Image {
	bounds := shot.Bounds()
	counts := map[color.RGBA]int{}
	at := func(x, y int) color.RGBA { return color.RGBAModel.Convert(shot.At(x, y)).(color.RGBA) }
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			counts[at(x, y)]++
		}
	}
	var all []color.RGBA
	for c := range counts {
		all = append(all, c)
	}
	slices.SortFunc(all, func(a, b color.RGBA) int {
		if counts[a] != counts[b] {
			return counts[b] - counts[a]
		}
		return strings.Compare(fmt.Sprint(a), fmt.Sprint(b))
	})
	var palette color.Palette
	for i, c := range all {
		if i < colours || len(palette) < 2*colours && far(c, palette) {
			palette = append(palette, c)
		}
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

// far tells whether a colour is none of a palette, nor near one: a red that few
// dots have stays red.
func far(c color.RGBA, palette color.Palette) bool {
	r, g, b, _ := palette.Convert(c).RGBA()
	off := func(x uint8, y uint32) int { return max(int(x)-int(y>>8), int(y>>8)-int(x)) }
	return off(c.R, r)+off(c.G, g)+off(c.B, b) > 90
}

// draw writes the window as it is.
func (o *office) draw(file string) {
	o.t.Helper()
	write(o.t, file, uitest.Picture(o.window.Canvas()), png.BestSpeed)
}

func write(t *testing.T, file string, shot image.Image, level png.CompressionLevel) {
	t.Helper()
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	encoder := png.Encoder{CompressionLevel: level}
	if err := encoder.Encode(f, shot); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
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
