package form

import (
	"math"
	"slices"
	"strconv"

	"solidaren/diagnostics/xform"
	"solidaren/ui/words"
)

// Scale bounds a number. A zero Step means that there is no scale.
type Scale struct {
	Min, Max, Step float64
	Interval       float64 // between two marks; 0: none are drawn
	Waits          float64 // where the thumb stands before an answer
	Placed         bool    // the form says where
}

// Mark is a word that stands at a value of a scale.
type Mark struct {
	Value float64
	Label string
}

// scaleOf reads the scale of a range.
func scaleOf(n xform.Node) Scale {
	if n.Control != "range" {
		return Scale{}
	}
	s := Scale{Min: 1, Max: 10, Step: 1}
	number := func(name string, to *float64) bool {
		v, err := strconv.ParseFloat(n.Params[name], 64)
		if err == nil && !math.IsNaN(v) && !math.IsInf(v, 0) {
			*to = v
			return true
		}
		return false
	}
	number("start", &s.Min)
	number("end", &s.Max)
	number("step", &s.Step)
	s.Min, s.Max, s.Step = min(s.Min, s.Max), max(s.Min, s.Max), math.Abs(s.Step)
	if s.Step == 0 {
		s.Step = 1
	}
	s.Interval, s.Waits = s.Step, s.Min
	if number("tick-interval", &s.Interval); s.Interval <= 0 {
		s.Interval = s.Step
	}
	if hasAppearance(n, "no-ticks") {
		s.Interval = 0
	}
	s.Placed = number("placeholder", &s.Waits)
	s.Waits = min(max(s.Waits, s.Min), s.Max)
	return s
}

// first is the value that a first step takes: where the thumb waits, else the
// end that the step comes from.
func (s Scale) first(by int) float64 {
	if !s.Placed && by < 0 {
		return s.Max
	}
	return s.Waits
}

// holds reports whether a value is one of the scale.
func (s Scale) holds(value float64) bool {
	steps := (value - s.Min) / s.Step
	return value >= s.Min && value <= s.Max && (value == s.Max || math.Abs(steps-math.Round(steps)) < 1e-6)
}

// marks are the words of a scale; without any its ends stand there as numbers.
func marks(n xform.Node, s Scale) []Mark {
	var all []Mark
	for _, c := range n.Marks {
		if v, err := strconv.ParseFloat(c.Value, 64); err == nil && s.holds(v) {
			all = append(all, Mark{v, marked(c.Label, shortLanguage(c.Lent))})
		}
	}
	if len(all) == 0 {
		all = []Mark{{s.Min, local(Number(s.Min))}, {s.Max, local(Number(s.Max))}}
	}
	slices.SortStableFunc(all, func(a, b Mark) int {
		if a.Value < b.Value {
			return -1
		}
		return 1
	})
	return all
}

// inWords says a value of a scale: its word, where the form has one for it, and
// where it stands.
func inWords(n xform.Node) string {
	s, value := scaleOf(n), local(n.Value)
	least, most := local(Number(s.Min)), local(Number(s.Max))
	for _, c := range n.Marks {
		if c.Value == n.Value && c.Label != "" {
			return words.T("form.scale.word", c.Label, value, least, most)
		}
	}
	return words.T("form.scale", value, least, most)
}

// offScale says that a number is none of its scale: the control of a phone could
// not give it. It keeps the form from being finished.
func offScale(n xform.Node) string {
	if n.Control != "range" || n.Value == "" || !n.Relevant || n.ReadOnly {
		return ""
	}
	s := scaleOf(n)
	v, err := strconv.ParseFloat(n.Value, 64)
	if err != nil || s.holds(v) {
		return "" // what is no number is told as such
	}
	if s.Step == 1 {
		return words.T("form.off_scale", local(Number(s.Min)), local(Number(s.Max)))
	}
	return words.T("form.off_scale.step", local(Number(s.Min)), local(Number(s.Max)), local(Number(s.Step)))
}

// maxStars is how many steps a rating can have: one key each.
const maxStars = 10

// stars is the number of steps of a scale, 0 if they are too many for a rating.
func stars(s Scale) int {
	n := int(math.Round((s.Max-s.Min)/s.Step)) + 1
	if n < 1 || n > maxStars {
		return 0
	}
	return n
}

// ratings are the steps of a scale as answers.
func ratings(s Scale) []Option {
	all := make([]Option, stars(s))
	for i := range all {
		value := Number(s.Min + float64(i)*s.Step)
		all[i] = Option{Value: value, Label: value, Key: keys[i : i+1]}
	}
	return all
}
