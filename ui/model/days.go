package model

import "time"

// DaysLeft is how many days are left until a day: 0 on the day itself, less
// than 0 after it.
func DaysLeft(due, now time.Time) int {
	now = now.Local()
	today := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, time.UTC)
	return int(due.UTC().Truncate(24*time.Hour).Sub(today) / (24 * time.Hour))
}
