// Package teamkey seals names and words so that only the devices of a team can
// read them: values under a key of the team (XChaCha20-Poly1305), keys wrapped
// with age for each device.
//
// It refuses to open a value that was moved to another record, field or
// operation, and it never gives a key away but wrapped for a device. It keeps
// nothing itself: the notebook keeps the marshalled Keyring.
package teamkey

import (
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/crypto/chacha20poly1305"

	"solidaren/diagnostics"
	"solidaren/sync/wire"
)

// keySize is the size of a team key in bytes.
const keySize = 32

// Keyring holds the team keys that a device has, by id. It is safe for use by
// several goroutines.
type Keyring struct {
	mu   sync.RWMutex
	keys map[string][]byte
}

// NewKeyring makes a keyring with one fresh key. Its id is a UUIDv7, so that
// the smallest id of several is the oldest key.
func NewKeyring() (*Keyring, error) {
	key := make([]byte, keySize)
	if _, err := rand.Read(key); err != nil {
		return nil, diagnostics.E("teamkey.NewKeyring", diagnostics.CodeInternal,
			"Le système ne donne pas de hasard.", "The system gives no randomness.", err)
	}
	return &Keyring{keys: map[string][]byte{diagnostics.NewID(): key}}, nil
}

// Load reads what Marshal wrote. CodeCorrupt if it is anything else.
func Load(b []byte) (*Keyring, error) {
	k := &Keyring{}
	err := json.Unmarshal(b, &k.keys)
	bad := err != nil || len(k.keys) == 0
	for _, key := range k.keys {
		bad = bad || len(key) != keySize
	}
	if bad {
		return nil, diagnostics.E("teamkey.Load", diagnostics.CodeCorrupt,
			"Les clés de l'équipe sont abîmées sur ce poste.", "The team's keys are damaged on this computer.", err)
	}
	return k, nil
}

// Marshal writes the keys in clear: the result belongs in a sealed notebook.
func (k *Keyring) Marshal() ([]byte, error) {
	k.mu.RLock()
	defer k.mu.RUnlock()
	return json.Marshal(k.keys)
}

// Current is the id of the key that new values are sealed with: of the newest
// generation held the smallest id, so that all devices of a team come to use
// one key.
func (k *Keyring) Current() string {
	newest := k.Generation()
	for _, id := range k.IDs() {
		if generationOf(id) == newest {
			return id
		}
	}
	return "" // a keyring has a key
}

// Generation is the highest generation of which a key is held. The keys that
// devices bring along are of generation 0.
func (k *Keyring) Generation() int {
	k.mu.RLock()
	defer k.mu.RUnlock()
	return k.newest()
}

func (k *Keyring) newest() int {
	newest := 0
	for id := range k.keys {
		newest = max(newest, generationOf(id))
	}
	return newest
}

// Rotate adds a fresh key of the next generation, with which new values are
// sealed from then on; what was sealed before opens with the key before. It is
// used only once keep has kept the marshalled keyring with it.
func (k *Keyring) Rotate(keep func(marshalled []byte) error) error {
	fresh, err := NewKeyring()
	if err != nil {
		return err
	}
	own := fresh.Current()
	key := fresh.keys[own]
	k.mu.RLock()
	next := &Keyring{keys: maps.Clone(k.keys)}
	k.mu.RUnlock()
	id := generationMark + strconv.Itoa(next.newest()+1) + "." + own
	next.keys[id] = key
	marshalled, err := next.Marshal()
	if err != nil {
		return err
	}
	if err := keep(marshalled); err != nil {
		return err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.keys[id] = key
	return nil
}

// generationMark begins the id of a key of a later generation: "g2.<UUIDv7>".
const generationMark = "g"

func generationOf(id string) int {
	text, _, marked := strings.Cut(strings.TrimPrefix(id, generationMark), ".")
	n, err := strconv.Atoi(text)
	if !marked || err != nil || n < 0 || n > maxGeneration || !strings.HasPrefix(id, generationMark) {
		return 0
	}
	return n
}

// Bounds of generations: far above what a team comes to, and how many of them a
// device may have missed. Without the second, one key of the last generation
// would end all rotation.
const (
	maxGeneration = 1 << 30
	maxJump       = 1000
)

// Has tells whether the keyring holds a key.
func (k *Keyring) Has(keyID string) bool {
	k.mu.RLock()
	defer k.mu.RUnlock()
	return k.keys[keyID] != nil
}

// IDs lists the ids of the keys held, the smallest first.
func (k *Keyring) IDs() []string {
	k.mu.RLock()
	defer k.mu.RUnlock()
	return slices.Sorted(maps.Keys(k.keys))
}

// Seal seals a field's value for an operation; the result is a wire.Sealed.
func (k *Keyring) Seal(rec, field, op string, plain []byte) (json.RawMessage, error) {
	id := k.Current()
	aead, err := k.aead(id, field)
	if err != nil {
		return nil, err
	}
	nonce := make([]byte, aead.NonceSize(), aead.NonceSize()+len(plain)+aead.Overhead())
	if _, err := rand.Read(nonce); err != nil {
		return nil, err
	}
	sealed := aead.Seal(nonce, nonce, plain, bound(id, rec, field, op))
	return json.Marshal(wire.Sealed{Key: id, Op: op, Cipher: base64.StdEncoding.EncodeToString(sealed)})
}

// Unseal opens what Seal made. CodeUnauthorized: the key has not arrived on
// this device. CodeCorrupt: the value was changed or moved.
func (k *Keyring) Unseal(rec, field string, sealed json.RawMessage) ([]byte, error) {
	const op = "teamkey.Unseal"
	var s wire.Sealed
	err := json.Unmarshal(sealed, &s)
	raw, decodeErr := base64.StdEncoding.DecodeString(s.Cipher)
	if err != nil || decodeErr != nil || s.Key == "" {
		return nil, damaged(op)
	}
	aead, err := k.aead(s.Key, field)
	if err != nil {
		return nil, err
	}
	if len(raw) < aead.NonceSize() {
		return nil, damaged(op)
	}
	nonce, text := raw[:aead.NonceSize()], raw[aead.NonceSize():]
	plain, err := aead.Open(nil, nonce, text, bound(s.Key, rec, field, s.Op))
	if err != nil {
		return nil, damaged(op)
	}
	return plain, nil
}

func damaged(op string) error {
	return diagnostics.E(op, diagnostics.CodeCorrupt,
		"Ce texte scellé a été modifié. Il ne peut pas être lu.",
		"This sealed text was changed. It cannot be read.", nil)
}

// aead derives the cipher of a field: identities and words have keys of their
// own.
func (k *Keyring) aead(id, field string) (cipher.AEAD, error) {
	k.mu.RLock()
	key := k.keys[id]
	k.mu.RUnlock()
	if key == nil {
		return nil, diagnostics.E("teamkey", diagnostics.CodeUnauthorized,
			"La clé de l'équipe n'est pas encore arrivée sur ce poste.",
			"The team's key has not arrived on this computer yet.", nil)
	}
	purpose := "solidaren words 1"
	if strings.HasPrefix(field, diagnostics.IdentityPrefix) {
		purpose = "solidaren identity 1"
	}
	derived, err := hkdf.Key(sha256.New, key, nil, purpose, keySize)
	if err != nil {
		return nil, err
	}
	return chacha20poly1305.NewX(derived)
}

// bound is what a sealed value is bound to, each part with its length.
func bound(parts ...string) []byte {
	var b []byte
	for _, p := range parts {
		b = binary.AppendUvarint(b, uint64(len(p)))
		b = append(b, p...)
	}
	return b
}
