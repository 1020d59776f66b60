package analysis

// All stands for every code of an axis: on a line of totals.
const All = "*"

// Needs is the needs analysis of one period for one audience. Every cell is
// protected already.
type Needs struct {
	Query
	Threshold int      // least number of contributors of a shown cell
	Teams     int      // teams that the rows come from
	Demo      bool     // synthetic rows are among them
	Buckets   []Bucket // columns of time of NeedLine.ByPeriod

	Effort     []EffortLine   // by month, last the whole period
	Publics    []PublicLine   // unit: persons with a code, anonymous encounters, diagnostics
	ByDomain   []NeedLine     // unit: persons with a code, anonymous encounters, needs observed
	ByDistrict Cross          // unit: needs observed
	ByPublic   Cross          // unit: needs observed; a need counts in each public of its person
	Coverage   []CoverageLine // unit: needs observed
	Referrals  []ReferralLine // unit: referrals
}

// Key names a line of needs: a domain with its theme, a theme with Domain All,
// or both All for every need.
type Key struct{ Theme, Domain string }

// EffortLine is what teams did in a month: the denominator of the rest.
type EffortLine struct {
	Bucket            // a month; the last line holds the whole period
	Whole        bool // the line of the whole period
	Tours, Hours Cell // outings, and hours from start to end of those that have both
	Encounters   Split
	Talk         Cell // encounters with a conversation
	Refused      Cell // encounters declined: context, not a fault (DOMAIN.md I5)
	Asleep       Cell // nobody was woken
	Diagnostics  Cell
	PerEncounter Cell // diagnostics to one encounter
	Teams        Cell // teams that went out, met or recorded
}

// PublicLine is one public in one period. A person may be in several publics,
// so lines never add up to the line All.
type PublicLine struct {
	Public string
	Bucket int // index in Needs.Buckets, -1 for the whole period
	Split
	Share Share // of the persons with a diagnostic in the period
}

// NeedLine is one theme or domain over time.
type NeedLine struct {
	Key
	ByPeriod []Split // one for each of Needs.Buckets
	Total    Split
	Share    Cell // of all needs observed
	Change   Cell // needs per 100 diagnostics, last step over the one before, minus 1
}

// Cross is a table of themes and domains by another axis.
type Cross struct {
	Columns []string // codes of the axis, "" where it is not known
	Lines   []CrossLine
}

// CrossLine is one theme or domain of a Cross.
type CrossLine struct {
	Key
	Cells []Cell // one for each of Cross.Columns
	Total Cell
}

// CoverageLine tells whether needs are covered today.
type CoverageLine struct {
	Key
	Needs            Cell
	Yes, Partial, No Cell
	Unknown          Cell     // not asked, not known, not said
	Uncovered        Share    // (no + partly) / (yes + partly + no), DOMAIN.md I3
	Reasons          []Reason // three first reasons why not, only those that may be shown
}

// Reason is a reason and how often it was given.
type Reason struct {
	Code  string
	Count Cell
}

// ReferralLine is what people answered to the referrals to one action.
type ReferralLine struct {
	To                                 string // action, or All
	Proposed                           Cell
	Accepts, Thinks, Declines, Already Cell
	Unanswered                         Cell
	Acceptance                         Share // accepted / answered
	Reasons                            []Reason
}
