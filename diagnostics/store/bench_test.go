package store_test

import (
	"encoding/json"
	"path/filepath"
	"testing"
	"time"

	"solidaren/diagnostics"
	dt "solidaren/diagnostics/diagnosticstest"
	"solidaren/diagnostics/vault"
)

// BenchmarkFinish saves a diagnostic (a maraude with two needs: its card, its
// facts and their operations) and, in turn, the same bytes in one row of a bare
// table with the same durability. x_bare_insert is the ratio.
func BenchmarkFinish(b *testing.B) {
	n := notebook(b)
	bare, err := vault.OpenDB(b.Context(), vault.DBOptions{Path: filepath.Join(b.TempDir(), "bare.db"), Exclusive: true})
	must(b, err)
	defer bare.Close()
	_, err = bare.ExecContext(b.Context(), "CREATE TABLE t (id INTEGER PRIMARY KEY, body BLOB)")
	must(b, err)
	insert, err := bare.PrepareContext(b.Context(), "INSERT INTO t (body) VALUES (?)")
	must(b, err)
	defer insert.Close()
	var ours, theirs time.Duration
	for b.Loop() {
		b.StopTimer()
		person := dt.Person(b, func(v diagnostics.Values) { delete(v, "code") }) // the notebook gives one that is free
		followup := diagnostics.Record{
			ID: diagnostics.NewID(), Type: diagnostics.TypeFollowUp,
			Fields: diagnostics.Values{"what": "Rappeler lundi", "due_on": "2026-03-09", "status": "todo", "person": person.ID},
		}
		sub := dt.Maraude(b, person.ID, person, dt.Need(b, "food"), dt.Need(b, "rights"), followup)
		body, err := json.Marshal(sub)
		must(b, err)
		b.StartTimer()
		start := time.Now()
		must(b, n.Finish(b.Context(), "", sub))
		middle := time.Now()
		_, err = insert.ExecContext(b.Context(), body)
		must(b, err)
		ours, theirs = ours+middle.Sub(start), theirs+time.Since(middle)
	}
	b.ReportMetric(float64(ours.Microseconds())/float64(b.N), "µs/finish")
	b.ReportMetric(float64(theirs.Microseconds())/float64(b.N), "µs/bare_insert")
	b.ReportMetric(float64(ours)/float64(theirs), "x_bare_insert")
}
