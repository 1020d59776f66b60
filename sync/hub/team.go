package hub

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"time"

	"solidaren/diagnostics"
	"solidaren/sync/wire"
)

// maxInvites is how many invites of a team may wait at once.
const maxInvites = 50

// settingRevoked begins the key under which the server keeps how a device lost
// its access; its id ends it.
const settingRevoked = "revoked/"

// Team makes or withdraws an invite, or takes a computer out of the team, if the
// request says so, and lists the invites that wait. It is for the coordinator and
// the administrator of the team; who holds no key invites nobody who would hold
// one. Each may be asked twice without harm. A Refusal tells forbidden, invalid,
// not_found (of another team, or no such invite), invite-used, too-many-invites,
// own-device.
func (h *Hub) Team(ctx context.Context, by Device, req wire.TeamRequest) (wire.TeamReply, error) {
	reply := wire.TeamReply{Invites: []wire.PendingInvite{}}
	if !by.Active {
		return reply, revoked()
	}
	if by.role() != diagnostics.RoleCoordinator && by.role() != diagnostics.RoleAdmin {
		return reply, refuse(http.StatusForbidden, string(diagnostics.CodeForbidden), "Only a coordinator or an administrator says who belongs to the team.")
	}
	if req.Invite != nil || req.Withdraw != "" || req.Revoke != nil {
		err := h.store.Update(ctx, func(tx Tx) error {
			still, err := tx.Device(ctx, by.ID)
			if err == nil && !still.Active {
				err = revoked() // since it was let in
			}
			if err != nil {
				return err
			}
			return h.changeTeam(ctx, tx, still, req)
		})
		if err != nil {
			return reply, err
		}
		h.logTeam(by, req)
	}
	err := h.store.View(ctx, func(tx Tx) error {
		waiting, err := tx.Invites(ctx, by.Team, h.now().UTC())
		for _, i := range waiting {
			reply.Invites = append(reply.Invites, wire.PendingInvite{ID: inviteID(i.Hash), Role: string(i.Role), Expires: i.Expires})
		}
		return err
	})
	return reply, err
}

// logTeam writes who changed what of the team: of an invite the beginning of its
// id, from which nobody makes the word.
func (h *Hub) logTeam(by Device, req wire.TeamRequest) {
	switch {
	case req.Invite != nil:
		h.log.Info("an invite was made", "by", by.ID, "role", req.Invite.Role)
	case req.Withdraw != "":
		h.log.Info("an invite was withdrawn", "by", by.ID)
	default:
		h.log.Info("a device was revoked", "by", by.ID, "device", req.Revoke.Dev, "why", req.Revoke.Why)
	}
}

func (h *Hub) changeTeam(ctx context.Context, tx Tx, by Device, req wire.TeamRequest) error {
	switch {
	case req.Invite != nil:
		return h.addInvite(ctx, tx, by, *req.Invite)
	case req.Withdraw != "":
		return withdraw(ctx, tx, by, req.Withdraw)
	default:
		return h.revoke(ctx, tx, by, *req.Revoke)
	}
}

// addInvite keeps an invite to the team of whoever makes it.
func (h *Hub) addInvite(ctx context.Context, tx Tx, by Device, i wire.NewInvite) error {
	role := diagnostics.Role(i.Role)
	secret, err := base64.RawURLEncoding.DecodeString(i.Secret)
	if err != nil || len(secret) != secretBytes || !role.Valid() {
		return refuse(http.StatusUnprocessableEntity, string(diagnostics.CodeInvalid), "The secret or the role does not have the right shape.")
	}
	if role.HoldsKey() && !by.role().HoldsKey() {
		return refuse(http.StatusForbidden, string(diagnostics.CodeForbidden), "Who holds no key of the team invites nobody who would.")
	}
	hash, now := digest(i.Secret), h.now().UTC()
	known, err := tx.Invite(ctx, hash)
	if err == nil { // the answer to an earlier call was lost, or the secret is another team's
		if known.Team != by.Team || known.Role != role {
			return refuse(http.StatusUnprocessableEntity, string(diagnostics.CodeInvalid), "This secret was used for another invite.")
		}
		return nil
	}
	if diagnostics.Code(err) != diagnostics.CodeNotFound {
		return err
	}
	waiting, err := tx.Invites(ctx, by.Team, now)
	if err != nil {
		return err
	}
	if len(waiting) >= maxInvites {
		return refuse(http.StatusConflict, wire.ProblemTooManyInvites, "Too many invites of this team wait already.")
	}
	return tx.AddInvite(ctx, Invite{Hash: hash, Team: by.Team, Role: role, Expires: now.Add(InviteLife)})
}

