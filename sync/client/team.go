package client

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"maps"
	"net/http"

	"solidaren/diagnostics"
	"solidaren/sync/wire"
)

// secretBytes is the length of an invite's secret.
const secretBytes = 16

// NewInvite makes the invite of a role to this device's team, and what the server
// is asked for so that the invite opens the team. It is "" before enrolment.
func (m *Member) NewInvite(role string) (wire.Invite, wire.NewInvite) {
	me, secret := m.snapshot(), make([]byte, secretBytes)
	_, _ = rand.Read(secret) // it never fails
	text := base64.RawURLEncoding.EncodeToString(secret)
	return wire.Invite{URL: me.server, Secret: text, Team: me.team}, wire.NewInvite{Secret: text, Role: role}
}

// Team asks the server which invites to the own team wait, after one change of
// the team, if there is one. Codes: invalid (not a member), forbidden (no
// coordinator nor administrator, a demo), conflict, not_found, offline, timeout,
// unauthorized.
func Team(ctx context.Context, s Settings, m *Member, change wire.TeamRequest) (reply wire.TeamReply, err error) {
	return reply, m.ask(ctx, s, "client.Team", "/v1/team", change, &reply)
}

// ask makes one call that needs a token and says a refusal in words.
func (m *Member) ask(ctx context.Context, s Settings, op, path string, in, out any) error {
	if m.rehearsal {
		return failure(op, diagnostics.CodeForbidden, wordsRehearsal, nil)
	}
	if m.ServerURL() == "" {
		return failure(op, diagnostics.CodeInvalid, wordsNotMember, nil)
	}
	l := newLink(m.ServerURL(), m)
	defer l.close()
	err := m.authorized(ctx, s, l, func(bearer string) error { return l.post(ctx, path, bearer, in, out) })
	var refused *refusedError
	if errors.As(err, &refused) {
		code := diagnostics.CodeForbidden
		switch refused.Status {
		case http.StatusConflict:
			code = diagnostics.CodeConflict
		case http.StatusNotFound:
			code = diagnostics.CodeNotFound
		case http.StatusUnauthorized:
			code = diagnostics.CodeUnauthorized
		}
		return refusal(op, code, refused.Code)
	}
	return err
}

// seen gives the devices of the team as a reply changes them, and whether one
// that held the team's key lost its access. One that lost it never gets it back:
// a server that was restored, or lies, brings none in again.
func seen(before map[string]wire.Device, changed []wire.Device) (after map[string]wire.Device, lost bool) {
	after = maps.Clone(before)
	if after == nil {
		after = map[string]wire.Device{}
	}
	for _, d := range changed {
		known, was := before[d.ID]
		switch {
		case was && !known.Active && d.Active:
			d.Active, d.Revoked, d.RevokedAt = false, known.Revoked, known.RevokedAt
		case was && known.Active && !d.Active && diagnostics.Role(d.Role).HoldsKey():
			lost = true
		}
		after[d.ID] = d
	}
	return after, lost
}

// awaitsKey reports whether a device that joins is to receive the team's key from
// another one.
func awaitsKey(own, role string, devices []wire.Device) bool {
	for _, d := range devices {
		if d.ID != own && d.Active && diagnostics.Role(d.Role).HoldsKey() {
			return diagnostics.Role(role).HoldsKey()
		}
	}
	return false
}
