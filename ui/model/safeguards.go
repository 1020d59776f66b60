package model

import (
	"context"

	"solidaren/diagnostics"
)

// Safeguards are what the law asks for before real persons are written down, as
// the window shows and changes them (DOMAIN.md L8).
type Safeguards struct {
	diagnostics.Safeguards
	OnChange func()
	Known    bool // they were read

	desk       *Desk
	load, save Command
}

// NewSafeguards makes the model of an open notebook.
func NewSafeguards(d *Desk) *Safeguards { return &Safeguards{desk: d} }

// Load reads them again.
func (m *Safeguards) Load() {
	Run(m.desk.scope, &m.load, m.desk.Notebook.Safeguards, func(s diagnostics.Safeguards, err error) {
		switch {
		case err == nil || diagnostics.Code(err) == diagnostics.CodeUnauthorized: // its key will come
			m.Known, m.Safeguards = err == nil, s
			m.OnChange()
		case !cancelled(err):
			m.desk.NoteError("safeguards", err)
		}
	})
}

// TryingOut reports whether no real person may be written down yet by somebody
// of this notebook's role. A volunteer counts for a team whose coordinator is
// told; a researcher and an admin write nothing down.
func (m *Safeguards) TryingOut() bool {
	role := m.desk.Role()
	writes := role == "" || role.HoldsKey()
	return m.Known && writes && !m.desk.Member.Rehearsal() && !m.Complete()
}

// Keep writes them down for the whole team; then hears what became of it.
func (m *Safeguards) Keep(s diagnostics.Safeguards, then func(error)) {
	team := m.desk.Member.Team()
	Run(m.desk.scope, &m.save, func(ctx context.Context) (diagnostics.Safeguards, error) {
		if err := m.desk.Notebook.KeepSafeguards(ctx, s, team); err != nil {
			return s, err
		}
		return m.desk.Notebook.Safeguards(ctx)
	}, func(s diagnostics.Safeguards, err error) {
		if err == nil {
			m.Known, m.Safeguards = true, s
			m.OnChange()
			m.desk.saved()
		} else if !cancelled(err) {
			m.desk.NoteError("safeguards", err)
		}
		then(err)
	})
}
