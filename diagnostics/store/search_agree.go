package store

import (
	"slices"
	"strings"

	"solidaren/diagnostics"
	"solidaren/diagnostics/likeness"
)

// agree says which traits of a person agree with the search.
func (s *search) agree(l *personLine, c *candidate) []diagnostics.Trait {
	var met traitList
	switch {
	case slices.Contains(s.Codes, c.code):
		met.add(diagnostics.TraitCode, len(s.Codes) > 1)
	case s.code != "" && strings.HasPrefix(c.code, s.code):
		met.add(diagnostics.TraitCode, false)
	}
	handle, names := likeness.Index(l.Get("identity.handle")), likeness.Index(l.Get("identity.names"))
	for i := range s.words {
		w := &s.words[i]
		met.addCost(diagnostics.TraitHandle, w.nearest(handle))
		met.addCost(diagnostics.TraitNames, w.nearest(names))
		met.meet(w, c.traits)
	}
	if s.Whole != "" {
		for trait, of := range map[diagnostics.TraitKind][]string{diagnostics.TraitHandle: handle, diagnostics.TraitNames: names} {
			if slices.ContainsFunc(of, func(known string) bool { return strings.HasPrefix(known, s.Whole) }) {
				met.add(trait, false)
			}
		}
	}
	met.addCost(diagnostics.TraitBirth, s.birthCost(c))
	if s.Phone != "" && slices.Contains(c.words, markPhone+s.Phone) {
		met.add(diagnostics.TraitPhone, false)
	}
	return met.inOrder()
}

// nearest is the least cost of a word to one of the known words.
func (w *searched) nearest(known []string) float64 {
	cost := likeness.Unlike
	for _, k := range known {
		cost = min(cost, w.costOf(k))
	}
	return cost
}

// traitList gathers traits, each once, to the letter if it was so once.
type traitList []diagnostics.Trait

func (l *traitList) add(kind diagnostics.TraitKind, near bool) {
	at := slices.IndexFunc(*l, func(t diagnostics.Trait) bool { return t.Kind == kind })
	if at < 0 {
		*l = append(*l, diagnostics.Trait{Kind: kind, Near: near})
		return
	}
	(*l)[at].Near = (*l)[at].Near && near
}

func (l *traitList) addCost(kind diagnostics.TraitKind, cost float64) {
	if cost < likeness.Unlike {
		l.add(kind, cost > likeness.Begun)
	}
}

// meet adds what teams noted of a person and the word means.
func (l *traitList) meet(w *searched, traits []string) {
	for _, t := range traits {
		switch {
		case slices.Contains(w.traits, t):
			l.add(diagnostics.TraitAnimal, false)
		case !slices.Contains(w.places, t):
		case strings.HasPrefix(t, markTeam):
			l.add(diagnostics.TraitTeam, false)
		default:
			l.add(diagnostics.TraitDistrict, false)
		}
	}
}

// inOrder gives the traits in the order in which they are told.
func (l traitList) inOrder() []diagnostics.Trait {
	all := diagnostics.Traits()
	slices.SortFunc(l, func(a, b diagnostics.Trait) int { return slices.Index(all, a.Kind) - slices.Index(all, b.Kind) })
	return l
}
