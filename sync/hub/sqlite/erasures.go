package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"

	"solidaren/diagnostics"
	"solidaren/sync/hub"
	"solidaren/sync/wire"
)

// isErased spells the condition of the index of what was erased.
const isErased = `json_extract(CAST(state AS TEXT), '$.gone') = 'erased'`

// Erased lists all that was erased.
func (t *tx) Erased(ctx context.Context) ([]hub.Erased, error) {
	return list(ctx, t, func(rows *sql.Rows) (hub.Erased, error) {
		var e hub.Erased
		var state sql.RawBytes
		var r wire.Record
		err := rows.Scan(&e.Team, &state)
		if err == nil {
			err = json.Unmarshal(state, &r)
		}
		e.ID, e.Type, e.Why, e.At = r.ID, r.Type, r.Why, r.GoneAt
		return e, err
	}, `SELECT team, state FROM records WHERE `+isErased+` ORDER BY team, seq`)
}

// ErasedAfter lists erased persons behind a number.
func (t *tx) ErasedAfter(ctx context.Context, team string, after int64, limit int) ([]wire.Record, error) {
	return list(ctx, t, scanRecord, `SELECT state FROM records WHERE `+isErased+` AND team = ? AND seq > ?
		AND json_extract(CAST(state AS TEXT), '$.type') = ? ORDER BY seq LIMIT ?`, team, after, diagnostics.TypePerson, limit)
}

// SetWiped keeps up to where a device holds nothing erased.
func (t *tx) SetWiped(ctx context.Context, device string, seq int64) error {
	return t.exec(ctx, `UPDATE devices SET wiped = max(wiped, ?) WHERE id = ?`, seq, device)
}

// ForgetWiped has every device confirm anew.
func (t *tx) ForgetWiped(ctx context.Context) error {
	return t.exec(ctx, `UPDATE devices SET wiped = 0`)
}

// Holders lists the active devices of a team that hold records.
func (t *tx) Holders(ctx context.Context, team string, roles []diagnostics.Role) ([]hub.Device, error) {
	holders, err := json.Marshal(roles)
	if err != nil {
		return nil, err
	}
	return list(ctx, t, func(rows *sql.Rows) (hub.Device, error) { return scanDevice(rows) },
		`SELECT `+deviceColumns+` FROM devices d WHERE d.team = ? AND d.active
		AND d.role IN (SELECT value FROM json_each(?)) ORDER BY d.member`, team, string(holders))
}
