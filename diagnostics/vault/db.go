package vault

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"modernc.org/sqlite"

	"solidaren/diagnostics"
)

// DBOptions say how a database is opened.
type DBOptions struct {
	Path string
	// Key, 32 bytes, seals the file and its log; FileID, which stands in the
	// file too, is bound into every unit of them. A file that is sealed is made
	// only where Create is set: one that is missing or emptied is damage.
	// Without a key the file is plain, and is made if it is missing.
	Key    []byte
	FileID string
	Create bool
	// Exclusive is the notebook's way: one connection, and no other program
	// while it is open. Without it the file is shared (the central API).
	Exclusive bool
	ReadOnly  bool
	MaxConns  int // 0: one
	// whole: the file has no log, and nobody writes to it (a copy that is being
	// verified). It is read without a trace, on a medium that cannot be written.
	whole bool
	// making: the file is not in use yet, and gets its id. If it breaks, it is
	// made anew.
	making bool
}

func (o DBOptions) sealed() bool { return o.Key != nil }

// cacheKiB is how much of the notebook stays opened in memory: a page that is
// there need not be read and opened again.
const cacheKiB = 32 << 10

// OpenDB opens a SQLite database. Every database of the program is opened here.
// A commit is durable when it returns (WAL, synchronous FULL). Closing the
// sql.DB forgets the key. Errors: conflict (an exclusive one is open in another
// program), corrupt (not a database, missing, emptied, changed, or of another
// key), too_large (the disk is full), internal.
func OpenDB(ctx context.Context, o DBOptions) (*sql.DB, error) {
	path, err := filepath.Abs(o.Path)
	if err != nil {
		return nil, folderError("vault.OpenDB", err)
	}
	o.Path, o.making = path, o.making || o.Create
	if err := prepareFile(o); err != nil {
		return nil, err
	}
	connector, err := o.connector()
	if err != nil {
		return nil, DBError("vault.OpenDB", err)
	}
	db := sql.OpenDB(connector)
	db.SetMaxOpenConns(max(o.MaxConns, 1))
	db.SetMaxIdleConns(max(o.MaxConns, 1))
	db.SetConnMaxLifetime(0)
	if err := checkDB(ctx, db, o); err != nil {
		err = errors.Join(DBError("vault.OpenDB", err), db.Close())
		if o.sealed() && diagnostics.Code(err) == diagnostics.CodeCorrupt && !anyUnit(o) {
			return nil, foreignKey(err)
		}
		return nil, err
	}
	return db, nil
}

func (o DBOptions) connector() (driver.Connector, error) {
	if !o.sealed() {
		return sqlite.NewConnector(dsn(o, 0))
	}
	r, err := addRing(o.Key, o.FileID, o.making)
	if err != nil {
		return nil, err
	}
	return newSealedConnector(dsn(o, r.number), r)
}

// prepareFile makes the file where that is meant, and tells where it is missing.
func prepareFile(o DBOptions) error {
	if !o.sealed() && !o.ReadOnly || o.Create {
		if err := touch(o.Path); err != nil {
			return folderError("vault.OpenDB", err)
		}
		return nil
	}
	_, err := os.Stat(o.Path)
	if errors.Is(err, fs.ErrNotExist) && o.sealed() {
		return diagnostics.E("vault.OpenDB", diagnostics.CodeCorrupt,
			"Le fichier du carnet manque. Remettez une copie du dossier, ou prévenez la coordination.",
			"The file of the notebook is missing. Put a copy of the folder back, or tell your coordinator.", err)
	}
	if err != nil {
		return folderError("vault.OpenDB", err)
	}
	return nil
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
func dsn(o DBOptions, ring int64) string {
	options := []string{"_pragma=temp_store(2)", "_pragma=secure_delete(1)"}
	if o.sealed() {
		options = append(options, sealedOptions(ring)...)
	}
	if o.Exclusive {
		options = append(options, "_pragma=locking_mode(EXCLUSIVE)")
	} else {
		options = append(options, "_pragma=busy_timeout(5000)")
	}
	switch {
	case o.whole:
		options = append(options, "mode=ro", "immutable=1")
	case o.ReadOnly:
		options = append(options, "mode=ro")
	default:
		options = append(options, "_journal_mode=WAL", "_txlock=immediate")
	}
	options = append(options, "_pragma=synchronous(FULL)", "_pragma=foreign_keys(1)")
	return uri(o.Path, options)
}

// sealedOptions name the sealed file system and the keys in a database's URI.
func sealedOptions(ring int64) []string {
	return []string{"vfs=" + vfsName, ringParameter + "=" + strconv.FormatInt(ring, 10)}
}

// uri names a file and its options to SQLite.
func uri(path string, options []string) string {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // a drive letter
	}
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + strings.Join(options, "&")
}

// A sealed database says in a table of its own which file it is.
const (
	fileIDTable   = "sealed_file"
	sqlMakeFileID = "CREATE TABLE sealed_file (one INTEGER PRIMARY KEY CHECK (one = 1), id TEXT NOT NULL) STRICT"
	sqlPutFileID  = "INSERT INTO sealed_file (one, id) VALUES (1, ?)"
	sqlFileID     = "SELECT id FROM sealed_file"
)

// checkDB reads the file once, which takes the lock of an exclusive database,
// and makes sure that what is promised of it holds: commits go through the log
// and are flushed, and the file is the one that was meant.
func checkDB(ctx context.Context, db *sql.DB, o DBOptions) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	if o.Exclusive {
		// Not an option: the driver would set it before the locking mode, and
		// reading the file then makes shared memory and takes no lock.
		if _, err := conn.ExecContext(ctx, "PRAGMA cache_size = -"+strconv.Itoa(cacheKiB)); err != nil {
			return err
		}
	}
	wanted := map[string]string{"journal_mode": "wal", "synchronous": "2", "temp_store": "2"}
	if o.Exclusive {
		wanted["locking_mode"] = "exclusive"
	}
	if o.sealed() {
		wanted["page_size"] = strconv.Itoa(pageBytes)
	}
	if o.whole {
		delete(wanted, "journal_mode") // it has none
	}
	for name, want := range wanted {
		var got string
		if err := conn.QueryRowContext(ctx, "PRAGMA "+name).Scan(&got); err != nil {
			return err
		}
		if got != want {
			return fmt.Errorf("%s is %q, not %q", name, got, want)
		}
	}
	if o.sealed() {
		return checkFileID(ctx, conn, o)
	}
	var tables int
	return conn.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(&tables)
}

// checkFileID refuses a database that is not the one that was meant, an empty
// one first of all. One that is being made is given its id.
func checkFileID(ctx context.Context, conn *sql.Conn, o DBOptions) error {
	var known bool
	if err := conn.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema WHERE name = ?", fileIDTable).Scan(&known); err != nil {
		return err
	}
	if !known && o.making {
		return putFileID(ctx, conn, o.FileID)
	}
	var got string
	if known {
		if err := conn.QueryRowContext(ctx, sqlFileID).Scan(&got); err != nil {
			return err
		}
	}
	if got != o.FileID {
		return changed("vault.OpenDB", errors.New("the file does not name itself"))
	}
	return nil
}

func putFileID(ctx context.Context, conn *sql.Conn, id string) error {
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if _, err = tx.ExecContext(ctx, sqlMakeFileID); err == nil {
		_, err = tx.ExecContext(ctx, sqlPutFileID, id)
	}
	if err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}
