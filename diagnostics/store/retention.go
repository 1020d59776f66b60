package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"solidaren/diagnostics"
	"solidaren/sync/wire"
)

// Due is a person whose file reaches the end of its time.
type Due struct {
	ID, Code    string
	LastContact time.Time // zero if there was none
	On          time.Time // from this day on it is no longer kept
	Archived    bool      // it is in the intermediate archive until then
}

// aged is a card, when the person was seen, and whether there are other cards of
// the person.
type aged struct {
	diagnostics.Record
	at     int64
	linked bool
}

func scanAged(rows *sql.Rows) (a aged, err error) {
	var conflict, locked, fields string
	if err = rows.Scan(&a.ID, &a.Type, &conflict, &locked, &fields, &a.at, &a.linked); err != nil {
		return a, err
	}
	return a, readFields(fields, &a.Fields)
}

const sqlDue = "SELECT " + recordColumns + `, at,
 EXISTS (SELECT 1 FROM persons a JOIN persons b ON b.root = a.root AND b.id <> a.id WHERE a.id = r.id)
 FROM records r WHERE type = 'person' AND at <= ?1 AND (at, id) > (?2, ?3) ORDER BY at, id LIMIT ?4`

// Due gives the persons whose files are no longer kept on a day, those first
// whose last contact is the longest ago.
func (n *Notebook) Due(ctx context.Context, on time.Time) ([]Due, error) {
	var due []Due
	latest := on.AddDate(-diagnostics.RetentionYears, 0, 0).Unix() // a first choice; KeptUntil decides
	at, id := int64(-1<<62), ""
	for {
		page, err := collect(ctx, n.db, scanAged, sqlDue, latest, at, id, pageRows)
		if err != nil {
			return nil, err
		}
		for _, r := range page {
			at, id = r.at, r.ID
			until := diagnostics.KeptUntil(r.Record)
			if r.linked && !until.After(on) {
				if until, err = keptUntil(ctx, n, r.ID); err != nil {
					return nil, err
				}
			}
			if !until.After(on) {
				due = append(due, Due{ID: r.ID, Code: r.Get("code"), LastContact: r.Time("last_contact_on"), On: until, Archived: r.Archived()})
			}
		}
		if len(page) < pageRows {
			return due, nil
		}
	}
}

// Kept tells what Housekeep did.
type Kept struct {
	Persons int  // files that reached their end and are erased
	Notes   int  // working notes that did
	Soon    int  // files that will within diagnostics.WarningDays
	Doubt   bool // the laptop's clock has jumped: nothing was erased
}

// Housekeep does what the clock asks for, at opening and once a day: old entries
// of the access log, old defaults, working notes and the files of persons go
// when they have been kept as long as they may. A coordinator's laptop tells the
// server and all others. Where the clock has jumped and no server has confirmed
// it, nothing is erased for a week. Errors: internal.
func (n *Notebook) Housekeep(ctx context.Context, role diagnostics.Role) (Kept, error) {
	var k Kept
	err := n.write(ctx, "store.Housekeep", func(t *tx) error {
		sure, err := t.clockIsSure(ctx)
		k.Doubt = !sure
		return err
	})
	if err == nil && !k.Doubt {
		k.Persons, k.Notes, err = n.EraseDue(ctx, role)
	}
	if err == nil && !k.Doubt {
		err = errors.Join(n.pruneAccesses(ctx), n.dropAside(ctx))
	}
	if err != nil {
		return k, err
	}
	soon, err := n.Due(ctx, n.clock().AddDate(0, 0, diagnostics.WarningDays))
	if err != nil {
		return k, err
	}
	k.Soon = len(soon)
	return k, n.Wipe(ctx)
}

