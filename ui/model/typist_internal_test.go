package model

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"

	"go.uber.org/goleak"

	"solidaren/diagnostics/store"
)

// slowJournal is a journal whose disk answers when the test lets it.
type slowJournal struct {
	mu      sync.Mutex
	written []store.Draft
	synced  int // entries that the disk has
	fail    error
	wrote   chan struct{} // a token for each write
	disk    chan struct{} // the disk answers once for each token; nil: at once
}

func (j *slowJournal) JournalDraft(d store.Draft) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.fail != nil {
		return j.fail
	}
	j.written = append(j.written, d)
	j.wrote <- struct{}{}
	return nil
}

func (j *slowJournal) SyncJournal() error {
	j.mu.Lock()
	n := len(j.written)
	j.mu.Unlock()
	if j.disk != nil {
		<-j.disk
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	j.synced = n
	return nil
}

func newSlowJournal() *slowJournal { return &slowJournal{wrote: make(chan struct{}, 1000)} }

func key(revision int64) store.Draft {
	return store.Draft{ID: "d", Revision: revision, State: []byte("state")}
}

func TestTypistSyncsWhatWasTyped(t *testing.T) {
	defer goleak.VerifyNone(t)
	j := newSlowJournal()
	typist := newTypist(j, func(err error) {
		if err != nil {
			t.Error(err)
		}
	})
	typist.Flush(t.Context()) // nothing was typed
	for i := range int64(20) {
		typist.Save(key(i), i%5 == 0)
	}
	typist.Flush(t.Context())
	last := j.written[len(j.written)-1]
	if last.Revision != 19 || j.synced != len(j.written) {
		t.Errorf("the disk has %d of %d entries, the last is revision %d", j.synced, len(j.written), last.Revision)
	}
	whole := slices.IndexFunc(slices.Clone(j.written), func(d store.Draft) bool { return d.Revision >= 15 && d.State != nil })
	if whole < 0 {
		t.Error("the last answer was written as a keystroke")
	}
}

// While the disk does not answer, keystrokes are still written, and Save returns.
func TestTypingGoesOnWhileTheDiskWaits(t *testing.T) {
	j := newSlowJournal()
	j.disk = make(chan struct{})
	typist := newTypist(j, func(error) {})
	typist.Save(key(1), true)
	<-j.wrote
	for i := int64(2); i <= 40; i++ {
		typist.Save(key(i), false)
		<-j.wrote // a kill now would lose no keystroke
	}
	close(j.disk)
	typist.Flush(t.Context())
	if j.synced != 40 {
		t.Errorf("the disk has %d of 40", j.synced)
	}
}

// An answer that the journal could not take goes with the next keystroke.
func TestTypistCatchesUp(t *testing.T) {
	j := newSlowJournal()
	j.fail = errors.New("disk full")
	failures := make(chan error, 10)
	typist := newTypist(j, func(err error) { failures <- err })
	typist.Save(key(1), true)
	if err := <-failures; err == nil {
		t.Fatal("the failure was not told")
	}
	typist.Flush(t.Context())
	j.mu.Lock()
	j.fail = nil
	j.mu.Unlock()
	typist.Save(key(2), false)
	typist.Flush(t.Context())
	if len(j.written) != 1 || j.written[0].State == nil {
		t.Errorf("written %v, want the whole state", j.written)
	}
	typist.Close()
	typist.Save(key(3), true)
	typist.Flush(context.Background())
	if len(j.written) != 1 {
		t.Error("a state was taken after the end")
	}
}
