package vault_test

import (
	"bytes"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"solidaren/diagnostics"
	"solidaren/diagnostics/vault"
)

// sealedOptions are those of a database of its own in a folder of the test.
func sealedOptions(t testing.TB) vault.DBOptions {
	t.Helper()
	return vault.DBOptions{
		Path: filepath.Join(t.TempDir(), "sealed.db"), Exclusive: true,
		Key: bytes.Repeat([]byte{7}, 32), FileID: "test",
	}
}

// newSealed makes a sealed database with rows in it, and closes it.
func newSealed(t testing.TB, rows int) vault.DBOptions {
	t.Helper()
	o := sealedOptions(t)
	made := o
	made.Create = true
	db, err := vault.OpenDB(t.Context(), made)
	must(t, err)
	fill(t, db, rows)
	must(t, db.Close())
	return o
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func run(t testing.TB, db *sql.DB, query string, args ...any) {
	t.Helper()
	if _, err := db.ExecContext(t.Context(), query, args...); err != nil {
		t.Fatalf("%.60s: %v", query, err)
	}
}

// fill makes a table of texts, an index and a search, with so many rows.
func fill(t testing.TB, db *sql.DB, rows int) {
	t.Helper()
	run(t, db, "CREATE TABLE IF NOT EXISTS texts (id INTEGER PRIMARY KEY, name TEXT, words TEXT)")
	run(t, db, "CREATE INDEX IF NOT EXISTS texts_by_name ON texts (name)")
	run(t, db, "CREATE VIRTUAL TABLE IF NOT EXISTS found USING fts5 (words, content = '', contentless_delete = 1)")
	tx, err := db.BeginTx(t.Context(), nil)
	must(t, err)
	for i := range rows {
		words := fmt.Sprintf("canal lanterne %d %s", i, strings.Repeat("gravier ", i%60))
		_, err := tx.ExecContext(t.Context(), "INSERT INTO texts (name, words) VALUES (?, ?)", fmt.Sprintf("nom %d", i), words)
		must(t, err)
		_, err = tx.ExecContext(t.Context(), "INSERT INTO found (rowid, words) VALUES (last_insert_rowid(), ?)", words)
		must(t, err)
	}
	must(t, tx.Commit())
}

func wantCorrupt(t *testing.T, err error, says string) {
	t.Helper()
	if diagnostics.Code(err) != diagnostics.CodeCorrupt {
		t.Fatalf("error %v, want corrupt", err)
	}
	if s := diagnostics.Sentence(err, "fr"); !strings.Contains(s, says) {
		t.Errorf("sentence %q, want %q", s, says)
	}
}

const saysChanged = "modifié hors de l'application"

func TestSealedDatabase(t *testing.T) {
	o := newSealed(t, 300)
	db := openDB(t, o)
	for name, want := range map[string]string{"journal_mode": "wal", "locking_mode": "exclusive", "synchronous": "2", "temp_store": "2", "page_size": "4096"} {
		if got := query(t, db, "PRAGMA "+name); got != want {
			t.Errorf("%s is %s, want %s", name, got, want)
		}
	}
	if got := query(t, db, "SELECT count(*) FROM found WHERE found MATCH 'lanterne'"); got != "300" {
		t.Errorf("%s rows found, want 300", got)
	}
	run(t, db, "DELETE FROM texts WHERE id % 3 = 0")
	run(t, db, "VACUUM")
	run(t, db, "CREATE TEMP TABLE t AS SELECT * FROM texts ORDER BY words")
	run(t, db, "SAVEPOINT s")
	run(t, db, "UPDATE texts SET words = 'x'")
	run(t, db, "ROLLBACK TO s")
	run(t, db, "RELEASE s")
	report, err := vault.VerifyDB(t.Context(), db, nil)
	must(t, err)
	if report.Pages < 10 || report.Tables < 3 {
		t.Errorf("verified %+v", report)
	}
	must(t, db.Close())
	entries, err := os.ReadDir(filepath.Dir(o.Path))
	must(t, err)
	if len(entries) != 1 {
		t.Errorf("closing left %v", entries)
	}
	info, err := os.Stat(o.Path)
	must(t, err)
	if info.Size()%4136 != 0 || info.Mode().Perm() != 0o600 {
		t.Errorf("%d bytes, mode %o", info.Size(), info.Mode().Perm())
	}
	if got := query(t, openDB(t, o), "SELECT count(*) FROM texts"); got != "200" {
		t.Errorf("%s rows, want 200", got)
	}
}

// A sealed database is made where that is asked for, and nowhere else.
func TestSealedIsMadeOnce(t *testing.T) {
	o := sealedOptions(t)
	_, err := vault.OpenDB(t.Context(), o)
	wantCorrupt(t, err, "manque")
	if _, err := os.Stat(o.Path); err == nil {
		t.Error("a missing database was made")
	}
	for _, size := range []int{0, 1, 4135} {
		must(t, os.WriteFile(o.Path, make([]byte, size), 0o600))
		_, err = vault.OpenDB(t.Context(), o)
		wantCorrupt(t, err, "abîmé")
	}
	for name, bad := range map[string]func(*vault.DBOptions){
		"a short key": func(o *vault.DBOptions) { o.Key = o.Key[:16] },
		"no id":       func(o *vault.DBOptions) { o.FileID = "" },
	} {
		o := sealedOptions(t)
		o.Create = true
		bad(&o)
		if _, err := vault.OpenDB(t.Context(), o); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

// crashed copies a database as a crash leaves it: the log is not in the main
// file yet.
func crashed(t *testing.T, rows int) vault.DBOptions {
	t.Helper()
	o := newSealed(t, rows)
	db := openDB(t, o)
	run(t, db, "UPDATE texts SET words = 'après' WHERE id = 1")
	to := o
	to.Path = filepath.Join(t.TempDir(), "sealed.db")
	for _, suffix := range []string{"", "-wal"} {
		content, err := os.ReadFile(o.Path + suffix)
		must(t, err)
		must(t, os.WriteFile(to.Path+suffix, content, 0o600))
	}
	return to
}

// An emptied main file is damage even though the log beside it is whole, and
// the log is left alone.
func TestEmptiedMainFile(t *testing.T) {
	for _, size := range []int64{0, 100, 4136, 3 * 4136} {
		t.Run(fmt.Sprint(size), func(t *testing.T) {
			o := crashed(t, 300)
			must(t, os.Truncate(o.Path, size))
			log, err := os.ReadFile(o.Path + "-wal")
			must(t, err)
			db, err := vault.OpenDB(t.Context(), o)
			if err == nil { // the pages that are missing are told when they are read
				_, err = vault.VerifyDB(t.Context(), db, nil)
				must(t, db.Close())
			} else if after, _ := os.ReadFile(o.Path + "-wal"); !bytes.Equal(log, after) {
				t.Error("the log was changed")
			}
			if diagnostics.Code(err) != diagnostics.CodeCorrupt {
				t.Errorf("error %v, want corrupt", err)
			}
		})
	}
}

func TestLogIsRecovered(t *testing.T) {
	o := crashed(t, 50)
	if got := query(t, openDB(t, o), "SELECT words FROM texts WHERE id = 1"); got != "après" {
		t.Errorf("after the crash the row says %q", got)
	}
	o = crashed(t, 50)
	must(t, os.Truncate(o.Path+"-wal", 72+2*4200+100)) // in the middle of a frame
	if got := query(t, openDB(t, o), "SELECT count(*) FROM texts"); got != "50" {
		t.Errorf("%s rows after a torn log", got)
	}
}

// Another key than the file's own is told from a file that was changed.
func TestForeignKey(t *testing.T) {
	o := newSealed(t, 100)
	for name, change := range map[string]func(*vault.DBOptions){
		"another key":     func(o *vault.DBOptions) { o.Key = bytes.Repeat([]byte{8}, 32) },
		"another file id": func(o *vault.DBOptions) { o.FileID = "other" },
	} {
		t.Run(name, func(t *testing.T) {
			o := o
			change(&o)
			_, err := vault.OpenDB(t.Context(), o)
			wantCorrupt(t, err, "n'est pas celui de ce carnet")
		})
	}
	content, err := os.ReadFile(o.Path)
	must(t, err)
	content[50] ^= 1 // the first page, which every opening reads
	must(t, os.WriteFile(o.Path, content, 0o600))
	_, err = vault.OpenDB(t.Context(), o)
	wantCorrupt(t, err, saysChanged)
}

// A plain database, or a journal, that somebody put there is not taken.
func TestPlanted(t *testing.T) {
	o := newSealed(t, 20)
	must(t, os.WriteFile(o.Path+"-journal", bytes.Repeat([]byte{0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7}, 100), 0o600))
	if got := query(t, openDB(t, o), "SELECT count(*) FROM texts"); got != "20" {
		t.Errorf("%s rows", got)
	}
	plain := sealedOptions(t)
	db := openDB(t, vault.DBOptions{Path: plain.Path, Exclusive: true})
	run(t, db, "CREATE TABLE texts (id INTEGER PRIMARY KEY, words TEXT)")
	must(t, db.Close())
	_, err := vault.OpenDB(t.Context(), plain)
	wantCorrupt(t, err, saysChanged)
}

// With a rollback journal a database would not survive a crash, since the
// journal is in memory.
func TestNoRollbackJournal(t *testing.T) {
	o := newSealed(t, 100)
	db := openDB(t, o)
	var mode string
	err := db.QueryRowContext(t.Context(), "PRAGMA journal_mode = DELETE").Scan(&mode)
	if err == nil {
		_, err = db.ExecContext(t.Context(), "UPDATE texts SET words = 'x'")
	}
	if err == nil {
		t.Error("a rollback journal was allowed")
	}
	must(t, db.Close())
	if got := query(t, openDB(t, o), "SELECT count(*) FROM texts WHERE words <> 'x'"); got != "100" {
		t.Errorf("%s rows as they were", got)
	}
}

// Two connections that share the file, as the central API's would.
func TestSealedAndShared(t *testing.T) {
	o := newSealed(t, 100)
	o.Exclusive = false
	o.MaxConns = 3
	writer, reader := openDB(t, o), openDB(t, o)
	rows, err := reader.QueryContext(t.Context(), "SELECT words FROM texts")
	must(t, err)
	defer rows.Close()
	seen := 0
	for rows.Next() {
		if seen++; seen%10 == 0 {
			run(t, writer, "UPDATE texts SET words = words || 'x' WHERE id = ?", seen)
		}
	}
	must(t, rows.Err())
	run(t, writer, "PRAGMA wal_checkpoint(TRUNCATE)")
	if got := query(t, reader, "SELECT count(*) FROM texts WHERE words LIKE '%x'"); seen != 100 || got != "10" {
		t.Errorf("%d rows read, %s changed", seen, got)
	}
}

// ATTACH without keys of its own has none, and no other way out is open.
func TestAttachIsRefused(t *testing.T) {
	o := newSealed(t, 10)
	db := openDB(t, o)
	other := filepath.Join(t.TempDir(), "other.db")
	if _, err := db.ExecContext(t.Context(), "ATTACH ? AS other", other); err == nil {
		t.Error("a database without a key was attached")
	}
	if _, err := db.ExecContext(t.Context(), "VACUUM INTO ?", other); err == nil {
		t.Error("a copy without a key was written")
	}
	if _, err := os.Stat(other); err == nil {
		t.Error("the file was made")
	}
}