// EraseDue erases at once what the clock says is no longer kept, and gives the
// numbers of persons and of working notes. Errors: internal.
func (n *Notebook) EraseDue(ctx context.Context, role diagnostics.Role) (persons, notes int, err error) {
	due, err := n.Due(ctx, n.clock())
	if err != nil {
		return 0, 0, err
	}
	for _, d := range due {
		if err := n.forget(ctx, d.ID, role); err != nil {
			return persons, 0, err
		}
		persons++
	}
	if notes, err = n.eraseNotes(ctx, role); err != nil {
		return persons, notes, err
	}
	err = n.write(ctx, "store.EraseDue", func(t *tx) error {
		_, err := t.exec(ctx, "DELETE FROM last_saved WHERE at < ?", t.noteLimit())
		return err
	})
	if err == nil {
		err = n.Wipe(ctx)
	}
	return persons, notes, err
}

// leads reports whether a laptop of this role tells the others what is erased.
func leads(role diagnostics.Role) bool { return role == "" || role == diagnostics.RoleCoordinator }

// forget erases a person whose time is over; on a laptop that may not tell the
// others, here alone: the coordinator's does.
func (n *Notebook) forget(ctx context.Context, id string, role diagnostics.Role) error {
	var drafts []string
	err := n.write(ctx, "store.forget", func(t *tx) error {
		r, err := readRow(ctx, t, id)
		if err != nil || r == nil {
			return err
		}
		if until, err := keptUntil(ctx, t, id); err != nil || t.now.Before(until) {
			return err // changed meanwhile
		}
		if leads(role) {
			if err := t.tellErasure(ctx, r, Erasure{Person: id, Why: wire.EraseRetention}); err != nil {
				return err
			}
		}
		_, drafts, err = t.erasePerson(ctx, id, wire.EraseRetention)
		return err
	})
	n.endTyping(drafts)
	return err
}

// noteLimit is the time before which working notes are no longer kept.
func (t *tx) noteLimit() int64 { return t.now.AddDate(0, 0, -diagnostics.NoteDays).Unix() }

const sqlOldNotes = `SELECT id FROM records WHERE type = 'note' AND at < ?1
 AND (json_extract(fields, '$.private') IS NOT NULL OR instr(' ' || locked || ' ', ' private ')) LIMIT ?2`

// eraseNotes erases the working notes that are too old. Whoever wrote them, and
// the coordinator, tells the others.
func (n *Notebook) eraseNotes(ctx context.Context, role diagnostics.Role) (int, error) {
	count := 0
	for more := pageRows; more == pageRows; {
		err := n.write(ctx, "store.eraseNotes", func(t *tx) error {
			ids, err := collect(ctx, t, scanText, sqlOldNotes, t.noteLimit(), pageRows)
			if err != nil {
				return err
			}
			for _, id := range ids {
				if err := t.eraseNote(ctx, id, leads(role)); err != nil {
					return err
				}
			}
			more = len(ids)
			return nil
		})
		if err != nil {
			return count, err
		}
		count += more
	}
	return count, nil
}

// eraseNote erases a working note. A signal that was written into the same
// record stays, in a record of its own.
func (t *tx) eraseNote(ctx context.Context, id string, tell bool) error {
	r, err := readRow(ctx, t, id)
	if err != nil {
		return err
	}
	own, err := collect(ctx, t, scanInt, "SELECT 1 FROM ops WHERE rec = ? LIMIT 1", id)
	if err != nil {
		return err
	}
	if tell || len(own) > 0 {
		if err := t.logErase(ctx, r, wire.Erase{Why: wire.EraseRetention, Person: r.Get("person")}); err != nil {
			return err
		}
		if r.Get("signal") != "" {
			kept := diagnostics.Record{Type: r.Type, Fields: r.Fields}
			delete(kept.Fields, "private")
			if err := t.create(ctx, &kept); err != nil {
				return err
			}
		}
	}
	if _, err := t.erase(ctx, id); err != nil {
		return err
	}
	return t.access(ctx, diagnostics.Access{Action: diagnostics.ActionErase, Target: id, Purpose: diagnostics.PurposeRetention, Count: 1})
}
