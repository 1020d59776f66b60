package ui

import "testing"

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
