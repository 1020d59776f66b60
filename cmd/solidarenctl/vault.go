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
	Create     vaultCreate     `cmd:"" help:"${vault_create}"`
	Unlock     vaultUnlock     `cmd:"" help:"${vault_unlock}"`
	Passphrase vaultPassphrase `cmd:"" help:"${vault_passphrase}"`
	Recovery   vaultRecovery   `cmd:"" help:"${vault_recovery}"`
	Rotate     vaultRotate     `cmd:"" help:"${vault_rotate}"`
	Rescue     vaultRescue     `cmd:"" help:"${vault_rescue}"`
	Backup     vaultBackup     `cmd:"" help:"${vault_backup}"`
	Verify     vaultVerify     `cmd:"" help:"${vault_verify}"`
}

type vaultCreate struct{ sheetFlag }

// Run creates a notebook, whole: its keys and its empty database; with --out,
// its recovery sheet, too.
func (c vaultCreate) Run(e *env) error {
	return e.notebook(notebook.Create, func(nb *notebook.Opened) error {
		if c.Out != "" {
			return e.newSheet(nb.Vault, c.Out, madeNotebook)
		}
		return e.print(vaultResult{Vault: nb.Vault.Dir(), ID: nb.Vault.ID(), said: madeNotebook})
	})
}

type vaultUnlock struct{ recoveryFlag }

// Run opens and closes the notebook.
func (c vaultUnlock) Run(e *env) error {
	open := notebook.Open
	if c.RecoveryFile != "" {
		open, e.PassphraseFile = notebook.Recover, c.RecoveryFile
	}
	return e.notebook(open, func(nb *notebook.Opened) error {
		return e.print(vaultResult{Vault: nb.Vault.Dir(), ID: nb.Vault.ID(), said: openedNotebook})
	})
}

var (
	madeNotebook   = diagnostics.Text{FR: "Carnet créé : %s", EN: "Notebook created: %s"}
	openedNotebook = diagnostics.Text{FR: "La phrase de passe ouvre le carnet %s", EN: "The passphrase opens the notebook %s"}
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

// withNotebook opens the notebook of --vault, does the work and closes it.
func (e *env) withNotebook(work func(*notebook.Opened) error) error {
	return e.notebook(notebook.Open, work)
}

func (e *env) notebook(open opening, work func(*notebook.Opened) error) (err error) {
	passphrase, err := e.passphrase()
	if err != nil {
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

// passphrase reads the passphrase of the notebook of --vault, once it may be
// tried.
func (e *env) passphrase() (string, error) {
	if e.Vault == "" {
		return "", noVault()
	}
	passphrase, err := cli.Passphrase(e.PassphraseFile, e.in)
	if err != nil {
		return "", err
	}
	return passphrase, e.waitOut()
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
