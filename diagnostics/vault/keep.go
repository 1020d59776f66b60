package vault

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// keptSuffix comes before the name of a copy that is kept beside the notebook.
const keptSuffix = ".before-"

// KeepCopy keeps a sealed copy of the open notebook beside it, under a name
// that tells what comes next, and verifies it. Errors: too_large (no room on the
// disk), corrupt, internal.
func (v *Vault) KeepCopy(ctx context.Context, db *sql.DB, name string) error {
	o := v.notebook()
	defer clear(o.Key)
	o.Path += keptSuffix + name
	_, err := copyDB(ctx, db, o, false)
	return err
}

// DropCopies removes the copies that were made before a moment, or all of them
// if it is zero. What is erased from the notebook stands in them: an erasure
// drops all.
func (v *Vault) DropCopies(before time.Time) error {
	entries, err := os.ReadDir(v.Dir())
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), notebookFile+keptSuffix) {
			continue
		}
		if info, statErr := e.Info(); statErr == nil && (before.IsZero() || info.ModTime().Before(before)) {
			err = errors.Join(err, shred(filepath.Join(v.Dir(), e.Name())))
		}
	}
	if err != nil {
		return folderError("vault.DropCopies", err)
	}
	return nil
}
