package ui

import (
	"testing"

	"solidaren/diagnostics"
)

// TestWhatLastsIsSaid says in the line at the bottom that something lasts, and
// takes it away at its end.
func TestWhatLastsIsSaid(t *testing.T) {
	o := unlocked(t)
	o.slow(true)
	if !o.shows("Cela prend un moment") || !o.shows("[Échap] arrêter") {
		t.Error("nobody is told")
	}
	o.press("Escape")
	o.slow(false)
	if o.shows("Cela prend un moment") || o.shows("[Échap] arrêter") {
		t.Error("it is said still")
	}
}

// TestTheWorkOfTheDayWaits: after an opening the notebook is left to the first
// room for a moment; then the files whose time is over go.
func TestTheWorkOfTheDayWaits(t *testing.T) {
	o := unlocked(t)
	o.clock = o.now
	old := o.add(diagnostics.TypePerson, diagnostics.Values{"code": yann, "last_contact_on": o.day(-1200)})
	o.Lock()
	o.settle()
	o.keys.Type(passphrase)
	o.press("Enter")
	gone := func() bool {
		o.Tick()
		o.settle()
		_, err := o.desk.Notebook.Get(t.Context(), old)
		return diagnostics.Code(err) == diagnostics.CodeNotFound
	}
	if gone() {
		t.Error("the work begins at once")
	}
	o.offset += settling
	if !gone() {
		t.Error("the work never begins")
	}
}
