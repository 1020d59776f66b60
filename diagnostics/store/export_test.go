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
