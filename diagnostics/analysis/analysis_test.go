package analysis_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"solidaren/diagnostics"
	"solidaren/diagnostics/analysis"
	"solidaren/diagnostics/analysis/analysistest"
)

func day(year int, month time.Month, d int) time.Time {
	return time.Date(year, month, d, 0, 0, 0, 0, time.UTC)
}

// halfYear is two whole quarters.
var halfYear = diagnostics.Period{From: day(2026, 1, 1), To: day(2026, 6, 30)}

func compute(t *testing.T, rows *analysistest.Rows, p diagnostics.Period, a diagnostics.Audience) *analysis.Needs {
	t.Helper()
	n, err := analysis.Compute(t.Context(), rows, analysis.Query{Period: p, Audience: a}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// needs makes n needs of n different persons, each of its own household.
func needs(n int, change func(i int, r *diagnostics.NeedRow)) []diagnostics.NeedRow {
	rows := make([]diagnostics.NeedRow, n)
	for i := range rows {
		rows[i] = diagnostics.NeedRow{
			At: day(2026, 2, 3), Domain: "food", District: "q01", Team: "A",
			Person: fmt.Sprint("p", i), Household: fmt.Sprint("h", i), Publics: []string{"errance"}, Covered: "no",
		}
		if change != nil {
			change(i, &rows[i])
		}
	}
	return rows
}

func lineOf[L any](t *testing.T, lines []L, is func(L) bool) L {
	t.Helper()
	for _, l := range lines {
		if is(l) {
			return l
		}
	}
	t.Fatal("line not found")
	var none L
	return none
}

func domain(t *testing.T, n *analysis.Needs, code string) analysis.NeedLine {
	t.Helper()
	return lineOf(t, n.ByDomain, func(l analysis.NeedLine) bool { return l.Domain == code })
}

var (
	hidden = analysis.Cell{}
	noBase = analysis.Cell{State: analysis.NoBase}
)

func TestPrimaryRule(t *testing.T) {
	anonymous := func(i int, r *diagnostics.NeedRow) { r.Person, r.Household = "", fmt.Sprint("e", i) }
	cases := []struct {
		name     string
		audience diagnostics.Audience
		rows     []diagnostics.NeedRow
		want     analysis.Split
	}{
		{
			"nobody is a zero, shown", diagnostics.AudiencePlenary, nil,
			analysis.Split{Persons: analysis.Count(0), Anonymous: analysis.Count(0), Rows: analysis.Count(0)},
		},
		{"ten persons are hidden from the plenary", diagnostics.AudiencePlenary, needs(10, nil), analysis.Split{}},
		{
			"eleven are shown", diagnostics.AudiencePlenary, needs(11, nil),
			analysis.Split{Persons: analysis.Count(11), Anonymous: analysis.Count(0), Rows: analysis.Count(11)},
		},
		{
			"five are shown to the committee", diagnostics.AudienceRestricted, needs(5, nil),
			analysis.Split{Persons: analysis.Count(5), Anonymous: analysis.Count(0), Rows: analysis.Count(5)},
		},
		{"four are not", diagnostics.AudienceGroup, needs(4, nil), analysis.Split{}},
		{
			"one person many times is one person", diagnostics.AudiencePlenary,
			needs(30, func(i int, r *diagnostics.NeedRow) { r.Person, r.Household = "p", "h" }),
			analysis.Split{},
		},
		{
			"one household makes the cell", diagnostics.AudiencePlenary,
			needs(12, func(i int, r *diagnostics.NeedRow) { r.Household = "h" }),
			analysis.Split{},
		},
		{
			"anonymous needs of one encounter count as one", diagnostics.AudiencePlenary,
			needs(12, func(i int, r *diagnostics.NeedRow) { r.Person, r.Household = "", "e" }),
			analysis.Split{},
		},
		{
			"anonymous encounters stand apart", diagnostics.AudiencePlenary, needs(12, anonymous),
			analysis.Split{Persons: analysis.Count(0), Anonymous: analysis.Count(12), Rows: analysis.Count(12)},
		},
		{
			"few persons among many anonymous ones hide both", diagnostics.AudiencePlenary,
			append(needs(3, nil), needs(12, anonymous)...),
			analysis.Split{Rows: analysis.Count(15)},
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			n := compute(t, &analysistest.Rows{Need: c.rows}, halfYear, c.audience)
			if diff := cmp.Diff(c.want, domain(t, n, "food").Total); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestManyPersonsAreEachCountedOnce(t *testing.T) {
	once := needs(20_000, nil)
	n := compute(t, &analysistest.Rows{Need: append(once, once...)}, halfYear, diagnostics.AudiencePlenary)
	if got := domain(t, n, "food").Total; got.Persons != analysis.Count(20_000) || got.Rows != analysis.Count(40_000) {
		t.Errorf("20,000 persons met twice: %v", got)
	}
}

func TestOneTeamIsHiddenOnlyAmongSeveral(t *testing.T) {
	rows := &analysistest.Rows{Need: needs(12, nil)}
	if got := domain(t, compute(t, rows, halfYear, diagnostics.AudiencePlenary), "food").Total.Rows; got != analysis.Count(12) {
		t.Errorf("one team alone: %v", got)
	}
	rows.Need = append(rows.Need, needs(12, func(i int, r *diagnostics.NeedRow) {
		r.Team, r.Domain, r.Person, r.Household = "B", "health", fmt.Sprint("b", i), fmt.Sprint("hb", i)
	})...)
	n := compute(t, rows, halfYear, diagnostics.AudiencePlenary)
	if n.Teams != 2 || domain(t, n, "food").Total.Rows != hidden || domain(t, n, "health").Total.Rows != hidden {
		t.Errorf("a cell of one team among %d is shown", n.Teams)
	}
	if got := n.ByDomain[0].Total.Rows; got != analysis.Count(24) {
		t.Errorf("all needs, both teams: %v", got)
	}
}

func TestNeedsByPeriodAndTheme(t *testing.T) {
	rows := &analysistest.Rows{Need: needs(40, func(i int, r *diagnostics.NeedRow) {
		if i >= 25 {
			r.At = time.Date(2026, 6, 30, 23, 30, 0, 0, time.UTC) // last evening of the period
		}
	})}
	rows.Need = append(rows.Need, needs(12, func(i int, r *diagnostics.NeedRow) { r.Domain = "health" })...)
	rows.Need = append(rows.Need, needs(15, func(i int, r *diagnostics.NeedRow) { r.At = day(2026, 7, 1) })...)
	rows.Need = append(rows.Need, needs(15, func(i int, r *diagnostics.NeedRow) { r.At = day(2025, 12, 31) })...)
	for i := range 50 {
		at := day(2026, 1, 5)
		if i >= 25 {
			at = day(2026, 4, 5)
		}
		rows.Done = append(rows.Done, diagnostics.DiagnosticRow{At: at, Team: "A", Person: fmt.Sprint("p", i)})
	}
	n := compute(t, rows, halfYear, diagnostics.AudiencePlenary)
	split := func(persons, rows int) analysis.Split {
		return analysis.Split{Persons: analysis.Count(persons), Anonymous: analysis.Count(0), Rows: analysis.Count(rows)}
	}
	want := []analysis.NeedLine{
		{
			Key:      analysis.Key{Theme: analysis.All, Domain: analysis.All},
			ByPeriod: []analysis.Split{split(25, 37), split(15, 15)}, Total: split(40, 52),
			Share: analysis.Cell{State: analysis.Shown, Value: 1}, Change: analysis.Cell{State: analysis.Shown, Value: 15.0/37 - 1},
		},
		{
			Key:      analysis.Key{Theme: "V", Domain: analysis.All},
			ByPeriod: []analysis.Split{split(25, 37), split(15, 15)}, Total: split(40, 52),
			Share: analysis.Cell{State: analysis.Shown, Value: 1}, Change: analysis.Cell{State: analysis.Shown, Value: 15.0/37 - 1},
		},
		{
			Key:      analysis.Key{Theme: "V", Domain: "food"},
			ByPeriod: []analysis.Split{split(25, 25), split(15, 15)}, Total: split(40, 40),
			Share: analysis.Cell{State: analysis.Shown, Value: 40.0 / 52}, Change: analysis.Cell{State: analysis.Shown, Value: 15.0/25 - 1},
		},
		{
			Key:      analysis.Key{Theme: "V", Domain: "health"},
			ByPeriod: []analysis.Split{split(12, 12), split(0, 0)}, Total: split(12, 12),
			Share: analysis.Cell{State: analysis.Shown, Value: 12.0 / 52}, Change: analysis.Cell{State: analysis.Shown, Value: -1},
		},
	}
	var got []analysis.NeedLine
	for _, l := range n.ByDomain {
		if l.Total.Rows.Value > 0 {
			got = append(got, l)
		}
	}
	equal := cmp.Comparer(func(a, b float64) bool { return a-b < 1e-12 && b-a < 1e-12 })
	if diff := cmp.Diff(want, got, equal); diff != "" {
		t.Error(diff)
	}
	if len(n.ByDomain) != 1+3+len(diagnostics.Codes("need_domain")) {
		t.Errorf("%d lines of needs: a domain without needs must stand as a zero", len(n.ByDomain))
	}
}

func TestDayIsThatOfThePeriodsTimeZone(t *testing.T) {
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	p := diagnostics.Period{From: time.Date(2026, 4, 1, 0, 0, 0, 0, paris), To: time.Date(2026, 6, 30, 0, 0, 0, 0, paris)}
	rows := &analysistest.Rows{Need: needs(11, func(i int, r *diagnostics.NeedRow) {
		r.At = time.Date(2026, 3, 31, 22, 30, 0, 0, time.UTC) // 00:30 on 1 April in Paris
	})}
	if got := compute(t, rows, p, diagnostics.AudiencePlenary).ByDomain[0].Total.Rows; got != analysis.Count(11) {
		t.Errorf("needs after midnight in Paris: %v", got)
	}
}

func TestCrossTables(t *testing.T) {
	rows := &analysistest.Rows{Need: needs(11, func(i int, r *diagnostics.NeedRow) { r.Publics = []string{"errance", "far"} })}
	rows.Need = append(rows.Need, needs(12, func(i int, r *diagnostics.NeedRow) { r.District, r.Publics = "q11", nil })...)
	rows.Need = append(rows.Need, needs(2, func(i int, r *diagnostics.NeedRow) { r.District, r.Publics = "", []string{"new_public"} })...)
	n := compute(t, rows, halfYear, diagnostics.AudiencePlenary)
	at := func(x analysis.Cross, col string) analysis.Cell {
		line := lineOf(t, x.Lines, func(l analysis.CrossLine) bool { return l.Domain == "food" })
		for i, c := range x.Columns {
			if c == col {
				return line.Cells[i]
			}
		}
		t.Fatalf("no column %q in %v", col, x.Columns)
		return hidden
	}
	for _, c := range []struct {
		name string
		x    analysis.Cross
		col  string
		want analysis.Cell
	}{
		{"district", n.ByDistrict, "q01", analysis.Count(11)},
		{"other district", n.ByDistrict, "q11", analysis.Count(12)},
		{"empty district", n.ByDistrict, "q05", analysis.Count(0)},
		{"unknown district, two persons", n.ByDistrict, "", hidden},
		{"first public of a person", n.ByPublic, "errance", analysis.Count(11)},
		{"second public of the same person", n.ByPublic, "far", analysis.Count(11)},
		{"no public said", n.ByPublic, "", analysis.Count(12)},
		{"public of a newer list", n.ByPublic, "new_public", hidden},
	} {
		if got := at(c.x, c.col); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
	total := lineOf(t, n.ByPublic.Lines, func(l analysis.CrossLine) bool { return l.Domain == "food" }).Total
	if total != analysis.Count(25) {
		t.Errorf("total by public: %v, want the 25 needs, not the sum of the publics", total)
	}
	for _, col := range n.ByPublic.Columns {
		if col == diagnostics.DontKnow {
			t.Error("a way out that nobody took is a column")
		}
	}
}

func TestCoverage(t *testing.T) {
	var rows analysistest.Rows
	add := func(n int, covered string, why ...string) {
		start := len(rows.Need)
		rows.Need = append(rows.Need, needs(n, func(i int, r *diagnostics.NeedRow) {
			r.Person, r.Household = fmt.Sprint("p", start+i), fmt.Sprint("h", start+i)
			r.Covered, r.WhyNot = covered, why
		})...)
	}
	add(20, "no", "full", "far")
	add(12, "no", "no_offer")
	add(15, "partial", "no_offer", "cost")
	add(30, "yes", "full") // a reason of a covered need does not count
	add(14, "dk")
	add(13, "")
	add(4, "no", "tired")
	n := compute(t, &rows, halfYear, diagnostics.AudiencePlenary)
	got := lineOf(t, n.Coverage, func(l analysis.CoverageLine) bool { return l.Domain == "food" })
	low, high := analysis.Wilson(51, 81)
	want := analysis.CoverageLine{
		Key: analysis.Key{Theme: "V", Domain: "food"}, Needs: analysis.Count(108),
		Yes: analysis.Count(30), Partial: analysis.Count(15), No: analysis.Count(36), Unknown: analysis.Count(27),
		Uncovered: analysis.Share{Rate: shown(51.0 / 81), Low: shown(low), High: shown(high)},
		Reasons: []analysis.Reason{
			{Code: "no_offer", Count: analysis.Count(27)},
			{Code: "full", Count: analysis.Count(20)},
			{Code: "far", Count: analysis.Count(20)},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func shown(v float64) analysis.Cell { return analysis.Cell{State: analysis.Shown, Value: v} }

func TestRates(t *testing.T) {
	coverage := func(yes, no int) analysis.Share {
		rows := needs(yes+no, func(i int, r *diagnostics.NeedRow) {
			if i < yes {
				r.Covered = "yes"
			}
		})
		n := compute(t, &analysistest.Rows{Need: rows}, halfYear, diagnostics.AudienceRestricted)
		return n.Coverage[0].Uncovered
	}
	for _, c := range []struct {
		name    string
		yes, no int
		want    analysis.State
	}{
		{"known for twenty", 8, 12, analysis.Shown},
		{"known for nineteen", 8, 11, analysis.NoBase},
		{"a hidden part hides the rate", 20, 3, analysis.Hidden},
		{"the hidden rest hides the rate", 3, 20, analysis.Hidden},
		{"all uncovered", 0, 20, analysis.Shown},
	} {
		if got := coverage(c.yes, c.no); got.Rate.State != c.want || got.Low.State != c.want || got.High.State != c.want {
			t.Errorf("%s: %v, want state %d", c.name, got, c.want)
		}
	}
}

func TestWilson(t *testing.T) {
	// Newcombe 1998, table I, method 3: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
	for _, c := range []struct{ k, n, low, high float64 }{
		{81, 263, .2553, .3662}, {15, 148, .0624, .1605}, {0, 20, 0, .1611}, {1, 29, .0061, .1718},
	} {
		low, high := analysis.Wilson(c.k, c.n)
		if d := max(low-c.low, c.low-low, high-c.high, c.high-high); d > 5e-5 {
			t.Errorf("Wilson(%v, %v) = %.4f, %.4f, want %.4f, %.4f", c.k, c.n, low, high, c.low, c.high)
		}
	}
}

func TestDemoRowsMarkTheAnalysis(t *testing.T) {
	if compute(t, &analysistest.Rows{Need: needs(2, nil)}, halfYear, diagnostics.AudiencePlenary).Demo {
		t.Error("real rows read as a demo")
	}
	rows := &analysistest.Rows{Need: needs(2, func(i int, r *diagnostics.NeedRow) { r.Demo = i == 1 })}
	if !compute(t, rows, halfYear, diagnostics.AudiencePlenary).Demo {
		t.Error("one synthetic row must mark the analysis")
	}
}

func TestBadQueries(t *testing.T) {
	for name, q := range map[string]analysis.Query{
		"no period":        {Audience: diagnostics.AudiencePlenary},
		"backwards":        {Period: diagnostics.Period{From: halfYear.To, To: halfYear.From}, Audience: diagnostics.AudiencePlenary},
		"unknown audience": {Period: halfYear, Audience: "press"},
		"unknown step":     {Period: halfYear, Audience: diagnostics.AudiencePlenary, Step: "week"},
	} {
		_, err := analysis.Compute(t.Context(), &analysistest.Rows{}, q, nil)
		if diagnostics.Code(err) != diagnostics.CodeInvalid {
			t.Errorf("%s: %v, want invalid", name, err)
		}
	}
}
