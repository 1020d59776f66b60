package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"solidaren/cmd/internal/cli"
	"solidaren/cmd/internal/notebook"
	"solidaren/diagnostics"
)

type vaultCommands struct {
	Create vaultCreate `cmd:"" help:"${vault_create}"`
	Unlock vaultUnlock `cmd:"" help:"${vault_unlock}"`
}

type vaultCreate struct{}

// Run creates a notebook, whole: its keys and its empty database.
func (vaultCreate) Run(e *env) error { return e.vault(notebook.Create, madeNotebook) }

type vaultUnlock struct{}

// Run opens and closes the notebook.
func (vaultUnlock) Run(e *env) error { return e.vault(notebook.Open, openedNotebook) }

var (
	madeNotebook   = diagnostics.Text{FR: "Carnet créé : %s", EN: "Notebook created: %s"}
	openedNotebook = diagnostics.Text{FR: "La phrase secrète ouvre le carnet %s", EN: "The passphrase opens the notebook %s"}
)

// opening is notebook.Create or notebook.Open.
type opening = func(ctx context.Context, dir, passphrase string, clock diagnostics.Clock) (*notebook.Opened, error)

// vaultResult tells of a notebook that was created or opened.
type vaultResult struct {
	Vault string `json:"vault"`
	ID    string `json:"id"`
	said  diagnostics.Text
}

func (v vaultResult) text(w io.Writer, lang string) {
	fmt.Fprintf(w, v.said.In(lang)+"\n", v.Vault)
}

func (e *env) vault(open opening, said diagnostics.Text) error {
	return e.notebook(open, func(nb *notebook.Opened) error {
		return e.print(vaultResult{Vault: nb.Vault.Dir(), ID: nb.Vault.ID(), said: said})
	})
}

// withNotebook opens the notebook of --vault, does the work and closes it.
func (e *env) withNotebook(work func(*notebook.Opened) error) error {
	return e.notebook(notebook.Open, work)
}

func (e *env) notebook(open opening, work func(*notebook.Opened) error) (err error) {
	if e.Vault == "" {
		return cli.NewMisuse("Il manque --vault DOSSIER.", "--vault DIR is missing.")
	}
	passphrase, err := cli.Passphrase(e.PassphraseFile, e.in)
	if err != nil {
		return err
	}
	if err := e.waitOut(); err != nil {
		return err
	}
	nb, err := open(e.ctx, e.Vault, passphrase, time.Now)
	if err != nil {
		return err
	}
	defer func() {
		if failed := nb.Close(); err == nil {
			err = failed
		}
	}()
	return work(nb)
}

// patience is how long a command waits by itself after a wrong passphrase,
// before it refuses to try: a script that mistypes once goes on.
const patience = 8 * time.Second

// waitOut lets a short delay after a wrong passphrase pass.
func (e *env) waitOut() error {
	wait := notebook.Folder(e.Vault, time.Now).Wait()
	if wait > patience {
		return nil // opening says how long
	}
	select {
	case <-time.After(wait):
		return nil
	case <-e.ctx.Done():
		return e.ctx.Err()
	}
}
