package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"solidaren/diagnostics"
	"solidaren/diagnostics/vault"
	"solidaren/sync/wire"
)

// Rescued tells what was taken out of a damaged notebook.
type Rescued struct {
	Ops    int  `json:"ops"`    // operations that the server does not have, readable
	Lost   int  `json:"lost"`   // of those, not readable
	Drafts int  `json:"drafts"` // drafts, what was typed last included
	Files  int  `json:"files"`  // files that answers name
	Member bool `json:"member"` // the laptop is still a member of its team
}

// Rescue takes out of a damaged notebook what exists nowhere else, row by row:
// the operations that the server does not have, in their order, the drafts, the
// settings with the keys, and the files that answers name. It puts them into the
// notebook of another vault, which must be new; what the server has is pulled
// into that one again. The damaged file is only read. Errors: corrupt (nothing
// can be read of it), conflict (the other notebook is not new), internal.
func Rescue(ctx context.Context, from, into *vault.Vault, o Options) (Rescued, error) {
	var done Rescued
	db, err := from.OpenDB(ctx)
	if err != nil {
		return done, err
	}
	defer db.Close()
	n, err := Open(ctx, into, o)
	if err != nil {
		return done, err
	}
	err = n.write(ctx, "store.Rescue", func(t *tx) error {
		if t.last != 0 || t.synced != 0 {
			return diagnostics.E("store.Rescue", diagnostics.CodeConflict,
				"Ce carnet contient déjà des fiches. Choisissez un dossier neuf.",
				"This notebook holds records already. Choose a new folder.", nil)
		}
		w := &wreck{db: db, tx: t}
		if err := w.rescue(ctx); err != nil {
			return err
		}
		done = w.Rescued
		entries, err := typedIn(from)
		if err == nil && len(entries) > 0 {
			err = t.fold(ctx, entries)
		}
		if err != nil {
			return err
		}
		sealed, _, err := from.Captured() // not forgotten: the damaged notebook is only read
		if err != nil {
			return err
		}
		_, err = t.takeUp(ctx, sealed)
		return err
	})
	if err == nil {
		var drafts []Draft
		if drafts, err = n.Drafts(ctx); err == nil {
			var sealed []SealedDraft
			sealed, err = n.Sealed(ctx)
			done.Drafts = len(drafts) + len(sealed)
		}
	}
	return done, errors.Join(err, n.Close())
}

// typedIn reads what stands in the typing journal of a vault; a journal that
// cannot be read holds nothing.
func typedIn(v *vault.Vault) ([][]byte, error) {
	journal, entries, err := v.OpenJournal()
	if err != nil {
		return nil, nil //nolint:nilerr // the rest is rescued without it
	}
	return entries, journal.Close()
}

// wreck is a damaged notebook and the transaction that takes in what is left.
type wreck struct {
	db *sql.DB
	tx *tx
	Rescued
}

// lookAhead is how many numbers in a row may be missing before the log is taken
// to end: one page of the file holds fewer operations.
const lookAhead = 2000

func (w *wreck) rescue(ctx context.Context) error {
	acked, member := w.progress(ctx)
	if err := w.settings(ctx, member); err != nil {
		return err
	}
	if _, err := w.tx.exec(ctx, "UPDATE progress SET begun = ?, acked = ?", acked, acked); err != nil {
		return err
	}
	w.tx.last, w.tx.acked, w.tx.hash = acked, acked, nil
	missing := 0
	for number := acked + 1; missing < lookAhead; number++ {
		op, held, ok := w.op(ctx, number)
		if !ok {
			missing++
			continue
		}
		w.Lost += missing
		missing = 0
		if err := w.take(ctx, op, held); err != nil {
			return err
		}
		w.Ops++
	}
	if err := w.drafts(ctx); err != nil {
		return err
	}
	return w.files(ctx)
}

// progress reads how far the server is. If that cannot be read, the numbers
// that it knows are not known: the laptop then joins its team anew.
func (w *wreck) progress(ctx context.Context) (acked int64, known bool) {
	err := w.db.QueryRowContext(ctx, "SELECT acked FROM progress").Scan(&acked)
	return acked, err == nil
}

