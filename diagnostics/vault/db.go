package vault

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"modernc.org/sqlite"

	"solidaren/diagnostics"
)

// DBOptions say how a database is opened.
type DBOptions struct {
	Path string
	// Exclusive is the notebook's way: one connection, and no other program
	// while it is open. Without it the file is shared (the central API).
	Exclusive bool
	ReadOnly  bool
	MaxConns  int // 0: one
}

// Result codes of SQLite that have a sentence of their own (the low byte of the
// extended code).
const (
	sqliteBusy    = 5
	sqliteLocked  = 6
	sqliteCorrupt = 11
	sqliteFull    = 13
	sqliteNotADB  = 26
)

// OpenDB opens a SQLite database, and makes it unless it is to be read only.
// Every database of the program is opened here. A commit is durable when it
// returns (WAL, synchronous FULL). Errors: conflict (an exclusive one is open in
// another program), corrupt (not a database), internal.
func OpenDB(ctx context.Context, o DBOptions) (*sql.DB, error) {
	path, err := filepath.Abs(o.Path)
	if err != nil {
		return nil, folderError("vault.OpenDB", err)
	}
	if !o.ReadOnly {
		if err := touch(path); err != nil {
			return nil, folderError("vault.OpenDB", err)
		}
	}
	db, err := sql.Open("sqlite", dsn(path, o))
	if err != nil {
		return nil, DBError("vault.OpenDB", err)
	}
	db.SetMaxOpenConns(max(o.MaxConns, 1))
	db.SetMaxIdleConns(max(o.MaxConns, 1))
	db.SetConnMaxLifetime(0)
	if err := checkDB(ctx, db); err != nil {
		return nil, errors.Join(DBError("vault.OpenDB", err), db.Close())
	}
	return db, nil
}

// touch makes the file, readable by its owner alone; SQLite gives its log the
// same rights. A file that is there is not opened: closing it would drop the
// locks that SQLite holds on it in this process (POSIX).
func touch(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return f.Close()
}

// dsn spells the options. The driver sorts the _pragma options, so the log mode
// has an option of its own, which it applies after them: the locking mode must
// come before, or an existing file gets shared memory and no lock, and a second
// program is let in.
func dsn(path string, o DBOptions) string {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // a drive letter
	}
	var options []string
	if !o.Exclusive {
		options = append(options, "_pragma=busy_timeout(5000)")
	}
	options = append(options, "_pragma=temp_store(2)")
	if o.Exclusive {
		options = append(options, "_pragma=locking_mode(EXCLUSIVE)")
	}
	if o.ReadOnly {
		options = append(options, "mode=ro")
	} else {
		options = append(options, "_journal_mode=WAL", "_txlock=immediate")
	}
	options = append(options, "_pragma=synchronous(FULL)", "_pragma=foreign_keys(1)")
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + strings.Join(options, "&")
}

// checkDB reads the file once, which takes the lock of an exclusive database,
// and makes sure that commits go through the log.
func checkDB(ctx context.Context, db *sql.DB) error {
	var mode string
	var tables int
	if err := db.QueryRowContext(ctx, "PRAGMA journal_mode").Scan(&mode); err != nil {
		return err
	}
	if mode != "wal" {
		return fmt.Errorf("journal mode is %q", mode)
	}
	return db.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(&tables)
}

// DBError gives an error of the database its code and its sentence: conflict
// (open elsewhere), corrupt (damaged), too_large (the disk is full), internal.
// An error that has a code already, and nil, stay as they are.
func DBError(op string, err error) error {
	var coded *diagnostics.Error
	if err == nil || errors.As(err, &coded) {
		return err
	}
	var failure *sqlite.Error
	if !errors.As(err, &failure) {
		return fmt.Errorf("%s: %w", op, err)
	}
	switch failure.Code() & 0xff {
	case sqliteBusy, sqliteLocked:
		return diagnostics.E(op, diagnostics.CodeConflict,
			"Ce carnet est déjà ouvert dans un autre programme. Fermez-le d'abord.",
			"This notebook is already open in another program. Close it first.", err)
	case sqliteCorrupt, sqliteNotADB:
		return diagnostics.E(op, diagnostics.CodeCorrupt,
			"Le fichier du carnet est abîmé. N'y touchez plus et prévenez la coordination.",
			"The file of the notebook is damaged. Leave it alone and tell your coordinator.", err)
	case sqliteFull:
		return diagnostics.E(op, diagnostics.CodeTooLarge,
			"Le disque est plein : rien n'a été écrit. Libérez de la place, puis recommencez.",
			"The disk is full: nothing was written. Make room, then try again.", err)
	default:
		return diagnostics.E(op, diagnostics.CodeInternal, "", "", err)
	}
}