// withdraw takes back an invite that nobody has used.
func withdraw(ctx context.Context, tx Tx, by Device, id string) error {
	hash, err := base64.RawURLEncoding.DecodeString(id)
	if err != nil {
		return refuse(http.StatusUnprocessableEntity, string(diagnostics.CodeInvalid), "This is no invite's id.")
	}
	invite, err := tx.Invite(ctx, hash)
	switch {
	case diagnostics.Code(err) == diagnostics.CodeNotFound:
		return nil // withdrawn already
	case err != nil:
		return err
	case invite.Team != by.Team:
		return refuse(http.StatusNotFound, string(diagnostics.CodeNotFound), "This invite is not of the team.")
	case invite.UsedBy != "":
		return refuse(http.StatusConflict, wire.ProblemInviteUsed, "This invite was used: take the computer out of the team instead.")
	}
	return tx.DropInvite(ctx, hash)
}

func inviteID(hash []byte) string { return base64.RawURLEncoding.EncodeToString(hash) }

// revocation is how a device lost its access, as the server keeps it.
type revocation struct {
	Why string    `json:"why"` // wire.RevokedReplaced or wire.RevokedStolen
	By  string    `json:"by"`  // device
	At  time.Time `json:"at"`
}

// revoke ends a device's access at once: its tokens stand for it no more. What
// was stolen is never made merely replaced.
func (h *Hub) revoke(ctx context.Context, tx Tx, by Device, r wire.Revoke) error {
	if r.Why != wire.RevokedReplaced && r.Why != wire.RevokedStolen {
		return refuse(http.StatusUnprocessableEntity, string(diagnostics.CodeInvalid), "A computer is revoked as replaced or as stolen.")
	}
	if r.Dev == by.ID {
		return refuse(http.StatusConflict, wire.ProblemOwnDevice, "A computer does not take itself out of the team.")
	}
	device, err := tx.Device(ctx, r.Dev)
	if diagnostics.Code(err) == diagnostics.CodeNotFound || err == nil && device.Team != by.Team {
		return refuse(http.StatusNotFound, string(diagnostics.CodeNotFound), "This device is not of the team.")
	}
	if err != nil {
		return err
	}
	before, err := revocationOf(ctx, tx, device.ID)
	if err != nil || !device.Active && (before.Why == r.Why || before.Why == wire.RevokedStolen) {
		return err
	}
	kept, err := json.Marshal(revocation{Why: r.Why, By: by.ID, At: h.now().UTC()})
	if err != nil {
		return err
	}
	if err := tx.SetSetting(ctx, settingRevoked+device.ID, kept); err != nil {
		return err
	}
	number, err := tx.BumpMembers(ctx, device.Team, 1)
	if err != nil {
		return err
	}
	return tx.SetInactive(ctx, device.ID, number)
}

// revocationOf tells how a device lost its access, nothing if it did not.
func revocationOf(ctx context.Context, tx Tx, device string) (r revocation, err error) {
	raw, err := tx.Setting(ctx, settingRevoked+device)
	if err != nil || raw == nil {
		return r, err
	}
	return r, json.Unmarshal(raw, &r)
}

// revokedDevices says of each device that lost its access how and when.
func revokedDevices(ctx context.Context, tx Tx, devices []wire.Device) error {
	for i, d := range devices {
		if d.Active {
			continue
		}
		r, err := revocationOf(ctx, tx, d.ID)
		if err != nil {
			return err
		}
		devices[i].Revoked, devices[i].RevokedAt = r.Why, r.At
	}
	return nil
}
