// Package analysistest makes rows for the tests of the needs analysis and of
// its workbook: a source in memory, and seeded synthetic rows. It never reads
// a notebook.
package analysistest

import (
	"context"

	"solidaren/diagnostics"
)

// Rows is a source in memory. It gives its rows as they are, also those
// outside the period, so that the reader's own filter is tested.
type Rows struct {
	Tour      []diagnostics.TourRow
	Encounter []diagnostics.EncounterRow
	Done      []diagnostics.DiagnosticRow
	Need      []diagnostics.NeedRow
	Referral  []diagnostics.ReferralRow
}

// TourRows gives the tours.
func (r *Rows) TourRows(_ context.Context, _ diagnostics.Period, fn func(diagnostics.TourRow) error) error {
	return give(r.Tour, fn)
}

// Encounters gives the encounters.
func (r *Rows) Encounters(_ context.Context, _ diagnostics.Period, fn func(diagnostics.EncounterRow) error) error {
	return give(r.Encounter, fn)
}

// Diagnostics gives the finished diagnostics.
func (r *Rows) Diagnostics(_ context.Context, _ diagnostics.Period, fn func(diagnostics.DiagnosticRow) error) error {
	return give(r.Done, fn)
}

// Needs gives the needs observed.
func (r *Rows) Needs(_ context.Context, _ diagnostics.Period, fn func(diagnostics.NeedRow) error) error {
	return give(r.Need, fn)
}

// Referrals gives the referrals.
func (r *Rows) Referrals(_ context.Context, _ diagnostics.Period, fn func(diagnostics.ReferralRow) error) error {
	return give(r.Referral, fn)
}

func give[R any](rows []R, fn func(R) error) error {
	for _, row := range rows {
		if err := fn(row); err != nil {
			return err
		}
	}
	return nil
}
