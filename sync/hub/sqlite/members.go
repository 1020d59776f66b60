package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"solidaren/diagnostics"
	"solidaren/sync/hub"
	"solidaren/sync/wire"
)

// Setting gives a value of the server itself.
func (t *tx) Setting(ctx context.Context, key string) ([]byte, error) {
	var value []byte
	err := t.QueryRowContext(ctx, `SELECT value FROM settings WHERE key = ?`, key).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return value, err
}

// SetSetting keeps a value of the server itself.
func (t *tx) SetSetting(ctx context.Context, key string, value []byte) error {
	return t.exec(ctx, `INSERT INTO settings VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value`, key, value)
}

// EnsureTeam creates the team where it is absent.
func (t *tx) EnsureTeam(ctx context.Context, team string) error {
	return t.exec(ctx, `INSERT INTO teams (name) VALUES (?) ON CONFLICT DO NOTHING`, team)
}

// AddInvite keeps an invite.
func (t *tx) AddInvite(ctx context.Context, i hub.Invite) error {
	return t.exec(ctx, `INSERT INTO invites (hash, team, role, expires) VALUES (?, ?, ?, ?)`,
		i.Hash, i.Team, i.Role, i.Expires.UnixMilli())
}

// Invite finds an invite by the hash of its secret.
func (t *tx) Invite(ctx context.Context, hash []byte) (hub.Invite, error) {
	i := hub.Invite{Hash: hash}
	var expires int64
	err := t.QueryRowContext(ctx, `SELECT team, role, expires, used_by FROM invites WHERE hash = ?`, hash).
		Scan(&i.Team, &i.Role, &expires, &i.UsedBy)
	i.Expires = time.UnixMilli(expires).UTC()
	return i, found("sqlite.Invite", err)
}

// UseInvite marks an invite as used.
func (t *tx) UseInvite(ctx context.Context, hash []byte, device string) error {
	return t.exec(ctx, `UPDATE invites SET used_by = ? WHERE hash = ?`, device, hash)
}

// DropInvite forgets an invite.
func (t *tx) DropInvite(ctx context.Context, hash []byte) error {
	return t.exec(ctx, `DELETE FROM invites WHERE hash = ?`, hash)
}

// Invites lists those of a team that wait.
func (t *tx) Invites(ctx context.Context, team string, now time.Time) ([]hub.Invite, error) {
	return list(ctx, t, func(rows *sql.Rows) (hub.Invite, error) {
		i := hub.Invite{Team: team}
		var expires int64
		err := rows.Scan(&i.Hash, &i.Role, &expires)
		i.Expires = time.UnixMilli(expires).UTC()
		return i, err
	}, `SELECT hash, role, expires FROM invites WHERE team = ? AND used_by = '' AND expires > ? ORDER BY expires, hash`,
		team, now.UnixMilli())
}

const deviceColumns = `d.id, d.team, d.name, d.role, d.auth_key, d.recipient, d.active, d.acked, d.anchor, d.wiped`

type scanner interface{ Scan(...any) error }

func scanDevice(row scanner) (hub.Device, error) {
	var d hub.Device
	err := row.Scan(&d.ID, &d.Team, &d.Name, &d.Role, &d.AuthKey, &d.Recipient, &d.Active, &d.Acked, &d.Anchor, &d.Wiped)
	return d, err
}

// Device finds a device. The one writer of SQLite is the lock.
func (t *tx) Device(ctx context.Context, id string) (hub.Device, error) {
	d, err := scanDevice(t.QueryRowContext(ctx, `SELECT `+deviceColumns+` FROM devices d WHERE d.id = ?`, id))
	return d, found("sqlite.Device", err)
}

// AddDevice keeps a new device.
func (t *tx) AddDevice(ctx context.Context, d wire.Device, member int64) error {
	return t.exec(ctx, `INSERT INTO devices (id, team, name, role, auth_key, recipient, active, member)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)`, d.ID, d.Team, d.Name, d.Role, d.AuthKey, d.Recipient, d.Active, member)
}

// SetInactive takes a device out of its team.
func (t *tx) SetInactive(ctx context.Context, id string, member int64) error {
	return t.exec(ctx, `UPDATE devices SET active = 0, member = ? WHERE id = ?`, member, id)
}

