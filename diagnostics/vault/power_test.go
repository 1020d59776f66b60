package vault_test

import (
	"bytes"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"solidaren/diagnostics/vault"
)

// rounds is how often a test is repeated: few times in the ordinary run, many
// in `make torture`.
func rounds(few, many int) int {
	if os.Getenv("SOLIDAREN_TORTURE") != "" {
		return many
	}
	return few
}

// disk is what a power cut leaves: what was flushed, and some of what was not.
type disk struct {
	durable map[string][]byte
	pending map[string][]vault.Event
}

func newDisk(before map[string][]byte) *disk {
	d := &disk{map[string][]byte{}, map[string][]vault.Event{}}
	for name, content := range before {
		d.durable[name] = bytes.Clone(content)
	}
	return d
}

func grown(content []byte, size int64) []byte {
	if missing := size - int64(len(content)); missing > 0 {
		content = append(content, make([]byte, missing)...)
	}
	return content
}

// apply does one event, of a write only what keep says of its bytes, if not nil.
func apply(content []byte, e vault.Event, keep func(at int64) bool) []byte {
	if e.Kind == "truncate" {
		return grown(content, e.Off)[:e.Off]
	}
	if keep == nil {
		content = grown(content, e.Off+int64(len(e.Data)))
		copy(content[e.Off:], e.Data)
		return content
	}
	for i, b := range e.Data {
		if at := e.Off + int64(i); keep(at) {
			content = grown(content, at+1)
			content[at] = b
		}
	}
	return content
}

// clone is the same disk, to be cut: the bytes are copied, the events are not.
func (d *disk) clone() *disk {
	c := newDisk(d.durable)
	for name, events := range d.pending {
		c.pending[name] = slices.Clone(events)
	}
	return c
}

func (d *disk) event(e vault.Event) {
	if e.Kind != "sync" {
		d.pending[e.File] = append(d.pending[e.File], e)
		return
	}
	for _, p := range d.pending[e.File] {
		d.durable[e.File] = apply(d.durable[e.File], p, nil)
	}
	delete(d.pending, e.File)
}

// cut loses what was not flushed: of each write sector by sector, the whole of
// it or nothing, or everything but the end of the last one.
func (d *disk) cut(r *rand.Rand) {
	mode, chance := r.IntN(3), r.Float64()
	for name, events := range d.pending {
		for i, e := range events {
			whole := r.Float64() < chance
			sectors := map[int64]bool{}
			end := e.Off + int64(r.IntN(len(e.Data)+1))
			keep := func(at int64) bool {
				switch mode {
				case 0:
					if _, ok := sectors[at/512]; !ok {
						sectors[at/512] = r.Float64() < chance
					}
					return sectors[at/512]
				case 1:
					return whole
				default:
					return i < len(events)-1 || at < end
				}
			}
			if e.Kind == "truncate" && mode < 2 && !whole {
				continue
			}
			d.durable[name] = apply(d.durable[name], e, keep)
		}
	}
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
func recordSaving(t *testing.T, synchronous string, commits int) (o vault.DBOptions, before map[string][]byte, trace vault.Trace) {
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
	trace = vault.Record(func(mark func(string, int)) { saving(t, db, commits, mark) })
	must(t, db.Close())
	return o, before, trace
}

// afterCut opens what a cut left, and tells what is wrong with it: "" nothing,
// "lost" a commit that was said to be safe, else what is damaged.
func afterCut(t *testing.T, o vault.DBOptions, d *disk, safe int) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range d.durable {
		must(t, os.WriteFile(filepath.Join(dir, filepath.Base(name)), content, 0o600))
	}
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
func cuts(t *testing.T, count int, o vault.DBOptions, before map[string][]byte, trace vault.Trace) map[string]int {
	t.Helper()
	seed := rand.Uint64()
	r := rand.New(rand.NewPCG(seed, 1))
	moments := make([]int, count)
	for i := range moments {
		moments[i] = r.IntN(len(trace) + 1)
	}
	slices.Sort(moments)
	wrong := map[string]int{}
	running, safe, at := newDisk(before), 0, 0
	for _, moment := range moments {
		for ; at < moment; at++ {
			if e := trace[at]; e.Kind == "safe" {
				safe = e.Mark
			} else {
				running.event(e)
			}
		}
		d := running.clone()
		d.cut(r)
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
