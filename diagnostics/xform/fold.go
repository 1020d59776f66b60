package xform

import (
	"math"

	"solidaren/diagnostics/xpath"
)

// fold is a sum() or count() over the instances of a repeat, kept up to date
// instance by instance: a change in one costs the same however many there are.
type fold struct {
	repeat    *def
	slot      int // among the folds of the repeat
	at        int // among the totals of the node around the repeat
	adds      bool
	predicate []*xpath.Program
	leaf      []int // slots from the instance down to what is added or counted
	comp      *comp
	onTotal   []edge
}

// share is what one instance contributes.
type share struct {
	counts bool
	value  float64
}

// total is what all instances contribute.
type total struct {
	count    int
	notNum   int     // contributions that are no number
	inexact  int     // contributions whose sum depends on their order
	integers float64 // sum of all others
}

// exactLimit is where whole numbers begin to lose digits when added.
const exactLimit = 1 << 40

func (t *total) add(p share, sign int) {
	if !p.counts {
		return
	}
	t.count += sign
	switch {
	case math.IsNaN(p.value):
		t.notNum += sign
	case p.value != math.Trunc(p.value) || math.Abs(p.value) > exactLimit:
		t.inexact += sign
	default:
		t.integers += float64(sign) * p.value
	}
}

// sum is the sum as adding from the first to the last instance gives it.
func (t *total) sum(series []*inode, slot int) float64 {
	switch {
	case t.notNum > 0:
		return math.NaN()
	case t.inexact == 0:
		return t.integers
	}
	sum := 0.0
	for _, n := range series {
		if p := n.shares[slot]; p.counts {
			sum += p.value
		}
	}
	return sum
}

// fold takes over sum(path) and count(path) where the path leads through one
// repeat, with conditions on its instances alone. nil: evaluate as usual.
func (r *recorder) fold(call *xpath.Call, around []xpath.Static) func(*xpath.Context) float64 {
	path, ok := call.Args[0].(*xpath.Path)
	if !ok || path.Start != nil || len(around) != 1 {
		return nil
	}
	w := foldPath{rec: &recorder{form: r.form, calls: map[string]bool{}}}
	if !w.follow(path, around) {
		return nil
	}
	f := &fold{repeat: w.repeat, adds: call.Name == "sum", leaf: w.leaf, slot: len(w.repeat.folds), at: w.repeat.parent.totals}
	own := &recorder{form: r.form, calls: map[string]bool{}}
	inside := static{rec: own, defs: []*def{f.repeat}, align: f.repeat}
	for _, x := range w.predicates {
		program, err := xpath.CompileTree("", x, own.scope(inside))
		if err != nil || program.Type() != xpath.TypeBoolean || len(own.unknown) > 0 {
			return nil
		}
		f.predicate = append(f.predicate, program)
	}
	static{rec: own, defs: []*def{w.last}, align: f.repeat}.Read(false)
	if f.adds {
		static{rec: own, defs: []*def{w.last}, align: f.repeat}.Read(true)
	}
	f.comp = &comp{def: f.repeat, kind: partKind, reads: own.reads, fold: f}
	f.repeat.folds = append(f.repeat.folds, f)
	f.repeat.parent.totals++
	r.form.comps = append(r.form.comps, f.comp)
	r.record(dependency{on: f.repeat, what: readsTotal, align: w.align, fold: f})
	return f.reader(w.holder)
}

// reader gives the total for an expression; holder finds the node around the
// repeat.
func (f *fold) reader(holder func(*xpath.Context) xpath.Node) func(*xpath.Context) float64 {
	at, series, slot, adds := f.at, f.repeat.series, f.slot, f.adds
	return func(ctx *xpath.Context) float64 {
		n := holder(ctx).(*inode)
		t := &n.totals[at]
		if adds {
			return t.sum(n.reps[series], slot)
		}
		return float64(t.count)
	}
}

// foldPath is what is found on the way of a path that can be folded.
type foldPath struct {
	rec        *recorder
	holder     func(*xpath.Context) xpath.Node
	repeat     *def
	align      *def
	predicates []xpath.Expr
	leaf       []int
	last       *def
}

// follow walks the path; false if it cannot be folded.
func (w *foldPath) follow(path *xpath.Path, around []xpath.Static) bool {
	at, ok := around[0].(static)
	if !ok {
		return false
	}
	w.holder = func(ctx *xpath.Context) xpath.Node { return ctx.Node }
	steps := path.Steps
	if path.Absolute {
		done, start, from := w.rec.absolute(path, around)
		at, w.holder, steps = start.(static), from, steps[done:]
	}
	at.rec = w.rec
	for _, step := range steps {
		known, pick := at.Step(step.Axis, step.Test)
		if at = known.(static); pick == nil || len(at.defs) != 1 || at.text || !w.take(step, at, pick) {
			return false
		}
	}
	return w.repeat != nil && (w.last == w.repeat || w.last.leafNode) && w.plain()
}

// take takes one step; false if it cannot be folded.
func (w *foldPath) take(step xpath.Step, at static, pick *xpath.Pick) bool {
	d := at.defs[0]
	bare := len(step.Predicates) == 0
	w.last = d
	switch {
	case w.repeat != nil:
		w.leaf = append(w.leaf, d.slot)
		return bare && !d.repeat && step.Axis == xpath.Child
	case d.repeat && step.Axis == xpath.Child:
		w.repeat, w.align, w.predicates = d, at.align, step.Predicates
		return true
	case pick.One == nil:
		return false
	}
	before, one := w.holder, pick.One
	w.holder = func(ctx *xpath.Context) xpath.Node { return one(before(ctx)) }
	return bare
}

// plain reports whether the conditions look at one instance at a time.
func (w *foldPath) plain() bool {
	plain := true
	for _, x := range w.predicates {
		xpath.Walk(x, func(x xpath.Expr) {
			if call, ok := x.(*xpath.Call); ok {
				switch call.Name {
				case "position", "last", "current", "once", "random", "randomize":
					plain = false
				}
			}
		})
	}
	return plain
}

// contribute brings the part of one instance up to date.
func (s *Session) contribute(f *fold, n *inode) {
	if n.position == 0 {
		return // removed
	}
	now := s.share(f, n)
	was := n.shares[f.slot]
	if now == was || now.counts && was.counts && math.IsNaN(now.value) && math.IsNaN(was.value) {
		return
	}
	n.shares[f.slot] = now
	t := &n.parent.totals[f.at]
	t.add(was, -1)
	t.add(now, 1)
	s.fire(f.onTotal, n.parent)
}

// withdraw takes the parts of an instance that is removed out of the totals.
func (s *Session) withdraw(n *inode) {
	for _, f := range n.def.folds {
		n.parent.totals[f.at].add(n.shares[f.slot], -1)
		n.shares[f.slot] = share{}
		s.fire(f.onTotal, n.parent)
	}
}

func (s *Session) share(f *fold, n *inode) share {
	leaf := n
	for _, slot := range f.leaf {
		leaf = leaf.kids[slot]
	}
	if !leaf.relevant {
		return share{}
	}
	for _, p := range f.predicate {
		if !p.Truth(s.at(n)) {
			return share{}
		}
	}
	if f.adds {
		return share{true, leaf.Number(&s.env)}
	}
	return share{counts: true}
}
