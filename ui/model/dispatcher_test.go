package model

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestQueueRunsInOrderAndWhatIsPostedMeanwhile(t *testing.T) {
	var q Queue
	var got []string
	q.Post(func() {
		got = append(got, "a")
		q.Post(func() { got = append(got, "c") })
	})
	q.Post(func() { got = append(got, "b") })
	if ran := q.Drain(); ran != 3 {
		t.Errorf("ran %d, want 3", ran)
	}
	if diff := cmp.Diff([]string{"a", "b", "c"}, got); diff != "" {
		t.Error(diff)
	}
	if ran := q.Drain(); ran != 0 {
		t.Errorf("an empty queue ran %d", ran)
	}
}
