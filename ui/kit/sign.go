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
	image *canvas.Image
	shown string // name of the resource on screen
}

func newSign(name string) *sign {
	image := &canvas.Image{FillMode: canvas.ImageFillContain}
	return &sign{name: name, image: image}
}

// paint draws it in a colour.
func (s *sign) paint(ink fyne.ThemeColorName) {
	r, g, b, _ := theme.Color(ink).RGBA()
	hex := fmt.Sprintf("#%02X%02X%02X", r>>8, g>>8, b>>8)
	if name := s.name + hex + ".svg"; name != s.shown {
		s.shown = name
		s.image.Resource = fyne.NewStaticResource(name, []byte(strings.ReplaceAll(string(assets.Sign(s.name)), assets.Ink, hex)))
		s.image.Refresh()
	}
}
