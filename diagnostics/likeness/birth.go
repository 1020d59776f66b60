package likeness

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Birth is a birth date as far as it is known: a year alone, or a whole day.
type Birth struct{ Year, Month, Day int }

// String writes the date as an index keeps it: "19850312", or "1985".
func (b Birth) String() string {
	if b.Month == 0 {
		return fmt.Sprintf("%04d", b.Year)
	}
	return fmt.Sprintf("%04d%02d%02d", b.Year, b.Month, b.Day)
}

func (b Birth) valid() bool {
	if b.Year < 1900 || b.Year > 2099 {
		return false
	}
	if b.Month == 0 && b.Day == 0 {
		return true
	}
	t := time.Date(b.Year, time.Month(b.Month), b.Day, 0, 0, 0, 0, time.UTC)
	return t.Day() == b.Day && int(t.Month()) == b.Month
}

// Shapes of a date in a line of text. Two digits of a year are read as the last
// hundred years.
var (
	dayShape   = regexp.MustCompile(`(?:^|[^0-9])([0-3]?[0-9])[/. -]([01]?[0-9])[/. -]((?:19|20)[0-9]{2}|[0-9]{2})(?:[^0-9]|$)`)
	isoShape   = regexp.MustCompile(`(?:^|[^0-9])((?:19|20)[0-9]{2})-([0-9]{1,2})-([0-9]{1,2})(?:[^0-9]|$)`)
	closeShape = regexp.MustCompile(`(?:^|[^0-9])([0-3][0-9])([01][0-9])((?:19|20)[0-9]{2})(?:[^0-9]|$)`)
	wordShape  = regexp.MustCompile(`(?:^|[^0-9])([0-3]?[0-9])(?:er)?\s+([\p{L}.]{3,10})\s+((?:19|20)[0-9]{2})(?:[^0-9]|$)`)
	yearShape  = regexp.MustCompile(`(?:^|[^0-9])((?:19|20)[0-9]{2})(?:[^0-9]|$)`)
)

// monthNames begin the names of the months, folded, in both languages.
var monthNames = [][]string{
	{"janv", "jan"},
	{"fev", "feb"},
	{"mars", "mar"},
	{"avr", "apr"},
	{"mai", "may"},
	{"juin", "jun"},
	{"juil", "jul"},
	{"aou", "aug"},
	{"sep"},
	{"oct"},
	{"nov"},
	{"dec"},
}

func monthOf(name string) int {
	for _, word := range Fold(name) {
		for i, begins := range monthNames {
			for _, b := range begins {
				if strings.HasPrefix(word, b) {
					return i + 1
				}
			}
		}
	}
	return 0
}

// ParseBirth finds a birth date in a text and gives the text without it. now
// decides the century of two digits and refuses a year to come. The zero Birth
// means that there is none.
func ParseBirth(text string, now time.Time) (Birth, string) {
	read := []struct {
		shape *regexp.Regexp
		parse func(p []string) Birth
	}{
		{isoShape, func(p []string) Birth { return Birth{num(p[1]), num(p[2]), num(p[3])} }},
		{dayShape, func(p []string) Birth { return Birth{century(num(p[3]), now), num(p[2]), num(p[1])} }},
		{closeShape, func(p []string) Birth { return Birth{num(p[3]), num(p[2]), num(p[1])} }},
		{wordShape, func(p []string) Birth { return Birth{num(p[3]), monthOf(p[2]), num(p[1])} }},
		{yearShape, func(p []string) Birth { return Birth{Year: num(p[1])} }},
	}
	for _, r := range read {
		at := r.shape.FindStringSubmatchIndex(text)
		if at == nil {
			continue
		}
		b := r.parse(r.shape.FindStringSubmatch(text))
		whole := r.shape != yearShape
		if !b.valid() || b.Year > now.Year() || whole && b.Month == 0 {
			continue
		}
		return b, text[:at[2]] + " " + text[lastEnd(at):]
	}
	return Birth{}, text
}

// lastEnd is where the last group of a match ends.
func lastEnd(at []int) int { return at[len(at)-1] }

func num(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

func century(year int, now time.Time) int {
	if year >= 100 {
		return year
	}
	if year += now.Year() / 100 * 100; year > now.Year() {
		year -= 100
	}
	return year
}

// BirthCost tells how far a date that was typed is from one that is known: Same,
// SoundsSame for a year alone that agrees, OneSlip for a slip (day and month exchanged, a digit off by
// one, two digits exchanged), or Unlike.
func BirthCost(typed, known Birth) float64 {
	switch {
	case typed == (Birth{}) || known == (Birth{}):
		return Unlike
	case typed == known:
		return Same
	case typed.Month == 0 || known.Month == 0:
		if typed.Year == known.Year {
			return SoundsSame
		}
		return Unlike
	case slices.Contains(typed.Near(), known):
		return OneSlip
	default:
		return Unlike
	}
}

// Near gives the dates that a slip makes of this one, the date itself first.
func (b Birth) Near() []Birth {
	near := []Birth{b}
	add := func(n Birth) {
		if n.valid() && !slices.Contains(near, n) {
			near = append(near, n)
		}
	}
	if b.Month == 0 {
		return near
	}
	add(Birth{b.Year, b.Day, b.Month})
	digits := []byte(b.String())
	for i := range digits {
		for _, by := range []int{-1, 1} {
			changed := slices.Clone(digits)
			changed[i] = byte(int(changed[i]) + by)
			add(readBirth(changed))
		}
	}
	for _, pair := range []int{2, 4, 6} { // in the year's last two, the month, the day
		changed := slices.Clone(digits)
		changed[pair], changed[pair+1] = changed[pair+1], changed[pair]
		add(readBirth(changed))
	}
	return near
}

// readBirth reads eight digits; what is no digit makes no date.
func readBirth(d []byte) Birth {
	if slices.ContainsFunc(d, func(c byte) bool { return c < '0' || c > '9' }) {
		return Birth{}
	}
	s := string(d)
	return Birth{num(s[:4]), num(s[4:6]), num(s[6:])}
}
