package analysis

import (
	"cmp"
	"slices"
)

// dominance is the share of one team above which hours are hidden (DOMAIN.md
// D3).
const dominance = 0.85

// tables protects the counts and lays them out.
func (c *collector) tables() *Needs {
	g := guard{threshold: c.q.Audience.Threshold(), teams: len(c.teams) >= 2}
	n := &Needs{
		Query: c.q, Threshold: g.threshold, Teams: len(c.teams), Demo: c.demo,
		Buckets: c.steps.buckets,
		Effort:  c.effortLines(g),
		Publics: c.publicLines(g),
	}
	diagnosed := make([]Cell, len(n.Buckets))
	for i, key := range c.steps.keys {
		diagnosed[i] = g.count(c.publics.at(All, key))
	}
	lines := needLines(c.needs)
	for _, l := range lines {
		n.ByDomain = append(n.ByDomain, c.needLine(g, l, diagnosed))
		n.Coverage = append(n.Coverage, c.coverageLine(g, l))
	}
	n.ByDistrict = c.cross(g, lines, c.district, axis("district", c.district))
	n.ByPublic = c.cross(g, lines, c.public, axis("public", c.public))
	n.Referrals = c.referralLines(g)
	return n
}

func (c *collector) effortLines(g guard) []EffortLine {
	lines := make([]EffortLine, 0, len(c.months.buckets)+1)
	for i, b := range c.months.buckets {
		lines = append(lines, c.effortLine(g, c.months.keys[i], b))
	}
	whole := c.effortLine(g, All, Bucket{Step: c.q.Step, Period: c.q.Period})
	whole.Whole = true
	return append(lines, whole)
}

func (c *collector) effortLine(g guard, row string, b Bucket) EffortLine {
	l := EffortLine{
		Bucket:      b,
		Encounters:  g.split(c.effort.at(row, colEncounters)),
		Talk:        g.count(c.effort.at(row, colTalk)),
		Refused:     g.count(c.effort.at(row, colRefused)),
		Asleep:      g.count(c.effort.at(row, colAsleep)),
		Diagnostics: g.count(c.effort.at(row, colDiagnostics)),
		Tours:       Count(0), Hours: Count(0), Teams: Count(0),
	}
	l.PerEncounter = ratio(l.Diagnostics, l.Encounters.Rows)
	if t := c.tours[row]; t != nil {
		l.Tours, l.Hours = g.tours(t)
	}
	if teams := c.teamsOf[row]; teams != nil {
		l.Teams = Count(teams.n)
	}
	return l
}

// tours publishes outings and hours: no person stands behind them, but one
// team must not be read out of an export of several.
func (g guard) tours(t *tourTally) (tours, hours Cell) {
	if !g.teamPasses(t.team) {
		return Cell{}, Cell{}
	}
	total, most := 0.0, 0.0
	for _, h := range t.hours {
		total += h
		most = max(most, h)
	}
	hours = Cell{Shown, total}
	if g.teams && most > dominance*total {
		hours = Cell{}
	}
	return Count(t.tours), hours
}

func (c *collector) publicLines(g guard) []PublicLine {
	rows := grid{}
	for at, t := range c.publics {
		rows[place{at.col, at.row}] = t
	}
	var lines []PublicLine
	for _, public := range append([]string{All}, axis("public", rows)...) {
		for i, col := range append([]string{All}, c.steps.keys...) {
			l := PublicLine{Public: public, Bucket: i - 1, Split: g.split(c.publics.at(public, col))}
			l.Share = noShare
			if public != All {
				l.Share = share(l.Persons, g.split(c.publics.at(All, col)).Persons)
			}
			lines = append(lines, l)
		}
	}
	return lines
}

