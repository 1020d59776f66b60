// Package vault keeps the key of a notebook and opens every SQLite database of
// the program.
//
// A vault is a folder of one worker with a key file, vault.json: a random data
// key, wrapped under a passphrase. The package refuses weak passphrases, a
// second vault in one folder, key files whose cost parameters are out of range
// (before it derives anything), and a database that another program has open.
// It holds no record and knows no table. The database file itself is not sealed
// yet: OpenDB is the one place where that will change.
package vault

import (
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"solidaren/diagnostics"
)

// keyBytes is the length of the data key and of every subkey.
const keyBytes = 32

// Vault is an opened vault: its folder, its id and its data key.
type Vault struct {
	dir, id string
	key     []byte
}

// Exists reports whether the folder holds a vault.
func Exists(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, keyFileName))
	return err == nil
}

// Create makes a vault in dir, and dir itself, open to its owner alone, if need
// be. Errors: invalid (a weak passphrase), conflict (the folder holds a vault,
// or a database whose key file is missing), internal.
func Create(dir, passphrase string) (*Vault, error) {
	if err := CheckPassphrase(passphrase); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, folderError("vault.Create", err)
	}
	if err := vacant(dir); err != nil {
		return nil, err
	}
	v := &Vault{dir: dir, id: diagnostics.NewID(), key: random(keyBytes)}
	file := keyFile{Version: keyFileVersion, Vault: v.id}
	s := slot{ID: diagnostics.NewID(), Kind: slotPassphrase, KDF: newKDF()}
	if err := s.wrap(file, passphrase, v.key); err != nil {
		return nil, err
	}
	file.Slots = []slot{s}
	if err := file.save(dir); err != nil {
		return nil, folderError("vault.Create", err)
	}
	return v, nil
}

// vacant refuses a folder that holds a vault or a database: a new key would
// shut the database for good.
func vacant(dir string) error {
	if Exists(dir) {
		return diagnostics.E("vault.Create", diagnostics.CodeConflict,
			"Il y a déjà un carnet dans ce dossier.", "There is already a notebook in this folder.", nil)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return folderError("vault.Create", err)
	}
	if slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return filepath.Ext(e.Name()) == ".db" }) {
		return diagnostics.E("vault.Create", diagnostics.CodeConflict,
			"Ce dossier contient un carnet dont le fichier de clé (vault.json) manque. Remettez ce fichier, ou choisissez un autre dossier.",
			"This folder holds a notebook whose key file (vault.json) is missing. Put the file back, or choose another folder.", nil)
	}
	return nil
}

// Open opens the vault in dir. Errors: not_found (no vault there),
// unauthorized (not the passphrase, or an altered key file: the two cannot be
// told apart), corrupt (the key file cannot be read), internal.
func Open(dir, passphrase string) (*Vault, error) {
	file, err := loadKeyFile(dir)
	if err != nil {
		return nil, err
	}
	for _, s := range file.Slots {
		if s.Kind != slotPassphrase {
			continue
		}
		if key, err := s.unwrap(file, passphrase); err == nil {
			return &Vault{dir: dir, id: file.Vault, key: key}, nil
		}
	}
	return nil, diagnostics.E("vault.Open", diagnostics.CodeUnauthorized,
		"Ce n'est pas la phrase de passe de ce carnet.", "This is not the passphrase of this notebook.", nil)
}

// ID is the vault's id, a UUID.
func (v *Vault) ID() string { return v.id }

// Dir is the vault's folder.
func (v *Vault) Dir() string { return v.dir }

// Subkey derives 32 bytes for one purpose from the data key. It panics after
// Close: a key of zeros would seal for nobody and everybody.
func (v *Vault) Subkey(purpose string) []byte {
	if v.key == nil {
		panic("vault: Subkey after Close")
	}
	key, err := hkdf.Key(sha256.New, v.key, []byte(v.id), "solidaren/"+purpose, keyBytes)
	if err != nil {
		panic("vault: HKDF of 32 bytes: " + err.Error())
	}
	return key
}

// Close clears the data key. It may be called twice.
func (v *Vault) Close() {
	clear(v.key)
	v.key = nil
}

func random(n int) []byte {
	b := make([]byte, n)
	if _, err := rand.Read(b); err != nil {
		panic("vault: no randomness: " + err.Error())
	}
	return b
}

func folderError(op string, err error) error {
	if errors.Is(err, fs.ErrPermission) {
		return diagnostics.E(op, diagnostics.CodeForbidden,
			"Ce dossier ne peut pas être écrit. Choisissez-en un autre.",
			"This folder cannot be written. Choose another one.", err)
	}
	return diagnostics.E(op, diagnostics.CodeInternal,
		"Le carnet n'a pas pu être écrit sur ce disque.", "The notebook could not be written on this disk.", err)
}
