package ui

import "testing"

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
