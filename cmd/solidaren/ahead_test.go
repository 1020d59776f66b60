package main

import (
	"path/filepath"
	"syscall"
	"testing"
)

// TestKeysBeforeADialogIsPainted presses keys while the program stands still, as
// on a slow computer: those that follow the opening of a dialog come before it has
// ever been painted, and reach it all the same.
func TestKeysBeforeADialogIsPainted(t *testing.T) {
	if testing.Short() {
		t.Skip("needs a screen and half a minute")
	}
	d := newDesktop(t)
	p := buildPrograms(t)
	folder := filepath.Join(t.TempDir(), "carnet")
	p.ctl(folder, "vault", "create")
	a := d.start(p.path("solidaren"), "--vault", folder, "--lang", "fr")
	a.unlock()
	for keys, title := range map[string]string{"2": "Maraude", "4": "Personnes"} {
		a.signal(syscall.SIGSTOP)
		a.keysDown("F1", "Escape", "ctrl+"+digit[keys])
		a.signal(syscall.SIGCONT)
		a.title(title) // under a dialog the key would lead nowhere
		a.still()
	}
	a.quit()
}
