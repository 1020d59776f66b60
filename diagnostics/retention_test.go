package diagnostics_test

import (
	"testing"
	"time"

	"solidaren/diagnostics"
)

func day(text string) time.Time {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic(err)
	}
	return t
}

func TestKeptUntil(t *testing.T) {
	// The id was made on 2026-03-02.
	const id = "019cae3d-4c00-7000-8000-000000000000"
	tests := []struct {
		name   string
		fields diagnostics.Values
		want   string
	}{
		{"two years after the last contact", diagnostics.Values{"last_contact_on": "2026-03-02"}, "2028-03-02"},
		{"a leap day", diagnostics.Values{"last_contact_on": "2028-02-29"}, "2030-03-01"},
		{"no contact yet: from the day the card was made", nil, "2028-03-02"},
		{"archived longer", diagnostics.Values{"last_contact_on": "2026-03-02", diagnostics.ArchiveUntil: "2031-01-01"}, "2031-01-01"},
		{"an archive that ends before", diagnostics.Values{"last_contact_on": "2026-03-02", diagnostics.ArchiveUntil: "2027-01-01"}, "2028-03-02"},
	}
	for _, tt := range tests {
		got := diagnostics.KeptUntil(diagnostics.Record{ID: id, Type: diagnostics.TypePerson, Fields: tt.fields})
		if !got.Equal(day(tt.want)) {
			t.Errorf("%s: %s, want %s", tt.name, got.Format(time.DateOnly), tt.want)
		}
	}
}

func TestAnswerBy(t *testing.T) {
	for received, want := range map[string]string{"2026-03-02": "2026-04-02", "2026-01-31": "2026-02-28", "2026-12-31": "2027-01-31"} {
		if got := diagnostics.AnswerBy(day(received), diagnostics.AnswerMonths); !got.Equal(day(want)) {
			t.Errorf("received on %s: %s, want %s", received, got.Format(time.DateOnly), want)
		}
	}
	if got := diagnostics.AnswerBy(day("2026-11-30"), 3); !got.Equal(day("2027-02-28")) {
		t.Errorf("three months: %s", got)
	}
}

func TestSettle(t *testing.T) {
	for _, tt := range []struct{ field, want string }{{"last_contact_on", "2026-05-01"}, {"first_contact_on", "2026-03-01"}, {"gender", ""}} {
		got, ok := diagnostics.Settle(diagnostics.TypePerson, tt.field, []string{"2026-04-01", "", "2026-05-01", "2026-03-01"})
		if got != tt.want || ok != (tt.want != "") {
			t.Errorf("%s: %q, %v", tt.field, got, ok)
		}
	}
}
