package xpath

import "slices"

// walk appends the nodes on an axis from n that pass the test, in the order
// of the axis (reverse axes: nearest first).
func walk(axis Axis, n Node, dst []Node, pass func(Node) bool) []Node {
	add := func(x Node) {
		if pass(x) {
			dst = append(dst, x)
		}
	}
	switch axis {
	case Child:
		for _, x := range n.Children() {
			add(x)
		}
	case Attribute:
		for _, x := range n.Attributes() {
			add(x)
		}
	case Self:
		add(n)
	case Parent:
		if p := n.Parent(); p != nil {
			add(p)
		}
	case Ancestor, AncestorOrSelf:
		if axis == Ancestor {
			n = n.Parent()
		}
		for ; n != nil; n = n.Parent() {
			add(n)
		}
	case Descendant, DescendantOrSelf:
		descend(n, axis == DescendantOrSelf, add)
	case FollowingSibling, PrecedingSibling:
		siblings(n, axis == FollowingSibling, add)
	case Following:
		following(n, add)
	case Preceding:
		preceding(n, add)
	case Namespace:
		namespaces(n, add)
	}
	return dst
}

func descend(n Node, self bool, add func(Node)) {
	if self {
		add(n)
	}
	for _, x := range n.Children() {
		descend(x, true, add)
	}
}

// around gives the siblings before and after a node that is a child.
func around(n Node) (before, after []Node) {
	p := n.Parent()
	if p == nil || n.Kind() == KindAttribute || n.Kind() == KindNamespace {
		return nil, nil
	}
	list := p.Children()
	i := slices.Index(list, n)
	if i < 0 {
		return nil, nil
	}
	return list[:i], list[i+1:]
}

func siblings(n Node, forward bool, add func(Node)) {
	before, after := around(n)
	if forward {
		for _, x := range after {
			add(x)
		}
		return
	}
	for _, x := range slices.Backward(before) {
		add(x)
	}
}

func following(n Node, add func(Node)) {
	if n.Kind() == KindAttribute || n.Kind() == KindNamespace {
		n = n.Parent()
		descend(n, false, add)
	}
	for ; n != nil; n = n.Parent() {
		_, after := around(n)
		for _, x := range after {
			descend(x, true, add)
		}
	}
}

func preceding(n Node, add func(Node)) {
	if n.Kind() == KindAttribute || n.Kind() == KindNamespace {
		n = n.Parent()
	}
	for ; n != nil; n = n.Parent() {
		before, _ := around(n)
		for _, x := range slices.Backward(before) {
			ascend(x, add)
		}
	}
}

// ascend gives a subtree in reverse document order.
func ascend(n Node, add func(Node)) {
	for _, x := range slices.Backward(n.Children()) {
		ascend(x, add)
	}
	add(n)
}

// namespaced is an element that knows the namespaces in scope.
type namespaced interface{ Namespaces() []Node }

func namespaces(n Node, add func(Node)) {
	if e, ok := n.(namespaced); ok {
		for _, x := range e.Namespaces() {
			add(x)
		}
	}
}

// matcher compiles a node test for an axis. Names are compared by namespace;
// an unknown prefix is compared with the prefix that the document wrote.
func matcher(axis Axis, t Test, scope *Scope) func(Node) bool {
	switch t.Kind {
	case TestNode:
		return func(Node) bool { return true }
	case TestText:
		return func(n Node) bool { return n.Kind() == KindText }
	case TestComment:
		return func(n Node) bool { return n.Kind() == KindComment }
	case TestPI:
		return func(n Node) bool {
			return n.Kind() == KindPI && (t.Local == "" || n.Name().Local == t.Local)
		}
	}
	principal := KindElement
	switch axis {
	case Attribute:
		principal = KindAttribute
	case Namespace:
		principal = KindNamespace
	}
	space, known := scope.Namespaces[t.Prefix]
	written := scope.Written
	return func(n Node) bool {
		if n.Kind() != principal {
			return false
		}
		if t.Local == "*" && t.Prefix == "" {
			return true
		}
		name := n.Name()
		if t.Local != "*" && name.Local != t.Local {
			return false
		}
		if written {
			return name.Prefix == t.Prefix
		}
		if t.Prefix == "" {
			return name.Space == ""
		}
		return known && name.Space == space || !known && name.Prefix == t.Prefix
	}
}
