package store

import (
	"context"
	"database/sql"
	"time"

	"solidaren/diagnostics"
)

// Draft is a form that is being filled: the state of its session, where the
// writer was, and what a list of drafts shows.
type Draft struct {
	ID, FormID, FormVersion  string
	State                    []byte
	Cursor, Corrects, Person string
	Answered                 int       // questions with an answer
	UpdatedAt                time.Time // set by SaveDraft, to the millisecond
}

const (
	sqlSaveDraft = `INSERT INTO drafts (id, form, version, state, cursor, corrects, person, answered, updated_at)
 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
 ON CONFLICT (id) DO UPDATE SET form = ?2, version = ?3, state = ?4, cursor = ?5, corrects = ?6, person = ?7, answered = ?8, updated_at = ?9`
	sqlDrafts       = "SELECT id, form, version, state, cursor, corrects, person, answered, updated_at FROM drafts"
	sqlDiscardDraft = "DELETE FROM drafts WHERE id = ?"
)

// SaveDraft keeps a draft; it is durable on return. Errors: invalid (no id),
// internal.
func (n *Notebook) SaveDraft(ctx context.Context, d Draft) error {
	if d.ID == "" {
		return diagnostics.E("store.SaveDraft", diagnostics.CodeInvalid, "Brouillon sans numéro.", "A draft without an id.", nil)
	}
	if d.State == nil {
		d.State = []byte{}
	}
	return n.write(ctx, "store.SaveDraft", func(t *tx) error {
		_, err := t.exec(ctx, sqlSaveDraft, d.ID, d.FormID, d.FormVersion, d.State, d.Cursor, d.Corrects, d.Person, d.Answered, t.now.UnixMilli())
		return err
	})
}

// Drafts gives all drafts, the last changed first.
func (n *Notebook) Drafts(ctx context.Context) ([]Draft, error) {
	return collect(ctx, n.db, scanDraft, sqlDrafts+" ORDER BY updated_at DESC, id DESC")
}

// Draft gives one draft. Errors: not_found, internal.
func (n *Notebook) Draft(ctx context.Context, id string) (Draft, error) {
	drafts, err := collect(ctx, n.db, scanDraft, sqlDrafts+" WHERE id = ?", id)
	return first("store.Draft", drafts, err)
}

// DiscardDraft removes a draft; one that is gone already is no error.
func (n *Notebook) DiscardDraft(ctx context.Context, id string) error {
	return n.write(ctx, "store.DiscardDraft", func(t *tx) error {
		gone, err := t.exec(ctx, sqlDiscardDraft, id)
		if err != nil {
			return err
		}
		if rows, err := gone.RowsAffected(); err != nil || rows == 0 {
			return err
		}
		return t.access(ctx, diagnostics.Access{Action: diagnostics.ActionDelete, Target: id})
	})
}

func scanDraft(rows *sql.Rows) (Draft, error) {
	var d Draft
	var updated int64
	err := rows.Scan(&d.ID, &d.FormID, &d.FormVersion, &d.State, &d.Cursor, &d.Corrects, &d.Person, &d.Answered, &updated)
	d.UpdatedAt = time.UnixMilli(updated).UTC()
	return d, err
}
