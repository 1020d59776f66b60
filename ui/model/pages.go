package model

import (
	"context"
	"slices"
	"time"
)

// Source is where the rows of a long list come from. Its functions run in the
// background, but for what Page returns, which is called on the UI thread.
type Source[T any] struct {
	// Open, if set, goes before the first page.
	Open func(ctx context.Context) error
	// Page reads at most Page rows, from so many rows on behind the row with the
	// key after ("" is the beginning).
	Page func(ctx context.Context, after string, skip int) (ready func() []T, err error)
	// Count tells how many rows there are.
	Count func(ctx context.Context) (int, error)
	// Key is that of a row.
	Key func(row T) string
}

// mostPages is how many pages a list keeps.
const mostPages = 12

// mostWanted is how many pages wait to be read: who drags far passes by more
// than are worth reading.
const mostWanted = 3

// Pages is a long list of which only the pages that were looked at last are in
// memory, and one key for each page ever read, from which its neighbours are
// read. Its methods are called on the UI thread.
type Pages[T any] struct {
	length int
	kept   map[int]*kept[T]
	keys   map[int]string // of the last row of a whole page
	wanted []int          // the last is read first
	clock  int

	source      Source[T]
	scope       *Scope
	changed     func()
	failed      func(err error) bool
	generation  int // of the source
	first, more Command
	counting    Command
}

// kept is a page in memory.
type kept[T any] struct {
	rows []T
	used int
	old  bool // it was read before the list was read again
}

// Begin reads the beginning of a list, after a pause: of another one, or again
// of the same, whose rows stay until they are read again. Until then the former
// rows are there. changed hears each time that there are other rows, failed of
// an error; it tells whether there was one.
func (p *Pages[T]) Begin(s *Scope, pause time.Duration, again bool, source Source[T], changed func(), failed func(error) bool) {
	p.scope = s
	After(s, &p.first, pause, func(ctx context.Context) (func() []T, error) {
		if source.Open != nil {
			if err := source.Open(ctx); err != nil {
				return nil, err
			}
		}
		return source.Page(ctx, "", 0)
	}, func(ready func() []T, err error) {
		if failed(err) {
			return
		}
		p.source, p.changed, p.failed = source, changed, failed
		p.restart(ready(), again)
		p.changed()
	})
}

// restart puts the first page of a list.
func (p *Pages[T]) restart(rows []T, again bool) {
	p.generation++
	p.more.Cancel()
	p.wanted, p.keys = nil, map[int]string{}
	whole := len(rows) == Page
	if !again || !whole || p.kept == nil {
		p.kept, p.length = map[int]*kept[T]{}, 0
	}
	for _, page := range p.kept {
		page.old = true
	}
	p.length = max(p.length, len(rows))
	p.put(0, rows)
	if whole {
		p.count()
	}
}

// count finds out how many rows there are.
func (p *Pages[T]) count() {
	generation := p.generation
	Run(p.scope, &p.counting, p.source.Count, func(count int, err error) {
		if p.failed(err) || generation != p.generation {
			return
		}
		p.length = count
		p.changed()
	})
}

// Clear forgets all rows.
func (p *Pages[T]) Clear() {
	p.generation++
	p.kept, p.keys, p.wanted, p.length = nil, nil, nil, 0
}

// Len is how many rows the list has, as far as it is known.
func (p *Pages[T]) Len() int { return p.length }

// At gives a row if it is in memory. Otherwise it is read, and changed hears of
// it.
func (p *Pages[T]) At(i int) (row T, ok bool) {
	if i < 0 || i >= p.length {
		return row, false
	}
	number, at := i/Page, i%Page
	page := p.kept[number]
	if page == nil || page.old {
		p.want(number, true)
	}
	switch { // the neighbour, before one comes to it
	case at < Page/4:
		p.want(number-1, false)
	case at >= Page-Page/4:
		p.want(number+1, false)
	}
	if page == nil || at >= len(page.rows) {
		return row, false
	}
	p.clock++
	page.used = p.clock
	return page.rows[at], true
}

// want has a page read: next, or when there is nothing else to read.
func (p *Pages[T]) want(number int, next bool) {
	if page := p.kept[number]; number < 0 || number*Page >= p.length || page != nil && !page.old {
		return
	}
	known := slices.Index(p.wanted, number)
	switch {
	case known >= 0 && !next:
		return
	case known >= 0:
		p.wanted = slices.Delete(p.wanted, known, known+1)
	}
	if next {
		p.wanted = append(p.wanted, number)
	} else {
		p.wanted = slices.Insert(p.wanted, 0, number)
	}
	p.wanted = p.wanted[max(len(p.wanted)-mostWanted, 0):]
	if !p.more.Running() {
		p.readNext()
	}
}

// readNext reads what is wanted most.
func (p *Pages[T]) readNext() {
	last := len(p.wanted) - 1
	if last < 0 {
		return
	}
	number := p.wanted[last]
	after, skip := p.from(number)
	generation, source := p.generation, p.source
	Run(p.scope, &p.more, func(ctx context.Context) (func() []T, error) { return source.Page(ctx, after, skip) },
		func(ready func() []T, err error) {
			if generation != p.generation {
				p.readNext()
				return
			}
			p.wanted = slices.DeleteFunc(p.wanted, func(n int) bool { return n == number })
			if p.failed(err) {
				return
			}
			p.put(number, ready())
			p.changed()
			if !p.more.Running() {
				p.readNext()
			}
		})
}

// from is where a page begins: so many rows behind the nearest row before it
// whose key is known.
func (p *Pages[T]) from(number int) (after string, skip int) {
	for before := number - 1; before >= 0; before-- {
		if key, ok := p.keys[before]; ok {
			return key, (number - 1 - before) * Page
		}
	}
	return "", number * Page
}

// put keeps a page, and no more than mostPages of them.
func (p *Pages[T]) put(number int, rows []T) {
	p.clock++
	p.kept[number] = &kept[T]{rows: rows, used: p.clock}
	if len(rows) == Page {
		p.keys[number] = p.source.Key(rows[Page-1])
	}
	for len(p.kept) > mostPages {
		oldest := -1
		for n, page := range p.kept {
			if oldest < 0 || page.used < p.kept[oldest].used {
				oldest = n
			}
		}
		delete(p.kept, oldest)
	}
}
