package store

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"time"

	"github.com/pressly/goose/v3"

	"solidaren/diagnostics"
)

//go:embed migrations/*.sql
var migrations embed.FS

// keepCopy is how long the copy that was made before a migration is kept: the
// time in which a mistake of the migration would be noticed.
const keepCopy = 30 * 24 * time.Hour

// migrate brings the schema up to date, or refuses the file.
func (n *Notebook) migrate(ctx context.Context) error {
	var application, version int
	row := n.db.QueryRowContext(ctx, "SELECT * FROM pragma_application_id, pragma_user_version")
	if err := row.Scan(&application, &version); err != nil {
		return err
	}
	switch {
	case application != 0 && application != applicationID:
		return diagnostics.E("store.Open", diagnostics.CodeInvalid,
			"Ce fichier n'est pas un carnet SolidaRen.", "This file is not a SolidaRen notebook.", nil)
	case version > latestSchema:
		return diagnostics.E("store.Open", diagnostics.CodeInvalid,
			"Ce carnet a été écrit par une version plus récente du programme. Mettez le programme à jour pour l'ouvrir.",
			"This notebook was written by a newer version of the program. Update the program to open it.", nil)
	case version == latestSchema:
		return n.vault.DropCopies(n.clock().Add(-keepCopy))
	case version > 0:
		if err := n.vault.KeepCopy(ctx, n.db, fmt.Sprint("schema-", version)); err != nil {
			return err
		}
	}
	all := goose.NewGoMigration(latestSchema, &goose.GoFunc{RunTx: func(ctx context.Context, tx *sql.Tx) error {
		return runScripts(ctx, tx, version)
	}}, nil)
	provider, err := goose.NewProvider(goose.DialectSQLite3, n.db, nil, goose.WithDisableGlobalRegistry(true), goose.WithGoMigrations(all))
	if err != nil {
		return err
	}
	_, err = provider.Up(ctx)
	return err
}

// runScripts runs those behind a schema, in one transaction: all of them count,
// or none. Their names begin with the number of the schema that they make.
func runScripts(ctx context.Context, tx *sql.Tx, after int) error {
	scripts, err := migrations.ReadDir("migrations")
	if err != nil {
		return err
	}
	for _, script := range scripts { // by name
		number, err := goose.NumericComponent(script.Name())
		if err != nil {
			return err
		}
		if int(number) <= after {
			continue
		}
		text, err := migrations.ReadFile("migrations/" + script.Name())
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, string(text)); err != nil {
			return fmt.Errorf("%s: %w", script.Name(), err)
		}
	}
	return nil
}
