// Package store is the laptop's notebook: records, the operations that changed
// them, drafts, settings and the search of persons, in one SQLite database.
//
// A change and its operation are written in one transaction. Names and words
// are sealed before they enter an operation. Facts are never changed, and no
// operation is ever renumbered or dropped. The package knows no network, no
// form and no key: sealing is the Sealer's, opening the database the vault's.
// It refuses a database of a newer program and every write before it has a
// Sealer.
//
// There is one connection. A reading method takes one page, closes it and only
// then calls back, so that a long export never stands in the way of typing.
package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"solidaren/diagnostics"
	"solidaren/diagnostics/vault"
)

const (
	applicationID = 0x536f4c52 // "SoLR"
	latestSchema  = 13         // PRAGMA user_version after the last migration
	pageRows      = 200        // most rows that one statement reads
)

// Sealer seals what only the team may read and opens it again. field is the
// name of the record's field; op the id of the operation that writes it.
type Sealer interface {
	// Seal gives a wire.Sealed as JSON.
	Seal(rec, field, op string, plain []byte) (json.RawMessage, error)
	// Unseal errors: unauthorized (that key has not arrived yet), corrupt
	// (altered, or moved from another record or field).
	Unseal(rec, field string, sealed json.RawMessage) ([]byte, error)
}

// Options of a notebook.
type Options struct {
	Clock diagnostics.Clock // time.Now if nil
}

// Notebook is an open notebook. Its methods may be called from several
// goroutines.
type Notebook struct {
	Rows
	vault  *vault.Vault
	clock  diagnostics.Clock
	sealer atomic.Pointer[Sealer]
	stmts  map[string]*sql.Stmt // the statements of a save, prepared
	typing typing
	forms  atomic.Int64 // see FormsRevision

	indexed atomic.Int64 // transactions since the opening that changed what a search shows
	recent  atomic.Pointer[recent]

	captured Captured
}

// Open opens the notebook of a vault, and migrates an older one, of which it
// keeps a sealed copy for a while. What was in the typing journal when the
// program or the computer ended stands in the drafts then, and an erasure that
// was interrupted is ended. Errors: conflict
// (open in another program), invalid (of a newer program, or another program's
// database), corrupt (damaged, or its operations were changed), too_large (the
// disk is full), internal.
func Open(ctx context.Context, v *vault.Vault, o Options) (*Notebook, error) {
	db, err := v.OpenDB(ctx)
	if err != nil {
		return nil, err
	}
	n := &Notebook{Rows: Rows{db, limitObjection}, vault: v, clock: o.Clock, stmts: map[string]*sql.Stmt{}}
	if n.clock == nil {
		n.clock = time.Now
	}
	for _, step := range []func(context.Context) error{n.migrate, n.prepare, n.chainOld, n.verifyRecent, n.indexPersons, n.openJournal, n.forgetStray, n.endErasure} {
		if err = step(ctx); err != nil {
			break
		}
	}
	if err != nil {
		return nil, errors.Join(vault.DBError("store.Open", err), n.Close())
	}
	return n, nil
}

// UseSealer gives the notebook its keys. It comes before the first write of a
// record.
func (n *Notebook) UseSealer(s Sealer) { n.sealer.Store(&s) }

// Close ends all work on the notebook and frees it for other programs.
func (n *Notebook) Close() error {
	var err error
	n.recent.Store(nil)
	for _, s := range n.stmts {
		err = errors.Join(err, s.Close())
	}
	if n.typing.journal != nil {
		err = errors.Join(err, n.typing.journal.Close())
	}
	return errors.Join(err, n.db.Close())
}

// prepare compiles the statements of a save once. With one connection they
// cannot be compiled while a transaction holds it.
func (n *Notebook) prepare(ctx context.Context) error {
	for _, query := range hot {
		stmt, err := n.db.PrepareContext(ctx, query) //nolint:sqlclosecheck // closed with the notebook
		if err != nil {
			return fmt.Errorf("store: prepare %q: %w", query, err)
		}
		n.stmts[query] = stmt
	}
	return nil
}
