package model_test

import (
	"testing"
	"time"

	"solidaren/ui/model"
)

func TestWatch(t *testing.T) {
	type step struct {
		after time.Duration // on the wall clock
		touch bool
		locks bool
	}
	tests := []struct {
		name  string
		idle  time.Duration
		steps []step
	}{
		{"nobody is there", 3 * time.Minute, []step{{20 * time.Second, false, false}, {20 * time.Second, false, false}}},
		{"somebody types", 50 * time.Second, []step{{20 * time.Second, true, false}, {20 * time.Second, true, false}, {20 * time.Second, false, false}, {20 * time.Second, false, false}}},
		{"left alone", 50 * time.Second, []step{{20 * time.Second, true, false}, {25 * time.Second, false, false}, {25 * time.Second, false, true}}},
		{"the lid was closed", 3 * time.Minute, []step{{time.Second, true, false}, {31 * time.Second, false, true}}},
		{"a key wakes the computer", 3 * time.Minute, []step{{time.Second, true, false}, {time.Hour, true, true}}},
		{"a slow second", 3 * time.Minute, []step{{30 * time.Second, false, false}}},
		{"the clock was set back", 50 * time.Second, []step{{time.Second, true, false}, {-time.Hour, false, false}, {25 * time.Second, false, false}, {25 * time.Second, false, true}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			clock := now
			w := model.NewWatch(func() time.Time { return clock }, func() time.Duration { return tt.idle })
			for i, s := range tt.steps {
				clock = clock.Add(s.after)
				if s.touch {
					w.Touch()
				}
				if got := w.Tick(); got != s.locks {
					t.Fatalf("step %d: locks %t, want %t", i+1, got, s.locks)
				}
			}
		})
	}
}
