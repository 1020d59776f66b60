package store

import (
	"context"
	"database/sql"
	"time"

	"solidaren/diagnostics"
)

// Follow is something that was promised or proposed to a person and whose end
// is not known: a next step, or a referral.
type Follow struct {
	diagnostics.Record        // of type followup or referral
	Outcome            string // of a referral: the last one that is known, "" for none
	PersonCode         string // "" if anonymous
}

// openOutcomes are those after which the end of a referral is still awaited.
const openOutcomes = "('', 'pending', 'waitlist')"

const (
	sqlFollowUps = "SELECT r.id, r.type, r.conflict, r.locked, r.fields, '', coalesce(p.code, '') FROM records r LEFT JOIN persons p ON p.id = r.person" + `
 WHERE r.type = 'followup' AND coalesce(json_extract(r.fields, '$.status'), 'todo') = 'todo' AND coalesce(p.limits, 0) & 12 = 0 AND ` + sqlCounts + `
 ORDER BY json_extract(r.fields, '$.due_on') IS NULL, json_extract(r.fields, '$.due_on'), r.id LIMIT ?`
	sqlReferrals = "SELECT id, type, conflict, locked, fields, outcome, code FROM (SELECT r.*, coalesce(p.code, '') AS code" + `,
 coalesce((SELECT json_extract(o.fields, '$.outcome') FROM records o WHERE o.type = 'outcome'
  AND json_extract(o.fields, '$.referral') = r.id ORDER BY o.at DESC, o.id DESC LIMIT 1), '') AS outcome
 FROM records r LEFT JOIN persons p ON p.id = r.person
 WHERE r.type = 'referral' AND r.at >= ?1 AND coalesce(json_extract(r.fields, '$.answer'), '') IN ('accepts', 'thinks') AND coalesce(p.limits, 0) & 12 = 0 AND ` + sqlCounts + `)
 WHERE outcome IN ` + openOutcomes + ` ORDER BY at, id LIMIT ?2`
)

// FollowUps gives the next steps that are still to do, the first due first; at
// most 200. Those of a person who objects are left out, here and in Awaited.
func (n *Notebook) FollowUps(ctx context.Context) ([]Follow, error) {
	return collect(ctx, n.db, scanFollow, sqlFollowUps, pageRows)
}

// Awaited gives the referrals since a day that were accepted or thought about
// and whose end is not known, the oldest first; at most 200.
func (n *Notebook) Awaited(ctx context.Context, since time.Time) ([]Follow, error) {
	return collect(ctx, n.db, scanFollow, sqlReferrals, since.Unix(), pageRows)
}

// CountFollows counts what FollowUps and Awaited would give without their bound.
func (n *Notebook) CountFollows(ctx context.Context, since time.Time) (steps, referrals int, err error) {
	const all = -1
	if err = n.db.QueryRowContext(ctx, "SELECT count(*) FROM ("+sqlFollowUps+")", all).Scan(&steps); err == nil {
		err = n.db.QueryRowContext(ctx, "SELECT count(*) FROM ("+sqlReferrals+")", since.Unix(), all).Scan(&referrals)
	}
	return steps, referrals, err
}

func scanFollow(rows *sql.Rows) (Follow, error) {
	var f Follow
	var conflict, locked, fields string
	if err := rows.Scan(&f.ID, &f.Type, &conflict, &locked, &fields, &f.Outcome, &f.PersonCode); err != nil {
		return f, err
	}
	f.Conflict, f.Sealed = names(conflict), names(locked)
	return f, readFields(fields, &f.Fields)
}
