package store

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"

	"solidaren/diagnostics"
	"solidaren/diagnostics/vault"
)

// What the notebook's holder has said of a draft that was written while it was
// locked (column sealed of drafts).
const (
	sealedTaken = 0 // it is the holder's, a draft like any other
	sealedWaits = 1 // nothing yet
	sealedApart = 2 // it is not the holder's
)

const (
	sqlSealDraft    = "UPDATE drafts SET sealed = ?, ended = ? WHERE id = ?"
	sqlAnswerSealed = "UPDATE drafts SET sealed = ? WHERE id = ? AND sealed <> 0"
	sqlSealed       = `SELECT id, form, version, state, cursor, corrects, person, answered, updated_at, revision, sealed, ended FROM drafts
 WHERE sealed <> 0 ORDER BY updated_at, id`
)

// SealedDraft is a record that was written while the notebook was locked, by
// whoever stood before it, and that its holder has not taken as their own.
type SealedDraft struct {
	Draft
	Ended bool // the writer had finished it
	Apart bool // the holder said that it is somebody else's
}

// Sealed gives them, the oldest first.
func (n *Notebook) Sealed(ctx context.Context) ([]SealedDraft, error) {
	return collect(ctx, n.db, scanSealed, sqlSealed)
}

func scanSealed(rows *sql.Rows) (SealedDraft, error) {
	var state int
	var ended bool
	d, err := scanDraftAnd(rows, &state, &ended)
	return SealedDraft{Draft: d, Ended: ended, Apart: state == sealedApart}, err
}

// TakeSealed makes records that were written while the notebook was locked
// drafts of its holder. One that is gone is no error.
func (n *Notebook) TakeSealed(ctx context.Context, ids []string) error {
	return n.answerSealed(ctx, "store.TakeSealed", sealedTaken, ids)
}

// HoldSealed keeps them apart: they are somebody else's. They stay until
// somebody takes or discards them.
func (n *Notebook) HoldSealed(ctx context.Context, ids []string) error {
	return n.answerSealed(ctx, "store.HoldSealed", sealedApart, ids)
}

func (n *Notebook) answerSealed(ctx context.Context, op string, answer int, ids []string) error {
	return n.write(ctx, op, func(t *tx) error {
		for _, id := range ids {
			if _, err := t.exec(ctx, sqlAnswerSealed, answer, id); err != nil {
				return err
			}
		}
		return nil
	})
}

// Recording takes records while the notebook is locked. It can write, and read
// nothing back.
type Recording struct {
	*vault.Capture
	Kit CaptureKit
}

// OpenRecording begins to record in the folder of a locked notebook. trusted is
// the kit that this program wrote there itself, nil if it wrote none: another one
// on the disk was put there by somebody else meanwhile, or the vault has another
// key, and records under either would be read by nobody or by the wrong one. Errors: not_found
// (the notebook was never opened here), corrupt, conflict (another program
// records), too_large, forbidden, internal.
func OpenRecording(dir string, trusted *vault.CaptureKit) (*Recording, error) {
	kit, err := vault.LoadCaptureKit(dir)
	if err != nil {
		return nil, err
	}
	if trusted != nil && (kit.Vault != trusted.Vault || !bytes.Equal(kit.MAC, trusted.MAC)) {
		return nil, diagnostics.E("store.OpenRecording", diagnostics.CodeCorrupt,
			"Ce qui sert à la saisie scellée a changé depuis la fermeture. Ouvrez d'abord le carnet une fois.",
			"What sealed entries need has changed since the notebook was closed. Open the notebook once first.", nil)
	}
	r := &Recording{}
	if err := json.Unmarshal(kit.Content, &r.Kit); err != nil {
		return nil, diagnostics.E("store.OpenRecording", diagnostics.CodeCorrupt,
			"Ce qui sert à la saisie scellée est abîmé. Ouvrez le carnet une fois : il le refait.",
			"What sealed entries need is damaged. Open the notebook once: it makes it again.", err)
	}
	r.Capture, err = kit.Open(dir)
	return r, err
}

// Seal writes a state of a record. On return it outlives the end of the program,
// after Sync a power cut, too. Errors: too_large (the disk is full), internal.
func (r *Recording) Seal(record uint32, mark vault.Mark, d Draft) error {
	content, err := CaptureEntry(d)
	if err != nil {
		return err
	}
	defer clear(content)
	return r.Append(record, mark, content)
}
