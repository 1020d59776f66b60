package model_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"solidaren/diagnostics"
	"solidaren/ui/model"
)

// longList is a list of numbers in a test's hands.
type longList struct {
	model.Queue
	model.Pages[int]
	t       *testing.T
	workers sync.WaitGroup
	scope   *model.Scope
	count   int
	add     int // to every number: what was written meanwhile
	reads   int
	errors  int
	changes int
	fails   atomic.Bool
}

func newLongList(t *testing.T, count int) *longList {
	l := &longList{t: t, count: count}
	l.scope = model.NewScope(t.Context(), &l.Queue, &l.workers)
	l.begin(false)
	return l
}

func (l *longList) begin(again bool) {
	add, count := l.add, l.count
	l.Begin(l.scope, 0, again, model.Source[int]{
		Page: func(_ context.Context, after string, skip int) (func() []int, error) {
			from := 0
			if after != "" {
				_, _ = fmt.Sscan(after, &from)
				from -= add - 1
			}
			var rows []int
			for i := from + skip; i < min(from+skip+model.Page, count); i++ {
				rows = append(rows, i+add)
			}
			var err error
			if l.fails.Load() {
				err = &diagnostics.Error{Code: diagnostics.CodeInternal}
			}
			return func() []int { l.reads++; return rows }, err
		},
		Count: func(context.Context) (int, error) { return count, nil },
		Key:   func(row int) string { return fmt.Sprint(row) },
	}, func() { l.changes++ }, func(err error) bool {
		if err != nil && !errors.Is(err, context.Canceled) {
			l.errors++
		}
		return err != nil
	})
	l.settle()
}

func (l *longList) settle() {
	l.t.Helper()
	for {
		l.workers.Wait()
		if l.Drain() == 0 {
			return
		}
	}
}

// is checks that a row, once read, is the one of its place.
func (l *longList) is(i int) {
	l.t.Helper()
	l.At(i)
	l.settle()
	if got, ok := l.At(i); !ok || got != i+l.add {
		l.t.Fatalf("row %d is %d, %v", i, got, ok)
	}
}

func TestPagesGiveAnyRow(t *testing.T) {
	for _, count := range []int{0, 1, model.Page - 1, model.Page, model.Page + 1, 10*model.Page + 7, 1_000_000} {
		l := newLongList(t, count)
		if l.Len() != count {
			t.Fatalf("%d rows, want %d", l.Len(), count)
		}
		for _, i := range []int{0, count / 3, count - 1, count * 9 / 10, model.Page, count / 3, 1, model.Page - 1} {
			if i >= 0 && i < count {
				l.is(i)
			}
		}
		for _, i := range []int{-1, count, count + model.Page} {
			if _, ok := l.At(i); ok {
				t.Errorf("of %d rows there is one at %d", count, i)
			}
		}
	}
}

// Who drags from one end to the other passes thousands of pages: few are read.
func TestPagesPassedByAreNotRead(t *testing.T) {
	l := newLongList(t, 1_000_000)
	before := l.reads
	for i := 0; i < l.count; i += model.Page {
		l.At(i)
	}
	l.is(l.count - 1)
	if read := l.reads - before; read > 8 {
		t.Errorf("%d pages were read", read)
	}
}

// The rows around the place where one is stay while the list is read again.
func TestPagesAreReadAgainWhereOneIs(t *testing.T) {
	l := newLongList(t, 1_000_000)
	l.is(900_000)
	l.add, l.count = 3, 900_100
	l.begin(true)
	if got, ok := l.At(900_000); !ok || got != 900_000 {
		t.Errorf("while it is read again row 900,000 is %d, %v", got, ok)
	}
	l.is(900_000)
	l.is(900_099)
	if l.Len() != 900_100 {
		t.Errorf("%d rows", l.Len())
	}
	l.begin(false)
	if _, ok := l.At(900_000); ok {
		t.Error("another list shows a row of the one before")
	}
	l.is(900_000)
	l.count = 5
	l.begin(true)
	if _, ok := l.At(7); ok || l.Len() != 5 {
		t.Errorf("a list that became short has %d rows", l.Len())
	}
	l.Clear()
	if _, ok := l.At(0); ok || l.Len() != 0 {
		t.Errorf("an emptied list has %d rows", l.Len())
	}
}

func TestPagesTellErrors(t *testing.T) {
	l := newLongList(t, 1000)
	l.fails.Store(true)
	l.At(500)
	l.settle()
	if _, ok := l.At(500); ok || l.errors != 1 {
		t.Errorf("%d errors", l.errors)
	}
	l.fails.Store(false)
	l.settle()
	l.is(500)
}
