package form

import (
	"bytes"
	"errors"
	"image"
	"image/png"
	"path"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	"github.com/fyne-io/oksvg"
	"github.com/srwiley/rasterx"
	_ "golang.org/x/image/webp" // pictures of questionnaires

	"solidaren/ui/kit"
	look "solidaren/ui/kit/theme"
	"solidaren/ui/model/form"
	"solidaren/ui/words"
)

// picture shows what belongs to a label, where the form brings it along.
type picture struct {
	widget.BaseWidget
	v     *View
	ref   string
	image *canvas.Image
}

// pictureHeight is the height of a picture at the designed size of text, and of
// one that stands beside the answers.
const (
	pictureHeight = 160
	besideHeight  = 260
)

func newPicture(v *View) *picture {
	p := &picture{v: v, image: &canvas.Image{FillMode: canvas.ImageFillContain}}
	p.Hide()
	p.ExtendBaseWidget(p)
	return p
}

// show shows the picture of a reference, where it is there.
func (p *picture) show(ref string) {
	if ref == p.ref {
		return
	}
	p.ref = ref
	p.image.Resource = p.v.picture(ref)
	p.Hidden = p.image.Resource == nil
	p.Refresh()
}

// CreateRenderer draws the picture.
func (p *picture) CreateRenderer() fyne.WidgetRenderer { return &pictureRenderer{p} }

type pictureRenderer struct{ p *picture }

func (r *pictureRenderer) MinSize() fyne.Size { return fyne.NewSize(0, scaled(pictureHeight)) }

func (r *pictureRenderer) Layout(size fyne.Size) { r.p.image.Resize(size) }

func (r *pictureRenderer) Refresh() { r.p.image.Refresh() }

func (r *pictureRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.p.image} }

func (r *pictureRenderer) Destroy() {}

// besideLayout puts a picture right of the answers that it shows, where there is
// room for both, else above them.
type besideLayout struct{ width float32 }

func (l *besideLayout) beside(objects []fyne.CanvasObject) bool {
	return objects[1].Visible() && l.width >= scaled(2*besideHeight)
}

// Layout places answers and picture.
func (l *besideLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	answers, shown := objects[0], objects[1]
	gap := theme.Size(look.Gap)
	if l.beside(objects) {
		half := (size.Width - gap) / 2
		answers.Move(fyne.Position{})
		answers.Resize(fyne.NewSize(half, size.Height))
		shown.Move(fyne.NewPos(half+gap, 0))
		shown.Resize(fyne.NewSize(half, size.Height))
		return
	}
	top := float32(0)
	if shown.Visible() {
		top = shown.MinSize().Height + gap
		shown.Move(fyne.Position{})
		shown.Resize(fyne.NewSize(size.Width, top-gap))
	}
	answers.Move(fyne.NewPos(0, top))
	answers.Resize(size.SubtractWidthHeight(0, top))
}

// MinSize is right for the width that there is now.
func (l *besideLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	least := objects[0].MinSize()
	switch {
	case l.beside(objects):
		least.Height = max(least.Height, scaled(besideHeight))
	case objects[1].Visible():
		least.Height += objects[1].MinSize().Height + theme.Size(look.Gap)
	}
	return least
}

// media says what belongs to a question and cannot be seen or heard here.
type media struct {
	v     *View
	label *kit.Label
}

func newMedia(v *View) *media {
	m := &media{v: v, label: kit.Caption("")}
	m.label.Hide()
	return m
}

// show names the pictures that are not there, and the sounds and films.
func (m *media) show(item form.Item) {
	var missing, lines []string
	look := func(ref string) {
		if name := path.Base(ref); ref != "" && m.v.picture(ref) == nil && !slices.Contains(missing, name) {
			missing = append(missing, name)
		}
	}
	look(item.Image)
	for _, o := range item.Choices {
		look(o.Image)
	}
	if len(missing) > 0 {
		lines = append(lines, words.T("form.picture.missing", strings.Join(missing, ", ")))
	}
	if len(item.Unplayed) > 0 {
		lines = append(lines, words.T("form.media.unplayed", strings.Join(item.Unplayed, ", ")))
	}
	m.label.Set(strings.Join(lines, "\n"))
	m.label.Hidden = len(lines) == 0
}

// picture finds a picture of the form, ready to be drawn; nil where it is not
// there, or is none.
func (v *View) picture(ref string) fyne.Resource {
	if ref == "" {
		return nil
	}
	known, ok := v.pictures[ref]
	if !ok {
		if content, there := v.m.Picture(ref); there {
			known = drawable(path.Base(ref), content)
		}
		v.pictures[ref] = known
	}
	return known
}

// maxPixels bounds the pictures of a form; drawnWide is how wide one made of
// lines is drawn.
const (
	maxPixels = 40 << 20
	drawnWide = 900
)

// drawable makes a picture of a file, whatever is in it: what Fyne draws later
// must not fail then.
func drawable(name string, content []byte) fyne.Resource {
	if strings.EqualFold(path.Ext(name), ".svg") {
		drawn, err := rasterized(content)
		if err != nil {
			return nil
		}
		return encoded(name, drawn)
	}
	shape, kind, err := image.DecodeConfig(bytes.NewReader(content))
	if err != nil || shape.Width < 1 || shape.Height < 1 || shape.Width > maxPixels/shape.Height {
		return nil
	}
	whole, _, err := image.Decode(bytes.NewReader(content))
	switch {
	case err != nil:
		return nil
	case kind == "webp":
		return encoded(name, whole)
	}
	return fyne.NewStaticResource(name, content)
}

func encoded(name string, drawn image.Image) fyne.Resource {
	var b bytes.Buffer
	if err := png.Encode(&b, drawn); err != nil {
		return nil
	}
	return fyne.NewStaticResource(name+".png", b.Bytes())
}

var errNoPicture = errors.New("form: this is no picture")

// rasterized draws a picture made of lines. The library that reads it may panic
// on what is no such picture.
func rasterized(content []byte) (drawn image.Image, err error) {
	defer func() {
		if recover() != nil {
			drawn, err = nil, errNoPicture
		}
	}()
	icon, err := oksvg.ReadIconStream(bytes.NewReader(content), oksvg.IgnoreErrorMode)
	if err != nil {
		return nil, err
	}
	box := icon.ViewBox
	if box.W <= 0 || box.H <= 0 || box.H > 8*box.W || box.W > 8*box.H {
		return nil, errNoPicture
	}
	width, height := drawnWide, max(1, int(drawnWide*box.H/box.W))
	canvas := image.NewRGBA(image.Rect(0, 0, width, height))
	icon.SetTarget(0, 0, float64(width), float64(height))
	icon.Draw(rasterx.NewDasher(width, height, rasterx.NewScannerGV(width, height, canvas, canvas.Bounds())), 1)
	return canvas, nil
}
