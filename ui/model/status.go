package model

import (
	"context"
	"errors"

	"solidaren/diagnostics"
	"solidaren/diagnostics/store"
)

// Status is the line at the bottom of the window: where one works, what waits
// to be sent, whose laptop this is.
type Status struct {
	Screen
	TourTeam, TourSince string // of the tour that is out, "" if none
	TourKind            string
	Counts              store.SyncCounts
	LastSync            string
	Enrolled            bool
	Due                 int // next steps that are due
	Drafts              int

	load Command
}

// NewStatus makes the line.
func NewStatus(d *Desk) *Status {
	m := &Status{Screen: Screen{Desk: d}}
	m.load.quiet = true
	return m
}

// ToSend is how much waits to be sent: nothing where no team was joined.
func (m *Status) ToSend() int {
	if !m.Enrolled {
		return 0
	}
	return m.Counts.Unsent
}

// Load reads it again.
func (m *Status) Load() {
	type read struct {
		tour    diagnostics.Record
		counts  store.SyncCounts
		follows []store.Follow
		drafts  []store.Draft
	}
	Run(m.scope, &m.load, func(ctx context.Context) (read, error) {
		tour, err := m.Notebook.CurrentTour(ctx)
		if err != nil && diagnostics.Code(err) != diagnostics.CodeNotFound {
			return read{}, err
		}
		counts, err1 := m.Notebook.SyncCounts(ctx)
		follows, err2 := m.Notebook.FollowUps(ctx)
		drafts, err3 := m.Notebook.Drafts(ctx)
		return read{tour, counts, follows, drafts}, errors.Join(err1, err2, err3)
	}, func(r read, err error) {
		if m.failed("status", err) {
			return
		}
		m.TourTeam, m.TourSince, m.TourKind = "", "", ""
		if r.tour.ID != "" {
			m.TourTeam, m.TourSince = joined(r.tour.Get("team"), r.tour.Get("sector")), When(r.tour.Time("start"), m.Clock(), m.Lang())
			m.TourKind = kindOf(r.tour)
		}
		m.Drafts = len(r.drafts)
		m.Due = len(Due(m.followRows(r.follows)))
		m.Counts, m.LastSync = r.counts, When(r.counts.LastSync, m.Clock(), m.Lang())
		m.Enrolled = m.Member.ServerURL() != ""
		m.changed()
	})
}
