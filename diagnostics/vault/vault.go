// Package vault keeps the key of a notebook and opens every SQLite database of
// the program.
//
// A vault is a folder of one worker with a key file, vault.json: a random data
// key, wrapped under a passphrase and under a recovery code. The package refuses
// weak passphrases, a second vault in one folder, key files whose cost
// parameters are out of range (before it derives anything), tries that follow
// too soon on wrong ones, and a database that another program has open. It
// holds no record and knows none of their tables.
//
// The notebook's database is sealed unit by unit under SQLite: OpenDB puts a
// file system of our own (seal_vfs.go) between SQLite and the system's. What a
// thief finds of it has no structure but its length; what was changed in it is
// an error; what a crash tore is what SQLite expects of a crash. Temporary files
// and journals stay in memory. It cannot see that a whole file was replaced by
// an older copy of itself.
package vault

import (
	"context"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"solidaren/diagnostics"
)

// keyBytes is the length of the data key and of every subkey.
const keyBytes = 32

// Folder is a vault from outside: where it is and what opening it needs.
type Folder struct {
	Dir     string
	Keyring Keyring           // nil: none on this computer
	Clock   diagnostics.Clock // nil: time.Now
	// Pace is how long deriving a passphrase's key shall take here, measured
	// when the passphrase is set; 0: the cheapest derivation that is accepted.
	Pace time.Duration
}

// Vault is an opened vault: its folder, its id and its data key.
type Vault struct {
	folder Folder
	id     string
	key    []byte

	captured *os.File // held while it is taken up, so that nobody records meanwhile
}

// Exists reports whether the folder holds a vault.
func Exists(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, keyFileName))
	return err == nil
}

// Create makes a vault in dir, at the cheapest derivation. Errors: as
// Folder.Create.
func Create(dir, passphrase string) (*Vault, error) { return Folder{Dir: dir}.Create(passphrase) }

// Open opens the vault in dir. Errors: as Folder.Open.
func Open(dir, passphrase string) (*Vault, error) { return Folder{Dir: dir}.Open(passphrase) }

func (f Folder) now() time.Time {
	if f.Clock == nil {
		return time.Now()
	}
	return f.Clock()
}

