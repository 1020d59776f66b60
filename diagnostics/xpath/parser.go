package xpath

import (
	"fmt"
	"strconv"
	"strings"
)

// maxDepth bounds the nesting of an expression, so that a hostile form cannot
// exhaust the stack.
const maxDepth = 500

// Parse reads an expression. The error is a *SyntaxError.
func Parse(source string) (Expr, error) {
	tokens, err := lex(source)
	if err != nil {
		return nil, err
	}
	p := &parser{source: source, tokens: tokens}
	tree, err := p.binary(0)
	if err != nil {
		return nil, err
	}
	if p.peek().kind != tokEnd {
		return nil, p.unexpected()
	}
	return tree, nil
}

type parser struct {
	source string
	tokens []token
	next   int
	depth  int
}

func (p *parser) peek() token { return p.tokens[p.next] }

func (p *parser) peekAt(ahead int) token {
	return p.tokens[min(p.next+ahead, len(p.tokens)-1)]
}

func (p *parser) isOp(text string) bool {
	t := p.peek()
	return t.kind == tokOperator && t.text == text
}

func (p *parser) accept(op string) bool {
	if p.isOp(op) {
		p.next++
		return true
	}
	return false
}

func (p *parser) expect(op string) error {
	if !p.accept(op) {
		return p.fail(fmt.Sprintf("expected %q", op))
	}
	return nil
}

func (p *parser) fail(what string) error {
	return &SyntaxError{Source: p.source, At: p.peek().at, What: what}
}

func (p *parser) unexpected() error {
	if t := p.peek(); t.kind != tokEnd {
		return p.fail(fmt.Sprintf("unexpected %q", t.text))
	}
	return p.fail("unexpected end")
}

// precedence lists the binary operators from the loosest to the tightest.
var precedence = [][]string{
	{"or"}, {"and"}, {"=", "!="}, {"<", "<=", ">", ">="}, {"+", "-"}, {"*", "div", "mod"},
}

