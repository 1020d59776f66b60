package model

import (
	"context"
	"errors"

	"solidaren/diagnostics"
	"solidaren/diagnostics/store"
)

// DraftRow is one draft to resume.
type DraftRow struct {
	ID, FormID, When string
	Answered         int
	Correction       bool
}

// Today is the first screen: what to go on with, what is due, what is to be
// decided, what waits to be sent.
type Today struct {
	Screen
	Loaded    bool // what there is was read
	Drafts    []DraftRow
	Follows   []FollowRow // next steps that are due
	Conflicts []DecideItem
	Counts    store.SyncCounts
	LastSync  string
	News      []DirectoryNews // what changed in the directory lately

	load Command
}

// NewToday makes the screen.
func NewToday(d *Desk) *Today { return &Today{Screen: Screen{Desk: d}} }

type today struct {
	drafts    []store.Draft
	follows   []store.Follow
	conflicts []diagnostics.Record
	counts    store.SyncCounts
}

// Load reads everything again.
func (m *Today) Load() {
	Run(m.scope, &m.load, func(ctx context.Context) (today, error) {
		drafts, err1 := m.Notebook.Drafts(ctx)
		follows, err2 := m.Notebook.FollowUps(ctx)
		conflicts, err3 := m.Notebook.InConflict(ctx, Page)
		counts, err4 := m.Notebook.SyncCounts(ctx)
		return today{drafts, follows, conflicts, counts}, errors.Join(err1, err2, err3, err4)
	}, func(read today, err error) {
		if m.failed("today", err) {
			return
		}
		m.Drafts, m.Follows, m.Counts = m.draftRows(read.drafts), Due(m.followRows(read.follows)), read.counts
		m.LastSync, m.Loaded = When(read.counts.LastSync, m.Clock(), m.Lang()), true
		m.Conflicts, m.News = nil, m.directoryNews()
		for _, r := range read.conflicts {
			who := r.Get("team")
			switch r.Type {
			case diagnostics.TypePerson:
				who = r.Get("code")
			case diagnostics.TypeActor, diagnostics.TypeAction:
				who = r.Get("name")
			}
			for _, field := range r.Conflict {
				m.Conflicts = append(m.Conflicts, DecideItem{Record: r.ID, Type: r.Type, Field: field, Who: who, Chosen: -1})
			}
		}
		m.changed()
	})
}

// draftRows shows the newest draft first.
func (d *Desk) draftRows(drafts []store.Draft) []DraftRow {
	rows := make([]DraftRow, len(drafts))
	for i, draft := range drafts {
		rows[i] = DraftRow{
			ID: draft.ID, FormID: draft.FormID, Answered: draft.Answered,
			When: When(draft.UpdatedAt, d.Clock(), d.Lang()), Correction: draft.Corrects != "",
		}
	}
	return rows
}
