package xform

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// maxInstances bounds how many instances a repeat may have, maxNodes how many
// nodes the instances added may hold: repeats in repeats that count themselves must not
// exhaust memory.
const (
	maxInstances = 10_000
	maxNodes     = 2_000_000
)

// place is what a ref names: a node, or the series of a repeat at its parent.
type place struct {
	node   *inode
	series *def // set: the series below node
}

// locate finds what a ref names.
func (s *Session) locate(ref string) (place, bool) {
	path, positions := ref, []int(nil)
	if strings.IndexByte(ref, '[') >= 0 {
		path, positions = splitRef(ref)
	}
	d := s.form.byPath[path]
	if d == nil {
		return place{}, false
	}
	n := s.tree.root
	for _, k := range chainTo(d, s.form.root) {
		if !k.repeat {
			n = n.kids[k.slot]
			continue
		}
		if len(positions) == 0 {
			return place{n, k}, k == d
		}
		i := positions[0]
		if positions = positions[1:]; i < 1 || i > len(n.reps[k.series]) {
			return place{}, false
		}
		n = n.reps[k.series][i-1]
	}
	return place{node: n}, len(positions) == 0
}

// splitRef takes the positions out of a ref.
func splitRef(ref string) (path string, positions []int) {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(ref, "[")
		b.WriteString(before)
		if !found {
			return b.String(), positions
		}
		inside, after, _ := strings.Cut(rest, "]")
		i, err := strconv.Atoi(inside)
		if err != nil {
			i = -1
		}
		positions = append(positions, i)
		ref = after
	}
}

func unknownRef(op, ref string) error {
	return invalid(op, fmt.Sprintf("le questionnaire n'a pas « %s »", ref), fmt.Sprintf("the form has no %q", ref), nil)
}

// Set answers a question. ref names one instance ("/data/r[2]/q"); value is in
// the lexical form of XForms, "" clears. A value of a wrong type is kept and
// makes the node invalid. Errors: invalid for a ref that the form does not
// have or that holds no value, forbidden for a read-only node.
func (s *Session) Set(ref, value string) (Changes, error) {
	n, err := s.answerable("Set", ref)
	if err != nil {
		return Changes{}, err
	}
	if n.reason != "" {
		n.reason = ""
		s.mark(n)
	}
	before := n.value
	s.put(n, value)
	s.run()
	if n.value != before {
		s.trigger(n)
		s.note(EventQuestion, ref)
	}
	return s.drain(), nil
}

// answerable finds a question that may be answered.
func (s *Session) answerable(op, ref string) (*inode, error) {
	at, ok := s.locate(ref)
	if !ok || at.series != nil || !at.node.def.leaf() {
		return nil, unknownRef(op, ref)
	}
	if n := at.node; s.frozen(n) || n.def.control == nil && n.def.comps[calculateKind] != nil {
		return nil, forbidden(op, fmt.Sprintf("« %s » ne se modifie pas", ref), fmt.Sprintf("%q is read-only", ref))
	}
	return at.node, nil
}

// frozen reports whether the node or what is around it is read-only.
func (s *Session) frozen(n *inode) bool {
	for ; n != nil; n = n.parent {
		if n.readonly {
			return true
		}
	}
	return false
}

// trigger performs what a changed question sets; what that changes may set
// more in its turn. No action sets the same node twice, or two that set each
// other would go on for ever.
func (s *Session) trigger(n *inode) {
	type deed struct {
		action *action
		target *inode
	}
	done := map[deed]bool{}
	for list := []*inode{n}; len(list) > 0; {
		var next []*inode
		for _, source := range list {
			for _, a := range source.def.triggers {
				s.targets(a, source, func(target *inode) {
					if done[deed{a, target}] {
						return
					}
					done[deed{a, target}] = true
					before := target.value
					s.perform(a, target)
					if target.value != before {
						next = append(next, target)
					}
				})
			}
		}
		s.run()
		list = next
	}
}

// targets visits the instances that an action sets for a change at source:
// those in the same instances of the repeats around both.
func (s *Session) targets(a *action, source *inode, visit func(*inode)) {
	top := source
	for !a.target.within(top.def) {
		top = top.parent
	}
	descend(top, chainTo(a.target, top.def), visit)
}

// perform sets the value of one action.
func (s *Session) perform(a *action, n *inode) {
	value := a.plain
	if a.program != nil {
		value = s.calculated(&comp{def: n.def, program: a.program}, n)
	}
	s.put(n, value)
}

// AddRepeat adds an instance at the end of a repeat. ref is "/data/r", or
// "/data/r[1]/s" of a nested one. Errors: invalid for what is no repeat or is
// full, forbidden where the form decides how many there are.
func (s *Session) AddRepeat(ref string) (Changes, error) {
	at, ok := s.locate(ref)
	if !ok || at.series == nil {
		return Changes{}, unknownRef("AddRepeat", ref)
	}
	if at.series.fixed || at.series.counted || s.frozen(at.node) {
		return Changes{}, forbidden("AddRepeat", "le questionnaire fixe lui-même le nombre de « "+ref+" »", "the form itself decides how many "+ref+" there are")
	}
	if len(at.node.reps[at.series.series]) >= maxInstances || s.tree.nodes > maxNodes {
		return Changes{}, invalid("AddRepeat", "cette répétition est pleine", "this repeat is full", nil)
	}
	s.grow(at.node, at.series)
	s.run()
	s.note(EventAdd, ref)
	return s.drain(), nil
}

