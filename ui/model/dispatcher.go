package model

import "sync"

// Dispatcher brings work to the UI thread. The window's dispatcher is the only
// place of the program that calls fyne.Do; tests drain a Queue.
type Dispatcher interface {
	// Post runs f on the UI thread, later and in order. It never waits.
	Post(f func())
}

// Queue is the Dispatcher of tests and of programs without a window: what is
// posted waits until Drain runs it on the caller's goroutine.
type Queue struct {
	mu      sync.Mutex
	waiting []func()
}

var _ Dispatcher = (*Queue)(nil)

// Post puts f at the end of the queue.
func (q *Queue) Post(f func()) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.waiting = append(q.waiting, f)
}

// Drain runs what waits, and what that posts in turn. It reports how many ran.
func (q *Queue) Drain() int {
	ran := 0
	for {
		q.mu.Lock()
		batch := q.waiting
		q.waiting = nil
		q.mu.Unlock()
		if len(batch) == 0 {
			return ran
		}
		for _, f := range batch {
			f()
			ran++
		}
	}
}
