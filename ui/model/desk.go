// Package model holds one model a screen of the window: its state, its
// commands, its rows with ready texts. It knows no widget and no window, and
// refuses to touch its own fields from anywhere but the UI thread: work runs in
// the background on copies, and its result comes back through a Dispatcher.
package model

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"solidaren/diagnostics"
	"solidaren/diagnostics/directory"
	"solidaren/diagnostics/store"
	"solidaren/sync/client"
	"solidaren/sync/handover"
)

// Desk is what the screens of an open notebook work with. It is made at
// unlocking and closed at locking.
type Desk struct {
	Dispatcher Dispatcher
	Notebook   *store.Notebook
	Member     *client.Member
	Forms      *Catalogue
	Clock      diagnostics.Clock
	Lang       func() string // language of the window, "fr" or "en"

	// Saved, if set, hears on the UI thread that records were written here or
	// came in, so that what shows them can read again.
	Saved func()

	// Wrote, if set, hears on the UI thread of each write that was tried.
	Wrote func()

	// Slow, if set, hears on the UI thread when something begins to last that a
	// worker waits for and that shows nothing itself, and when nothing does any more.
	Slow func(on bool)

	// Stopped, if set, hears on the UI thread that somebody stopped what lasted,
	// with the key of the words for what is kept.
	Stopped func(kept string)

	// TryDone, if set, hears on the UI thread that the try that was begun last is
	// done, with how many keys, and how many it is meant to take.
	TryDone func(keys, budget int)

	// ActAs is the role that is played in the demo, "" elsewhere.
	ActAs diagnostics.Role

	// Machine is what is known of the computer, nil if nothing is.
	Machine *Machine

	// Keys are those of the notebook, nil where nobody may touch them.
	Keys Keys

	// Shut, if set, closes the notebook itself, last of all.
	Shut func() error

	ctx     context.Context
	cancel  context.CancelFunc
	scope   *Scope // of work that no screen owns
	workers sync.WaitGroup
	saves   map[flusher]bool
	slow    map[*Command]bool
	who     atomic.Pointer[directory.Directory]
	reread  Command         // the directory is being read again
	sector  *handover.Token // of a volunteer, nil for everybody else

	log     eventLog
	opened  map[string]bool // persons whose file a coordinator opened for a purpose
	offered *Offer          // for recording while the notebook is locked

	listForms Command // reads which questionnaires there are

	attempt *attempt // nil: no keys are counted

	printed []string // files to print, removed with the lock
	print   Command

	writtenAt  time.Time // of the last write that went well
	writeError error     // of the last write, nil if it went well
}

// Written tells when the last change was written, zero if there was none, and
// why the last one was not, if it was not.
func (d *Desk) Written() (time.Time, error) { return d.writtenAt, d.writeError }

// wrote takes note of the end of a write.
func (d *Desk) wrote(err error) {
	d.writeError = err
	if err == nil {
		d.writtenAt = d.Clock()
	}
	if d.Wrote != nil {
		d.Wrote()
	}
}

// Role is that of the notebook's holder, or the one that is played; "" where no
// team was joined.
func (d *Desk) Role() diagnostics.Role {
	if d.ActAs != "" {
		return d.ActAs
	}
	if role := d.Member.Role(); role != "" || d.sector == nil {
		return diagnostics.Role(role)
	}
	return diagnostics.RoleVolunteer
}

// Open makes the desk ready for its screens.
func (d *Desk) Open(ctx context.Context) {
	d.begin(ctx)
	d.Forms = d.Forms.With(d.ctx, d.Notebook) //nolint:contextcheck // the desk's own, which ends with it
	d.openEvents()
	d.Note("notebook", "opened")
	d.openSector(ctx)
	if read, err := ReadDirectory(ctx, d.Notebook); err == nil { // before a form that offers it
		d.useDirectory(read)
	}
}

// begin makes it ready for work, with or without a notebook.
func (d *Desk) begin(ctx context.Context) {
	ctx, d.cancel = context.WithCancel(ctx)
	d.ctx = ctx
	d.saves = map[flusher]bool{}
	d.scope = NewScope(ctx, d.Dispatcher, &d.workers)
}

