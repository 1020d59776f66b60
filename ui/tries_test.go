package ui

import (
	"testing"

	"solidaren/ui/model"
)

// used is how many keys a try took, as the list says.
func (o *office) used(id string) int {
	o.t.Helper()
	m := model.NewTries(o.desk)
	m.Open()
	defer m.Close()
	m.Load()
	o.settle()
	for _, item := range m.Items {
		if item.ID == id {
			return item.Used
		}
	}
	return 0
}

// TestTriesCountTheirKeys: the keys of a record count, not those that lead to it,
// nor those after it; the list and the line at the bottom say how many. The
// keyboard of the tests sends no key for Ctrl itself.
func TestTriesCountTheirKeys(t *testing.T) {
	o, _ := welcomed(t)
	o.press("1", "Ctrl+Shift+0", "Enter") // somebody asleep
	o.wantTitle("DÉMO – Maraude")
	o.press("Ctrl+m", "Ctrl+l", "a", "1", "4", "Enter")
	if got := o.used(model.TryAsleep); got != 5 {
		t.Errorf("a record at a new place took %d keys, want 5", got)
	}
	o.press("Ctrl+Shift+0", "Enter", "Ctrl+m", "4", "Enter")
	if !o.shows("touches, pour 4") {
		t.Error("it is not said how many keys it took")
	}
	if got := o.used(model.TryAsleep); got != 2 {
		t.Errorf("a record at the same place took %d keys, want 2", got)
	}
	o.press("Ctrl+Shift+0")
	if !o.shows("touches, pour 4") {
		t.Error("the list does not say how many keys it took")
	}
	o.legible("the tries with their keys")
	if got := o.used(model.TryFollow); got != 0 {
		t.Errorf("what was not tried took %d keys", got)
	}
}

// TestKeysAreCountedInTheDemoAlone: outside of it nothing is counted or kept.
func TestKeysAreCountedInTheDemoAlone(t *testing.T) {
	o := furnished(t)
	o.desk.StartTry(model.TryAsleep, func() {})
	o.settle()
	o.press("Ctrl+m", "4", "Enter")
	if kept := o.setting("demo.keys." + model.TryAsleep); kept != "" {
		t.Errorf("%s keys were counted", kept)
	}
}
