package model

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"solidaren/diagnostics"
	"solidaren/diagnostics/store"
)

// TourStart is what is asked when a team goes out.
type TourStart struct {
	Team    string
	Sectors []string // codes of districts
	Staff   int
	Weather string
}

// Tour starts and ends an outing and shows what was written during it.
type Tour struct {
	Screen
	Current *diagnostics.Record // the tour that is out, nil if none
	Past    []TourRow
	Records []RecordRow // of the tour that is out
	People  int         // met on this tour, as far as the encounters tell
	Draft   TourStart   // what the next start proposes

	load, act Command
}

// TourRow is one past tour.
type TourRow struct{ ID, Team, Start, End, Sectors, Staff string }

// NewTour makes the screen.
func NewTour(d *Desk) *Tour { return &Tour{Screen: Screen{Desk: d}} }

// Limits of the tour screen: past tours and records of the night shown.
const (
	pastTours   = 20
	tourRecords = 100
)

type tourRead struct {
	current *diagnostics.Record
	past    []diagnostics.Record
	records []store.FinishedRow
}

// Load reads the tours again.
func (m *Tour) Load() {
	Run(m.scope, &m.load, m.read, func(read tourRead, err error) {
		if m.failed("tour", err) {
			return
		}
		m.apply(read)
		m.changed()
	})
}

func (m *Tour) read(ctx context.Context) (tourRead, error) {
	var read tourRead
	current, err := m.Notebook.CurrentTour(ctx)
	switch {
	case err == nil:
		read.current = &current
	case diagnostics.Code(err) != diagnostics.CodeNotFound:
		return read, err
	}
	var err1, err2 error
	read.past, err1 = m.Notebook.Tours(ctx, pastTours)
	if read.current != nil {
		read.records, err2 = m.Notebook.Finished(ctx, store.FinishedFilter{Limit: tourRecords})
	}
	return read, errors.Join(err1, err2)
}

func (m *Tour) apply(read tourRead) {
	m.Current, m.Past, m.Records = read.current, nil, nil
	for _, tour := range read.past {
		if read.current == nil || tour.ID != read.current.ID {
			m.Past = append(m.Past, m.tourRow(tour))
		}
	}
	if read.current != nil {
		start := read.current.Time("start")
		tonight := read.records[:0]
		for _, record := range read.records {
			if !record.CompletedAt.Before(start) {
				tonight = append(tonight, record)
			}
		}
		m.Records = m.recordRows(tonight)
		return
	}
	m.Draft = TourStart{Team: m.Member.Team(), Staff: 2}
	if len(read.past) > 0 {
		last := read.past[0]
		m.Draft = TourStart{Team: last.Get("team"), Sectors: last.List("sectors"), Staff: last.Int("staff")}
	}
}

func (d *Desk) tourRow(tour diagnostics.Record) TourRow {
	now := d.Clock()
	return TourRow{ID: tour.ID, Team: tour.Get("team"), Start: When(tour.Time("start"), now, d.Lang()),
		End: When(tour.Time("end"), now, d.Lang()), Sectors: d.sectors(tour), Staff: tour.Get("staff")}
}

func (d *Desk) sectors(tour diagnostics.Record) string {
	labels := tour.List("sectors")
	for i, code := range labels {
		labels[i] = d.Label("district", code)
	}
	return strings.Join(labels, ", ")
}

// Start sends a team out; what is recorded from now on hangs on its tour.
func (m *Tour) Start(start TourStart) {
	fields := diagnostics.Values{
		"kind": "maraude", "team": strings.TrimSpace(start.Team), "start": diagnostics.FormatTime(m.Clock()),
		"sectors": strings.Join(start.Sectors, " "), "weather": start.Weather,
	}
	if start.Staff > 0 {
		fields["staff"] = strconv.Itoa(start.Staff)
	}
	m.do("tour start", func(ctx context.Context) error {
		_, err := m.Notebook.Create(ctx, diagnostics.Record{Type: diagnostics.TypeTour, Fields: fields})
		return err
	})
}

// End brings the team home.
func (m *Tour) End() {
	if m.Current == nil {
		return
	}
	id, end := m.Current.ID, diagnostics.FormatTime(m.Clock())
	m.do("tour end", func(ctx context.Context) error {
		_, err := m.Notebook.Update(ctx, id, diagnostics.Values{"end": end})
		return err
	})
}

func (m *Tour) do(op string, work func(context.Context) error) {
	if m.act.Running() {
		return
	}
	Run(m.scope, &m.act, func(ctx context.Context) (struct{}, error) { return struct{}{}, work(ctx) },
		func(_ struct{}, err error) {
			if !m.failed(op, err) {
				m.saved()
				m.Load()
			}
		})
}
