package model

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"solidaren/diagnostics"
	"solidaren/diagnostics/store"
)

// TourStart is what is asked when a team goes out.
type TourStart struct {
	Kind      string // TourMaraude or TourCount
	Team      string
	Op        string   // name of the operation, of a night of counting
	Sector    string   // the one that is counted
	Sectors   []string // codes of districts
	Staff     int
	Weather   string
	PlanFroid bool
}

// Tour starts and ends an outing and shows what was written during it.
type Tour struct {
	Screen
	OnStart func(formID string) // a team has gone out: its first record comes

	Current *diagnostics.Record // the tour that is out, nil if none
	Outing  Outing              // what was written on it
	Drafts  []DraftRow          // records of outings that are not finished
	Past    []TourRow
	Draft   TourStart // what the next start proposes
	Ended   *TourEnd  // the tour that was ended here last, nil if none

	load, act Command
}

// TourEnd tells what a tour has brought.
type TourEnd struct {
	Team                    string
	Records, People, Drafts int
}

// TourRow is one past tour.
type TourRow struct{ ID, Team, Start, End, Sectors, Staff string }

// NewTour makes the screen.
func NewTour(d *Desk) *Tour { return &Tour{Screen: Screen{Desk: d}} }

// pastTours is how many past tours are shown.
const pastTours = 20

type tourRead struct {
	outing Outing
	past   []diagnostics.Record
	drafts []store.Draft
}

// Load reads the tours again.
func (m *Tour) Load() {
	Run(m.scope, &m.load, func(ctx context.Context) (tourRead, error) {
		outing, err1 := m.outing(ctx, "")
		past, err2 := m.Notebook.Tours(ctx, pastTours)
		drafts, err3 := m.Notebook.Drafts(ctx)
		return tourRead{outing, past, drafts}, errors.Join(err1, err2, err3)
	}, func(read tourRead, err error) {
		if m.failed("tour", err) {
			return
		}
		m.apply(read)
		m.changed()
	})
}

func (m *Tour) apply(read tourRead) {
	m.Current, m.Past, m.Outing = nil, nil, Outing{}
	if tour := read.outing.Tour; tour.ID != "" {
		m.Current, m.Outing = &tour, read.outing
	}
	for _, tour := range read.past {
		if m.Current == nil || tour.ID != m.Current.ID {
			m.Past = append(m.Past, m.tourRow(tour))
		}
	}
	m.Drafts = m.draftRows(slices.DeleteFunc(read.drafts, func(d store.Draft) bool { return !Loops(d.FormID) && d.FormID != formPlace }))
	if m.Current == nil {
		m.Draft = m.proposed(read.past)
	}
}

// proposed is the tour before with another day's weather.
func (m *Tour) proposed(past []diagnostics.Record) TourStart {
	kind := cmp.Or(m.Draft.Kind, TourMaraude)
	if sector := m.sector; sector != nil {
		start := TourStart{
			Kind: TourCount, Team: sector.Team, Op: sector.Op, Sector: sector.Sector, Sectors: strings.Fields(sector.Districts),
		}
		if len(past) > 0 {
			start.Team, start.Staff = past[0].Get("team"), past[0].Int("staff")
		}
		return start
	}
	for _, last := range past {
		if kindOf(last) == kind {
			return TourStart{
				Kind: kind, Team: last.Get("team"), Op: last.Get("op"), Sector: last.Get("sector"),
				Sectors: last.List("sectors"), Staff: last.Int("staff"),
			}
		}
	}
	return TourStart{Kind: kind, Team: m.Member.Team()}
}

func kindOf(tour diagnostics.Record) string {
	if tour.Get("kind") == TourCount {
		return TourCount
	}
	return TourMaraude
}

// Sector is what a volunteer counts, "" for everybody else: their tours are of
// it alone.
func (m *Tour) Sector() string {
	if m.sector == nil {
		return ""
	}
	return joined(m.sector.Op, m.sector.Sector)
}

// Form is what the tour that is out fills again and again.
func (m *Tour) Form() string {
	if m.Current == nil {
		return formMaraude
	}
	return LoopForm(kindOf(*m.Current))
}

func (d *Desk) tourRow(tour diagnostics.Record) TourRow {
	now := d.Clock()
	return TourRow{
		ID: tour.ID, Team: joined(tour.Get("team"), tour.Get("sector")), Start: When(tour.Time("start"), now, d.Lang()),
		End: When(tour.Time("end"), now, d.Lang()), Sectors: d.sectors(tour), Staff: tour.Get("staff"),
	}
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
	start.Kind = cmp.Or(start.Kind, TourMaraude)
	if sector := m.sector; sector != nil { // and no other
		start.Kind, start.Op, start.Sector = TourCount, sector.Op, sector.Sector
	}
	fields := diagnostics.Values{
		"kind": start.Kind, "team": strings.TrimSpace(start.Team), "start": diagnostics.FormatTime(m.Clock()),
		"sectors": strings.Join(start.Sectors, " "), "weather": start.Weather,
	}
	if start.Kind == TourCount {
		fields["op"], fields["sector"] = strings.TrimSpace(start.Op), strings.TrimSpace(start.Sector)
	}
	if start.Staff > 0 {
		fields["staff"] = strconv.Itoa(start.Staff)
	}
	if start.PlanFroid {
		fields["plan_froid"] = "yes"
	}
	m.do("tour start", func(ctx context.Context) error {
		_, err := m.Notebook.Create(ctx, diagnostics.Record{Type: diagnostics.TypeTour, Fields: fields})
		return err
	}, func() {
		m.Ended = nil
		if m.OnStart != nil {
			m.OnStart(LoopForm(start.Kind))
		}
	})
}

// End brings the team home.
func (m *Tour) End() {
	if m.Current == nil {
		return
	}
	id, end := m.Current.ID, diagnostics.FormatTime(m.Clock())
	ended := &TourEnd{Team: m.Current.Get("team"), Records: m.Outing.Records, People: m.Outing.People, Drafts: len(m.Drafts)}
	m.do("tour end", func(ctx context.Context) error {
		_, err := m.Notebook.Update(ctx, id, diagnostics.Values{"end": end})
		return err
	}, func() { m.Ended = ended })
}

func (m *Tour) do(op string, work func(context.Context) error, done func()) {
	if m.act.Running() {
		return
	}
	Run(m.scope, &m.act, func(ctx context.Context) (struct{}, error) { return struct{}{}, work(ctx) },
		func(_ struct{}, err error) {
			if !m.failed(op, err) {
				done()
				m.saved()
				m.Load()
			}
		})
}

// Prepare chooses what the next outing is for, before it starts.
func (m *Tour) Prepare(kind string) {
	m.Draft = TourStart{Kind: kind}
	m.Load()
}
