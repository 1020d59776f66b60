package intake

import (
	"slices"
	"strings"
	"time"

	"solidaren/diagnostics"
	"solidaren/diagnostics/xform"
)

// observation is one answer that has a meaning: what it fills, in which
// instance of a repeat it was given ("" outside), and its text.
type observation struct {
	target  target
	scope   string
	ref     string
	value   string
	deduced bool // calculated by the form, not asked
}

// observations are all of a session, in the order of the questions.
type observations []observation

// observe collects the answered, relevant questions that have a target.
func observe(s *xform.Session, zone *time.Location) observations {
	repeats := map[string]string{}
	for _, q := range s.Form().Questions() {
		repeats[q.Path] = q.Repeat
	}
	var out observations
	for _, n := range s.Nodes() {
		value := strings.TrimSpace(n.Value)
		if value == "" || !n.Relevant || n.Attrs[Attr] == "" {
			continue
		}
		for _, t := range targets(n.Attrs) {
			out = append(out, observation{
				target: t, scope: instance(n.Ref, repeats[n.Path]), ref: n.Ref,
				value: t.convert(value, zone), deduced: n.Kind == xform.KindCalculate,
			})
		}
	}
	return out
}

// instance cuts a question's reference down to the instance of the repeat that
// it stands in: ("/data/r[2]/g/q", "/data/r") gives "/data/r[2]".
func instance(ref, repeat string) string {
	if repeat == "" {
		return ""
	}
	parts := strings.Split(ref, "/")
	return strings.Join(parts[:strings.Count(repeat, "/")+1], "/")
}

// moments are how XForms writes a date and a time; the fraction of a second is
// understood in each of them.
var moments = []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04", time.DateOnly}

// convert writes an answer in the shape of the field. A day without an hour is
// put at noon, so that it is the same day in the zones around. What cannot be
// converted stays as it is, for Validate to refuse.
func (t target) convert(value string, zone *time.Location) string {
	switch {
	case t.is(diagnostics.TypePerson, "code"):
		if code, ok := diagnostics.NormalizePersonCode(value); ok {
			return code
		}
	case t.field.Type == diagnostics.TypeDate && len(value) > len(time.DateOnly):
		return value[:len(time.DateOnly)]
	case t.field.Type == diagnostics.TypeTime:
		for _, layout := range moments {
			at, err := time.ParseInLocation(layout, value, zone)
			if err != nil {
				continue
			}
			if layout == time.DateOnly {
				at = at.Add(12 * time.Hour)
			}
			return diagnostics.FormatTime(at)
		}
	case t.field.Type == diagnostics.TypeCodes:
		return strings.Join(strings.Fields(value), " ")
	}
	return value
}

// of keeps the observations of one type of record.
func (o observations) of(recordType string) observations {
	var out observations
	for _, x := range o {
		if x.target.entity.Type == recordType {
			out = append(out, x)
		}
	}
	return out
}

// first is the first answer to a field outside repeats and within them, "" if
// it was not answered.
func (o observations) first(recordType, field string) string {
	for _, x := range o {
		if x.target.is(recordType, field) {
			return x.value
		}
	}
	return ""
}

// values merges the observations that hold for a scope: those of the scope and
// of what encloses it, the inner ones over the outer. Two answers to one list
// of codes in the same scope are put together.
func (o observations) values(scope string) diagnostics.Values {
	out := diagnostics.Values{}
	from := map[string]string{}
	held := slices.DeleteFunc(slices.Clone(o), func(x observation) bool { return !encloses(x.scope, scope) })
	slices.SortStableFunc(held, func(a, b observation) int { return len(a.scope) - len(b.scope) })
	for _, x := range held {
		name := x.target.field.Name
		if present, ok := out[name]; ok && from[name] == x.scope && x.target.field.Type == diagnostics.TypeCodes {
			out[name] = union(present, x.value)
			continue
		}
		out[name], from[name] = x.value, x.scope
	}
	return out
}

// union puts two lists of codes together, each code once.
func union(a, b string) string {
	codes := strings.Fields(a)
	for _, code := range strings.Fields(b) {
		if !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	return strings.Join(codes, " ")
}

// scopes are the places that make a record: where the entity's key was
// answered or, without a key, the innermost places with an answer.
func (o observations) scopes(entity diagnostics.Entity) []string {
	var out []string
	for _, x := range o {
		if (entity.Key == "" || x.target.isKey()) && !slices.Contains(out, x.scope) {
			out = append(out, x.scope)
		}
	}
	if entity.Key != "" {
		return out
	}
	return slices.DeleteFunc(slices.Clone(out), func(outer string) bool {
		return slices.ContainsFunc(out, func(inner string) bool { return inner != outer && encloses(outer, inner) })
	})
}

// nothing are the choices by which a person says that there is nothing to
// observe; as a key they make no record.
var nothing = []string{"none", "dk", "rf"}

// records gives the fields of each record of the type that was observed: one
// a scope, and one a choice of its key.
func (o observations) records(entity diagnostics.Entity) []diagnostics.Values {
	own := o.of(entity.Type)
	var out []diagnostics.Values
	for _, scope := range own.scopes(entity) {
		values := own.values(scope)
		if entity.Key == "" {
			out = append(out, values)
			continue
		}
		for _, choice := range strings.Fields(values[entity.Key]) {
			if slices.Contains(nothing, choice) {
				continue
			}
			one := diagnostics.Values{}
			for name, value := range values {
				one[name] = value
			}
			one[entity.Key] = choice
			out = append(out, one)
		}
	}
	return out
}
