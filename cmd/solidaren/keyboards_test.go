package main

import (
	"path/filepath"
	"testing"
)

// keyboard is a layout, and what its digit row types without Shift.
type keyboard struct {
	layout string
	digit  func(string) string
}

// keyboards are the two that workers have: one whose digit row types signs, and
// on which A, Q, W, Z and M stand elsewhere; and one whose digit row types digits.
var keyboards = []keyboard{
	{"fr", func(n string) string { return digit[n] }},
	{"us", func(n string) string { return n }},
}

// TestKeysOnTwoKeyboards presses the shortcuts that depend on the layout, with
// real key events on the real program: digits with Ctrl, and with Ctrl and Shift;
// the letters that stand elsewhere on a French keyboard, and those beside them.
// Each does what it does on the other keyboard.
func TestKeysOnTwoKeyboards(t *testing.T) {
	if testing.Short() {
		t.Skip("needs a screen and two minutes")
	}
	p := buildPrograms(t)
	for _, k := range keyboards {
		t.Run(k.layout, func(t *testing.T) {
			d := newDesktop(t)
			d.tool("setxkbmap", k.layout)
			a := d.start(p.path("solidaren"), "--vault", filepath.Join(t.TempDir(), "demo"), "--lang", "fr")
			a.title("Bienvenue")
			a.still()
			a.keys(k.digit("1"))
			a.title("Aujourd'hui")
			a.still()
			a.pressAll(k)
			a.quit()
		})
	}
}

// leads is a key and the room that it leads to.
type leads struct{ keys, title string }

// pressAll presses the keys of a social worker, and those of a coordinator.
func (a *app) pressAll(k keyboard) {
	a.t.Helper()
	one := k.digit
	for _, l := range []leads{
		{"ctrl+" + one("2"), "Maraude"},
		{"ctrl+" + one("3"), "Entretiens"},
		{"ctrl+" + one("4"), "Personnes"},
		{"ctrl+" + one("5"), "Suivis"},
		{"ctrl+" + one("6"), "Qui fait quoi"},
		{"ctrl+" + one("9"), "À décider"},
		{"ctrl+" + one("0"), "Envoi"},
		{"ctrl+" + one("1"), "Aujourd'hui"},
		{"ctrl+f", "Personnes"},
		{"alt+Left", "Aujourd'hui"},
		{"ctrl+d", "Entretiens"},
		{"ctrl+e", "– Entretien"},
		{"alt+Left", "Entretiens"},
		{"ctrl+" + one("1"), "Aujourd'hui"},
		{"ctrl+m", "Maraude"},
		{"alt+Left", "Aujourd'hui"},
		{"ctrl+shift+" + one("4"), "Qui fait quoi"}, // what a researcher begins with
		{"ctrl+shift+" + one("3"), "Aujourd'hui"},
		{"ctrl+shift+e", "Export"},
		{"ctrl+" + one("1"), "Aujourd'hui"},
		{"ctrl+" + one("8"), "Export"},
		{"ctrl+shift+" + one("0"), "essais"},
		{"ctrl+shift+" + one("1"), "Aujourd'hui"},
	} {
		a.keysDown(l.keys)
		a.title(l.title)
		a.still()
	}
	for _, keys := range []string{"ctrl+shift+t", "ctrl+shift+Up", "ctrl+shift+Down", "ctrl+k", "Escape", "ctrl+shift+h", "Escape", "F1", "Escape"} {
		a.changes(keys)
	}
	a.undoes(k)
}

// undoes finishes a record of the outing and takes it back, by the Z of the
// layout: what stands at its place on the other keyboard would not.
func (a *app) undoes(k keyboard) {
	a.t.Helper()
	a.keysDown("ctrl+m")
	a.title("Maraude")
	a.still()
	a.changes("ctrl+l")
	a.changes("Escape")
	a.changes(k.digit("4"))
	a.changes("ctrl+shift+z") // the answer
	a.changes(k.digit("4"))
	a.changes("Return")
	a.changes("ctrl+shift+z") // the record
	a.keysDown("ctrl+shift+l")
	a.title("Bienvenue") // the demo is left
}

// changes presses a key and waits for what it does to the screen.
func (a *app) changes(key string) {
	a.t.Helper()
	a.still()
	before := a.capture()
	a.keysDown(key)
	a.waitFor(key+" changes the screen", func() bool { return !sameButCaret(before, a.capture()) })
}
