package store

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
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
	scripts, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(goose.DialectSQLite3, n.db, scripts, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return err
	}
	_, err = provider.Up(ctx)
	return err
}
