package vault

import (
	"context"
	"errors"
	"io/fs"
	"os"
)

// sealPlain seals a notebook of the former shape. The key file's version, which
// every slot vouches for, says that it was done: from then on a plain database
// is one that somebody put there, and is refused. Other slots than the one
// that opened the vault cannot be wrapped anew and are left out; the former
// shape had none.
func (v *Vault) sealPlain(ctx context.Context, file keyFile, used slot, secret string, pepper []byte) error {
	commit := func() error {
		file.Version, file.Slots = keyFileVersion, nil
		if err := used.wrap(file, secret, pepper, v.key); err != nil {
			return err
		}
		if err := file.with(used).save(v.Dir()); err != nil {
			return folderError("vault.Open", err)
		}
		return nil
	}
	if _, err := os.Stat(v.notebookPath()); errors.Is(err, fs.ErrNotExist) { // killed while it was created
		if err := v.makeNotebook(ctx); err != nil {
			return err
		}
		if err := commit(); err != nil {
			return err
		}
		return takePlace(v.notebookPath())
	}
	db, err := OpenDB(ctx, DBOptions{Path: v.notebookPath(), Exclusive: true})
	if err != nil {
		return err
	}
	if _, err := db.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
		return errors.Join(DBError("vault.Open", err), db.Close())
	}
	atStep("opened")
	return reseal(ctx, db, v, commit)
}
