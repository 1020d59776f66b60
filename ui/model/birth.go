package model

import (
	"regexp"
	"strconv"
	"time"

	"solidaren/diagnostics"
)

// birthField is the card's field for the day of birth. It takes words, too: a
// year alone, or "about 1980", is often all that is known.
const birthField = "identity.birth_date"

// Days as they are typed; of a French one the year may not be whole yet.
var (
	frenchDay = regexp.MustCompile(`^\s*(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*(?:[/.-]\s*(\d*)\s*)?$`)
	isoDay    = regexp.MustCompile(`^\s*(\d{4})-(\d{1,2})-(\d{1,2})\s*$`)
)

// checkBirth refuses a day that there never was, or is not yet, in the field for
// the day of birth. Errors: invalid.
func checkBirth(field, text string, now time.Time) error {
	if field != birthField {
		return nil
	}
	day, month, year := "", "", ""
	if parts := frenchDay.FindStringSubmatch(text); parts != nil {
		day, month, year = parts[1], parts[2], parts[3]
	} else if parts := isoDay.FindStringSubmatch(text); parts != nil {
		day, month, year = parts[3], parts[2], parts[1]
	} else {
		return nil
	}
	if month == "0" {
		return nil // its second digit is to come
	}
	if len(year) < 4 {
		year = "2000" // has every day
	}
	d, _ := strconv.Atoi(day)
	m, _ := strconv.Atoi(month)
	y, _ := strconv.Atoi(year)
	on := time.Date(y, time.Month(m), d, 0, 0, 0, 0, now.Location())
	if on.Day() == d && int(on.Month()) == m && !on.After(now) {
		return nil
	}
	return diagnostics.E("model.checkBirth", diagnostics.CodeInvalid,
		"Ce jour n'existe pas, ou pas encore. Vérifiez le jour et le mois ; une année seule suffit.",
		"There is no such day, or not yet. Check day and month; a year alone is enough.", nil)
}
