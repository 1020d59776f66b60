package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"

	look "solidaren/ui/kit/theme"
)

// Link is a small text that a tap acts on. It is a second way to what has a key
// of its own, and so no stop of Tab.
type Link struct {
	Label
	tapped func()
}

var (
	_ fyne.Tappable      = (*Link)(nil)
	_ desktop.Cursorable = (*Link)(nil)
	_ desktop.Hoverable  = (*Link)(nil)
)

// NewLink makes one that takes the place that it needs.
func NewLink(tapped func()) *Link {
	l := &Link{tapped: tapped}
	l.TextSize, l.Color, l.Fit = theme.SizeNameCaptionText, look.Muted, Full
	l.ExtendBaseWidget(l)
	return l
}

// Set changes the text.
func (l *Link) Set(text string) {
	if l.Text != text {
		l.Text = text
		l.Refresh()
	}
}

// Tapped acts.
func (l *Link) Tapped(*fyne.PointEvent) { l.tapped() }

// AccessibilityRole is link.
func (l *Link) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleLink }

// Cursor is a hand.
func (l *Link) Cursor() desktop.Cursor { return desktop.PointerCursor }

// MouseIn shows that the text can be tapped.
func (l *Link) MouseIn(*desktop.MouseEvent) { l.ink(theme.ColorNameHyperlink) }

// MouseMoved changes nothing.
func (l *Link) MouseMoved(*desktop.MouseEvent) {}

// MouseOut ends what MouseIn began.
func (l *Link) MouseOut() { l.ink(look.Muted) }

func (l *Link) ink(name fyne.ThemeColorName) {
	l.Color = name
	l.Refresh()
}
