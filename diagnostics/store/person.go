package store

import (
	"context"
	"database/sql"
	"slices"
	"strings"

	"solidaren/diagnostics"
)

// PersonFilter asks for a page of persons.
type PersonFilter struct {
	Text  string // code, names, birth date, district, animal, team, as they are typed; "" for all
	After string // id of the last person of the page before
	Skip  int    // how many behind After are passed over
	Limit int    // 1 to 200; 50 if 0
	// Archived asks for the files in the intermediate archive instead, by name;
	// they are in no other list and no search finds them. Text is not looked at.
	Archived bool
}

// PersonByCode finds a person's card by the code, as it may be typed. Of two
// cards of one code it gives the older, and of an archived file the code alone.
// Errors: not_found, internal.
func (n *Notebook) PersonByCode(ctx context.Context, code string) (diagnostics.Record, error) {
	records, err := collect(ctx, n.db, scanRecord,
		"SELECT r.id, r.type, r.conflict, r.locked, r.fields FROM persons p JOIN records r ON r.id = p.id WHERE p.code = ? ORDER BY p.id LIMIT 1", codeKey(code))
	card, err := first("store.PersonByCode", records, err)
	return shut(card), err
}

// codeKey is a code in its one spelling; other text as it is.
func codeKey(code string) string {
	if normal, ok := diagnostics.NormalizePersonCode(code); ok {
		return normal
	}
	return strings.TrimSpace(code)
}

// samePerson are the ids of all cards of the person of a card, and its own
// where there is no card yet.
const samePerson = "(SELECT ?1 UNION SELECT b.id FROM persons a JOIN persons b ON b.root = a.root WHERE a.id = ?1)"

const sqlTimeline = "SELECT " + recordColumns + " FROM records WHERE person IN " + samePerson +
	" AND (at, id) < (coalesce((SELECT at FROM records WHERE id = ?2), 1 << 62), ?2) ORDER BY at DESC, id DESC LIMIT ?3"

// PersonTimeline gives all that was recorded about a person, newest first,
// under any of the cards that are the same person.
func (n *Notebook) PersonTimeline(ctx context.Context, personID string) ([]diagnostics.Record, error) {
	var out []diagnostics.Record
	for last := ""; ; {
		page, err := collect(ctx, n.db, scanRecord, sqlTimeline, personID, last, pageRows)
		if err != nil {
			return nil, err
		}
		out = append(out, page...)
		if len(page) < pageRows {
			return out, nil
		}
		last = page[len(page)-1].ID
	}
}

const sqlSuperseded = "SELECT r.id FROM superseded s JOIN records r ON r.id = s.id WHERE r.person IN " + samePerson +
	" AND r.id > ?2 ORDER BY r.id LIMIT ?3"

// Superseded gives the records about a person that count no more: something was
// corrected in their place, or they were taken back.
func (n *Notebook) Superseded(ctx context.Context, personID string) (map[string]bool, error) {
	out := map[string]bool{}
	for last := ""; ; {
		page, err := collect(ctx, n.db, scanText, sqlSuperseded, personID, last, pageRows)
		if err != nil {
			return nil, err
		}
		for _, id := range page {
			out[id], last = true, id
		}
		if len(page) < pageRows {
			return out, nil
		}
	}
}

// The district is that of the last encounter that counts. What is passed over is
// read in indexes alone: who is archived is looked up once.
const (
	personRows = `SELECT r.id, r.fields, coalesce((SELECT json_extract(e.fields, '$.district') FROM records e
 WHERE e.person = p.id AND +e.type = 'encounter' AND NOT EXISTS (SELECT 1 FROM superseded s WHERE s.id = e.diagnostic)
 ORDER BY e.at DESC, e.id DESC LIMIT 1), ''), p.limits, coalesce((SELECT q.code FROM persons q WHERE q.id = p.root AND q.id <> p.id), '')`
	sqlPagePersons  = personRows + " FROM persons p CROSS JOIN records r ON r.id = p.id WHERE p.row IN (SELECT row FROM persons WHERE (sort, id) > (?1, ?2) AND id "
	sqlFromSkipped  = " ORDER BY sort, id LIMIT ?3 OFFSET ?4) ORDER BY p.sort, p.id"
	sqlArchived     = "(SELECT id FROM persons WHERE limits > 0 AND limits & 8 > 0)"
	sqlListPersons  = sqlPagePersons + "NOT IN " + sqlArchived + sqlFromSkipped
	sqlListArchived = sqlPagePersons + "IN " + sqlArchived + sqlFromSkipped
	sqlCountPersons = "SELECT (SELECT count(*) FROM persons) - (SELECT count(*) FROM " + sqlArchived + ")"
	sqlCountArchive = "SELECT count(*) FROM " + sqlArchived
	sqlPersonRows   = personRows + " FROM persons p JOIN records r ON r.id = p.id WHERE p.row IN (SELECT value FROM json_each(?)) LIMIT ?"
)

