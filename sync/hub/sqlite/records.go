package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"solidaren/sync/hub"
	"solidaren/sync/wire"
)

// OpIDs gives the ids of a device's operations by number.
func (t *tx) OpIDs(ctx context.Context, device string, first, last int64) (map[int64]string, error) {
	ids := map[int64]string{}
	_, err := list(ctx, t, func(rows *sql.Rows) (struct{}, error) {
		var n int64
		var id string
		err := rows.Scan(&n, &id)
		ids[n] = id
		return struct{}{}, err
	}, `SELECT n, id FROM ops WHERE device = ? AND n BETWEEN ? AND ?`, device, first, last)
	return ids, err
}

// AppendOps keeps operations and the device's new acked number and anchor.
func (t *tx) AppendOps(ctx context.Context, team, device string, ops []hub.StoredOp, anchor string) error {
	insert, err := t.PrepareContext(ctx, `INSERT INTO ops (device, n, id, team, record, held, received, body)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)`)
	if err != nil {
		return err
	}
	defer insert.Close()
	for _, op := range ops {
		body, err := json.Marshal(op.Op)
		if err != nil {
			return err
		}
		_, err = insert.ExecContext(ctx, device, op.N, op.ID, team, op.Rec, op.Held, op.Received.UnixMilli(), body)
		if err != nil {
			return err
		}
	}
	return t.exec(ctx, `UPDATE devices SET acked = ?, anchor = ? WHERE id = ?`, ops[len(ops)-1].N, anchor, device)
}

// Held lists a device's held operations.
func (t *tx) Held(ctx context.Context, device string, first, last int64) ([]wire.Held, error) {
	return list(ctx, t, func(rows *sql.Rows) (wire.Held, error) {
		var h wire.Held
		err := rows.Scan(&h.N, &h.Why)
		return h, err
	}, `SELECT n, held FROM ops WHERE device = ? AND n BETWEEN ? AND ? AND held <> '' ORDER BY n`, device, first, last)
}

// Settled tells which operations of a device are held no more, or dropped.
func (t *tx) Settled(ctx context.Context, device string, numbers []int64) ([]wire.Held, error) {
	set, err := json.Marshal(numbers)
	if err != nil {
		return nil, err
	}
	return list(ctx, t, func(rows *sql.Rows) (wire.Held, error) {
		var h wire.Held
		err := rows.Scan(&h.N, &h.Why)
		return h, err
	}, `SELECT n, held FROM ops WHERE device = ? AND n IN (SELECT value FROM json_each(?))
		AND held IN ('', ?) ORDER BY n`, device, string(set), wire.HeldDropped)
}

// HeldIn lists what is held in a team, and not dropped nor erased.
func (t *tx) HeldIn(ctx context.Context, team, device string, count int) ([]wire.HeldOp, error) {
	if count == 0 {
		count = -1
	}
	return list(ctx, t, func(rows *sql.Rows) (wire.HeldOp, error) {
		var h wire.HeldOp
		var received int64
		var body []byte
		if err := rows.Scan(&h.Dev, &h.Why, &received, &body); err != nil {
			return h, err
		}
		h.Received = time.UnixMilli(received).UTC()
		return h, json.Unmarshal(body, &h.Op)
	}, `SELECT device, held, received, body FROM ops WHERE team = ?1 AND held <> '' AND held <> ?2 AND body <> x''
		AND (?3 = '' OR device = ?3) ORDER BY received, device, n LIMIT ?4`, team, wire.HeldDropped, device, count)
}

// SettleOp says what became of a held operation.
func (t *tx) SettleOp(ctx context.Context, device string, n int64, why, by string, at time.Time) error {
	return t.exec(ctx, `UPDATE ops SET held = ?, settled_by = ?, settled_at = ? WHERE device = ? AND n = ?`,
		why, by, at.UnixMilli(), device, n)
}

// HeldRecords tells which of the records have a held operation.
func (t *tx) HeldRecords(ctx context.Context, team string, ids []string) (map[string]bool, error) {
	set, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	held := map[string]bool{}
	_, err = list(ctx, t, func(rows *sql.Rows) (struct{}, error) {
		var id string
		err := rows.Scan(&id)
		held[id] = true
		return struct{}{}, err
	}, `SELECT DISTINCT record FROM ops WHERE team = ? AND held <> ''
		AND record IN (SELECT value FROM json_each(?))`, team, string(set))
	return held, err
}

// Scrub empties every operation on a record.
func (t *tx) Scrub(ctx context.Context, team, record string) error {
	return t.exec(ctx, `UPDATE ops SET body = x'' WHERE team = ? AND record = ?`, team, record)
}

// Records gives those of the ids that exist.
func (t *tx) Records(ctx context.Context, team string, ids []string) (map[string]wire.Record, error) {
	set, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	found, err := list(ctx, t, scanRecord, `SELECT state FROM records
		WHERE team = ? AND id IN (SELECT value FROM json_each(?))`, team, string(set))
	records := make(map[string]wire.Record, len(found))
	for _, r := range found {
		records[r.ID] = r
	}
	return records, err
}

func scanRecord(rows *sql.Rows) (wire.Record, error) {
	var state sql.RawBytes
	var r wire.Record
	if err := rows.Scan(&state); err != nil {
		return r, err
	}
	return r, json.Unmarshal(state, &r)
}

// BumpHead takes the next k numbers of a team's sequence.
func (t *tx) BumpHead(ctx context.Context, team string, k int) (int64, error) {
	return t.bump(ctx, team, k, `SELECT head FROM teams WHERE name = ?`,
		`UPDATE teams SET head = head + ? WHERE name = ? RETURNING head`)
}

// PutRecords keeps the states of records.
func (t *tx) PutRecords(ctx context.Context, team string, records []wire.Record) error {
	put, err := t.PrepareContext(ctx, `INSERT INTO records (team, id, seq, person, state) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (team, id) DO UPDATE SET seq = excluded.seq, person = excluded.person, state = excluded.state`)
	if err != nil {
		return err
	}
	defer put.Close()
	for _, r := range records {
		state, err := json.Marshal(r)
		if err != nil {
			return err
		}
		if _, err := put.ExecContext(ctx, team, r.ID, r.Seq, hub.PersonOf(r), state); err != nil {
			return err
		}
	}
	return nil
}

// About lists what is about a person, held operations included.
func (t *tx) About(ctx context.Context, team, person string) ([]string, error) {
	return list(ctx, t, func(rows *sql.Rows) (id string, err error) {
		return id, rows.Scan(&id)
	}, `SELECT id FROM records WHERE team = ?1 AND person = ?2 UNION
		SELECT record FROM ops WHERE team = ?1 AND held <> '' AND body <> x''
		AND json_extract(CAST(body AS TEXT), '$.set.person') = ?2`, team, person)
}

// Changes lists records after a number until limit bytes are full.
func (t *tx) Changes(ctx context.Context, team string, after int64, limit int) ([]wire.Record, bool, error) {
	rows, err := t.QueryContext(ctx, `SELECT state, length(state) FROM records
		WHERE team = ? AND seq > ? ORDER BY seq`, team, after)
	if err != nil {
		return nil, false, err
	}
	defer rows.Close()
	var page []wire.Record
	for size := 0; rows.Next(); {
		var state sql.RawBytes
		var length int
		if err := rows.Scan(&state, &length); err != nil {
			return nil, false, err
		}
		if size += length; size > limit && len(page) > 0 {
			return page, true, nil
		}
		var r wire.Record
		if err := json.Unmarshal(state, &r); err != nil {
			return nil, false, err
		}
		page = append(page, r)
	}
	return page, false, rows.Err()
}
