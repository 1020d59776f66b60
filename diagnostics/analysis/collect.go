package analysis

import (
	"time"

	"solidaren/diagnostics"
)

// Columns of the grid of effort.
const (
	colEncounters  = "encounters"
	colDiagnostics = "diagnostics"
	colTalk        = "talk" // contact kinds keep their code
	colRefused     = "refused"
	colAsleep      = "asleep"
)

// Columns of the grid of coverage beside the codes of the list covered.
const colUnknown = "unknown"

// collector keeps the counts of every table while rows go by.
type collector struct {
	q        Query
	steps    calendar
	months   calendar
	demo     bool
	persons  names
	anon     names
	houses   names
	teams    names
	rows     uint32 // rows that carry no id of their own
	tours    map[string]*tourTally
	teamsOf  map[string]*set // teams of a month
	effort   grid            // month × what
	publics  grid            // public × step
	needs    grid            // need line × step
	district grid            // need line × district
	public   grid            // need line × public
	coverage grid            // need line × covered
	reasons  grid            // need line × why not
	referred grid            // action × answer
	declined grid            // action × why declined
}

func newCollector(q Query) *collector {
	return &collector{
		q: q, steps: newCalendar(q.Period, q.Step), months: newCalendar(q.Period, Month),
		persons: names{}, anon: names{}, houses: names{}, teams: names{},
		tours: map[string]*tourTally{}, teamsOf: map[string]*set{},
		effort: grid{}, publics: grid{}, needs: grid{}, district: grid{}, public: grid{},
		coverage: grid{}, reasons: grid{}, referred: grid{}, declined: grid{},
	}
}

// who numbers the contributor of a row. The key of an anonymous one is its
// encounter; a household that is not known is the person's own.
func (c *collector) who(person, household, team, anonymousKey string) contributor {
	who := contributor{team: c.teams.number(team), anonymous: person == ""}
	if who.anonymous {
		who.id = c.anon.number(anonymousKey)
	} else {
		who.id = c.persons.number(person)
	}
	switch {
	case household != "":
		who.household = c.houses.number(household)
	case who.anonymous:
		who.household = c.houses.number("anonymous " + anonymousKey)
	default:
		who.household = c.houses.number("person " + person)
	}
	return who
}

// met is who for rows of one encounter each, which carry no id of it.
func (c *collector) met(person, team string) contributor {
	who := contributor{team: c.teams.number(team), anonymous: person == ""}
	if who.anonymous {
		c.rows++
		who.id = c.rows
		who.household = 1<<31 | c.rows
		return who
	}
	who.id = c.persons.number(person)
	who.household = who.id
	return who
}

func (c *collector) team(month, team string) {
	for _, row := range []string{month, All} {
		if c.teamsOf[row] == nil {
			c.teamsOf[row] = new(set)
		}
		c.teamsOf[row].add(c.teams.number(team))
	}
}

func (c *collector) tour(r diagnostics.TourRow) {
	month, ok := c.months.key(r.Start)
	if !ok {
		return
	}
	c.demo = c.demo || r.Demo
	c.team(month, r.Team)
	for _, row := range []string{month, All} {
		if c.tours[row] == nil {
			c.tours[row] = &tourTally{hours: map[uint32]float64{}}
		}
		c.tours[row].add(c.teams.number(r.Team), r.Start, r.End)
	}
}

func (c *collector) encounter(r diagnostics.EncounterRow) {
	month, ok := c.months.key(r.At)
	if !ok {
		return
	}
	c.demo = c.demo || r.Demo
	c.team(month, r.Team)
	who := c.met(r.Person, r.Team)
	for _, row := range []string{month, All} {
		c.effort.add(row, colEncounters, who)
		if r.Contact != "" {
			c.effort.add(row, r.Contact, who)
		}
	}
}

func (c *collector) diagnostic(r diagnostics.DiagnosticRow) {
	month, ok := c.months.key(r.At)
	if !ok {
		return
	}
	c.demo = c.demo || r.Demo
	c.team(month, r.Team)
	who := c.met(r.Person, r.Team)
	c.effort.add(month, colDiagnostics, who)
	c.effort.add(All, colDiagnostics, who)
	step, _ := c.steps.key(r.At)
	for _, col := range []string{step, All} {
		c.publics.add(All, col, who)
		for _, public := range known(r.Publics) {
			c.publics.add(public, col, who)
		}
	}
}

func (c *collector) need(r diagnostics.NeedRow) {
	step, ok := c.steps.key(r.At)
	if !ok {
		return
	}
	c.demo = c.demo || r.Demo
	who := c.who(r.Person, r.Household, r.Team, r.Household)
	covered, uncovered := coverageOf(r.Covered)
	for _, row := range needRows(r.Domain) {
		c.needs.add(row, step, who)
		c.needs.add(row, All, who)
		c.district.add(row, r.District, who)
		for _, public := range known(r.Publics) {
			c.public.add(row, public, who)
		}
		c.coverage.add(row, covered, who)
		if !uncovered {
			continue
		}
		for _, why := range r.WhyNot {
			c.reasons.add(row, why, who)
		}
	}
}

func (c *collector) referral(r diagnostics.ReferralRow) {
	if _, ok := c.months.key(r.At); !ok {
		return
	}
	c.demo = c.demo || r.Demo
	// Anonymous referrals of one moment, team and district are one encounter's.
	moment := r.At.UTC().Format(time.RFC3339Nano) + " " + r.Team + " " + r.District
	who := c.who(r.Person, "", r.Team, moment)
	for _, row := range []string{r.To, All} {
		c.referred.add(row, All, who)
		c.referred.add(row, r.Answer, who)
		if r.Answer == "declines" {
			for _, why := range r.Why {
				c.declined.add(row, why, who)
			}
		}
	}
}

// known are the publics of a row, "" where none was said.
func known(publics []string) []string {
	if len(publics) == 0 {
		return []string{""}
	}
	return publics
}

// coverageOf brings an answer to a column of coverage, and says whether the
// need is uncovered, at least in part.
func coverageOf(covered string) (col string, uncovered bool) {
	switch covered {
	case "yes":
		return covered, false
	case "partial", "no":
		return covered, true
	default:
		return colUnknown, false
	}
}

// tourTally counts the outings of a month.
type tourTally struct {
	tours int
	team  sole
	hours map[uint32]float64 // by team
}

func (t *tourTally) add(team uint32, start, end time.Time) {
	t.tours++
	t.team.add(team)
	if end.After(start) {
		t.hours[team] += end.Sub(start).Hours()
	}
}
