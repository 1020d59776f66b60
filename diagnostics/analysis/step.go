package analysis

import (
	"time"

	"solidaren/diagnostics"
)

// Step is the length of a column of time.
type Step string

// Steps of time. The quarter is the default (DOMAIN.md §4).
const (
	Month   Step = "month"
	Quarter Step = "quarter"
	Year    Step = "year"
)

// months gives the length of the step, 0 if it is unknown.
func (s Step) months() int {
	return map[Step]int{Month: 1, Quarter: 3, Year: 12}[s]
}

func (s Step) valid() bool { return s.months() > 0 }

// start gives the first day of the step that holds t.
func (s Step) start(t time.Time) time.Time {
	n := s.months()
	month := (int(t.Month())-1)/n*n + 1
	return time.Date(t.Year(), time.Month(month), 1, 0, 0, 0, 0, t.Location())
}

// Bucket is one column of time: the part of a month, quarter or year that lies
// in the period.
type Bucket struct {
	Step
	Period  diagnostics.Period
	Partial bool // the period cuts it
}

// Start is the first day of the whole step, also where the period cuts it.
func (b Bucket) Start() time.Time { return b.start(b.Period.From) }

// calendar finds the bucket of a moment.
type calendar struct {
	step    Step
	period  diagnostics.Period
	first   int // number of the first bucket's step since year 0
	buckets []Bucket
	keys    []string // one for each bucket, its first day
}

// newCalendar cuts the period into steps, the oldest first.
func newCalendar(p diagnostics.Period, s Step) calendar {
	c := calendar{step: s, period: p, first: s.number(p.From)}
	for from := s.start(p.From); !from.After(p.To); from = from.AddDate(0, s.months(), 0) {
		b := Bucket{Step: s, Period: diagnostics.Period{From: from, To: from.AddDate(0, s.months(), -1)}}
		if from.Before(p.From) {
			b.Period.From, b.Partial = p.From, true
		}
		if p.To.Before(b.Period.To) {
			b.Period.To, b.Partial = p.To, true
		}
		c.buckets = append(c.buckets, b)
		c.keys = append(c.keys, from.Format(time.DateOnly))
	}
	return c
}

// number counts the steps since year 0.
func (s Step) number(t time.Time) int { return (t.Year()*12 + int(t.Month()) - 1) / s.months() }

// key gives the key of the bucket of t, false outside the period. The time
// zone of the period decides the day.
func (c calendar) key(t time.Time) (string, bool) {
	if !c.period.Contains(t) {
		return "", false
	}
	return c.keys[c.step.number(t.In(c.period.From.Location()))-c.first], true
}
