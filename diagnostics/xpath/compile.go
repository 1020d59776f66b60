package xpath

import "math"

// code is a compiled expression. Exactly one of num, str, truth, nodes and
// any is set, by its type: what it gives without conversion. one, beside
// nodes, is set where there is at most one node.
type code struct {
	typ    Type
	num    func(*Context) float64 // TypeNumber, TypeDate
	str    func(*Context) string
	truth  func(*Context) bool
	nodes  func(*Context, []Node) []Node
	one    func(*Context) Node
	any    func(*Context) Value
	static Static   // of the nodes
	lit    *literal // a constant
}

type literal struct {
	text   string
	number float64
	isText bool
}

type compiler struct {
	source  string
	scope   Scope
	statics []Static // of the context nodes around, the innermost last
}

func (c *compiler) fail(at int, what string) error {
	return &SyntaxError{Source: c.source, At: at, What: what}
}

func (c *compiler) expr(x Expr) (code, error) {
	switch x := x.(type) {
	case *NumberLit:
		v := x.Value
		return code{typ: TypeNumber, num: func(*Context) float64 { return v }, lit: &literal{number: v, text: FormatNumber(v)}}, nil
	case *StringLit:
		v := x.Value
		return code{typ: TypeString, str: func(*Context) string { return v }, lit: &literal{text: v, number: math.NaN(), isText: true}}, nil
	case *Negate:
		inner, err := c.expr(x.X)
		if err != nil {
			return code{}, err
		}
		f := c.number(inner)
		return numberCode(func(ctx *Context) float64 { return -f(ctx) }), nil
	case *Binary:
		return c.binary(x)
	case *Call:
		return c.call(x)
	case *Path:
		return c.path(x)
	case *Filter:
		return c.filter(x)
	case *AtCurrent:
		return c.atCurrent(x)
	}
	return code{}, c.fail(0, "unknown kind of expression")
}

func numberCode(f func(*Context) float64) code       { return code{typ: TypeNumber, num: f} }
func textCode(f func(*Context) string) code          { return code{typ: TypeString, str: f} }
func truthCode(f func(*Context) bool) code           { return code{typ: TypeBoolean, truth: f} }
func anyCode(f func(*Context) Value) code            { return code{typ: TypeAny, any: f} }
func dateCode(f func(*Context) float64) code         { return code{typ: TypeDate, num: f} }
func nodesCode(f func(*Context, []Node) []Node) code { return code{typ: TypeNodes, nodes: f} }

// atCurrent leaves the predicates around for the node of the expression.
func (c *compiler) atCurrent(x *AtCurrent) (code, error) {
	statics := c.statics
	c.statics = c.statics[:1:1]
	inner, err := c.expr(x.X)
	c.statics = statics
	if err != nil {
		return code{}, err
	}
	f := c.number(inner)
	return numberCode(func(ctx *Context) float64 {
		node, pos, size := ctx.Node, ctx.pos, ctx.size
		ctx.Node, ctx.pos, ctx.size = ctx.current, 1, 1
		v := f(ctx)
		ctx.Node, ctx.pos, ctx.size = node, pos, size
		return v
	}), nil
}

// read tells the owner of the document what becomes of nodes: their texts are
// read, or only whether they are there. Of several nodes it always matters
// which are there.
func (c *compiler) read(x code, value bool) {
	if x.typ != TypeNodes || x.static == nil {
		return
	}
	if value {
		x.static.Read(true)
	}
	if !value || x.one == nil {
		x.static.Read(false)
	}
}

// first gives the first node of a node-set.
func (x code) first() func(*Context) Node {
	if x.one != nil {
		return x.one
	}
	nodes := x.nodes
	return func(ctx *Context) Node {
		list := nodes(ctx, ctx.take())
		var n Node
		if len(list) > 0 {
			n = list[0]
		}
		ctx.give(list)
		return n
	}
}

// number compiles the conversion to a number.
func (c *compiler) number(x code) func(*Context) float64 {
	c.read(x, true)
	switch x.typ {
	case TypeNumber, TypeDate:
		return x.num
	case TypeBoolean:
		truth := x.truth
		return func(ctx *Context) float64 {
			if truth(ctx) {
				return 1
			}
			return 0
		}
	case TypeString:
		str := x.str
		return func(ctx *Context) float64 { return textNumber(str(ctx), ctx.Env) }
	case TypeNodes:
		first := x.first()
		return func(ctx *Context) float64 {
			n := first(ctx)
			if n == nil {
				return math.NaN()
			}
			return nodeNumber(n, ctx.Env)
		}
	}
	any := x.any
	return func(ctx *Context) float64 { return any(ctx).number(ctx.Env) }
}

