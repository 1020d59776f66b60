package store_test

import (
	"testing"
	"time"

	"solidaren/diagnostics"
	"solidaren/diagnostics/store"
)

// Once a week the notebook is checked whole; a check that found damage is due
// again at once.
func TestWeeklyCheck(t *testing.T) {
	n, now := clocked(t)
	due := func(want bool) {
		t.Helper()
		got, err := n.CheckDue(t.Context())
		must(t, err)
		if got != want {
			t.Errorf("on %s: due %v", now.Format(time.DateOnly), got)
		}
	}
	due(false)
	*now = now.Add(6 * 24 * time.Hour)
	due(false)
	*now = now.Add(24 * time.Hour)
	due(true)
	var steps int
	must(t, n.Check(t.Context(), func(done, total int64) { steps++ }))
	if steps == 0 {
		t.Error("no progress is told")
	}
	due(false)
}

func TestCheckFindsAnAlteredLog(t *testing.T) {
	v, _ := written(t, 700)
	tampering{sql: "UPDATE ops SET body = replace(body, 'nord', 'sud') WHERE n = 3"}.apply(t, v)
	n, err := store.Open(t.Context(), v, store.Options{})
	must(t, err)
	defer func() { must(t, n.Close()) }()
	wantCode(t, n.Check(t.Context(), nil), diagnostics.CodeCorrupt)
	must(t, n.SetSettings(t.Context(), map[string]string{"store.checked": "1"}))
	if due, err := n.CheckDue(t.Context()); err != nil || !due {
		t.Errorf("due %v, %v", due, err)
	}
}