// Create makes a vault with an empty notebook, and its folder, open to its
// owner alone, if need be.
// Errors: invalid (a weak passphrase), conflict (the folder holds a vault, or a
// database whose key file is missing), internal.
//
//nolint:contextcheck // an empty notebook is made in a moment
func (f Folder) Create(passphrase string) (*Vault, error) {
	if err := CheckPassphrase(passphrase); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(f.Dir, 0o700); err != nil {
		return nil, folderError("vault.Create", err)
	}
	if err := vacant(f.Dir); err != nil {
		return nil, err
	}
	v := &Vault{folder: f, id: diagnostics.NewID(), key: random(keyBytes)}
	file := keyFile{Version: keyFileVersion, Vault: v.id}
	s := newSlot(slotPassphrase, calibratedKDF(f.Pace, measured))
	if err := s.wrap(file, normalize(passphrase), nil, v.key); err != nil {
		return nil, err
	}
	if err := v.makeNotebook(context.Background()); err != nil {
		return nil, err
	}
	if err := file.with(s).save(f.Dir); err != nil {
		return nil, folderError("vault.Create", err)
	}
	if err := takePlace(v.notebookPath()); err != nil {
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

// Open opens the vault, and seals its notebook where that is of the former,
// plain shape. Errors: not_found (no vault there, or a keyring that the
// passphrase needs does not answer), unauthorized (not the passphrase, or an
// altered key file: the two cannot be told apart), forbidden (too soon after a
// wrong try), corrupt (the key file or a plain notebook cannot be read), conflict
// (a plain notebook is open in another program), too_large (the disk is full),
// internal.
func (f Folder) Open(passphrase string) (*Vault, error) {
	return f.unlock(slotPassphrase, normalize(passphrase), wrongPassphrase)
}

// Recover opens the vault by its recovery code, as it was typed. A new
// passphrase should be set then. Errors: not_found (no vault there, or it has
// no recovery code), invalid (a typing mistake, which is not counted as a try),
// and those of Open.
func (f Folder) Recover(typed string) (*Vault, error) {
	code, err := readRecoveryCode(typed)
	if err != nil {
		return nil, err
	}
	return f.unlock(slotRecovery, code, wrongCode)
}

//nolint:contextcheck // sealing a plain notebook is not to be given up half-way
func (f Folder) unlock(kind, secret string, refusal func() error) (*Vault, error) {
	file, err := loadKeyFile(f.Dir)
	if err != nil {
		return nil, err
	}
	s, ok := file.slot(kind)
	if !ok {
		return nil, noSlot(kind)
	}
	if kind == slotRecovery {
		if err := s.checkRecovery(secret); err != nil {
			return nil, err
		}
	}
	pepper, err := f.pepper(s)
	if err != nil {
		return nil, err
	}
	key, err := f.try(func() ([]byte, error) {
		key, err := s.unwrap(file, secret, pepper)
		if err != nil {
			return nil, refusal()
		}
		return key, nil
	})
	if err != nil {
		return nil, err
	}
	v := &Vault{folder: f, id: file.Vault, key: key}
	if file.Version == plainVersion {
		if err := v.sealPlain(context.Background(), file, s, secret, pepper); err != nil {
			v.Close()
			return nil, err
		}
	}
	return v, nil
}

func wrongPassphrase() error {
	return diagnostics.E("vault.Open", diagnostics.CodeUnauthorized,
		"Ce n'est pas la phrase de passe de ce carnet.", "This is not the passphrase of this notebook.", nil)
}

func wrongCode() error {
	return diagnostics.E("vault.Recover", diagnostics.CodeUnauthorized,
		"Ce n'est pas le code de secours de ce carnet.", "This is not the recovery code of this notebook.", nil)
}

func noSlot(kind string) error {
	if kind == slotRecovery {
		return diagnostics.E("vault.Recover", diagnostics.CodeNotFound,
			"Ce carnet n'a pas encore de fiche de secours. Seule sa phrase de passe l'ouvre.",
			"This notebook has no recovery sheet yet. Only its passphrase opens it.", nil)
	}
	return diagnostics.E("vault.Open", diagnostics.CodeNotFound,
		"Ce carnet n'a pas de phrase de passe. Ouvrez-le avec la fiche de secours.",
		"This notebook has no passphrase. Open it with the recovery sheet.", nil)
}

// SetPassphrase gives the opened vault another passphrase; the one before opens
// it no more, except with an old copy of the key file. With pepper, a part of
// the key stays in the computer's keyring. Errors: invalid (weak), not_found (no
// keyring), corrupt, internal; the passphrase before then still holds.
func (v *Vault) SetPassphrase(passphrase string, pepper bool) error {
	if err := CheckPassphrase(passphrase); err != nil {
		return err
	}
	s := newSlot(slotPassphrase, calibratedKDF(v.folder.Pace, measured))
	var secret []byte
	if s.Pepper = pepper; pepper {
		var err error
		if secret, err = v.folder.newPepper(s); err != nil {
			return err
		}
	}
	err := v.replace(&s, normalize(passphrase), secret)
	if err != nil {
		v.folder.forgetPepper(s)
	}
	return err
}

// Peppered reports whether the passphrase needs this computer's keyring.
func (v *Vault) Peppered() bool {
	file, err := loadKeyFile(v.Dir())
	s, _ := file.slot(slotPassphrase)
	return err == nil && s.Pepper
}

// NewRecoveryCode makes a code that opens the vault without its passphrase, and
// gives it to be printed; it is not kept. The one before is worth nothing any
// more. Errors: corrupt, internal.
func (v *Vault) NewRecoveryCode() (string, error) {
	code := newRecoveryCode()
	s := recoverySlot(code)
	return code, v.replace(&s, code, nil)
}

// HasRecoveryCode reports whether a code was made.
func (v *Vault) HasRecoveryCode() bool {
	file, err := loadKeyFile(v.Dir())
	_, ok := file.slot(slotRecovery)
	return err == nil && ok
}

// replace writes a slot in the place of the one of its kind.
func (v *Vault) replace(s *slot, secret string, pepper []byte) error {
	file, err := loadKeyFile(v.Dir())
	if err != nil {
		return err
	}
	if err := s.wrap(file, secret, pepper, v.key); err != nil {
		return err
	}
	if err := file.with(*s).save(v.Dir()); err != nil {
		return folderError("vault.replace", err)
	}
	for _, old := range file.Slots {
		if old.Kind == s.Kind {
			v.folder.forgetPepper(old)
		}
	}
	return nil
}

// ID is the vault's id, a UUID.
func (v *Vault) ID() string { return v.id }

// Dir is the vault's folder.
func (v *Vault) Dir() string { return v.folder.Dir }

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
	v.letGoCaptured()
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
	switch {
	case noRoom(err):
		return diagnostics.E(op, diagnostics.CodeTooLarge,
			"Rien n'a été écrit : ce disque est plein. Libérez de la place, puis recommencez.",
			"Nothing was written: this disk is full. Free some space and try again.", err)
	case errors.Is(err, fs.ErrPermission):
		return diagnostics.E(op, diagnostics.CodeForbidden,
			"Ce dossier ne peut pas être écrit. Choisissez-en un autre.",
			"This folder cannot be written. Choose another one.", err)
	}
	return diagnostics.E(op, diagnostics.CodeInternal,
		"Le carnet n'a pas pu être écrit sur ce disque.", "The notebook could not be written on this disk.", err)
}
