package client

import (
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"math/rand/v2"
	"time"

	"solidaren/diagnostics"
	"solidaren/sync/wire"
)

// Enrol joins the team of an invite. Codes: invalid (no invite), conflict
// (already a member), forbidden (used, ended or unknown invite, a demo), offline,
// timeout. If the answer was lost after the server had taken the device in, a
// second Enrol with the same invite finds that out and ends well.
func Enrol(ctx context.Context, nb Notebook, m *Member, invite, deviceName string) error {
	const op = "client.Enrol"
	if m.rehearsal {
		return failure(op, diagnostics.CodeForbidden, wordsRehearsal, nil)
	}
	i, err := wire.ParseInvite(invite)
	if err != nil {
		return err
	}
	if !m.running.TryLock() {
		return failure(op, diagnostics.CodeConflict, wordsRunning, nil)
	}
	defer m.running.Unlock()
	if m.ServerURL() != "" {
		return failure(op, diagnostics.CodeConflict, wordsMember, nil)
	}
	l := newLink(i.URL, m)
	defer l.close()
	public, _ := m.auth.Public().(ed25519.PublicKey)
	request := wire.EnrolRequest{
		Secret: i.Secret, Dev: m.id, Name: deviceName,
		AuthKey: base64.StdEncoding.EncodeToString(public), Recipient: m.recipient,
	}
	var reply wire.EnrolReply
	err = l.patiently(ctx, func() error { return l.post(ctx, "/v1/enrol", "", request, &reply) })
	var refused *refusedError
	if errors.As(err, &refused) {
		err = refusal(op, diagnostics.CodeForbidden, refused.Code)
		if refused.Code == wire.ProblemInviteUsed && m.enrolledBefore(ctx, l, &reply) {
			err = nil
		}
	}
	if err != nil {
		return elsewhere(err)
	}
	if reply.Team == "" || reply.Role == "" {
		return failure(op, diagnostics.CodeOffline, wordsElsewhere, nil)
	}
	return m.change(ctx, nb, func(s *membership) {
		s.server, s.team, s.role = i.URL, reply.Team, reply.Role
		s.members, s.announced = 0, nil
		s.waiting = awaitsKey(m.id, reply.Role, reply.Devices)
		s.devices = map[string]wire.Device{}
		for _, d := range reply.Devices {
			s.devices[d.ID] = d
		}
	})
}

// elsewhere says of an answer that is no server's of ours what it may be for an
// invite: a network's own page, or a wrong address in it.
func elsewhere(err error) error {
	var e *diagnostics.Error
	if errors.As(err, &e) && e.Msg == wordsPortal {
		return failure(e.Op, e.Code, wordsElsewhere, err)
	}
	return err
}

// enrolledBefore asks a server that says "used" whether it was this device that
// used the invite: the answer to an earlier call may have been lost.
func (m *Member) enrolledBefore(ctx context.Context, l *link, reply *wire.EnrolReply) bool {
	bearer, err := m.newToken(ctx, l)
	if err != nil {
		return false
	}
	var page wire.SyncReply
	request := wire.SyncRequest{Proto: wire.Proto, Dev: m.id, SentAt: time.Now().UTC(), LimitBytes: 1}
	if l.post(ctx, "/v1/sync", bearer.Value, request, &page) != nil {
		return false
	}
	for _, d := range page.Devices {
		if d.ID == m.id {
			*reply = wire.EnrolReply{Epoch: page.Epoch, Team: d.Team, Role: d.Role, Devices: page.Devices}
			return true
		}
	}
	return false
}

// newToken signs the server's nonce for a token.
func (m *Member) newToken(ctx context.Context, l *link) (token, error) {
	var nonce, reply wire.TokenReply
	if err := l.post(ctx, "/v1/token", "", wire.TokenRequest{Dev: m.id}, &nonce); err != nil {
		return token{}, err
	}
	sig := ed25519.Sign(m.auth, wire.TokenMessage(m.id, nonce.Nonce))
	request := wire.TokenRequest{Dev: m.id, Nonce: nonce.Nonce, Sig: base64.StdEncoding.EncodeToString(sig)}
	if err := l.post(ctx, "/v1/token", "", request, &reply); err != nil {
		return token{}, err
	}
	if reply.Token == "" {
		return token{}, failure("client.token", diagnostics.CodeOffline, wordsPortal, nil)
	}
	return token{Value: reply.Token, Expires: reply.Expires}, nil
}

// patiently repeats a call that failed on the network.
func (l *link) patiently(ctx context.Context, call func() error) error {
	for failures := 1; ; failures++ {
		err := call()
		code := diagnostics.Code(err)
		network := code == diagnostics.CodeOffline || code == diagnostics.CodeTimeout
		if !network || failures >= l.patience.Tries || ctx.Err() != nil {
			return err
		}
		if err := l.pause(ctx, failures, 0); err != nil {
			return err
		}
	}
}

// pause waits a random time up to the step of the back-off ("full jitter"), so
// that laptops that failed together do not come back together.
func (l *link) pause(ctx context.Context, failures int, atLeast time.Duration) error {
	step := min(l.patience.Pause<<min(failures-1, 16), l.patience.Longest)
	wait := atLeast + rand.N(step+1)
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return stopped("client.pause", ctx)
	}
}
