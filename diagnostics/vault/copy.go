package vault

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"strings"
	"time"

	"solidaren/diagnostics"
)

// copyDB writes a sealed copy of an open database, whole and without a log, and
// verifies it. What was in the way at that path is removed first. The
// connection of db is held meanwhile. deep compares the content of every row,
// not only how many there are.
func copyDB(ctx context.Context, db *sql.DB, to DBOptions, deep bool) (map[string]Table, error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, DBError("vault.Copy", err)
	}
	defer conn.Close()
	if err := removeDB(to.Path); err != nil {
		return nil, folderError("vault.Copy", err)
	}
	if err := vacuumInto(ctx, conn, to); err != nil {
		return nil, errors.Join(DBError("vault.Copy", err), removeDB(to.Path))
	}
	atStep("copied")
	want, err := tables(ctx, conn, deep)
	if err != nil {
		return nil, DBError("vault.Copy", err)
	}
	if err := settleCopy(ctx, to); err != nil {
		return nil, errors.Join(err, removeDB(to.Path))
	}
	got, err := verifyCopy(ctx, to, deep)
	if err == nil {
		delete(got, fileIDTable)
		delete(want, fileIDTable)
		if !maps.Equal(got, want) {
			err = changed("vault.Copy", fmt.Errorf("the copy differs in %s", differences(got, want)))
		}
	}
	if err != nil {
		return nil, errors.Join(err, removeDB(to.Path))
	}
	return want, nil
}

func differences(a, b map[string]Table) string {
	var names []string
	for name, t := range a {
		if b[name] != t {
			names = append(names, name)
		}
	}
	return strings.Join(names, ", ")
}

func vacuumInto(ctx context.Context, conn *sql.Conn, to DBOptions) error {
	if err := registerVFS(); err != nil {
		return err
	}
	r, err := addRing(to.Key, to.FileID, true)
	if err != nil {
		return err
	}
	defer r.drop()
	path, err := filepath.Abs(to.Path)
	if err == nil {
		err = touch(path)
	}
	if err != nil {
		return folderError("vault.Copy", err)
	}
	_, err = conn.ExecContext(ctx, "VACUUM INTO ?", uri(path, sealedOptions(r.number)))
	return err
}

// settleCopy gives a copy its id and the log mode, in which it will be opened,
// and makes it durable.
func settleCopy(ctx context.Context, to DBOptions) error {
	to.making, to.Exclusive = true, true
	db, err := OpenDB(ctx, to)
	if err != nil {
		return err
	}
	if err := db.Close(); err != nil {
		return DBError("vault.Copy", err)
	}
	atStep("settled")
	if err := flush(to.Path); err != nil {
		return folderError("vault.Copy", err)
	}
	return nil
}

// verifyCopy reads a whole file from its first unit to its last and tells what
// it holds.
func verifyCopy(ctx context.Context, o DBOptions, deep bool) (map[string]Table, error) {
	o.whole, o.Exclusive = true, false
	db, err := OpenDB(ctx, o)
	if err != nil {
		return nil, err
	}
	_, err = VerifyDB(ctx, db, nil)
	var got map[string]Table
	if err == nil {
		var conn *sql.Conn
		if conn, err = db.Conn(ctx); err == nil {
			got, err = tables(ctx, conn, deep)
			err = errors.Join(err, conn.Close())
		}
	}
	return got, errors.Join(DBError("vault.Verify", err), db.Close())
}

// Table is what a table holds: how many rows, and a digest of their content
// where it was asked for.
type Table struct {
	Rows   int64
	Digest [sha256.Size]byte
}

const (
	sqlAllTables = `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY name`
	sqlTables    = `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\'
 AND sql NOT LIKE 'CREATE VIRTUAL TABLE%' ORDER BY name`
)

// tables counts the rows of every table, those behind the search included.
func tables(ctx context.Context, conn *sql.Conn, deep bool) (map[string]Table, error) {
	names, err := tableNames(ctx, conn, sqlTables)
	if err != nil {
		return nil, err
	}
	out := map[string]Table{}
	for _, name := range names {
		var t Table
		if err := conn.QueryRowContext(ctx, "SELECT count(*) FROM "+quote(name)).Scan(&t.Rows); err != nil {
			return nil, err
		}
		if deep {
			if t.Digest, err = digest(ctx, conn, name); err != nil {
				return nil, err
			}
		}
		out[name] = t
	}
	return out, nil
}

// queryer is a database or a connection.
type queryer interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

func tableNames(ctx context.Context, db queryer, query string) (names []string, err error) {
	rows, err := db.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, rows.Err()
}

func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// digest covers the rows of a table in their order, which a copy keeps.
func digest(ctx context.Context, conn *sql.Conn, name string) (sum [sha256.Size]byte, err error) {
	rows, err := conn.QueryContext(ctx, "SELECT * FROM "+quote(name))
	if err != nil {
		return sum, err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return sum, err
	}
	values, into := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	hash := sha256.New()
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return sum, err
		}
		for _, v := range values {
			text := fmt.Sprintf("%T %v", v, v)
			fmt.Fprintf(hash, "%d %s\n", len(text), text)
		}
	}
	return [sha256.Size]byte(hash.Sum(nil)), rows.Err()
}

// reseal writes the open notebook db anew under the key of to, lets commit save
// the key file, and puts the new database in the place of the old one. It
// closes db in any case. Killed before the key file was saved, the old database
// is in use as before; killed after, the next opening finishes.
func reseal(ctx context.Context, db *sql.DB, to *Vault, commit func() error) error {
	o := to.next()
	defer clear(o.Key)
	_, err := copyDB(ctx, db, o, true)
	if err == nil {
		atStep("verified")
		err = commit()
		atStep("committed")
	}
	if err := errors.Join(err, DBError("vault.Reseal", db.Close())); err != nil {
		return err
	}
	if err := takePlace(to.notebookPath()); err != nil {
		return folderError("vault.Reseal", err)
	}
	atStep("in place")
	// The copies before a migration are of the key before.
	if err := errors.Join(clearAway(to.notebookPath()), to.DropCopies(time.Time{})); err != nil {
		return diagnostics.E("vault.Reseal", diagnostics.CodeInternal,
			"Le carnet est scellé. L'ancien fichier n'a pas pu être effacé : ce sera fait à la prochaine ouverture.",
			"The notebook is sealed. The former file could not be erased: that will be done at the next opening.", err)
	}
	return nil
}
