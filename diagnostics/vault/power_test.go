package vault_test

import (
	"bytes"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"solidaren/diagnostics/vault"
	"solidaren/diagnostics/vault/vaulttest"
)

// rounds is how often a test is repeated: few times in the ordinary run, many
// in `make torture`.
func rounds(few, many int) int {
	if os.Getenv("SOLIDAREN_TORTURE") != "" {
		return many
	}
	return few
}

// saving works on a database for a while: each commit writes a numbered row and
// what is searched for, and changes older ones. mark tells that it is safe.
func saving(t *testing.T, db *sql.DB, commits int, mark func(kind string, n int)) {
	t.Helper()
	for n := 1; n <= commits; n++ {
		tx, err := db.BeginTx(t.Context(), nil)
		must(t, err)
		words := fmt.Sprintf("gravier%d %x", n, bytes.Repeat([]byte{byte(n)}, 20+n*37%1500))
		for _, step := range []struct {
			query string
			args  []any
		}{
			{"INSERT INTO log (n, words) VALUES (?, ?)", []any{n, words}},
			{"INSERT INTO log_words (rowid, words) VALUES (?, ?)", []any{n, words}},
			{"UPDATE log SET changed = ? WHERE n <= ? AND n > ?", []any{n, n, n - 4}},
			{"UPDATE last SET n = ?", []any{n}},
		} {
			_, err := tx.ExecContext(t.Context(), step.query, step.args...)
			must(t, err)
		}
		must(t, tx.Commit())
		mark("safe", n)
		switch n % 40 {
		case 20:
			run(t, db, "DELETE FROM texts WHERE id % 7 = "+fmt.Sprint(n/40%7))
		case 30:
			run(t, db, "VACUUM")
		case 39:
			run(t, db, "PRAGMA wal_checkpoint(TRUNCATE)")
		}
	}
}

// recordSaving gives the files before the work and the trace of it.
func recordSaving(t *testing.T, synchronous string, commits int) (o vault.DBOptions, before map[string][]byte, trace vaulttest.Trace) {
	t.Helper()
	o = newSealed(t, 60)
	db := openDB(t, o)
	run(t, db, "CREATE TABLE log (n INTEGER PRIMARY KEY, words TEXT NOT NULL, changed INTEGER) STRICT")
	run(t, db, "CREATE INDEX log_changed ON log (changed)")
	run(t, db, "CREATE VIRTUAL TABLE log_words USING fts5 (words, content = '', contentless_delete = 1)")
	run(t, db, "CREATE TABLE last (n INTEGER)")
	run(t, db, "INSERT INTO last VALUES (0)")
	run(t, db, "PRAGMA wal_checkpoint(TRUNCATE)")
	run(t, db, "PRAGMA wal_autocheckpoint = 25")
	run(t, db, "PRAGMA synchronous = "+synchronous)
	before = map[string][]byte{}
	for _, suffix := range []string{"", "-wal"} {
		content, err := os.ReadFile(o.Path + suffix)
		must(t, err)
		before[o.Path+suffix] = content
	}
	trace = vaulttest.Record(func(mark func(string, int)) { saving(t, db, commits, mark) })
	must(t, db.Close())
	return o, before, trace
}

// afterCut opens what a cut left, and tells what is wrong with it: "" nothing,
// "lost" a commit that was said to be safe, else what is damaged.
func afterCut(t *testing.T, o vault.DBOptions, d *vaulttest.Disk, safe int) string {
	t.Helper()
	dir := t.TempDir()
	must(t, d.Lay(dir))
	defer os.RemoveAll(dir)
	o.Path = filepath.Join(dir, filepath.Base(o.Path))
	db, err := vault.OpenDB(t.Context(), o)
	if err != nil {
		return "does not open"
	}
	defer db.Close()
	if _, err := vault.VerifyDB(t.Context(), db, nil); err != nil {
		return "damaged"
	}
	var last, rows, found, highest, wrong int
	err = db.QueryRowContext(t.Context(), `SELECT (SELECT n FROM last), (SELECT count(*) FROM log), (SELECT coalesce(max(n), 0) FROM log),
 (SELECT count(*) FROM log_words WHERE log_words MATCH 'gravier*'), (SELECT count(*) FROM log WHERE words NOT LIKE 'gravier' || n || ' %')`).
		Scan(&last, &rows, &highest, &found, &wrong)
	switch {
	case err != nil:
		return "unreadable"
	case last != rows || last != highest || last != found || wrong > 0:
		return "half a commit"
	case last < safe:
		return "lost"
	}
	return ""
}

// cuts cuts the power at random moments of a trace and counts what was wrong.
func cuts(t *testing.T, count int, o vault.DBOptions, before map[string][]byte, trace vaulttest.Trace) map[string]int {
	t.Helper()
	seed := rand.Uint64()
	wrong := map[string]int{}
	for d, safe := range vaulttest.Cuts(rand.New(rand.NewPCG(seed, 1)), count, before, trace) {
		if what := afterCut(t, o, d, safe); what != "" {
			wrong[what]++
		}
	}
	t.Logf("%d cuts in a trace of %d events (seed %d): wrong %v", count, len(trace), seed, wrong)
	return wrong
}

// Whenever the power fails, the database opens, is whole, and has every commit
// that was said to be safe.
func TestPowerCut(t *testing.T) {
	o, before, trace := recordSaving(t, "FULL", rounds(60, 200))
	if wrong := cuts(t, rounds(80, 2000), o, before, trace); len(wrong) > 0 {
		t.Errorf("after power cuts: %v", wrong)
	}
}

// Without flushing the same cuts do damage, or the test above proves nothing.
func TestPowerCutControl(t *testing.T) {
	o, before, trace := recordSaving(t, "OFF", 60)
	wrong := cuts(t, 60, o, before, trace)
	damage := 0
	for what, n := range wrong {
		if what != "lost" {
			damage += n
		}
	}
	if damage == 0 {
		t.Errorf("no damage was found without flushing: %v", wrong)
	}
}
