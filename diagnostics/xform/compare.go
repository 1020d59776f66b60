package xform

import (
	"maps"
	"slices"
	"strings"
)

// Comparison says how a version of a form differs from another one, in the order
// of the newer form; what was removed stands in the order of the older one.
type Comparison struct {
	Added, Removed []Asked
	Renamed        []RenamedQuestion // its answers follow it
	Changed        []ChangedQuestion
}

// Empty reports whether answers, words and rules are the same.
func (c Comparison) Empty() bool {
	return len(c.Added)+len(c.Removed)+len(c.Renamed)+len(c.Changed) == 0
}

// Asked is a question, or a repeat, by its path and its label.
type Asked struct{ Path, Name, Label string }

// RenamedQuestion has another name or place.
type RenamedQuestion struct {
	From string // the path that it had
	Asked
}

// ChangedQuestion keeps its place and differs in something.
type ChangedQuestion struct {
	Asked
	What []Difference
	// Choices are the values that were added to, or removed from, its list.
	AddedChoices, RemovedChoices []Choice
	Before                       string // its label before, where that differs
}

// Difference is what of a question has changed.
type Difference string

// What of a question can change.
const (
	LabelChanged    Difference = "label"
	TypeChanged     Difference = "type"
	ChoicesChanged  Difference = "choices"
	OrderChanged    Difference = "order" // of the choices: their keys are others now
	RequiredChanged Difference = "required"
	RelevantChanged Difference = "relevant"
	RuleChanged     Difference = "constraint"
	ObservesChanged Difference = "observes" // what the answer means
)

// Compare says how the form differs from an earlier version of it. A question is
// found again as Migrate finds its answer. language is one of the form's.
func (f *Form) Compare(former *Form, language string) (Comparison, error) {
	now, err := f.sampled(language)
	if err != nil {
		return Comparison{}, err
	}
	was, err := former.sampled(former.sameLanguage(language))
	if err != nil {
		return Comparison{}, err
	}
	ways := f.ways(former.blank(f))
	came := map[*def]*def{} // of the newer form → of the older one
	var out Comparison
	for _, old := range former.asked() {
		if d := ways[f.root.path+strings.TrimPrefix(old.statePath(former.root), former.root.path)]; d != nil {
			came[d] = old
		} else {
			out.Removed = append(out.Removed, was.asked(old))
		}
	}
	for _, d := range f.asked() {
		old := came[d]
		switch {
		case old == nil:
			out.Added = append(out.Added, now.asked(d))
			continue
		case strings.TrimPrefix(old.statePath(former.root), former.root.path) != strings.TrimPrefix(d.statePath(f.root), f.root.path):
			out.Renamed = append(out.Renamed, RenamedQuestion{old.path, now.asked(d)})
		}
		if changed := now.differ(d, was, old); len(changed.What) > 0 {
			out.Changed = append(out.Changed, changed)
		}
	}
	return out, nil
}

// asked lists what somebody answers, and the repeats.
func (f *Form) asked() []*def {
	return slices.DeleteFunc(slices.Clone(f.defs), func(d *def) bool {
		return d == f.root || d.attr || d.kind() != KindQuestion && d.kind() != KindRepeat
	})
}

// blank lists all places of a form, as a state that is brought to another
// version does.
func (f *Form) blank(to *Form) []formerAnswer {
	var all []formerAnswer
	for _, d := range f.defs {
		if d != f.root && (d.repeat || d.leaf()) {
			path := to.root.path + strings.TrimPrefix(d.statePath(f.root), f.root.path)
			all = append(all, formerAnswer{path: path, ref: path, series: d.repeat})
		}
	}
	return all
}

// sameLanguage is the form's language that another version calls so.
func (f *Form) sameLanguage(language string) string {
	if slices.Contains(f.languages, language) {
		return language
	}
	return ""
}

// sample is a session with an instance of each repeat, to read words from.
type sample struct {
	*Session
	mover
}

func (f *Form) sampled(language string) (*sample, error) {
	s, err := f.NewSession(SessionOptions{Language: language})
	if err != nil {
		return nil, err
	}
	return &sample{Session: s, mover: mover{Session: s}}, nil
}

