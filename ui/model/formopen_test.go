package model_test

import (
	"testing"

	"solidaren/ui/model"
)

// TestAnOpenDraftStaysOnItsVersion: a new version that comes while a form is
// filled changes nothing in it; it is finished as it was begun. What is opened
// afterwards is shown what changes first, and left as it is until then.
func TestAnOpenDraftStaysOnItsVersion(t *testing.T) {
	change := changed[2]
	d := newDesk(t)
	later := write(d, model.NewEntry(d.Desk, change.form))
	later.fill(change.answers)
	later.Close()
	d.settle()
	w := write(d, model.NewEntry(d.Desk, change.form))
	w.fill(change.answers)

	edit := editForm(t, change.form)
	change.edit(edit)
	q := open(d, model.NewQuestionnaires(d.Desk))
	q.Propose(edit.save("2"))
	d.settle()
	q.Give()
	d.settle()
	if form, err := d.Forms.Form(change.form); q.Err != nil || err != nil || form.Version() != "2" {
		t.Fatalf("the new version is not in use: %v, %v", q.Err, err)
	}

	if v := w.Session.Form().Version(); v != "1" || w.Moved != nil {
		t.Fatalf("the open form is on version %s, moved %+v", v, w.Moved)
	}
	w.fill(`{"l_tents":"4"}`)
	w.finish()
	finished := d.finished()
	if len(finished) != 1 {
		t.Fatalf("finished %+v", finished)
	}
	if record, err := d.Notebook.Get(t.Context(), finished[0].ID); err != nil || record.Get("form_version") != "1" {
		t.Errorf("the record is of version %q, %v", record.Get("form_version"), err)
	}
	if m := readRecord(d, finished[0].ID); !m.Readable || !holds(m.Lines, "4") || !holds(m.Lines, change.value) || heading(m, "de côté") {
		t.Errorf("the record reads %+v", m.Lines)
	}

	drafts := d.drafts()
	if len(drafts) != 1 {
		t.Fatalf("%d drafts", len(drafts))
	}
	again := write(d, model.ResumeEntry(d.Desk, drafts[0].ID))
	checkMoved(t, "draft", again, change.renamed, change.value, change.aside)
	again.Close()
	d.settle()
	if kept := d.drafts(); len(kept) != 1 || kept[0].FormVersion != "1" || string(kept[0].State) != string(drafts[0].State) {
		t.Error("looking at what changes changed the draft")
	}
}
