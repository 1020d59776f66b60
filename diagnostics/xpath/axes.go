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
	if axis == Child { // by far the most frequent
		for _, x := range n.Children() {
			add(x)
		}
		return dst
	}
	walkers[axis](n, add)
	return dst
}

// walkers visit the nodes on each axis.
var walkers = map[Axis]func(Node, func(Node)){
	Self:             func(n Node, add func(Node)) { add(n) },
	Attribute:        func(n Node, add func(Node)) { addAll(n.Attributes(), add) },
	Descendant:       func(n Node, add func(Node)) { descend(n, false, add) },
	DescendantOrSelf: func(n Node, add func(Node)) { descend(n, true, add) },
	FollowingSibling: func(n Node, add func(Node)) { siblings(n, true, add) },
	PrecedingSibling: func(n Node, add func(Node)) { siblings(n, false, add) },
	Ancestor:         func(n Node, add func(Node)) { climb(n.Parent(), add) },
	AncestorOrSelf:   climb,
	Following:        following,
	Preceding:        preceding,
	Namespace:        namespaces,
	Parent: func(n Node, add func(Node)) {
		if p := n.Parent(); p != nil {
			add(p)
		}
	},
}

func addAll(list []Node, add func(Node)) {
	for _, x := range list {
		add(x)
	}
}

func climb(n Node, add func(Node)) {
	for ; n != nil; n = n.Parent() {
		add(n)
	}
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
		addAll(after, add)
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
		addAll(e.Namespaces(), add)
	}
}

// matcher compiles a node test for an axis.
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
	if t.Local == "*" && t.Prefix == "" {
		return func(n Node) bool { return n.Kind() == principal }
	}
	space := spaceMatcher(t.Prefix, scope)
	return func(n Node) bool {
		if n.Kind() != principal {
			return false
		}
		name := n.Name()
		return (t.Local == "*" || name.Local == t.Local) && space(name)
	}
}

// spaceMatcher compares the namespaces of names; an unknown prefix is compared
// with the prefix that the document wrote.
func spaceMatcher(prefix string, scope *Scope) func(Name) bool {
	space, known := scope.Namespaces[prefix]
	if scope.Written || prefix != "" && !known {
		return func(n Name) bool { return n.Prefix == prefix }
	}
	return func(n Name) bool { return n.Space == space }
}
