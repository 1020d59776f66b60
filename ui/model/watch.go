package model

import (
	"time"

	"solidaren/diagnostics"
)

// IdleTimes are those after which an open notebook locks by itself; the first is the
// longest that may be chosen, and the default.
func IdleTimes() []time.Duration {
	return []time.Duration{3 * time.Minute, 2 * time.Minute, time.Minute}
}

// suspended is the gap between two ticks from which the computer was asleep.
const suspended = 30 * time.Second

// Watch tells when an open notebook was left alone: nobody touched the keyboard
// or the mouse for the idle time, or the computer slept in between (a closed
// lid). It compares times of the wall clock, which goes on in sleep.
type Watch struct {
	clock         diagnostics.Clock
	idle          func() time.Duration
	touched, seen time.Time
}

// NewWatch begins to watch.
func NewWatch(clock diagnostics.Clock, idle func() time.Duration) *Watch {
	w := &Watch{clock: clock, idle: idle}
	w.touched, w.seen = w.now(), w.now()
	return w
}

// now has no monotonic reading, which stands still while the computer sleeps.
func (w *Watch) now() time.Time { return w.clock().Round(0) }

// Touch hears that somebody is there.
func (w *Watch) Touch() { w.touched = w.now() }

// Tick is called about once a second and reports whether the notebook has to be
// locked.
func (w *Watch) Tick() bool {
	now := w.now()
	slept := now.Sub(w.seen) > suspended
	w.seen = now
	if w.touched.After(now) { // the clock was set back
		w.touched = now
	}
	return slept || now.Sub(w.touched) >= w.idle()
}
