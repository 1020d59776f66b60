package model

import (
	"context"

	"solidaren/diagnostics/store"
)

// Page is how many rows of a list are read at once.
const Page = 200

// RecordRow is one finished record, its texts ready.
type RecordRow struct {
	ID, FormID, When, Place, Person string
	Needs                           int
	Sent, Corrected, Correction     bool
	Withdrawn                       bool // it was taken back, and counts nowhere
}

// recordRows puts labels and dates on rows of the notebook.
func (d *Desk) recordRows(read []store.FinishedRow) []RecordRow {
	rows := make([]RecordRow, len(read))
	for i, r := range read {
		rows[i] = RecordRow{
			ID: r.ID, FormID: r.Form, When: When(r.At, d.Clock(), d.Lang()),
			Place: d.Label("district", r.District), Person: r.PersonCode, Needs: r.Needs,
			Sent: r.Sent, Corrected: r.Corrected, Correction: r.Correction, Withdrawn: r.Withdrawn,
		}
	}
	return rows
}

// Records lists the finished records, the newest first.
type Records struct {
	Screen
	Form string // only records of this form, "" for all
	Rows Pages[RecordRow]
}

// NewRecords makes the list.
func NewRecords(d *Desk) *Records { return &Records{Screen: Screen{Desk: d}} }

// Load reads the records again.
func (m *Records) Load() { m.read(true) }

// Filter shows the records of one form only ("" for all).
func (m *Records) Filter(form string) {
	m.Form = form
	m.read(false)
}

func (m *Records) read(again bool) {
	filter := store.FinishedFilter{Form: m.Form, Limit: Page}
	m.Rows.Begin(m.scope, 0, again, Source[RecordRow]{
		Page: func(ctx context.Context, after string, skip int) (func() []RecordRow, error) {
			f := filter
			f.After, f.Skip = after, skip
			read, err := m.Notebook.Finished(ctx, f)
			return func() []RecordRow { return m.recordRows(read) }, err
		},
		Count: func(ctx context.Context) (int, error) { return m.Notebook.CountFinished(ctx, filter) },
		Key:   func(row RecordRow) string { return row.ID },
	}, m.changed, func(err error) bool { return m.failed("records", err) })
}
