package xpath

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// maxNesting bounds the depth of an XML document, maxNodes the number of its
// nodes: a hostile document must not exhaust memory.
const (
	maxNesting = 1_000
	maxNodes   = 5_000_000
)

// XMLNode is a node of a parsed XML document.
type XMLNode struct {
	kind     Kind
	name     Name
	parent   *XMLNode
	children []Node
	attrs    []Node
	spaces   []Node
	text     string
	at       int // place in the document; of the root: 0
	last     int // of the root: the last place given
	root     *XMLNode
	ids      map[string]*XMLNode // of the root: elements by @id
}

// ParseDocument reads an XML document and gives its root node.
func ParseDocument(r io.Reader) (*XMLNode, error) {
	d := xml.NewDecoder(r)
	d.Strict = true
	d.Entity = xml.HTMLEntity
	b := newBuilder()
	for {
		t, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return b.finish()
		}
		if err == nil {
			err = b.add(t)
		}
		if err != nil {
			line, column := d.InputPos()
			return nil, fmt.Errorf("xml: line %d, column %d: %w", line, column, err)
		}
	}
}

// NewElement gives an element that belongs to no document yet; with AppendTo
// it builds a tree in memory (csv and geojson files as instances).
func NewElement(local string) *XMLNode {
	return &XMLNode{kind: KindElement, name: Name{Local: local}}
}

// NewRoot gives an empty document.
func NewRoot() *XMLNode {
	root := &XMLNode{kind: KindRoot, ids: map[string]*XMLNode{}}
	root.root = root
	return root
}

// AppendTo makes the element the last child of parent and gives it text, if
// any. A tree is built from the root downwards, in document order.
func (n *XMLNode) AppendTo(parent *XMLNode, text string) *XMLNode {
	link(parent, n)
	if text != "" {
		link(n, &XMLNode{kind: KindText, text: text})
	}
	return n
}

func link(parent, n *XMLNode) {
	n.parent, n.root = parent, parent.root
	n.root.last++
	n.at = n.root.last
	parent.children = append(parent.children, n)
}

type builder struct {
	root, open *XMLNode
	scopes     []map[string]string
	nodes      int
	tops       int
}

func newBuilder() *builder {
	root := NewRoot()
	return &builder{root: root, open: root, scopes: []map[string]string{{
		"xml": "http://www.w3.org/XML/1998/namespace", "": "",
	}}}
}

func (b *builder) add(t xml.Token) error {
	if b.nodes++; b.nodes > maxNodes {
		return errors.New("document too large")
	}
	switch t := t.(type) {
	case xml.StartElement:
		return b.start(t)
	case xml.EndElement:
		if b.open == b.root || t.Name.Local != b.open.name.Local || t.Name.Space != b.open.name.Prefix {
			return fmt.Errorf("unexpected </%s>", t.Name.Local)
		}
		b.open = b.open.parent
		b.scopes = b.scopes[:len(b.scopes)-1]
	case xml.CharData:
		b.characters(string(t))
	case xml.Directive:
		link(b.open, &XMLNode{kind: KindDoctype})
	case xml.Comment:
		link(b.open, &XMLNode{kind: KindComment, text: string(t)})
	case xml.ProcInst:
		if t.Target != "xml" {
			link(b.open, &XMLNode{kind: KindPI, name: Name{Local: t.Target}, text: string(bytes.TrimSpace(t.Inst))})
		}
	}
	return nil
}

// characters adds a text node; a CDATA section is a node of its own, as in the
// browsers that forms are written for.
func (b *builder) characters(text string) {
	if b.open == b.root {
		return // white space between the root and what surrounds it
	}
	link(b.open, &XMLNode{kind: KindText, text: text})
}

