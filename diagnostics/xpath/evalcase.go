package xpath

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// EvalOptions is what an evaluation from outside the program may choose.
type EvalOptions struct {
	Location   *time.Location    // nil: time.Local
	Now        func() time.Time  // nil: time.Now
	Namespaces map[string]string // prefixes of the expression; nil: those of DefaultNamespaces
}

// DefaultNamespaces are the prefixes that an expression may use without a
// declaration.
func DefaultNamespaces() map[string]string {
	return map[string]string{
		"xhtml": "http://www.w3.org/1999/xhtml",
		"xml":   "http://www.w3.org/XML/1998/namespace",
		"ev":    "http://some-namespace.com/nss",
	}
}

// Result is the result of EvalCase: Value is a bool, a float64, a string, or
// a []string of positional paths. NaN and the infinities are strings.
type Result struct {
	Type  string `json:"type"`
	Value any    `json:"value"`
}

// EvalCase evaluates an expression once over an XML document, at the node of
// the positional path contextPath ("" or "/" for the document), as wantType:
// boolean, number, number-rounded, string, string-length, nodes,
// nodes-unordered, or "" (or error) for what the expression gives by itself.
func EvalCase(exprSrc, xml, contextPath, wantType string, o EvalOptions) (Result, error) {
	doc, err := ParseDocument(strings.NewReader(xml))
	if err != nil {
		return Result{}, err
	}
	node, err := FindPath(doc, contextPath)
	if err != nil {
		return Result{}, err
	}
	if o.Namespaces == nil {
		o.Namespaces = DefaultNamespaces()
	}
	p, err := Compile(exprSrc, Scope{Namespaces: o.Namespaces, Lenient: true})
	if err != nil {
		return Result{}, err
	}
	ctx := (&Context{Env: &Env{Location: o.Location, Now: o.Now, Instance: instanceOf(doc)}}).At(node)
	r, err := p.result(ctx, wantType)
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return Result{}, err
	}
	return r, nil
}

// instanceOf finds secondary instances where the document holds a whole form.
func instanceOf(doc *XMLNode) func(string) Node {
	return func(id string) Node {
		for _, n := range walk(Descendant, doc, nil, func(n Node) bool { return n.Name().Local == "instance" }) {
			e := n.(*XMLNode)
			if own, _ := e.Attr("", "id"); own == id {
				return e
			}
		}
		return nil
	}
}

func (p *Program) result(ctx *Context, wantType string) (Result, error) {
	if wantType == "" || wantType == "error" {
		wantType = typeNames[p.Value(ctx).Type]
	}
	switch wantType {
	case "boolean":
		return Result{wantType, p.Truth(ctx)}, nil
	case "number", "number-rounded":
		f := p.Number(ctx)
		if math.IsNaN(f) || math.IsInf(f, 0) {
			return Result{wantType, FormatNumber(f)}, nil
		}
		return Result{wantType, f}, nil
	case "string", "string-length":
		return Result{wantType, p.Text(ctx)}, nil
	case "nodes", "nodes-unordered":
		v := p.Value(ctx)
		if v.Type != TypeNodes {
			return Result{}, fmt.Errorf("%q gives no nodes", p.source)
		}
		paths := []string{}
		for _, n := range sortNodes(v.Nodes) {
			paths = append(paths, PathOf(n))
		}
		return Result{wantType, paths}, nil
	}
	return Result{}, fmt.Errorf("unknown type %q", wantType)
}

var typeNames = map[Type]string{
	TypeBoolean: "boolean", TypeNumber: "number", TypeString: "string", TypeNodes: "nodes",
	TypeDate: "string", TypeAny: "string",
}

// PathOf is the positional path of a node: /*[1]/*[2]/@id, …/text()[1], "/".
func PathOf(n Node) string {
	parent := n.Parent()
	if parent == nil {
		return "/"
	}
	above := PathOf(parent)
	if above == "/" {
		above = ""
	}
	switch n.Kind() {
	case KindAttribute:
		return above + "/@" + qualified(n)
	case KindNamespace:
		return above + "/namespace::" + n.Name().Local
	}
	place := 1
	before, _ := around(n)
	for _, x := range before {
		if x.Kind() == n.Kind() {
			place++
		}
	}
	return above + "/" + pathTests[n.Kind()] + "[" + strconv.Itoa(place) + "]"
}

var pathTests = map[Kind]string{
	KindElement: "*", KindText: "text()", KindComment: "comment()", KindPI: "processing-instruction()",
	KindDoctype: "processing-instruction()", // it has no test of its own
}

// FindPath finds the node of a positional path.
func FindPath(root Node, path string) (Node, error) {
	if path == "" || path == "/" {
		return root, nil
	}
	n := root
	for _, step := range strings.Split(strings.TrimPrefix(path, "/"), "/") {
		next := findStep(n, step)
		if next == nil {
			return nil, fmt.Errorf("no node at %q", path)
		}
		n = next
	}
	return n, nil
}

func findStep(n Node, step string) Node {
	if name, ok := strings.CutPrefix(step, "@"); ok {
		for _, a := range n.Attributes() {
			if qualified(a) == name {
				return a
			}
		}
		return nil
	}
	test, rest, _ := strings.Cut(step, "[")
	wanted, err := strconv.Atoi(strings.TrimSuffix(rest, "]"))
	if err != nil {
		return nil
	}
	for _, x := range n.Children() {
		if pathTests[x.Kind()] == test {
			if wanted--; wanted == 0 {
				return x
			}
		}
	}
	return nil
}
