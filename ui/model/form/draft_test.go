package form_test

import (
	"errors"
	"testing"
	"time"

	"solidaren/ui/model/form"
	"solidaren/ui/model/form/formtest"
)

func TestDraftComesBackAsItWasLeft(t *testing.T) {
	p := open(t, form.Options{})
	p.Answer("/data/a/contact", "talk")
	p.Enter("/data/a/words")
	p.Type("/data/a/words", "Il dort\nmal depuis")
	if p.saves == 0 {
		t.Fatal("nothing was saved")
	}
	restored := formtest.Restore(t, formtest.Compile(t, questionnaire), p.state)
	m := form.New(restored, form.Options{Cursor: p.cursor, Now: func() time.Time { return formtest.Now }})
	item, ok := m.Item("/data/a/words")
	if !ok || m.Cursor() != "/data/a/words" || item.Text != "Il dort\nmal depuis" {
		t.Errorf("cursor at %s, text %q", m.Cursor(), item.Text)
	}
	m.Flush()
	if node, _ := restored.Node("/data/a/words"); node.Value != "Il dort\nmal depuis" {
		t.Errorf("the answer is %q", node.Value)
	}
}

func TestSavingIsTold(t *testing.T) {
	p := open(t, form.Options{})
	if p.Enter("/data/a/n"); p.saves != 0 {
		t.Error("a form without an answer was saved as a draft")
	}
	p.Answer("/data/a/contact", "talk")
	if _, pending, _ := p.Saved(); !pending || p.saves != 1 {
		t.Errorf("pending %v after %d saves", pending, p.saves)
	}
	p.Flush()
	if p.saves != 1 {
		t.Error("the same state was saved again")
	}
	p.SaveDone(nil)
	at, pending, err := p.Saved()
	if pending || err != nil || !at.Equal(formtest.Now) {
		t.Errorf("got %v %v %v", at, pending, err)
	}
	p.SaveDone(errors.New("disk full"))
	if _, _, err := p.Saved(); err == nil || p.changes&form.ChangeSaved == 0 {
		t.Error("the fault is not told")
	}
}
