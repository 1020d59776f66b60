package store_test

import (
	"testing"
	"time"

	dt "solidaren/diagnostics/diagnosticstest"
	"solidaren/diagnostics/store"
)

// BenchmarkDue looks in a notebook of 20,000 persons, whose last contacts lie
// over two years, for the files whose time is over within two months, as every
// opening does. x_list is how much longer it takes for a file than a page of the
// list of persons for a person.
func BenchmarkDue(b *testing.B) {
	s := newTown(b, 1, 20_000)
	soon := dt.Noon.AddDate(0, 0, 60)
	due, list := time.Duration(0), time.Duration(0)
	files := 0
	for b.Loop() {
		start := time.Now()
		found, err := s.Due(b.Context(), soon)
		must(b, err)
		middle := time.Now()
		page, err := s.Persons(b.Context(), store.PersonFilter{Limit: 200})
		must(b, err)
		due, list = due+middle.Sub(start)/time.Duration(len(found)), list+time.Since(middle)/time.Duration(len(page))
		files = len(found)
	}
	b.ReportMetric(float64(files), "files")
	b.ReportMetric(float64(due)/float64(list), "x_list")
	b.ReportMetric(float64(due.Microseconds())/float64(b.N), "µs/file")
}
