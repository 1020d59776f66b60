package kit

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"solidaren/assets"
)

// sign is a small drawing in a colour of the theme. It never stands alone: a
// word or a key is beside it.
type sign struct {
	name  string
	drawn func(name string) []byte
	image *canvas.Image
	shown string // name of the resource on screen
}

func newSign(name string) *sign { return newDrawing(name, assets.Sign) }

// newDrawing is one of a set of drawings.
func newDrawing(name string, drawn func(string) []byte) *sign {
	return &sign{name: name, drawn: drawn, image: &canvas.Image{FillMode: canvas.ImageFillContain}}
}

// paint draws it in a colour.
func (s *sign) paint(ink fyne.ThemeColorName) {
	r, g, b, _ := theme.Color(ink).RGBA()
	hex := fmt.Sprintf("#%02X%02X%02X", r>>8, g>>8, b>>8)
	if name := s.name + hex + ".svg"; name != s.shown {
		s.shown = name
		s.image.Resource = fyne.NewStaticResource(name, []byte(strings.ReplaceAll(string(s.drawn(s.name)), assets.Ink, hex)))
		s.image.Refresh()
	}
}
