package form

import "fyne.io/fyne/v2"

// Section is where the questions stand, for pictures.
func (v *View) Section() fyne.CanvasObject { return v.list }

// AtEnd tells whether the section is scrolled to one of its ends, where it
// cannot be held in place.
func (v *View) AtEnd() bool {
	end := v.list.Size().Height - v.scroll.Size().Height
	return v.scroll.Offset() <= 0 || v.scroll.Offset() >= end
}
