package vault_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"solidaren/diagnostics"
	"solidaren/diagnostics/vault"
	"solidaren/diagnostics/vault/vaulttest"
)

func openDB(t *testing.T, o vault.DBOptions) *sql.DB {
	t.Helper()
	db, err := vault.OpenDB(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func query(t *testing.T, db *sql.DB, text string) string {
	t.Helper()
	var value string
	if err := db.QueryRowContext(t.Context(), text).Scan(&value); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return value
}

func TestOpenDB(t *testing.T) {
	tests := []struct {
		name    string
		options vault.DBOptions
		pragmas map[string]string
	}{
		{"notebook", vault.DBOptions{Exclusive: true}, map[string]string{
			"journal_mode": "wal", "locking_mode": "exclusive", "synchronous": "2", "foreign_keys": "1", "temp_store": "2", "page_size": "4096",
		}},
		{"server", vault.DBOptions{MaxConns: 3}, map[string]string{
			"journal_mode": "wal", "locking_mode": "normal", "synchronous": "2", "foreign_keys": "1", "busy_timeout": "5000",
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "Carnet d'été 100 % ?a=b#c")
			if err := os.Mkdir(dir, 0o700); err != nil {
				t.Fatal(err)
			}
			tt.options.Path = filepath.Join(dir, "notebook.db")
			db := openDB(t, tt.options)
			for name, want := range tt.pragmas {
				if got := query(t, db, "PRAGMA "+name); got != want {
					t.Errorf("%s is %s, want %s", name, got, want)
				}
			}
			if _, err := db.ExecContext(t.Context(), "CREATE TABLE t (x)"); err != nil {
				t.Fatal(err)
			}
			info, err := os.Stat(tt.options.Path)
			if err != nil {
				t.Fatal(err) // it was written elsewhere
			}
			if info.Mode().Perm() != 0o600 {
				t.Errorf("file mode %o, want 600", info.Mode().Perm())
			}
			if _, err := os.Stat(tt.options.Path + "-shm"); tt.options.Exclusive && !errors.Is(err, os.ErrNotExist) {
				t.Errorf("a shared memory file was made: %v", err)
			}
		})
	}
}

func TestOpenDBReadOnly(t *testing.T) {
	path := filepath.Join(t.TempDir(), "hub.db")
	if _, err := vault.OpenDB(t.Context(), vault.DBOptions{Path: path, ReadOnly: true}); err == nil {
		t.Fatal("a missing file was made by reading it")
	}
	writer := openDB(t, vault.DBOptions{Path: path})
	if _, err := writer.ExecContext(t.Context(), "CREATE TABLE t (x); INSERT INTO t VALUES ('a')"); err != nil {
		t.Fatal(err)
	}
	reader := openDB(t, vault.DBOptions{Path: path, ReadOnly: true, MaxConns: 2})
	if got := query(t, reader, "SELECT x FROM t"); got != "a" {
		t.Errorf("read %q", got)
	}
	if _, err := reader.ExecContext(t.Context(), "INSERT INTO t VALUES ('b')"); err == nil {
		t.Error("the reader wrote")
	}
}

const childVariable = "VAULT_TEST_OPEN"

// contextOfChild is that of a second program of the tests.
var contextOfChild = context.Background()

// TestMain makes the test binary a second program where the variable says which
// database to open.
func TestMain(m *testing.M) {
	vaulttest.InstallRecorder()
	if step, dir, ok := strings.Cut(os.Getenv(killVariable), "="); ok {
		fmt.Println(killed(step, dir))
		return
	}
	if step, dir, ok := strings.Cut(os.Getenv(rotateVariable), "="); ok {
		fmt.Println(killedRotating(step, dir))
		return
	}
	path := os.Getenv(childVariable)
	if path == "" {
		goleak.VerifyTestMain(m)
	}
	db, err := sql.Open("sqlite", "file:"+path)
	if err == nil {
		_, err = db.Exec("CREATE TABLE other (x)")
	}
	fmt.Println(err)
}

func TestExclusive(t *testing.T) {
	path := filepath.Join(t.TempDir(), "notebook.db")
	// A file that is there already and that nobody has written to since it was
	// opened is held as well.
	if err := openDB(t, vault.DBOptions{Path: path, Exclusive: true}).Close(); err != nil {
		t.Fatal(err)
	}
	db := openDB(t, vault.DBOptions{Path: path, Exclusive: true})
	_, err := vault.OpenDB(t.Context(), vault.DBOptions{Path: path, Exclusive: true})
	if diagnostics.Code(err) != diagnostics.CodeConflict || !strings.Contains(diagnostics.Sentence(err, "fr"), "déjà ouvert") {
		t.Errorf("second opening: error %v, want conflict with its sentence", err)
	}
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), childVariable+"="+path)
	out, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "locked") {
		t.Errorf("a second program, whatever it asks, said %q (%v), want locked", out, err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	openDB(t, vault.DBOptions{Path: path, Exclusive: true})
}

func TestDamagedDatabase(t *testing.T) {
	path := filepath.Join(t.TempDir(), "notebook.db")
	if err := os.WriteFile(path, []byte(strings.Repeat("not a database ", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := vault.OpenDB(t.Context(), vault.DBOptions{Path: path, Exclusive: true})
	if diagnostics.Code(err) != diagnostics.CodeCorrupt {
		t.Errorf("error %v, want corrupt", err)
	}
}

func TestDBErrorKeepsCodes(t *testing.T) {
	if err := vault.DBError("op", nil); err != nil {
		t.Errorf("no error became %v", err)
	}
	coded := diagnostics.E("op", diagnostics.CodeNotFound, "a", "b", nil)
	if err := vault.DBError("other", fmt.Errorf("around: %w", coded)); diagnostics.Code(err) != diagnostics.CodeNotFound {
		t.Errorf("the code was lost: %v", err)
	}
	if err := vault.DBError("op", errors.New("x")); diagnostics.Code(err) != diagnostics.CodeInternal {
		t.Errorf("error %v, want internal", err)
	}
}
