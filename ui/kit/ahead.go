package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Ahead takes the keys that are typed while a screen is on its way, and hands
// them on once it is there: who types fast loses nothing. It shows nothing, and
// Tab passes it by.
type Ahead struct {
	widget.DisableableWidget
	typed []func(fyne.Focusable)
}

var (
	_ fyne.Focusable   = (*Ahead)(nil)
	_ desktop.Keyable  = (*Ahead)(nil)
	_ fyne.Disableable = (*Ahead)(nil)
)

// NewAhead makes one that holds nothing yet.
func NewAhead() *Ahead {
	a := &Ahead{}
	a.ExtendBaseWidget(a)
	a.Disable()
	return a
}

// Hold takes the keys from now on.
func (a *Ahead) Hold() {
	if a.Disabled() {
		a.typed = nil
		a.Enable()
	}
	Focus(a)
}

// Release hands what was typed to whatever has the focus by then, key by key;
// without a canvas it is dropped.
func (a *Ahead) Release(c fyne.Canvas) {
	typed := a.typed
	a.typed = nil
	a.Disable()
	if c == nil {
		return
	}
	for _, event := range typed {
		if focused := c.Focused(); focused != nil && focused != fyne.Focusable(a) {
			event(focused)
		}
	}
}

// FocusGained changes nothing.
func (a *Ahead) FocusGained() {}

// FocusLost changes nothing.
func (a *Ahead) FocusLost() {}

// KeyDown keeps the press of a key.
func (a *Ahead) KeyDown(e *fyne.KeyEvent) {
	a.typed = append(a.typed, func(f fyne.Focusable) {
		if k, ok := f.(desktop.Keyable); ok {
			k.KeyDown(e)
		}
	})
}

// KeyUp keeps the release of a key.
func (a *Ahead) KeyUp(e *fyne.KeyEvent) {
	a.typed = append(a.typed, func(f fyne.Focusable) {
		if k, ok := f.(desktop.Keyable); ok {
			k.KeyUp(e)
		}
	})
}

// TypedKey keeps a key.
func (a *Ahead) TypedKey(e *fyne.KeyEvent) {
	a.typed = append(a.typed, func(f fyne.Focusable) { f.TypedKey(e) })
}

// TypedRune keeps what a key types.
func (a *Ahead) TypedRune(r rune) {
	a.typed = append(a.typed, func(f fyne.Focusable) { f.TypedRune(r) })
}

// CreateRenderer draws nothing.
func (a *Ahead) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(canvas.NewRectangle(color.Transparent))
}
