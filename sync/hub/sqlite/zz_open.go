package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"

	_ "modernc.org/sqlite"
)

type dbOptions struct {
	Path      string
	Exclusive bool
	ReadOnly  bool
	MaxConns  int
}

func openDB(ctx context.Context, o dbOptions) (*sql.DB, error) {
	dsn := "file:" + (&url.URL{Path: o.Path}).EscapedPath() + "?_pragma=busy_timeout(5000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)&_txlock=immediate"
	if o.ReadOnly {
		dsn = "file:" + (&url.URL{Path: o.Path}).EscapedPath() + "?mode=ro&_pragma=busy_timeout(5000)"
	}
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(o.MaxConns)
	if err := db.PingContext(ctx); err != nil {
		return nil, fmt.Errorf("open: %w", err)
	}
	return db, nil
}
