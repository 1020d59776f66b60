package store

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"sync"
	"time"

	"solidaren/diagnostics"
	"solidaren/diagnostics/vault"
)

// typing is the notebook's side of the typing journal: what stands in it that
// no transaction holds yet.
type typing struct {
	mu      sync.Mutex
	journal *vault.Journal
	pending map[string]int64 // draft to its newest revision in the journal
	ended   map[string]bool  // drafts that are over
	waiting map[string]Draft // of the journal, where the full disk took nothing at the opening
}

// typed is an entry of the journal: a whole state of a draft, or, without
// State, where the writer is and what stands in the field.
type typed struct {
	ID       string `json:"id"`
	Revision int64  `json:"rev"`
	Cursor   string `json:"cursor"`
	Answered int    `json:"answered"`
	At       int64  `json:"at"` // Unix milliseconds

	FormID      string `json:"form,omitempty"`
	FormVersion string `json:"version,omitempty"`
	Corrects    string `json:"corrects,omitempty"`
	Person      string `json:"person,omitempty"`
	State       []byte `json:"state,omitempty"`
}

// onto puts an entry over the draft that it belongs to. It reports whether
// there is a draft then: a cursor alone makes none.
func (e typed) onto(d *Draft, known bool) bool {
	if known && e.Revision <= d.Revision || !known && len(e.State) == 0 {
		return known
	}
	if len(e.State) > 0 {
		d.FormID, d.FormVersion, d.Corrects, d.Person, d.State = e.FormID, e.FormVersion, e.Corrects, e.Person, e.State
	}
	d.ID, d.Revision, d.Cursor, d.Answered, d.UpdatedAt = e.ID, e.Revision, e.Cursor, e.Answered, time.UnixMilli(e.At).UTC()
	return true
}

// JournalDraft writes a state of a draft to the typing journal: on return it
// outlives the end of the program, after SyncJournal a power cut, too. It never
// waits for the disk or for the database. Each state has a higher Revision than
// the one before; without State it says where the writer is and what stands in
// the field. Errors: too_large (the disk is full), internal.
func (n *Notebook) JournalDraft(d Draft) error {
	entry, err := json.Marshal(typed{
		ID: d.ID, Revision: d.Revision, Cursor: d.Cursor, Answered: d.Answered,
		At: n.clock().UnixMilli(), FormID: d.FormID, FormVersion: d.FormVersion, Corrects: d.Corrects, Person: d.Person, State: d.State,
	})
	if err != nil {
		return err
	}
	defer clear(entry)
	n.typing.mu.Lock()
	defer n.typing.mu.Unlock()
	if n.typing.ended[d.ID] {
		return nil
	}
	if err := n.typing.journal.Append(entry); err != nil {
		return err
	}
	n.typing.pending[d.ID] = max(n.typing.pending[d.ID], d.Revision)
	return nil
}

// SyncJournal makes what was written to the typing journal outlive a power cut.
// Errors: too_large (the disk is full), internal.
func (n *Notebook) SyncJournal() error { return n.typing.journal.Sync() }

// JournalSize is how long the typing journal is, in bytes. SaveDraft of all
// drafts that are being written empties it.
func (n *Notebook) JournalSize() int64 { return n.typing.journal.Size() }

// settle hears that a revision of a draft was committed, and empties the
// journal once nothing in it is newer. What cannot be emptied is older than what
// was committed: reading it again changes nothing.
func (t *typing) settle(id string, revision int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.pending[id] > revision {
		return
	}
	delete(t.pending, id)
	delete(t.waiting, id)
	if len(t.pending) == 0 {
		_ = t.journal.Empty()
	}
}

// newest gives drafts as the journal knows them, where it knows more, and those
// that it alone knows.
func (t *typing) newest(drafts []Draft) []Draft {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.waiting) == 0 {
		return drafts
	}
	there := map[string]bool{}
	for i, d := range drafts {
		there[d.ID] = true
		if w, ok := t.waiting[d.ID]; ok && w.Revision > d.Revision {
			drafts[i] = w
		}
	}
	for id, w := range t.waiting {
		if !there[id] {
			drafts = append(drafts, w)
		}
	}
	slices.SortFunc(drafts, func(a, b Draft) int {
		return cmp.Or(b.UpdatedAt.Compare(a.UpdatedAt), cmp.Compare(b.ID, a.ID))
	})
	return drafts
}

