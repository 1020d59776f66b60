package words

import (
	"fmt"
	"strings"
	"time"
)

var dayNames = map[string][]string{
	"fr": {"dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"},
	"en": {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
}

var monthNames = map[string][]string{
	"fr": {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"},
	"en": {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
}

// Weekday writes a day in words: "lundi 23 novembre 2026", "Monday 23 November 2026".
func Weekday(t time.Time) string {
	l := Language()
	day := fmt.Sprint(t.Day())
	if l == "fr" && t.Day() == 1 {
		day = "1er"
	}
	return fmt.Sprintf("%s %s %s %d", dayNames[l][t.Weekday()], day, monthNames[l][t.Month()-1], t.Year())
}

// Month writes a month in words: "novembre 2026", "November 2026".
func Month(t time.Time) string {
	return fmt.Sprintf("%s %d", monthNames[Language()][t.Month()-1], t.Year())
}

// Date writes a day in digits, the day first in both languages: "23/11/2026".
func Date(t time.Time) string { return t.Format("02/01/2006") }

// Clock writes the time of day: "17:42".
func Clock(t time.Time) string { return t.Format("15:04") }

// DayName writes the name of a day: "mardi", "Tuesday".
func DayName(t time.Time) string { return dayNames[Language()][t.Weekday()] }

// DayShort writes the name of a day in two letters: "lu", "Mo".
func DayShort(t time.Time) string {
	name := []rune(dayNames[Language()][t.Weekday()])
	return string(name[:2])
}

// District is the short name of a district on a map: "Q4" of "q04". What lies in
// none has no short name.
func District(code string) string {
	number, ok := strings.CutPrefix(code, "q")
	if number = strings.TrimPrefix(number, "0"); !ok || number == "0" || number == "99" || number == "" {
		return ""
	}
	return "Q" + number
}
