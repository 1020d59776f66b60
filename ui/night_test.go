package ui

import (
	"image"
	"math"
	"testing"

	"solidaren/ui/model"
)

// The light that a screen may give off at night: the mean of its luminance, and
// the blue of any pixel.
const (
	mostLight = 0.03
	mostBlue  = 0x80
)

// TestNightGivesLittleLight is G14, over every picture.
func TestNightGivesLittleLight(t *testing.T) {
	hang(t, []framed{{"fr", model.PaletteNight, 1, least, 1}}, func(t *testing.T, o *office, p picture, _ framed, _ string) {
		light, blue := glow(o.window.Canvas().Capture())
		if light > mostLight || blue > mostBlue {
			t.Errorf("%s gives off %.4f, its bluest pixel has %#x", p.name, light, blue)
		}
	})
}

// glow is the mean luminance of a picture, and the most blue of its pixels.
func glow(shot image.Image) (light float64, blue uint32) {
	var linear [256]float64
	for i := range linear {
		linear[i] = math.Pow(float64(i)/255, 2.2)
	}
	bounds := shot.Bounds()
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			r, g, b, _ := shot.At(x, y).RGBA()
			light += 0.2126*linear[r>>8] + 0.7152*linear[g>>8] + 0.0722*linear[b>>8]
			blue = max(blue, b>>8)
		}
	}
	return light / float64(bounds.Dx()*bounds.Dy()), blue
}
