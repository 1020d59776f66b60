// Command offthread touches a widget from outside Fyne's thread, as no program
// should. It shows that a test would hear of it.
package main

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/widget"
)

// threads is as in the program.
var threads string

func main() {
	app.SetMetadata(fyne.AppMetadata{ID: "fr.solidaren.offthread", Migrations: map[string]bool{"fyneDo": threads != "watched"}})
	a := app.NewWithID("fr.solidaren.offthread")
	w := a.NewWindow("offthread")
	label := widget.NewLabel("")
	w.SetContent(label)
	a.Lifecycle().SetOnStarted(func() {
		go func() {
			time.Sleep(time.Second)
			label.SetText("wrong") // here
			fyne.Do(a.Quit)
		}()
	})
	w.ShowAndRun()
}
