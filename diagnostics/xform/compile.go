package xform

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"solidaren/diagnostics/xpath"
)

// kind is what an expression decides.
type kind uint8

// Kinds of computation. Those before kindCount stand in a bind or a repeat.
const (
	calculateKind kind = iota
	relevantKind
	requiredKind
	readonlyKind
	constraintKind
	countKind // how many instances a repeat has
	kindCount
	choicesKind = kindCount     // which choices there are
	viewKind    = kindCount + 1 // what a label or hint says
	partKind    = kindCount + 2 // what an instance adds to a sum or count
)

// comp is a computation: one expression of one definition.
type comp struct {
	def     *def
	kind    kind
	program *xpath.Program
	reads   []dependency
	rank    int    // place in the order of evaluation
	mask    uint16 // bit of inode.pending; 0: none, it may wait twice
	fold    *fold  // of partKind
	speaks  bool   // depends on the language
}

// target is where the computation is done: the number of instances of a
// repeat at the node around them.
func (c *comp) target() *def {
	if c.kind == countKind {
		return c.def.parent
	}
	return c.def
}

// edge leads from what changed to a computation that reads it.
type edge struct {
	comp  *comp
	up    *def   // the repeat to climb to; nil: the root
	chain []*def // from there down to the nodes of the computation
}

// compile compiles every expression and puts the computations in order.
func (p *parser) compile(*xpath.XMLNode) {
	f := p.form
	for _, d := range f.defs {
		for k, source := range d.bind.exprs {
			if source != "" {
				p.compute(d, kind(k), exprNames[k], source)
			}
		}
		d.bind.constraintMsg = p.message(d, "jr:constraintMsg", d.bind.constraintText)
		d.bind.requiredMsg = p.message(d, "jr:requiredMsg", d.bind.requiredText)
		p.describe(d, d.control)
		p.describe(d, d.group)
	}
	for _, a := range f.actions {
		p.compileAction(a)
	}
	if len(p.errors) > 0 {
		return
	}
	p.rank()
	for _, c := range f.comps {
		for _, r := range c.reads {
			f.connect(c, r)
		}
	}
}

func (p *parser) compute(d *def, k kind, attr, source string) {
	if k == countKind {
		attr = "jr:count"
	}
	program, rec := p.compileExpr(d, attr, source)
	if program == nil {
		return
	}
	c := &comp{def: d, kind: k, program: program, reads: rec.reads, speaks: rec.speaks()}
	d.comps[k] = c
	p.form.comps = append(p.form.comps, c)
}

// compileAction compiles what a setvalue sets.
func (p *parser) compileAction(a *action) {
	source := attribute(a.element, "value")
	if source == "" {
		a.plain = strings.TrimSpace(a.element.StringValue())
		return
	}
	a.program, _ = p.compileExpr(a.target, "setvalue", source)
}

// program compiles an expression that is only shown; what it reads makes its
// node change.
func (p *parser) program(d *def, attr, source string, k kind) *xpath.Program {
	program, rec := p.compileExpr(d, attr, source)
	if program != nil {
		p.shows(d, k, rec)
	}
	return program
}

// shows notes that what a node shows depends on what rec has read.
func (p *parser) shows(d *def, k kind, rec *recorder) {
	if len(rec.reads) == 0 {
		return
	}
	slot := &d.viewComp
	if k == choicesKind {
		slot = &d.choiceComp
	}
	if *slot == nil {
		*slot = &comp{def: d, kind: k}
		p.form.comps = append(p.form.comps, *slot)
	}
	for _, r := range rec.reads {
		if !slices.Contains((*slot).reads, r) {
			(*slot).reads = append((*slot).reads, r)
		}
	}
}

// speaking are the functions whose results depend on the language.
var speaking = []string{"jr:itext", "jr:choice-name", "choice-name", "format-date", "format-date-time"}

func (r *recorder) speaks() bool {
	return slices.ContainsFunc(speaking, func(name string) bool { return r.calls[name] })
}