// grow appends a new instance, with what is set in a new one. An instance that
// is no template lends it its shape, not its answers.
func (s *Session) grow(parent *inode, d *def) {
	n := build(d, s.tree, parent, d.template)
	if !d.model {
		n.each(func(x *inode) {
			if !x.def.attr {
				x.hold("")
			}
		})
	}
	n.each(s.preset)
	s.attach(parent, d, n)
	n.each(func(x *inode) {
		if x.def.repeat {
			for _, a := range x.def.births {
				s.run()
				descend(x, chainTo(a.target, x.def), func(target *inode) { s.perform(a, target) })
			}
		}
	})
}

// attach appends an instance and makes everything in it wait.
func (s *Session) attach(parent *inode, d *def, n *inode) {
	parent.adopt(d, n)
	s.spread(n)
	s.changes.Structure = true
	s.changes.Added = append(s.changes.Added, n.reference())
	s.mark(parent)
	n.each(func(x *inode) {
		s.tree.nodes++
		s.pushAll(x, true)
	})
	s.fire(d.onMembers, parent)
	n.each(func(x *inode) { s.fireMembers(x) })
}

// fireMembers tells readers of the repeats below a node.
func (s *Session) fireMembers(n *inode) {
	for _, k := range n.def.kids {
		if k.repeat {
			s.fire(k.onMembers, n)
		}
	}
}

// RemoveRepeat removes one instance: "/data/r[2]". Errors: as AddRepeat.
func (s *Session) RemoveRepeat(ref string) (Changes, error) {
	at, ok := s.locate(ref)
	if !ok || at.series != nil || !at.node.def.repeat {
		return Changes{}, unknownRef("RemoveRepeat", ref)
	}
	d := at.node.def
	if d.fixed || d.counted || s.frozen(at.node.parent) {
		return Changes{}, forbidden("RemoveRepeat", "le questionnaire fixe lui-même le nombre de « "+d.path+" »", "the form itself decides how many "+d.path+" there are")
	}
	s.shrink(at.node)
	s.run()
	s.note(EventRemove, ref)
	return s.drain(), nil
}

func (s *Session) shrink(n *inode) {
	parent, d := n.parent, n.def
	s.changes.Structure = true
	s.changes.Removed = append(s.changes.Removed, n.reference())
	series := slices.Delete(parent.reps[d.series], n.position-1, n.position)
	parent.reps[d.series] = series
	for i := n.position - 1; i < len(series); i++ {
		series[i].position = i + 1
		s.mark(series[i])
		s.firePosition(series[i])
	}
	s.withdraw(n)
	n.position = 0
	s.tree.renamed++
	s.mark(parent)
	s.fire(d.onMembers, parent)
	n.each(func(x *inode) {
		s.tree.nodes--
		for _, k := range x.def.kids {
			if k.repeat {
				s.fireAbove(k.onMembers, parent)
			}
		}
	})
}

// firePosition tells what reads the position of an instance.
func (s *Session) firePosition(n *inode) {
	for i := range n.def.onPosition {
		e := &n.def.onPosition[i]
		if e.comp.target().within(n.def) {
			s.fireDown(e.comp, n, chainTo(e.comp.target(), n.def))
		}
	}
}

// fireAbove tells the readers of a nested repeat that are outside of the
// instance that is gone.
func (s *Session) fireAbove(edges []edge, parent *inode) {
	for i := range edges {
		e := &edges[i]
		switch {
		case e.up == nil:
			s.fireDown(e.comp, s.tree.root, e.chain)
		case parent.def.within(e.up):
			s.fireDown(e.comp, parent.up(e.up), e.chain)
		}
	}
}

// resize brings a repeat to the number of instances that jr:count says. Where
// it says none, as while a number is typed anew, what was answered stays, and
// those that the form itself holds are gone.
func (s *Session) resize(c *comp, parent *inode) {
	d := c.def
	at := build(d, s.tree, parent, nil)
	at.position = 1
	if series := parent.reps[d.series]; len(series) > 0 {
		at = series[0]
	}
	wanted := c.program.Number(s.at(at))
	if math.IsNaN(wanted) && !at.fromForm {
		return
	}
	count := 0
	if wanted >= 0 {
		count = int(min(wanted, maxInstances))
	}
	for _, x := range parent.reps[d.series] {
		x.fromForm = false
	}
	for len(parent.reps[d.series]) < count && s.tree.nodes <= maxNodes {
		if n := s.unspare(parent, d); n != nil {
			s.attach(parent, d, n)
		} else {
			s.grow(parent, d)
		}
	}
	for list := parent.reps[d.series]; len(list) > count; list = parent.reps[d.series] {
		n := list[len(list)-1]
		s.shrink(n)
		s.spared[seriesOf{parent, d}] = append(s.spared[seriesOf{parent, d}], n)
	}
}

// seriesOf is a repeat at the node around it.
type seriesOf struct {
	parent *inode
	repeat *def
}

// unspare gives back the instance that the count of a repeat cut off last, with
// its answers: whoever types 13 in place of 3 passes through 1. nil: none.
func (s *Session) unspare(parent *inode, d *def) *inode {
	list := s.spared[seriesOf{parent, d}]
	if len(list) == 0 {
		return nil
	}
	n := list[len(list)-1]
	s.spared[seriesOf{parent, d}] = list[:len(list)-1]
	return n
}
