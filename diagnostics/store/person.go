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
	Text  string // part of a code, a handle or names, as it is typed; "" for all
	After string // id of the last person of the page before
	Limit int    // 1 to 200; 50 if 0
}

// PersonByCode finds a person's card by the code, as it may be typed. Of two
// cards of one code it gives the older. Errors: not_found, internal.
func (n *Notebook) PersonByCode(ctx context.Context, code string) (diagnostics.Record, error) {
	records, err := collect(ctx, n.db, scanRecord,
		"SELECT r.id, r.type, r.conflict, r.locked, r.fields FROM persons p JOIN records r ON r.rowid = p.row WHERE p.code = ? ORDER BY p.id LIMIT 1", codeKey(code))
	return first("store.PersonByCode", records, err)
}

// codeKey is a code in its one spelling; other text as it is.
func codeKey(code string) string {
	if normal, ok := diagnostics.NormalizePersonCode(code); ok {
		return normal
	}
	return strings.TrimSpace(code)
}

// PersonTimeline gives all that was recorded about a person, newest first.
func (n *Notebook) PersonTimeline(ctx context.Context, personID string) ([]diagnostics.Record, error) {
	return collect(ctx, n.db, scanRecord,
		"SELECT "+recordColumns+" FROM records WHERE person = ? ORDER BY at DESC, id DESC", personID)
}

const (
	personRows = `SELECT r.id, r.fields, coalesce((SELECT json_extract(e.fields, '$.district') FROM records e
 WHERE e.person = p.id AND +e.type = 'encounter' ORDER BY e.at DESC, e.id DESC LIMIT 1), '')`
	sqlListPersons = personRows + ` FROM persons p JOIN records r ON r.rowid = p.row
 WHERE (p.sort, p.id) > (?1, ?2) ORDER BY p.sort, p.id LIMIT ?3`
	// The page is cut before its rows are read: one letter may match thousands.
	sqlSearchPersons = personRows + ` FROM (SELECT p.row, p.id, p.sort, p.sort <> ?2 AND p.code <> ?3 AS inexact
 FROM person_words w JOIN persons p ON p.row = w.rowid
 WHERE person_words MATCH ?1 AND (p.sort <> ?2 AND p.code <> ?3, p.sort, p.id) > (?4, ?5, ?6)
 ORDER BY inexact, p.sort, p.id LIMIT ?7) p
 JOIN records r ON r.rowid = p.row ORDER BY p.inexact, p.sort, p.id`
)

// Persons gives a page of persons by name; of a search, those first whose name
// or code is exactly what was typed. Capitals, accents, hyphens and particles
// do not matter. Errors: not_found (After), internal.
func (n *Notebook) Persons(ctx context.Context, f PersonFilter) ([]diagnostics.PersonRow, error) {
	f.Limit = limit(f.Limit)
	words, code := fold(f.Text), codeKey(f.Text)
	typed := strings.Join(words, " ")
	rank, sort := -1, ""
	if f.After != "" {
		last, err := n.personKey(ctx, f.After)
		if err != nil {
			return nil, err
		}
		sort, rank = last.sort, 0
		if last.sort != typed && last.code != code {
			rank = 1
		}
	}
	switch {
	case f.Text == "":
		return collect(ctx, n.db, scanPersonRow, sqlListPersons, sort, f.After, f.Limit)
	case len(words) == 0:
		return nil, nil
	}
	rows, err := collect(ctx, n.db, scanPersonRow, sqlSearchPersons, match(f.Text), typed, code, rank, sort, f.After, f.Limit)
	for i, p := range rows {
		rows[i].Score = score(p, words, code)
	}
	return rows, err
}

func limit(n int) int {
	if n <= 0 {
		return 50
	}
	return min(n, pageRows)
}

type personKey struct{ code, sort string }

func (n *Notebook) personKey(ctx context.Context, id string) (personKey, error) {
	keys, err := collect(ctx, n.db, func(rows *sql.Rows) (k personKey, err error) {
		return k, rows.Scan(&k.code, &k.sort)
	}, "SELECT code, sort FROM persons WHERE id = ?", id)
	return first("store.Persons", keys, err)
}

func scanPersonRow(rows *sql.Rows) (diagnostics.PersonRow, error) {
	var r diagnostics.Record
	var fields, district string
	if err := rows.Scan(&r.ID, &fields, &district); err != nil {
		return diagnostics.PersonRow{}, err
	}
	err := readFields(fields, &r.Fields)
	return diagnostics.PersonRow{ID: r.ID, Code: r.Get("code"),
		Handle: r.Get("identity.handle"), Names: r.Get("identity.names"),
		AgeBand: r.Get("age_band"), Gender: r.Get("gender"),
		District: district, LastContact: r.Time("last_contact_on")}, err
}

// score is 1 where the code, the handle or the names are what was typed, 0.75
// where each word typed is a whole word of them, else 0.5.
func score(p diagnostics.PersonRow, words []string, code string) float64 {
	whole := fold(p.Code)
	for _, name := range []string{p.Handle, p.Names} {
		if slices.Equal(fold(name), words) {
			return 1
		}
		whole = append(whole, indexed(name)...)
	}
	if p.Code == code {
		return 1
	}
	for _, w := range words {
		if !slices.Contains(whole, w) {
			return 0.5
		}
	}
	return 0.75
}

const (
	sqlPutPerson = `INSERT INTO persons (row, id, code, sort) SELECT rowid, id, ?2, ?3 FROM records WHERE id = ?1
 ON CONFLICT (row) DO UPDATE SET code = ?2, sort = ?3`
	sqlForgetWords = "DELETE FROM person_words WHERE rowid = (SELECT row FROM persons WHERE id = ?)"
	sqlPutWords    = "INSERT INTO person_words (rowid, words) SELECT row, ?2 FROM persons WHERE id = ?1"
)

// putPerson keeps a card in the list and the search of persons.
func (t *tx) putPerson(ctx context.Context, r diagnostics.Record) error {
	code := codeKey(r.Get("code"))
	var sort string
	var words []string
	for _, name := range []string{r.Get("identity.handle"), r.Get("identity.names"), code} {
		words = append(words, indexed(name)...)
		if sort == "" {
			sort = strings.Join(fold(name), " ")
		}
	}
	if _, err := t.exec(ctx, sqlPutPerson, r.ID, code, sort); err != nil {
		return err
	}
	if _, err := t.exec(ctx, sqlForgetWords, r.ID); err != nil {
		return err
	}
	_, err := t.exec(ctx, sqlPutWords, r.ID, strings.Join(words, " "))
	return err
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
		EN: "This code belongs to another person's card already."}}
}