// Close writes what is still being saved, stops the work of all screens, and
// closes the notebook. It waits for each step no longer than patience.
func (d *Desk) Close(patience time.Duration) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(d.ctx), patience)
	defer cancel()
	for save := range d.saves {
		save.Flush(ctx)
	}
	d.cancel()
	ended := make(chan struct{})
	go func() {
		d.workers.Wait()
		close(ended)
	}()
	select {
	case <-ended:
	case <-ctx.Done():
	}
	d.unprintAll()
	if d.Shut == nil {
		return nil
	}
	if offered, err := d.offer(ctx, d.Role()); err == nil { // where one is now
		d.offered = offered
	}
	return d.Shut()
}

// flusher is a saver that closing the desk waits for.
type flusher interface{ Flush(context.Context) }

// autosave makes a saver that closing the desk waits for, until it is
// forgotten. done hears of each write on the UI thread.
func autosave[T any](d *Desk, pause time.Duration, write func(context.Context, T) error, done func(T, error)) *Autosave[T] {
	save := NewAutosave(pause, write, func(value T, err error) {
		d.Dispatcher.Post(func() {
			d.wrote(err)
			done(value, err)
		})
	})
	d.saves[save] = true
	return save
}

// Settle returns when no background work runs; tests drain their queue then.
func (d *Desk) Settle() {
	for save := range d.saves {
		save.Flush(d.ctx)
	}
	d.workers.Wait()
}

// leave lets go of a saver when what it holds has been written.
func leave(d *Desk, save flusher) {
	go func() {
		save.Flush(context.Background())
		d.Dispatcher.Post(func() { delete(d.saves, save) })
	}()
}

// Team is the outreach team that new records belong to: the one of the tour
// that is out, else the one the device joined.
func (d *Desk) Team(tour diagnostics.Record) string {
	if team := tour.Get("team"); team != "" {
		return team
	}
	return d.Member.Team()
}

// Label is what a reader sees of a code, in the language of the window.
func (d *Desk) Label(list, code string) string {
	if code == "" {
		return ""
	}
	return Labels(d.Directory())(list, code, d.Lang())
}

// saved tells that records were written or came in.
func (d *Desk) saved() {
	d.wrote(nil)
	d.checkTry()
	d.tell()
	if d.Forms.Stale() {
		Run(d.scope, &d.listForms, func(context.Context) (struct{}, error) {
			d.Forms.Refresh()
			return struct{}{}, nil
		}, func(struct{}, error) { d.tell() })
	}
}

func (d *Desk) tell() {
	if d.Saved != nil {
		d.Saved()
	}
}

// Screen is what every screen's model has: its desk, its background work, and
// whom it tells of a change.
type Screen struct {
	*Desk
	OnChange func()                     // the state changed: show it again
	OnError  func(op string, err error) // something that the screen does not show itself

	scope *Scope
}

// Open starts the screen's work.
func (s *Screen) Open() {
	s.scope = NewScope(s.ctx, s.Dispatcher, &s.workers)
	s.scope.slow, s.scope.stopped = s.lasts, s.Stopped
}

// lasts takes note of what lasts.
func (d *Desk) lasts(c *Command, on bool) {
	if d.slow == nil {
		d.slow = map[*Command]bool{}
	}
	if on {
		d.slow[c] = true
	} else {
		delete(d.slow, c)
	}
	if d.Slow != nil {
		d.Slow(len(d.slow) > 0)
	}
}

// StopSlow cancels what lasts; what was written stays whole.
func (d *Desk) StopSlow() {
	for c := range d.slow {
		c.Cancel()
	}
}

// Failing sets who hears of errors that the screen does not show itself.
func (s *Screen) Failing(hear func(op string, err error)) { s.OnError = hear }

// Close ends it.
func (s *Screen) Close() {
	if s.scope != nil {
		s.scope.Close()
	}
}

func (s *Screen) changed() {
	if s.OnChange != nil {
		s.OnChange()
	}
}

// failed hands err to the window and reports whether there was one. What was
// cancelled is no error.
func (s *Screen) failed(op string, err error) bool {
	if err == nil {
		return false
	}
	if cancelled(err) {
		return true
	}
	s.NoteError(op, err)
	if s.OnError != nil {
		s.OnError(op, err)
	}
	return true
}