// compileExpr compiles an expression that belongs to d; nil if it is wrong,
// which is then reported.
func (p *parser) compileExpr(d *def, attr, source string) (*xpath.Program, *recorder) {
	rec := &recorder{form: p.form, calls: map[string]bool{}}
	context := static{rec: rec, defs: []*def{d}, align: d.scope()}
	return p.compileIn(rec, context, d, attr, source), rec
}

// keepOwn reads a calculation that begins with its own value, coalesce(own, x),
// as once(x), which means the same without going round in a circle.
func keepOwn(d *def, tree xpath.Expr) xpath.Expr {
	call, ok := tree.(*xpath.Call)
	if !ok || call.Name != "coalesce" || len(call.Args) != 2 {
		return tree
	}
	if own, ok := call.Args[0].(*xpath.Path); ok && d.isAt(own) {
		return &xpath.Call{Name: "once", Args: call.Args[1:], At: call.At}
	}
	return tree
}

// parseAt parses an expression of d. The paths that indexed-repeat() is given
// are made absolute: a question and a repeat around it may be written from
// different ends.
func parseAt(d *def, source string) (xpath.Expr, error) {
	tree, err := xpath.Parse(source)
	xpath.Walk(tree, func(x xpath.Expr) {
		call, ok := x.(*xpath.Call)
		if !ok || call.Name != "indexed-repeat" {
			return
		}
		for i, arg := range call.Args {
			if path, ok := arg.(*xpath.Path); ok && (i == 0 || i%2 == 1) && !path.Absolute && path.Start == nil {
				call.Args[i] = d.absolute(path)
			}
		}
	})
	return tree, err
}

// absolute is a relative path of d as an absolute one, as far as it leads up
// and down by names.
func (d *def) absolute(path *xpath.Path) xpath.Expr {
	for _, step := range path.Steps {
		var kids []*def
		switch {
		case len(step.Predicates) > 0:
		case step.Axis == xpath.Self:
			kids = []*def{d}
		case step.Axis == xpath.Parent && d.parent != nil:
			kids = []*def{d.parent}
		case step.Axis == xpath.Child && step.Test.Kind == xpath.TestName && step.Test.Local != "*":
			kids = d.child(step.Test.Prefix, step.Test.Local, false)
		}
		if len(kids) != 1 {
			return path
		}
		d = kids[0]
	}
	out := &xpath.Path{Absolute: true}
	for _, up := range chainTo(d, nil) {
		if up.parent != nil {
			out.Steps = append(out.Steps, xpath.Step{Axis: xpath.Child, Test: xpath.Test{Kind: xpath.TestName, Prefix: up.prefix, Local: up.local}})
		}
	}
	return out
}

// isAt reports whether a path is "." or the plain absolute path of d.
func (d *def) isAt(p *xpath.Path) bool {
	if !p.Absolute {
		return p.Start == nil && len(p.Steps) == 1 && p.Steps[0].Axis == xpath.Self
	}
	path := ""
	for _, step := range p.Steps {
		if step.Axis != xpath.Child || step.Test.Kind != xpath.TestName || len(step.Predicates) > 0 {
			return false
		}
		path += "/" + qualifiedName(xpath.Name{Prefix: step.Test.Prefix, Local: step.Test.Local})
	}
	return path == d.path
}

// compileIn compiles an expression of d whose context node is known to be what
// context says.
func (p *parser) compileIn(rec *recorder, context xpath.Static, d *def, attr, source string) *xpath.Program {
	tree, err := parseAt(d, source)
	if err != nil {
		p.exprError(d.path, attr, source, err)
		return nil
	}
	if attr == exprNames[calculateKind] {
		tree = keepOwn(d, tree)
	}
	program, err := xpath.CompileTree(source, tree, rec.scope(context))
	if err != nil {
		p.exprError(d.path, attr, source, err)
		return nil
	}
	path := d.path
	for _, u := range rec.unknown {
		p.fail(path, attr, source, "référence à un nœud inconnu : "+u, "reference to an unknown node: "+u)
	}
	rec.unknown = nil
	return program
}

