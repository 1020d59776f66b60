package model

import (
	"context"
	"slices"
	"strconv"

	"solidaren/diagnostics"
	"solidaren/diagnostics/store"
)

// Try is something to do in the demo. Keys is how many keys it takes.
type Try struct {
	ID   string
	Keys int
	Done bool
}

// The tries, in the order in which they are offered.
const (
	TryAsleep  = "asleep"
	TryMaraude = "maraude"
	TryDecide  = "decide"
	TryFollow  = "follow"
	TryExport  = "export"
)

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
	return &Tries{Screen: Screen{Desk: d}, Items: []Try{
		{ID: TryAsleep, Keys: 4}, {ID: TryMaraude, Keys: 40}, {ID: TryDecide, Keys: 3}, {ID: TryFollow, Keys: 4}, {ID: TryExport, Keys: 3},
	}}
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
	Run(m.scope, &m.load, m.read, func(done map[string]bool, err error) {
		if m.failed("tries", err) {
			return
		}
		for i := range m.Items {
			m.Items[i].Done = done[m.Items[i].ID]
		}
		m.changed()
	})
}

func (m *Tries) read(ctx context.Context) (map[string]bool, error) {
	begun, err := m.begun(ctx)
	if err != nil {
		return nil, err
	}
	made, err := m.Notebook.MadeSince(ctx, begun)
	if err != nil {
		return nil, err
	}
	done := map[string]bool{}
	for _, what := range made {
		switch {
		case what.Type == diagnostics.TypeEncounter && what.Contact == "asleep":
			done[TryAsleep] = true
		case what.Type == diagnostics.TypeEncounter && what.Contact == "talk":
			done[TryMaraude] = true
		case what.Type == diagnostics.TypeResolution:
			done[TryDecide] = true
		case what.Type == diagnostics.TypeOutcome, what.Type == diagnostics.TypeFollowUp && what.Status != "" && what.Status != "todo":
			done[TryFollow] = true
		}
	}
	accesses, err := m.Notebook.Accesses(ctx, store.AccessFilter{Limit: mostAccesses})
	done[TryExport] = slices.ContainsFunc(accesses, func(a diagnostics.Access) bool { return a.Action == diagnostics.ActionExport })
	return done, err
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