func (p *parser) binary(level int) (Expr, error) {
	if level == len(precedence) {
		return p.unary()
	}
	left, err := p.binary(level + 1)
	if err != nil {
		return nil, err
	}
	for {
		op := p.peek()
		if op.kind != tokOperator || !contains(precedence[level], op.text) {
			return left, nil
		}
		p.next++
		right, err := p.binary(level + 1)
		if err != nil {
			return nil, err
		}
		left = &Binary{Op: op.text, Left: left, Right: right}
	}
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

func (p *parser) unary() (Expr, error) {
	signs := 0
	for p.accept("-") {
		signs++
	}
	x, err := p.union()
	if signs == 0 || err != nil {
		return x, err
	}
	if signs%2 == 0 {
		x = &Negate{X: x} // two signs make a number all the same
	}
	return &Negate{X: x}, nil
}

func (p *parser) union() (Expr, error) {
	left, err := p.path()
	for err == nil && p.accept("|") {
		var right Expr
		right, err = p.path()
		left = &Binary{Op: "|", Left: left, Right: right}
	}
	return left, err
}

// path reads a location path, or a primary expression with what follows it.
func (p *parser) path() (Expr, error) {
	if p.depth++; p.depth > maxDepth {
		return nil, p.fail("expression nested too deep")
	}
	defer func() { p.depth-- }()
	if p.startsPrimary() {
		return p.filterPath()
	}
	path := &Path{}
	switch {
	case p.accept("//"):
		path.Absolute = true
		path.Steps = append(path.Steps, anyDescendant)
	case p.accept("/"):
		path.Absolute = true
		if !p.startsStep() {
			return path, nil
		}
	}
	return path, p.steps(path)
}

// startsPrimary reports whether a literal, a call or a parenthesis comes.
func (p *parser) startsPrimary() bool {
	t := p.peek()
	switch t.kind {
	case tokNumber, tokString:
		return true
	case tokOperator:
		return t.text == "("
	case tokName:
		return p.peekAt(1).kind == tokOperator && p.peekAt(1).text == "(" && !isNodeType(t.text)
	}
	return false
}

func isNodeType(name string) bool {
	_, ok := nodeTypes[name]
	return ok
}

var nodeTypes = map[string]TestKind{
	"node": TestNode, "text": TestText, "comment": TestComment, "processing-instruction": TestPI,
}

func (p *parser) startsStep() bool {
	t := p.peek()
	return t.kind == tokName || t.kind == tokOperator && (t.text == "." || t.text == ".." || t.text == "@")
}

func (p *parser) filterPath() (Expr, error) {
	x, err := p.primary()
	if err != nil {
		return nil, err
	}
	predicates, err := p.predicates()
	if err != nil {
		return nil, err
	}
	if len(predicates) > 0 {
		x = &Filter{X: x, Predicates: predicates}
	}
	path := &Path{Start: x}
	switch {
	case p.accept("//"):
		path.Steps = append(path.Steps, anyDescendant)
	case !p.accept("/"):
		return x, nil
	}
	return path, p.steps(path)
}

func (p *parser) primary() (Expr, error) {
	t := p.peek()
	p.next++
	switch t.kind {
	case tokNumber:
		v, err := strconv.ParseFloat(t.text, 64)
		if err != nil && v == 0 {
			return nil, p.fail("number that cannot be read")
		}
		return &NumberLit{Value: v}, nil
	case tokString:
		return &StringLit{Value: t.text}, nil
	case tokOperator: // "("
		x, err := p.binary(0)
		if err != nil {
			return nil, err
		}
		return x, p.expect(")")
	}
	return p.call(t)
}

func (p *parser) call(name token) (Expr, error) {
	call := &Call{Name: name.text, At: name.at}
	if err := p.expect("("); err != nil {
		return nil, err
	}
	if p.accept(")") {
		return call, nil
	}
	for {
		arg, err := p.binary(0)
		if err != nil {
			return nil, err
		}
		call.Args = append(call.Args, arg)
		if p.accept(")") {
			return call, nil
		}
		if err := p.expect(","); err != nil {
			return nil, err
		}
	}
}

func (p *parser) predicates() ([]Expr, error) {
	var list []Expr
	for p.accept("[") {
		x, err := p.binary(0)
		if err != nil {
			return nil, err
		}
		if err := p.expect("]"); err != nil {
			return nil, err
		}
		list = append(list, x)
	}
	return list, nil
}

func (p *parser) steps(path *Path) error {
	for {
		step, err := p.step()
		if err != nil {
			return err
		}
		path.Steps = append(path.Steps, step)
		switch {
		case p.accept("//"):
			path.Steps = append(path.Steps, anyDescendant)
		case !p.accept("/"):
			return nil
		}
	}
}

func (p *parser) step() (Step, error) {
	step := Step{Axis: Child}
	switch {
	case p.accept(".."):
		step = parentStep
	case p.accept("."):
		step = selfStep
	default:
		if p.accept("@") {
			step.Axis = Attribute
		} else if axis, ok := axes[p.peek().text]; ok && p.peekAt(1).text == "::" && p.peekAt(1).kind == tokOperator {
			p.next += 2
			step.Axis = axis
		}
		var err error
		if step.Test, err = p.test(); err != nil {
			return step, err
		}
	}
	var err error
	step.Predicates, err = p.predicates()
	return step, err
}

func (p *parser) test() (Test, error) {
	t := p.peek()
	if t.kind != tokName {
		return Test{}, p.unexpected()
	}
	p.next++
	if kind, ok := nodeTypes[t.text]; ok && p.accept("(") {
		test := Test{Kind: kind}
		if kind == TestPI && p.peek().kind == tokString {
			test.Local = p.peek().text
			p.next++
		}
		return test, p.expect(")")
	}
	prefix, local, found := strings.Cut(t.text, ":")
	if !found {
		prefix, local = "", t.text
	}
	return Test{Prefix: prefix, Local: local}, nil
}
