package xform

import (
	"slices"

	"solidaren/diagnostics/xpath"
)

// dependency is one thing that an expression reads. align is the repeat of
// which the expression reads its own instance only; nil: of the whole form.
type dependency struct {
	on    *def
	what  reading
	align *def
	fold  *fold
}

type reading uint8

const (
	readsValue reading = iota
	readsRelevance
	readsMembers  // which instances a repeat has
	readsPosition // of the own instance in its repeat
	readsTotal    // of a fold
)

// recorder collects what an expression reads while it is compiled.
type recorder struct {
	form    *Form
	reads   []dependency
	unknown []string
	calls   map[string]bool
}

func (r *recorder) record(d dependency) {
	if !slices.Contains(r.reads, d) {
		r.reads = append(r.reads, d)
	}
}

// static is what is known of the nodes on a path: of which definitions they
// may be.
type static struct {
	rec   *recorder
	defs  []*def
	align *def
	text  bool // the nodes are the texts of the defs
}

// Step follows one step of a path through the definitions.
func (s static) Step(axis xpath.Axis, test xpath.Test) (xpath.Static, *xpath.Pick) {
	if s.text || test.Kind == xpath.TestText {
		return s.stepText(axis), nil
	}
	next := static{rec: s.rec, align: s.align, defs: s.reach(axis, test)}
	if len(next.defs) == 0 && len(s.defs) > 0 && axis == xpath.Child && test.Kind == xpath.TestName && test.Local != "*" {
		s.rec.unknown = append(s.rec.unknown, s.defs[0].path+"/"+qualifiedName(xpath.Name{Prefix: test.Prefix, Local: test.Local}))
	}
	switch axis {
	case xpath.Child, xpath.Attribute, xpath.Self, xpath.Descendant, xpath.DescendantOrSelf:
		next.enter(s.defs)
	case xpath.Parent, xpath.Ancestor, xpath.AncestorOrSelf:
		for _, d := range next.defs {
			if !next.align.around(d) {
				next.align = d.scope()
			}
		}
	default:
		next.align = nil
		next.enter(nil)
	}
	return next, pickOf(axis, s.defs, next.defs)
}

// stepText follows a step to or from the texts of nodes, which stand for the
// nodes themselves. Rare steps are taken to lead anywhere.
func (s static) stepText(axis xpath.Axis) static {
	next := static{rec: s.rec, defs: s.defs, align: s.align, text: axis != xpath.Parent && axis != xpath.Ancestor}
	if axis != xpath.Child && axis != xpath.Parent && axis != xpath.Self {
		next.defs, next.align = s.rec.form.defs, nil
		next.enter(nil)
	}
	return next
}

// around reports whether the repeat d is around inner, or inner itself, so that
// a node of inner still belongs to one instance of d. nil is around everything.
func (d *def) around(inner *def) bool { return d == nil || inner.within(d) }

// enter records the repeats that a path goes through on its way down.
func (s static) enter(from []*def) {
	for _, d := range s.defs {
		for up := d; up != nil && !slices.Contains(from, up); up = up.parent {
			if up.repeat {
				s.rec.record(dependency{on: up, what: readsMembers, align: s.align})
			}
		}
	}
}

// reach lists the definitions on an axis.
func (s static) reach(axis xpath.Axis, test xpath.Test) []*def {
	var list []*def
	add := func(d *def) {
		if passes(d, test) && !slices.Contains(list, d) {
			list = append(list, d)
		}
	}
	for _, d := range s.defs {
		s.reachFrom(d, axis, test, add)
	}
	return list
}

// reachFrom visits the definitions on an axis from d. Siblings, and what comes
// before or after, are taken generously: more than there are does no harm.
func (s static) reachFrom(d *def, axis xpath.Axis, test xpath.Test, add func(*def)) {
	switch axis {
	case xpath.Child, xpath.Attribute:
		local := "*"
		if test.Kind == xpath.TestName {
			local = test.Local
		}
		addAll(d.child(test.Prefix, local, axis == xpath.Attribute), add)
	case xpath.Self:
		add(d)
	case xpath.Parent:
		if d.parent != nil {
			add(d.parent)
		}
	case xpath.Ancestor:
		ancestors(d.parent, add)
	case xpath.AncestorOrSelf:
		ancestors(d, add)
	case xpath.Descendant, xpath.DescendantOrSelf:
		below(d, axis == xpath.DescendantOrSelf, add)
	case xpath.FollowingSibling, xpath.PrecedingSibling:
		if d.parent != nil {
			addAll(d.parent.kids, add)
		}
	default:
		below(s.rec.form.root, true, add)
	}
}

func addAll(list []*def, add func(*def)) {
	for _, d := range list {
		add(d)
	}
}

