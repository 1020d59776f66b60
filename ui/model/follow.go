package model

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"solidaren/diagnostics"
	"solidaren/diagnostics/store"
)

// FollowRow is a next step or a referral, its texts ready.
type FollowRow struct {
	ID, Person, Code string
	Referral         bool
	What             string // what was promised, or where to
	State            string // of a referral: what is known so far
	Action, Where    string // of a referral: the action in the directory, and how to reach it; "" if it is not there
	Due              string // day, "" if none was named
	Late             int    // days since it was due, 0 if it is not
	Soon             bool   // due today or late

	team, due string
}

// How a next step ends. "todo" is its beginning.
const (
	StepDone        = "done"
	StepNotPossible = "not_possible"
	StepCancelled   = "cancelled"
	StepLost        = "lost" // lost contact: a legitimate end
)

// Steps lists the ends in the order in which they are offered.
func Steps() []string { return []string{StepDone, StepNotPossible, StepCancelled, StepLost} }

// Follows lists what is to be done or awaited for persons.
type Follows struct {
	Screen
	Rows         []FollowRow
	Steps, Waits int // how many there are, of which Rows has the first ones

	load Command
}

// NewFollows makes the list.
func NewFollows(d *Desk) *Follows { return &Follows{Screen: Screen{Desk: d}} }

// awaitedFor is how long the end of a referral is asked for.
const awaitedFor = 180 * 24 * time.Hour

func (d *Desk) follows(ctx context.Context) ([]store.Follow, error) {
	steps, err1 := d.Notebook.FollowUps(ctx)
	referrals, err2 := d.Notebook.Awaited(ctx, d.Clock().Add(-awaitedFor))
	return append(steps, referrals...), errors.Join(err1, err2)
}

// Load reads the list again.
func (m *Follows) Load() {
	type follows struct {
		rows         []store.Follow
		steps, waits int
	}
	Run(m.scope, &m.load, func(ctx context.Context) (read follows, err error) {
		if read.rows, err = m.follows(ctx); err == nil {
			read.steps, read.waits, err = m.Notebook.CountFollows(ctx, m.Clock().Add(-awaitedFor))
		}
		return read, err
	}, func(read follows, err error) {
		if m.failed("follows", err) {
			return
		}
		m.Rows, m.Steps, m.Waits = m.followRows(read.rows), read.steps, read.waits
		m.changed()
	})
}

func (d *Desk) followRows(read []store.Follow) []FollowRow {
	now := d.Clock().Local()
	today := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, time.UTC)
	rows := make([]FollowRow, len(read))
	for i, f := range read {
		row := FollowRow{ID: f.ID, Person: f.Get("person"), Code: f.PersonCode, What: f.Get("what"), team: f.Get("team"), due: f.Get("due_on")}
		if f.Type == diagnostics.TypeReferral {
			row.Referral, row.What = true, d.Label("action", f.Get("to"))
			row.State = joined(d.Label("person_answer", f.Get("answer")), d.Label("outcome", f.Outcome))
			row.Due = Day(f.Time("at").Local())
			if e, ok := d.Directory().Find(f.Get("to")); ok {
				row.Action = f.Get("to")
				row.Where = joined(e.Actor.Get("name"), e.Get("phone"), openText(e, now), d.Label("saturation", e.Action.Get("saturation")))
			}
		} else if due := f.Time("due_on"); !due.IsZero() {
			row.Due, row.Soon = Day(due), !due.After(today)
			row.Late = max(0, int(today.Sub(due).Hours()/24))
		}
		rows[i] = row
	}
	return rows
}

// EndStep says how a next step ended.
func (m *Follows) EndStep(row FollowRow, status, result string) {
	m.do("followup", func(ctx context.Context) error {
		_, err := m.Notebook.Update(ctx, row.ID, diagnostics.Values{"status": status, "result": strings.TrimSpace(result)})
		return err
	})
}

// Postpone puts a next step off to a day.
func (m *Follows) Postpone(row FollowRow, day time.Time) {
	m.do("followup", func(ctx context.Context) error {
		_, err := m.Notebook.Update(ctx, row.ID, diagnostics.Values{"due_on": day.Format(time.DateOnly)})
		return err
	})
}

// EndReferral says what became of a referral.
func (m *Follows) EndReferral(row FollowRow, outcome, result string) {
	now := m.Clock()
	m.do("referral", func(ctx context.Context) error {
		_, err := m.Notebook.Create(ctx, diagnostics.Record{Type: diagnostics.TypeOutcome, Fields: diagnostics.Values{
			"referral": row.ID, "person": row.Person, "outcome": outcome, "on": now.Local().Format(time.DateOnly),
			"result": strings.TrimSpace(result), "at": diagnostics.FormatTime(now), "team": row.team,
		}})
		return err
	})
}

// TakeBack makes a row stand as it did before its end or its new day was noted.
// What was noted stays in the history.
func (m *Follows) TakeBack(row FollowRow) {
	if row.Referral {
		m.EndReferral(row, "pending", "")
		return
	}
	m.do("followup", func(ctx context.Context) error {
		_, err := m.Notebook.Update(ctx, row.ID, diagnostics.Values{"status": "todo", "result": "", "due_on": row.due})
		return err
	})
}

// AddStep writes down what is to be done for the person with a code, and hands
// over what takes that back.
func (d *Desk) AddStep(code, what string, due time.Time, done func(undo func(), err error)) {
	var command Command
	Run(d.scope, &command, func(ctx context.Context) (string, error) {
		person, err := d.Notebook.PersonByCode(ctx, code)
		if err != nil {
			return "", err
		}
		step, err := d.Notebook.Create(ctx, diagnostics.Record{Type: diagnostics.TypeFollowUp, Fields: diagnostics.Values{
			"person": person.ID, "what": strings.TrimSpace(what), "due_on": due.Format(time.DateOnly),
			"at": diagnostics.FormatTime(d.Clock()), "team": d.Member.Team(), "demo": person.Get("demo"),
		}})
		return step.ID, err
	}, func(id string, err error) {
		if err == nil {
			d.saved()
		}
		done(func() { d.update("followup", id, diagnostics.Values{"status": StepCancelled}) }, err)
	})
}

// update changes a card for no screen: one may have gone elsewhere.
func (d *Desk) update(op, id string, set diagnostics.Values) {
	var command Command
	Run(d.scope, &command, func(ctx context.Context) (struct{}, error) {
		_, err := d.Notebook.Update(ctx, id, set)
		return struct{}{}, err
	}, func(_ struct{}, err error) {
		if err != nil {
			d.NoteError(op, err)
			d.wrote(err)
			return
		}
		d.saved()
	})
}

func (m *Follows) do(op string, work func(context.Context) error) {
	var command Command // one end must not cut the one before short
	Run(m.scope, &command, func(ctx context.Context) (struct{}, error) { return struct{}{}, work(ctx) },
		func(_ struct{}, err error) {
			if !m.failed(op, err) {
				m.saved()
				m.Load()
			}
		})
}

// Due leaves the rows that are due.
func Due(rows []FollowRow) []FollowRow {
	return slices.DeleteFunc(slices.Clone(rows), func(row FollowRow) bool { return !row.Soon })
}
