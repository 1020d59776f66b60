package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"solidaren/diagnostics/vault"
	"solidaren/sync/wire"
)

// numbered is an operation and the bytes it takes.
type numbered struct {
	op    wire.Op
	bytes int
}

// PendingOps gives own operations behind number after, in order: at most maxOps
// of at most maxBytes together, but always one if there is one.
func (n *Notebook) PendingOps(ctx context.Context, after int64, maxOps, maxBytes int) ([]wire.Op, error) {
	var ops []wire.Op
	for bytes := 0; len(ops) < maxOps; {
		page, err := collect(ctx, n.db, scanNumbered, "SELECT body FROM ops WHERE n > ? ORDER BY n LIMIT ?", after, min(maxOps-len(ops), pageRows))
		if err != nil || len(page) == 0 {
			return ops, err
		}
		for _, o := range page {
			bytes += o.bytes
			if bytes > maxBytes && len(ops) > 0 {
				return ops, nil
			}
			ops, after = append(ops, o.op), o.op.N
		}
	}
	return ops, nil
}

func scanNumbered(rows *sql.Rows) (o numbered, err error) {
	var body []byte
	if err = rows.Scan(&body); err != nil {
		return o, err
	}
	o.bytes = len(body)
	return o, json.Unmarshal(body, &o.op)
}

// OpNumbers gives the number of the last own operation and of the last one that
// the server has.
func (n *Notebook) OpNumbers(ctx context.Context) (last, acked int64, err error) {
	p, err := readProgress(ctx, n.db)
	return p.last, p.acked, err
}

// Cursors gives, for each team, the number of the last change pulled.
func (n *Notebook) Cursors(ctx context.Context) (map[string]int64, error) {
	type cursor struct {
		team string
		seq  int64
	}
	read, err := collect(ctx, n.db, func(rows *sql.Rows) (c cursor, err error) {
		return c, rows.Scan(&c.team, &c.seq)
	}, "SELECT team, seq FROM cursors")
	out := make(map[string]int64, len(read))
	for _, c := range read {
		out[c.team] = c.seq
	}
	return out, err
}

// SyncCounts tells how the notebook and the server stand.
type SyncCounts struct {
	Unsent    int       // operations that the server does not have yet
	Held      int       // operations that it has and did not apply
	Conflicts int       // records with a field of several answers
	LastSync  time.Time // of the last reply, zero if there was none
}

// SyncCounts counts.
func (n *Notebook) SyncCounts(ctx context.Context) (SyncCounts, error) {
	p, err := readProgress(ctx, n.db)
	if err != nil {
		return SyncCounts{}, err
	}
	c := SyncCounts{Unsent: int(p.last - p.acked)}
	if p.synced != 0 {
		c.LastSync = time.Unix(p.synced, 0).UTC()
	}
	err = n.db.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM ops WHERE `+sqlHeld+`),
 (SELECT count(*) FROM records WHERE conflict <> '')`).Scan(&c.Held, &c.Conflicts)
	return c, vault.DBError("store.SyncCounts", err)
}
