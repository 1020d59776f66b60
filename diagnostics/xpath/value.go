package xpath

import (
	"math"
	"strconv"
	"strings"
	"time"
)

const (
	dayMillis = 86_400_000
	xmlSpace  = " \t\r\n"
)

// ParseNumber reads a number as number() does: NaN unless the whole text is a
// number.
func ParseNumber(s string) float64 {
	s = strings.Trim(s, xmlSpace)
	if s == "" || len(s) > 400 {
		return math.NaN()
	}
	digits := false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case isDigit(c):
			digits = true
		case c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E':
			return math.NaN()
		}
	}
	if !digits || s[0] == 'e' || s[0] == 'E' {
		return math.NaN()
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil && !math.IsInf(f, 0) {
		return math.NaN()
	}
	return f
}

// FormatNumber writes a number as string() does.
func FormatNumber(f float64) string {
	switch {
	case math.IsNaN(f):
		return "NaN"
	case math.IsInf(f, 1):
		return "Infinity"
	case math.IsInf(f, -1):
		return "-Infinity"
	case f == math.Trunc(f) && math.Abs(f) < 1e15:
		return strconv.FormatInt(int64(f), 10)
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}

// textNumber is the number of a text that stands for a number or a date.
func textNumber(s string, e *Env) float64 {
	if f := ParseNumber(s); !math.IsNaN(f) {
		return f
	}
	if looksLikeDate(s) {
		if t, ok := parseTime(s, e.location()); ok {
			return daysOf(t)
		}
	}
	return math.NaN()
}

// looksLikeDate is a quick test for yyyy-mm-dd with or without a time.
func looksLikeDate(s string) bool {
	if len(s) < 8 || len(s) > 40 || !isDigit(s[0]) {
		return false
	}
	dash := strings.IndexByte(s, '-')
	return dash == 4 && strings.IndexByte(s[5:], '-') > 0
}

// daysOf is a point in time in days since 1970-01-01 UTC.
func daysOf(t time.Time) float64 { return float64(t.UnixMilli()) / dayMillis }

func timeOf(days float64, loc *time.Location) (time.Time, bool) {
	if math.IsNaN(days) || math.Abs(days) > 1e8 {
		return time.Time{}, false
	}
	return time.UnixMilli(int64(math.Round(days * dayMillis))).In(loc), true
}

// formatDate writes a date: the day alone where it is midnight.
func formatDate(days float64, loc *time.Location) string {
	t, ok := timeOf(days, loc)
	if !ok {
		return "Invalid Date"
	}
	if h, m, s := t.Clock(); h == 0 && m == 0 && s == 0 && t.Nanosecond() == 0 {
		return t.Format("2006-01-02")
	}
	return t.Format(isoMillis)
}

const isoMillis = "2006-01-02T15:04:05.000-07:00"

// convert a value of any type.

func (v Value) truth() bool {
	switch v.Type {
	case TypeBoolean:
		return v.Bool
	case TypeNumber, TypeDate:
		return v.Num != 0 && !math.IsNaN(v.Num)
	case TypeNodes:
		return len(v.Nodes) > 0
	}
	return v.Str != ""
}

func (v Value) number(e *Env) float64 {
	switch v.Type {
	case TypeBoolean:
		if v.Bool {
			return 1
		}
		return 0
	case TypeNumber, TypeDate:
		return v.Num
	case TypeNodes:
		if len(v.Nodes) == 0 {
			return math.NaN()
		}
		return nodeNumber(v.Nodes[0], e)
	}
	return textNumber(v.Str, e)
}

func (v Value) text(e *Env) string {
	switch v.Type {
	case TypeBoolean:
		return boolText(v.Bool)
	case TypeNumber:
		return FormatNumber(v.Num)
	case TypeDate:
		return formatDate(v.Num, e.location())
	case TypeNodes:
		if len(v.Nodes) == 0 {
			return ""
		}
		return v.Nodes[0].StringValue()
	}
	return v.Str
}

func boolText(b bool) string {
	if b {
		return "true"
	}
	return "false"
}

func nodeNumber(n Node, e *Env) float64 {
	if x, ok := n.(Numeric); ok {
		return x.Number(e)
	}
	return textNumber(n.StringValue(), e)
}

// TextNumber is the number that a node's text stands for, for documents that
// keep it.
func TextNumber(s string, e *Env) float64 { return textNumber(s, e) }
