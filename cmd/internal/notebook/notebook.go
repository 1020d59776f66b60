// Package notebook puts the parts of an open notebook together for the
// commands: the vault, its store, and the laptop's membership of a team. It is
// wiring only: it knows no window, no flag and no text for a terminal.
package notebook

import (
	"context"
	"errors"

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

// Create makes a notebook in dir, which must hold none, and opens it.
// Errors: invalid (weak passphrase), conflict (there is one already).
func Create(ctx context.Context, dir, passphrase string, clock diagnostics.Clock) (*Opened, error) {
	v, err := vault.Create(dir, passphrase)
	if err != nil {
		return nil, err
	}
	return open(ctx, v, clock)
}

// Open opens the notebook in dir. Errors: not_found, unauthorized (wrong
// passphrase), conflict (open in another program), corrupt.
func Open(ctx context.Context, dir, passphrase string, clock diagnostics.Clock) (*Opened, error) {
	v, err := vault.Open(dir, passphrase)
	if err != nil {
		return nil, err
	}
	return open(ctx, v, clock)
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
