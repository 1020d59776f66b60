package ui

import (
	"testing"

	"solidaren/ui/screen/entry"
)

// begun is an office with an interview that is begun.
func begun(t *testing.T) *office {
	t.Helper()
	o := unlocked(t)
	o.press("Ctrl+e", "Enter")
	o.search("accueil")
	if len(o.drafts()) != 1 {
		t.Fatalf("%d drafts", len(o.drafts()))
	}
	return o
}

func TestDraftsAreSetAsideAndTakenUp(t *testing.T) {
	o := begun(t)
	o.press("Ctrl+3", "Delete")
	if len(o.drafts()) != 0 || !o.shows("Mis de côté pour 30 jours.") {
		t.Fatalf("%d drafts in the queue", len(o.drafts()))
	}
	o.press("Ctrl+Shift+z")
	if len(o.drafts()) != 1 {
		t.Fatal("not taken back")
	}
	o.press("Delete", "Enter") // the one aside is taken up and gone on with
	if _, ok := o.room.(*entry.Screen); !ok || len(o.drafts()) != 1 {
		t.Errorf("%q is in front, %d drafts", o.window.Title(), len(o.drafts()))
	}
}

func TestQueueShowsTheOutline(t *testing.T) {
	o := begun(t)
	o.press("Ctrl+d")
	o.wantTitle("Entretiens")
	if !o.shows("A. Début · commencée · 1/8") || !o.shows("B. Ménage · vide") {
		t.Error("the sections and how far they are do not show")
	}
}

func TestTodayStartsByLetters(t *testing.T) {
	for key, title := range map[string]string{"m": "Maraude", "e": "Entretien", "f": "Personnes", "Enter": "Maraude"} {
		o := unlocked(t)
		o.press(key)
		o.wantTitle(title)
	}
	o := begun(t)
	o.press("Ctrl+1", "Enter")
	o.wantTitle("Entretien")
}
