package model

import (
	"context"
	"errors"
	"strings"
	"time"
)

// When writes a moment as a worker says it, in local time: "17:42" for today,
// "hier 18:40", else with the day.
func When(t, now time.Time, lang string) string {
	if t.IsZero() {
		return ""
	}
	t, now = t.Local(), now.Local()
	clock := t.Format("15:04")
	switch {
	case sameDay(t, now):
		return clock
	case sameDay(t, now.AddDate(0, 0, -1)):
		if strings.HasPrefix(lang, "en") {
			return "yesterday " + clock
		}
		return "hier " + clock
	default:
		return Day(t) + " " + clock
	}
}

// Day writes a date the way both languages of the window read it.
func Day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format("02/01/2006")
}

func sameDay(a, b time.Time) bool {
	return a.Year() == b.Year() && a.YearDay() == b.YearDay()
}

func cancelled(err error) bool { return errors.Is(err, context.Canceled) }