// end hears that a draft is over.
func (t *typing) end(id string) {
	t.mu.Lock()
	t.ended[id] = true
	t.mu.Unlock()
	t.settle(id, 1<<62)
}

const (
	sqlEndDraft   = "INSERT OR IGNORE INTO ended_drafts (id) VALUES (?)"
	sqlEndedDraft = "SELECT count(*) FROM ended_drafts WHERE id = ?"
	sqlForgetEnds = "DELETE FROM ended_drafts"
)

// openJournal opens the typing journal and folds what is left in it into the
// drafts. It is emptied once that is committed. On a full disk the notebook
// opens all the same: what was typed stays in the journal, and drafts are read
// with it.
func (n *Notebook) openJournal(ctx context.Context) error {
	journal, entries, err := n.vault.OpenJournal()
	if err != nil {
		return err
	}
	n.typing = typing{journal: journal, pending: map[string]int64{}, ended: map[string]bool{}, waiting: map[string]Draft{}}
	err = n.settleOpening(ctx, entries)
	if diagnostics.Code(err) == diagnostics.CodeTooLarge {
		return n.wait(ctx, entries)
	}
	return err
}

// settleOpening makes drafts of what was typed and captured, and forgets it
// outside of the database.
func (n *Notebook) settleOpening(ctx context.Context, entries [][]byte) error {
	var err error
	if len(entries) > 0 {
		err = n.write(ctx, "store.openJournal", func(t *tx) error { return t.fold(ctx, entries) })
	}
	if err == nil {
		err = n.takeUp(ctx)
	}
	if err == nil {
		err = errors.Join(n.typing.journal.Empty(), n.typing.journal.Sync())
	}
	if err != nil || n.captured.Kept {
		return err
	}
	return n.write(ctx, "store.openJournal", func(t *tx) error {
		_, err := t.exec(ctx, sqlForgetEnds)
		return err
	})
}

// wait keeps in memory what the journal knows of drafts and the full disk does
// not take. The journal is emptied once each of them was saved.
func (n *Notebook) wait(ctx context.Context, entries [][]byte) error {
	drafts, err := folded(ctx, n, entries)
	for id, d := range drafts {
		n.typing.waiting[id], n.typing.pending[id] = *d, d.Revision
	}
	return err
}

// fold brings the drafts up to the last of the entries.
func (t *tx) fold(ctx context.Context, entries [][]byte) error {
	drafts, err := folded(ctx, t, entries)
	if err != nil {
		return err
	}
	for _, d := range drafts {
		if err := t.saveDraft(ctx, *d, d.UpdatedAt); err != nil {
			return err
		}
	}
	return nil
}

// folded gives the drafts of the entries, as they stand after the last of them.
func folded(ctx context.Context, q querier, entries [][]byte) (map[string]*Draft, error) {
	drafts := map[string]*Draft{}
	for _, content := range entries {
		var entry typed
		if err := json.Unmarshal(content, &entry); err != nil || entry.ID == "" {
			continue // of a newer program
		}
		draft, ok := drafts[entry.ID]
		if !ok {
			var err error
			if draft, err = foldable(ctx, q, entry.ID); err != nil {
				return nil, err
			}
			drafts[entry.ID] = draft
		}
		if draft != nil {
			entry.onto(draft, draft.ID != "")
		}
	}
	maps.DeleteFunc(drafts, func(_ string, d *Draft) bool { return d == nil || d.ID == "" })
	return drafts, nil
}

// foldable gives the draft as it stands, an empty one if there is none, nil if
// it is over.
func foldable(ctx context.Context, q querier, id string) (*Draft, error) {
	ended, err := collect(ctx, q, scanInt, sqlEndedDraft, id)
	if err != nil || ended[0] > 0 {
		return nil, err
	}
	known, err := collect(ctx, q, scanDraft, sqlDrafts+" WHERE id = ?", id)
	if err != nil || len(known) == 0 {
		return &Draft{}, err
	}
	return &known[0], nil
}
