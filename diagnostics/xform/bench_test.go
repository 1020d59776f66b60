package xform_test

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"solidaren/diagnostics/xform"
	"solidaren/diagnostics/xlsform"
)

// entretien opens a session of the shipped interview form with n needs told.
func entretien(b *testing.B, n int) *xform.Session {
	b.Helper()
	book, err := xlsform.ReadFile("../../assets/forms/entretien.xlsx")
	if err != nil {
		b.Fatal(err)
	}
	compiled, err := xlsform.Compile(book, xlsform.CompileOptions{})
	if err != nil {
		b.Fatal(err)
	}
	form, err := xform.Parse(bytes.NewReader(compiled.XForm), xform.Options{Files: func(string) (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader("name,label\nmeal,Repas\n")), nil
	}})
	if err != nil {
		b.Fatal(err)
	}
	s := begin(b, form)
	for range n - 1 {
		play(b, s, "+/data/f_needs/e_needs")
	}
	return s
}

// BenchmarkPropagation compares what one answer costs with what evaluating the
// whole form again costs, on the shipped interview form with ten needs.
func BenchmarkPropagation(b *testing.B) {
	s := entretien(b, 10)
	ref := "/data/b_household/e_minors"
	var step, whole time.Duration
	for i := 0; b.Loop(); i++ {
		start := time.Now()
		if _, err := s.Set(ref, strconv.Itoa(i%5)); err != nil {
			b.Fatal(err)
		}
		between := time.Now()
		s.EvaluateAll()
		step, whole = step+between.Sub(start), whole+time.Since(between)
	}
	b.ReportMetric(float64(step.Nanoseconds())/float64(b.N), "ns/answer")
	b.ReportMetric(float64(whole.Nanoseconds())/float64(b.N), "ns/whole-form")
	b.ReportMetric(float64(step)/float64(whole), "answer/whole-form")
}

// household is a form with a repeat whose instances are summed and counted.
func household(b *testing.B, instances int) *xform.Session {
	b.Helper()
	s := begin(b, parse(b, document(`<n>1</n><m><age>20</age><score/></m><a/><c/><k/>`, `<bind nodeset="/data/m/age" type="int"/>
<bind nodeset="/data/m/score" calculate="../age * 2 + /data/n"/><bind nodeset="/data/a" calculate="sum(/data/m/score)"/>
<bind nodeset="/data/c" calculate="count(/data/m[age &gt;= 15])"/><bind nodeset="/data/k" calculate="count(/data/m)"/>`,
		`<input ref="/data/n"/><repeat nodeset="/data/m"><input ref="/data/m/age"/></repeat>`)))
	for range instances - 1 {
		play(b, s, "+/data/m")
	}
	return s
}

// BenchmarkInstances compares one answer in a repeat of 1,000 instances with
// one in a repeat of 100 and of 10.
func BenchmarkInstances(b *testing.B) {
	sizes := []int{10, 100, 1000}
	sessions := []*xform.Session{household(b, sizes[0]), household(b, sizes[1]), household(b, sizes[2])}
	spent := make([][]time.Duration, len(sizes))
	for i := 0; b.Loop(); i++ {
		for k, s := range sessions {
			ref := fmt.Sprintf("/data/m[%d]/age", 1+i%sizes[k])
			start := time.Now()
			if _, err := s.Set(ref, strconv.Itoa(i%90)); err != nil {
				b.Fatal(err)
			}
			spent[k] = append(spent[k], time.Since(start))
		}
	}
	b.ReportMetric(middle(spent[1])/middle(spent[0]), "100/10-instances")
	b.ReportMetric(middle(spent[2])/middle(spent[1]), "1000/100-instances")
}

// BenchmarkGrowth compares adding 999 instances with adding 99.
func BenchmarkGrowth(b *testing.B) {
	var few, many []time.Duration
	for b.Loop() {
		start := time.Now()
		household(b, 100)
		between := time.Now()
		household(b, 1000)
		few, many = append(few, between.Sub(start)), append(many, time.Since(between))
	}
	// The quickest: the longer of the two is the more often interrupted.
	b.ReportMetric(float64(slices.Min(many))/float64(slices.Min(few)), "999/99-added")
}

// BenchmarkQuestions compares one change in forms of 1,000 and 5,000 questions
// with one in a form of 200: it has the same dependents in all.
func BenchmarkQuestions(b *testing.B) {
	sizes := []int{200, 1000, 5000}
	var sessions []*xform.Session
	for _, n := range sizes {
		sessions = append(sessions, begin(b, parse(b, longForm(n))))
	}
	changes := make([][]time.Duration, len(sizes))
	for i := 0; b.Loop(); i++ {
		for k := range sizes {
			// The same questions in all; warm first, for the other forms have
			// taken the memory's caches.
			for j := range 400 {
				ref, value := "/data/q"+strconv.Itoa(j%200), strconv.Itoa(1+(i*2+j/200)%9)
				start := time.Now()
				if _, err := sessions[k].Set(ref, value); err != nil {
					b.Fatal(err)
				}
				if j >= 200 {
					changes[k] = append(changes[k], time.Since(start))
				}
			}
		}
	}
	for k := 1; k < len(sizes); k++ {
		b.ReportMetric(middle(changes[k])/middle(changes[0]), fmt.Sprintf("change-%d/200", sizes[k]))
	}
}

// middle is the median: on a machine that does other things, too, a mean tells
// of those.
func middle(spent []time.Duration) float64 {
	slices.Sort(spent)
	return float64(spent[len(spent)/2])
}

// longForm is a form of n questions, each relevant by the one before.
func longForm(n int) string {
	var instance, binds, body strings.Builder
	for i := range n {
		fmt.Fprintf(&instance, "<q%d>1</q%d>", i, i)
		relevant := ""
		if i > 0 {
			relevant = fmt.Sprintf(` relevant="/data/q%d != ''"`, i-1)
		}
		fmt.Fprintf(&binds, `<bind nodeset="/data/q%d" type="int"%s/>`, i, relevant)
		fmt.Fprintf(&body, `<input ref="/data/q%d"><label>Question %d</label></input>`, i, i)
	}
	return document(instance.String(), binds.String(), body.String())
}
