package kit

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
)

func TestBindings(t *testing.T) {
	var did []string
	note := func(key string) bool { did = append(did, key); return key != "2" }
	b := Bindings{
		{Keys: []string{"M"}, Do: note}, {Keys: []string{"1", "2"}, Do: note}, {Keys: []string{"Enter", "Delete"}, Do: note},
	}
	taken := []bool{
		b.Rune('m'), b.Key(&fyne.KeyEvent{Name: "M"}), b.Key(&fyne.KeyEvent{Name: "1"}), b.Rune('&'), b.Key(&fyne.KeyEvent{Name: "2"}),
		b.Key(&fyne.KeyEvent{Name: fyne.KeyReturn}), b.Key(&fyne.KeyEvent{Name: fyne.KeyEnter}), b.Key(&fyne.KeyEvent{Name: fyne.KeyDelete}),
		b.Key(&fyne.KeyEvent{Name: fyne.KeyDown}), b.Rune('x'),
	}
	if want := []bool{true, false, true, false, false, true, true, true, false, false}; !slices.Equal(taken, want) {
		t.Errorf("taken %v, want %v", taken, want)
	}
	if want := []string{"M", "1", "2", "Enter", "Enter", "Delete"}; !slices.Equal(did, want) {
		t.Errorf("did %v, want %v", did, want)
	}
}
