package xlsform

import "slices"

// placement is a container (the survey, a group or a repeat) and its entity.
type placement struct {
	at     *element
	entity *entity
}

// request is what an entity asks for: a container as near as possible to wish,
// in the scope of one repeat or of the survey.
type request struct {
	entity      *entity
	scope, wish *element
	lineages    []*element // containers of the questions that it saves
}

// boundary is the repeat that the container is or lies in, or the survey.
func (e *element) boundary() *element {
	for ; e.parent != nil && e.kind != repeat; e = e.parent {
	}
	return e
}

// depth counts the elements above.
func (e *element) depth() int {
	n := 0
	for p := e.parent; p != nil; p = p.parent {
		n++
	}
	return n
}

// repeats counts the repeats that the container is or lies in.
func (e *element) repeats() int {
	n := 0
	for p := e; p != nil; p = p.parent {
		if p.kind == repeat {
			n++
		}
	}
	return n
}

// within reports whether e is the container, or lies in it.
func (e *element) within(container *element) bool {
	for p := e; p != nil; p = p.parent {
		if p == container {
			return true
		}
	}
	return false
}

// allocate gives each entity a container of its own. Those of one scope take
// their turns in the order of the sheet, and climb from the container that
// they wish for to the next free one.
func (c *compiler) allocate() []placement {
	var scopes []*element
	byScope := map[*element][]request{}
	for _, e := range c.entities {
		r, ok := c.request(e)
		if !ok {
			return nil
		}
		if byScope[r.scope] == nil {
			scopes = append(scopes, r.scope)
		}
		byScope[r.scope] = append(byScope[r.scope], r)
	}
	if len(c.entities) == 1 && scopes[0] == c.root {
		return []placement{{c.root, c.entities[0]}}
	}
	var out []placement
	reserved := map[*element]*entity{}
	for _, scope := range scopes {
		for _, r := range byScope[scope] {
			at := r.place(reserved)
			if at == nil {
				c.fail(r.entity.row.cell("list_name"), "entity_place", r.entity.list)
				return nil
			}
			out = append(out, placement{at, r.entity})
		}
	}
	return out
}

// request works out the scope and the wish of an entity, and sees that its
// questions lie in one line of repeats.
func (c *compiler) request(e *entity) (request, bool) {
	r := request{entity: e, scope: c.root, wish: c.root}
	if len(e.uses) == 0 {
		return r, true
	}
	var deepest, saved *element // containers
	for _, use := range e.uses {
		at := use.question.parent
		deepest = deeper(deepest, at)
		if use.property != "" {
			saved = deeper(saved, at)
			if !slices.Contains(r.lineages, at) {
				r.lineages = append(r.lineages, at)
			}
		}
	}
	r.scope, r.wish = deepest.boundary(), deepest
	if saved != nil {
		r.wish = saved
	}
	if len(r.lineages) > 1 {
		r.wish = deeper(common(r.lineages), saved.boundary())
	}
	for _, use := range e.uses {
		scope := use.question.parent.boundary()
		if !r.scope.within(scope) || use.property != "" && scope != r.wish.boundary() {
			c.fail(use.at, "entity_scope", e.list, use.question.name)
			return r, false
		}
	}
	return r, true
}

// deeper gives the container that lies in more repeats, then in more groups;
// the first of two equal ones.
func deeper(a, b *element) *element {
	switch {
	case a == nil:
		return b
	case b.repeats() > a.repeats(), b.boundary() == a.boundary() && b.depth() > a.depth():
		return b
	default:
		return a
	}
}

// common is the nearest container that holds all of them.
func common(containers []*element) *element {
	top := containers[0]
	for _, e := range containers[1:] {
		for !e.within(top) {
			top = top.parent
		}
	}
	return top
}

// place finds the free container for the request and reserves it, and what
// lies between it and the saved questions; nil where there is none.
func (r request) place(reserved map[*element]*entity) *element {
	for at := r.wish; ; at = at.parent {
		if reserved[at] == nil {
			for _, line := range r.lineages {
				for p := line; p != at.parent; p = p.parent {
					reserved[p] = r.entity
				}
			}
			reserved[at] = r.entity
			return at
		}
		for _, line := range r.lineages {
			if reserved[line] != nil {
				return nil
			}
		}
		if at == r.scope {
			return nil
		}
	}
}
