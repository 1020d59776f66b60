package model_test

import (
	"testing"

	"solidaren/ui/model"
)

// A refusal goes with the record: it is read there, and a correction starts with
// it.
func TestEntryKeepsRefusals(t *testing.T) {
	d := newDesk(t)
	w := write(d, model.NewEntry(d.Desk, "maraude"))
	w.answer(talk...)
	if _, err := w.Session.Excuse(w.ref("m_age"), "rf"); err != nil {
		t.Fatal(err)
	}
	w.finish()
	id := d.finished()[0].ID
	record := open(d, model.NewRecord(d.Desk, id))
	record.Load()
	d.settle()
	if !holds(record.Lines, "ne souhaite pas répondre") {
		t.Errorf("the record reads %+v", record.Lines)
	}
	w = write(d, model.CorrectEntry(d.Desk, id))
	if node := w.node("m_age"); node.Reason != "rf" {
		t.Errorf("the correction starts with %+v", node)
	}
}

// A new record knows the answers of the one before; a resumed draft and a
// correction do not take any.
func TestEntryKnowsThePreviousAnswers(t *testing.T) {
	d := newDesk(t)
	w := write(d, model.NewEntry(d.Desk, "maraude"))
	if w.Previous != nil {
		t.Error("the first record has one before it")
	}
	w.answer(talk...)
	w.finish()
	w = write(d, model.NewEntry(d.Desk, "maraude"))
	if w.Previous == nil {
		t.Fatal("the record before is not known")
	}
	if value, ok := w.Previous(w.ref("m_district")); !ok || value != "q11" {
		t.Errorf("the district was %q, %v", value, ok)
	}
	if _, ok := w.Previous("/data/none"); ok {
		t.Error("an unknown question has an answer")
	}
	w = write(d, model.CorrectEntry(d.Desk, d.finished()[0].ID))
	if w.Previous != nil {
		t.Error("a correction takes answers from elsewhere")
	}
}

// A draft comes back in the language of the form that it was left in, and the
// record says in which it was filled.
func TestEntryKeepsItsLanguage(t *testing.T) {
	d := newDesk(t)
	w := write(d, model.NewEntry(d.Desk, "maraude"))
	if err := w.Session.SetLanguage("English (en)"); err != nil {
		t.Fatal(err)
	}
	w.answer(talk...)
	d.settle()
	w = write(d, model.ResumeEntry(d.Desk, d.drafts()[0].ID))
	if got := w.Session.Language(); got != "English (en)" {
		t.Errorf("the draft came back in %s", got)
	}
	w.finish()
	record, err := d.Notebook.Get(t.Context(), d.finished()[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	if got := record.Get("lang"); got != "en" {
		t.Errorf("the record is in %q", got)
	}
}

// A file is kept with the draft, found again with it, and goes with the record
// and its correction.
func TestEntryKeepsFiles(t *testing.T) {
	d := newDesk(t)
	w := write(d, model.NewEntry(d.Desk, "maraude"))
	w.answer(talk...)
	kept := ""
	w.Files.Keep("plan.pdf", []byte("abc"), func(name string, err error) {
		if err != nil {
			t.Error(err)
		}
		kept = name
	})
	d.settle()
	w.answer("m_words", kept) // the answer that names it
	d.settle()
	w = write(d, model.ResumeEntry(d.Desk, d.drafts()[0].ID))
	if size, ok := w.Files.Size(kept); !ok || size != 3 {
		t.Fatalf("the draft came back with %q of %d bytes", kept, size)
	}
	w.finish()
	id := d.finished()[0].ID
	w = write(d, model.CorrectEntry(d.Desk, id))
	if content, err := w.Files.Content(kept); err != nil || string(content) != "abc" {
		t.Errorf("the correction reads %q, %v", content, err)
	}
	w.answer("m_needs", "hygiene")
	w.finish()
	for _, row := range d.finished() {
		if content, err := d.Notebook.Attachment(t.Context(), kept, row.ID); err != nil || string(content) != "abc" {
			t.Errorf("record %s has %q, %v", row.ID, content, err)
		}
	}
}
