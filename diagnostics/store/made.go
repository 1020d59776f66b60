package store

import (
	"context"
	"database/sql"
)

// Made is one kind of thing that was written here.
type Made struct {
	Type    string // of the record
	Contact string // of an encounter, "" for others
	Status  string // that a card was given, "" for others
	Count   int
}

// MadeSince counts what was written here after an operation, by kind: what a
// guided try looks at.
func (n *Notebook) MadeSince(ctx context.Context, after int64) ([]Made, error) {
	return collect(ctx, n.db, func(rows *sql.Rows) (m Made, err error) {
		return m, rows.Scan(&m.Type, &m.Contact, &m.Status, &m.Count)
	}, `SELECT coalesce(json_extract(body, '$.type'), '') AS kind,
 coalesce(json_extract(body, '$.set.contact_kind'), '') AS contact, coalesce(json_extract(body, '$.set.status'), '') AS status, count(*) FROM ops WHERE n > ?
 GROUP BY kind, contact, status ORDER BY kind, contact, status LIMIT ?`, after, pageRows)
}
