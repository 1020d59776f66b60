package main

import (
	"fmt"
	"io"
	"path/filepath"
	"time"

	"solidaren/cmd/internal/cli"
	"solidaren/cmd/internal/notebook"
	"solidaren/diagnostics"
	"solidaren/diagnostics/vault"
)

// sheetFlag is where a recovery sheet is written.
type sheetFlag struct {
	Out string `placeholder:"FILE.pdf" help:"${sheet_out}"`
}

// recoveryFlag is the recovery code in the place of the passphrase.
type recoveryFlag struct {
	RecoveryFile string `placeholder:"FILE" help:"${recovery_file}"`
}

// openKeys opens the vault of --vault, its database left alone: by the recovery
// code where a file of it is named, else by the passphrase.
func (e *env) openKeys(recovery string) (*vault.Vault, error) {
	if e.Vault == "" {
		return nil, noVault()
	}
	file := e.PassphraseFile
	if recovery != "" {
		file = recovery
	}
	secret, err := cli.Passphrase(file, e.in)
	if err != nil {
		return nil, err
	}
	if err := e.waitOut(); err != nil {
		return nil, err
	}
	folder := notebook.Folder(e.Vault, time.Now)
	if recovery != "" {
		return folder.Recover(secret)
	}
	return folder.Open(secret)
}

type vaultPassphrase struct {
	recoveryFlag
	NewPassphraseFile string `placeholder:"FILE" required:"" help:"${new_passphrase_file}"`
	Keyring           bool   `help:"${keyring}"`
}

var changedPassphrase = diagnostics.Text{FR: "La phrase de passe du carnet %s est changée", EN: "The passphrase of the notebook %s was changed"}

// Run gives the notebook another passphrase.
func (c vaultPassphrase) Run(e *env) error {
	phrase, err := cli.Passphrase(c.NewPassphraseFile, e.in)
	if err != nil {
		return err
	}
	v, err := e.openKeys(c.RecoveryFile)
	if err != nil {
		return err
	}
	defer v.Close()
	if err := v.SetPassphrase(phrase, c.Keyring); err != nil {
		return err
	}
	return e.print(vaultResult{Vault: v.Dir(), ID: v.ID(), said: changedPassphrase})
}

type vaultRecovery struct{ sheetFlag }

// Run makes a new recovery code; the one before is worth nothing any more.
func (c vaultRecovery) Run(e *env) error {
	v, err := e.openKeys("")
	if err != nil {
		return err
	}
	defer v.Close()
	return e.newSheet(v, c.Out, madeSheet)
}

var (
	madeSheet = diagnostics.Text{
		FR: "Nouvelle fiche de secours du carnet %s. L'ancienne n'ouvre plus rien.",
		EN: "New recovery sheet of the notebook %s. The one before opens nothing any more.",
	}
	rotatedKey = diagnostics.Text{
		FR: "Le carnet %s a une nouvelle clé. L'ancienne fiche de secours n'ouvre plus rien.",
		EN: "The notebook %s has a new key. The recovery sheet before opens nothing any more.",
	}
)

// newSheet makes a code and writes its sheet.
func (e *env) newSheet(v *vault.Vault, out string, said diagnostics.Text) error {
	code, err := v.NewRecoveryCode()
	if err != nil {
		return err
	}
	return e.printSheet(v, code, out, said)
}

// sheetResult tells of a new recovery code.
type sheetResult struct {
	vaultResult
	Recovery string `json:"recovery"`
	Out      string `json:"out,omitempty"`
}

func (s sheetResult) text(w io.Writer, lang string) {
	s.vaultResult.text(w, lang)
	if s.Out != "" {
		fmt.Fprintln(w, s.Out)
		return
	}
	fmt.Fprintln(w, s.Recovery)
}

func (e *env) printSheet(v *vault.Vault, code, out string, said diagnostics.Text) error {
	if out != "" {
		if err := notebook.WriteSheet(out, filepath.Base(v.Dir()), code, e.Lang); err != nil {
			return cli.FileError(out, err)
		}
	}
	return e.print(sheetResult{vaultResult{Vault: v.Dir(), ID: v.ID(), said: said}, code, out})
}

type vaultRotate struct{ sheetFlag }

// Run gives the notebook another data key and seals it anew.
func (c vaultRotate) Run(e *env) error {
	passphrase, err := e.passphrase()
	if err != nil {
		return err
	}
	v, code, err := notebook.Rotate(e.ctx, e.Vault, passphrase, time.Now, nil)
	if err != nil {
		return err
	}
	defer v.Close()
	return e.printSheet(v, code, c.Out, rotatedKey)
}

func noVault() error { return cli.NewMisuse("Il manque --vault DOSSIER.", "--vault DIR is missing.") }