func (s *sample) asked(d *def) Asked {
	a := Asked{Path: d.path, Name: d.name}
	if c := d.face(); c != nil {
		a.Label = strings.Join(strings.Fields(c.label.plain(s.Session.language)), " ")
	}
	return a
}

// choices are all choices of a question, whatever filters them.
func (s *sample) choices(d *def) []Choice {
	n := s.descend(d, nil)
	if n == nil || d.control == nil || d.control.choices == nil {
		return nil
	}
	c := d.control.choices
	var list []Choice
	for _, it := range c.items {
		list = append(list, Choice{Value: it.value, Label: it.label.plain(s.Session.language)})
	}
	if c.all == nil || c.ofAnswers() {
		return list
	}
	for _, x := range c.all.Nodes(s.at(n)) {
		list = append(list, Choice{Value: s.choiceValue(n, x, c), Label: s.choiceLabel(n, x, c)})
	}
	return list
}

// differ says what of a question is not as it was.
func (s *sample) differ(d *def, was *sample, old *def) ChangedQuestion {
	out := ChangedQuestion{Asked: s.asked(d)}
	if before := was.asked(old).Label; before != out.Label {
		out.Before = before
		out.What = append(out.What, LabelChanged)
	}
	if typeOf(d) != typeOf(old) {
		out.What = append(out.What, TypeChanged)
	}
	now, before := s.choices(d), was.choices(old)
	out.AddedChoices, out.RemovedChoices = less(now, before), less(before, now)
	switch {
	case len(out.AddedChoices)+len(out.RemovedChoices) > 0 || !slices.Equal(labels(now), labels(keep(before, now))):
		out.What = append(out.What, ChoicesChanged)
		if reordered(now, before) {
			out.What = append(out.What, OrderChanged)
		}
	case reordered(now, before):
		out.What = append(out.What, OrderChanged)
	}
	for _, one := range []struct {
		kind kind
		what Difference
	}{{requiredKind, RequiredChanged}, {relevantKind, RelevantChanged}, {constraintKind, RuleChanged}} {
		if oneLine(d.bind.exprs[one.kind]) != oneLine(old.bind.exprs[one.kind]) {
			out.What = append(out.What, one.what)
		}
	}
	if !maps.Equal(meaning(d), meaning(old)) {
		out.What = append(out.What, ObservesChanged)
	}
	return out
}

func oneLine(expression string) string { return strings.Join(strings.Fields(expression), " ") }

// typeOf is how a question is answered.
func typeOf(d *def) string {
	if d.control == nil {
		return d.bind.typ
	}
	return d.control.name + " " + d.bind.typ
}

// meaning is what a bind says of an answer beyond the standard, but for the
// names that the question had.
func meaning(d *def) map[string]string {
	m := maps.Clone(d.bind.attrs)
	delete(m, wasAttr)
	return m
}

// less are the choices of a list whose values another has not.
func less(list, other []Choice) []Choice {
	return slices.DeleteFunc(slices.Clone(list), func(c Choice) bool { return position(other, c.Value) >= 0 })
}

// keep are the choices of a list in the order of another that has them all.
func keep(list, order []Choice) []Choice {
	out := make([]Choice, 0, len(order))
	for _, c := range order {
		if at := position(list, c.Value); at >= 0 {
			out = append(out, list[at])
		}
	}
	return out
}

func labels(list []Choice) []string {
	out := make([]string, len(list))
	for i, c := range list {
		out[i] = c.Label
	}
	return out
}

func position(list []Choice, value string) int {
	return slices.IndexFunc(list, func(c Choice) bool { return c.Value == value })
}

// reordered reports whether a choice that both lists have stands at another
// place, and so has another key. What goes by a key of its own does not count.
func reordered(now, before []Choice) bool {
	for i, c := range now {
		if at := position(before, c.Value); at >= 0 && at != i && c.Value != "dk" && c.Value != "rf" {
			return true
		}
	}
	return false
}

// Called is what people call the question: its label, else its name.
func (a Asked) Called() string { return firstOf(a.Label, a.Name) }