func ancestors(d *def, add func(*def)) {
	for ; d != nil; d = d.parent {
		add(d)
	}
}

func below(d *def, self bool, add func(*def)) {
	if self {
		add(d)
	}
	for _, k := range d.kids {
		if !k.attr {
			below(k, true, add)
		}
	}
}

func passes(d *def, test xpath.Test) bool {
	if test.Kind != xpath.TestName {
		return test.Kind == xpath.TestNode
	}
	return test.Local == "*" || test.Local == d.local
}

// pickOf gives the shortcut of a step between single definitions.
func pickOf(axis xpath.Axis, from, to []*def) *xpath.Pick {
	if len(from) != 1 || len(to) != 1 {
		return nil
	}
	d := to[0]
	switch axis {
	case xpath.Child, xpath.Attribute:
		if d.repeat {
			series := d.series
			return &xpath.Pick{All: func(n xpath.Node, dst []xpath.Node) []xpath.Node {
				for _, x := range n.(*inode).reps[series] {
					dst = append(dst, x)
				}
				return dst
			}}
		}
		slot := d.slot
		return &xpath.Pick{One: func(n xpath.Node) xpath.Node { return n.(*inode).kids[slot] }}
	case xpath.Parent:
		return &xpath.Pick{One: func(n xpath.Node) xpath.Node { return n.(*inode).parent }}
	case xpath.Self:
		return &xpath.Pick{One: func(n xpath.Node) xpath.Node { return n }}
	}
	return nil
}

// Read records that an expression reads the nodes reached.
func (s static) Read(value bool) {
	for _, d := range s.defs {
		switch {
		case d.repeat && d == s.align:
			s.rec.record(dependency{on: d, what: readsPosition, align: d.parent.scope()})
		case d.repeat:
			s.rec.record(dependency{on: d, what: readsMembers, align: s.align})
		}
		if !value {
			s.rec.record(dependency{on: d, what: readsRelevance, align: s.align})
			continue
		}
		below(d, true, func(k *def) {
			if k.leaf() {
				s.rec.record(dependency{on: k, what: readsValue, align: s.align})
			}
			if k.repeat && k != d {
				s.rec.record(dependency{on: k, what: readsMembers, align: s.align})
			}
		})
	}
}

// absolute gives where an absolute path begins for an expression in a repeat:
// like other engines of the field, /data/r/q from within /data/r[2] is that of
// the same instance, unless a predicate chooses others.
func (r *recorder) absolute(p *xpath.Path, around []xpath.Static) (int, xpath.Static, func(*xpath.Context) xpath.Node) {
	here, _ := around[len(around)-1].(static)
	own, _ := around[0].(static)
	d, done := r.form.document, 0
	var repeat *def
	at := 0
	for done < len(p.Steps)-1 {
		step := p.Steps[done]
		if step.Axis != xpath.Child || step.Test.Kind != xpath.TestName || len(step.Predicates) > 0 {
			break
		}
		kids := d.child(step.Test.Prefix, step.Test.Local, false)
		if len(kids) != 1 {
			break
		}
		d, done = kids[0], done+1
		if d.repeat {
			if !here.inside(d) && !own.inside(d) {
				break
			}
			repeat, at = d, done
		}
	}
	if repeat == nil {
		return r.fromRoot(p)
	}
	s := static{rec: r, defs: []*def{repeat}, align: repeat}
	if here.inside(repeat) {
		if here.align.around(repeat) {
			s.align = here.align
		}
		return at, s, func(ctx *xpath.Context) xpath.Node { return ctx.Node.(*inode).up(repeat) }
	}
	return at, s, func(ctx *xpath.Context) xpath.Node { return ctx.Current().(*inode).up(repeat) }
}

func (r *recorder) fromRoot(p *xpath.Path) (int, xpath.Static, func(*xpath.Context) xpath.Node) {
	if len(p.Steps) > 0 {
		first := p.Steps[0]
		if first.Axis == xpath.Child && len(first.Predicates) == 0 && passes(r.form.root, first.Test) {
			return 1, static{rec: r, defs: []*def{r.form.root}}, func(ctx *xpath.Context) xpath.Node { return ctx.Current().(*inode).tree.root }
		}
	}
	return 0, static{rec: r, defs: []*def{r.form.document}}, func(ctx *xpath.Context) xpath.Node { return ctx.Current().(*inode).tree.document }
}

// inside reports whether all nodes known are in an instance of the repeat.
func (s static) inside(repeat *def) bool {
	if len(s.defs) == 0 {
		return false
	}
	for _, d := range s.defs {
		if !d.within(repeat) {
			return false
		}
	}
	return true
}

// up climbs to the node of a definition around n.
func (n *inode) up(d *def) *inode {
	for n.def != d {
		n = n.parent
	}
	return n
}
