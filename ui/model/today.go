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

	// Of a draft whose form can be read here.
	Code    string // of the person, "" for none
	Where   string // where the writer was: "D Ressources, question 14"
	Percent int
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

	known map[string]sheetOf
	load  Command
}

// NewToday makes the screen.
func NewToday(d *Desk) *Today { return &Today{Screen: Screen{Desk: d}} }

type today struct {
	drafts    []store.Draft
	sheets    map[string]sheetOf
	held      []store.HeldOp
	follows   []store.Follow
	conflicts []diagnostics.Record
	counts    store.SyncCounts
}

// Load reads everything again.
func (m *Today) Load() {
	known, lang := m.known, m.Lang()
	Run(m.scope, &m.load, func(ctx context.Context) (today, error) {
		drafts, err1 := m.Notebook.Drafts(ctx)
		follows, err2 := m.Notebook.FollowUps(ctx)
		conflicts, err3 := m.Notebook.InConflict(ctx, Page)
		counts, err4 := m.Notebook.SyncCounts(ctx)
		held, err5 := m.Notebook.HeldOps(ctx)
		read := today{drafts: drafts, follows: follows, conflicts: conflicts, counts: counts, held: held}
		read.sheets = m.sheets(drafts[:min(len(drafts), sheetsShown)], known, lang)
		return read, errors.Join(err1, err2, err3, err4, err5)
	}, func(read today, err error) {
		if m.failed("today", err) {
			return
		}
		m.Drafts, m.Follows, m.Counts = m.draftRows(read.drafts), Due(m.followRows(read.follows)), read.counts
		m.known = read.sheets
		for i, row := range m.Drafts {
			if s, ok := m.known[row.ID]; ok {
				m.Drafts[i] = s.DraftRow
			}
		}
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
		for _, h := range read.held {
			m.Conflicts = append(m.Conflicts, DecideItem{Record: h.Rec, Type: h.Type, Held: h.Why, Chosen: -1})
		}
		m.changed()
	})
}

// sheetsShown is how many drafts the first screen reads to tell how far they are.
const sheetsShown = 8

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
