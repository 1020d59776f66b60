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

// NewBanner makes a banner; actions (buttons) stand at the right of the text, or
// below it where that leaves too little room.
func NewBanner(tone Tone, text string, actions ...fyne.CanvasObject) *Banner {
	b := &Banner{tone: tone, bar: canvas.NewRectangle(nil), sign: Strong("").Whole(), text: Text(text)}
	b.bar.SetMinSize(fyne.NewSize(5, 0))
	ground := newPanel()
	ground.fill = look.Raised
	var body, sign fyne.CanvasObject = b.text, b.sign
	if len(actions) > 0 {
		sign = HStack(look.RingWidth, b.sign) // in the middle of its height
		body = container.New(&sided{}, b.text, HStack(look.Gap, actions...))
	}
	inner := container.NewBorder(nil, nil, Inset(look.RingWidth, sign), nil, Inset(look.RingWidth, VStack(look.Gap, body)))
	b.content = container.NewStack(ground, container.NewBorder(nil, nil, b.bar, nil, Inset(look.Gap, inner)))
	b.Set(tone, text)
	b.ExtendBaseWidget(b)
	return b
}

// sided puts what can be done at the right of a text that may wrap, or below it
// where the text would have less than half of the width.
type sided struct{ width float32 }

// MinSize is for the width that it was given.
func (s *sided) MinSize(objects []fyne.CanvasObject) fyne.Size {
	text, actions := objects[0].MinSize(), objects[1].MinSize()
	least := fyne.NewSize(max(text.Width, actions.Width), max(text.Height, actions.Height))
	if s.below(actions) {
		least.Height = text.Height + theme.Size(look.Gap) + actions.Height
	}
	return least
}

func (s *sided) below(actions fyne.Size) bool { return actions.Width > s.width/2 }

// Layout places them.
func (s *sided) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	s.width = size.Width
	text, actions := objects[0], objects[1]
	least := actions.MinSize()
	actions.Resize(least)
	if s.below(least) {
		text.Move(fyne.Position{})
		for range 2 { // its height is known once it has its width
			text.Resize(fyne.NewSize(size.Width, text.MinSize().Height))
		}
		actions.Move(fyne.NewPos(0, text.Size().Height+theme.Size(look.Gap)))
		return
	}
	for range 2 {
		text.Resize(fyne.NewSize(size.Width-least.Width-theme.Size(look.Gap), text.MinSize().Height))
	}
	text.Move(fyne.NewPos(0, max(0, (size.Height-text.Size().Height)/2)))
	actions.Move(fyne.NewPos(size.Width-least.Width, max(0, (size.Height-least.Height)/2)))
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

// Held is the content.
func (b *Banner) Held() fyne.CanvasObject { return b.content }

// CreateRenderer shows the parts.
func (b *Banner) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(b.content) }
