package vault_test

import (
	"bytes"
	"compress/flate"
	"database/sql"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"solidaren/diagnostics/vault"
)

// canaries are what was written and must not be found in any file.
var canaries = []string{"Zéphirine Kervadec", "canarijaune", "sous le pont Malakoff"}

func inUTF16(s string, order binary.AppendByteOrder) []byte {
	var out []byte
	for _, u := range utf16.Encode([]rune(s)) {
		out = order.AppendUint16(out, u)
	}
	return out
}

// seen lists what the bytes of a file tell.
func seen(content []byte) (found []string) {
	for _, c := range canaries {
		for name, form := range map[string][]byte{"": []byte(c), " in UTF-16LE": inUTF16(c, binary.LittleEndian), " in UTF-16BE": inUTF16(c, binary.BigEndian)} {
			if bytes.Contains(content, form) {
				found = append(found, c+name)
			}
		}
	}
	if bytes.Contains(content, []byte("SQLite format 3")) {
		found = append(found, "the header of SQLite")
	}
	if len(content) < 1<<16 {
		return found // too short for statistics
	}
	if x := chiSquare(content); x > 400 { // 255 degrees of freedom: 1 in 10^8
		found = append(found, fmt.Sprintf("bytes of unequal frequency (%.0f)", x))
	}
	if r := deflated(content); r < 0.999 {
		found = append(found, fmt.Sprintf("structure: it deflates to %.3f", r))
	}
	if repeats(content) {
		found = append(found, "the same 16 bytes twice")
	}
	return found
}

func chiSquare(content []byte) (x float64) {
	var counts [256]float64
	for _, b := range content {
		counts[b]++
	}
	want := float64(len(content)) / 256
	for _, n := range counts {
		x += (n - want) * (n - want) / want
	}
	return x
}

func deflated(content []byte) float64 {
	var n counter
	w, _ := flate.NewWriter(&n, flate.BestCompression)
	_, _ = w.Write(content)
	_ = w.Close()
	return float64(n) / float64(len(content))
}

type counter int64

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}

func repeats(content []byte) bool {
	blocks := map[[16]byte]bool{}
	for ; len(content) >= 16; content = content[16:] {
		b := [16]byte(content)
		if blocks[b] {
			return true
		}
		blocks[b] = true
	}
	return false
}

// look reads every file of the folders, and every file that this process has
// open under them or deleted, and lists what they tell.
func look(t *testing.T, dirs ...string) (found []string) {
	t.Helper()
	for _, dir := range dirs {
		must(t, filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
			if err != nil || !entry.Type().IsRegular() {
				return err
			}
			content, err := os.ReadFile(path)
			for _, f := range seen(content) {
				found = append(found, filepath.Base(path)+": "+f)
			}
			return err
		}))
	}
	if runtime.GOOS != "linux" {
		return found
	}
	open, err := os.ReadDir("/proc/self/fd")
	must(t, err)
	for _, fd := range open {
		link := filepath.Join("/proc/self/fd", fd.Name())
		name, err := os.Readlink(link)
		if err != nil || !slices.ContainsFunc(dirs, func(dir string) bool { return strings.HasPrefix(name, dir) }) {
			continue
		}
		f, err := os.Open(link)
		if err != nil {
			continue
		}
		content, err := io.ReadAll(f)
		must(t, f.Close())
		must(t, err)
		for _, s := range seen(content) {
			found = append(found, filepath.Base(name)+" (open): "+s)
		}
	}
	return found
}

// busy writes canaries and does all that makes SQLite write beside the
// database; at is called while and after each.
func busy(t *testing.T, db *sql.DB, at func(when string)) {
	t.Helper()
	fill(t, db, 400)
	run(t, db, "PRAGMA cache_size = 20")
	run(t, db, "PRAGMA temp_store = FILE")
	for i := range 600 {
		c := canaries[i%len(canaries)]
		run(t, db, "INSERT INTO texts (name, words) VALUES (?, ?)", c, strings.Repeat(c+" ", 10+i%40))
		run(t, db, "INSERT INTO texts (name, words) VALUES ('x', ?)", inUTF16(c, binary.LittleEndian))
		run(t, db, "INSERT INTO found (rowid, words) VALUES (last_insert_rowid(), ?)", c)
	}
	at("after writing")
	run(t, db, "CREATE TEMP TABLE sorted AS SELECT * FROM texts ORDER BY words, name DESC")
	run(t, db, "CREATE INDEX temp.sorted_by ON sorted (words, name)")
	at("with a temporary table")
	rows, err := db.QueryContext(t.Context(), "SELECT a.words FROM texts a, texts b WHERE a.id % 40 = b.id % 40 ORDER BY a.words || b.name, b.words")
	must(t, err)
	defer func() { _ = rows.Close() }()
	if !rows.Next() {
		t.Fatal("no rows")
	}
	at("in the middle of a sort")
	must(t, rows.Close())
	must(t, rows.Err())
	tx, err := db.BeginTx(t.Context(), nil)
	must(t, err)
	for _, query := range []string{"UPDATE texts SET words = words || name", "SAVEPOINT s", "DELETE FROM texts WHERE id % 2", "ROLLBACK TO s"} {
		_, err := tx.ExecContext(t.Context(), query)
		must(t, err)
	}
	at("in the middle of a transaction")
	must(t, tx.Rollback())
	run(t, db, "VACUUM")
	at("after VACUUM")
	run(t, db, "PRAGMA wal_checkpoint(TRUNCATE)")
	at("after a checkpoint")
}

// scanned does that on a database, with a folder of its own for temporary files.
func scanned(t *testing.T, o vault.DBOptions) (found []string) {
	t.Helper()
	if testing.Short() {
		t.Skip("reads every byte many times, alone: the race detector has nothing to see in it")
	}
	temp := t.TempDir()
	t.Setenv("SQLITE_TMPDIR", temp)
	t.Setenv("TMPDIR", temp)
	o.Create = o.Key != nil
	db := openDB(t, o)
	looks := 0
	at := func(when string) {
		looks++
		for _, f := range look(t, filepath.Dir(o.Path), temp) {
			found = append(found, when+": "+f)
		}
	}
	busy(t, db, at)
	must(t, db.Close())
	at("after closing")
	if looks != 7 {
		t.Errorf("looked %d times", looks)
	}
	return found
}

// In no file, at no moment, is anything to be read of what was written.
func TestNothingIsReadable(t *testing.T) {
	for i, f := range scanned(t, sealedOptions(t)) {
		if t.Error(f); i == 20 {
			break
		}
	}
}

// The same scan finds all of it in a plain database, or it proves nothing.
func TestNothingIsReadableControl(t *testing.T) {
	found := strings.Join(scanned(t, vault.DBOptions{Path: filepath.Join(t.TempDir(), "plain.db"), Exclusive: true}), "\n")
	for _, want := range []string{canaries[0], canaries[1] + " in UTF-16LE", "the header of SQLite", "unequal frequency", "deflates", "16 bytes twice", "-wal: "} {
		if !strings.Contains(found, want) {
			t.Errorf("the scan does not find %s", want)
		}
	}
}
