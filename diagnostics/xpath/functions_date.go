package xpath

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
)

var dateFunctions = map[string]function{
	"today": {build: func(*compiler, []code) (code, string) {
		return dateCode(func(ctx *Context) float64 {
			y, m, d := ctx.Env.now().Date()
			return daysOf(time.Date(y, m, d, 0, 0, 0, 0, ctx.Env.location()))
		}), ""
	}},
	"now": {build: func(*compiler, []code) (code, string) {
		return dateCode(func(ctx *Context) float64 { return daysOf(ctx.Env.now()) }), ""
	}},
	"date":      {min: 1, max: 1, build: toDate},
	"date-time": {min: 1, max: 1, build: toDate},
	"decimal-date-time": {min: 1, max: 1, build: func(c *compiler, args []code) (code, string) {
		x := c.days(args[0])
		return numberCode(x), ""
	}},
	"decimal-time": {min: 1, max: 1, build: func(c *compiler, args []code) (code, string) {
		x := c.text(args[0])
		return numberCode(func(ctx *Context) float64 { return decimalTime(x(ctx), ctx.Env.location()) }), ""
	}},
	"format-date":      {min: 2, max: 2, build: dateText},
	"format-date-time": {min: 2, max: 2, build: dateText},
}

func toDate(c *compiler, args []code) (code, string) { return dateCode(c.days(args[0])), "" }

// days compiles the conversion to a point in time, in days; NaN for what is
// no date.
func (c *compiler) days(x code) func(*Context) float64 {
	switch x.typ {
	case TypeNumber, TypeDate:
		return c.number(x)
	case TypeBoolean:
		return func(*Context) float64 { return math.NaN() }
	case TypeAny:
		any := x.any
		return func(ctx *Context) float64 {
			v := any(ctx)
			if v.Type == TypeNumber || v.Type == TypeDate {
				return v.Num
			}
			return textDays(v.text(ctx.Env), ctx.Env)
		}
	}
	text := c.text(x)
	return func(ctx *Context) float64 { return textDays(text(ctx), ctx.Env) }
}

// textDays reads a date, or a number of days.
func textDays(s string, e *Env) float64 {
	if t, ok := parseTime(strings.TrimSpace(s), e.location()); ok {
		return daysOf(t)
	}
	return ParseNumber(s)
}

// longDate is how browsers write a date.
const longDate = "Mon Jan 02 2006 15:04:05 GMT-0700"

var isoTime = regexp.MustCompile(`^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d+))?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?)?$`)

// parseTime reads a date with or without a time of day, in the zone unless it
// names its own.
func parseTime(s string, zone *time.Location) (time.Time, bool) {
	if len(s) == 10 { // the usual case, quickly
		if t, err := time.ParseInLocation(time.DateOnly, s, zone); err == nil {
			return t, true
		}
	}
	if len(s) > 40 {
		s, _, _ = strings.Cut(s, " (")
		t, err := time.Parse(longDate, s)
		return t, err == nil
	}
	m := isoTime.FindStringSubmatch(s)
	if m == nil {
		t, err := time.Parse(longDate, s)
		return t, err == nil
	}
	year, month, day := atoi(m[1]), atoi(m[2]), atoi(m[3])
	hour, minute, second := atoi(m[4]), atoi(m[5]), atoi(m[6])
	nano := atoi((m[7] + "000000000")[:9])
	if m[8] != "" {
		offset, ok := zoneOffset(m[8])
		if !ok {
			return time.Time{}, false
		}
		zone = time.FixedZone("", offset)
	}
	if month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59 {
		return time.Time{}, false
	}
	t := time.Date(year, time.Month(month), day, hour, minute, second, nano, zone)
	return t, t.Day() == day
}

