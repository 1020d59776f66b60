package model_test

import (
	"testing"
	"time"

	"solidaren/ui/model"
)

func TestWhen(t *testing.T) {
	tests := []struct {
		name string
		at   time.Time
		lang string
		want string
	}{
		{"today", now.Add(-4 * time.Hour), "fr", "17:30"},
		{"yesterday", now.AddDate(0, 0, -1), "fr", "hier 21:30"},
		{"yesterday in English", now.AddDate(0, 0, -1), "en", "yesterday 21:30"},
		{"earlier", now.AddDate(0, 0, -40), "fr", "14/10/2026 21:30"},
		{"the same day of another year", now.AddDate(-1, 0, 0), "fr", "23/11/2025 21:30"},
		{"never", time.Time{}, "fr", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := model.When(tt.at, now, tt.lang); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestParseDay(t *testing.T) {
	tests := []struct {
		text, want string
	}{
		{"23/11/2026", "2026-11-23"},
		{" 1/7/2026 ", "2026-07-01"},
		{"2026-07-01", "2026-07-01"},
		{"31/02/2026", ""},
		{"juillet", ""},
		{"", ""},
	}
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			got, err := model.ParseDay(tt.text)
			if (err != nil) != (tt.want == "") {
				t.Fatalf("error %v", err)
			}
			if err == nil && got.Format(time.DateOnly) != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}
