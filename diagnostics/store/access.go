package store

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/binary"
	"slices"
	"strconv"
	"time"

	"solidaren/diagnostics"
)

// accessMonths is how long an entry of the access log is kept (DOMAIN.md L17: 6
// to 12 months).
const accessMonths = 12

// Log adds an entry to the access log. What the notebook writes itself (create,
// modify, delete, erase) it logs itself, with the change; reading, searching,
// exporting and printing are logged by whoever shows it. Errors: invalid (no
// purpose where one is needed), internal.
func (n *Notebook) Log(ctx context.Context, a diagnostics.Access) error {
	if err := a.Validate(); err != nil {
		return err
	}
	return n.write(ctx, "store.Log", func(t *tx) error { return t.access(ctx, a) })
}

const (
	sqlLastAccess = `SELECT coalesce(l.n, a.n), coalesce(l.hash, a.hash) FROM access_anchor a
 LEFT JOIN (SELECT n, hash FROM access ORDER BY n DESC LIMIT 1) l`
	sqlPutAccess = "INSERT INTO access (n, at, action, target, purpose, count, salt, sum, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)

// access adds an entry, at the time of the transaction.
func (t *tx) access(ctx context.Context, a diagnostics.Access) error {
	ends, err := collect(ctx, t, scanEntry, sqlLastAccess)
	last, err := first("store.access", ends, err)
	if err != nil {
		return err
	}
	e := entry{Access: a, salt: newSalt()}
	e.N, e.At = last.N+1, t.now.UTC().Truncate(time.Second)
	e.sum = e.commitment()
	e.hash = e.link(last.hash)
	_, err = t.exec(ctx, sqlPutAccess, e.N, e.At.Unix(), e.Action, e.Target, e.Purpose, e.Count, e.salt, e.sum, e.hash)
	return err
}

// public are the records that hold nothing about a person, so that nobody's
// access to them is logged.
var public = []string{diagnostics.TypeTour, diagnostics.TypeTerritory, diagnostics.TypeCount, diagnostics.TypeActor, diagnostics.TypeAction}

// accessed logs a change of a record, unless it is about nobody.
func (t *tx) accessed(ctx context.Context, action diagnostics.Action, r diagnostics.Record, count int) error {
	if slices.Contains(public, r.Type) {
		return nil
	}
	return t.access(ctx, diagnostics.Access{Action: action, Target: r.ID, Count: count})
}

// entry is an entry of the access log as its chain sees it.
type entry struct {
	diagnostics.Access
	salt, sum, hash []byte
}

// commitment covers what erasing the target takes away.
func (e entry) commitment() []byte {
	return commitment(e.salt, link(nil, 0, []byte(e.Target), []byte(e.Purpose), []byte(strconv.Itoa(e.Count))))
}

func (e entry) link(before []byte) []byte {
	at := binary.BigEndian.AppendUint64(nil, uint64(e.At.Unix()))
	return link(before, e.N, at, []byte(e.Action), e.sum)
}

// fits reports whether an entry is the one that follows a link.
func (e entry) fits(n int64, before []byte) bool {
	if e.N != n+1 || !bytes.Equal(e.hash, e.link(before)) {
		return false
	}
	if e.salt == nil {
		return e.Target == "" && e.Purpose == "" && e.Count == 0
	}
	return bytes.Equal(e.sum, e.commitment())
}

func scanEntry(rows *sql.Rows) (e entry, err error) { return e, rows.Scan(&e.N, &e.hash) }

const accessColumns = "n, at, action, target, purpose, count, salt, sum, hash"

func scanAccess(rows *sql.Rows) (e entry, err error) {
	var at int64
	err = rows.Scan(&e.N, &at, &e.Action, &e.Target, &e.Purpose, &e.Count, &e.salt, &e.sum, &e.hash)
	e.At = time.Unix(at, 0).UTC()
	return e, err
}

// AccessFilter asks for a page of the access log.
type AccessFilter struct {
	Target string // record id, "" for all
	Before int64  // number of the last entry of the page before, 0 for the newest
	Skip   int    // how many before that are passed over
	Limit  int    // 1 to 200; 50 if 0
}

// Accesses gives a page of the access log, newest first.
func (n *Notebook) Accesses(ctx context.Context, f AccessFilter) ([]diagnostics.Access, error) {
	if f.Before == 0 {
		f.Before = 1 << 62
	}
	query := "SELECT " + accessColumns + " FROM access WHERE n < min(?1, (SELECT max(n) + 1 FROM access)) - ?2 ORDER BY n DESC LIMIT ?3" // no number is left out
	if f.Target != "" {
		query = "SELECT " + accessColumns + " FROM access WHERE target = ?4 AND +n < ?1 ORDER BY +n DESC LIMIT ?3 OFFSET ?2"
	}
	read, err := collect(ctx, n.db, scanAccess, query, f.Before, f.Skip, limit(f.Limit), f.Target)
	out := make([]diagnostics.Access, len(read))
	for i, e := range read {
		out[i] = e.Access
	}
	return out, err
}

// CountAccesses tells how many entries the access log has. Errors: internal.
func (n *Notebook) CountAccesses(ctx context.Context) (int, error) {
	return n.count(ctx, "SELECT coalesce(max(n) - min(n) + 1, 0) FROM access")
}

// VerifyAccesses reads the whole access log and checks that each entry is the
// one that was written, in its place. Errors: corrupt, internal.
func (n *Notebook) VerifyAccesses(ctx context.Context) error {
	ends, err := collect(ctx, n.db, scanEntry, "SELECT n, hash FROM access_anchor")
	last, err := first("store.VerifyAccesses", ends, err)
	if err != nil {
		return err
	}
	for {
		page, err := collect(ctx, n.db, scanAccess, "SELECT "+accessColumns+" FROM access WHERE n > ? ORDER BY n LIMIT ?", last.N, pageRows)
		if err != nil {
			return err
		}
		for _, e := range page {
			if !e.fits(last.N, last.hash) {
				return altered("store.VerifyAccesses")
			}
			last = e
		}
		if len(page) < pageRows {
			return nil
		}
	}
}

// pruneAccesses takes out the entries that are older than the log is kept. The
// last of them stays as the anchor of those that follow.
func (n *Notebook) pruneAccesses(ctx context.Context) error {
	for pruned := pageRows; pruned == pageRows; {
		err := n.write(ctx, "store.pruneAccesses", func(t *tx) (err error) {
			pruned, err = t.prunePage(ctx)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// prunePage takes out a page of old entries from the beginning, and tells how
// many: the log is in the order of time, as far as the laptop's clock was.
func (t *tx) prunePage(ctx context.Context) (int, error) {
	page, err := collect(ctx, t, scanAccess, "SELECT "+accessColumns+" FROM access ORDER BY n LIMIT ?", pageRows)
	if err != nil {
		return 0, err
	}
	oldest := t.now.AddDate(0, -accessMonths, 0)
	old := slices.IndexFunc(page, func(e entry) bool { return !e.At.Before(oldest) })
	if old < 0 {
		old = len(page)
	}
	if old == 0 {
		return 0, nil
	}
	last := page[old-1]
	if _, err := t.exec(ctx, "UPDATE access_anchor SET n = ?, hash = ?", last.N, last.hash); err != nil {
		return 0, err
	}
	_, err = t.exec(ctx, "DELETE FROM access WHERE n <= ?", last.N)
	return old, err
}
