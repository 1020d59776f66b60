package ui

import (
	"testing"
	"weak"

	"solidaren/ui/model"
	"solidaren/ui/screen/person"
	"solidaren/ui/screen/record"
)

// TestClosedRoomLeavesNothing opens a record and goes back: what it showed of a
// person is not kept to the end of the session.
func TestClosedRoomLeavesNothing(t *testing.T) {
	o := outing(t)
	o.asleep()
	o.press("Ctrl+1")
	id, kept := o.finished()[0].ID, len(o.Shell.again)
	for range 3 {
		o.OpenRecord(id)
		o.settle()
		o.Back()
		o.settle()
		if n := len(o.Shell.again); n != kept {
			t.Fatalf("%d rooms are kept, %d before the record was opened", n, kept)
		}
	}
}

// TestClosedRoomIsFreed: nothing holds a room that the way back no longer leads
// to, nor, once the notebook is locked, any room of it.
func TestClosedRoomIsFreed(t *testing.T) {
	timeless(t, func(t *testing.T) {
		o := furnished(t)
		id := o.finished()[0].ID
		var closed []weak.Pointer[record.Screen]
		for range memory + 3 {
			o.OpenRecord(id)
			o.settle()
			closed = append(closed, weak.Make(o.room.(*record.Screen)))
		}
		o.holds()
		for i, room := range closed[:2] {
			if room.Value() != nil {
				t.Errorf("the record that was opened as number %d is held", i+1)
			}
		}
		o.OpenPerson(o.nadia)
		o.settle()
		card := weak.Make(o.room.(*person.Screen))
		o.settings.SetPalette(model.PaletteDark)
		o.Lock()
		o.settle()
		o.holds()
		if card.Value() != nil {
			t.Error("a card is held though the notebook is locked")
		}
	})
}

// TestThemeIsSetWhenItChanges: Fyne keeps the fonts of every theme that it is
// given, so that what changes neither colours nor text gives it none.
func TestThemeIsSetWhenItChanges(t *testing.T) {
	o := unlocked(t)
	before := o.app.Settings().Theme()
	o.settings.SetAdvance(false)
	o.settings.SetLanguage("en")
	o.press("Ctrl+2", "Ctrl+1")
	if o.app.Settings().Theme() != before {
		t.Error("the same look is another theme")
	}
	o.settings.SetPalette(model.PaletteNight)
	if o.app.Settings().Theme() == before {
		t.Error("another look is the same theme")
	}
}
