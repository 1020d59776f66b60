package hub

import (
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"solidaren/diagnostics"
	"solidaren/sync/wire"
)

// Longest texts of an enrolment, in bytes. A hybrid age recipient has about
// 2,000 characters.
const (
	maxName      = 100
	maxRecipient = 4 << 10
)

// NewInvite makes a one-use invite that ends after InviteLife, and creates the
// team where it is absent. CodeInvalid for a bad URL, team or role.
func NewInvite(ctx context.Context, store Store, now time.Time, address, team string, role diagnostics.Role) (wire.Invite, error) {
	const op = "hub.NewInvite"
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return wire.Invite{}, diagnostics.E(op, diagnostics.CodeInvalid,
			"L'adresse du serveur s'écrit https://nom ou http://nom:port.",
			"The server's address is written https://name or http://name:port.", nil)
	}
	team = strings.TrimSpace(team)
	if team == "" || len(team) > maxName || !utf8.ValidString(team) {
		return wire.Invite{}, diagnostics.E(op, diagnostics.CodeInvalid,
			"Donnez le nom de l'équipe (100 caractères au plus).", "Give the team's name (100 characters at most).", nil)
	}
	if !role.Valid() {
		return wire.Invite{}, diagnostics.E(op, diagnostics.CodeInvalid,
			"Rôle inconnu : worker, social_worker, coordinator, researcher ou admin.",
			"Unknown role: worker, social_worker, coordinator, researcher or admin.", nil)
	}
	secret := base64.RawURLEncoding.EncodeToString(random(secretBytes))
	err = store.Update(ctx, func(tx Tx) error {
		if err := tx.EnsureTeam(ctx, team); err != nil {
			return err
		}
		return tx.AddInvite(ctx, Invite{Hash: digest(secret), Team: team, Role: role, Expires: now.Add(InviteLife).UTC()})
	})
	return wire.Invite{URL: strings.TrimRight(address, "/"), Secret: secret, Team: team}, err
}

func digest(s string) []byte {
	sum := sha256.Sum256([]byte(s))
	return sum[:]
}

// Enrol makes a device a member of the invite's team. The invite is used up in
// the same transaction; a second use is refused, whoever asks.
func (h *Hub) Enrol(ctx context.Context, req wire.EnrolRequest) (wire.EnrolReply, error) {
	reply := wire.EnrolReply{Epoch: h.epoch}
	if err := checkEnrolment(req); err != nil {
		return reply, err
	}
	err := h.store.Update(ctx, func(tx Tx) error {
		hash := digest(req.Secret)
		invite, err := h.openInvite(ctx, tx, hash)
		if err != nil {
			return err
		}
		if _, err := tx.Device(ctx, req.Dev); diagnostics.Code(err) != diagnostics.CodeNotFound {
			if err != nil {
				return err
			}
			return refuse(http.StatusConflict, string(diagnostics.CodeConflict), "This device is a member already.")
		}
		number, err := tx.BumpMembers(ctx, invite.Team, 1)
		if err != nil {
			return err
		}
		device := wire.Device{
			ID: req.Dev, Name: req.Name, Team: invite.Team, Role: string(invite.Role),
			AuthKey: req.AuthKey, Recipient: req.Recipient, Active: true,
		}
		if err := tx.AddDevice(ctx, device, number); err != nil {
			return err
		}
		if err := tx.UseInvite(ctx, hash, req.Dev); err != nil {
			return err
		}
		reply.Team, reply.Role = invite.Team, string(invite.Role)
		if reply.Devices, err = tx.Devices(ctx, invite.Team, 0); err != nil {
			return err
		}
		return revokedDevices(ctx, tx, reply.Devices)
	})
	return reply, err
}

func (h *Hub) openInvite(ctx context.Context, tx Tx, hash []byte) (Invite, error) {
	invite, err := tx.Invite(ctx, hash)
	switch {
	case diagnostics.Code(err) == diagnostics.CodeNotFound:
		return invite, refuse(http.StatusForbidden, wire.ProblemInviteUnknown, "This invite is not known here.")
	case err != nil:
		return invite, err
	case invite.UsedBy != "":
		return invite, refuse(http.StatusForbidden, wire.ProblemInviteUsed, "This invite was used.")
	case !h.now().Before(invite.Expires):
		return invite, refuse(http.StatusForbidden, wire.ProblemInviteExpired, "This invite has ended.")
	}
	return invite, nil
}

func checkEnrolment(req wire.EnrolRequest) error {
	key, err := base64.StdEncoding.DecodeString(req.AuthKey)
	switch {
	case err != nil || len(key) != ed25519.PublicKeySize,
		uuid.Validate(req.Dev) != nil,
		len(req.Name) > maxName || !utf8.ValidString(req.Name),
		!strings.HasPrefix(req.Recipient, "age1") || len(req.Recipient) > maxRecipient:
		return refuse(http.StatusUnprocessableEntity, string(diagnostics.CodeInvalid),
			"The device's id, name or keys do not have the right shape.")
	}
	return nil
}
