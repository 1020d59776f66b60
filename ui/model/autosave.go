package model

import (
	"context"
	"sync"
	"time"
)

// Autosave keeps one thing on the disk as it is typed: always the newest
// state, one write at a time. It outlives its screen, so that leaving or
// closing loses nothing.
type Autosave[T any] struct {
	write func(context.Context, T) error
	done  func(T, error) // on the worker, after each write
	pause time.Duration  // before a write, to gather what is typed quickly

	mu     sync.Mutex
	next   *T
	idle   chan struct{} // closed while nothing is being written
	hurry  chan struct{} // closed when no pause is wanted any more
	closed bool
}

// NewAutosave makes one over write; done hears of each write's end.
func NewAutosave[T any](pause time.Duration, write func(context.Context, T) error, done func(T, error)) *Autosave[T] {
	a := &Autosave[T]{write: write, done: done, pause: pause, idle: make(chan struct{}), hurry: make(chan struct{})}
	close(a.idle)
	return a
}

// Save takes a state to write. A state that waits is replaced by it.
func (a *Autosave[T]) Save(value T) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.closed {
		return
	}
	a.next = &value
	select {
	case <-a.idle:
		a.idle = make(chan struct{})
		go a.writeAll()
	default:
	}
}

// Close takes no more states and drops the one that waits: a draft that has
// become a record, or was thrown away, must not come back.
func (a *Autosave[T]) Close() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.closed, a.next = true, nil
}

// Reopen takes states again, after a finish that was refused.
func (a *Autosave[T]) Reopen() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.closed = false
}

// Flush writes what waits without a pause and returns when nothing is left to
// write, or ctx ends.
func (a *Autosave[T]) Flush(ctx context.Context) {
	a.mu.Lock()
	idle := a.idle
	select {
	case <-a.hurry:
	default:
		close(a.hurry)
	}
	a.mu.Unlock()
	select {
	case <-idle:
	case <-ctx.Done():
	}
}

// writeTimeout is when a disk that does not answer is called an error.
const writeTimeout = 30 * time.Second

func (a *Autosave[T]) writeAll() {
	for {
		if a.pause > 0 {
			select {
			case <-time.After(a.pause):
			case <-a.hurry:
			}
		}
		value := a.take()
		if value == nil {
			return
		}
		ctx, cancel := context.WithTimeout(context.Background(), writeTimeout)
		err := a.write(ctx, *value)
		cancel()
		a.done(*value, err)
	}
}

// take gives the state to write next; nil ends the worker.
func (a *Autosave[T]) take() *T {
	a.mu.Lock()
	defer a.mu.Unlock()
	value := a.next
	a.next = nil
	if value == nil {
		close(a.idle)
	}
	return value
}