func atoi(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

// zoneOffset reads Z, +hh, +hhmm or +hh:mm, in seconds.
func zoneOffset(s string) (int, bool) {
	if s == "Z" {
		return 0, true
	}
	digits := strings.ReplaceAll(s[1:], ":", "")
	hours, minutes := atoi(digits[:2]), 0
	if len(digits) == 4 {
		minutes = atoi(digits[2:])
	}
	if hours > 23 || minutes > 59 {
		return 0, false
	}
	offset := (hours*60 + minutes) * 60
	if s[0] == '-' {
		offset = -offset
	}
	return offset, true
}

var timeOfDay = regexp.MustCompile(`^(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d+))?)?(Z|[+-]\d{2}(?::?\d{2})?)?$`)

// decimalTime is a time of day as a part of the day in the zone.
func decimalTime(s string, zone *time.Location) float64 {
	m := timeOfDay.FindStringSubmatch(s)
	if m == nil {
		return math.NaN()
	}
	hour, minute, second := atoi(m[1]), atoi(m[2]), atoi(m[3])
	if hour > 23 || minute > 59 || second > 59 {
		return math.NaN()
	}
	seconds := float64(hour*3600+minute*60+second) + float64(atoi((m[4] + "000")[:3]))/1000
	if m[5] != "" {
		offset, ok := zoneOffset(m[5])
		if !ok {
			return math.NaN()
		}
		_, local := time.Unix(0, 0).In(zone).Zone()
		seconds += float64(local - offset)
	}
	const day = 24 * 3600
	return math.Mod(seconds+2*day, day) / day
}

func dateText(c *compiler, args []code) (code, string) {
	days, format := c.days(args[0]), c.text(args[1])
	return textCode(func(ctx *Context) string {
		t, ok := timeOf(days(ctx), ctx.Env.location())
		if !ok {
			return ""
		}
		return FormatTime(t, format(ctx), ctx.Env.French)
	}), ""
}

// timeFields are the fields of format-date-time().
var timeFields = map[byte]func(time.Time) string{
	'Y': func(t time.Time) string { return fmt.Sprintf("%04d", t.Year()) },
	'y': func(t time.Time) string { return t.Format("06") },
	'm': func(t time.Time) string { return t.Format("01") },
	'n': func(t time.Time) string { return t.Format("1") },
	'b': func(t time.Time) string { return t.Format("Jan") },
	'B': func(t time.Time) string { return t.Format("January") },
	'd': func(t time.Time) string { return t.Format("02") },
	'e': func(t time.Time) string { return t.Format("2") },
	'H': func(t time.Time) string { return t.Format("15") },
	'h': func(t time.Time) string { return strconv.Itoa(t.Hour()) },
	'M': func(t time.Time) string { return t.Format("04") },
	'S': func(t time.Time) string { return t.Format("05") },
	'3': func(t time.Time) string { return fmt.Sprintf("%03d", t.Nanosecond()/1_000_000) },
	'a': func(t time.Time) string { return t.Format("Mon") },
	'A': func(t time.Time) string { return t.Format("Monday") },
	'W': func(t time.Time) string { _, week := t.ISOWeek(); return strconv.Itoa(week) },
	'Z': func(t time.Time) string { return t.Format("-0700") },
	'%': func(time.Time) string { return "%" },
}

// frenchNames are the fields that hold names, in French.
var frenchNames = map[byte]func(time.Time) string{
	'b': func(t time.Time) string { return monthsShort[t.Month()-1] },
	'B': func(t time.Time) string { return months[t.Month()-1] },
	'a': func(t time.Time) string { return days[t.Weekday()][:3] + "." },
	'A': func(t time.Time) string { return days[t.Weekday()] },
}

var (
	months      = []string{"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"}
	monthsShort = []string{"janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."}
	days        = []string{"dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"}
)

// FormatTime writes a time by a pattern of format-date-time(); names of months
// and days are in French or English.
func FormatTime(t time.Time, pattern string, french bool) string {
	var b strings.Builder
	for i := 0; i < len(pattern); i++ {
		if pattern[i] == '%' && i+1 < len(pattern) {
			field, ok := frenchNames[pattern[i+1]]
			if !ok || !french {
				field, ok = timeFields[pattern[i+1]]
			}
			if ok {
				b.WriteString(field(t))
				i++
				continue
			}
		}
		b.WriteByte(pattern[i])
	}
	return b.String()
}
