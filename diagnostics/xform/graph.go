package xform

import "slices"

// graph is the computations with what each must come after. A weak link can
// be left out where it closes a circle: it concerns whether a node or a choice
// is there, not what is said.
type graph struct {
	comps  []*comp
	strong [][]int // computations that must come before
	weak   [][]int
}

func newGraph(comps []*comp) *graph {
	g := &graph{comps: comps, strong: make([][]int, len(comps)), weak: make([][]int, len(comps))}
	index := map[*comp]int{}
	for i, c := range comps {
		index[c] = i
	}
	link := func(list [][]int, i int, c *comp) {
		if c != nil && !slices.Contains(list[i], index[c]) {
			list[i] = append(list[i], index[c])
		}
	}
	for i, c := range comps {
		for _, r := range c.reads {
			if c.kind == constraintKind && r.on == c.def {
				continue // a constraint may read its own value
			}
			switch r.what {
			case readsValue:
				link(g.strong, i, r.on.comps[calculateKind])
				if c.kind != choicesKind || r.on != c.def {
					link(g.weak, i, r.on.choiceComp)
				}
			case readsTotal:
				link(g.strong, i, r.fold.comp)
				link(g.weak, i, r.on.comps[countKind])
			case readsMembers, readsPosition:
				link(g.weak, i, r.on.comps[countKind])
			}
			for d := r.on; d != nil; d = d.parent {
				link(g.weak, i, d.comps[relevantKind])
			}
		}
		if c.kind == constraintKind {
			link(g.strong, i, c.def.comps[calculateKind])
		}
	}
	return g
}

func (g *graph) before(i int) []int {
	return slices.Concat(g.strong[i], g.weak[i])
}

// components are the strongly connected components (Tarjan), in an order in
// which each comes after what it needs.
func (g *graph) components() [][]int {
	t := tarjan{g: g, index: make([]int, len(g.comps)), low: make([]int, len(g.comps)), on: make([]bool, len(g.comps))}
	for i := range g.comps {
		if t.index[i] == 0 {
			t.visit(i)
		}
	}
	return t.found
}

type tarjan struct {
	g          *graph
	next       int
	index, low []int
	on         []bool
	stack      []int
	found      [][]int
}

func (t *tarjan) visit(i int) {
	t.next++
	t.index[i], t.low[i] = t.next, t.next
	t.stack = append(t.stack, i)
	t.on[i] = true
	for _, j := range t.g.before(i) {
		switch {
		case t.index[j] == 0:
			t.visit(j)
			t.low[i] = min(t.low[i], t.low[j])
		case t.on[j]:
			t.low[i] = min(t.low[i], t.index[j])
		}
	}
	if t.low[i] != t.index[i] {
		return
	}
	at := len(t.stack) - 1
	for t.stack[at] != i {
		at--
	}
	group := slices.Clone(t.stack[at:])
	for _, j := range group {
		t.on[j] = false
	}
	t.stack = t.stack[:at]
	t.found = append(t.found, group)
}

// cyclic reports whether a component is a circle.
func (g *graph) cyclic(group []int) bool {
	return len(group) > 1 || slices.Contains(g.before(group[0]), group[0])
}

// harmless reports whether a circle of weak links may stand: of nodes that
// hide each other, of a repeat that decides how many instances it has, or of
// choices that offer what was answered where none of them is taken.
func (g *graph) harmless(group []int) bool {
	hiding := true
	for _, i := range group {
		switch g.comps[i].kind {
		case countKind, choicesKind:
			return true
		case relevantKind:
		default:
			hiding = false
		}
	}
	return hiding
}

// strongCycle finds a circle of strong links; nil if there is none.
func (g *graph) strongCycle(group []int) []int {
	return g.cycle(group, func(i int) []int { return g.strong[i] })
}

// walkCycle finds a circle, one of strong links if it can.
func (g *graph) walkCycle(group []int) []int {
	if c := g.strongCycle(group); c != nil {
		return c
	}
	return g.cycle(group, g.before)
}

func (g *graph) cycle(group []int, next func(int) []int) []int {
	state := map[int]int{} // 1: on the way, 2: done
	var way, found []int
	var visit func(int)
	visit = func(i int) {
		state[i] = 1
		way = append(way, i)
		for _, j := range next(i) {
			if found != nil || !slices.Contains(group, j) {
				continue
			}
			switch state[j] {
			case 0:
				visit(j)
			case 1:
				found = slices.Clone(way[slices.Index(way, j):])
				slices.Reverse(found) // links lead back to what is read
			}
		}
		state[i] = 2
		way = way[:len(way)-1]
	}
	for _, i := range group {
		if found == nil && state[i] == 0 {
			visit(i)
		}
	}
	return found
}

// inside orders the computations of one component by its strong links.
func (g *graph) inside(group []int) []int {
	if len(group) == 1 {
		return group
	}
	var list []int
	done := map[int]bool{}
	var visit func(int)
	visit = func(i int) {
		if done[i] || !slices.Contains(group, i) {
			return
		}
		done[i] = true
		for _, j := range g.strong[i] {
			visit(j)
		}
		list = append(list, i)
	}
	for _, i := range slices.Sorted(slices.Values(group)) {
		visit(i)
	}
	return list
}
