// Package notebook puts the parts of an open notebook together for the
// commands: the vault, its store, and the laptop's membership of a team. It is
// wiring only: it knows no window, no flag and no text for a terminal.
package notebook

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"time"

	"solidaren/cmd/internal/keyring"
	"solidaren/diagnostics"
	"solidaren/diagnostics/store"
	"solidaren/diagnostics/vault"
	"solidaren/sync/client"
)

// Opened is a notebook that is ready to be read and written.
type Opened struct {
	Vault  *vault.Vault
	Store  *store.Notebook
	Member *client.Member
}

// Pace is how long deriving a passphrase's key shall take on this computer.
// Tests make it 0, for the cheapest derivation.
var Pace = time.Second

// Folder is the vault in dir, with this computer's keyring.
func Folder(dir string, clock diagnostics.Clock) vault.Folder {
	return vault.Folder{Dir: dir, Keyring: keyring.System{}, Clock: clock, Pace: Pace}
}

// Create makes a notebook in dir, which must hold none, and opens it.
// Errors: invalid (weak passphrase), conflict (there is one already).
func Create(ctx context.Context, dir, passphrase string, clock diagnostics.Clock) (*Opened, error) {
	v, err := Folder(dir, clock).Create(passphrase)
	if err != nil {
		return nil, err
	}
	return open(ctx, v, clock)
}

// Open opens the notebook in dir. Errors: not_found, unauthorized (wrong
// passphrase), forbidden (too soon after a wrong one), conflict (open in another
// program), corrupt.
func Open(ctx context.Context, dir, passphrase string, clock diagnostics.Clock) (*Opened, error) {
	v, err := Folder(dir, clock).Open(passphrase)
	if err != nil {
		return nil, err
	}
	return open(ctx, v, clock)
}

// Recover opens the notebook in dir by its recovery code. Errors: invalid (a
// typing mistake), and those of Open.
func Recover(ctx context.Context, dir, code string, clock diagnostics.Clock) (*Opened, error) {
	v, err := Folder(dir, clock).Recover(code)
	if err != nil {
		return nil, err
	}
	return open(ctx, v, clock)
}

// Rotate gives the notebook another data key, and gives the vault under it with
// a new recovery code. progress may be nil. Errors: as vault.Folder.Rotate.
func Rotate(ctx context.Context, dir, passphrase string, clock diagnostics.Clock,
	progress func(written, whole int64),
) (*vault.Vault, string, error) {
	opened, err := Open(ctx, dir, passphrase, clock) // takes up what was typed
	if err != nil {
		return nil, "", err
	}
	if err := opened.Close(); err != nil {
		return nil, "", err
	}
	return Folder(dir, clock).Rotate(ctx, passphrase, progress)
}

// Rescue takes what can be read out of a damaged notebook, whose vault is open,
// into a new one in another folder, opened by a passphrase. The damaged one is
// only read, and closed. Errors: as vault.Folder.Create, corrupt (nothing can be
// read).
func Rescue(ctx context.Context, from *vault.Vault, into, passphrase string, clock diagnostics.Clock) (store.Rescued, error) {
	defer from.Close()
	_, err := os.Stat(into)
	ours := errors.Is(err, fs.ErrNotExist)
	fresh, err := Folder(into, clock).Create(passphrase)
	if err != nil {
		return store.Rescued{}, err
	}
	defer fresh.Close()
	done, err := store.Rescue(ctx, from, fresh, store.Options{Clock: clock})
	if err != nil && ours {
		err = errors.Join(err, os.RemoveAll(into)) // an empty notebook would be taken for the rescued one
	}
	if diagnostics.Code(err) == diagnostics.CodeCorrupt {
		err = diagnostics.E("notebook.Rescue", diagnostics.CodeCorrupt,
			"Rien de ce carnet ne se lit plus. Rien n'a été effacé : gardez son dossier. Rouvrez une copie de secours, ou demandez une invitation : ce que le serveur a reviendra.",
			"Nothing of this notebook can be read any more. Nothing was erased: keep its folder. Open a backup, or ask for an invite: what the server has comes back.", err)
	}
	if err != nil {
		return done, err
	}
	nb, err := Open(ctx, into, passphrase, clock)
	if err != nil {
		return done, err
	}
	_, err = nb.Store.Reproject(ctx) // names and words, with the keys that were rescued
	return done, errors.Join(err, nb.Close())
}

// open goes on behind the vault. The keyring must be in place before the first
// write, since every name and free text is sealed with it.
func open(ctx context.Context, v *vault.Vault, clock diagnostics.Clock) (*Opened, error) {
	nb, err := store.Open(ctx, v, store.Options{Clock: clock})
	if err != nil {
		v.Close()
		return nil, err
	}
	member, err := client.LoadMember(ctx, nb)
	if err != nil {
		v.Close()
		return nil, errors.Join(err, nb.Close())
	}
	nb.UseSealer(member.Keyring())
	return &Opened{Vault: v, Store: nb, Member: member}, nil
}

// Close writes what is left, closes the database and clears the keys.
func (o *Opened) Close() error {
	err := o.Store.Close()
	o.Vault.Close()
	return err
}
