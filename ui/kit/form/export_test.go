package form

import "fyne.io/fyne/v2"

// Section is where the questions stand, for pictures.
func (v *View) Section() fyne.CanvasObject { return v.list }
