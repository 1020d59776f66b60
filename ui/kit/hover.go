package kit

import "fyne.io/fyne/v2/driver/desktop"

// hover is embedded by what shows, under the mouse, that it can be tapped.
type hover struct {
	hovered bool
	changed func() // shows it
}

var _ desktop.Hoverable = (*hover)(nil)

// MouseIn shows that it can be tapped.
func (h *hover) MouseIn(*desktop.MouseEvent) {
	onActivity()
	h.set(true)
}

// MouseMoved changes nothing.
func (h *hover) MouseMoved(*desktop.MouseEvent) { onActivity() }

// MouseOut ends what MouseIn began.
func (h *hover) MouseOut() { h.set(false) }

func (h *hover) set(in bool) {
	h.hovered = in
	h.changed()
}
