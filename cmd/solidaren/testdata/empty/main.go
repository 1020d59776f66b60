// Command empty opens an empty Fyne window, against which the app's start is
// measured.
package main

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
)

func main() {
	app.SetMetadata(fyne.AppMetadata{ID: "fr.solidaren.empty", Migrations: map[string]bool{"fyneDo": true}})
	w := app.New().NewWindow("empty")
	w.Resize(fyne.NewSize(1024, 600))
	w.ShowAndRun()
}