// Devices lists those of a team that changed after a member number.
func (t *tx) Devices(ctx context.Context, team string, after int64) ([]wire.Device, error) {
	return list(ctx, t, func(rows *sql.Rows) (wire.Device, error) {
		d, err := scanDevice(rows)
		return d.Device, err
	}, `SELECT `+deviceColumns+` FROM devices d WHERE d.team = ? AND d.member > ? ORDER BY d.member`, team, after)
}

// AddToken keeps a token and forgets the ended ones. A nonce is remembered as
// long as its token, which outlives the nonce.
func (t *tx) AddToken(ctx context.Context, token hub.Token, now time.Time) error {
	if err := t.exec(ctx, `DELETE FROM tokens WHERE expires <= ?`, now.UnixMilli()); err != nil {
		return err
	}
	var used bool
	err := t.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM tokens WHERE nonce = ?)`, token.Nonce).Scan(&used)
	if err != nil {
		return err
	}
	if used {
		return diagnostics.E("sqlite.AddToken", diagnostics.CodeConflict, "", "", nil)
	}
	return t.exec(ctx, `INSERT INTO tokens (hash, nonce, device, expires) VALUES (?, ?, ?, ?)`,
		token.Hash, token.Nonce, token.Device, token.Expires.UnixMilli())
}

// TokenDevice finds the device of a token that has not ended.
func (t *tx) TokenDevice(ctx context.Context, hash []byte, now time.Time) (hub.Device, error) {
	d, err := scanDevice(t.QueryRowContext(ctx, `SELECT `+deviceColumns+` FROM tokens k
		JOIN devices d ON d.id = k.device WHERE k.hash = ? AND k.expires > ?`, hash, now.UnixMilli()))
	return d, found("sqlite.TokenDevice", err)
}

// BumpMembers takes the next k member numbers of a team.
func (t *tx) BumpMembers(ctx context.Context, team string, k int) (int64, error) {
	return t.bump(ctx, team, k, `SELECT members FROM teams WHERE name = ?`,
		`UPDATE teams SET members = members + ? WHERE name = ? RETURNING members`)
}

// bump reads a counter of a team, or moves it on by k. Reading works on a
// read-only connection.
func (t *tx) bump(ctx context.Context, team string, k int, read, move string) (last int64, err error) {
	if k == 0 {
		err = t.QueryRowContext(ctx, read, team).Scan(&last)
	} else {
		err = t.QueryRowContext(ctx, move, k, team).Scan(&last)
	}
	return last, found("sqlite.bump", err)
}

// AddEnvelope keeps an envelope unless the device has that key already.
func (t *tx) AddEnvelope(ctx context.Context, e wire.Envelope, member int64) error {
	return t.exec(ctx, `INSERT INTO envelopes (device, key, team, sender, body, member) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT DO NOTHING`, e.Device, e.Key, e.Team, e.From, e.Body, member)
}

// Envelopes lists those for a device after a member number.
func (t *tx) Envelopes(ctx context.Context, device string, after int64) ([]wire.Envelope, error) {
	return list(ctx, t, func(rows *sql.Rows) (wire.Envelope, error) {
		e := wire.Envelope{Device: device}
		err := rows.Scan(&e.Key, &e.Team, &e.From, &e.Body)
		return e, err
	}, `SELECT key, team, sender, body FROM envelopes WHERE device = ? AND member > ? ORDER BY member`, device, after)
}

// Wanted lists what other devices lack of the keys that this device has.
func (t *tx) Wanted(ctx context.Context, device string, roles []diagnostics.Role, limit int) ([]wire.Wanted, error) {
	holders, err := json.Marshal(roles)
	if err != nil {
		return nil, err
	}
	return list(ctx, t, func(rows *sql.Rows) (wire.Wanted, error) {
		var w wire.Wanted
		err := rows.Scan(&w.Key, &w.Device)
		return w, err
	}, `SELECT mine.key, d.id FROM envelopes mine JOIN devices d ON d.team = mine.team
		WHERE mine.device = ? AND d.active AND d.role IN (SELECT value FROM json_each(?))
		AND NOT EXISTS (SELECT 1 FROM envelopes e WHERE e.device = d.id AND e.key = mine.key)
		ORDER BY mine.key, d.id LIMIT ?`, device, string(holders), limit)
}
