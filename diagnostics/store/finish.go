package store

import (
	"context"
	"database/sql"
	"fmt"

	"solidaren/diagnostics"
	"solidaren/diagnostics/vault"
)

// Finish saves what a finished form became: its diagnostic, the records that it
// observed, its answers as defaults of the next one; and removes the draft
// (draftID "" if there was none). All of it is durable when Finish returns, or
// nothing has happened. A card that the notebook has is changed where it
// differs. Errors: invalid, conflict (a fact that is there already, a code that
// is taken), unauthorized (no Sealer), internal.
func (n *Notebook) Finish(ctx context.Context, draftID string, sub diagnostics.Submission) error {
	err := n.write(ctx, "store.Finish", func(t *tx) error {
		if err := t.finish(ctx, sub); err != nil || draftID == "" {
			return err
		}
		if err := t.keepAttachments(ctx, draftID, sub); err != nil {
			return err
		}
		_, err := t.endDraft(ctx, draftID)
		return err
	})
	if err == nil && draftID != "" {
		n.typing.end(draftID)
	}
	return err
}

// FinishAll saves many at once: all or none. Errors: as Finish.
func (n *Notebook) FinishAll(ctx context.Context, subs []diagnostics.Submission) error {
	return n.write(ctx, "store.FinishAll", func(t *tx) error {
		for _, sub := range subs {
			if err := t.finish(ctx, sub); err != nil {
				return err
			}
		}
		return nil
	})
}

func (t *tx) finish(ctx context.Context, sub diagnostics.Submission) error {
	for _, r := range sub.All() {
		if err := t.save(ctx, r); err != nil {
			return fmt.Errorf("store: finish: %s %s: %w", r.Type, r.ID, err)
		}
	}
	if err := t.accessed(ctx, diagnostics.ActionCreate, sub.Diagnostic, len(sub.Records)+1); err != nil || len(sub.XML) == 0 {
		return err
	}
	_, err := t.exec(ctx, sqlPutLastSaved, sub.Diagnostic.Get("form_id"), sub.XML, sub.Diagnostic.Get("person"), t.now.Unix())
	return err
}

// save creates a record, or changes a card that is there.
func (t *tx) save(ctx context.Context, r diagnostics.Record) error {
	entity, _ := diagnostics.LookupEntity(r.Type)
	if r.ID == "" || entity.Kind != diagnostics.Card {
		return t.create(ctx, &r)
	}
	known, err := readRow(ctx, t, r.ID)
	switch {
	case err != nil:
		return err
	case known == nil:
		return t.create(ctx, &r)
	case known.Type != r.Type:
		return diagnostics.E("store.Finish", diagnostics.CodeConflict,
			"Cette fiche est déjà dans le carnet, d'un autre type.", "This record is in the notebook already, of another type.", nil)
	}
	return t.update(ctx, known, changes(known, r.Fields, false))
}

const sqlPutLastSaved = `INSERT INTO last_saved (form, xml, person, at) VALUES (?1, ?2, ?3, ?4)
 ON CONFLICT (form) DO UPDATE SET xml = ?2, person = ?3, at = ?4`

// LastSaved gives the XML of the form's last submission on this laptop, nil if
// there is none.
func (n *Notebook) LastSaved(ctx context.Context, formID string) ([]byte, error) {
	found, err := collect(ctx, n.db, func(rows *sql.Rows) (xml []byte, err error) {
		return xml, rows.Scan(&xml)
	}, "SELECT xml FROM last_saved WHERE form = ?", formID)
	if err != nil || len(found) == 0 {
		return nil, vault.DBError("store.LastSaved", err)
	}
	return found[0], nil
}