// membership are the settings by which the server knows the laptop.
const membership = "'sync.device', 'sync.auth', 'sync.server', 'sync.team', 'sync.role', 'sync.token', 'sync.epoch', 'sync.members', 'sync.announced'"

// settings copies the settings one by one; a row that cannot be read ends the
// walk from that side, and the other side is tried.
func (w *wreck) settings(ctx context.Context, member bool) error {
	except := "''"
	if !member {
		except = membership
	}
	taken := map[string]string{}
	for _, order := range []struct{ after, by, begin string }{{">", "", ""}, {"<", "DESC", "\U0010ffff"}} {
		key := order.begin
		for {
			var value string
			err := w.db.QueryRowContext(ctx, "SELECT key, value FROM settings WHERE key "+order.after+" ? AND key NOT IN ("+except+
				") ORDER BY key "+order.by+" LIMIT 1", key).Scan(&key, &value)
			if err != nil { // the end, or damage
				break
			}
			taken[key] = value
		}
	}
	for key, value := range taken {
		if err := w.tx.setSetting(ctx, key, value); err != nil {
			return err
		}
	}
	w.Member = taken["sync.server"] != "" && taken["sync.auth"] != "" && taken["sync.keys"] != ""
	return nil
}

// op reads one operation, if it can be read.
func (w *wreck) op(ctx context.Context, number int64) (op wire.Op, held sql.NullString, ok bool) {
	var body []byte
	err := w.db.QueryRowContext(ctx, "SELECT body, held FROM ops WHERE n = ?", number).Scan(&body, &held)
	return op, held, err == nil && json.Unmarshal(body, &op) == nil
}

// take puts an operation at the end of the new log, and shows what it changed.
func (w *wreck) take(ctx context.Context, op wire.Op, held sql.NullString) error {
	op.N = w.tx.last + 1
	if err := w.tx.append(ctx, op); err != nil {
		return err
	}
	if held.Valid {
		if _, err := w.tx.exec(ctx, "UPDATE ops SET held = ? WHERE n = ?", held.String, op.N); err != nil {
			return err
		}
	}
	if op.Kind == wire.OpVoid || op.Kind == wire.OpErase {
		return w.tx.remove(ctx, op.Rec)
	}
	r, err := readRow(ctx, w.tx, op.Rec)
	if err != nil {
		return err
	}
	if r == nil {
		r = &row{Record: diagnostics.Record{ID: op.Rec, Type: op.Type}}
	}
	return w.tx.refresh(ctx, r)
}

// drafts copies the drafts that can be read.
func (w *wreck) drafts(ctx context.Context) error {
	rows := int64(0)
	if err := w.db.QueryRowContext(ctx, "SELECT max(rowid) FROM drafts").Scan(&rows); err != nil {
		return nil //nolint:nilerr // none, or none that can be read
	}
	for row := range rows {
		read, err := collect(ctx, w.db, scanDraft, sqlDrafts+" WHERE rowid = ?", row+1)
		if err != nil || len(read) == 0 {
			continue
		}
		if err := w.tx.saveDraft(ctx, read[0], read[0].UpdatedAt); err != nil {
			return err
		}
	}
	return nil
}

// files copies the files that can be read. Their records may be on the server
// alone: nothing is stray until they were pulled.
func (w *wreck) files(ctx context.Context) error {
	rows := int64(0)
	if err := w.db.QueryRowContext(ctx, "SELECT coalesce(max(rowid), 0) FROM attachments").Scan(&rows); err != nil || rows == 0 {
		return nil //nolint:nilerr // none, or none that can be read
	}
	for row := range rows {
		var owner, name string
		var content []byte
		err := w.db.QueryRowContext(ctx, "SELECT owner, name, content FROM attachments WHERE rowid = ?", row+1).Scan(&owner, &name, &content)
		if err != nil {
			continue
		}
		if content == nil {
			content = []byte{}
		}
		if _, err := w.tx.exec(ctx, "INSERT OR IGNORE INTO attachments (owner, name, content) VALUES (?, ?, ?)", owner, name, content); err != nil {
			return err
		}
		w.Files++
	}
	return w.tx.setSetting(ctx, settingRescued, "yes")
}
