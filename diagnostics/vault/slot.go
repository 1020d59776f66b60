package vault

import (
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"errors"
	"fmt"

	"golang.org/x/crypto/chacha20poly1305"

	"solidaren/diagnostics"
)

// Kinds of slots.
const (
	slotPassphrase = "passphrase"
	slotRecovery   = "recovery"
)

// slot is the data key, wrapped under one secret: the passphrase or the
// recovery code.
type slot struct {
	ID      string `json:"id"`
	Kind    string `json:"kind"`
	KDF     kdf    `json:"kdf"`
	Pepper  bool   `json:"pepper,omitempty"` // the computer's keyring holds a part of the key
	Check   []byte `json:"check,omitempty"`  // of a recovery code: half a byte a group, to find typing mistakes
	Nonce   []byte `json:"nonce"`
	Wrapped []byte `json:"wrapped"`
}

func newSlot(kind string, k kdf) slot { return slot{ID: diagnostics.NewID(), Kind: kind, KDF: k} }

// recoverySlot is a slot for a code: 160 random bits need no dear derivation.
func recoverySlot(code string) slot {
	s := newSlot(slotRecovery, floorKDF())
	s.Check = recoveryCheck(s.KDF.Salt, code)
	return s
}

// check refuses what this program cannot have written.
func (s slot) check() error {
	if err := s.KDF.check(); err != nil {
		return fmt.Errorf("slot %s: %w", s.ID, err)
	}
	if len(s.Nonce) != chacha20poly1305.NonceSizeX {
		return fmt.Errorf("slot %s: nonce of a wrong length", s.ID)
	}
	if s.Kind == slotRecovery && len(s.Check) != recoveryGroups {
		return fmt.Errorf("slot %s: check of a wrong length", s.ID)
	}
	return nil
}

// bound is what the wrapping vouches for beside the key: format, vault, slot,
// cost, and what else decides over the opening. A change of any of them makes
// the slot useless.
func (s slot) bound(file keyFile) []byte {
	k := s.KDF
	b := fmt.Appendf(nil, "%d|%s|%s|%s|%s|%d|%d|%d|%x", file.Version, file.Vault, s.ID, s.Kind, k.Alg, k.T, k.M, k.P, k.Salt)
	if s.Pepper || len(s.Check) > 0 {
		b = fmt.Appendf(b, "|%t|%x", s.Pepper, s.Check)
	}
	return b
}

// aead is the cipher that wraps the data key. Parameters out of range are
// refused before anything is derived.
func (s slot) aead(secret string, pepper []byte) (cipher.AEAD, error) {
	if err := s.KDF.check(); err != nil {
		return nil, err
	}
	key := s.KDF.derive(secret)
	defer clear(key)
	if !s.Pepper {
		return chacha20poly1305.NewX(key)
	}
	mixed, err := hkdf.Key(sha256.New, key, pepper, "solidaren/pepper", keyBytes)
	if err != nil {
		return nil, err
	}
	defer clear(mixed)
	return chacha20poly1305.NewX(mixed)
}

func (s *slot) wrap(file keyFile, secret string, pepper, key []byte) error {
	aead, err := s.aead(secret, pepper)
	if err != nil {
		return err
	}
	s.Nonce = random(aead.NonceSize())
	s.Wrapped = aead.Seal(nil, s.Nonce, key, s.bound(file))
	return nil
}

func (s slot) unwrap(file keyFile, secret string, pepper []byte) ([]byte, error) {
	aead, err := s.aead(secret, pepper)
	if err != nil {
		return nil, err
	}
	key, err := aead.Open(nil, s.Nonce, s.Wrapped, s.bound(file))
	if err == nil && len(key) != keyBytes {
		return nil, errors.New("data key of a wrong length")
	}
	return key, err
}