func (b *builder) start(t xml.StartElement) error {
	if len(b.scopes) > maxNesting {
		return errors.New("elements nested too deep")
	}
	if b.open == b.root {
		if b.tops++; b.tops > 1 {
			return errors.New("two root elements")
		}
	}
	scope := b.scopes[len(b.scopes)-1]
	own := map[string]string{}
	for _, a := range t.Attr {
		switch {
		case a.Name.Space == "xmlns":
			own[a.Name.Local] = a.Value
		case a.Name.Space == "" && a.Name.Local == "xmlns":
			own[""] = a.Value
		}
	}
	if len(own) > 0 {
		merged := make(map[string]string, len(scope)+len(own))
		for _, m := range []map[string]string{scope, own} {
			for k, v := range m {
				merged[k] = v
			}
		}
		scope = merged
	}
	b.scopes = append(b.scopes, scope)
	e := &XMLNode{kind: KindElement, name: Name{Space: scope[t.Name.Space], Prefix: t.Name.Space, Local: t.Name.Local}}
	link(b.open, e)
	b.attributes(e, t.Attr, scope)
	b.open = e
	return nil
}

func (b *builder) attributes(e *XMLNode, list []xml.Attr, scope map[string]string) {
	for _, a := range list {
		kind, name, to := KindAttribute, Name{Prefix: a.Name.Space, Local: a.Name.Local}, &e.attrs
		switch {
		case a.Name.Space == "xmlns" || a.Name.Space == "" && a.Name.Local == "xmlns":
			kind, to = KindNamespace, &e.spaces
			if name.Prefix = ""; name.Local == "xmlns" {
				name.Local = ""
			}
		case a.Name.Space != "":
			name.Space = scope[a.Name.Space]
		}
		b.root.last++
		*to = append(*to, &XMLNode{kind: kind, name: name, parent: e, text: a.Value, at: b.root.last, root: b.root})
		if kind == KindAttribute && name.Local == "id" && name.Prefix == "" {
			if _, taken := b.root.ids[a.Value]; !taken {
				b.root.ids[a.Value] = e
			}
		}
	}
}

func (b *builder) finish() (*XMLNode, error) {
	if b.open != b.root {
		return nil, fmt.Errorf("xml: <%s> is not closed", b.open.name.Local)
	}
	if b.tops == 0 {
		return nil, errors.New("xml: no root element")
	}
	return b.root, nil
}

// Kind is the kind of the node.
func (n *XMLNode) Kind() Kind { return n.kind }

// Name is the expanded name of the node.
func (n *XMLNode) Name() Name { return n.name }

// Parent is the node above; nil for the root.
func (n *XMLNode) Parent() Node {
	if n.parent == nil {
		return nil
	}
	return n.parent
}

// Children lists the nodes below.
func (n *XMLNode) Children() []Node { return n.children }

// Attributes lists the attributes, without declarations of namespaces.
func (n *XMLNode) Attributes() []Node { return n.attrs }

// Namespaces lists the declarations of namespaces on the element itself.
func (n *XMLNode) Namespaces() []Node { return n.spaces }

// StringValue is the text of the node and of everything below it.
func (n *XMLNode) StringValue() string {
	if n.kind != KindElement && n.kind != KindRoot {
		return n.text
	}
	if len(n.children) == 1 {
		if only := n.children[0].(*XMLNode); only.kind == KindText {
			return only.text
		}
	}
	var b strings.Builder
	n.writeText(&b)
	return b.String()
}

func (n *XMLNode) writeText(b *strings.Builder) {
	for _, child := range n.children {
		switch x := child.(*XMLNode); x.kind {
		case KindText:
			b.WriteString(x.text)
		case KindElement:
			x.writeText(b)
		}
	}
}

// Elements lists the child elements.
func (n *XMLNode) Elements() []*XMLNode {
	list := make([]*XMLNode, 0, len(n.children))
	for _, child := range n.children {
		if x := child.(*XMLNode); x.kind == KindElement {
			list = append(list, x)
		}
	}
	return list
}

// First is the first child element of that local name, nil if there is none.
func (n *XMLNode) First(local string) *XMLNode {
	for _, child := range n.children {
		if x := child.(*XMLNode); x.kind == KindElement && x.name.Local == local {
			return x
		}
	}
	return nil
}

// Attr is the value of the attribute of that namespace and local name.
func (n *XMLNode) Attr(space, local string) (string, bool) {
	for _, a := range n.attrs {
		if x := a.(*XMLNode); x.name.Local == local && x.name.Space == space {
			return x.text, true
		}
	}
	return "", false
}

func (n *XMLNode) order() (any, int) { return n.root, n.at }
