package xpath

import "math"

func (c *compiler) binary(x *Binary) (code, error) {
	left, err := c.expr(x.Left)
	if err != nil {
		return code{}, err
	}
	right, err := c.expr(x.Right)
	if err != nil {
		return code{}, err
	}
	switch x.Op {
	case "or":
		a, b := c.truth(left), c.truth(right)
		return truthCode(func(ctx *Context) bool { return a(ctx) || b(ctx) }), nil
	case "and":
		a, b := c.truth(left), c.truth(right)
		return truthCode(func(ctx *Context) bool { return a(ctx) && b(ctx) }), nil
	case "=", "!=", "<", "<=", ">", ">=":
		return c.compare(x.Op, left, right), nil
	case "|":
		return c.union(left, right)
	}
	return arithmetic(x.Op, c.number(left), c.number(right)), nil
}

func arithmetic(op string, a, b func(*Context) float64) code {
	switch op {
	case "+":
		return numberCode(func(ctx *Context) float64 { return a(ctx) + b(ctx) })
	case "-":
		return numberCode(func(ctx *Context) float64 { return a(ctx) - b(ctx) })
	case "*":
		return numberCode(func(ctx *Context) float64 { return a(ctx) * b(ctx) })
	case "div":
		return numberCode(func(ctx *Context) float64 { return a(ctx) / b(ctx) })
	}
	return numberCode(func(ctx *Context) float64 { return math.Mod(a(ctx), b(ctx)) })
}

// bothStatics is what is known of a union.
type bothStatics struct{ a, b Static }

func (s bothStatics) Step(axis Axis, test Test) (Static, *Pick) {
	a, _ := s.a.Step(axis, test)
	b, _ := s.b.Step(axis, test)
	return bothStatics{a, b}, nil
}

func (s bothStatics) Read(value bool) {
	s.a.Read(value)
	s.b.Read(value)
}

// someStatic is what is known of nodes of which others are not known at all:
// no shortcut leads on from them.
type someStatic struct{ Static }

func (s someStatic) Step(axis Axis, test Test) (Static, *Pick) {
	next, _ := s.Static.Step(axis, test)
	return someStatic{next}, nil
}

func (c *compiler) union(left, right code) (code, error) {
	a, okA := c.nodeList(left, false)
	b, okB := c.nodeList(right, false)
	if !okA || !okB {
		return code{}, c.fail(0, "| needs a node-set on both sides")
	}
	result := nodesCode(func(ctx *Context, dst []Node) []Node {
		start := len(dst)
		dst = b(ctx, a(ctx, dst))
		return dst[:start+len(sortNodes(dst[start:]))]
	})
	switch {
	case left.static != nil && right.static != nil:
		result.static = bothStatics{left.static, right.static}
	case left.static != nil:
		result.static = someStatic{left.static}
	case right.static != nil:
		result.static = someStatic{right.static}
	}
	return result, nil
}

// relations compares two numbers; a comparison with NaN is false but for !=.
var relations = map[string]func(a, b float64) bool{
	"=":  func(a, b float64) bool { return a == b },
	"!=": func(a, b float64) bool { return a != b },
	"<":  func(a, b float64) bool { return a < b },
	"<=": func(a, b float64) bool { return a <= b },
	">":  func(a, b float64) bool { return a > b },
	">=": func(a, b float64) bool { return a >= b },
}

