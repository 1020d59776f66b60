package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"

	"github.com/go-gl/glfw/v3.4/glfw"

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

// examine looks at the display, at OpenGL, and at the folder of the notebook.
// It must run on the main goroutine.
func examine(folder string) []checkup {
	return append(examineScreen(), examineFolder(folder))
}

// examineScreen opens a window that stays hidden, the way the program will.
func examineScreen() []checkup {
	runtime.LockOSThread()
	if !displayNamed() || !inits() {
		return []checkup{{false, noDisplay}}
	}
	defer glfw.Terminate()
	display := checkup{true, diagnostics.Text{FR: "Écran : oui.", EN: "Display: yes."}}
	if !draws() {
		return []checkup{display, {false, noOpenGL}}
	}
	return []checkup{display, {true, diagnostics.Text{FR: "OpenGL : oui.", EN: "OpenGL: yes."}}}
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
