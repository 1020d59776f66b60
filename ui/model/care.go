package model

import (
	"context"
	"time"

	"solidaren/diagnostics/store"
)

// Care keeps the notebook in order in the background: once a day what the clock
// asks for, once a week a check of the whole.
type Care struct {
	Screen
	Kept     store.Kept // what the last daily work did
	Checking bool       // the weekly check runs
	Checked  bool       // it ended just now, and found nothing
	Damage   error      // what it found

	done        time.Time // of the last daily work
	keep, check Command
}

// daily is how often the work of a day is done.
const daily = 24 * time.Hour

// NewCare makes it.
func NewCare(d *Desk) *Care {
	m := &Care{Screen: Screen{Desk: d}}
	m.keep.quiet, m.check.quiet = true, true // nobody waits for them
	return m
}

// Tick does what is due. It is called often, and once when the notebook opens.
func (m *Care) Tick() {
	if m.keep.Running() || m.Checking || !m.done.IsZero() && m.Clock().Sub(m.done) < daily {
		return
	}
	type day struct {
		kept store.Kept
		due  bool
	}
	role := m.Role()
	m.done = m.Clock()
	Run(m.scope, &m.keep, func(ctx context.Context) (day, error) {
		kept, err := m.Notebook.Housekeep(ctx, role)
		if err != nil {
			return day{kept: kept}, err
		}
		due, err := m.Notebook.CheckDue(ctx)
		return day{kept, due}, err
	}, func(d day, err error) {
		if m.failed("care", err) {
			return
		}
		m.Kept, m.Checked = d.kept, false
		if d.kept.Persons+d.kept.Notes > 0 {
			m.saved()
		}
		if d.due {
			m.startCheck()
		}
		m.changed()
	})
}

func (m *Care) startCheck() {
	m.Checking, m.Damage = true, nil
	Run(m.scope, &m.check, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, m.Notebook.Check(ctx, nil)
	}, func(_ struct{}, err error) {
		m.Checking = false
		if cancelled(err) {
			return
		}
		m.Damage, m.Checked = err, err == nil
		m.Note("check", map[bool]string{true: "sound", false: "damaged"}[m.Checked])
		m.changed()
	})
}
