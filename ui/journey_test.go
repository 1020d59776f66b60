package ui

import (
	"testing"

	"solidaren/diagnostics"
	"solidaren/diagnostics/store"
	"solidaren/ui/screen/entry"
)

// finished are the records of the notebook, the newest first.
func (o *office) finished() []store.FinishedRow {
	o.t.Helper()
	rows, err := o.desk.Notebook.Finished(o.t.Context(), store.FinishedFilter{Limit: 50})
	if err != nil {
		o.t.Fatal(err)
	}
	return rows
}

func (o *office) drafts() []store.Draft {
	o.t.Helper()
	drafts, err := o.desk.Notebook.Drafts(o.t.Context())
	if err != nil {
		o.t.Fatal(err)
	}
	return drafts
}

// search types into a search of choices and takes the first one.
func (o *office) search(text string) {
	o.t.Helper()
	o.keys.Type(text)
	o.press("Enter")
}

// asleep writes the shortest outreach record: somebody asleep, nobody woken.
func (o *office) asleep() {
	o.t.Helper()
	if o.loop() != nil && len(o.finished()) == 0 { // where one is, once
		o.press("Ctrl+l", "a", "1")
	}
	o.press("4", "Enter")
}

func TestOutreachByKeyboard(t *testing.T) {
	o := unlocked(t)
	o.press("Ctrl+m")
	o.asleep()
	rows := o.finished()
	if len(rows) != 1 || rows[0].District != "q11" || rows[0].Form != "maraude" {
		t.Fatalf("finished: %+v", rows)
	}
	o.wantTitle("Maraude")
	if e, ok := o.room.(*entry.Screen); !ok || e.DraftID() != "" {
		t.Error("the next blank record is not in front")
	}
	if len(o.drafts()) != 0 {
		t.Errorf("%d drafts are left", len(o.drafts()))
	}
}

func TestCorrectByKeyboard(t *testing.T) {
	o := unlocked(t)
	o.press("Ctrl+m")
	o.asleep()
	o.Go(roomRecords)
	o.settle()
	o.press("Enter")
	o.wantTitle("Fiche terminée")
	o.press("Enter")
	o.wantTitle("Maraude")
	o.press("PageDown", "PageUp", "Ctrl+Enter")
	rows := o.finished()
	if len(rows) != 2 || !rows[0].Correction || !rows[1].Corrected {
		t.Fatalf("finished: %+v", rows)
	}
	o.wantTitle("Fiche terminée")
}

func TestResumeTakesTheRoomThatHoldsTheDraft(t *testing.T) {
	o := unlocked(t)
	o.press("Ctrl+m")
	o.search("blosne")
	form := o.room
	o.press("Ctrl+1")
	if len(o.drafts()) != 1 {
		t.Fatalf("%d drafts", len(o.drafts()))
	}
	o.press("Enter")
	if o.room != form {
		t.Error("a second room was opened over the same draft")
	}
}

func TestCodeFromTheSearchAnswersTheForm(t *testing.T) {
	o := unlocked(t)
	if _, err := o.desk.Notebook.Create(t.Context(), diagnostics.Record{
		Type:   diagnostics.TypePerson,
		Fields: diagnostics.Values{"code": "K7QM-4TR", "identity.handle": "Élodie"},
	}); err != nil {
		t.Fatal(err)
	}
	o.press("Ctrl+m")
	o.search("blosne")
	o.search("rue")
	o.press("1", "Enter", "1") // a talk, one person, informed by word of mouth
	o.press("Ctrl+f")
	o.wantTitle("Choisir une personne")
	o.keys.Type("elodie")
	o.settle()
	o.press("Enter")
	o.wantTitle("Maraude")
	form, ok := o.room.(*entry.Screen)
	if !ok {
		t.Fatal("the form is not in front again")
	}
	if got := form.Answer("person.code"); got != "K7QM-4TR" {
		t.Errorf("the form holds the code %q", got)
	}
	if got := form.Answer("person.link"); got != "known" {
		t.Errorf("the form says %q", got)
	}
}

func TestTheWayBackEnds(t *testing.T) {
	o := unlocked(t)
	o.press("Ctrl+m")
	o.asleep()
	id := o.finished()[0].ID
	for range 40 {
		o.OpenRecord(id)
		o.settle()
	}
	if got := len(o.allRooms()); got > memory+len(places)+1 {
		t.Errorf("%d rooms are open after 40 records", got)
	}
	for range 40 {
		o.press("Alt+Left")
	}
	if len(o.history) != 0 {
		t.Errorf("%d rooms are left behind", len(o.history))
	}
}
