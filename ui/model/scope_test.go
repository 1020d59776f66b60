package model_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"solidaren/diagnostics"
	"solidaren/ui/model"
)

// bench is a scope whose workers and queue the test holds.
type bench struct {
	model.Queue
	workers sync.WaitGroup
	scope   *model.Scope
}

func newBench(t *testing.T) *bench {
	t.Helper()
	b := &bench{}
	b.scope = model.NewScope(t.Context(), &b.Queue, &b.workers)
	return b
}

// settle waits for the workers and applies what they bring.
func (b *bench) settle() {
	b.workers.Wait()
	b.Drain()
}

func TestRunDropsEarlierGenerations(t *testing.T) {
	b := newBench(t)
	var command model.Command
	var got []string
	run := func(name string, work func(context.Context) (string, error)) {
		model.Run(b.scope, &command, work, func(v string, err error) {
			got = append(got, name+":"+v)
		})
	}
	held := make(chan struct{})
	run("first", func(ctx context.Context) (string, error) { <-held; return "late", nil })
	run("second", func(ctx context.Context) (string, error) { return "now", nil })
	close(held)
	b.settle()
	if len(got) != 1 || got[0] != "second:now" {
		t.Errorf("applied %q, want only the second run", got)
	}
	if command.Running() {
		t.Error("the command still says that it runs")
	}
}

func TestRunAfterClose(t *testing.T) {
	b := newBench(t)
	var command model.Command
	applied := false
	model.Run(b.scope, &command, func(ctx context.Context) (int, error) { <-ctx.Done(); return 0, ctx.Err() },
		func(int, error) { applied = true })
	b.scope.Close()
	b.settle()
	if applied {
		t.Error("a result was applied to a closed screen")
	}
}

func TestCancelIsApplied(t *testing.T) {
	b := newBench(t)
	var command model.Command
	var got error
	model.Run(b.scope, &command, func(ctx context.Context) (int, error) { <-ctx.Done(); return 0, ctx.Err() },
		func(_ int, err error) { got = err })
	command.Cancel()
	b.settle()
	if !errors.Is(got, context.Canceled) {
		t.Errorf("got %v, want context.Canceled", got)
	}
}

func TestInterruptedWorkIsCancelled(t *testing.T) {
	b := newBench(t)
	var command model.Command
	var got error
	model.Run(b.scope, &command, func(ctx context.Context) (int, error) { <-ctx.Done(); return 0, errors.New("interrupted (9)") },
		func(_ int, err error) { got = err })
	command.Cancel()
	b.settle()
	if !errors.Is(got, context.Canceled) {
		t.Errorf("got %v, want context.Canceled", got)
	}
}

func TestPanicBecomesAnError(t *testing.T) {
	b := newBench(t)
	var command model.Command
	var got error
	model.Run(b.scope, &command, func(context.Context) (int, error) { panic("Jeanne") },
		func(_ int, err error) { got = err })
	b.settle()
	if diagnostics.Code(got) != diagnostics.CodeInternal {
		t.Fatalf("got %v, want an internal error", got)
	}
	if want := "model.Run: internal: panic of type string"; got.Error() != want {
		t.Errorf("got %q, want %q: a panic's text may hold what was typed", got, want)
	}
}

func TestAfterWaitsForARest(t *testing.T) {
	b := newBench(t)
	var command model.Command
	var mu sync.Mutex
	var searched []string
	for _, text := range []string{"c", "ch", "chien"} {
		model.After(b.scope, &command, 30*time.Millisecond, func(context.Context) (string, error) {
			mu.Lock()
			defer mu.Unlock()
			searched = append(searched, text)
			return text, nil
		}, func(string, error) {})
	}
	b.settle()
	if len(searched) != 1 || searched[0] != "chien" {
		t.Errorf("searched %q, want only what stood at the end", searched)
	}
}

func TestRunSampledEndsWithTheWork(t *testing.T) {
	b := newBench(t)
	var command model.Command
	samples, got := 0, ""
	model.RunSampled(b.scope, &command, func(context.Context) (string, error) {
		time.Sleep(3 * model.SampleInterval)
		return "done", nil
	}, func() { samples++ }, func(v string, err error) { got = v })
	b.settle()
	if got != "done" {
		t.Errorf("the end was %q", got)
	}
	if samples == 0 {
		t.Error("no progress was shown")
	}
}
