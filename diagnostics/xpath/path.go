package xpath

import "slices"

// stage is one compiled step of a path.
type stage struct {
	pick       *Pick
	axis       Axis
	pass       func(Node) bool
	predicates []predicate
}

// predicate keeps a node: by its position, or by a condition.
type predicate struct {
	position float64 // of a constant predicate; 0: none
	number   func(*Context) float64
	truth    func(*Context) bool
	any      func(*Context) Value
}

// path compiles a location path.
func (c *compiler) path(x *Path) (code, error) {
	from, at, done, err := c.pathStart(x)
	if err != nil {
		return code{}, err
	}
	stages := make([]stage, 0, len(x.Steps))
	for _, step := range x.Steps[done:] {
		s, next, err := c.stage(step, at)
		if err != nil {
			return code{}, err
		}
		at = next
		if s.pick != nil || s.axis != Self || step.Test.Kind != TestNode || len(s.predicates) > 0 {
			stages = append(stages, s)
		}
	}
	result := code{typ: TypeNodes, static: at}
	if from.one == nil || slices.ContainsFunc(stages, func(s stage) bool { return !s.single() }) {
		flat := !slices.ContainsFunc(stages, func(s stage) bool { return !s.flat() })
		result.nodes = manyPath(from, stages, flat && x.Start == nil || len(stages) == 0, c.scope.Visible)
		return result, nil
	}
	result.one = singlePath(from.one, stages)
	one, visible := result.one, c.scope.Visible
	result.nodes = func(ctx *Context, dst []Node) []Node {
		if n := one(ctx); n != nil && (visible == nil || visible(n)) {
			dst = append(dst, n)
		}
		return dst
	}
	return result, nil
}

// single reports whether the step gives at most one node from each.
func (s *stage) single() bool { return s.pick != nil && s.pick.One != nil && len(s.predicates) == 0 }

// flat reports whether the step keeps nodes in document order without doubles.
func (s *stage) flat() bool { return s.axis.flat() || s.pick != nil && s.pick.One != nil }

// pathStart compiles where a path begins: the context node, the root, or an
// expression that gives nodes.
func (c *compiler) pathStart(x *Path) (from code, at Static, done int, err error) {
	switch {
	case x.Start != nil:
		from, err = c.expr(x.Start)
		if err != nil {
			return from, nil, 0, err
		}
		if _, ok := c.nodeList(from, false); !ok {
			return from, nil, 0, c.fail(0, "a path can begin only with nodes")
		}
		if from.typ == TypeAny {
			any := from.any
			from.nodes = func(ctx *Context, dst []Node) []Node { return append(dst, any(ctx).Nodes...) }
		}
		return from, from.static, 0, nil
	case x.Absolute && c.scope.Absolute != nil:
		done, at, from.one = c.scope.Absolute(x, c.statics)
	case x.Absolute:
		from.one = func(ctx *Context) Node { return rootOf(ctx.Node) }
	default:
		at = c.statics[len(c.statics)-1]
		from.one = func(ctx *Context) Node { return ctx.Node }
	}
	return from, at, done, nil
}

func (c *compiler) stage(step Step, at Static) (stage, Static, error) {
	s := stage{axis: step.Axis, pass: matcher(step.Axis, step.Test, &c.scope)}
	var next Static
	if at != nil {
		next, s.pick = at.Step(step.Axis, step.Test)
	}
	c.statics = append(c.statics, next)
	defer func() { c.statics = c.statics[:len(c.statics)-1] }()
	for _, p := range step.Predicates {
		compiled, err := c.predicate(p)
		if err != nil {
			return s, nil, err
		}
		s.predicates = append(s.predicates, compiled)
	}
	return s, next, nil
}

func (c *compiler) predicate(x Expr) (predicate, error) {
	compiled, err := c.expr(x)
	if err != nil {
		return predicate{}, err
	}
	switch {
	case compiled.lit != nil && !compiled.lit.isText:
		return predicate{position: compiled.lit.number, number: compiled.num}, nil
	case compiled.typ == TypeNumber:
		return predicate{number: compiled.num}, nil
	case compiled.typ == TypeAny:
		return predicate{any: compiled.any}, nil
	}
	return predicate{truth: c.truth(compiled)}, nil
}

