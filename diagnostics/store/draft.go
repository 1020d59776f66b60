package store

import (
	"context"
	"database/sql"
	"slices"
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
	Revision                 int64     // grows with each state
}

const (
	// An older state never takes the place of a newer one, and a draft that is
	// over does not come back.
	sqlSaveDraft = `INSERT INTO drafts (id, form, version, state, cursor, corrects, person, answered, updated_at, revision)
 SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10 WHERE NOT EXISTS (SELECT 1 FROM ended_drafts WHERE id = ?1)
 ON CONFLICT (id) DO UPDATE SET form = ?2, version = ?3, state = ?4, cursor = ?5, corrects = ?6, person = ?7, answered = ?8,
 updated_at = ?9, revision = ?10 WHERE revision <= ?10`
	sqlDrafts       = "SELECT id, form, version, state, cursor, corrects, person, answered, updated_at, revision FROM drafts"
	sqlDiscardDraft = "DELETE FROM drafts WHERE id = ?"
)

// SaveDraft keeps a draft; it is durable on return, and what the typing journal
// holds of it is no longer needed. Errors: invalid (no id), internal.
func (n *Notebook) SaveDraft(ctx context.Context, d Draft) error {
	if d.ID == "" {
		return diagnostics.E("store.SaveDraft", diagnostics.CodeInvalid, "Brouillon sans numéro.", "A draft without an id.", nil)
	}
	err := n.write(ctx, "store.SaveDraft", func(t *tx) error { return t.saveDraft(ctx, d, t.now) })
	if err == nil {
		n.typing.settle(d.ID, d.Revision)
	}
	return err
}

func (t *tx) saveDraft(ctx context.Context, d Draft, at time.Time) error {
	if d.State == nil {
		d.State = []byte{}
	}
	_, err := t.exec(ctx, sqlSaveDraft, d.ID, d.FormID, d.FormVersion, d.State, d.Cursor, d.Corrects, d.Person, d.Answered, at.UnixMilli(), d.Revision)
	return err
}

// Drafts gives the drafts that were not set aside, nor written while the notebook
// was locked and not taken as one's own, the last changed first.
func (n *Notebook) Drafts(ctx context.Context) ([]Draft, error) {
	drafts, err := collect(ctx, n.db, scanDraft, sqlDrafts+" WHERE aside = 0 AND sealed = 0 ORDER BY updated_at DESC, id DESC")
	return n.typing.newest(drafts), err
}

// Draft gives one draft. Errors: not_found, internal.
func (n *Notebook) Draft(ctx context.Context, id string) (Draft, error) {
	drafts, err := collect(ctx, n.db, scanDraft, sqlDrafts+" WHERE id = ?", id)
	drafts = slices.DeleteFunc(n.typing.newest(drafts), func(d Draft) bool { return d.ID != id })
	return first("store.Draft", drafts, err)
}

// DiscardDraft removes a draft; one that is gone already is no error.
func (n *Notebook) DiscardDraft(ctx context.Context, id string) error {
	err := n.write(ctx, "store.DiscardDraft", func(t *tx) error {
		there, err := t.endDraft(ctx, id)
		if err != nil || !there {
			return err
		}
		return t.access(ctx, diagnostics.Access{Action: diagnostics.ActionDelete, Target: id})
	})
	if err == nil {
		n.typing.end(id)
	}
	return err
}

// endDraft removes a draft for good, what the typing journal still holds of it
// will not bring it back, and reports whether it was there.
func (t *tx) endDraft(ctx context.Context, id string) (bool, error) {
	gone, err := t.exec(ctx, sqlDiscardDraft, id)
	if err != nil {
		return false, err
	}
	if _, err := t.exec(ctx, "DELETE FROM attachments WHERE owner = ?", id); err != nil {
		return false, err
	}
	rows, err := gone.RowsAffected()
	if err == nil {
		_, err = t.exec(ctx, sqlEndDraft, id)
	}
	return rows > 0, err
}

func scanDraft(rows *sql.Rows) (Draft, error) { return scanDraftAnd(rows) }

// scanDraftAnd reads a draft and the columns that follow it.
func scanDraftAnd(rows *sql.Rows, more ...any) (Draft, error) {
	var d Draft
	var updated int64
	into := []any{&d.ID, &d.FormID, &d.FormVersion, &d.State, &d.Cursor, &d.Corrects, &d.Person, &d.Answered, &updated, &d.Revision}
	err := rows.Scan(append(into, more...)...)
	d.UpdatedAt = time.UnixMilli(updated).UTC()
	return d, err
}
