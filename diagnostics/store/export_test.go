package store

import (
	"bytes"
	"context"
	"database/sql"
	"time"
)

// Pages gives every byte of the open database, opened if the file is sealed:
// free pages and what lies between the rows included.
func (n *Notebook) Pages(ctx context.Context) ([]byte, error) {
	var all bytes.Buffer
	for after := 0; ; after += pageRows {
		pages, err := collect(ctx, n.db, func(rows *sql.Rows) (b []byte, err error) { return b, rows.Scan(&b) },
			"SELECT data FROM sqlite_dbpage WHERE pgno > ? AND pgno <= ?", after, after+pageRows)
		if err != nil || len(pages) == 0 {
			return all.Bytes(), err
		}
		for _, page := range pages {
			all.Write(page)
		}
	}
}

// JudgeClock judges a clock by when it was seen, when it jumped and what a
// server said, zero where unknown.
func JudgeClock(seen, jumped, server, now time.Time) (sure bool, jumpedNext time.Time) {
	sure, next := clockMarks{seen, jumped, server}.judge(now)
	return sure, next.jumped
}

// Tune sets a pragma of the open database.
func (n *Notebook) Tune(ctx context.Context, pragma string) error {
	_, err := n.db.ExecContext(ctx, "PRAGMA "+pragma)
	return err
}

// State is a digest of all that a notebook holds but its drafts, which the
// typing journal may know better.
func (n *Notebook) State(ctx context.Context) (string, error) {
	var state string
	err := n.db.QueryRowContext(ctx, `SELECT printf('%s ops %s, %s records %s, %s persons %s, %s accesses %s, %s attachments %s, acked %d',
 (SELECT count(*) FROM ops), coalesce((SELECT hex(hash) FROM ops ORDER BY n DESC LIMIT 1), ''),
 (SELECT count(*) FROM records), coalesce((SELECT group_concat(id || fields || conflict) FROM (SELECT * FROM records ORDER BY id)), ''),
 (SELECT count(*) FROM persons), coalesce((SELECT group_concat(id || code || root || words) FROM (SELECT * FROM persons ORDER BY id)), ''),
 (SELECT count(*) FROM access), coalesce((SELECT hex(hash) FROM access ORDER BY n DESC LIMIT 1), ''),
 (SELECT count(*) FROM attachments), coalesce((SELECT group_concat(owner || name || hex(content)) FROM (SELECT * FROM attachments ORDER BY owner, name)), ''),
 (SELECT acked FROM progress))`).Scan(&state)
	return state, err
}

// ActionsLike is the plain way to search the directory: what its cards hold, by
// LIKE.
func (n *Notebook) ActionsLike(ctx context.Context, pattern string) ([]string, error) {
	return collect(ctx, n.db, scanText, "SELECT id FROM records WHERE type = 'action' AND fields LIKE ?", pattern)
}
