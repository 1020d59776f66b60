package main

import (
	"fmt"
	"io"

	"solidaren/cmd/internal/notebook"
	"solidaren/diagnostics"
	"solidaren/diagnostics/vault"
)

type vaultBackup struct {
	Out string `placeholder:"DIR" required:"" help:"${backup_out}"`
}

// Run writes a sealed copy of the notebook into a new folder of --out, and
// reads it back.
func (c vaultBackup) Run(e *env) error {
	return e.withNotebook(func(nb *notebook.Opened) error {
		done, err := nb.Store.Backup(e.ctx, c.Out)
		if err != nil {
			return err
		}
		return e.print(backupResult{done})
	})
}

type backupResult struct{ vault.Backup }

func (b backupResult) text(w io.Writer, lang string) {
	fmt.Fprintf(w, diagnostics.Text{
		FR: "Copie scellée, relue : %s (%d lignes). Elle s'ouvre avec la phrase de passe d'aujourd'hui.\n",
		EN: "Sealed copy, read back: %s (%d rows). It opens with today's passphrase.\n",
	}.In(lang), b.Dir, b.Rows)
}

type vaultVerify struct{}

// Run reads the whole notebook and tells whether it is as it was written. A
// backup is verified in the same way: it is a notebook of its own.
func (vaultVerify) Run(e *env) error {
	return e.withNotebook(func(nb *notebook.Opened) error {
		found, err := nb.Store.Verify(e.ctx, nil)
		if err != nil {
			return err
		}
		return e.print(verifyResult{true, found})
	})
}

type verifyResult struct {
	OK bool `json:"ok"`
	vault.Verified
}

func (v verifyResult) text(w io.Writer, lang string) {
	fmt.Fprintf(w, diagnostics.Text{
		FR: "Le carnet est entier : %d pages, %d tables.\n",
		EN: "The notebook is whole: %d pages, %d tables.\n",
	}.In(lang), v.Pages, v.Tables)
}
