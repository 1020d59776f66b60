package model

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"time"

	"solidaren/diagnostics"
)

// Scope owns the background work of one screen: what it starts ends with it.
// Its methods are called on the UI thread.
type Scope struct {
	ctx        context.Context
	cancel     context.CancelFunc
	dispatcher Dispatcher
	workers    *sync.WaitGroup

	// slow, if set, hears on the UI thread of a run that lasts, and of its end.
	slow func(c *Command, on bool)

	// stopped, if set, hears on the UI thread that somebody stopped a run, with the
	// key of the words for what is kept.
	stopped func(kept string)
}

// NewScope opens a scope under ctx. Results come back through d; whoever owns
// workers waits for what the scope starts.
func NewScope(ctx context.Context, d Dispatcher, workers *sync.WaitGroup) *Scope {
	ctx, cancel := context.WithCancel(ctx)
	return &Scope{ctx: ctx, cancel: cancel, dispatcher: d, workers: workers}
}

// Close cancels what still runs; its results are dropped.
func (s *Scope) Close() { s.cancel() }

// Command is one thing that a screen can do in the background. A new run
// replaces the run before: a result of an earlier generation is dropped.
type Command struct {
	generation int
	running    bool
	cancel     context.CancelFunc
	slow       bool   // it was told that the run lasts
	asked      bool   // somebody asked the present run to stop
	kept       string // key of the words for what is kept when it is stopped, "" for what holds always
	quiet      bool   // its screen shows itself how far it is, or nobody waits for it
}

// SlowAfter is how long a run may last before somebody who waits is told.
const SlowAfter = 500 * time.Millisecond

// watch tells of the present run if it lasts. The end of the run calls what it
// returns, on the UI thread.
func (s *Scope) watch(c *Command) (ended func()) {
	if s.slow == nil || c.quiet {
		return func() {}
	}
	generation := c.generation
	timer := time.AfterFunc(SlowAfter, func() {
		s.dispatcher.Post(func() {
			if s.ctx.Err() == nil && generation == c.generation && c.running && !c.slow {
				c.slow = true
				s.slow(c, true)
			}
		})
	})
	return func() {
		timer.Stop()
		if c.slow && generation == c.generation {
			c.slow = false
			s.slow(c, false)
		}
	}
}

// Running reports whether a run has started and not yet been applied.
func (c *Command) Running() bool { return c.running }

// Cancel asks the present run to stop. Its end is still applied, mostly with
// context.Canceled.
func (c *Command) Cancel() {
	if c.cancel != nil {
		c.asked = c.running
		c.cancel()
	}
}

// Run starts work in the background and hands its result to apply on the UI
// thread, unless the scope is closed or the command ran again meanwhile. Work
// must touch no field of a model. A panic of work becomes an error.
func Run[T any](s *Scope, c *Command, work func(context.Context) (T, error), apply func(T, error)) {
	c.Cancel()
	c.generation++
	generation := c.generation
	ctx, cancel := context.WithCancel(s.ctx)
	c.cancel, c.running, c.asked = cancel, true, false
	ended := s.watch(c)
	s.workers.Go(func() {
		value, err := guard(ctx, work)
		if err != nil && ctx.Err() != nil {
			err = errors.Join(ctx.Err(), err) // a database says "interrupted", not who did it
		}
		s.dispatcher.Post(func() {
			cancel()
			ended()
			if s.ctx.Err() != nil || generation != c.generation {
				return
			}
			c.running = false
			if c.asked && cancelled(err) && s.stopped != nil {
				s.stopped(cmp.Or(c.kept, "stopped"))
			}
			apply(value, err)
		})
	})
}

// SampleInterval is how often a running command's progress is shown.
const SampleInterval = 100 * time.Millisecond

// RunSampled is Run for long work: sample is called on the UI thread every
// SampleInterval until the work ends. It reads counters that work increments.
func RunSampled[T any](s *Scope, c *Command, work func(context.Context) (T, error), sample func(), apply func(T, error)) {
	done := make(chan struct{})
	c.quiet = true
	Run(s, c, func(ctx context.Context) (T, error) {
		defer close(done)
		return work(ctx)
	}, apply)
	generation := c.generation
	s.workers.Go(func() {
		ticker := time.NewTicker(SampleInterval)
		defer ticker.Stop()
		for {
			select {
			case <-done:
				return
			case <-ticker.C:
				s.dispatcher.Post(func() {
					if s.ctx.Err() == nil && generation == c.generation && c.running {
						sample()
					}
				})
			}
		}
	})
}

// After runs work after a pause, and not at all if the command is asked again
// within it: for search as one types.
func After[T any](s *Scope, c *Command, pause time.Duration, work func(context.Context) (T, error), apply func(T, error)) {
	Run(s, c, func(ctx context.Context) (T, error) {
		var none T
		timer := time.NewTimer(pause)
		defer timer.Stop()
		select {
		case <-ctx.Done():
			return none, ctx.Err()
		case <-timer.C:
			return work(ctx)
		}
	}, apply)
}

func guard[T any](ctx context.Context, work func(context.Context) (T, error)) (value T, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = &diagnostics.Error{Op: "model.Run", Code: diagnostics.CodeInternal, Err: asError(fault)}
		}
	}()
	return work(ctx)
}

// asError names a panic without its value, which may hold what was typed; a
// fault of the runtime holds only types and numbers.
func asError(fault any) error {
	if err, ok := fault.(runtime.Error); ok {
		return err
	}
	return fmt.Errorf("panic of type %T", fault)
}
