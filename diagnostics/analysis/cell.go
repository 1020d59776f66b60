package analysis

import "math"

// State says whether a cell may be read.
type State uint8

// States of a cell. The zero Cell is hidden: what nobody opened is not shown.
const (
	Hidden State = iota // protected; printed as "s" (DOMAIN.md D12)
	Shown               // Value may be published
	NoBase              // nothing to compute from: a base under MinBase, no earlier period
)

// MinBase is the least denominator of a percentage (DOMAIN.md §4.2).
const MinBase = 20

// Cell is one published number. A hidden cell holds no value.
type Cell struct {
	State State
	Value float64
}

// Count makes a shown cell of a whole number.
func Count(n int) Cell { return Cell{Shown, float64(n)} }

// Share is a proportion between 0 and 1 with its 95 % interval (Wilson).
type Share struct{ Rate, Low, High Cell }

// noShare stands where there is nothing to compute from.
var noShare = Share{Cell{State: NoBase}, Cell{State: NoBase}, Cell{State: NoBase}}

// share divides two published counts. It is hidden where one of its own parts
// or one of the others is, since the rate would tell them; parts that only
// add up to the base are passed as others.
func share(part, base Cell, others ...Cell) Share {
	for _, c := range append(others, part, base) {
		if c.State != Shown {
			return Share{}
		}
	}
	if base.Value < MinBase {
		return noShare
	}
	low, high := Wilson(part.Value, base.Value)
	return Share{Cell{Shown, part.Value / base.Value}, Cell{Shown, low}, Cell{Shown, high}}
}

// ratio divides two published counts that are not part and whole.
func ratio(a, b Cell) Cell {
	switch {
	case a.State != Shown || b.State != Shown:
		return Cell{}
	case b.Value < MinBase:
		return Cell{State: NoBase}
	}
	return Cell{Shown, a.Value / b.Value}
}

// sum adds published counts; it is hidden where one of them is.
func sum(cells ...Cell) Cell {
	total := Cell{State: Shown}
	for _, c := range cells {
		if c.State != Shown {
			return Cell{}
		}
		total.Value += c.Value
	}
	return total
}

// Wilson gives the 95 % score interval of k successes out of n > 0.
func Wilson(k, n float64) (low, high float64) {
	const z = 1.959963984540054 // 97.5 % quantile of the normal law
	p := k / n
	centre := p + z*z/(2*n)
	half := z * math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	scale := 1 + z*z/n
	return math.Max(0, (centre-half)/scale), math.Min(1, (centre+half)/scale)
}
