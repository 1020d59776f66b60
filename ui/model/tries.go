package model

import (
	"context"
	"strconv"
)

// Try is something to do in the demo. Keys is how many keys it takes, without the
// words that are typed, and Used how many it took, 0 if they were not counted.
type Try struct {
	ID         string
	Keys, Used int
	Done       bool
}

// The tries, in the order in which they are offered.
const (
	TryAsleep  = "asleep"
	TryMaraude = "maraude"
	TryDecide  = "decide"
	TryFollow  = "follow"
	TryExport  = "export"
)

// budgets are how many keys the tries take (UX.md §1).
var budgets = map[string]int{TryAsleep: 4, TryMaraude: 40, TryDecide: 3, TryFollow: 4, TryExport: 4}

// tried is what was done, and with how many keys.
type tried struct {
	done map[string]bool
	used map[string]int
}

// Tries are what the demo proposes to do. Each looks by itself whether it was
// done.
type Tries struct {
	Screen
	Items []Try

	load Command
}

// mostAccesses is how far back an export is looked for in the access log.
const mostAccesses = 200

// settingTries keeps the number of the last operation before the first try.
const settingTries = "demo.tries"

// NewTries makes the list.
func NewTries(d *Desk) *Tries {
	m := &Tries{Screen: Screen{Desk: d}}
	for _, id := range []string{TryAsleep, TryMaraude, TryDecide, TryFollow, TryExport} {
		m.Items = append(m.Items, Try{ID: id, Keys: budgets[id]})
	}
	return m
}

// Done counts the tries that were done.
func (m *Tries) Done() (n int) {
	for _, t := range m.Items {
		if t.Done {
			n++
		}
	}
	return n
}

// Load looks at what was done since the demo was first looked at.
func (m *Tries) Load() {
	Run(m.scope, &m.load, m.read, func(t tried, err error) {
		if m.failed("tries", err) {
			return
		}
		for i := range m.Items {
			m.Items[i].Done, m.Items[i].Used = t.done[m.Items[i].ID], t.used[m.Items[i].ID]
		}
		m.changed()
	})
}

func (m *Tries) read(ctx context.Context) (tried, error) {
	begun, err := m.begun(ctx)
	if err != nil {
		return tried{}, err
	}
	t := tried{used: map[string]int{}}
	if t.done, err = m.doneSince(ctx, begun, 0); err != nil {
		return t, err
	}
	for id := range t.done {
		kept, err := m.Notebook.Setting(ctx, settingTryKeys+id)
		if err != nil {
			return t, err
		}
		t.used[id], _ = strconv.Atoi(kept) // none: it was done on another way
	}
	return t, nil
}

// begun gives the last operation before the first try.
func (m *Tries) begun(ctx context.Context) (int64, error) {
	kept, err := m.Notebook.Setting(ctx, settingTries)
	if err != nil {
		return 0, err
	}
	if n, err := strconv.ParseInt(kept, 10, 64); err == nil {
		return n, nil
	}
	last, _, err := m.Notebook.OpNumbers(ctx)
	if err != nil {
		return 0, err
	}
	return last, m.Notebook.SetSettings(ctx, map[string]string{settingTries: strconv.FormatInt(last, 10)})
}