// text compiles the conversion to a string.
func (c *compiler) text(x code) func(*Context) string {
	c.read(x, true)
	switch x.typ {
	case TypeNumber:
		num := x.num
		return func(ctx *Context) string { return FormatNumber(num(ctx)) }
	case TypeDate:
		num := x.num
		return func(ctx *Context) string { return formatDate(num(ctx), ctx.Env.location()) }
	case TypeBoolean:
		truth := x.truth
		return func(ctx *Context) string { return boolText(truth(ctx)) }
	case TypeString:
		return x.str
	case TypeNodes:
		first := x.first()
		return func(ctx *Context) string {
			n := first(ctx)
			if n == nil {
				return ""
			}
			return n.StringValue()
		}
	}
	any := x.any
	return func(ctx *Context) string { return any(ctx).text(ctx.Env) }
}

// truth compiles the conversion to a boolean.
func (c *compiler) truth(x code) func(*Context) bool {
	c.read(x, false)
	switch x.typ {
	case TypeBoolean:
		return x.truth
	case TypeNumber, TypeDate:
		num := x.num
		return func(ctx *Context) bool {
			f := num(ctx)
			return f != 0 && !math.IsNaN(f)
		}
	case TypeString:
		str := x.str
		return func(ctx *Context) bool { return str(ctx) != "" }
	case TypeNodes:
		first := x.first()
		return func(ctx *Context) bool { return first(ctx) != nil }
	}
	any := x.any
	return func(ctx *Context) bool { return any(ctx).truth() }
}

// value gives the result without conversion.
func (x code) value(ctx *Context) Value {
	switch x.typ {
	case TypeNumber, TypeDate:
		return Value{Type: x.typ, Num: x.num(ctx)}
	case TypeBoolean:
		return Value{Type: TypeBoolean, Bool: x.truth(ctx)}
	case TypeString:
		return Value{Type: TypeString, Str: x.str(ctx)}
	case TypeNodes:
		return Value{Type: TypeNodes, Nodes: x.nodes(ctx, nil)}
	}
	return x.any(ctx)
}

// nodeList compiles an argument that must be a node-set. value says whether
// the texts of the nodes are read.
func (c *compiler) nodeList(x code, value bool) (func(*Context, []Node) []Node, bool) {
	c.read(x, value)
	c.read(x, false)
	switch x.typ {
	case TypeNodes:
		return x.nodes, true
	case TypeAny:
		any := x.any
		return func(ctx *Context, dst []Node) []Node { return append(dst, any(ctx).Nodes...) }, true
	}
	return nil, false
}

// call compiles the call of a function.
func (c *compiler) call(x *Call) (code, error) {
	compiled, err := c.strictCall(x)
	if err == nil || !c.scope.Lenient {
		return compiled, err
	}
	return anyCode(func(ctx *Context) Value {
		if ctx.err == nil {
			ctx.err = err
		}
		return Value{Type: TypeString}
	}), nil
}

func (c *compiler) strictCall(x *Call) (code, error) {
	f, ok := functions[x.Name]
	if !ok {
		return code{}, c.fail(x.At, "unknown function "+x.Name+"()")
	}
	if len(x.Args) < f.min || f.max >= 0 && len(x.Args) > f.max {
		return code{}, c.fail(x.At, "wrong number of arguments for "+x.Name+"()")
	}
	if c.scope.Called != nil {
		c.scope.Called(x.Name)
	}
	if f.rewrite != nil {
		tree, err := f.rewrite(x)
		if err != nil {
			return code{}, c.fail(x.At, err.Error())
		}
		return c.expr(tree)
	}
	if c.scope.Fold != nil && (x.Name == "sum" || x.Name == "count") {
		if total := c.scope.Fold(x, c.statics); total != nil {
			return numberCode(total), nil
		}
	}
	args := make([]code, len(x.Args))
	for i, a := range x.Args {
		compiled, err := c.expr(a)
		if err != nil {
			return code{}, err
		}
		args[i] = compiled
	}
	result, problem := f.build(c, args)
	if problem != "" {
		return code{}, c.fail(x.At, x.Name+"() "+problem)
	}
	return result, nil
}

// function is an entry of the table of functions. max is -1 where any number
// of arguments will do. Exactly one of build and rewrite is set.
type function struct {
	min, max int
	build    func(c *compiler, args []code) (result code, problem string)
	rewrite  func(*Call) (Expr, error)
}
