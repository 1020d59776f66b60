package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	look "solidaren/ui/kit/theme"
)

// Tone is what a banner is about. Each has its sign beside its colour.
type Tone int

// The tones.
const (
	Info Tone = iota
	Success
	Warning
	Fault
)

var tones = map[Tone]struct {
	sign  string
	color fyne.ThemeColorName
}{
	Info:    {"i", look.Info},
	Success: {"✓", theme.ColorNameSuccess},
	Warning: {"!", theme.ColorNameWarning},
	Fault:   {"!", theme.ColorNameError},
}

// Banner is a message that stays: a coloured bar, a sign and a sentence, with
// room for what can be done.
type Banner struct {
	widget.BaseWidget
	tone    Tone
	bar     *canvas.Rectangle
	sign    *Label
	text    *Label
	content *fyne.Container
}

// NewBanner makes a banner; actions (buttons) stand below the text.
func NewBanner(tone Tone, text string, actions ...fyne.CanvasObject) *Banner {
	b := &Banner{tone: tone, bar: canvas.NewRectangle(nil), sign: Strong("").Whole(), text: Text(text)}
	b.bar.SetMinSize(fyne.NewSize(5, 0))
	ground := newPanel()
	ground.fill = look.Raised
	body := []fyne.CanvasObject{b.text}
	if len(actions) > 0 {
		body = append(body, HStack(look.Gap, actions...))
	}
	inner := container.NewBorder(nil, nil, b.sign, nil, Inset(look.RingWidth, VStack(look.Gap, body...)))
	b.content = container.NewStack(ground, container.NewBorder(nil, nil, b.bar, nil, Inset(look.Gap, inner)))
	b.Set(tone, text)
	b.ExtendBaseWidget(b)
	return b
}

// Set changes tone and text.
func (b *Banner) Set(tone Tone, text string) {
	b.tone = tone
	b.bar.FillColor = theme.Color(tones[tone].color)
	b.sign.Color = tones[tone].color
	b.sign.Set(tones[tone].sign)
	b.text.Set(text)
}

// Refresh follows the theme.
func (b *Banner) Refresh() {
	b.bar.FillColor = theme.Color(tones[b.tone].color)
	b.bar.Refresh()
	b.BaseWidget.Refresh()
}

// CreateRenderer shows the parts.
func (b *Banner) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(b.content) }
