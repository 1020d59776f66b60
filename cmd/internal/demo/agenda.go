package demo

import (
	"cmp"
	"math"
	"slices"
	"time"
)

// kind of an event, by the form that records it.
type kind string

const (
	street kind = "maraude"
	talk   kind = "entretien"
	place  kind = "lieu"
	count  kind = "nuit_solidarite"
)

// event is one thing that a team records.
type event struct {
	kind   kind
	at     time.Time
	team   team
	person *person // nil for someone who is met once and not known
	dice   dice    // what happens in it
	slips  dice    // what is typed wrongly
}

// agenda is everything that happens in the two years, in order.
type agenda struct {
	from, until time.Time // first and last moment
	persons     []*person
	events      []event
}

// Streams of chance: one a person, one an event, one for the rest.
const (
	personStream  = 1 << 20
	eventStream   = 1 << 30
	generalStream = 1
)

// years is how long the demo lasts unless it is said.
const years = 2

// plan draws the persons and what happens.
func plan(o Options) *agenda {
	last := time.Date(o.Until.Year(), o.Until.Month(), o.Until.Day(), 0, 0, 0, 0, zone)
	a := &agenda{from: last.AddDate(-o.Years, 0, 1), until: last.AddDate(0, 0, 1).Add(-time.Second)}
	for i := range o.Persons {
		d := roll(o.Seed, personStream+uint64(i))
		p := newPerson(d, a.persons)
		a.persons = append(a.persons, p)
		a.meet(d, p)
	}
	d := roll(o.Seed, generalStream)
	a.strangers(d, o.Persons)
	a.places(d)
	a.night(d, o.Persons)
	slices.SortStableFunc(a.events, func(x, y event) int {
		return cmp.Or(x.at.Compare(y.at), cmp.Compare(x.team.name, y.team.name))
	})
	for i := range a.events {
		a.events[i].dice, a.events[i].slips = roll(o.Seed, eventStream+uint64(i)), roll(o.Seed, slipStream+uint64(i))
	}
	return a
}

// add keeps an event unless it falls after the end.
func (a *agenda) add(e event) {
	if e.at.Before(a.until) {
		a.events = append(a.events, e)
	}
}

// meet plans the meetings with one person, from a first one that always takes
// place, and the interviews.
func (a *agenda) meet(d dice, p *person) {
	days := int(a.until.Sub(a.from).Hours()/24) - 8
	day := a.from.AddDate(0, 0, d.IntN(days))
	meetings := 1 + min(int(-math.Log(1-d.Float64())*2.6), 14)
	for range meetings {
		t := d.teamOf(p.home)
		a.add(event{kind: street, at: t.out(d, day), team: t, person: p})
		day = day.AddDate(0, 0, d.between(6, 70))
		if d.chance(0.12) {
			a.add(event{kind: talk, at: office(d, day), team: t, person: p})
		}
	}
}

// strangers plans meetings with people who are met once, on outings that take
// place anyway.
func (a *agenda) strangers(d dice, persons int) {
	outings := slices.Clone(a.events)
	for range persons + persons/5 {
		e := one(d, outings)
		if e.kind != street {
			continue
		}
		a.add(event{kind: street, at: e.at.Add(time.Duration(d.between(4, 40)) * time.Minute), team: e.team})
	}
	for range persons / 20 {
		e := one(d, outings)
		a.add(event{kind: talk, at: office(d, e.at), team: e.team})
	}
}

// places plans what teams note of a place in passing.
func (a *agenda) places(d dice) {
	for _, e := range slices.Clone(a.events) {
		if e.kind == street && d.chance(0.08) {
			a.add(event{kind: place, at: e.at.Add(3 * time.Minute), team: e.team})
		}
	}
}

// sectors of the night of the count, and the most records that it has.
const (
	sectors   = 12
	maxCounts = 400
)

// night plans the Nuit de la solidarité: the last Thursday of the last January.
func (a *agenda) night(d dice, persons int) {
	day := time.Date(a.until.Year(), time.January, 31, 20, 0, 0, 0, zone)
	if day.After(a.until) {
		day = day.AddDate(-1, 0, 0)
	}
	for day.Weekday() != time.Thursday {
		day = day.AddDate(0, 0, -1)
	}
	for range min(max(persons/8, 6), maxCounts) {
		volunteers := team{name: "Bénévoles", districts: []string{d.pick(homes)}, start: 20, hours: 4, staff: 4}
		a.add(event{kind: count, at: day.Add(time.Duration(d.IntN(4*60)) * time.Minute), team: volunteers})
	}
}

// teamOf draws a team that goes to the district, any team for someone who moves
// about.
func (d dice) teamOf(district string) team {
	var near []team
	for _, t := range teams {
		if slices.Contains(t.districts, district) {
			near = append(near, t)
		}
	}
	if len(near) == 0 {
		near = teams
	}
	return one(d, near)
}

// out is a moment of the team's next outing from a day on.
func (t team) out(d dice, day time.Time) time.Time {
	for !slices.Contains(t.weekdays, int(day.Weekday())) {
		day = day.AddDate(0, 0, 1)
	}
	begin := time.Date(day.Year(), day.Month(), day.Day(), t.start, 0, 0, 0, zone)
	return begin.Add(time.Duration(d.IntN(t.hours*60-45)) * time.Minute)
}

// office is a moment of a working day from a day on.
func office(d dice, day time.Time) time.Time {
	for day.Weekday() == time.Saturday || day.Weekday() == time.Sunday {
		day = day.AddDate(0, 0, 1)
	}
	return time.Date(day.Year(), day.Month(), day.Day(), d.between(9, 16), d.IntN(60), 0, 0, zone)
}