func (c *collector) needLine(g guard, l needLine, diagnosed []Cell) NeedLine {
	line := NeedLine{Key: l.Key, Total: g.split(c.needs.at(l.row, All))}
	for _, key := range c.steps.keys {
		line.ByPeriod = append(line.ByPeriod, g.split(c.needs.at(l.row, key)))
	}
	line.Share = ratio(line.Total.Rows, g.count(c.needs.at(All, All)))
	line.Change = change(line.ByPeriod, diagnosed)
	return line
}

// change compares the last two steps by needs per 100 diagnostics: teams that
// go out more see more, which is not a change of need (DOMAIN.md §4.3).
func change(steps []Split, diagnosed []Cell) Cell {
	last := len(steps) - 1
	if last < 1 {
		return Cell{State: NoBase}
	}
	now := ratio(steps[last].Rows, diagnosed[last])
	before := ratio(steps[last-1].Rows, diagnosed[last-1])
	switch {
	case now.State == Hidden || before.State == Hidden:
		return Cell{}
	case now.State == NoBase || before.State == NoBase || before.Value == 0:
		return Cell{State: NoBase}
	}
	return Cell{Shown, now.Value/before.Value - 1}
}

func (c *collector) cross(g guard, lines []needLine, counts grid, columns []string) Cross {
	x := Cross{Columns: columns}
	for _, l := range lines {
		line := CrossLine{Key: l.Key, Total: g.count(c.needs.at(l.row, All))}
		for _, col := range columns {
			line.Cells = append(line.Cells, g.count(counts.at(l.row, col)))
		}
		x.Lines = append(x.Lines, line)
	}
	return x
}

func (c *collector) coverageLine(g guard, l needLine) CoverageLine {
	line := CoverageLine{
		Key:     l.Key,
		Needs:   g.count(c.needs.at(l.row, All)),
		Yes:     g.count(c.coverage.at(l.row, "yes")),
		Partial: g.count(c.coverage.at(l.row, "partial")),
		No:      g.count(c.coverage.at(l.row, "no")),
		Unknown: g.count(c.coverage.at(l.row, colUnknown)),
		Reasons: firstReasons(g, c.reasons, l.row, "why_not"),
	}
	line.Uncovered = share(sum(line.Partial, line.No), sum(line.Yes, line.Partial, line.No))
	return line
}

// firstReasons are the three reasons given most often on a row, of those that
// may be shown, the order of the list deciding between equals.
func firstReasons(g guard, counts grid, row, list string) []Reason {
	var reasons []Reason
	for _, code := range axis(list, counts) {
		if n := g.count(counts.at(row, code)); n.State == Shown && n.Value > 0 {
			reasons = append(reasons, Reason{code, n})
		}
	}
	slices.SortStableFunc(reasons, func(a, b Reason) int { return cmp.Compare(b.Count.Value, a.Count.Value) })
	return reasons[:min(3, len(reasons))]
}

func (c *collector) referralLines(g guard) []ReferralLine {
	var destinations []string
	for at := range c.referred {
		if at.row != All {
			destinations = append(destinations, at.row)
		}
	}
	lines := []ReferralLine{c.referralLine(g, All)}
	for _, to := range sorted(destinations) {
		lines = append(lines, c.referralLine(g, to))
	}
	// Hidden counts come last in the order of codes: their rank would tell them.
	slices.SortStableFunc(lines[1:], func(a, b ReferralLine) int {
		return cmp.Compare(b.Proposed.Value, a.Proposed.Value)
	})
	return lines
}

func (c *collector) referralLine(g guard, to string) ReferralLine {
	answer := func(code string) Cell { return g.count(c.referred.at(to, code)) }
	l := ReferralLine{
		To: to, Proposed: answer(All),
		Accepts: answer("accepts"), Thinks: answer("thinks"), Declines: answer("declines"),
		Already: answer("already"), Unanswered: answer(""),
		Reasons: firstReasons(g, c.declined, to, "why_not"),
	}
	l.Acceptance = share(l.Accepts, sum(l.Accepts, l.Thinks, l.Declines, l.Already))
	return l
}
