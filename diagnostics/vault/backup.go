package vault

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"time"
)

// Backup tells of a backup: its folder, its size in bytes and how many rows of
// how many tables were found in it when it was read back.
type Backup struct {
	Dir    string `json:"dir"`
	Bytes  int64  `json:"bytes"`
	Tables int    `json:"tables"`
	Rows   int64  `json:"rows"`
}

// partSuffix marks a folder in which a backup is being written, or was when the
// program was killed.
const partSuffix = ".part"

// Backup writes the open notebook, sealed as it is, and its key file into a new
// folder of dir, and reads it back: every unit, the structure, the number of
// rows in each table. The folder is a vault of its own: it opens with the
// passphrase of today, and copying it back is the restoring. It gets its name
// only once it was verified. The connection of db is held meanwhile. Errors:
// forbidden (the folder cannot be written), too_large (no room), corrupt (what
// was read back is not what was written), internal.
func (v *Vault) Backup(ctx context.Context, db *sql.DB, dir string, now time.Time) (Backup, error) {
	done := Backup{Dir: filepath.Join(dir, "solidaren-"+now.Format("20060102-150405"))}
	part := done.Dir + partSuffix
	if err := errors.Join(os.MkdirAll(dir, 0o700), os.RemoveAll(part), os.Mkdir(part, 0o700)); err != nil {
		return Backup{}, folderError("vault.Backup", err)
	}
	err := v.writeBackup(ctx, db, part, &done)
	if err == nil {
		if err = errors.Join(os.Rename(part, done.Dir), syncDir(dir)); err != nil {
			err = folderError("vault.Backup", err)
		}
	}
	if err != nil {
		return Backup{}, errors.Join(err, os.RemoveAll(part))
	}
	return done, nil
}

func (v *Vault) writeBackup(ctx context.Context, db *sql.DB, dir string, done *Backup) error {
	file, err := loadKeyFile(v.Dir())
	if err != nil {
		return err
	}
	if err := file.save(dir); err != nil {
		return folderError("vault.Backup", err)
	}
	o := v.notebook()
	defer clear(o.Key)
	o.Path = filepath.Join(dir, notebookFile)
	held, err := copyDB(ctx, db, o, false)
	if err != nil {
		return err
	}
	info, err := os.Stat(o.Path)
	if err != nil {
		return folderError("vault.Backup", err)
	}
	done.Bytes, done.Tables = info.Size(), len(held)
	for _, t := range held {
		done.Rows += t.Rows
	}
	return nil
}
