package model

import (
	"context"
	"sync"
	"sync/atomic"

	"solidaren/sync/handover"
	"solidaren/sync/wire"
)

// Trial is the demo of this computer: a notebook of its own, full of made-up
// records, without a passphrase.
type Trial interface {
	// Open opens the demo, and makes it first where there is none; progress is
	// told how much of it is written. Errors: forbidden, conflict (open elsewhere),
	// internal, and the context's, after which there is no demo.
	Open(ctx context.Context, progress func(written, planned int)) (*Desk, error)
	// Discard throws the demo away; one that is not there is no error. Errors:
	// conflict (open elsewhere), internal.
	Discard(ctx context.Context) error
}

// Welcome is the first screen of a computer without a notebook: it tries the
// program out, joins a team, or begins alone.
type Welcome struct {
	OnChange func()
	OnOpen   func(*Desk)         // the demo is ready
	OnJoin   func(invite string) // a notebook is to be made, which then joins
	OnAlone  func()              // a notebook is to be made

	Joining          bool // the invite is asked for
	Founding         bool // how an organisation gets its space is told
	Busy             bool // the demo is being written
	Written, Planned int  // how much of it
	Err              error

	trial   Trial
	scope   *Scope
	workers sync.WaitGroup
	command Command
}

// NewWelcome makes the screen.
func NewWelcome(ctx context.Context, d Dispatcher, trial Trial) *Welcome {
	m := &Welcome{trial: trial}
	m.scope = NewScope(ctx, d, &m.workers)
	return m
}

// Close stops what runs.
func (m *Welcome) Close() { m.scope.Close() }

// Wait returns when nothing runs any more.
func (m *Welcome) Wait() { m.workers.Wait() }

// Try opens the demo, where it was left.
func (m *Welcome) Try() { m.try(false) }

// Again throws the demo away and begins it anew.
func (m *Welcome) Again() { m.try(true) }

func (m *Welcome) try(anew bool) {
	if m.Busy {
		return
	}
	var written, planned atomic.Int64
	m.Busy, m.Err, m.Written, m.Planned = true, nil, 0, 0
	RunSampled(m.scope, &m.command, func(ctx context.Context) (*Desk, error) {
		if anew {
			if err := m.trial.Discard(ctx); err != nil {
				return nil, err
			}
		}
		return m.trial.Open(ctx, func(w, p int) {
			written.Store(int64(w))
			planned.Store(int64(p))
		})
	}, func() {
		m.Written, m.Planned = int(written.Load()), int(planned.Load())
		m.OnChange()
	}, func(desk *Desk, err error) {
		m.Busy, m.Err = false, err
		if cancelled(err) {
			m.Err = nil
		}
		m.OnChange()
		if err == nil {
			m.OnOpen(desk)
		}
	})
	m.OnChange()
}

// Cancel stops the writing of the demo; nothing of it stays.
func (m *Welcome) Cancel() { m.command.Cancel() }

// Join goes to the invite, and Return back to the choice.
func (m *Welcome) Join() { m.turn(true, false) }

// Found goes to how an organisation gets its space.
func (m *Welcome) Found() { m.turn(false, true) }

// Return goes back to the choice.
func (m *Welcome) Return() { m.turn(false, false) }

func (m *Welcome) turn(joining, founding bool) {
	if m.Busy {
		return
	}
	m.Joining, m.Founding, m.Err = joining, founding, nil
	m.OnChange()
}

// Invite takes the text that holds the invite: the word itself, a link or a
// letter with it.
func (m *Welcome) Invite(text string) {
	if token, err := handover.FindToken(text); err == nil { // of a night of counting
		m.OnJoin(token.String())
		return
	}
	invite, err := wire.FindInvite(text)
	if err != nil {
		m.Err = err
		m.OnChange()
		return
	}
	m.OnJoin(invite.String())
}
