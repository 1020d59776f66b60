package model

import (
	"context"
	"slices"

	"solidaren/diagnostics/store"
)

// Page is how many rows of a list are read at once.
const Page = 200

// RecordRow is one finished record, its texts ready.
type RecordRow struct {
	ID, FormID, When, Place, Person string
	Needs                           int
	Sent, Corrected, Correction     bool
}

// recordRows puts labels and dates on rows of the notebook.
func (d *Desk) recordRows(read []store.FinishedRow) []RecordRow {
	rows := make([]RecordRow, len(read))
	for i, r := range read {
		rows[i] = RecordRow{
			ID: r.ID, FormID: r.Form, When: When(r.At, d.Clock(), d.Lang()),
			Place: d.Label("district", r.District), Person: r.PersonCode, Needs: r.Needs,
			Sent: r.Sent, Corrected: r.Corrected, Correction: r.Correction,
		}
	}
	return rows
}

// Records lists the finished records, the newest first, a page at a time.
type Records struct {
	Screen
	Form string // only records of this form, "" for all
	Rows []RecordRow
	More bool // older ones are still to be read

	load Command
}

// NewRecords makes the list.
func NewRecords(d *Desk) *Records { return &Records{Screen: Screen{Desk: d}} }

// Load reads the first page again.
func (m *Records) Load() {
	m.read("", func(rows []RecordRow) { m.Rows = rows })
}

// LoadMore reads the next page behind the last row, unless it is being read.
func (m *Records) LoadMore() {
	if !m.More || m.load.Running() {
		return
	}
	last := m.Rows[len(m.Rows)-1].ID
	m.read(last, func(rows []RecordRow) { m.Rows = slices.Concat(m.Rows, rows) })
}

// Filter shows the records of one form only ("" for all).
func (m *Records) Filter(form string) {
	m.Form = form
	m.Load()
}

func (m *Records) read(after string, apply func([]RecordRow)) {
	filter := store.FinishedFilter{Form: m.Form, After: after, Limit: Page}
	Run(m.scope, &m.load, func(ctx context.Context) ([]store.FinishedRow, error) {
		return m.Notebook.Finished(ctx, filter)
	}, func(read []store.FinishedRow, err error) {
		if m.failed("records", err) {
			return
		}
		m.More = len(read) == Page
		apply(m.recordRows(read))
		m.changed()
	})
}
