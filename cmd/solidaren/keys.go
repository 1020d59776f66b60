package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"solidaren/cmd/internal/cli"
	"solidaren/cmd/internal/notebook"
	"solidaren/diagnostics"
	"solidaren/diagnostics/store"
	"solidaren/diagnostics/vault"
	"solidaren/ui/model"
)

// keys are those of an open notebook.
type keys struct{ opened *notebook.Opened }

var _ model.Keys = keys{}

// HasSheet tells whether a recovery code was made.
func (k keys) HasSheet() bool { return k.opened.Vault.HasRecoveryCode() }

// NewSheet makes one.
func (k keys) NewSheet() (string, error) { return k.opened.Vault.NewRecoveryCode() }

// Print writes its sheet.
func (k keys) Print(file, code, lang string) error {
	if err := notebook.WriteSheet(file, filepath.Base(k.opened.Vault.Dir()), code, lang); err != nil {
		return cli.FileError(file, err)
	}
	return nil
}

// Peppered tells whether the passphrase needs this computer's keyring.
func (k keys) Peppered() bool { return k.opened.Vault.Peppered() }

// Try compares a passphrase with the one of the notebook.
func (k keys) Try(_ context.Context, passphrase string) error {
	v, err := notebook.Folder(k.opened.Vault.Dir(), time.Now).Open(passphrase)
	if err != nil {
		return err
	}
	v.Close()
	return nil
}

// Change sets another passphrase, once the present one was given.
func (k keys) Change(ctx context.Context, present, next string, pepper bool) error {
	if err := k.Try(ctx, present); err != nil {
		return err
	}
	return k.opened.Vault.SetPassphrase(next, pepper)
}

// Rehearse opens a copy and reads it whole.
func (k keys) Rehearse(ctx context.Context, dir, passphrase string) (int, error) {
	if filepath.Clean(dir) == filepath.Clean(k.opened.Vault.Dir()) {
		return 0, diagnostics.E("solidaren.Rehearse", diagnostics.CodeInvalid,
			"C'est le dossier du carnet ouvert. Indiquez celui de la copie.",
			"This is the folder of the open notebook. Name the one of the copy.", nil)
	}
	copied, err := notebook.Open(ctx, dir, passphrase, time.Now)
	if err != nil {
		return 0, err
	}
	_, err = copied.Store.Verify(ctx, nil)
	records := 0
	if err == nil {
		records, err = countRecords(ctx, copied.Store)
	}
	return records, errors.Join(err, copied.Close())
}

// countRecords counts the finished records, page by page.
func countRecords(ctx context.Context, nb *store.Notebook) (count int, err error) {
	const most = 200
	page := store.FinishedFilter{Limit: most}
	for {
		rows, err := nb.Finished(ctx, page)
		if count += len(rows); err != nil || len(rows) < most {
			return count, err
		}
		page.After = rows[len(rows)-1].ID
	}
}

// Rotate gives the notebook, which is closed, another data key, and opens it
// again.
func (f *folder) Rotate(ctx context.Context, passphrase string, progress func(written, whole int64)) (*model.Desk, string, error) {
	v, code, err := notebook.Rotate(ctx, f.path(), passphrase, time.Now, progress)
	if err != nil {
		return nil, "", err
	}
	v.Close()
	desk, err := f.Unlock(ctx, passphrase)
	return desk, code, err
}

// Rescue takes what can be read out of a damaged notebook into a new one, opened
// by passphrase, and gives the folder that it is in. The damaged one is opened by
// its recovery code, or by the same passphrase where that is "".
func (f *folder) Rescue(ctx context.Context, code, passphrase string) (*model.Desk, model.Rescued, error) {
	into, symbol := f.path()+"-neuf", f.symbol
	for n := 2; vault.Exists(into); n++ { // of an earlier rescue
		into = fmt.Sprint(f.path(), "-neuf-", n)
	}
	if f.shelf {
		shelf := vault.Shelf{Dir: f.dir}
		free := shelf.Free()
		if len(free) == 0 {
			return nil, model.Rescued{}, diagnostics.E("solidaren.Rescue", diagnostics.CodeConflict,
				"Tous les symboles sont pris : il n'y a pas de place pour un carnet neuf.",
				"All symbols are taken: there is no place for a new notebook.", nil)
		}
		into, symbol = shelf.Path(free[0]), free[0]
	}
	open, secret := vault.Folder.Open, passphrase
	if code != "" {
		open, secret = vault.Folder.Recover, code
	}
	from, err := open(notebook.Folder(f.path(), time.Now), secret)
	if err != nil {
		return nil, model.Rescued{}, err
	}
	done, err := notebook.Rescue(ctx, from, into, passphrase, time.Now)
	if err != nil {
		return nil, model.Rescued{}, err
	}
	if f.symbol = symbol; !f.shelf {
		f.dir = into
	}
	desk, err := f.Unlock(ctx, passphrase)
	return desk, model.Rescued{Rescued: done, Folder: into, Symbol: symbol}, err
}
