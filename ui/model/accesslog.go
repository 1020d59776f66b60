package model

import (
	"context"
	"slices"

	"solidaren/diagnostics"
	"solidaren/diagnostics/store"
)

// AccessRow is one entry of the access log, texts ready. It never says who: the
// log is not there to compare people.
type AccessRow struct {
	N                           int64
	When, Action, Purpose, What string
}

// AccessLog shows what was opened, searched, written and erased. In a team of
// less than LeastTeam persons it shows nothing (DOMAIN.md L18).
type AccessLog struct {
	Screen
	Rows     []AccessRow
	More     bool
	Verified bool
	Withheld bool

	load Command
}

// LeastTeam is the least number of members whose accesses are shown.
const LeastTeam = 3

// NewAccessLog makes the screen.
func NewAccessLog(d *Desk) *AccessLog { return &AccessLog{Screen: Screen{Desk: d}} }

// Load reads the newest entries, after the whole log was verified.
func (m *AccessLog) Load() {
	if m.Withheld = m.tooSmall(); m.Withheld {
		m.Rows, m.More = nil, false
		m.changed()
		return
	}
	lang, logged := m.Lang(), m.Verified
	Run(m.scope, &m.load, func(ctx context.Context) ([]AccessRow, error) {
		if !logged { // reading it is an access, too: once a visit
			if err := m.Notebook.Log(ctx, diagnostics.Access{Action: diagnostics.ActionRead, Purpose: "control"}); err != nil {
				return nil, err
			}
		}
		if err := m.Notebook.VerifyAccesses(ctx); err != nil {
			return nil, err
		}
		return m.page(ctx, 0, lang)
	}, func(rows []AccessRow, err error) {
		if m.failed("access log", err) {
			return
		}
		m.Rows, m.More, m.Verified = rows, len(rows) == Page, true
		m.changed()
	})
}

// LoadMore reads older entries.
func (m *AccessLog) LoadMore() {
	if !m.More || m.load.Running() {
		return
	}
	before, lang := m.Rows[len(m.Rows)-1].N, m.Lang()
	Run(m.scope, &m.load, func(ctx context.Context) ([]AccessRow, error) { return m.page(ctx, before, lang) },
		func(rows []AccessRow, err error) {
			if m.failed("access log", err) {
				return
			}
			m.Rows, m.More = slices.Concat(m.Rows, rows), len(rows) == Page
			m.changed()
		})
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

func (d *Desk) page(ctx context.Context, before int64, lang string) ([]AccessRow, error) {
	read, err := d.Notebook.Accesses(ctx, store.AccessFilter{Before: before, Limit: Page})
	if err != nil {
		return nil, err
	}
	rows := make([]AccessRow, len(read))
	for i, a := range read {
		rows[i] = AccessRow{
			N: a.N, When: When(a.At, d.Clock(), lang), Action: Label(diagnostics.ListAction, string(a.Action), lang),
			Purpose: Label(diagnostics.ListPurpose, a.Purpose, lang),
		}
		if rows[i].What, err = d.what(ctx, a.Target, lang); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// what names the target of an entry by a person's code, never by a name.
func (d *Desk) what(ctx context.Context, id, lang string) (string, error) {
	if id == "" {
		return "", nil
	}
	r, err := d.Notebook.Get(ctx, id)
	switch {
	case diagnostics.Code(err) == diagnostics.CodeNotFound:
		return diagnostics.Text{FR: "n'est plus dans le carnet", EN: "no longer in the notebook"}.In(lang), nil
	case err != nil:
		return "", err
	case r.Type == diagnostics.TypePerson:
		return r.Get("code"), nil
	}
	if text, ok := typeWords[r.Type]; ok {
		return text.In(lang), nil
	}
	return r.Get("form_id"), nil
}
