// Package sqlite keeps the central API's data in one SQLite database: the
// embedded default of the server. It implements hub.Store and decides nothing:
// no role, no rule of the protocol.
//
// The database is opened in WAL mode with one writer and several readers, so
// that an invite can be made by another process while the server runs. A commit
// is on disk when Update returns.
package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"github.com/pressly/goose/v3"

	"solidaren/diagnostics"
	"solidaren/diagnostics/vault"
	"solidaren/sync/hub"
)

// FileName is the database's file in the server's data folder.
const FileName = "hub.db"

//go:embed migrations/*.sql
var migrations embed.FS

// Store is a hub.Store over SQLite.
type Store struct {
	writer, reader *sql.DB
}

var _ hub.Store = (*Store)(nil)

// Open opens the database of a data folder, makes folder and database if they
// are absent, and brings the schema up to date. CodeInvalid if the folder
// cannot be used, CodeConflict if a newer program wrote the database.
func Open(ctx context.Context, dir string) (*Store, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, diagnostics.E("sqlite.Open", diagnostics.CodeInvalid,
			"Le dossier des données ne peut pas être créé.", "The data folder cannot be made.", err)
	}
	path := filepath.Join(dir, FileName)
	writer, err := vault.OpenDB(ctx, vault.DBOptions{Path: path, MaxConns: 1})
	if err != nil {
		return nil, err
	}
	if err := migrate(ctx, writer); err != nil {
		return nil, errors.Join(err, writer.Close())
	}
	reader, err := vault.OpenDB(ctx, vault.DBOptions{Path: path, ReadOnly: true, MaxConns: 2 * runtime.GOMAXPROCS(0)})
	if err != nil {
		return nil, errors.Join(err, writer.Close())
	}
	return &Store{writer: writer, reader: reader}, nil
}

func migrate(ctx context.Context, db *sql.DB) error {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(goose.DialectSQLite3, db, files)
	if err != nil {
		return fmt.Errorf("sqlite: migrations: %w", err)
	}
	current, target, err := provider.GetVersions(ctx)
	if err != nil {
		return fmt.Errorf("sqlite: version: %w", err)
	}
	if current > target {
		return diagnostics.E("sqlite.Open", diagnostics.CodeConflict,
			"Ces données viennent d'une version plus récente du serveur. Mettez le serveur à jour.",
			"This data was written by a newer server. Update the server.", nil)
	}
	// another process that starts at the same moment may run the same step
	for range migrationTries {
		if _, err = provider.Up(ctx); err == nil {
			return nil
		}
	}
	return fmt.Errorf("sqlite: migrate: %w", err)
}

const migrationTries = 3

// Close closes the database.
func (s *Store) Close() error { return errors.Join(s.reader.Close(), s.writer.Close()) }

// Wipe writes the database anew without what is free in it, and empties the
// log. Deleted contents may lie in both otherwise.
func (s *Store) Wipe(ctx context.Context) error {
	if _, err := s.writer.ExecContext(ctx, "VACUUM"); err != nil {
		return fmt.Errorf("sqlite: wipe: %w", err)
	}
	var busy, frames, moved int
	if err := s.writer.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &frames, &moved); err != nil {
		return fmt.Errorf("sqlite: wipe: %w", err)
	}
	if busy != 0 {
		return errors.New("sqlite: wipe: the log is being read")
	}
	return nil
}

// Update runs fn in a transaction that can write.
func (s *Store) Update(ctx context.Context, fn func(hub.Tx) error) error {
	return run(ctx, s.writer, nil, fn)
}

// View runs fn on one snapshot.
func (s *Store) View(ctx context.Context, fn func(hub.Tx) error) error {
	return run(ctx, s.reader, &sql.TxOptions{ReadOnly: true}, fn)
}

func run(ctx context.Context, db *sql.DB, o *sql.TxOptions, fn func(hub.Tx) error) error {
	sqlTx, err := db.BeginTx(ctx, o)
	if err != nil {
		return fmt.Errorf("sqlite: begin: %w", err)
	}
	if err := fn(&tx{sqlTx}); err != nil {
		_ = sqlTx.Rollback() // the cause is the error to tell
		return err
	}
	if err := sqlTx.Commit(); err != nil {
		return fmt.Errorf("sqlite: commit: %w", err)
	}
	return nil
}

// tx is one transaction.
type tx struct{ *sql.Tx }

// exec runs a statement that gives no rows.
func (t *tx) exec(ctx context.Context, query string, args ...any) error {
	_, err := t.ExecContext(ctx, query, args...)
	return err
}

// list runs a query and scans each row.
func list[T any](ctx context.Context, t *tx, scan func(*sql.Rows) (T, error), query string, args ...any) ([]T, error) {
	rows, err := t.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []T
	for rows.Next() {
		row, err := scan(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, row)
	}
	return all, rows.Err()
}

// found turns the absence of a row into CodeNotFound.
func found(op string, err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return diagnostics.E(op, diagnostics.CodeNotFound, "", "", nil)
	}
	return err
}
