package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"
	"github.com/go-gl/glfw/v3.4/glfw"

	"solidaren/cmd/internal/disk"
	"solidaren/diagnostics"
)

// checkup is one thing that the window needs of the computer.
type checkup struct {
	ok       bool
	sentence diagnostics.Text
}

var (
	noDisplay = diagnostics.Text{
		FR: "Écran : il manque. Aucun serveur graphique n'est joignable (DISPLAY, WAYLAND_DISPLAY). Ouvrez une session graphique, ou installez xvfb pour un écran virtuel. solidarenctl fait le même travail sans fenêtre.",
		EN: "Display: missing. No graphical server can be reached (DISPLAY, WAYLAND_DISPLAY). Open a graphical session, or install xvfb for a virtual screen. solidarenctl does the same work without a window.",
	}
	noOpenGL = diagnostics.Text{
		FR: "OpenGL : il manque. Installez le pilote graphique, ou Mesa (Debian, Ubuntu : sudo apt install libgl1-mesa-dri ; Windows : opengl32.dll de Mesa à côté du programme). solidarenctl fait le même travail sans fenêtre.",
		EN: "OpenGL: missing. Install the graphics driver, or Mesa (Debian, Ubuntu: sudo apt install libgl1-mesa-dri; Windows: Mesa's opengl32.dll beside the program). solidarenctl does the same work without a window.",
	}
)

// needs looks at the display and the folder of the notebook, without which no
// window is opened. It must run on the main goroutine.
func needs(folder string) []checkup { return append(examineScreen(false), examineFolder(folder)) }

// examine looks at OpenGL, at the room on the disk and at the clock as well. The
// last two keep nobody from opening a notebook.
func examine(folder string) []checkup {
	return append(examineScreen(true), examineFolder(folder), examineRoom(folder, disk.Free), examineClock(time.Now()))
}

// examineScreen reaches the display. For OpenGL it opens a window that stays
// hidden, the way the program will, which takes as long as that one.
func examineScreen(openGL bool) []checkup {
	runtime.LockOSThread()
	if !displayNamed() || !inits() {
		return []checkup{{false, noDisplay}}
	}
	defer glfw.Terminate()
	display := checkup{true, diagnostics.Text{FR: "Écran : oui.", EN: "Display: yes."}}
	switch {
	case !openGL:
		return []checkup{display}
	case !draws():
		return []checkup{display, {false, noOpenGL}}
	}
	return []checkup{display, {true, diagnostics.Text{FR: "OpenGL : oui.", EN: "OpenGL: yes."}}, examineKeyboard(layout())}
}

// layout gives what the keys right of Tab and below it type: "aq" on an AZERTY
// keyboard, "qa" on a QWERTY one.
func layout() (typed string) {
	defer func() {
		if recover() != nil {
			typed = ""
		}
	}()
	return glfw.GetKeyName(glfw.KeyQ, 0) + glfw.GetKeyName(glfw.KeyA, 0)
}

// examineKeyboard says which keyboard it is. Any will do: the row of digits is
// read by its place.
func examineKeyboard(typed string) checkup {
	switch typed {
	case "aq":
		return checkup{true, diagnostics.Text{
			FR: "Clavier : AZERTY. Les chiffres du haut répondent sans Maj.", EN: "Keyboard: AZERTY. The top digits answer without Shift.",
		}}
	case "qa":
		return checkup{true, diagnostics.Text{FR: "Clavier : QWERTY ou QWERTZ.", EN: "Keyboard: QWERTY or QWERTZ."}}
	}
	return checkup{true, diagnostics.Text{
		FR: "Clavier : disposition inconnue. Les chiffres du haut répondent par leur place.",
		EN: "Keyboard: unknown layout. The top digits answer by their place.",
	}}
}

// leastRoom is what a notebook of years needs beside its copy while it is sealed
// anew, in bytes.
const leastRoom = 500 << 20

// examineRoom looks at what is free where the notebook is, or will be.
func examineRoom(folder string, free func(dir string) (int64, error)) checkup {
	for _, err := os.Stat(folder); err != nil && filepath.Dir(folder) != folder; _, err = os.Stat(folder) {
		folder = filepath.Dir(folder)
	}
	left, err := free(folder)
	mib := left >> 20
	switch {
	case err != nil:
		return checkup{true, diagnostics.Text{FR: "Place sur le disque : inconnue.", EN: "Room on the disk: unknown."}}
	case left < leastRoom:
		return checkup{false, diagnostics.Text{
			FR: fmt.Sprintf("Place sur le disque : %d Mo, c'est trop peu. Libérez-en %d.", mib, (leastRoom-left)>>20+1),
			EN: fmt.Sprintf("Room on the disk: %d MB, that is too little. Free %d.", mib, (leastRoom-left)>>20+1),
		}}
	}
	return checkup{true, diagnostics.Text{FR: fmt.Sprintf("Place sur le disque : oui, %d Mo.", mib), EN: fmt.Sprintf("Room on the disk: yes, %d MB.", mib)}}
}

