package teamkey

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"io"
	"strings"

	"filippo.io/age"

	"solidaren/diagnostics"
	"solidaren/sync/wire"
)

// content is what an envelope holds. The id inside is what counts: the server
// sees only the one outside.
type content struct {
	ID  string `json:"solidaren_team_key"`
	Key []byte `json:"key"`
}

// maxContent bounds an opened envelope, in bytes.
const maxContent = 1 << 10

// NewIdentity makes a device's age identity and its recipient: the hybrid of
// ML-KEM-768 and X25519, since names outlive today's cryptography.
func NewIdentity() (identity, recipient string, err error) {
	id, err := age.GenerateHybridIdentity()
	if err != nil {
		return "", "", err
	}
	return id.String(), id.Recipient().String(), nil
}

// Recipient gives the recipient of an identity. CodeCorrupt if it is none.
func Recipient(identity string) (string, error) {
	id, err := age.ParseHybridIdentity(identity)
	if err != nil {
		return "", diagnostics.E("teamkey.Recipient", diagnostics.CodeCorrupt,
			"La clé de ce poste est abîmée.", "This computer's key is damaged.", nil)
	}
	return id.Recipient().String(), nil
}

// Wrap wraps a key for a recipient; the body is the base64 of an age file.
// CodeUnauthorized if the key is not held, CodeInvalid for a bad recipient.
func (k *Keyring) Wrap(keyID, recipient string) (string, error) {
	const op = "teamkey.Wrap"
	k.mu.RLock()
	key := k.keys[keyID]
	k.mu.RUnlock()
	if key == nil {
		return "", diagnostics.E(op, diagnostics.CodeUnauthorized, "Cette clé n'est pas ici.", "This key is not here.", nil)
	}
	to, err := age.ParseRecipients(strings.NewReader(recipient))
	if err != nil || len(to) != 1 {
		return "", diagnostics.E(op, diagnostics.CodeInvalid,
			"La clé publique d'un poste est mal écrite.", "A computer's public key is malformed.", err)
	}
	plain, err := json.Marshal(content{ID: keyID, Key: key})
	if err != nil {
		return "", err
	}
	var body bytes.Buffer
	w, err := age.Encrypt(&body, to[0])
	if err != nil {
		return "", err
	}
	if _, err := w.Write(plain); err != nil {
		return "", err
	}
	if err := w.Close(); err != nil {
		return "", err
	}
	return base64.StdEncoding.EncodeToString(body.Bytes()), nil
}

// Add opens an envelope with the device's identity and keeps its key; added is
// false if it was held before. CodeCorrupt if the envelope cannot be opened, or
// holds another key than it says, or another key under an id that is held.
func (k *Keyring) Add(identity string, e wire.Envelope) (added bool, err error) {
	c, err := open(identity, e)
	if err != nil {
		return false, diagnostics.E("teamkey.Add", diagnostics.CodeCorrupt,
			"Une clé de l'équipe est arrivée abîmée.", "A team key arrived damaged.", err)
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	held := k.keys[e.Key]
	if generationOf(e.Key) > k.newest()+maxJump {
		return false, diagnostics.E("teamkey.Add", diagnostics.CodeCorrupt,
			"Une clé de l'équipe ne correspond pas.", "A team key does not match.", nil)
	}
	if c.ID != e.Key || len(c.Key) != keySize || held != nil && !bytes.Equal(held, c.Key) {
		return false, diagnostics.E("teamkey.Add", diagnostics.CodeCorrupt,
			"Une clé de l'équipe ne correspond pas.", "A team key does not match.", nil)
	}
	k.keys[e.Key] = c.Key
	return held == nil, nil
}

func open(identity string, e wire.Envelope) (content, error) {
	var c content
	id, err := age.ParseIdentities(strings.NewReader(identity))
	if err != nil {
		return c, err
	}
	body, err := base64.StdEncoding.DecodeString(e.Body)
	if err != nil {
		return c, err
	}
	r, err := age.Decrypt(bytes.NewReader(body), id...)
	if err != nil {
		return c, err
	}
	plain, err := io.ReadAll(io.LimitReader(r, maxContent))
	if err != nil {
		return c, err
	}
	return c, json.Unmarshal(plain, &c)
}
