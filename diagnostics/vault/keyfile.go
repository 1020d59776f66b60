package vault

import (
	"crypto/cipher"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"golang.org/x/crypto/argon2"
	"golang.org/x/crypto/chacha20poly1305"

	"solidaren/diagnostics"
)

const (
	keyFileName    = "vault.json"
	keyFileVersion = 1
	maxKeyFile     = 1 << 20 // bytes
	slotPassphrase = "passphrase"
)

// keyFile is vault.json. Nothing in it is secret but by the passphrase; slot
// ids say nothing about whom they belong to.
type keyFile struct {
	Version int    `json:"version"`
	Vault   string `json:"vault"`
	Slots   []slot `json:"slots"`
}

// slot is the data key, wrapped under one passphrase.
type slot struct {
	ID      string `json:"id"`
	Kind    string `json:"kind"`
	KDF     kdf    `json:"kdf"`
	Nonce   []byte `json:"nonce"`
	Wrapped []byte `json:"wrapped"`
}

// kdf are the parameters of the key derivation: passes, memory in KiB, lanes.
type kdf struct {
	Alg  string `json:"alg"`
	T    uint32 `json:"t"`
	M    uint32 `json:"m"`
	P    uint8  `json:"p"`
	Salt []byte `json:"salt"`
}

const kdfArgon2id = "argon2id"

// Range of the derivation's cost. Below the floor a thief guesses too fast;
// above the ceiling an altered file would exhaust the laptop.
const (
	minPasses, maxPasses = 3, 64
	minMemory, maxMemory = 64 << 10, 1 << 20 // KiB
	minLanes, maxLanes   = 1, 16
	minSalt, maxSalt     = 16, 64 // bytes
)

func newKDF() kdf {
	return kdf{Alg: kdfArgon2id, T: minPasses, M: minMemory, P: 4, Salt: random(minSalt)}
}

// check refuses parameters out of range.
func (k kdf) check() error {
	switch {
	case k.Alg != kdfArgon2id:
		return fmt.Errorf("key derivation %q is unknown", k.Alg)
	case k.T < minPasses || k.T > maxPasses, k.M < minMemory || k.M > maxMemory,
		k.P < minLanes || k.P > maxLanes, len(k.Salt) < minSalt || len(k.Salt) > maxSalt:
		return errors.New("parameters of the key derivation are out of range")
	}
	return nil
}

// aead is the cipher that wraps the data key. Parameters out of range are
// refused before anything is derived.
func (k kdf) aead(passphrase string) (cipher.AEAD, error) {
	if err := k.check(); err != nil {
		return nil, err
	}
	key := argon2.IDKey([]byte(normalize(passphrase)), k.Salt, k.T, k.M, k.P, keyBytes)
	defer clear(key)
	return chacha20poly1305.NewX(key)
}

// bound is what the wrapping vouches for beside the key: format, vault, slot
// and cost. A change of any of them makes the slot useless.
func (s slot) bound(file keyFile) []byte {
	k := s.KDF
	return fmt.Appendf(nil, "%d|%s|%s|%s|%s|%d|%d|%d|%x", file.Version, file.Vault, s.ID, s.Kind, k.Alg, k.T, k.M, k.P, k.Salt)
}

func (s *slot) wrap(file keyFile, passphrase string, key []byte) error {
	aead, err := s.KDF.aead(passphrase)
	if err != nil {
		return err
	}
	s.Nonce = random(aead.NonceSize())
	s.Wrapped = aead.Seal(nil, s.Nonce, key, s.bound(file))
	return nil
}

func (s slot) unwrap(file keyFile, passphrase string) ([]byte, error) {
	aead, err := s.KDF.aead(passphrase)
	if err != nil {
		return nil, err
	}
	key, err := aead.Open(nil, s.Nonce, s.Wrapped, s.bound(file))
	if err == nil && len(key) != keyBytes {
		return nil, errors.New("data key of a wrong length")
	}
	return key, err
}

// check refuses a file that this program cannot have written, before any
// passphrase is tried on it.
func (f keyFile) check() error {
	if f.Version != keyFileVersion {
		return fmt.Errorf("version %d of the key file is unknown", f.Version)
	}
	if f.Vault == "" || len(f.Slots) == 0 || len(f.Slots) > 16 {
		return errors.New("the key file lacks an id or slots")
	}
	for _, s := range f.Slots {
		if err := s.KDF.check(); err != nil {
			return fmt.Errorf("slot %s: %w", s.ID, err)
		}
		if len(s.Nonce) != chacha20poly1305.NonceSizeX {
			return fmt.Errorf("slot %s: nonce of a wrong length", s.ID)
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

// save writes the file so that a crash leaves the old one or the new one whole:
// a temporary file, flushed, then renamed, then the folder flushed.
func (f keyFile) save(dir string) error {
	text, err := json.MarshalIndent(f, "", "  ")
	if err != nil {
		return err
	}
	temp, err := os.CreateTemp(dir, keyFileName+".*")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(temp.Name()) }() // gone already once it was renamed
	_, err = temp.Write(append(text, '\n'))
	if err := errors.Join(err, temp.Sync(), temp.Close()); err != nil {
		return err
	}
	if err := os.Rename(temp.Name(), filepath.Join(dir, keyFileName)); err != nil {
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
