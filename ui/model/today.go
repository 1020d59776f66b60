package model

import (
	"context"
	"errors"

	"solidaren/diagnostics/store"
)

// lastRecords is how many of the last records the first screen shows.
const lastRecords = 8

// DraftRow is one draft to resume.
type DraftRow struct {
	ID, FormID, When string
	Answered         int
	Correction       bool
}

// Today is the first screen: what to go on with, what waits to be sent, what
// was written last.
type Today struct {
	Screen
	Drafts  []DraftRow
	Records []RecordRow
	Counts  store.SyncCounts

	load Command
}

// NewToday makes the screen.
func NewToday(d *Desk) *Today { return &Today{Screen: Screen{Desk: d}} }

type today struct {
	drafts  []store.Draft
	records []store.FinishedRow
	counts  store.SyncCounts
}

// Load reads everything again.
func (m *Today) Load() {
	Run(m.scope, &m.load, func(ctx context.Context) (today, error) {
		drafts, err1 := m.Notebook.Drafts(ctx)
		records, err2 := m.Notebook.Finished(ctx, store.FinishedFilter{Limit: lastRecords})
		counts, err3 := m.Notebook.SyncCounts(ctx)
		return today{drafts, records, counts}, errors.Join(err1, err2, err3)
	}, func(read today, err error) {
		if m.failed("today", err) {
			return
		}
		m.Drafts, m.Records, m.Counts = m.draftRows(read.drafts), m.recordRows(read.records), read.counts
		m.changed()
	})
}

// draftRows shows the newest draft first.
func (d *Desk) draftRows(drafts []store.Draft) []DraftRow {
	rows := make([]DraftRow, len(drafts))
	for i, draft := range drafts {
		rows[i] = DraftRow{ID: draft.ID, FormID: draft.FormID, Answered: draft.Answered,
			When: When(draft.UpdatedAt, d.Clock(), d.Lang()), Correction: draft.Corrects != ""}
	}
	return rows
}

// Discard throws a draft away.
func (m *Today) Discard(id string) {
	var command Command
	Run(m.scope, &command, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, m.Notebook.DiscardDraft(ctx, id)
	}, func(_ struct{}, err error) {
		if !m.failed("draft discard", err) {
			m.Load()
		}
	})
}
