package xpath

import "slices"

// Kind is the kind of a node.
type Kind uint8

// Kinds of node of the XPath data model, and the document type declaration,
// which browsers count as a node.
const (
	KindRoot Kind = iota
	KindElement
	KindAttribute
	KindText
	KindComment
	KindPI
	KindNamespace
	KindDoctype
)

// Name is the expanded name of a node; Prefix is the one that its document
// wrote.
type Name struct{ Space, Prefix, Local string }

// Node is what evaluation needs of a document. Nodes are compared with ==.
type Node interface {
	Kind() Kind
	Name() Name
	Parent() Node       // nil for the root; the element for an attribute
	Children() []Node   // not to be changed by the caller
	Attributes() []Node // not to be changed by the caller
	StringValue() string
}

// Numeric is a node that keeps its value as a number, too.
type Numeric interface {
	Number(e *Env) float64
}

// ordered is a node that knows its place in its document.
type ordered interface {
	order() (document any, position int)
}

// sortNodes puts nodes into document order and removes doubles.
func sortNodes(nodes []Node) []Node {
	if len(nodes) < 2 {
		return nodes
	}
	slices.SortStableFunc(nodes, compareNodes)
	return slices.Compact(nodes)
}

func compareNodes(a, b Node) int {
	if a == b {
		return 0
	}
	if x, ok := a.(ordered); ok {
		if y, ok := b.(ordered); ok {
			docA, i := x.order()
			docB, j := y.order()
			if docA == docB {
				return i - j
			}
		}
	}
	return compareByAncestors(a, b)
}

// compareByAncestors walks up to where the ways to the two nodes part.
func compareByAncestors(a, b Node) int {
	up, down := chain(a), chain(b)
	for i := 0; i < len(up) && i < len(down); i++ {
		if up[i] == down[i] {
			continue
		}
		if i == 0 {
			return 0 // of two documents: any order, but stable
		}
		parent := up[i-1]
		return indexIn(parent, up[i]) - indexIn(parent, down[i])
	}
	return len(up) - len(down)
}

// chain is the way from the root to the node, both included.
func chain(n Node) []Node {
	var list []Node
	for ; n != nil; n = n.Parent() {
		list = append(list, n)
	}
	slices.Reverse(list)
	return list
}

// indexIn is the place of a child or an attribute; attributes come first.
func indexIn(parent, n Node) int {
	attributes := parent.Attributes()
	if i := slices.Index(attributes, n); i >= 0 {
		return i
	}
	return len(attributes) + slices.Index(parent.Children(), n)
}

func rootOf(n Node) Node {
	for p := n.Parent(); p != nil; p = n.Parent() {
		n = p
	}
	return n
}