// firstYear is the year of the first version: a clock before it is wrong.
const firstYear = 2026

// examineClock looks whether the date can be true. Only a server tells whether it
// is.
func examineClock(now time.Time) checkup {
	if now.Year() < firstYear || now.Year() > firstYear+30 {
		return checkup{false, diagnostics.Text{
			FR: fmt.Sprintf("Horloge : %s ne peut pas être vrai. Réglez la date du poste.", now.Format("02/01/2006")),
			EN: fmt.Sprintf("Clock: %s cannot be true. Set the computer's date.", now.Format(time.DateOnly)),
		}}
	}
	return checkup{true, diagnostics.Text{
		FR: fmt.Sprintf("Horloge : %s. Comparez avec votre montre.", now.Format("02/01/2006 15:04")),
		EN: fmt.Sprintf("Clock: %s. Compare with your watch.", now.Format("2006-01-02 15:04")),
	}}
}

// displayNamed reports whether the session says where its screen is.
func displayNamed() bool {
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		return true
	}
	return os.Getenv("DISPLAY") != "" || os.Getenv("WAYLAND_DISPLAY") != ""
}

// inits tries the screen. GLFW's binding panics on errors that it does not
// expect.
func inits() (ok bool) {
	defer func() {
		if recover() != nil {
			ok = false
		}
	}()
	return glfw.Init() == nil
}

// draws tries to make an OpenGL context.
func draws() (ok bool) {
	defer func() {
		if recover() != nil {
			ok = false
		}
	}()
	glfw.WindowHint(glfw.Visible, glfw.False)
	window, err := glfw.CreateWindow(16, 16, "solidaren", nil, nil)
	if err != nil {
		return false
	}
	window.MakeContextCurrent()
	glfw.DetachCurrentContext()
	window.Destroy()
	return true
}

// shows puts the program's window on the screen, and reports whether it is
// there: without OpenGL Fyne says something in its log and makes none.
func shows(w fyne.Window) (ok bool) {
	defer func() {
		if recover() != nil { // as in draws
			ok = false
		}
	}()
	w.Show()
	ok = true
	if native, is := w.(driver.NativeWindow); is {
		native.RunNative(func(context any) {
			handle := reflect.ValueOf(context)
			ok = handle.NumField() == 0 || !handle.IsZero()
		})
	}
	return ok
}

// examineFolder tries to write where the notebook is, or will be.
func examineFolder(folder string) checkup {
	parent := folder
	for {
		info, err := os.Stat(parent)
		if err == nil && !info.IsDir() {
			return unwritable(folder)
		}
		up := filepath.Dir(parent)
		if err == nil || up == parent {
			break
		}
		parent = up
	}
	probe, err := os.CreateTemp(parent, ".solidaren-check-*")
	if err != nil {
		return unwritable(folder)
	}
	probe.Close()
	os.Remove(probe.Name())
	return checkup{true, diagnostics.Text{
		FR: fmt.Sprintf("Dossier : oui, %s.", folder), EN: fmt.Sprintf("Folder: yes, %s.", folder),
	}}
}

func unwritable(folder string) checkup {
	return checkup{false, diagnostics.Text{
		FR: fmt.Sprintf("Dossier : on ne peut pas écrire dans %s. Choisissez-en un autre avec --vault.", folder),
		EN: fmt.Sprintf("Folder: %s cannot be written. Choose another one with --vault.", folder),
	}}
}

// failing picks what the computer lacks.
func failing(checks []checkup) []checkup {
	var out []checkup
	for _, c := range checks {
		if !c.ok {
			out = append(out, c)
		}
	}
	return out
}

// report prints one sentence a line; the status tells whether all is there.
func report(w io.Writer, checks []checkup, lang string) int {
	for _, c := range checks {
		fmt.Fprintln(w, c.sentence.In(lang))
	}
	if len(failing(checks)) > 0 {
		return exitRefused
	}
	return exitDone
}
