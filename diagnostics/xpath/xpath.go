// Package xpath reads and evaluates OpenRosa XPath: XPath 1.0 with the
// functions that ODK and KoboToolbox forms use. An expression is parsed and
// compiled once, into closures typed by what they give (number, string,
// boolean, node-set), and evaluated as often as answers change.
//
// It works over any document that implements Node. It reads no file, keeps no
// state between evaluations, and knows nothing of forms: whoever owns the
// document says through Scope what is known of it beforehand.
package xpath

// Type is the type of a value.
type Type uint8

// The types of XPath 1.0, and Date: a point in time in days since 1970-01-01
// UTC, which counts as a number and is written as a date.
const (
	TypeAny Type = iota
	TypeBoolean
	TypeNumber
	TypeString
	TypeNodes
	TypeDate
)

// Value is the result of an evaluation.
type Value struct {
	Type  Type
	Bool  bool
	Num   float64
	Str   string
	Nodes []Node
}

// Program is a compiled expression, safe for concurrent use as long as each
// goroutine brings its own Context.
type Program struct {
	source string
	code   code
	number func(*Context) float64
	text   func(*Context) string
	truth  func(*Context) bool
}

// Compile parses and compiles an expression. The error is a *SyntaxError.
func Compile(source string, s Scope) (*Program, error) {
	tree, err := Parse(source)
	if err != nil {
		return nil, err
	}
	return CompileTree(source, tree, s)
}

// CompileTree compiles an expression that is already parsed (and perhaps
// rewritten by the owner of the document); source is used in messages only.
func CompileTree(source string, tree Expr, s Scope) (*Program, error) {
	c := &compiler{source: source, scope: s, statics: []Static{s.Context}}
	compiled, err := c.expr(tree)
	if err != nil {
		return nil, err
	}
	p := &Program{source: source, code: compiled}
	p.number, p.text, p.truth = c.number(compiled), c.text(compiled), c.truth(compiled)
	return p, nil
}

// Source is the text of the expression.
func (p *Program) Source() string { return p.source }

// Type is the type that the expression is known to give, TypeAny where that
// depends on the data.
func (p *Program) Type() Type { return p.code.typ }

// Number evaluates to a number, NaN where there is none.
func (p *Program) Number(c *Context) float64 { return p.number(c) }

// Text evaluates to a string.
func (p *Program) Text(c *Context) string { return p.text(c) }

// Truth evaluates to a boolean.
func (p *Program) Truth(c *Context) bool { return p.truth(c) }

// Nodes evaluates to a node-set in document order, nil for any other type.
func (p *Program) Nodes(c *Context) []Node {
	v := p.code.value(c)
	return v.Nodes
}

// Value evaluates to whatever the expression gives.
func (p *Program) Value(c *Context) Value { return p.code.value(c) }

// Static is what is known of the nodes that the expression gives; nil where
// nothing is.
func (p *Program) Static() Static { return p.code.static }

// Within sets the context node of an evaluation that belongs to another node.
func (c *Context) Within(n Node) *Context {
	c.Node = n
	return c
}
