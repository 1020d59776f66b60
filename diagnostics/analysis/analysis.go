// Package analysis turns what field teams observed into the tables of the
// needs analysis (DOMAIN.md §4): effort, publics, needs by theme and period,
// needs by district and by public, coverage, referrals.
//
// It reads each kind of row once, keeps counts only, and protects every cell
// before anyone sees it: a hidden cell holds no value. It refuses to rank or
// score persons, teams or workers, and it reads no name, no code and no text.
package analysis

import (
	"context"
	"fmt"

	"solidaren/diagnostics"
)

// Source gives the rows of a period, each kind in one pass, in any order. The
// function's error ends the pass and is returned; so is the context's.
type Source interface {
	// Needs gives the needs observed. Codes: internal, corrupt, timeout.
	Needs(ctx context.Context, p diagnostics.Period, fn func(diagnostics.NeedRow) error) error
	// Encounters gives the encounters. Codes: as Needs.
	Encounters(ctx context.Context, p diagnostics.Period, fn func(diagnostics.EncounterRow) error) error
	// TourRows gives the tours. Codes: as Needs.
	TourRows(ctx context.Context, p diagnostics.Period, fn func(diagnostics.TourRow) error) error
	// Diagnostics gives the finished diagnostics. Codes: as Needs.
	Diagnostics(ctx context.Context, p diagnostics.Period, fn func(diagnostics.DiagnosticRow) error) error
	// Referrals gives the referrals. Codes: as Needs.
	Referrals(ctx context.Context, p diagnostics.Period, fn func(diagnostics.ReferralRow) error) error
}

// Query says what to count and for whom.
type Query struct {
	Period   diagnostics.Period // days, both included; its time zone decides the day of a row
	Audience diagnostics.Audience
	Step     Step // of the columns of time, Quarter if empty
}

// Progress is told how many rows were read so far, over all kinds.
type Progress func(rows int)

// progressEvery is the number of rows between two reports of progress, and
// between two looks at the context.
const progressEvery = 1024

// Compute reads the rows of the period and returns the protected tables. The
// progress may be nil. Codes: invalid (period, audience or step), those of the
// source, and the context's error when it is cancelled.
func Compute(ctx context.Context, src Source, q Query, progress Progress) (*Needs, error) {
	if q.Step == "" {
		q.Step = Quarter
	}
	if err := q.check(); err != nil {
		return nil, err
	}
	c := newCollector(q)
	r := reader{ctx: ctx, progress: progress}
	passes := []struct {
		name string
		read func() error
	}{
		{"tours", func() error { return src.TourRows(ctx, q.Period, each(&r, c.tour)) }},
		{"encounters", func() error { return src.Encounters(ctx, q.Period, each(&r, c.encounter)) }},
		{"diagnostics", func() error { return src.Diagnostics(ctx, q.Period, each(&r, c.diagnostic)) }},
		{"needs", func() error { return src.Needs(ctx, q.Period, each(&r, c.need)) }},
		{"referrals", func() error { return src.Referrals(ctx, q.Period, each(&r, c.referral)) }},
	}
	for _, pass := range passes {
		if err := pass.read(); err != nil {
			return nil, fmt.Errorf("analysis: read %s: %w", pass.name, err)
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("analysis: %w", err)
	}
	r.report()
	return c.tables(), nil
}

func (q Query) check() error {
	const op = "analysis.Compute"
	switch {
	case q.Period.From.IsZero() || q.Period.To.Before(q.Period.From):
		return diagnostics.E(op, diagnostics.CodeInvalid,
			"La période doit avoir un début et une fin, dans cet ordre.",
			"The period needs a beginning and an end, in this order.", nil)
	case !q.Audience.Valid():
		return diagnostics.E(op, diagnostics.CodeInvalid,
			"Le public de l'export est inconnu : plénière, comité restreint ou groupe de travail.",
			"Unknown audience: plenary, restricted committee or working group.", nil)
	case !q.Step.valid():
		return diagnostics.E(op, diagnostics.CodeInvalid,
			"Le pas de temps est inconnu : mois, trimestre ou année.",
			"Unknown step of time: month, quarter or year.", nil)
	}
	return nil
}

// reader counts rows for the progress and looks at the context now and then,
// so that a source which does not is stopped all the same.
type reader struct {
	ctx      context.Context
	progress Progress
	rows     int
}

func (r *reader) report() {
	if r.progress != nil {
		r.progress(r.rows)
	}
}

func each[R any](r *reader, add func(R)) func(R) error {
	return func(row R) error {
		if r.rows%progressEvery == 0 {
			if err := r.ctx.Err(); err != nil {
				return err
			}
			r.report()
		}
		r.rows++
		add(row)
		return nil
	}
}
