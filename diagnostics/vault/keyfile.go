package vault

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"solidaren/diagnostics"
)

const (
	keyFileName    = "vault.json"
	keyFileVersion = 2       // the notebook is sealed
	plainVersion   = 1       // the notebook was not sealed yet
	maxKeyFile     = 1 << 20 // bytes
)

// keyFile is vault.json. Nothing in it is secret but by the passphrase; slot
// ids say nothing about whom they belong to.
type keyFile struct {
	Version int    `json:"version"`
	Vault   string `json:"vault"`
	Slots   []slot `json:"slots"`
}

// maxSlots is far more than anyone makes.
const maxSlots = 16

// check refuses a file that this program cannot have written, before any
// passphrase is tried on it.
func (f keyFile) check() error {
	if f.Version != keyFileVersion && f.Version != plainVersion {
		return fmt.Errorf("version %d of the key file is unknown", f.Version)
	}
	if f.Vault == "" || len(f.Slots) == 0 || len(f.Slots) > maxSlots {
		return errors.New("the key file lacks an id or slots")
	}
	for _, s := range f.Slots {
		if err := s.check(); err != nil {
			return err
		}
	}
	return nil
}

func loadKeyFile(dir string) (keyFile, error) {
	var file keyFile
	path := filepath.Join(dir, keyFileName)
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return file, diagnostics.E("vault.Open", diagnostics.CodeNotFound,
			"Il n'y a pas de carnet dans ce dossier.", "There is no notebook in this folder.", nil)
	}
	if err != nil {
		return file, folderError("vault.Open", err)
	}
	if info.Size() > maxKeyFile {
		return file, damagedKeyFile(fmt.Errorf("%d bytes", info.Size()))
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return file, folderError("vault.Open", err)
	}
	if err := json.Unmarshal(text, &file); err != nil {
		return file, damagedKeyFile(err)
	}
	if err := file.check(); err != nil {
		return file, damagedKeyFile(err)
	}
	return file, nil
}

func damagedKeyFile(cause error) error {
	return diagnostics.E("vault.Open", diagnostics.CodeCorrupt,
		"Le fichier de clé du carnet (vault.json) est abîmé. Remettez une copie de ce fichier.",
		"The key file of the notebook (vault.json) is damaged. Put a copy of the file back.", cause)
}

// with gives the file with one slot in the place of all others of its kind.
func (f keyFile) with(s slot) keyFile {
	f.Slots = append(slices.DeleteFunc(slices.Clone(f.Slots), func(old slot) bool { return old.Kind == s.Kind }), s)
	return f
}

// slot gives the first slot of a kind.
func (f keyFile) slot(kind string) (slot, bool) {
	i := slices.IndexFunc(f.Slots, func(s slot) bool { return s.Kind == kind })
	if i < 0 {
		return slot{}, false
	}
	return f.Slots[i], true
}

func (f keyFile) save(dir string) error {
	text, err := json.MarshalIndent(f, "", "  ")
	if err != nil {
		return err
	}
	return writeWhole(dir, keyFileName, append(text, '\n'))
}

// writeWhole writes a file so that a crash leaves the old one or the new one
// whole: a temporary file, flushed, then renamed, then the folder flushed.
func writeWhole(dir, name string, content []byte) error {
	temp, err := os.CreateTemp(dir, name+".*")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(temp.Name()) }() // gone already once it was renamed
	_, err = temp.Write(content)
	if err := errors.Join(err, temp.Sync(), temp.Close()); err != nil {
		return err
	}
	if err := os.Rename(temp.Name(), filepath.Join(dir, name)); err != nil {
		return err
	}
	return syncDir(dir)
}

// syncDir makes a rename durable. Windows cannot flush a folder and does not
// need to.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	err = d.Sync()
	if errors.Is(err, errors.ErrUnsupported) || errors.Is(err, fs.ErrPermission) || errors.Is(err, fs.ErrInvalid) {
		err = nil
	}
	return errors.Join(err, d.Close())
}
