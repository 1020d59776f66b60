package ui

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"solidaren/diagnostics"
	"solidaren/sync/handover"
	"solidaren/ui/screen/sectors"
	"solidaren/ui/screen/tour"
)

// TestCountIsHandedOverByFile: the coordinator gives a sector out, a volunteer's
// laptop counts it and sees nothing else, and its file counts once however often
// it is read.
func TestCountIsHandedOverByFile(t *testing.T) {
	home := unlocked(t)
	home.Go(roomSectors)
	home.settle()
	home.keys.Type("Nuit 2026")
	home.press("Enter")
	home.keys.Type("S04")
	home.press("Enter", "Enter")
	home.settle()
	home.press("Enter") // copy
	token := home.app.Clipboard().Content()
	if !strings.HasPrefix(token, "secteur") {
		t.Fatalf("copied %q", token)
	}
	given := home.room.(*sectors.Screen)

	file := filepath.Join(t.TempDir(), "remise.solidaren")
	away := unlocked(t)
	away.Go(roomSending)
	away.settle()
	away.keys.Type(token)
	away.press("Ctrl+Enter")
	away.settle()
	if away.role() != diagnostics.RoleVolunteer {
		t.Fatalf("the role is %q", away.role())
	}
	for _, p := range places {
		away.Go(p.name)
		away.settle()
		if open := away.name == p.name; open != (p.name == roomTour || p.name == roomRecords || p.roles == nil) {
			t.Errorf("%s is open to a volunteer: %v", p.name, open)
		}
	}
	away.Go(roomTour)
	away.settle()
	if !away.shows("Votre secteur : Nuit 2026 · S04") || away.shows("Type de sortie") {
		t.Error("the volunteer's own sector is not shown, or another could be chosen")
	}
	away.keys.Type("Équipe 7")
	away.press("Enter", "1", "Enter", "2", "1", "Enter")
	away.settle()
	away.search("rue")
	away.press("1", "Enter", "1", "Enter")
	away.settle()
	counted, err := away.desk.Notebook.Counted(t.Context(), "nuit_solidarite")
	if err != nil || len(counted) < 3 {
		t.Fatalf("%d records, %v", len(counted), err)
	}
	away.Go(roomTour)
	away.settle()
	away.room.(*tour.Screen).HandOver(file)
	away.settle()

	for _, want := range []struct {
		fresh int
		text  string
	}{{1, "Secteur S04 : 1 nouvelle fiche sur 1"}, {0, "Secteur S04 : 0 nouvelle fiche sur 1"}} {
		given.TakeIn(file)
		home.settle()
		if !home.shows(want.text) {
			t.Errorf("not told: %s", want.text)
		}
	}
	there, err := home.desk.Notebook.Counted(t.Context(), "nuit_solidarite")
	if err != nil || len(there) != len(counted) {
		t.Errorf("%d records of %d arrived, %v", len(there), len(counted), err)
	}
	if _, err := home.desk.Notebook.CurrentTour(t.Context()); diagnostics.Code(err) != diagnostics.CodeNotFound {
		t.Errorf("the coordinator is out on the volunteer's tour: %v", err)
	}
}

// A volunteer counts, with the notebook locked as well.
func TestVolunteerSealsTheCountAlone(t *testing.T) {
	issued, err := handover.Issue("Nuit 2026", "S04", "", "", time.Now())
	if err != nil {
		t.Fatal(err)
	}
	o := unlocked(t)
	o.Go(roomSending)
	o.settle()
	o.keys.Type(issued.String())
	o.press("Ctrl+Enter")
	o.settle()
	o.press("Ctrl+Shift+l")
	o.press("Enter")
	if o.sealing == nil {
		t.Fatalf("the window shows %q", o.window.Title())
	}
	if got := o.sealing.model.Forms(); !slices.Equal(got, []string{"nuit_solidarite"}) {
		t.Errorf("a volunteer can seal %v", got)
	}
}
