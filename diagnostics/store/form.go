package store

import (
	"context"
	"database/sql"
	"encoding/base64"
	"slices"
	"time"

	"solidaren/diagnostics"
)

// ReceivedForm is a questionnaire of the team, without its content.
type ReceivedForm struct {
	Record                         string // id of the record that holds it
	FormID, Version, Title, Format string
	At                             time.Time // when it was imported
}

const sqlForms = `SELECT id, at, coalesce(fields ->> '$.form_id', ''), coalesce(fields ->> '$.version', ''),
 coalesce(fields ->> '$.title', ''), coalesce(fields ->> '$.format', '') FROM records WHERE type = 'form' ORDER BY id`

// Forms lists the questionnaires of the team in the order of their import.
func (n *Notebook) Forms(ctx context.Context) ([]ReceivedForm, error) {
	return collect(ctx, n.db, func(rows *sql.Rows) (f ReceivedForm, err error) {
		var at int64
		err = rows.Scan(&f.Record, &at, &f.FormID, &f.Version, &f.Title, &f.Format)
		f.At = time.Unix(at, 0).UTC()
		return f, err
	}, sqlForms)
}

// FormsRevision grows whenever a questionnaire has come.
func (n *Notebook) FormsRevision() int64 { return n.forms.Load() }

// FormContent gives the file of a questionnaire. Errors: not_found, unauthorized
// (the key that it is sealed with has not come yet), corrupt.
func (n *Notebook) FormContent(ctx context.Context, record string) ([]byte, error) {
	const op = "store.FormContent"
	r, err := n.Get(ctx, record)
	if err != nil {
		return nil, err
	}
	if slices.Contains(r.Sealed, "content") {
		return nil, diagnostics.E(op, diagnostics.CodeUnauthorized,
			"La clé de ce questionnaire n'est pas encore arrivée. Envoyez et recevez encore une fois.",
			"The key of this form has not come yet. Send and receive once more.", nil)
	}
	content, err := base64.StdEncoding.DecodeString(r.Get("content"))
	if err != nil || len(content) == 0 {
		return nil, diagnostics.E(op, diagnostics.CodeCorrupt,
			"Ce questionnaire ne se lit pas.", "This form cannot be read.", err)
	}
	return content, nil
}

// KeepForm makes a questionnaire one of the team's. Errors: invalid, conflict,
// unauthorized (no Sealer), internal.
func (n *Notebook) KeepForm(ctx context.Context, f ReceivedForm, team string, content []byte) error {
	_, err := n.Create(ctx, diagnostics.Record{Type: diagnostics.TypeForm, Fields: diagnostics.Values{
		"form_id": f.FormID, "version": f.Version, "title": f.Title, "format": f.Format, "team": team,
		"at": diagnostics.FormatTime(n.clock()), "content": base64.StdEncoding.EncodeToString(content),
	}})
	return err
}

// FormUse tells how much was written on a version of a questionnaire.
type FormUse struct {
	FormID, Version         string
	Records, Unsent, Drafts int // finished ones, those of them that wait to be sent, and drafts
}

const (
	sqlFormRecords = `SELECT form, at, id, coalesce(fields ->> '$.form_version', ''),
 EXISTS (SELECT 1 FROM ops o WHERE o.rec = records.id AND o.n > ?1)
 FROM records WHERE form IS NOT NULL AND (form, at, id) > (?2, ?3, ?4) ORDER BY form, at, id LIMIT ?5`
	sqlFormDrafts = "SELECT form, version, count(*) FROM drafts GROUP BY 1, 2"
)

// FormsUse tells what was written on which version: a questionnaire, and a
// version, that nothing was written on is left out.
func (n *Notebook) FormsUse(ctx context.Context) ([]FormUse, error) {
	p, err := readProgress(ctx, n.db)
	if err != nil {
		return nil, err
	}
	var all []FormUse
	of := func(form, version string) *FormUse {
		at := slices.IndexFunc(all, func(u FormUse) bool { return u.FormID == form && u.Version == version })
		if at < 0 {
			at, all = len(all), append(all, FormUse{FormID: form, Version: version})
		}
		return &all[at]
	}
	var last formRecord
	for full := true; full; {
		page, err := collect(ctx, n.db, scanFormRecord, sqlFormRecords, p.acked, last.form, last.at, last.id, pageRows)
		if err != nil {
			return nil, err
		}
		for _, r := range page {
			u := of(r.form, r.version)
			u.Records++
			if r.unsent {
				u.Unsent++
			}
			last = r
		}
		full = len(page) == pageRows
	}
	drafts, err := collect(ctx, n.db, func(rows *sql.Rows) (u FormUse, err error) {
		return u, rows.Scan(&u.FormID, &u.Version, &u.Drafts)
	}, sqlFormDrafts)
	for _, d := range drafts {
		of(d.FormID, d.Version).Drafts = d.Drafts
	}
	return all, err
}

// formRecord is a finished record, as the count of versions sees it.
type formRecord struct {
	form, id, version string
	at                int64
	unsent            bool
}

func scanFormRecord(rows *sql.Rows) (r formRecord, err error) {
	return r, rows.Scan(&r.form, &r.at, &r.id, &r.version, &r.unsent)
}
