package vault_test

import (
	"database/sql"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"solidaren/diagnostics/vault"
)

// record is about what one diagnostic writes: 2 KB, an indexed row, words.
func record(r *rand.Rand) (body, name, words string) {
	letters := make([]byte, 1900)
	for i := range letters {
		letters[i] = "abcdefghijklmnopqrstuvwxyz     "[r.IntN(31)]
	}
	return string(letters), fmt.Sprintf("nom %d", r.IntN(5000)), string(letters[:120])
}

type benched struct {
	options vault.DBOptions
	db      *sql.DB
}

func must1[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// load makes a database of n records in transactions of 1,000.
func load(b *testing.B, o vault.DBOptions, n int) benched {
	b.Helper()
	o.Create = o.Key != nil
	db := must1(vault.OpenDB(b.Context(), o))
	run(b, db, "CREATE TABLE records (id INTEGER PRIMARY KEY, name TEXT, body TEXT)")
	run(b, db, "CREATE INDEX records_by_name ON records (name)")
	run(b, db, "CREATE VIRTUAL TABLE found USING fts5 (words, prefix = '2 3', content = '', contentless_delete = 1)")
	r := rand.New(rand.NewPCG(1, 1))
	for done := 0; done < n; done += 1000 {
		tx := must1(db.BeginTx(b.Context(), nil))
		for range min(1000, n-done) {
			save(b, tx, r)
		}
		must(b, tx.Commit())
	}
	o.Create = false
	return benched{o, db}
}

func save(b *testing.B, tx *sql.Tx, r *rand.Rand) {
	body, name, words := record(r)
	_, err := tx.ExecContext(b.Context(), "INSERT INTO records (name, body) VALUES (?, ?)", name, body)
	must(b, err)
	_, err = tx.ExecContext(b.Context(), "INSERT INTO found (rowid, words) VALUES (last_insert_rowid(), ?)", words)
	must(b, err)
}

func (d benched) commit(b *testing.B, r *rand.Rand, _ int) {
	tx := must1(d.db.BeginTx(b.Context(), nil))
	save(b, tx, r)
	must(b, tx.Commit())
}

func (d benched) point(b *testing.B, r *rand.Rand, n int) {
	var body string
	for range 20 {
		must(b, d.db.QueryRowContext(b.Context(), "SELECT body FROM records WHERE id = ?", 1+r.IntN(n)).Scan(&body))
	}
}

func (d benched) search(b *testing.B, r *rand.Rand, _ int) {
	for range 5 {
		rows := must1(d.db.QueryContext(b.Context(), "SELECT rowid FROM found WHERE found MATCH ? LIMIT 20",
			string([]byte{byte('a' + r.IntN(26)), byte('a' + r.IntN(26)), '*'})))
		for rows.Next() {
		}
		must(b, rows.Err())
		must(b, rows.Close()) //nolint:sqlclosecheck // a defer would wait for the end of the loop
	}
}

func (d benched) scan(b *testing.B, _ *rand.Rand, n int) {
	var count, length int
	must(b, d.db.QueryRowContext(b.Context(), "SELECT count(*), sum(length(body)) FROM records").Scan(&count, &length))
	if count < n {
		b.Fatalf("%d rows of %d", count, n)
	}
}

// opened closes and opens, and asks one question.
func (d *benched) opened(b *testing.B, r *rand.Rand, n int) {
	must(b, d.db.Close())
	d.db = must1(vault.OpenDB(b.Context(), d.options))
	d.point(b, r, n)
}

// pair runs the same on both in turn, and reports the ratio of the medians.
func pair(b *testing.B, name string, sealed, plain func(*rand.Rand)) {
	b.Run(name, func(b *testing.B) {
		times := [2][]time.Duration{}
		for i := 0; b.Loop(); i++ {
			for turn := range 2 {
				which := (i + turn) % 2 // the one that comes second finds warm caches
				f := []func(*rand.Rand){sealed, plain}[which]
				r := rand.New(rand.NewPCG(uint64(i), 7))
				start := time.Now()
				f(r)
				times[which] = append(times[which], time.Since(start))
			}
		}
		median := func(which int) float64 {
			slices.Sort(times[which])
			return float64(times[which][len(times[which])/2])
		}
		b.ReportMetric(median(0)/median(1), "sealed/plain")
		b.ReportMetric(median(0)/1000, "µs-sealed")
	})
}

// BenchmarkSealed compares the sealed database with a plain one, opened by the
// same function, in one run.
func BenchmarkSealed(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			plainOptions := vault.DBOptions{Path: filepath.Join(b.TempDir(), "plain.db"), Exclusive: true}
			start := time.Now()
			plain := load(b, plainOptions, n)
			middle := time.Now()
			sealed := load(b, sealedOptions(b), n)
			ratio := float64(time.Since(middle)) / float64(middle.Sub(start))
			b.Run("load", func(b *testing.B) {
				b.ReportMetric(ratio, "sealed/plain")
				b.ReportMetric(0, "ns/op")
			})
			defer func() { must(b, sealed.db.Close()); must(b, plain.db.Close()) }()
			for name, f := range map[string]func(benched, *testing.B, *rand.Rand, int){
				"commit": benched.commit, "point": benched.point, "search": benched.search, "scan": benched.scan,
			} {
				pair(b, name, func(r *rand.Rand) { f(sealed, b, r, n) }, func(r *rand.Rand) { f(plain, b, r, n) })
			}
			pair(b, "open", func(r *rand.Rand) { sealed.opened(b, r, n) }, func(r *rand.Rand) { plain.opened(b, r, n) })
		})
	}
}
