package analysis_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"solidaren/diagnostics"
	"solidaren/diagnostics/analysis"
	"solidaren/diagnostics/analysis/analysistest"
)

// needsOf draws needs from few codes and few persons, so that cells fall on
// both sides of every rule.
func needsOf(t *rapid.T) []diagnostics.NeedRow {
	pick := func(name string, of ...string) string { return rapid.SampledFrom(of).Draw(t, name) }
	rows := make([]diagnostics.NeedRow, rapid.IntRange(0, 150).Draw(t, "needs"))
	for i := range rows {
		r := diagnostics.NeedRow{
			At: halfYear.From.AddDate(0, 0, rapid.IntRange(-5, 185).Draw(t, "day")), Domain: pick("domain", "food", "digital", "other", "new"),
			District: pick("district", "q01", "q02", "", "q77"), Team: pick("team", "A", "A", "A", "B"),
			Covered: pick("covered", "yes", "partial", "no", "dk", ""), Publics: []string{pick("public", "errance", "far")},
		}
		n := rapid.IntRange(0, 40).Draw(t, "person")
		if r.Household = fmt.Sprint("e", n); n < 25 {
			r.Person, r.Household = fmt.Sprint("p", n), fmt.Sprint("h", n/3)
		}
		rows[i] = r
	}
	return rows
}

// contributors counts by hand, from the rows, what stands behind a cell.
type contributors struct{ rows, persons, anonymous, households, teams int }

func count(rows []diagnostics.NeedRow, in func(diagnostics.NeedRow) bool) contributors {
	persons, anonymous, households, teams := map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}
	c := contributors{}
	for _, r := range rows {
		if !halfYear.Contains(r.At) || !in(r) {
			continue
		}
		c.rows++
		if r.Person == "" {
			anonymous[r.Household] = true
		} else {
			persons[r.Person] = true
		}
		households[r.Household], teams[r.Team] = true, true
	}
	c.persons, c.anonymous, c.households, c.teams = len(persons), len(anonymous), len(households), len(teams)
	return c
}

// want is the rule, said another way than the code says it.
func (c contributors) want(threshold, exportTeams int) analysis.Cell {
	few := c.persons+c.anonymous < threshold || c.households < 2 || (exportTeams > 1 && c.teams < 2)
	if c.rows > 0 && few {
		return hidden
	}
	return analysis.Count(c.rows)
}

func inLine(k analysis.Key, r diagnostics.NeedRow) bool {
	if k.Domain != analysis.All {
		return r.Domain == k.Domain
	}
	theme := map[string]string{"food": "V", "digital": "N"}[r.Domain]
	return k.Theme == analysis.All || k.Theme == theme
}

func TestNoCellIsShownAgainstTheRule(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := needsOf(t)
		audience := rapid.SampledFrom([]diagnostics.Audience{diagnostics.AudiencePlenary, diagnostics.AudienceGroup}).Draw(t, "audience")
		n, err := analysis.Compute(t.Context(), &analysistest.Rows{Need: rows}, analysis.Query{Period: halfYear, Audience: audience}, nil)
		if err != nil {
			t.Fatal(err)
		}
		export := count(rows, func(diagnostics.NeedRow) bool { return true }).teams
		check := func(what string, got analysis.Cell, in func(diagnostics.NeedRow) bool) {
			if want := count(rows, in).want(audience.Threshold(), export); got != want {
				t.Errorf("%s: %v, want %v (%+v)", what, got, want, count(rows, in))
			}
		}
		for i, l := range n.ByDomain {
			in := func(r diagnostics.NeedRow) bool { return inLine(l.Key, r) }
			check(fmt.Sprint("total of ", l.Key), l.Total.Rows, in)
			checkSplit(t, l.Total, count(rows, in), audience.Threshold())
			for b, split := range l.ByPeriod {
				check(fmt.Sprint(l.Key, " in step ", b), split.Rows, func(r diagnostics.NeedRow) bool {
					return in(r) && n.Buckets[b].Period.Contains(r.At)
				})
			}
			for j, district := range n.ByDistrict.Columns {
				check(fmt.Sprint(l.Key, " in ", district), n.ByDistrict.Lines[i].Cells[j], func(r diagnostics.NeedRow) bool {
					return in(r) && r.District == district
				})
			}
			for j, public := range n.ByPublic.Columns {
				check(fmt.Sprint(l.Key, " of ", public), n.ByPublic.Lines[i].Cells[j], func(r diagnostics.NeedRow) bool {
					return in(r) && r.Publics[0] == public
				})
			}
			check(fmt.Sprint(l.Key, " uncovered"), n.Coverage[i].No, func(r diagnostics.NeedRow) bool { return in(r) && r.Covered == "no" })
			check(fmt.Sprint(l.Key, " not known"), n.Coverage[i].Unknown, func(r diagnostics.NeedRow) bool {
				return in(r) && (r.Covered == "dk" || r.Covered == "")
			})
		}
	})
}

// checkSplit: persons and anonymous encounters are both right and both large
// enough, or both hidden.
func checkSplit(t *rapid.T, s analysis.Split, c contributors, threshold int) {
	enough := func(n int) bool { return n == 0 || n >= threshold }
	if s.Rows.State == analysis.Hidden || !enough(c.persons) || !enough(c.anonymous) {
		if s.Persons != hidden || s.Anonymous != hidden {
			t.Errorf("%+v is shown as %v", c, s)
		}
		return
	}
	if s.Persons != analysis.Count(c.persons) || s.Anonymous != analysis.Count(c.anonymous) {
		t.Errorf("%+v is counted as %v", c, s)
	}
}

func TestShownCellsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, err := analysis.Compute(t.Context(), &analysistest.Rows{Need: needsOf(t)},
			analysis.Query{Period: halfYear, Audience: diagnostics.AudienceGroup, Step: analysis.Month}, nil)
		if err != nil {
			t.Fatal(err)
		}
		for i, l := range n.ByDomain {
			months := make([]analysis.Cell, len(l.ByPeriod))
			for b, s := range l.ByPeriod {
				months[b] = s.Rows
			}
			addsUp(t, l.Total.Rows, months)
			addsUp(t, l.Total.Rows, n.ByDistrict.Lines[i].Cells)
			c := n.Coverage[i]
			addsUp(t, c.Needs, []analysis.Cell{c.Yes, c.Partial, c.No, c.Unknown})
		}
	})
}

// addsUp: the shown parts of a partition never exceed its total, and reach it
// where all are shown.
func addsUp(t *rapid.T, total analysis.Cell, parts []analysis.Cell) {
	sum, all := 0.0, total.State == analysis.Shown
	for _, c := range parts {
		sum += c.Value
		all = all && c.State == analysis.Shown
	}
	if (total.State == analysis.Shown && sum > total.Value) || (all && sum != total.Value) {
		t.Errorf("parts %v do not add up to %v", parts, total)
	}
}
