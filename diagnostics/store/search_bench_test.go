package store_test

import (
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"solidaren/diagnostics"
	dt "solidaren/diagnostics/diagnosticstest"
	"solidaren/diagnostics/likeness"
	"solidaren/diagnostics/likeness/likenesstest"
	"solidaren/diagnostics/store"
	"solidaren/diagnostics/vault"
	"solidaren/sync/wire"
)

const benchPeople = 100_000

// naive is what a first attempt would be: the names in a table of FTS5, each
// word typed as a prefix, ordered by rank.
type naive struct {
	prefix, exact func(testing.TB, string)
}

func newNaive(b testing.TB, people []likenesstest.Person) naive {
	b.Helper()
	db, err := vault.OpenDB(b.Context(), vault.DBOptions{Path: filepath.Join(b.TempDir(), "naive.db"), Exclusive: true})
	must(b, err)
	b.Cleanup(func() { db.Close() })
	_, err = db.ExecContext(b.Context(), "CREATE VIRTUAL TABLE naive USING fts5 (names, prefix = '2 3')")
	must(b, err)
	tx, err := db.BeginTx(b.Context(), nil)
	must(b, err)
	insert, err := tx.PrepareContext(b.Context(), "INSERT INTO naive (names) VALUES (?)")
	must(b, err)
	defer func() { _ = insert.Close() }()
	for _, p := range people {
		_, err := insert.ExecContext(b.Context(), strings.Join(likeness.Fold(p.Handle+" "+p.Names), " "))
		must(b, err)
	}
	must(b, tx.Commit())
	search, err := db.PrepareContext(b.Context(), "SELECT rowid FROM naive WHERE naive MATCH ? ORDER BY rank LIMIT 20")
	must(b, err)
	ask := func(star string) func(testing.TB, string) {
		return func(b testing.TB, text string) {
			words := likeness.Fold(text)
			if len(words) == 0 {
				return
			}
			rows, err := search.QueryContext(b.Context(), `"`+strings.Join(words, `"`+star+` "`)+`"`+star)
			must(b, err)
			defer rows.Close()
			for rows.Next() {
			}
			must(b, rows.Err())
		}
	}
	return naive{ask("*"), ask("")}
}

var (
	benchOnce  sync.Once
	benchTown  *town
	benchNaive naive
)

// bigTown is made once for all benchmarks; its notebook is closed with the
// first of them that ends, so they are run as one.
func bigTown(b *testing.B) (*town, naive) {
	b.Helper()
	benchOnce.Do(func() { benchTown = newTown(b, 1, benchPeople); benchNaive = newNaive(b, benchTown.people) })
	return benchTown, benchNaive
}

// BenchmarkSearch is the search of persons against FTS5 on the same machine, the
// same people and the same text, in turn: while names are typed letter by
// letter, from the third on, half of them with a mistake (PERF D2); at the third
// letter alone; and whole misspelt names against an exact lookup of the same
// words. x_… are the ratios; recall5 tells how often the misspelt person is
// among the first five.
func BenchmarkSearch(b *testing.B) {
	s, n := bigTown(b)
	r := rand.New(rand.NewPCG(11, 1))
	var typing, third, whole []string
	for range 400 {
		p := s.people[r.IntN(len(s.people))]
		text := p.Names
		if wrong, ok := likenesstest.Misspell(r, p, false, likenesstest.Kinds()[r.IntN(4)]); ok && r.IntN(2) == 0 {
			text = wrong
		}
		letters := []rune(text)
		for end := 3; end <= len(letters); end++ {
			typing = append(typing, string(letters[:end]))
		}
		third = append(third, string(letters[:3]))
	}
	for len(whole) < 2000 {
		p := s.people[r.IntN(len(s.people))]
		if wrong, ok := likenesstest.Misspell(r, p, r.IntN(2) == 0, likenesstest.Kinds()[r.IntN(10)]); ok {
			whole = append(whole, wrong)
		}
	}
	recall, _, _ := s.recall(b, 7, 2000)
	b.ResetTimer()
	for b.Loop() {
		ours, theirs := race(b, s, typing, n.prefix)
		report(b, "typing", ours, theirs)
		ours, theirs = race(b, s, third, n.prefix)
		report(b, "third_letter", ours, theirs)
		ours, theirs = race(b, s, whole, n.exact)
		report(b, "misspelt_vs_exact", ours, theirs)
	}
	b.ReportMetric(recall, "recall5")
}