func (r *recorder) scope(context xpath.Static) xpath.Scope {
	return xpath.Scope{
		Context: context, Absolute: r.absolute, Visible: visible, Written: true,
		Fold: r.fold, Called: func(name string) { r.calls[name] = true },
	}
}

func (p *parser) exprError(path, attr, source string, err error) {
	what := err.Error()
	var syntax *xpath.SyntaxError
	if errors.As(err, &syntax) {
		what = syntax.What
	}
	e := &FormError{Path: path, Attr: attr, Expr: source, FR: "expression refusée : " + what, EN: "expression refused: " + what, Err: err}
	p.errors = append(p.errors, e)
}

// connect makes what a computation reads lead to it.
func (f *Form) connect(c *comp, r dependency) {
	target := c.target()
	e := edge{comp: c, up: r.align}
	if !target.within(e.up) {
		e.up = target.scope()
	}
	if e.chain = chainTo(target, e.up); e.up == nil {
		e.chain = chainTo(target, f.root)
	}
	switch r.what {
	case readsValue:
		r.on.onValue = append(r.on.onValue, e)
	case readsRelevance:
		r.on.onRelevance = append(r.on.onRelevance, e)
	case readsMembers:
		r.on.onMembers = append(r.on.onMembers, e)
	case readsTotal:
		r.fold.onTotal = append(r.fold.onTotal, e)
	case readsPosition:
		r.on.onPosition = append(r.on.onPosition, e)
	}
}

// chainTo lists the definitions below top down to d.
func chainTo(d, top *def) []*def {
	var list []*def
	for ; d != top && d != nil; d = d.parent {
		list = append(list, d)
	}
	slices.Reverse(list)
	return list
}

// rank orders the computations so that each comes after what it reads. A
// cycle is an error; only nodes that hide each other, and repeats that decide
// their own number, are let through.
func (p *parser) rank() {
	g := newGraph(p.form.comps)
	for _, group := range g.components() {
		if !g.cyclic(group) {
			continue
		}
		if g.strongCycle(group) != nil || !g.harmless(group) {
			p.cycleError(g.walkCycle(group))
		}
	}
	if len(p.errors) > 0 {
		return
	}
	ordered := make([]*comp, 0, len(p.form.comps))
	for _, group := range g.components() {
		for _, i := range g.inside(group) {
			ordered = append(ordered, p.form.comps[i])
		}
	}
	for i, c := range ordered {
		c.rank, c.mask = i, c.bit()
	}
	p.form.comps = ordered
}

// bit is the bit of a computation among those of its node. A node may have
// several counted repeats, and more sums than there are bits.
func (c *comp) bit() uint16 {
	switch c.kind {
	case countKind:
		return 0
	case partKind:
		return uint16(1) << (uint(partKind) + uint(c.fold.slot)) // 0 if shifted out
	}
	return uint16(1) << c.kind
}

func (p *parser) cycleError(cycle []int) {
	names := make([]string, 0, len(cycle)+1)
	for _, i := range cycle {
		names = append(names, p.form.comps[i].def.path)
	}
	names = append(names, names[0])
	first := p.form.comps[cycle[0]]
	way := strings.Join(names, " → ")
	attr := exprNames[calculateKind]
	if first.kind < kindCount && exprNames[first.kind] != "" {
		attr = exprNames[first.kind]
	}
	p.fail(first.def.path, attr, first.def.expr(first.kind),
		fmt.Sprintf("calcul circulaire, chaque question attend l'autre : %s", way),
		fmt.Sprintf("circular dependency, each question waits for the other: %s", way))
}

func (d *def) expr(k kind) string {
	if k < kindCount {
		return d.bind.exprs[k]
	}
	return ""
}
