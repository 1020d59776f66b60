package xlsform

import (
	"bytes"
	"encoding/xml"
	"strings"
)

// node is an element of the XForm, or a piece of text where name is empty.
type node struct {
	name string
	attr attrs
	text string
	kids []*node
}

// attrs are attributes in the order in which they are written.
type attrs []attr

type attr struct{ name, value string }

// set replaces the attribute of that name, or adds it.
func (a *attrs) set(name, value string) {
	for i := range *a {
		if (*a)[i].name == name {
			(*a)[i].value = value
			return
		}
	}
	*a = append(*a, attr{name, value})
}

func (a attrs) get(name string) (string, bool) {
	for _, x := range a {
		if x.name == name {
			return x.value, true
		}
	}
	return "", false
}

// el makes an element from pairs of attribute names and values.
func el(name string, pairs ...string) *node {
	n := &node{name: name}
	for i := 0; i+1 < len(pairs); i += 2 {
		n.attr = append(n.attr, attr{pairs[i], pairs[i+1]})
	}
	return n
}

// add appends children, leaving out those that are nil.
func (n *node) add(kids ...*node) *node {
	for _, k := range kids {
		if k != nil {
			n.kids = append(n.kids, k)
		}
	}
	return n
}

// say appends text.
func (n *node) say(text string) *node {
	if text != "" {
		n.kids = append(n.kids, &node{text: text})
	}
	return n
}

func (n *node) mixed() bool {
	for _, k := range n.kids {
		if k.name == "" {
			return true
		}
	}
	return false
}

// bytes writes the document, indented where white space means nothing.
func (n *node) bytes() []byte {
	var b bytes.Buffer
	b.WriteString("<?xml version=\"1.0\"?>\n")
	n.write(&b, "", true)
	return b.Bytes()
}

func (n *node) write(b *bytes.Buffer, indent string, pretty bool) {
	if n.name == "" {
		escape(b, n.text)
		return
	}
	b.WriteString(indent + "<" + n.name)
	for _, a := range n.attr {
		b.WriteString(" " + a.name + `="`)
		escape(b, a.value)
		b.WriteByte('"')
	}
	end := ""
	if pretty {
		end = "\n"
	}
	if len(n.kids) == 0 {
		b.WriteString("/>" + end)
		return
	}
	b.WriteByte('>')
	inner := pretty && !n.mixed()
	if inner {
		b.WriteByte('\n')
	}
	for _, k := range n.kids {
		if inner {
			k.write(b, indent+"  ", true)
		} else {
			k.write(b, "", false)
		}
	}
	if inner {
		b.WriteString(indent)
	}
	b.WriteString("</" + n.name + ">" + end)
}

var quoteSaver = strings.NewReplacer("&#39;", "'")

func escape(b *bytes.Buffer, s string) {
	var x bytes.Buffer
	xml.EscapeText(&x, []byte(s)) //nolint:errcheck // a bytes.Buffer does not fail
	b.WriteString(quoteSaver.Replace(x.String()))
}