// race searches each text with both, in turn.
func race(b *testing.B, s *town, texts []string, other func(testing.TB, string)) (ours, theirs []time.Duration) {
	for _, text := range texts {
		start := time.Now()
		_, err := s.Persons(b.Context(), store.PersonFilter{Text: text, Limit: 20})
		must(b, err)
		middle := time.Now()
		other(b, text)
		ours, theirs = append(ours, middle.Sub(start)), append(theirs, time.Since(middle))
	}
	slices.Sort(ours)
	slices.Sort(theirs)
	return ours, theirs
}

// BenchmarkFarPage reads a page of the list of persons far down, as when the
// scroll bar is dragged there, and counts them, against the first page.
func BenchmarkFarPage(b *testing.B) {
	s, _ := bigTown(b)
	median := func(read func() error) float64 {
		var took []time.Duration
		for range 9 {
			start := time.Now()
			must(b, read())
			took = append(took, time.Since(start))
		}
		slices.Sort(took)
		return took[len(took)/2].Seconds()
	}
	page := func(skip int) func() error {
		return func() error {
			rows, err := s.Persons(b.Context(), store.PersonFilter{Skip: skip, Limit: 200})
			if err == nil && len(rows) != 200 {
				b.Errorf("%d rows", len(rows))
			}
			return err
		}
	}
	for b.Loop() {
		first := median(page(0))
		far := median(page(benchPeople * 9 / 10))
		count := median(func() error {
			_, err := s.CountPersons(b.Context(), store.PersonFilter{})
			return err
		})
		b.ReportMetric(far/first, "x_far/first")
		b.ReportMetric(count/first, "x_count/first")
		b.ReportMetric(1000*far, "far_ms")
	}
}

func report(b *testing.B, what string, ours, theirs []time.Duration) {
	at := func(d []time.Duration, share float64) float64 {
		return float64(d[int(share*float64(len(d)-1))].Microseconds())
	}
	for name, share := range map[string]float64{"p50": 0.5, "p99": 0.99} {
		b.ReportMetric(at(ours, share), name+"_µs/"+what)
		b.ReportMetric(at(ours, share)/at(theirs, share), "x_"+name+"/"+what)
	}
}

// BenchmarkFarFinished is BenchmarkFarPage for the list of what was recorded.
func BenchmarkFarFinished(b *testing.B) {
	const diagnosed, page = 40_000, 2000
	s := newTown(b, 1, 2000)
	for from := 0; from < diagnosed; from += page {
		var records []wire.Record
		for i := range page {
			records = append(records, wire.Record{ID: diagnostics.NewID(), Ver: 1, Type: diagnostics.TypeDiagnostic, Fields: state(map[string]string{
				"form_id": "maraude", "at": diagnostics.FormatTime(dt.Noon.Add(-time.Duration(from+i) * time.Minute)), "person": s.ids[(from+i)%len(s.ids)],
			})})
		}
		_, err := s.ApplyReply(b.Context(), wire.SyncReply{Changes: map[string][]wire.Record{"nord": records}, Cursors: map[string]int64{"nord": int64(1_000_000 + from)}})
		must(b, err)
	}
	var first, far time.Duration
	for b.Loop() {
		for _, one := range []struct {
			skip int
			took *time.Duration
		}{{0, &first}, {diagnosed * 9 / 10, &far}} {
			begin := time.Now()
			rows, err := s.Finished(b.Context(), store.FinishedFilter{Skip: one.skip, Limit: 200})
			must(b, err)
			if len(rows) != 200 {
				b.Fatalf("%d rows", len(rows))
			}
			*one.took += time.Since(begin)
		}
	}
	b.ReportMetric(float64(far)/float64(first), "x_far/first")
}