// Persons gives a page of persons by name, or those whom a text may mean (see
// search). Errors: not_found (After), internal.
func (n *Notebook) Persons(ctx context.Context, f PersonFilter) ([]diagnostics.PersonRow, error) {
	f.Limit = limit(f.Limit)
	query := sqlListPersons
	if f.Archived {
		query = sqlListArchived
	} else if f.Text != "" {
		return n.searchPersons(ctx, f)
	}
	sort := ""
	if f.After != "" {
		found, err := collect(ctx, n.db, scanText, "SELECT sort FROM persons WHERE id = ?", f.After)
		if sort, err = first("store.Persons", found, err); err != nil {
			return nil, err
		}
	}
	lines, err := collect(ctx, n.db, scanPlainLine, query, sort, f.After, f.Limit, f.Skip)
	rows := make([]diagnostics.PersonRow, len(lines))
	for i, l := range lines {
		rows[i] = l.row()
	}
	return rows, err
}

// CountPersons tells how many persons all pages of a filter give. Errors:
// internal.
func (n *Notebook) CountPersons(ctx context.Context, f PersonFilter) (int, error) {
	if f.Text != "" && !f.Archived {
		found, err := n.found(ctx, f.Text)
		if err != nil {
			return 0, err
		}
		n.leaveRecent(found.recent)
		return len(found.best()), nil
	}
	if f.Archived {
		return n.count(ctx, sqlCountArchive)
	}
	return n.count(ctx, sqlCountPersons)
}

func (n *Notebook) count(ctx context.Context, query string, args ...any) (int, error) {
	count, err := collect(ctx, n.db, scanInt, query, args...)
	number, err := first("store.count", count, err)
	return int(number), err
}

func limit(n int) int {
	if n <= 0 {
		return 50
	}
	return min(n, pageRows)
}

// personLine is what a line of a list is made of.
type personLine struct {
	diagnostics.Record
	district, sameAs string
	limits           int
}

// scanPersonLine reads the columns of personRows, and more behind them.
func scanPersonLine(rows *sql.Rows, more ...any) (personLine, error) {
	var l personLine
	var fields string
	if err := rows.Scan(append([]any{&l.ID, &fields, &l.district, &l.limits, &l.sameAs}, more...)...); err != nil {
		return l, err
	}
	return l, readFields(fields, &l.Fields)
}

// row is the line as a list shows it. Of a person who objects nothing but the
// code is shown.
func (l *personLine) row() diagnostics.PersonRow {
	row := diagnostics.PersonRow{ID: l.ID, Code: l.Get("code"), SameAs: l.sameAs, Restrictions: restrictions(l.limits)}
	if row.Objects() {
		return row
	}
	row.Handle, row.Names = l.Get("identity.handle"), l.Get("identity.names")
	row.AgeBand, row.Gender = l.Get("age_band"), l.Get("gender")
	row.District, row.LastContact = l.district, l.Time("last_contact_on")
	return row
}

// limitOf are the restrictions of a card by their bit.
var limitOf = []string{diagnostics.NoResearch, diagnostics.NoShare, diagnostics.Objection}

// Bits of limitOf.
const (
	limitResearch = 1 << iota
	limitShare
	limitObjection
	// limitArchive is none of the person's: the file is in the intermediate
	// archive, which those may open who have the right (DOMAIN.md L2).
	limitArchive
)

// limits gives the bits of what a card restricts, and of what restricts it.
func limits(v diagnostics.Values) (bits int) {
	for i, field := range limitOf {
		if v[field] == "yes" {
			bits |= 1 << i
		}
	}
	if v[diagnostics.ArchiveUntil] != "" {
		bits |= limitArchive
	}
	return bits
}

func restrictions(bits int) []string {
	if bits == 0 {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(limitOf), func(field string) bool {
		return bits&(1<<slices.Index(limitOf, field)) == 0
	})
}

// giveCode makes sure that a new card has a code of its own.
func (t *tx) giveCode(ctx context.Context, r *diagnostics.Record) error {
	if r.Fields["code"] != "" {
		return t.freeCode(ctx, r.ID, r.Fields["code"])
	}
	for {
		r.Fields["code"] = diagnostics.NewPersonCode(nil)
		if err := t.freeCode(ctx, r.ID, r.Fields["code"]); diagnostics.Code(err) != diagnostics.CodeConflict {
			return err
		}
	}
}

const sqlCodeTaken = "SELECT 1 FROM persons WHERE code = ? AND id <> ?"

// freeCode refuses a code that another card has.
func (t *tx) freeCode(ctx context.Context, id, code string) error {
	others, err := collect(ctx, t, scanInt, sqlCodeTaken, codeKey(code), id)
	if err != nil || len(others) == 0 {
		return err
	}
	return &diagnostics.Error{Op: "store.Create", Code: diagnostics.CodeConflict, Field: "person.code", Msg: diagnostics.Text{
		FR: "Ce code est déjà celui d'une autre fiche de personne.",
		EN: "This code belongs to another person's card already.",
	}}
}