// mirrored is the operator with its sides exchanged.
var mirrored = map[string]string{"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}

// compare compiles a comparison by the rules of XPath 1.0 §3.4, with dates
// compared as points in time.
func (c *compiler) compare(op string, left, right code) code {
	if left.typ != TypeNodes && right.typ == TypeNodes {
		left, right, op = right, left, mirrored[op]
	}
	equality := op == "=" || op == "!="
	switch {
	case left.typ == TypeAny || right.typ == TypeAny:
		return c.compareValues(op, left, right)
	case equality && (left.typ == TypeBoolean || right.typ == TypeBoolean):
		return c.compareTruths(op, left, right)
	case left.typ == TypeNodes && right.typ != TypeNodes:
		return c.compareNodeSet(op, left, right)
	case left.typ == TypeNodes:
		return c.compareNodes(op, left, right)
	case equality && left.typ == TypeString && right.typ == TypeString:
		return compareTexts(op, left, right)
	}
	relation, a, b := relations[op], c.number(left), c.number(right)
	return truthCode(func(ctx *Context) bool { return relation(a(ctx), b(ctx)) })
}

// compareNodes compares two node-sets.
func (c *compiler) compareNodes(op string, left, right code) code {
	if left.one != nil && right.one != nil {
		return c.compareOnes(op, left, right)
	}
	return c.compareValues(op, left, right)
}

func compareTexts(op string, left, right code) code {
	a, b, same := left.str, right.str, op == "="
	return truthCode(func(ctx *Context) bool { return equalText(a(ctx), b(ctx), ctx.Env) == same })
}

func (c *compiler) compareTruths(op string, left, right code) code {
	a, b, same := c.truth(left), c.truth(right), op == "="
	return truthCode(func(ctx *Context) bool { return (a(ctx) == b(ctx)) == same })
}

// equalText compares two texts: as points in time where both are dates.
func equalText(a, b string, e *Env) bool {
	if a == b {
		return true
	}
	if !looksLikeDate(a) || !looksLikeDate(b) {
		return false
	}
	x, okX := parseTime(a, e.location())
	y, okY := parseTime(b, e.location())
	return okX && okY && x.Equal(y)
}

// compareNodeSet compares a node-set with a value that is none.
func (c *compiler) compareNodeSet(op string, left, right code) code {
	asText := right.typ == TypeString && (op == "=" || op == "!=")
	var holds func(*Context) func(Node) bool
	switch {
	case asText:
		holds = textHolds(c.text(right), op == "=")
	default:
		holds = numberHolds(c.number(right), relations[op])
	}
	c.read(left, true)
	if asText && left.one != nil {
		return compareOneText(left.one, c.text(right), op == "=")
	}
	if left.one != nil {
		one, value, relation := left.one, c.number(right), relations[op]
		return truthCode(func(ctx *Context) bool {
			n := one(ctx)
			return n != nil && relation(nodeNumber(n, ctx.Env), value(ctx))
		})
	}
	nodes := left.nodes
	return truthCode(func(ctx *Context) bool {
		list := nodes(ctx, ctx.take())
		found := false
		for test, i := holds(ctx), 0; i < len(list) && !found; i++ {
			found = test(list[i])
		}
		ctx.give(list)
		return found
	})
}

// compareOnes compares two paths that each lead to at most one node. A node that
// its owner hides is compared all the same, by the text that it has then.
func (c *compiler) compareOnes(op string, left, right code) code {
	c.read(left, true)
	c.read(right, true)
	a, b, relation := left.one, right.one, relations[op]
	texts, same := op == "=" || op == "!=", op == "="
	return truthCode(func(ctx *Context) bool {
		x, y := a(ctx), b(ctx)
		switch {
		case x == nil || y == nil:
			return false
		case texts:
			return equalText(x.StringValue(), y.StringValue(), ctx.Env) == same
		}
		return relation(nodeNumber(x, ctx.Env), nodeNumber(y, ctx.Env))
	})
}

func compareOneText(one func(*Context) Node, value func(*Context) string, same bool) code {
	return truthCode(func(ctx *Context) bool {
		n := one(ctx)
		return n != nil && equalText(n.StringValue(), value(ctx), ctx.Env) == same
	})
}

func textHolds(value func(*Context) string, same bool) func(*Context) func(Node) bool {
	return func(ctx *Context) func(Node) bool {
		text := value(ctx)
		return func(n Node) bool { return equalText(n.StringValue(), text, ctx.Env) == same }
	}
}

func numberHolds(value func(*Context) float64, relation func(a, b float64) bool) func(*Context) func(Node) bool {
	return func(ctx *Context) func(Node) bool {
		number := value(ctx)
		return func(n Node) bool { return relation(nodeNumber(n, ctx.Env), number) }
	}
}

// compareValues compares when the types are known only at evaluation, or when
// both sides are node-sets.
func (c *compiler) compareValues(op string, left, right code) code {
	c.read(left, true)
	c.read(right, true)
	return truthCode(func(ctx *Context) bool {
		return compareAny(op, left.value(ctx), right.value(ctx), ctx.Env)
	})
}

func compareAny(op string, a, b Value, e *Env) bool {
	equality := op == "=" || op == "!="
	if equality && (a.Type == TypeBoolean || b.Type == TypeBoolean) {
		return (a.truth() == b.truth()) == (op == "=")
	}
	if a.Type == TypeNodes {
		for _, n := range a.Nodes {
			if compareAny(op, Value{Type: TypeString, Str: n.StringValue()}, b, e) {
				return true
			}
		}
		return false
	}
	if b.Type == TypeNodes {
		return compareAny(mirrored[op], b, a, e)
	}
	if equality && a.Type == TypeString && b.Type == TypeString {
		return equalText(a.Str, b.Str, e) == (op == "=")
	}
	return relations[op](a.number(e), b.number(e))
}
