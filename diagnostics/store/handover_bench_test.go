package store_test

import (
	"testing"
	"time"

	"solidaren/diagnostics"
	dt "solidaren/diagnostics/diagnosticstest"
)

// BenchmarkCounted reads what was written with a form, of 100 and of 2,000
// diagnostics: x_each is what one record takes of many, against one of few.
func BenchmarkCounted(b *testing.B) {
	n := notebook(b)
	person := create(b, n, dt.Person(b)).ID
	read := func(times int) time.Duration {
		begin := time.Now()
		records := 0
		for range times {
			all, err := n.Counted(b.Context(), "maraude")
			must(b, err)
			records += len(all)
		}
		if records == 0 {
			b.Fatal("nothing was counted")
		}
		return time.Since(begin) / time.Duration(records)
	}
	write := func(count int) {
		var all []diagnostics.Submission
		for range count {
			all = append(all, dt.Maraude(b, person, dt.Need(b, "food")))
		}
		must(b, n.FinishAll(b.Context(), all))
	}
	write(100)
	few := read(20)
	write(1900)
	b.ResetTimer()
	var many time.Duration
	for b.Loop() {
		many += read(1)
	}
	b.ReportMetric(float64(many)/float64(b.N)/float64(few), "x_each")
}
