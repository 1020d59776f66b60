package model

import (
	"context"
	"slices"
	"strings"

	"solidaren/diagnostics"
)

// RectifiedRow is one thing that was put right, texts ready.
type RectifiedRow struct {
	When, Field, Before, After, Statement string
}

// Rectify puts a person's card right at their request, and keeps what stood
// there before with what the person says of it (DOMAIN.md L14).
type Rectify struct {
	Screen
	ID      string
	Code    string
	Lines   []FieldLine
	History []RectifiedRow
	Err     error // why the last change was not written

	logged    bool
	load, act Command
}

// rectifiable are the fields of a card beside the identity.
var rectifiable = []string{"age_band", "gender", "publics", "languages_spoken"}

// NewRectify makes the screen of one person.
func NewRectify(d *Desk, id string) *Rectify { return &Rectify{Screen: Screen{Desk: d}, ID: id} }

// Load reads the card and its history. It shows an identity, which the access log
// takes with the purpose: a person asked.
func (m *Rectify) Load() {
	type read struct {
		card    diagnostics.Record
		history []diagnostics.Record
	}
	logged := m.logged
	Run(m.scope, &m.load, func(ctx context.Context) (r read, err error) {
		if r.card, err = m.Notebook.Get(ctx, m.ID); err != nil {
			return r, err
		}
		if !logged {
			if err := m.Notebook.Log(ctx, diagnostics.Access{Action: diagnostics.ActionUnseal, Target: m.ID, Purpose: "right"}); err != nil {
				return r, err
			}
		}
		r.history, err = m.Notebook.Rectifications(ctx, m.ID, "")
		return r, err
	}, func(r read, err error) {
		if m.failed("rectify", err) {
			return
		}
		m.logged, m.Code = true, r.card.Get("code")
		m.Lines, m.History = m.lines(r.card), m.rectified(r.history)
		m.changed()
	})
}

func (m *Rectify) lines(card diagnostics.Record) []FieldLine {
	return m.fieldLines(card, slices.Concat(IdentityFields(), rectifiable))
}

func (m *Rectify) rectified(records []diagnostics.Record) []RectifiedRow {
	rows := make([]RectifiedRow, len(records))
	for i, r := range records {
		field := r.Get("field")
		rows[i] = RectifiedRow{
			When: When(r.Time("at"), m.Clock(), m.Lang()), Field: field, Statement: r.Get("statement"),
			Before: m.codeText(diagnostics.TypePerson, field, r.Get("before")), After: m.codeText(diagnostics.TypePerson, field, r.Get("after")),
		}
	}
	return rows
}

// Busy reports whether a change is being written.
func (m *Rectify) Busy() bool { return m.act.Running() }

// Put puts one field right; statement is what the person says of it, "" if
// nothing.
func (m *Rectify) Put(field, value, statement string) {
	if m.Busy() {
		return
	}
	if m.Err = checkBirth(field, value, m.Clock()); m.Err != nil {
		m.changed()
		return
	}
	Run(m.scope, &m.act, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, m.Notebook.Rectify(ctx, m.ID, diagnostics.Values{field: strings.TrimSpace(value)}, strings.TrimSpace(statement))
	}, func(_ struct{}, err error) {
		if !cancelled(err) {
			m.Err = err
		}
		m.saved()
		m.Load()
		m.changed()
	})
	m.changed()
}
