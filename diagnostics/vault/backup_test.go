package vault_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"solidaren/diagnostics"
	"solidaren/diagnostics/vault"
)

func TestBackup(t *testing.T) {
	v := newVault(t)
	db, err := v.OpenDB(t.Context())
	must(t, err)
	fill(t, db, 100)
	stick := filepath.Join(t.TempDir(), "clé USB")
	now := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	must(t, os.MkdirAll(filepath.Join(stick, "solidaren-20260302-120000.part"), 0o700)) // of a run that was killed
	done, err := v.Backup(t.Context(), db, stick, now)
	must(t, err)
	run(t, db, "DELETE FROM texts")
	must(t, db.Close())
	if filepath.Base(done.Dir) != "solidaren-20260302-120000" || done.Rows < 200 || done.Bytes%4136 != 0 || done.Tables < 3 {
		t.Errorf("backup %+v", done)
	}
	entries, err := os.ReadDir(stick)
	must(t, err)
	if len(entries) != 1 {
		t.Errorf("the stick holds %v", entries)
	}
	again, err := vault.Open(done.Dir, phrase)
	must(t, err)
	db, err = again.OpenDB(t.Context())
	must(t, err)
	defer db.Close()
	if got := query(t, db, "SELECT count(*) FROM texts"); got != "100" {
		t.Errorf("the backup holds %s rows, want 100", got)
	}
}

// A second backup in the same second, or a place that cannot be written, is an
// error, and leaves nothing that looks like a backup.
func TestBackupRefuses(t *testing.T) {
	v := newVault(t)
	db, err := v.OpenDB(t.Context())
	must(t, err)
	defer db.Close()
	stick, now := t.TempDir(), time.Now()
	first, err := v.Backup(t.Context(), db, stick, now)
	must(t, err)
	must(t, os.WriteFile(filepath.Join(first.Dir, "kept"), nil, 0o600))
	if _, err := v.Backup(t.Context(), db, stick, now); err == nil {
		t.Error("a backup was written over another one")
	}
	if _, err := v.Backup(t.Context(), db, filepath.Join(first.Dir, "kept"), now); diagnostics.Code(err) == "" {
		t.Error("a backup was written into a file")
	}
	entries, err := os.ReadDir(stick)
	must(t, err)
	if len(entries) != 1 {
		t.Errorf("the stick holds %v", entries)
	}
	if _, err := os.Stat(filepath.Join(first.Dir, "kept")); err != nil {
		t.Error("the first backup was harmed")
	}
}

// The check hears how far it is, and ends at the whole.
func TestVerifyTellsHowFar(t *testing.T) {
	db := openDB(t, newSealed(t, 3000))
	var last, whole int64
	report, err := vault.VerifyDB(t.Context(), db, func(done, total int64) {
		if done < last || done > total {
			t.Errorf("%d of %d after %d", done, total, last)
		}
		last, whole = done, total
	})
	must(t, err)
	if last != whole || whole != 2*report.Pages {
		t.Errorf("ended at %d of %d; %+v", last, whole, report)
	}
}

// A structure that is not whole is found, though every unit is authentic.
func TestVerifyFindsBrokenStructure(t *testing.T) {
	db := openDB(t, newSealed(t, 300))
	run(t, db, "PRAGMA writable_schema = ON")
	run(t, db, "UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'texts') WHERE name = 'texts_by_name'")
	run(t, db, "PRAGMA writable_schema = RESET")
	_, err := vault.VerifyDB(t.Context(), db, nil)
	if diagnostics.Code(err) != diagnostics.CodeCorrupt || strings.Contains(err.Error(), "nom 1") {
		t.Errorf("error %v, want corrupt without content", err)
	}
}

// A full disk is told, and what was written before stands.
func TestDiskFull(t *testing.T) {
	o := newSealed(t, 100)
	db := openDB(t, o)
	run(t, db, "PRAGMA max_page_count = 1")
	_, err := db.ExecContext(t.Context(), "INSERT INTO texts (name, words) VALUES ('x', hex(zeroblob(200000)))")
	err = vault.DBError("test", err)
	if s := diagnostics.Sentence(err, "fr"); diagnostics.Code(err) != diagnostics.CodeTooLarge || !strings.Contains(s, "disque plein") && !strings.Contains(s, "disque est plein") {
		t.Errorf("error %v: %q", err, s)
	}
	must(t, db.Close())
	if got := query(t, openDB(t, o), "SELECT count(*) FROM texts"); got != "100" {
		t.Errorf("%s rows", got)
	}
}
