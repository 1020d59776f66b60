package hub

import (
	"context"
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"net/http"
	"strings"
	"time"

	"solidaren/diagnostics"
	"solidaren/sync/wire"
)

// A nonce is 8 bytes of end time, 16 random bytes and an HMAC over both and the
// device's id. The server keeps nothing until the nonce has bought a token, so
// that nobody can fill its database by asking for nonces.
const nonceRandom = 16

// Token gives a nonce to sign, or a token for a signed nonce. Refusals are
// CodeUnauthorized whatever was wrong, and revoked for a device that was
// removed.
func (h *Hub) Token(ctx context.Context, req wire.TokenRequest) (wire.TokenReply, error) {
	if req.Nonce == "" {
		return wire.TokenReply{Nonce: h.nonce(req.Dev, h.now().Add(nonceLife))}, nil
	}
	if !h.nonceIsOurs(req.Dev, req.Nonce) {
		return wire.TokenReply{}, unauthorized()
	}
	reply := wire.TokenReply{
		Token:   base64.RawURLEncoding.EncodeToString(random(tokenBytes)),
		Expires: h.now().Add(TokenLife).UTC(),
	}
	err := h.store.Update(ctx, func(tx Tx) error {
		device, err := tx.Device(ctx, req.Dev)
		if diagnostics.Code(err) == diagnostics.CodeNotFound {
			return unauthorized()
		}
		if err != nil {
			return err
		}
		if !signed(device, req) {
			return unauthorized()
		}
		if err := stillIn(ctx, tx, device); err != nil {
			return err
		}
		err = tx.AddToken(ctx, Token{
			Hash: digest(reply.Token), Nonce: digest(req.Nonce),
			Device: req.Dev, Expires: reply.Expires,
		}, h.now())
		if diagnostics.Code(err) == diagnostics.CodeConflict {
			return unauthorized()
		}
		return err
	})
	if err != nil {
		return wire.TokenReply{}, err
	}
	return reply, nil
}

func signed(device Device, req wire.TokenRequest) bool {
	key, err := base64.StdEncoding.DecodeString(device.AuthKey)
	if err != nil || len(key) != ed25519.PublicKeySize {
		return false
	}
	sig, err := base64.StdEncoding.DecodeString(req.Sig)
	return err == nil && ed25519.Verify(key, wire.TokenMessage(req.Dev, req.Nonce), sig)
}

func (h *Hub) nonce(dev string, end time.Time) string {
	b := binary.BigEndian.AppendUint64(nil, uint64(end.Unix()))
	b = append(b, random(nonceRandom)...)
	return base64.RawURLEncoding.EncodeToString(append(b, h.nonceMAC(dev, b)...))
}

func (h *Hub) nonceIsOurs(dev, nonce string) bool {
	b, err := base64.RawURLEncoding.DecodeString(nonce)
	if err != nil || len(b) != 8+nonceRandom+sha256.Size {
		return false
	}
	body, mac := b[:8+nonceRandom], b[8+nonceRandom:]
	end := time.Unix(int64(binary.BigEndian.Uint64(body)), 0)
	return hmac.Equal(mac, h.nonceMAC(dev, body)) && h.now().Before(end)
}

func (h *Hub) nonceMAC(dev string, body []byte) []byte {
	mac := hmac.New(sha256.New, h.nonceKey)
	mac.Write([]byte(dev + "\n"))
	mac.Write(body)
	return mac.Sum(nil)
}

// Authenticate finds the device that an Authorization header stands for, in the
// store each time, so that a removed device is out at once.
func (h *Hub) Authenticate(ctx context.Context, header string) (Device, error) {
	token, ok := strings.CutPrefix(header, "Bearer ")
	if !ok || token == "" {
		return Device{}, unauthorized()
	}
	var device Device
	err := h.store.View(ctx, func(tx Tx) error {
		var err error
		if device, err = tx.TokenDevice(ctx, digest(token), h.now()); err != nil {
			return err
		}
		return stillIn(ctx, tx, device)
	})
	switch {
	case diagnostics.Code(err) == diagnostics.CodeNotFound:
		return Device{}, unauthorized()
	case err != nil:
		return Device{}, err
	}
	return device, nil
}

// stillIn refuses a device that lost its access, but for one that was replaced,
// which may hand in what it holds; each call says what else it may not.
func stillIn(ctx context.Context, tx Tx, device Device) error {
	if device.Active {
		return nil
	}
	r, err := revocationOf(ctx, tx, device.ID)
	if err == nil && r.Why != wire.RevokedReplaced {
		err = revoked()
	}
	return err
}

func unauthorized() *Refusal {
	return refuse(http.StatusUnauthorized, string(diagnostics.CodeUnauthorized), "A valid token is needed.")
}

func revoked() *Refusal {
	return refuse(http.StatusForbidden, wire.ProblemRevoked, "This device no longer has access.")
}
