package directory

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Hours are opening hours, read from the part of OpenStreetMap's syntax that a
// directory needs: "Mo-Fr 09:00-12:00,14:00-17:00; Sa 10:00-12:00; PH off",
// "24/7". A later rule takes the place of an earlier one for its days.
type Hours struct {
	days     [7][]span // from Sunday, as time.Weekday counts
	holidays bool      // closed on public holidays
	always   bool
}

// span is a time of opening in minutes of its day; the end may lie in the next.
type span struct{ from, to int }

const dayMinutes = 24 * 60

// weekdays are OpenStreetMap's names of the days, and what French hands write.
var weekdays = map[string]time.Weekday{
	"su": 0, "mo": 1, "tu": 2, "we": 3, "th": 4, "fr": 5, "sa": 6,
	"di": 0, "lu": 1, "ma": 2, "me": 3, "je": 4, "ve": 5,
	"dimanche": 0, "lundi": 1, "mardi": 2, "mercredi": 3, "jeudi": 4, "vendredi": 5, "samedi": 6,
	"sunday": 0, "monday": 1, "tuesday": 2, "wednesday": 3, "thursday": 4, "friday": 5, "saturday": 6,
	"dim": 0, "lun": 1, "mar": 2, "mer": 3, "jeu": 4, "ven": 5, "sam": 6,
	"sun": 0, "mon": 1, "tue": 2, "wed": 3, "thu": 4, "fri": 5, "sat": 6,
}

var (
	// daysAndTimes tells the days of a rule from its times.
	daysAndTimes = regexp.MustCompile(`^([\p{L}][\p{L},.\s–-]*?)?\s*((?:\d.*)|off|fermé|closed)?$`)
	hourShape    = regexp.MustCompile(`^(\d{1,2})(?:[:hH](\d{2})?)?$`)
)

// ParseHours reads opening hours. What it cannot read it refuses, so that
// nobody is sent to a closed door by a guess.
func ParseHours(text string) (Hours, error) {
	var h Hours
	text = strings.NewReplacer("–", "-", "\u00a0", " ", " à ", "-", " - ", "-", " ,", ",", ", ", ",").Replace(strings.TrimSpace(text))
	for rule := range strings.SplitSeq(text, ";") {
		if err := h.rule(strings.TrimSpace(rule)); err != nil {
			return Hours{}, err
		}
	}
	return h, nil
}

func (h *Hours) rule(rule string) error {
	if rule == "" {
		return nil
	}
	lower := strings.ToLower(rule)
	if lower == "24/7" || lower == "24h/24" {
		h.always = true
		return nil
	}
	if spans, err := readSpans(lower); err == nil && spans == nil {
		h.days = [7][]span{}
		return nil
	}
	parts := daysAndTimes.FindStringSubmatch(lower)
	if parts == nil || parts[2] == "" {
		return fmt.Errorf("hours %q", rule)
	}
	spans, err := readSpans(parts[2])
	if err != nil {
		return err
	}
	for part := range strings.SplitSeq(strings.TrimSpace(parts[1]), ",") {
		part = strings.TrimSpace(part)
		if part == "ph" || part == "fériés" || part == "jours fériés" {
			if spans != nil {
				return fmt.Errorf("hours of public holidays in %q", rule)
			}
			h.holidays = true
			continue
		}
		days, err := readDays(part)
		if err != nil {
			return err
		}
		for _, d := range days {
			h.days[d] = spans
		}
	}
	return nil
}

// readDays reads "mo", "mo-fr" or "", which is every day.
func readDays(text string) ([]time.Weekday, error) {
	if text == "" {
		return []time.Weekday{0, 1, 2, 3, 4, 5, 6}, nil
	}
	first, last, through := strings.Cut(text, "-")
	if !through {
		last = first
	}
	from, ok1 := weekdays[strings.Trim(first, " .")]
	to, ok2 := weekdays[strings.Trim(last, " .")]
	if !ok1 || !ok2 {
		return nil, fmt.Errorf("days %q", text)
	}
	days := []time.Weekday{from}
	for from != to {
		from = (from + 1) % 7
		days = append(days, from)
	}
	return days, nil
}

// readSpans reads "09:00-12:00,14h-17h30"; nil is closed.
func readSpans(text string) ([]span, error) {
	if text == "off" || text == "fermé" || text == "closed" {
		return nil, nil
	}
	spans := []span{}
	for part := range strings.SplitSeq(text, ",") {
		from, to, ok := strings.Cut(strings.TrimSpace(part), "-")
		begin, ok1 := readMinute(from)
		end, ok2 := readMinute(to)
		if !ok || !ok1 || !ok2 || begin == dayMinutes {
			return nil, fmt.Errorf("times %q", part)
		}
		if end <= begin {
			end += dayMinutes
		}
		spans = append(spans, span{begin, end})
	}
	return spans, nil
}

func readMinute(text string) (int, bool) {
	parts := hourShape.FindStringSubmatch(strings.TrimSpace(text))
	if parts == nil {
		return 0, false
	}
	hour, _ := strconv.Atoi(parts[1]) // two digits
	minute, _ := strconv.Atoi("0" + parts[2])
	return hour*60 + minute, hour*60+minute <= dayMinutes && minute < 60
}

// OpenAt reports whether it is open at a moment of local time, and until or
// from when (the same or the next days); the zero time if that does not come
// within a week.
func (h Hours) OpenAt(t time.Time) (open bool, change time.Time) {
	if h.always {
		return true, time.Time{}
	}
	var starts []time.Time
	for day := -1; day <= 7; day++ {
		midnight := time.Date(t.Year(), t.Month(), t.Day()+day, 0, 0, 0, 0, t.Location())
		if h.holidays && isHoliday(midnight) {
			continue
		}
		for _, s := range h.days[midnight.Weekday()] {
			begin, end := minuteOf(midnight, s.from), minuteOf(midnight, s.to)
			if !t.Before(begin) && t.Before(end) {
				return true, end
			}
			if begin.After(t) {
				starts = append(starts, begin)
			}
		}
	}
	if len(starts) == 0 {
		return false, time.Time{}
	}
	return false, slices.MinFunc(starts, time.Time.Compare)
}

// minuteOf keeps the hour on the clock on the days when it is put forward or
// back.
func minuteOf(midnight time.Time, minute int) time.Time {
	return time.Date(midnight.Year(), midnight.Month(), midnight.Day(), 0, minute, 0, 0, midnight.Location())
}

// isHoliday reports whether a day is a French public holiday.
func isHoliday(day time.Time) bool {
	switch day.Format("0102") {
	case "0101", "0501", "0508", "0714", "0815", "1101", "1111", "1225":
		return true
	}
	easter := easterDay(day.Year(), day.Location())
	for _, after := range []int{1, 39, 50} { // Easter Monday, Ascension, Whit Monday
		if day.Equal(easter.AddDate(0, 0, after)) {
			return true
		}
	}
	return false
}

// easterDay is Easter Sunday of the Gregorian calendar, after Meeus.
func easterDay(year int, zone *time.Location) time.Time {
	a, b, c := year%19, year/100, year%100
	d, e, f := b/4, b%4, (b+8)/25
	g := (b - f + 1) / 3
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	return time.Date(year, time.Month((h+l-7*m+114)/31), (h+l-7*m+114)%31+1, 0, 0, 0, 0, zone)
}
