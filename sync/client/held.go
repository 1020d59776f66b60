package client

import (
	"context"
	"errors"
	"net/http"

	"solidaren/sync/wire"
)

// Held asks the server what it has set aside in the team of a coordinator, after
// deciding about one operation of it, if settle is not nil. Codes: invalid (not a
// member), forbidden (no coordinator, a demo), conflict (it cannot be applied),
// not_found, offline, timeout, unauthorized.
func Held(ctx context.Context, nb Notebook, m *Member, settle *wire.Settle) (reply wire.HeldReply, err error) {
	return reply, m.ask(ctx, nb, "client.Held", "/v1/held", wire.HeldRequest{Settle: settle}, &reply)
}

// authorized makes a call with the token that there is, and once more with a new
// one where it has ended.
func (m *Member) authorized(ctx context.Context, s Settings, l *link, call func(bearer string) error) error {
	var refused *refusedError
	if bearer := m.snapshot().token.Value; bearer != "" {
		err := call(bearer)
		if !errors.As(err, &refused) || refused.Status != http.StatusUnauthorized {
			return err
		}
	}
	fresh, err := m.newToken(ctx, l)
	if err != nil {
		return err
	}
	if err := m.change(ctx, s, func(me *membership) { me.token = fresh }); err != nil {
		return err
	}
	return call(fresh.Value)
}
