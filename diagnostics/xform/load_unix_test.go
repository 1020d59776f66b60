//go:build unix

package xform_test

import (
	"fmt"
	"syscall"
	"testing"
)

// BenchmarkLoad compares opening forms of 1,000 and 5,000 questions with one of
// 200, per question and by the processor's time: on a machine that does other
// things, too, a long load is interrupted more often than a short one.
func BenchmarkLoad(b *testing.B) {
	sizes := []int{200, 1000, 5000}
	var sources []string
	for _, n := range sizes {
		sources = append(sources, longForm(n))
	}
	spent := make([]int64, len(sizes))
	for b.Loop() {
		for k, n := range sizes {
			start := processorTime(b)
			for range sizes[len(sizes)-1] / n {
				begin(b, parse(b, sources[k]))
			}
			spent[k] += processorTime(b) - start
		}
	}
	for k := 1; k < len(sizes); k++ {
		b.ReportMetric(float64(spent[k])/float64(spent[0]), fmt.Sprintf("question-of-%d/200", sizes[k]))
	}
}

func processorTime(b *testing.B) int64 {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return u.Utime.Nano() + u.Stime.Nano()
}
