package xpath

// Expr is a parsed expression: *NumberLit, *StringLit, *Call, *Binary,
// *Negate, *Path, *Filter or *AtCurrent.
type Expr interface{ expr() }

// NumberLit is a number in the text of an expression.
type NumberLit struct{ Value float64 }

// StringLit is a quoted string in the text of an expression.
type StringLit struct{ Value string }

// Call is a call of a function; Name may hold a prefix ("jr:itext").
type Call struct {
	Name string
	Args []Expr
	At   int // offset in the text
}

// Binary is an operator with two sides: or and = != < <= > >= + - * div mod |.
type Binary struct {
	Op          string
	Left, Right Expr
}

// Negate is the unary minus.
type Negate struct{ X Expr }

// Path is a location path. Start is the expression that it begins with
// (current(), instance('x'), a filter), nil for a plain relative or absolute
// path.
type Path struct {
	Start    Expr
	Absolute bool
	Steps    []Step
}

// Step is one step of a location path.
type Step struct {
	Axis       Axis
	Test       Test
	Predicates []Expr
}

// Filter is an expression with predicates: (…)[1].
type Filter struct {
	X          Expr
	Predicates []Expr
}

// AtCurrent evaluates X at the node that the whole expression belongs to,
// even inside a predicate. The text of an expression cannot say it; it comes
// from rewriting indexed-repeat().
type AtCurrent struct{ X Expr }

func (*NumberLit) expr() {}
func (*StringLit) expr() {}
func (*Call) expr()      {}
func (*Binary) expr()    {}
func (*Negate) expr()    {}
func (*Path) expr()      {}
func (*Filter) expr()    {}
func (*AtCurrent) expr() {}

// Walk visits an expression and everything in it.
func Walk(x Expr, visit func(Expr)) {
	if x == nil {
		return
	}
	visit(x)
	switch x := x.(type) {
	case *Call:
		walkAll(x.Args, visit)
	case *Binary:
		Walk(x.Left, visit)
		Walk(x.Right, visit)
	case *Negate:
		Walk(x.X, visit)
	case *AtCurrent:
		Walk(x.X, visit)
	case *Filter:
		Walk(x.X, visit)
		walkAll(x.Predicates, visit)
	case *Path:
		Walk(x.Start, visit)
		for _, step := range x.Steps {
			walkAll(step.Predicates, visit)
		}
	}
}

func walkAll(list []Expr, visit func(Expr)) {
	for _, x := range list {
		Walk(x, visit)
	}
}

// Axis is one of the axes of XPath 1.0.
type Axis uint8

// The axes.
const (
	Child Axis = iota
	Descendant
	Parent
	Ancestor
	FollowingSibling
	PrecedingSibling
	Following
	Preceding
	Attribute
	Namespace
	Self
	DescendantOrSelf
	AncestorOrSelf
)

var axes = map[string]Axis{
	"child": Child, "descendant": Descendant, "parent": Parent, "ancestor": Ancestor,
	"following-sibling": FollowingSibling, "preceding-sibling": PrecedingSibling,
	"following": Following, "preceding": Preceding, "attribute": Attribute,
	"namespace": Namespace, "self": Self, "descendant-or-self": DescendantOrSelf,
	"ancestor-or-self": AncestorOrSelf,
}

// reverse reports whether positions on the axis count backwards.
func (a Axis) reverse() bool {
	return a == Ancestor || a == AncestorOrSelf || a == Preceding || a == PrecedingSibling
}

// flat reports whether steps along the axis, from nodes in document order
// none of which holds another, stay in document order without doubles.
func (a Axis) flat() bool { return a == Child || a == Attribute || a == Self }

// TestKind is what a node test asks for.
type TestKind uint8

// Kinds of node test.
const (
	TestName    TestKind = iota // name, prefix:name, *, prefix:*
	TestNode                    // node()
	TestText                    // text()
	TestComment                 // comment()
	TestPI                      // processing-instruction('target')
)

// Test is a node test. Local "*" is any name.
type Test struct {
	Kind          TestKind
	Prefix, Local string
}

// Steps of abbreviations.
var (
	anyDescendant = Step{Axis: DescendantOrSelf, Test: Test{Kind: TestNode}}
	parentStep    = Step{Axis: Parent, Test: Test{Kind: TestNode}}
	selfStep      = Step{Axis: Self, Test: Test{Kind: TestNode}}
)
