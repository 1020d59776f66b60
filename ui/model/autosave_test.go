package model_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"solidaren/ui/model"
)

// disk records what is written; a write can be held.
type disk struct {
	mu      sync.Mutex
	written []string
	taken   chan struct{} // if set, told when a write begins
	hold    chan struct{} // if set, a write waits for it
	err     error
}

func (d *disk) write(_ context.Context, text string) error {
	if d.taken != nil {
		d.taken <- struct{}{}
	}
	if d.hold != nil {
		<-d.hold
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.written = append(d.written, text)
	return d.err
}

func TestAutosaveWritesTheNewest(t *testing.T) {
	d := &disk{hold: make(chan struct{})}
	save := model.NewAutosave(0, d.write, func(string, error) {})
	for _, text := range []string{"D", "Du", "Dup", "Dupo"} {
		save.Save(text)
	}
	close(d.hold)
	save.Flush(t.Context())
	if len(d.written) > 2 || d.written[len(d.written)-1] != "Dupo" {
		t.Errorf("written %q, want at most two writes, the newest last", d.written)
	}
	save.Save("Dupon")
	save.Flush(t.Context())
	if last := d.written[len(d.written)-1]; last != "Dupon" {
		t.Errorf("after a rest %q was written last", last)
	}
}

func TestAutosaveCloseDropsWhatWaits(t *testing.T) {
	d := &disk{hold: make(chan struct{}), taken: make(chan struct{}, 9)}
	save := model.NewAutosave(0, d.write, func(string, error) {})
	save.Save("under way")
	<-d.taken
	save.Save("waits")
	save.Close()
	close(d.hold)
	save.Flush(t.Context())
	save.Save("late")
	save.Flush(t.Context())
	if !slices.Equal(d.written, []string{"under way"}) {
		t.Errorf("written %q: a finished draft would come back", d.written)
	}
	save.Reopen()
	save.Save("again")
	save.Flush(t.Context())
	if last := d.written[len(d.written)-1]; last != "again" {
		t.Errorf("after reopening %q was written last", last)
	}
}

func TestAutosavePauseGathers(t *testing.T) {
	d := &disk{}
	save := model.NewAutosave(time.Hour, d.write, func(string, error) {})
	save.Save("a")
	save.Save("ab")
	save.Flush(t.Context())
	if !slices.Equal(d.written, []string{"ab"}) {
		t.Errorf("written %q, want one write without the pause", d.written)
	}
}

func TestAutosaveTellsOfAFailure(t *testing.T) {
	d := &disk{err: errors.New("disk full")}
	var got error
	save := model.NewAutosave(0, d.write, func(_ string, err error) { got = err })
	save.Save("a")
	save.Flush(t.Context())
	if got == nil {
		t.Error("nobody heard that the disk is full")
	}
}
