package ui

import (
	"testing"
	"time"

	"go.uber.org/goleak"

	"solidaren/ui/kit"
	"solidaren/ui/screen/entry"
	"solidaren/ui/words"
)

// unlock types the passphrase of a locked window.
func (o *office) unlock() {
	o.t.Helper()
	o.wantTitle(words.T("lock.title"))
	o.keys.Type(passphrase)
	o.press("Enter")
	if o.desk == nil {
		o.t.Fatal("the notebook did not open")
	}
	o.settle()
}

// Unlocking comes back to the same screen, question and caret, with all that was
// typed.
func TestUnlockingComesBackToTheField(t *testing.T) {
	o := unlocked(t)
	o.StartForm("entretien")
	o.settle()
	form := o.room.(*entry.Screen)
	o.toText(form)
	o.keys.Type("une douche le dimanche")
	o.press("Left", "Left", "Left")
	before, ok := kit.CaretOf(o.window.Canvas())
	if !ok || before.Column != len("une douche le dimanche")-3 {
		t.Fatalf("the caret is at %v", before)
	}
	o.press("Ctrl+Shift+l")
	o.unlock()
	again, ok := o.room.(*entry.Screen)
	if !ok || again == form || again.View() == nil {
		t.Fatalf("unlocking shows %q", o.window.Title())
	}
	field, ok := o.window.Canvas().Focused().(*kit.Entry)
	if !ok || field.Text != "une douche le dimanche" {
		t.Fatal("another question has the focus")
	}
	if after, ok := kit.CaretOf(o.window.Canvas()); !ok || after != before {
		t.Errorf("the caret is at %v, was at %v", after, before)
	}
	o.keys.Type("X")
	o.settle()
	if field.Text != "une douche le dimanXche" {
		t.Errorf("typing goes on as %q", field.Text)
	}
}

// toText goes to the first question of the form that takes free text.
func (o *office) toText(form *entry.Screen) {
	o.t.Helper()
	for range 60 {
		if _, ok := kit.CaretOf(o.window.Canvas()); ok {
			o.keys.Type("abc")
			if c, _ := kit.CaretOf(o.window.Canvas()); c.Column == 3 {
				o.press("Backspace", "Backspace", "Backspace")
				return
			}
		}
		o.press("Tab")
	}
	o.t.Fatal("the form has no question for text")
}

func TestUnlockingComesBackToTheRoom(t *testing.T) {
	o := unlocked(t)
	o.press("Ctrl+4")
	title := o.window.Title()
	o.press("Ctrl+Shift+l")
	o.unlock()
	if got := o.window.Title(); got != title {
		t.Errorf("unlocking shows %q, was %q", got, title)
	}
}

// Left alone, or asleep, the window locks, and nothing of the notebook runs on.
func TestLocksByItself(t *testing.T) {
	for name, gap := range map[string]time.Duration{"idle": time.Second, "asleep": 31 * time.Second} {
		t.Run(name, func(t *testing.T) {
			o := unlocked(t)
			leaks := goleak.IgnoreCurrent()
			now := time.Now()
			o.clock = func() time.Time { return now }
			o.watching()
			for range 179 {
				now = now.Add(gap)
				o.Tick()
				o.settle()
				if gap > time.Second {
					break
				}
				if o.desk == nil {
					t.Fatal("locked too early")
				}
			}
			if gap == time.Second {
				now = now.Add(gap)
				o.Tick()
			}
			if o.desk != nil {
				t.Error("the notebook is still open")
			}
			o.wantTitle(words.T("lock.title"))
			if _, err := o.last.Notebook.Drafts(t.Context()); err == nil {
				t.Error("the database can still be read")
			}
			goleak.VerifyNone(t, leaks)
		})
	}
}

// A key, and the wish for a shorter time, count.
func TestIdleTimeIsThatOfTheSettings(t *testing.T) {
	o := unlocked(t)
	o.settings.SetIdle(time.Minute)
	o.settings.SetIdle(time.Hour) // longer than anyone may choose
	now := time.Now()
	o.clock = func() time.Time { return now }
	o.watching()
	for range 50 {
		now = now.Add(time.Second)
		o.Tick()
	}
	o.press("Tab")
	for range 59 {
		now = now.Add(time.Second)
		o.Tick()
	}
	if o.desk == nil {
		t.Fatal("a key did not count")
	}
	now = now.Add(time.Second)
	o.Tick()
	if o.desk != nil {
		t.Error("the shorter time did not count")
	}
}

// A record that was finished a moment before the notebook is locked is a record,
// and unlocking brings the next blank one.
func TestLockingWaitsForTheFinish(t *testing.T) {
	for range 5 {
		o := unlocked(t)
		o.press("Ctrl+m", "Ctrl+l", "a", "1", "4")
		o.keys.Press("Enter")
		o.keys.Press("Ctrl+Shift+l")
		o.unlock()
		if records, drafts := len(o.finished()), len(o.drafts()); records != 1 || drafts != 0 {
			t.Fatalf("%d records and %d drafts, want 1 and 0", records, drafts)
		}
		if e, ok := o.room.(*entry.Screen); !ok || e.DraftID() != "" || o.modals.Open() {
			t.Errorf("unlocking shows %q", o.window.Title())
		}
	}
}

// Leaving a form while it is being finished keeps the record, too.
func TestLeavingWaitsForTheFinish(t *testing.T) {
	o := unlocked(t)
	o.press("Ctrl+m", "Ctrl+l", "a", "1", "4")
	o.keys.Press("Enter")
	o.keys.Press("Ctrl+1")
	o.settle()
	if records, drafts := len(o.finished()), len(o.drafts()); records != 1 || drafts != 0 {
		t.Fatalf("%d records and %d drafts, want 1 and 0", records, drafts)
	}
}
