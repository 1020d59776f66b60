package form

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"solidaren/diagnostics/xform"
	"solidaren/ui/words"
)

// Lexical forms of the XForms types.
const (
	dateForm   = "2006-01-02"
	timeForm   = "15:04:05.000-07:00"
	momentForm = "2006-01-02T15:04:05.000-07:00"
)

// read makes a value of what was typed into a field. What it does not
// understand stays as it is: the session keeps it and calls it wrong.
func (m *Model) read(n xform.Node, text string) string {
	trimmed := strings.TrimSpace(text)
	if trimmed == "" {
		return ""
	}
	now := m.now()
	value, ok := "", false
	switch inputOf(n) {
	case Integer, Decimal, Range:
		return readNumber(trimmed)
	case Date:
		value, ok = readDate(trimmed, n.Appearance, now)
	case Month:
		value, ok = readDate(trimmed, n.Appearance, now)
		value = firstDay(value, "2006-01")
	case Year:
		value, ok = readDate(trimmed, n.Appearance, now)
		value = firstDay(value, "2006")
	case Place:
		value, ok = readPlace(trimmed)
	case Trace:
		value, ok = readTrace(n, trimmed)
	case Clock:
		var clock time.Duration
		if clock, ok = readClock(trimmed, now); ok {
			value = midnight(now).Add(clock).Format(timeForm)
		}
	case Moment:
		value, ok = readMoment(trimmed, n.Value, now)
	case Notes:
		return strings.TrimRight(text, " \n")
	}
	if !ok {
		return trimmed
	}
	return value
}

// readNumber takes a comma or a point, and spaces between thousands.
func readNumber(text string) string {
	return strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", ",", ".").Replace(text)
}

var (
	dayWords = map[string]int{"a": 0, "t": 0, "h": -1, "y": -1} // aujourd'hui, today, hier, yesterday
	shifted  = regexp.MustCompile(`^[+-]\d{1,3}$`)
	isoDate  = regexp.MustCompile(`^(\d{4})-(\d{1,2})-(\d{1,2})$`)
	dayFirst = regexp.MustCompile(`^(\d{1,2})(?:[/:. -](\d{1,2}))?(?:[/:. -](\d{2}|\d{4}))?$`)
	packed   = regexp.MustCompile(`^(\d{2})(\d{2})(\d{2}|\d{4})?$`)
	monthOf  = regexp.MustCompile(`^(\d{1,2})[/:. -](\d{4})$`)
	yearOf   = regexp.MustCompile(`^\d{4}$`)
)

// readDate understands "12/3", "12:3" (a colon needs no Shift on a French
// keyboard), "12", "120326", "a" (today), "h" (yesterday), "+7" and "-2"; a question for a month or a year takes "3/2026" or "2026".
func readDate(text, appearance string, now time.Time) (string, bool) {
	text = strings.ToLower(text)
	if days, ok := dayWords[text]; ok {
		return now.AddDate(0, 0, days).Format(dateForm), true
	}
	if shifted.MatchString(text) {
		days, _ := strconv.Atoi(text)
		return now.AddDate(0, 0, days).Format(dateForm), true
	}
	if strings.Contains(appearance, "year") {
		if value, ok := readMonth(text, appearance, now); ok {
			return value, true
		}
	}
	if p := isoDate.FindStringSubmatch(text); p != nil {
		return day(p[1], p[2], p[3], now)
	}
	for _, shape := range []*regexp.Regexp{dayFirst, packed} {
		if p := shape.FindStringSubmatch(text); p != nil {
			return day(p[3], p[2], p[1], now)
		}
	}
	return "", false
}

var monthAlone = regexp.MustCompile(`^\d{1,2}$`)

// readMonth understands "2026", and for a question of months "3/2026" and "3";
// "a", "h" and whole dates are left to readDate.
func readMonth(text, appearance string, now time.Time) (string, bool) {
	if yearOf.MatchString(text) {
		return text + "-01-01", true
	}
	if p := monthOf.FindStringSubmatch(text); p != nil {
		return day(p[2], p[1], "1", now)
	}
	if monthAlone.MatchString(text) && strings.Contains(appearance, "month-year") {
		return day("", text, "1", now)
	}
	return "", false
}

// firstDay is the first day of the month or year of a date.
func firstDay(date, precision string) string {
	if len(date) < len(precision) {
		return date
	}
	return date[:len(precision)] + "-01-01"[:len(dateForm)-len(precision)]
}

// day makes a date of its parts; a missing month or year is the present one.
func day(year, month, dayOfMonth string, now time.Time) (string, bool) {
	y, m := now.Year(), int(now.Month())
	if year != "" {
		y, _ = strconv.Atoi(year)
	}
	if len(year) == 2 {
		y += 2000
	}
	if month != "" {
		m, _ = strconv.Atoi(month)
	}
	d, _ := strconv.Atoi(dayOfMonth)
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if t.Day() != d || int(t.Month()) != m {
		return "", false
	}
	return t.Format(dateForm), true
}

var clockShape = regexp.MustCompile(`^(\d{1,2}?)(?:[h:. ]?(\d{2}))?h?$`)

