package store

import (
	"context"
	"database/sql"
	"slices"
	"strconv"
	"time"

	"solidaren/diagnostics"
	"solidaren/sync/register"
	"solidaren/sync/wire"
)

// ApplyReply takes in a reply of the server, in one transaction: which
// operations it has and which it holds, the records that changed, how far the
// cursors are. What was written here and is not in a pulled state yet stays on
// top of it. Acked and the cursors become what the reply says, so that a server
// restored from a backup is sent the rest again. Errors: conflict (the server
// has operations of this device that this notebook never wrote: it is an older
// copy), internal.
func (n *Notebook) ApplyReply(ctx context.Context, reply wire.SyncReply) (wire.Applied, error) {
	var done pulled
	err := n.write(ctx, "store.ApplyReply", func(t *tx) error {
		done = pulled{}
		if err := t.sameLog(ctx, reply); err != nil {
			return err
		}
		t.acked = reply.Acked
		for team, records := range reply.Changes {
			for _, r := range records {
				if err := t.pull(ctx, team, r, &done); err != nil {
					return err
				}
			}
		}
		if !reply.More {
			if err := t.setSetting(ctx, settingRescued, ""); err != nil {
				return err
			}
		}
		return t.keepReply(ctx, reply)
	})
	if err != nil {
		return wire.Applied{}, err
	}
	n.endTyping(done.drafts)
	if !reply.More {
		_ = n.Wipe(ctx) // what fails is done at the next opening
	}
	return done.Applied, nil
}

// sameLog refuses a reply about a log that is not this one: the notebook was put
// back from an older copy, whether or not it has been written in since.
func (t *tx) sameLog(ctx context.Context, reply wire.SyncReply) error {
	same := reply.Acked <= t.last
	if same && reply.Anchor != "" {
		hash, err := collect(ctx, t, scanBytes, sqlHashOf, reply.Acked)
		if err != nil {
			return err
		}
		same = len(hash) == 0 || anchor(hash[0]) == reply.Anchor
	}
	if same {
		return nil
	}
	return diagnostics.E("store.ApplyReply", diagnostics.CodeConflict,
		"Ce carnet est une copie plus ancienne : le serveur a reçu de lui des fiches qu'il n'a plus.",
		"This notebook is an older copy: the server has records from it that it no longer has.", nil)
}

// keepReply writes what a reply says beside the records.
func (t *tx) keepReply(ctx context.Context, reply wire.SyncReply) error {
	for _, h := range reply.Held {
		if _, err := t.exec(ctx, "UPDATE ops SET held = nullif(?, '') WHERE n = ?", h.Why, h.N); err != nil {
			return err
		}
	}
	for team, seq := range reply.Cursors {
		if _, err := t.exec(ctx, "INSERT INTO cursors (team, seq) VALUES (?, ?) ON CONFLICT (team) DO UPDATE SET seq = excluded.seq", team, seq); err != nil {
			return err
		}
	}
	if _, err := t.exec(ctx, "UPDATE progress SET acked = ?, synced_at = ?", reply.Acked, t.now.Unix()); err != nil {
		return err
	}
	if !reply.Now.IsZero() {
		if err := t.setSetting(ctx, settingClockServer, unixText(reply.Now)); err != nil {
			return err
		}
		ahead := int64(t.now.Sub(reply.Now) / time.Second)
		if err := t.setSetting(ctx, settingClockAhead, strconv.FormatInt(ahead, 10)); err != nil {
			return err
		}
	}
	if err := t.noteUnconfirmed(ctx, reply.Unconfirmed); err != nil {
		return err
	}
	return t.setSetting(ctx, settingEpoch, reply.Epoch)
}

// pull takes in one record of a team.
func (t *tx) pull(ctx context.Context, team string, state wire.Record, done *pulled) error {
	r, err := readRow(ctx, t, state.ID)
	if err != nil {
		return err
	}
	switch {
	case state.Gone == register.Erased:
		return t.pullErased(ctx, state, r, done)
	case state.Gone != "":
		if r == nil || r.team != team {
			return nil // moved to a team whose page came first
		}
		done.Records++
		return t.remove(ctx, state.ID)
	case r == nil:
		r = &row{Record: diagnostics.Record{ID: state.ID}}
	}
	echo, err := t.echo(ctx, state)
	if err != nil {
		return err
	}
	r.Type, r.ver, r.team, r.reflected, r.state = state.Type, state.Ver, team, t.acked, &state
	if err := t.refresh(ctx, r); err != nil {
		return err
	}
	if !echo {
		done.Records++
		if len(r.Conflict) > 0 {
			done.Conflicts++
		}
	}
	return nil
}

// echo reports whether a state holds nothing but what was written here.
func (t *tx) echo(ctx context.Context, state wire.Record) (bool, error) {
	var asked []string
	for _, values := range state.Fields {
		for _, v := range values {
			if slices.Contains(asked, v.Op) {
				continue
			}
			if own, err := isOwn(ctx, t, v.Op); err != nil || !own {
				return false, err
			}
			asked = append(asked, v.Op)
		}
	}
	return true, nil
}

// Reproject opens again what could not be opened when it came, after a key has
// arrived. It gives the number of records that show more than before.
func (n *Notebook) Reproject(ctx context.Context) (int, error) {
	opened, after := 0, ""
	for {
		var ids []string
		err := n.write(ctx, "store.Reproject", func(t *tx) error {
			var err error
			ids, err = collect(ctx, t, scanText, "SELECT id FROM records WHERE locked <> '' AND id > ? ORDER BY id LIMIT ?", after, pageRows)
			if err != nil {
				return err
			}
			for _, id := range ids {
				more, err := t.reopen(ctx, id)
				if err != nil {
					return err
				}
				if more {
					opened++
				}
			}
			return nil
		})
		if err != nil || len(ids) < pageRows {
			return opened, err
		}
		after = ids[len(ids)-1]
	}
}

func scanText(rows *sql.Rows) (s string, err error) { return s, rows.Scan(&s) }

// reopen projects a record and reports whether fewer of its fields are locked.
func (t *tx) reopen(ctx context.Context, id string) (bool, error) {
	r, err := readRow(ctx, t, id)
	if err != nil || r == nil {
		return false, err
	}
	locked := len(r.Sealed)
	if err := t.refresh(ctx, r); err != nil {
		return false, err
	}
	return len(r.Sealed) < locked, nil
}
