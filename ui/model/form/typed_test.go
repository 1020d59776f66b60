package form

import (
	"testing"
	"time"
)

var rennes = time.FixedZone("CET", 3600)

// tuesday is 24 November 2026, 23:14.
var tuesday = time.Date(2026, 11, 24, 23, 14, 30, 0, rennes)

func TestReadDate(t *testing.T) {
	for _, c := range []struct{ text, appearance, want string }{
		{"12/3", "", "2026-03-12"},
		{"12", "", "2026-11-12"},
		{"12/03/25", "", "2025-03-12"},
		{"12.3.2025", "", "2025-03-12"},
		{"12 3", "", "2026-03-12"},
		{"12:3", "", "2026-03-12"},
		{"12:3:25", "", "2025-03-12"},
		{"3:2026", "month-year", "2026-03-01"},
		{"1203", "", "2026-03-12"},
		{"120325", "", "2025-03-12"},
		{"12032025", "", "2025-03-12"},
		{"2025-03-12", "", "2025-03-12"},
		{"a", "", "2026-11-24"},
		{"H", "", "2026-11-23"},
		{"t", "", "2026-11-24"},
		{"y", "", "2026-11-23"},
		{"+7", "", "2026-12-01"},
		{"-2", "", "2026-11-22"},
		{"3/2026", "month-year", "2026-03-01"},
		{"2019", "year", "2019-01-01"},
		{"31/2", "", ""},
		{"32", "", ""},
		{"12/13", "", ""},
		{"demain", "", ""},
		{"1/2/3/4", "", ""},
	} {
		t.Run(c.text+c.appearance, func(t *testing.T) {
			got, ok := readDate(c.text, c.appearance, tuesday)
			if got != c.want || ok != (c.want != "") {
				t.Errorf("got %q %v, want %q", got, ok, c.want)
			}
		})
	}
}

func TestReadClock(t *testing.T) {
	for _, c := range []struct {
		text string
		want time.Duration
		ok   bool
	}{
		{"2314", 23*time.Hour + 14*time.Minute, true},
		{"23h14", 23*time.Hour + 14*time.Minute, true},
		{"23:14", 23*time.Hour + 14*time.Minute, true},
		{"714", 7*time.Hour + 14*time.Minute, true},
		{"7", 7 * time.Hour, true},
		{"7h", 7 * time.Hour, true},
		{"23h", 23 * time.Hour, true},
		{"12", 12 * time.Hour, true},
		{"m", 23*time.Hour + 14*time.Minute, true},
		{"2514", 0, false},
		{"2360", 0, false},
		{"midi", 0, false},
	} {
		t.Run(c.text, func(t *testing.T) {
			got, ok := readClock(c.text, tuesday)
			if got != c.want || ok != c.ok {
				t.Errorf("got %v %v, want %v %v", got, ok, c.want, c.ok)
			}
		})
	}
}

func TestReadMoment(t *testing.T) {
	for _, c := range []struct{ text, before, want string }{
		{"m", "", "2026-11-24T23:14:30.000+01:00"},
		{"2130", "", "2026-11-24T21:30:00.000+01:00"},
		{"2130", "2026-11-20T08:00:00.000+01:00", "2026-11-20T21:30:00.000+01:00"},
		{"12/3 9h05", "", "2026-03-12T09:05:00.000+01:00"},
		{"h 22:00", "", "2026-11-23T22:00:00.000+01:00"},
		{"12/3", "", ""},
		{"31/2 9h", "", ""},
	} {
		t.Run(c.text+c.before, func(t *testing.T) {
			got, ok := readMoment(c.text, c.before, tuesday)
			if got != c.want || ok != (c.want != "") {
				t.Errorf("got %q %v, want %q", got, ok, c.want)
			}
		})
	}
}

func TestReadNumber(t *testing.T) {
	for text, want := range map[string]string{"1,5": "1.5", "12 000": "12000", "1\u202f000,25": "1000.25", "abc": "abc", "-3": "-3"} {
		if got := readNumber(text); got != want {
			t.Errorf("%q gives %q, want %q", text, got, want)
		}
	}
}

func TestRefs(t *testing.T) {
	ref := "/data/r[2]/g/s[11]/q"
	if got := pathOf(ref); got != "/data/r/g/s/q" {
		t.Errorf("path %q", got)
	}
	if got := rowsOf(ref); len(got) != 2 || got[0] != "/data/r[2]" || got[1] != "/data/r[2]/g/s[11]" {
		t.Errorf("rows %q", got)
	}
	if repeat, index := repeatOf("/data/r[2]/g/s[11]"); repeat != "/data/r[2]/g/s" || index != "11" {
		t.Errorf("repeat %q row %q", repeat, index)
	}
	if got := rowsOf("/data/q"); got != nil {
		t.Errorf("rows %q", got)
	}
}
