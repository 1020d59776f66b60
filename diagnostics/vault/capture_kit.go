package vault

import (
	"bytes"
	"crypto/ecdh"
	"crypto/hmac"
	"crypto/hpke"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"solidaren/diagnostics"
)

// CaptureKit is what recording without opening the vault needs: the public key
// that records are sealed to, and what the vault's owner put beside it, free of
// personal data. The private key comes from the data key. Whoever can write the
// folder can put another kit in its place; opening the vault finds that out.
type CaptureKit struct {
	Version int             `json:"version"`
	Vault   string          `json:"vault"`
	Key     []byte          `json:"key"` // X25519, public
	Content json.RawMessage `json:"content"`
	MAC     []byte          `json:"mac"`
}

func (k CaptureKit) bound() []byte {
	return fmt.Appendf(nil, "%d|%s|%x|%s", k.Version, k.Vault, k.Key, k.Content)
}

func (v *Vault) captureMAC(k CaptureKit) []byte {
	key := v.Subkey("capture kit")
	defer clear(key)
	mac := hmac.New(sha256.New, key)
	mac.Write(k.bound())
	return mac.Sum(nil)
}

func (v *Vault) capturePrivate() (hpke.PrivateKey, error) {
	seed := v.Subkey("capture")
	defer clear(seed)
	return hpke.DHKEM(ecdh.X25519()).DeriveKeyPair(seed)
}

// WriteCaptureKit puts the kit beside the vault, with content (JSON), and gives
// it, to be kept in memory where the program itself locks. Errors: invalid (no
// JSON), too_large (the disk is full), internal.
func (v *Vault) WriteCaptureKit(content []byte) (CaptureKit, error) {
	var compact bytes.Buffer
	if err := json.Compact(&compact, content); err != nil {
		return CaptureKit{}, diagnostics.E("vault.WriteCaptureKit", diagnostics.CodeInvalid,
			"Ce qui sert à la saisie scellée ne se lit pas.", "What sealed entries need cannot be read.", err)
	}
	private, err := v.capturePrivate()
	if err != nil {
		return CaptureKit{}, err
	}
	k := CaptureKit{Version: captureVersion, Vault: v.id, Key: private.PublicKey().Bytes(), Content: compact.Bytes()}
	k.MAC = v.captureMAC(k)
	text, err := json.Marshal(k)
	if err != nil {
		return k, err
	}
	return k, fileError("vault.WriteCaptureKit", writeWhole(v.Dir(), captureKitName, text))
}

// LoadCaptureKit reads the kit beside a locked vault. Nothing vouches for it
// until the vault is opened. Errors: not_found (no kit there), corrupt, internal.
func LoadCaptureKit(dir string) (CaptureKit, error) {
	var k CaptureKit
	path := filepath.Join(dir, captureKitName)
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return k, diagnostics.E("vault.LoadCaptureKit", diagnostics.CodeNotFound,
			"La saisie scellée n'est pas prête. Ouvrez d'abord le carnet une fois.",
			"Sealed entries are not ready. Open the notebook once first.", nil)
	}
	if err != nil {
		return k, fileError("vault.LoadCaptureKit", err)
	}
	if info.Size() > maxCaptureKit {
		return k, changedKit(fmt.Errorf("%d bytes", info.Size()))
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return k, fileError("vault.LoadCaptureKit", err)
	}
	if err := json.Unmarshal(text, &k); err != nil {
		return k, changedKit(err)
	}
	if _, err := k.public(); err != nil {
		return k, changedKit(err)
	}
	return k, nil
}

func (k CaptureKit) public() (hpke.PublicKey, error) {
	if k.Version != captureVersion {
		return nil, fmt.Errorf("version %d of the capture kit is unknown", k.Version)
	}
	return hpke.DHKEM(ecdh.X25519()).NewPublicKey(k.Key)
}

// CheckCaptureKit finds out whether the kit beside the opened vault is the one
// that was put there; none at all is no error. Errors: corrupt (it was changed:
// what was recorded with it is not readable, or readable by somebody else).
func (v *Vault) CheckCaptureKit() error {
	k, err := LoadCaptureKit(v.Dir())
	if diagnostics.Code(err) == diagnostics.CodeNotFound {
		return nil
	}
	if err == nil && !hmac.Equal(k.MAC, v.captureMAC(k)) {
		err = changedKit(nil)
	}
	return err
}

func changedKit(cause error) error {
	return diagnostics.E("vault.CheckCaptureKit", diagnostics.CodeCorrupt,
		"Le carnet a été modifié hors de l'application. Rien n'a été effacé. Prévenez la coordination.",
		"The notebook was changed outside the app. Nothing was erased. Tell the coordinator.", cause)
}