// keep filters nodes in place; their order gives their positions.
func (p predicate) keep(ctx *Context, nodes []Node) []Node {
	if p.position != 0 {
		if i := int(p.position) - 1; float64(i+1) == p.position && i >= 0 && i < len(nodes) {
			nodes[0] = nodes[i]
			return nodes[:1]
		}
		return nodes[:0]
	}
	node, pos, size := ctx.Node, ctx.pos, ctx.size
	kept := nodes[:0]
	ctx.size = len(nodes)
	for i, n := range nodes {
		ctx.Node, ctx.pos, ctx.size = n, i+1, len(nodes)
		if p.holds(ctx) {
			kept = append(kept, n)
		}
	}
	ctx.Node, ctx.pos, ctx.size = node, pos, size
	return kept
}

func (p predicate) holds(ctx *Context) bool {
	switch {
	case p.truth != nil:
		return p.truth(ctx)
	case p.number != nil:
		return p.number(ctx) == float64(ctx.pos)
	}
	v := p.any(ctx)
	if v.Type == TypeNumber {
		return v.Num == float64(ctx.pos)
	}
	return v.truth()
}

// collect appends what the step gives from one node, in document order.
func (s *stage) collect(ctx *Context, n Node, dst []Node) []Node {
	start := len(dst)
	switch {
	case s.pick == nil:
		dst = walk(s.axis, n, dst, s.pass)
	case s.pick.One != nil:
		if x := s.pick.One(n); x != nil {
			dst = append(dst, x)
		}
	default:
		dst = s.pick.All(n, dst)
	}
	for _, p := range s.predicates {
		dst = dst[:start+len(p.keep(ctx, dst[start:]))]
	}
	return dst
}

// singlePath follows steps each of which gives at most one node. A node that
// is not visible is given all the same: its owner gives it no text.
func singlePath(from func(*Context) Node, stages []stage) func(*Context) Node {
	picks := make([]func(Node) Node, len(stages))
	for i, s := range stages {
		picks[i] = s.pick.One
	}
	switch len(picks) {
	case 0:
		return from
	case 1:
		pick := picks[0]
		return func(ctx *Context) Node {
			n := from(ctx)
			if n == nil {
				return nil
			}
			return pick(n)
		}
	}
	return func(ctx *Context) Node {
		n := from(ctx)
		for _, pick := range picks {
			if n == nil {
				return nil
			}
			n = pick(n)
		}
		return n
	}
}

func manyPath(from code, stages []stage, flat bool, visible func(Node) bool) func(*Context, []Node) []Node {
	start := from.nodes
	if from.one != nil {
		one := from.one
		start = func(ctx *Context, dst []Node) []Node {
			if n := one(ctx); n != nil {
				dst = append(dst, n)
			}
			return dst
		}
	}
	return func(ctx *Context, dst []Node) []Node {
		now := start(ctx, ctx.take())
		for i := range stages {
			next := ctx.take()
			for _, n := range now {
				next = stages[i].collect(ctx, n, next)
			}
			if (len(now) > 1 && !flat) || stages[i].axis.reverse() {
				next = sortNodes(next)
			}
			ctx.give(now)
			now = next
		}
		for _, n := range now {
			if visible == nil || visible(n) {
				dst = append(dst, n)
			}
		}
		ctx.give(now)
		return dst
	}
}

// filter compiles (…)[predicate].
func (c *compiler) filter(x *Filter) (code, error) {
	inner, err := c.expr(x.X)
	if err != nil {
		return code{}, err
	}
	nodes, ok := c.nodeList(inner, false)
	if !ok {
		return code{}, c.fail(0, "only nodes can have a predicate")
	}
	c.statics = append(c.statics, inner.static)
	defer func() { c.statics = c.statics[:len(c.statics)-1] }()
	var predicates []predicate
	for _, p := range x.Predicates {
		compiled, err := c.predicate(p)
		if err != nil {
			return code{}, err
		}
		predicates = append(predicates, compiled)
	}
	result := nodesCode(func(ctx *Context, dst []Node) []Node {
		start := len(dst)
		dst = nodes(ctx, dst)
		for _, p := range predicates {
			dst = dst[:start+len(p.keep(ctx, dst[start:]))]
		}
		return dst
	})
	result.static = inner.static
	return result, nil
}
