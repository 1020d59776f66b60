package xform

import (
	"math"
	"strconv"
	"strings"

	"solidaren/diagnostics/xpath"
)

// tree is the answers of a session.
type tree struct {
	document *inode // above the root
	root     *inode
	nodes    int  // in instances that were added
	renamed  int  // counts changes of positions: refs of before are stale
	foreign  bool // the saved state holds what the form has not
}

// inode is a node of the answers: an instance of a definition. Its kids stand
// in the slots of their definitions; the slot of a repeat is empty, and its
// instances are in reps.
type inode struct {
	def    *def
	tree   *tree
	parent *inode
	kids   []*inode
	reps   [][]*inode
	totals []total // of the folds over reps
	shares []share // in the folds over the series that it belongs to

	typed    string // as given; kept while the node is irrelevant
	value    string // typed, without choices that are filtered out
	reason   string // why there is no answer; "" if nobody said
	number   float64
	numbered bool // number holds the value's
	position int  // of an instance of a repeat, from 1
	fromForm bool // an instance that stands in the form itself

	ownRelevant bool
	relevant    bool // and everything above, too
	required    bool
	readonly    bool
	satisfied   bool // the constraint holds
	typeOK      bool
	pending     uint16 // kinds of computations that wait
	marked      bool   // listed as changed

	ref       string
	refAt     int
	choices   []Choice
	choicesOf int // language of choices + 1; 0: none kept
}

// init makes a node of what was allocated.
func (n *inode) init(d *def, t *tree, parent *inode) *inode {
	n.def, n.tree, n.parent = d, t, parent
	n.ownRelevant, n.relevant, n.satisfied, n.typeOK = true, true, true, true
	if len(d.kids) > 0 {
		n.kids = make([]*inode, len(d.kids))
		n.reps = make([][]*inode, d.repeats)
	}
	if d.totals > 0 {
		n.totals = make([]total, d.totals)
	}
	if len(d.folds) > 0 {
		n.shares = make([]share, len(d.folds))
	}
	return n
}

func newNode(d *def, t *tree, parent *inode) *inode {
	return new(inode).init(d, t, parent)
}

// build makes a node and everything below from an element; nil gives a node
// without values.
func build(d *def, t *tree, parent *inode, e *xpath.XMLNode) *inode {
	return new(inode).build(d, t, parent, e)
}

func (n *inode) build(d *def, t *tree, parent *inode, e *xpath.XMLNode) *inode {
	n.init(d, t, parent)
	if d.leaf() && e != nil {
		n.typed = e.StringValue()
		n.value = n.typed
	}
	if len(d.kids) == 0 {
		return n
	}
	store := make([]inode, len(d.kids)) // in one piece: they come and go together
	named := byName(e)
	for i, k := range d.kids {
		switch {
		case k.attr:
			n.kids[k.slot] = store[i].init(k, t, n)
			if e != nil {
				n.kids[k.slot].typed = attributeNamed(e, k.local, k.prefix)
				n.kids[k.slot].value = n.kids[k.slot].typed
			}
		case k.repeat:
			for _, x := range named[k.local] {
				if _, isTemplate := x.Attr(nsJavaRosa, "template"); !isTemplate {
					one := build(k, t, n, x)
					one.fromForm = true
					n.adopt(k, one)
				}
			}
		default:
			var x *xpath.XMLNode
			if list := named[k.local]; k.nth < len(list) {
				x = list[k.nth]
			}
			n.kids[k.slot] = store[i].build(k, t, n, x)
		}
	}
	return n
}

func attributeNamed(e *xpath.XMLNode, local, prefix string) string {
	for _, a := range e.Attributes() {
		if name := a.Name(); name.Local == local && (name.Prefix == "") == (prefix == "") {
			return a.StringValue()
		}
	}
	return ""
}

// byName sorts the child elements by their name. Prefixes are left out: they
// may differ between a form and a submission.
func byName(e *xpath.XMLNode) map[string][]*xpath.XMLNode {
	if e == nil {
		return nil
	}
	named := map[string][]*xpath.XMLNode{}
	for _, x := range e.Elements() {
		local := x.Name().Local
		named[local] = append(named[local], x)
	}
	return named
}

