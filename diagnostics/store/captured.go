package store

import (
	"context"
	"encoding/json"

	"solidaren/diagnostics"
	"solidaren/diagnostics/vault"
)

// Captured is what was recorded while the notebook was locked, as its opening
// found it.
type Captured struct {
	Drafts []string // ids of the drafts that it became, in the order of their recording; Sealed has them
	Unread int      // entries that cannot be read: changed, or not sealed to this notebook
	Forged bool     // what recording needs was changed outside the program
	Kept   bool     // the file could not be removed; the next opening tries again
}

// Captured tells what the opening found.
func (n *Notebook) Captured() Captured { return n.captured }

// CaptureKit is what recording without opening the notebook needs beside its
// key. It lies readable on the disk, so it holds nothing personal.
type CaptureKit struct {
	Forms    []CaptureForm      `json:"forms"`
	Lists    map[string][]byte  `json:"lists,omitempty"`    // files of choices, by name
	Defaults diagnostics.Values `json:"defaults,omitempty"` // where the team is
}

// CaptureForm is a form that can be filled while the notebook is locked.
type CaptureForm struct {
	ID      string `json:"id"`
	Version string `json:"version"`
	Format  string `json:"format,omitempty"` // of File: xlsx, md, csv, xml
	File    []byte `json:"file,omitempty"`   // nil for one that the program carries with it
}

// captureDefaults are the fields of a tour or an encounter that may lie readable
// on the disk: codes of places, and nothing about a person.
var captureDefaults = map[string]bool{"district": true, "place_kind": true, "kind": true, "sectors": true}

// OfferCapture puts beside the notebook what recording while it is locked needs.
// It is called when the notebook is opened and before it is locked. Errors:
// invalid (a default that is no place of a team), too_large (the disk is full),
// internal.
func (n *Notebook) OfferCapture(kit CaptureKit) (vault.CaptureKit, error) {
	for name := range kit.Defaults {
		if !captureDefaults[name] {
			return vault.CaptureKit{}, &diagnostics.Error{
				Op: "store.OfferCapture", Code: diagnostics.CodeInvalid, Field: name,
				Msg: diagnostics.Text{FR: "Ce réglage ne peut pas rester lisible sur le disque.", EN: "This setting must not lie readable on the disk."},
			}
		}
	}
	content, err := json.Marshal(kit)
	if err != nil {
		return vault.CaptureKit{}, err
	}
	return n.vault.WriteCaptureKit(content)
}

// CaptureEntry is the content of one entry of a sealed capture.
func CaptureEntry(d Draft) ([]byte, error) {
	return json.Marshal(typed{
		ID: d.ID, Revision: d.Revision, Cursor: d.Cursor, Answered: d.Answered, At: d.UpdatedAt.UnixMilli(),
		FormID: d.FormID, FormVersion: d.FormVersion, State: d.State,
	})
}

// takeUp makes drafts of what was recorded while the notebook was locked, and
// removes the file once that is committed. They wait for their owner to say so
// (Sealed).
func (n *Notebook) takeUp(ctx context.Context) error {
	n.captured.Forged = diagnostics.Code(n.vault.CheckCaptureKit()) == diagnostics.CodeCorrupt
	entries, unread, err := n.vault.Captured()
	if err != nil || len(entries)+unread == 0 {
		return err
	}
	n.captured.Unread = unread
	err = n.write(ctx, "store.takeUp", func(t *tx) error {
		n.captured.Drafts, err = t.takeUp(ctx, entries)
		return err
	})
	if err != nil {
		n.captured.Drafts = nil
		return err
	}
	n.captured.Kept = n.vault.ForgetCaptured() != nil
	return nil
}

// capturedDraft is a record as its entries left it.
type capturedDraft struct {
	Draft
	ended bool // the writer had finished it
}

// foldCaptured gives the last state of each record that was not withdrawn.
func foldCaptured(entries []vault.Captured) (records map[uint32]*capturedDraft, order []uint32) {
	records = map[uint32]*capturedDraft{}
	for _, e := range entries {
		var entry typed
		if e.Mark == vault.Withdrawn {
			delete(records, e.Record)
			continue
		}
		if json.Unmarshal(e.Content, &entry) != nil || entry.ID == "" {
			continue // of a newer program
		}
		d, known := records[e.Record]
		if !known {
			d = &capturedDraft{}
		}
		if entry.onto(&d.Draft, known) && !known {
			records[e.Record] = d
			order = append(order, e.Record)
		}
		d.ended = d.ended || e.Mark == vault.Done
	}
	return records, order
}

// takeUp makes drafts. One that is there already, or was there, stays as it is:
// whoever has the public key can write entries, and must not change a draft.
func (t *tx) takeUp(ctx context.Context, entries []vault.Captured) (taken []string, err error) {
	records, order := foldCaptured(entries)
	for _, number := range order {
		d := records[number]
		if d == nil {
			continue // withdrawn
		}
		fresh, err := t.fresh(ctx, d.ID)
		if err != nil {
			return nil, err
		}
		if !fresh {
			continue
		}
		if err := t.saveDraft(ctx, d.Draft, d.UpdatedAt); err != nil {
			return nil, err
		}
		if _, err := t.exec(ctx, sqlSealDraft, sealedWaits, d.ended, d.ID); err != nil {
			return nil, err
		}
		taken = append(taken, d.ID)
	}
	return taken, nil
}

// fresh reports whether nothing of an id is there or was.
func (t *tx) fresh(ctx context.Context, id string) (bool, error) {
	known, err := foldable(ctx, t, id)
	if err != nil || known == nil || known.ID != "" {
		return false, err
	}
	records, err := collect(ctx, t, scanInt, sqlKnown, id)
	return err == nil && len(records) == 0, err
}
