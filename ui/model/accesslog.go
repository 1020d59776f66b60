package model

import (
	"context"
	"strconv"

	"solidaren/diagnostics"
	"solidaren/diagnostics/store"
)

// AccessRow is one entry of the access log, texts ready. It never says who: the
// log is not there to compare people.
type AccessRow struct {
	N                           int64
	When, Action, Purpose, What string
	FormID                      string // of the record, where it is one
}

// AccessLog shows what was opened, searched, written and erased. In a team of
// less than LeastTeam persons it shows nothing (DOMAIN.md L18).
type AccessLog struct {
	Screen
	Rows     Pages[AccessRow]
	Verified bool
	Withheld bool
}

// LeastTeam is the least number of members whose accesses are shown.
const LeastTeam = 3

// NewAccessLog makes the screen.
func NewAccessLog(d *Desk) *AccessLog { return &AccessLog{Screen: Screen{Desk: d}} }

// Load reads the entries, the newest first, after the whole log was verified.
func (m *AccessLog) Load() {
	if m.Withheld = m.tooSmall(); m.Withheld {
		m.Rows.Clear()
		m.changed()
		return
	}
	lang, logged := m.Lang(), m.Verified
	m.Rows.Begin(m.scope, 0, true, Source[AccessRow]{
		Open: func(ctx context.Context) error {
			if !logged { // reading it is an access, too: once a visit
				if err := m.Notebook.Log(ctx, diagnostics.Access{Action: diagnostics.ActionRead, Purpose: "control"}); err != nil {
					return err
				}
			}
			return m.Notebook.VerifyAccesses(ctx)
		},
		Page: func(ctx context.Context, after string, skip int) (func() []AccessRow, error) {
			f := store.AccessFilter{Skip: skip, Limit: Page}
			f.Before, _ = strconv.ParseInt(after, 10, 64) // "" is the newest
			rows, err := m.page(ctx, f, lang)
			return func() []AccessRow { return rows }, err
		},
		Count: m.Notebook.CountAccesses,
		Key:   func(row AccessRow) string { return strconv.FormatInt(row.N, 10) },
	}, func() {
		m.Verified = true
		m.changed()
	}, func(err error) bool { return m.failed("access log", err) })
}

// tooSmall reports whether the team has too few members: who did what could be
// guessed.
func (m *AccessLog) tooSmall() bool {
	if m.Member.ServerURL() == "" {
		return false // one's own notebook
	}
	members := 0
	for _, d := range m.Member.Devices() {
		if d.Active && diagnostics.Role(d.Role).HoldsKey() {
			members++
		}
	}
	return members < LeastTeam
}

func (d *Desk) page(ctx context.Context, f store.AccessFilter, lang string) ([]AccessRow, error) {
	read, err := d.Notebook.Accesses(ctx, f)
	if err != nil {
		return nil, err
	}
	rows := make([]AccessRow, len(read))
	for i, a := range read {
		rows[i] = AccessRow{
			N: a.N, When: When(a.At, d.Clock(), lang), Action: Label(diagnostics.ListAction, string(a.Action), lang),
			Purpose: Label(diagnostics.ListPurpose, a.Purpose, lang),
		}
		if rows[i].What, rows[i].FormID, err = d.what(ctx, a.Target, lang); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// what names the target of an entry by a person's code, never by a name, and a
// record by its form.
func (d *Desk) what(ctx context.Context, id, lang string) (what, formID string, err error) {
	if id == "" {
		return "", "", nil
	}
	r, err := d.Notebook.Get(ctx, id)
	switch {
	case diagnostics.Code(err) == diagnostics.CodeNotFound:
		return diagnostics.Text{FR: "n'est plus dans le carnet", EN: "no longer in the notebook"}.In(lang), "", nil
	case err != nil:
		return "", "", err
	case r.Type == diagnostics.TypePerson:
		return r.Get("code"), "", nil
	}
	if text, ok := typeWords[r.Type]; ok {
		return text.In(lang), "", nil
	}
	return "", r.Get("form_id"), nil
}