// adopt makes x the last instance of a repeat.
func (n *inode) adopt(d *def, x *inode) {
	n.reps[d.series] = append(n.reps[d.series], x)
	x.position = len(n.reps[d.series])
}

// each visits the node and everything below, in document order.
func (n *inode) each(visit func(*inode)) {
	visit(n)
	for i, k := range n.kids {
		if k != nil {
			k.each(visit)
			continue
		}
		for _, x := range n.reps[n.def.kids[i].series] {
			x.each(visit)
		}
	}
}

// reference is the path with positions: /data/r[2]/q.
func (n *inode) reference() string {
	if n.parent == nil {
		return ""
	}
	if n.ref == "" || n.refAt != n.tree.renamed {
		n.ref = n.parent.reference() + "/" + n.def.name
		if n.def.repeat {
			n.ref += "[" + strconv.Itoa(n.position) + "]"
		}
		n.refAt = n.tree.renamed
	}
	return n.ref
}

// The methods below let expressions walk the answers.

// Kind is the kind of the node.
func (n *inode) Kind() xpath.Kind {
	switch {
	case n.parent == nil:
		return xpath.KindRoot
	case n.def.attr:
		return xpath.KindAttribute
	}
	return xpath.KindElement
}

// Name is the name as the form writes it.
func (n *inode) Name() xpath.Name {
	return xpath.Name{Space: n.def.space, Prefix: n.def.prefix, Local: n.def.local}
}

// Parent is the node above.
func (n *inode) Parent() xpath.Node {
	if n.parent == nil {
		return nil
	}
	return n.parent
}

// Children lists what is below, the text of a leaf included.
func (n *inode) Children() []xpath.Node {
	if n.def.leaf() {
		if s := n.StringValue(); s != "" && !n.def.attr {
			return []xpath.Node{textNode{n}}
		}
		return nil
	}
	list := make([]xpath.Node, 0, len(n.kids))
	for i, k := range n.kids {
		switch {
		case k == nil:
			for _, x := range n.reps[n.def.kids[i].series] {
				list = append(list, x)
			}
		case !k.def.attr:
			list = append(list, k)
		}
	}
	return list
}

// Attributes lists the attributes.
func (n *inode) Attributes() []xpath.Node {
	var list []xpath.Node
	for _, k := range n.kids {
		if k != nil && k.def.attr {
			list = append(list, k)
		}
	}
	return list
}

// StringValue is the value for expressions: none while irrelevant.
func (n *inode) StringValue() string {
	if !n.relevant {
		return ""
	}
	if n.kids == nil {
		return n.value
	}
	if n.def.leaf() {
		return n.value
	}
	var b strings.Builder
	n.each(func(x *inode) {
		if x.relevant && !x.def.attr && x.def.leaf() {
			b.WriteString(x.value)
		}
	})
	return b.String()
}

// Number is the value as a number, kept until it changes.
func (n *inode) Number(e *xpath.Env) float64 {
	if !n.relevant {
		return math.NaN()
	}
	if !n.numbered {
		n.number, n.numbered = xpath.TextNumber(n.StringValue(), e), n.def.leaf()
	}
	return n.number
}

// Position is that of an instance of a repeat; 1 for any other node.
func (n *inode) Position() int { return max(1, n.position) }

// textNode is the text of a leaf.
type textNode struct{ of *inode }

// Kind is the kind of the node.
func (t textNode) Kind() xpath.Kind { return xpath.KindText }

// Name is empty: a text has none.
func (t textNode) Name() xpath.Name { return xpath.Name{} }

// Parent is the leaf.
func (t textNode) Parent() xpath.Node { return t.of }

// Children is empty: nothing is below a text.
func (t textNode) Children() []xpath.Node { return nil }

// Attributes is empty: a text has none.
func (t textNode) Attributes() []xpath.Node { return nil }

// StringValue is the text.
func (t textNode) StringValue() string { return t.of.StringValue() }

func visible(n xpath.Node) bool {
	if x, ok := n.(*inode); ok {
		return x.relevant
	}
	return true
}
