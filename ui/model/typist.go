package model

import (
	"context"
	"sync"
	"time"

	"solidaren/diagnostics/store"
)

// journal is the notebook's typing journal.
type journal interface {
	JournalDraft(store.Draft) error
	SyncJournal() error
}

// typingSync is the most typing that a power cut may cost.
const typingSync = 500 * time.Millisecond

// typist writes each state of a draft to the typing journal as it is typed,
// always the newest, and has the disk take it: an answer at once, typing within
// half a second. Writing never waits for the disk, and Save for neither. It
// outlives its screen, as an Autosave does.
type typist struct {
	journal journal
	done    func(error) // on a worker, after each sync and each failure
	hurry   chan struct{}

	mu      sync.Mutex
	next    *store.Draft
	whole   bool // next holds answers that the journal does not have yet
	writing bool
	syncing bool
	dirty   bool          // something was written since the last sync began
	idle    chan struct{} // closed while nothing is being written or synced
	closed  bool
}

func newTypist(j journal, done func(error)) *typist {
	t := &typist{journal: j, done: done, hurry: make(chan struct{}, 1), idle: make(chan struct{})}
	close(t.idle)
	return t
}

// typistOf makes one that closing the desk waits for. done hears on the UI
// thread.
func typistOf(d *Desk, j journal, done func(error)) *typist {
	t := newTypist(j, func(err error) { d.Dispatcher.Post(func() { done(err) }) })
	d.saves[t] = true
	return t
}

// Save takes a state; whole says that its answers have changed, not only what
// stands in the field.
func (t *typist) Save(d store.Draft, whole bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.closed {
		return
	}
	t.next, t.whole = &d, t.whole || whole
	if !t.writing {
		t.begin()
		t.writing = true
		go t.write()
	}
}

// begin marks that there is work.
func (t *typist) begin() {
	if !t.writing && !t.syncing {
		t.idle = make(chan struct{})
	}
}

// end marks that there may be none.
func (t *typist) end() {
	if !t.writing && !t.syncing {
		close(t.idle)
	}
}

func (t *typist) write() {
	for {
		t.mu.Lock()
		d, whole := t.next, t.whole
		if d == nil {
			t.writing = false
			t.end()
			t.mu.Unlock()
			return
		}
		t.next, t.whole = nil, false
		t.mu.Unlock()
		if !whole {
			d.State = nil
		}
		if err := t.journal.JournalDraft(*d); err != nil {
			t.lost(whole)
			t.done(err)
			continue
		}
		t.wrote(whole)
	}
}

// lost makes the next state a whole one, where the journal missed answers.
func (t *typist) lost(whole bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.whole = t.whole || whole
}

// wrote has the disk take what was written.
func (t *typist) wrote(whole bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.dirty = true
	if whole {
		t.press()
	}
	if !t.syncing {
		t.begin()
		t.syncing = true
		go t.sync()
	}
}

// press ends the pause before the next sync.
func (t *typist) press() {
	select {
	case t.hurry <- struct{}{}:
	default:
	}
}

func (t *typist) sync() {
	for {
		timer := time.NewTimer(typingSync)
		select {
		case <-timer.C:
		case <-t.hurry:
		}
		timer.Stop()
		t.mu.Lock()
		t.dirty = false
		t.mu.Unlock()
		t.done(t.journal.SyncJournal())
		t.mu.Lock()
		if !t.dirty {
			t.syncing = false
			t.end()
			t.mu.Unlock()
			return
		}
		t.mu.Unlock()
	}
}

// Close takes no more states and drops the one that waits.
func (t *typist) Close() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.closed, t.next = true, nil
}

// Reopen takes states again.
func (t *typist) Reopen() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.closed = false
}

// Flush returns when the disk has all that was typed, or ctx ends.
func (t *typist) Flush(ctx context.Context) {
	for {
		t.mu.Lock()
		idle := t.idle
		t.press()
		t.mu.Unlock()
		select {
		case <-idle:
			return
		case <-ctx.Done():
			return
		case <-time.After(typingSync / 10): // a sync that began meanwhile waits again
		}
	}
}
