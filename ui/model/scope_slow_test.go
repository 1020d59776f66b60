package model

import (
	"context"
	"sync"
	"testing"
	"time"
)

// TestSlowIsTold runs what lasts until it is stopped, and what shows itself how
// far it is: of the first it is told, once, and that it ended.
func TestSlowIsTold(t *testing.T) {
	var queue Queue
	var workers sync.WaitGroup
	d := &Desk{}
	told := make(chan bool, 4)
	d.Slow = func(on bool) { told <- on }
	scope := NewScope(t.Context(), &queue, &workers)
	scope.slow = d.lasts
	var c, quiet, quick Command
	forever := func(ctx context.Context) (int, error) {
		<-ctx.Done()
		return 0, ctx.Err()
	}
	ended := false
	Run(scope, &c, forever, func(int, error) { ended = true })
	quiet.quiet = true
	Run(scope, &quiet, forever, func(int, error) {})
	Run(scope, &quick, func(context.Context) (int, error) { return 0, nil }, func(int, error) {})
	for len(told) == 0 { // the timer of the run comes through the queue
		queue.Drain()
		time.Sleep(time.Millisecond)
	}
	if !<-told || len(d.slow) != 1 {
		t.Fatalf("told of %d", len(d.slow))
	}
	d.StopSlow()
	quiet.Cancel()
	workers.Wait()
	queue.Drain()
	if !ended || len(told) != 1 || <-told {
		t.Errorf("ended %v, told %d times more", ended, len(told))
	}
}
