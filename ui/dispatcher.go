package ui

import (
	"fyne.io/fyne/v2"

	"solidaren/ui/model"
)

// dispatcher brings results of background work to Fyne's thread. Nothing else
// in the program calls fyne.Do.
type dispatcher struct{}

// Dispatcher is the one of the running window.
func Dispatcher() model.Dispatcher { return dispatcher{} }

// Post runs f on the UI thread, later and in order.
func (dispatcher) Post(f func()) { fyne.Do(f) }
