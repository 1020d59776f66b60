package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"solidaren/diagnostics"
	"solidaren/diagnostics/vault"
)

// hot are the statements that saving, pulling and searching run, prepared at
// opening.
var hot = []string{
	sqlProgress, sqlKnown, sqlReadRow, sqlPutRecord, sqlInsertOp, sqlOpsOf, sqlIsOwn, sqlSupersede,
	sqlCodeTaken, sqlSaveDraft, sqlDiscardDraft, sqlEndDraft, sqlPutLastSaved, sqlLastAccess, sqlPutAccess,
	sqlReadIndexed, sqlPutPerson, sqlPutTraits, sqlKnownWord, sqlPutWord, sqlLinked, sqlLinks, sqlTelling,
	sqlReadPosting, sqlPutPosting, sqlDropPosting, sqlReadWords,
	sqlFindCodes, sqlFindCodeBegins, sqlCandidates, sqlNearWords, sqlBegunWords, sqlBegunSounds, sqlPersonRows, sqlCountChange,
}

// tx is one transaction: its time, and how far the operations are.
type tx struct {
	*sql.Tx
	progress
	n      *Notebook
	now    time.Time
	was    int64               // changes before it
	posted map[posting]*rowSet // words of persons, changed and not written yet
	forms  bool                // a questionnaire came or went
	// touched: what a search shows is other than before, by a record that went.
	touched bool
}

const sqlProgress = "SELECT coalesce(o.n, begun), o.hash, acked, synced_at, changes FROM progress LEFT JOIN (SELECT n, hash FROM ops ORDER BY n DESC LIMIT 1) o"

const sqlCountChange = "UPDATE progress SET changes = ?"

// change is the number of this transaction among those that change records.
func (t *tx) change() int64 {
	t.changes = t.was + 1
	return t.changes
}

// progress is how far the notebook's operations are.
type progress struct {
	last, acked int64  // number of the last operation, and of the last acknowledged
	hash        []byte // of the last operation, nil if there is none
	synced      int64  // Unix seconds of the last reply, 0 = never
	changes     int64  // transactions that changed records
}

func readProgress(ctx context.Context, q querier) (progress, error) {
	read, err := collect(ctx, q, func(rows *sql.Rows) (p progress, err error) {
		return p, rows.Scan(&p.last, &p.hash, &p.acked, &p.synced, &p.changes)
	}, sqlProgress)
	return first("store.progress", read, err)
}

// write runs f in one transaction, which is durable when write returns nil and
// has not happened otherwise.
func (n *Notebook) write(ctx context.Context, op string, f func(*tx) error) error {
	t := &tx{n: n, now: n.clock(), posted: map[posting]*rowSet{}}
	var err error
	if t.Tx, err = n.db.BeginTx(ctx, nil); err != nil {
		return vault.DBError(op, err)
	}
	if t.progress, err = readProgress(ctx, t); err == nil {
		t.was = t.changes
		err = f(t)
	}
	if err == nil && t.changes != t.was {
		_, err = t.exec(ctx, sqlCountChange, t.changes)
	}
	t.touched = t.touched || len(t.posted) > 0 || t.changes != t.was
	if err == nil {
		err = t.writePostings(ctx)
	}
	if err == nil {
		err = t.Commit()
	}
	if err == nil && t.forms {
		n.forms.Add(1)
	}
	if t.touched {
		n.indexed.Add(1)
	}
	if err != nil {
		if e := t.Rollback(); e != nil && !errors.Is(e, sql.ErrTxDone) {
			err = errors.Join(err, e)
		}
	}
	return vault.DBError(op, err)
}

func (t *tx) exec(ctx context.Context, query string, args ...any) (sql.Result, error) {
	if s, ok := t.n.stmts[query]; ok {
		return t.StmtContext(ctx, s).ExecContext(ctx, args...) //nolint:sqlclosecheck // closed with the transaction
	}
	return t.ExecContext(ctx, query, args...)
}

// QueryContext reads within the transaction.
func (t *tx) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if s, ok := t.n.stmts[query]; ok {
		return t.StmtContext(ctx, s).QueryContext(ctx, args...) //nolint:sqlclosecheck // closed with the transaction
	}
	return t.Tx.QueryContext(ctx, query, args...)
}

// QueryContext reads outside of a transaction.
func (n *Notebook) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if s, ok := n.stmts[query]; ok {
		return s.QueryContext(ctx, args...)
	}
	return n.db.QueryContext(ctx, query, args...)
}

// querier is a transaction, or the notebook outside of one.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// collect reads all rows of a query and closes it: nothing else may run while
// rows are open on the one connection.
func collect[T any](ctx context.Context, q querier, scan func(*sql.Rows) (T, error), query string, args ...any) ([]T, error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, vault.DBError("store", err)
	}
	defer func() { _ = rows.Close() }()
	var out []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, vault.DBError("store", err)
		}
		out = append(out, v)
	}
	return out, vault.DBError("store", rows.Err())
}

// first gives the first of what was read, or not_found.
func first[T any](op string, read []T, err error) (T, error) {
	var none T
	if err != nil {
		return none, err
	}
	if len(read) == 0 {
		return none, notFound(op)
	}
	return read[0], nil
}

func notFound(op string) error {
	return diagnostics.E(op, diagnostics.CodeNotFound,
		"Cette fiche n'est pas dans ce carnet.", "This record is not in this notebook.", nil)
}

// null is nil for "", so that partial indexes leave the row out.
func null(s string) any {
	if s == "" {
		return nil
	}
	return s
}
