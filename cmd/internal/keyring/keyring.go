// Package keyring keeps small secrets in the computer's own keyring: the Secret
// Service on Linux, the Credential Manager on Windows, the Keychain on macOS.
// It refuses nothing and decides nothing; a computer without a keyring answers
// with an error.
package keyring

import (
	"encoding/base64"

	"github.com/zalando/go-keyring"

	"solidaren/diagnostics/vault"
)

// service is the name under which the keyring's own window lists the secrets.
const service = "SolidaRen"

// System is the keyring of the person who is logged in.
type System struct{}

var _ vault.Keyring = System{}

// Get reads a secret.
func (System) Get(name string) ([]byte, error) {
	text, err := keyring.Get(service, name)
	if err != nil {
		return nil, err
	}
	return base64.StdEncoding.DecodeString(text)
}

// Set keeps a secret.
func (System) Set(name string, secret []byte) error {
	return keyring.Set(service, name, base64.StdEncoding.EncodeToString(secret))
}

// Delete forgets a secret.
func (System) Delete(name string) error { return keyring.Delete(service, name) }