// readClock understands "2314", "23h14", "23:14", "7", "7h" and "m" (now), and
// gives the time since midnight.
func readClock(text string, now time.Time) (time.Duration, bool) {
	text = strings.ToLower(text)
	if text == "m" || text == "n" { // maintenant, now
		return now.Sub(midnight(now)).Truncate(time.Minute), true
	}
	p := clockShape.FindStringSubmatch(text)
	if p == nil {
		return 0, false
	}
	hours, _ := strconv.Atoi(p[1])
	minutes, _ := strconv.Atoi(p[2])
	if p[2] == "" && len(text) == 2 && text[1] != 'h' {
		hours, _ = strconv.Atoi(text)
	}
	if hours > 23 || minutes > 59 {
		return 0, false
	}
	return time.Duration(hours)*time.Hour + time.Duration(minutes)*time.Minute, true
}

func midnight(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
}

// readMoment understands a date and a time; a time alone keeps the day that the
// field has, or takes today; "m" is now.
func readMoment(text, before string, now time.Time) (string, bool) {
	if strings.EqualFold(text, "m") || strings.EqualFold(text, "n") {
		return now.Format(momentForm), true
	}
	date, clock := "", text
	if space := strings.LastIndexAny(text, " "); space > 0 {
		date, clock = strings.TrimSuffix(strings.TrimSpace(text[:space]), ","), text[space+1:]
	}
	since, ok := readClock(clock, now)
	if !ok {
		return "", false
	}
	start := midnight(now)
	if t, err := parseMoment(before); err == nil {
		start = midnight(t.In(now.Location()))
	}
	if date != "" {
		iso, ok := readDate(date, "", now)
		if !ok {
			return "", false
		}
		start, _ = time.ParseInLocation(dateForm, iso, now.Location())
	}
	moment := time.Date(start.Year(), start.Month(), start.Day(), 0, int(since/time.Minute), 0, 0, now.Location())
	return moment.Format(momentForm), true
}

func parseMoment(value string) (time.Time, error) {
	t, err := time.Parse(time.RFC3339Nano, value)
	if err != nil {
		return time.Parse("2006-01-02T15:04:05.999", value)
	}
	return t, nil
}

func parseClock(value string) (time.Time, error) {
	if len(value) < len("15:04") {
		return time.Parse("15:04", value)
	}
	return time.Parse("15:04", value[:5])
}

// write gives the text that stands in a field for a value, and the value in
// words where that helps. A value that is not of its type stands as it was
// typed.
func (m *Model) write(n xform.Node) (text, echo string) {
	input := writtenAs(n)
	switch input {
	case Date, Month, Year:
		if t, err := time.Parse(dateForm, n.Value); err == nil {
			return writeDay(input, t)
		}
	case Clock:
		if t, err := parseClock(n.Value); err == nil {
			return words.Clock(t), ""
		}
	case Moment:
		if t, err := parseMoment(n.Value); err == nil {
			t = t.In(m.options.Location)
			return words.Date(t) + " " + words.Clock(t), words.Weekday(t) + ", " + words.Clock(t)
		}
	case Decimal:
		return local(n.Value), ""
	case Integer:
		if hasAppearance(n, "thousands-sep") {
			return thousands(n.Value), ""
		}
	case Range:
		if n.Value != "" {
			return local(n.Value), inWords(n)
		}
	case Place:
		return writePlace(n.Value), ""
	case Trace:
		return writeTrace(n.Value)
	}
	return n.Value, ""
}

// writeDay writes a date as precisely as its question asks.
func writeDay(input Input, t time.Time) (text, echo string) {
	switch input {
	case Month:
		return t.Format("01/2006"), words.Month(t)
	case Year:
		return t.Format("2006"), ""
	}
	return words.Date(t), words.Weekday(t)
}

// Day is the day of a date or moment that a question is answered with, else the
// present one.
func (m *Model) Day(ref string) time.Time {
	node, _ := m.session.Node(ref)
	if t, err := time.Parse(dateForm, node.Value); err == nil {
		return t
	}
	if t, err := parseMoment(node.Value); err == nil && node.Value != "" {
		return t.In(m.options.Location)
	}
	return m.now()
}

// Today is the present day.
func (m *Model) Today() time.Time { return m.now() }

// SetDay answers a question with a day: of a moment it changes the day alone.
func (m *Model) SetDay(ref string, day time.Time) {
	node, ok := m.session.Node(ref)
	if !ok {
		m.Answer(ref, day.Format(dateForm))
		return
	}
	switch inputOf(node) {
	case Month:
		m.Answer(ref, firstDay(day.Format(dateForm), "2006-01"))
	case Moment:
		clock := m.now()
		if t, err := parseMoment(node.Value); err == nil && node.Value != "" {
			clock = t.In(m.options.Location)
		}
		m.Answer(ref, time.Date(day.Year(), day.Month(), day.Day(), clock.Hour(), clock.Minute(), 0, 0, m.options.Location).Format(momentForm))
	default:
		m.Answer(ref, day.Format(dateForm))
	}
}

// thousands parts the digits of a whole number by threes.
func thousands(value string) string {
	digits := strings.TrimPrefix(value, "-")
	if strings.Trim(digits, "0123456789") != "" {
		return value
	}
	var groups []string
	for len(digits) > 3 {
		groups = append([]string{digits[len(digits)-3:]}, groups...)
		digits = digits[:len(digits)-3]
	}
	sign := value[:len(value)-len(strings.TrimPrefix(value, "-"))]
	return sign + strings.Join(append([]string{digits}, groups...), "\u202f")
}
