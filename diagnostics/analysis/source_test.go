package analysis_test

import (
	"context"
	"errors"
	"testing"

	"solidaren/diagnostics"
	"solidaren/diagnostics/analysis"
	"solidaren/diagnostics/analysis/analysistest"
)

func TestCancelAndProgress(t *testing.T) {
	rows := analysistest.Seeded(analysistest.Options{Period: halfYear, Encounters: 20_000, Seed: 1})
	total := len(rows.Tour) + len(rows.Encounter) + len(rows.Done) + len(rows.Need) + len(rows.Referral)
	q := analysis.Query{Period: halfYear, Audience: diagnostics.AudiencePlenary}
	last := 0
	if _, err := analysis.Compute(t.Context(), rows, q, func(n int) { last = n }); err != nil || last != total {
		t.Errorf("progress ended at %d of %d rows: %v", last, total, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	last = 0
	_, err := analysis.Compute(ctx, rows, q, func(n int) {
		last = n
		if n > 5000 {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) || last > 8000 {
		t.Errorf("cancelled after 5,000 rows: stopped at %d with %v", last, err)
	}
}

func TestErrorOfTheSourceKeepsItsCode(t *testing.T) {
	_, err := analysis.Compute(t.Context(), &broken{}, analysis.Query{Period: halfYear, Audience: diagnostics.AudiencePlenary}, nil)
	if diagnostics.Code(err) != diagnostics.CodeCorrupt {
		t.Errorf("got %v", err)
	}
}

type broken struct{ analysistest.Rows }

func (broken) TourRows(context.Context, diagnostics.Period, func(diagnostics.TourRow) error) error {
	return nil
}

func (broken) Encounters(context.Context, diagnostics.Period, func(diagnostics.EncounterRow) error) error {
	return diagnostics.E("store.Encounters", diagnostics.CodeCorrupt, "abîmé", "damaged", nil)
}
