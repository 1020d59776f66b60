package xlsform

import (
	"path"
	"strings"
)

// controls writes what the element shows.
func (c *compiler) controls(parent *element) []*node {
	var out []*node
	for _, e := range parent.kids {
		switch {
		case e.isMeta():
		case e.kind == group:
			out = append(out, c.group(e))
		case e.kind == repeat:
			out = append(out, c.repeat(e))
		default:
			if n := c.control(e); n != nil {
				out = append(out, n)
			}
		}
	}
	return out
}

func (c *compiler) group(e *element) *node {
	n := el("group")
	n.attr = c.expandAll(e.control, e)
	n.attr.set("ref", e.path())
	if !e.label.empty() || len(e.media) > 0 {
		n.add(c.label(e))
	}
	return n.add(c.controls(e)...)
}

func (c *compiler) repeat(e *element) *node {
	r := el("repeat", "nodeset", e.path())
	r.attr = append(r.attr, c.expandAll(e.control, e)...)
	r.add(c.controls(e)...)
	for _, k := range e.kids {
		k.walk(func(d *element) {
			if d.repeatAround() == e {
				r.add(c.actions(d, true)...)
			}
		})
	}
	return el("group", "ref", e.path()).add(c.label(e), r)
}

func (c *compiler) expandAll(list attrs, from *element) attrs {
	out := make(attrs, 0, len(list)+1)
	for _, a := range list {
		out = append(out, attr{a.name, c.expand(a.value, view{from: from})})
	}
	return out
}

// label writes the label of an element, empty where it has none.
func (c *compiler) label(e *element) *node {
	if e.needsItext() {
		return el("label", "ref", "jr:itext('"+e.path()+":label')")
	}
	return c.sayWithOutputs(el("label"), e.label.plain, e)
}

func (c *compiler) hint(e *element) *node {
	switch {
	case e.hintNeedsItext():
		return el("hint", "ref", "jr:itext('"+e.path()+":hint')")
	case e.hint.empty():
		return nil
	default:
		return c.sayWithOutputs(el("hint"), e.hint.plain, e)
	}
}

// control writes the control of a question; nil where nobody sees it.
func (c *compiler) control(e *element) *node {
	if e.hidden() {
		return nil
	}
	n := el(e.typ.control, "ref", e.path())
	if e.typ.mediatype != "" {
		n.attr.set("mediatype", e.typ.mediatype)
	}
	for _, a := range c.expandAll(e.control, e) {
		n.attr.set(a.name, a.value)
	}
	if e.typ.control == "range" {
		for _, a := range c.rangeAttrs(e) {
			n.attr.set(a.name, a.value)
		}
	}
	if e.query != "" {
		n.attr.set("query", c.withFilter("instance('"+e.query+"')/root/item", e))
	}
	n.add(c.label(e), c.hint(e))
	switch {
	case e.list == "":
	case e.searches() && c.lists[e.list] != nil:
		n.add(c.items(e)...)
	default:
		n.add(c.itemset(e))
	}
	for _, t := range e.tags {
		n.add(t.node(c, e))
	}
	return n.add(c.triggered(e)...)
}

func (c *compiler) withFilter(nodeset string, e *element) string {
	if e.filter == "" {
		return nodeset
	}
	return nodeset + "[" + c.expand(e.filter, view{from: e, current: true}) + "]"
}

// items writes the choices of a list in the control itself, as search() wants.
func (c *compiler) items(e *element) []*node {
	list := c.lists[e.list]
	translated := list.needsItext()
	var out []*node
	for i, it := range list.items {
		label := el("label")
		if translated {
			label.attr.set("ref", "jr:itext('"+list.itextID(i)+"')")
		} else {
			label.say(it.label.plain)
		}
		out = append(out, el("item").add(label, el("value").say(it.name)))
	}
	return out
}

// itemset writes where a select takes its choices from: a list of the
// workbook, a file, or the answers of a repeat.
func (c *compiler) itemset(e *element) *node {
	value, label := "name", "label"
	var nodeset string
	switch {
	case soleReference.MatchString(e.list):
		nodeset, value = c.answersOf(e)
		label = value
	case fromFile(e.list):
		if path.Ext(e.list) == ".geojson" {
			value, label = "id", "title"
		}
		if v, ok := e.params.get("value"); ok {
			value = v
		}
		if v, ok := e.params.get("label"); ok {
			label = v
		}
		nodeset = c.withFilter("instance('"+strings.TrimSuffix(e.list, path.Ext(e.list))+"')/root/item", e)
	default:
		if list := c.lists[e.list]; list != nil && list.needsItext() {
			label = "jr:itext(itextId)"
		}
		nodeset = c.withFilter("instance('"+e.list+"')/root/item", e)
	}
	return el("itemset", "nodeset", c.randomized(nodeset, e)).add(
		el("value", "ref", value), el("label", "ref", label))
}

func (c *compiler) randomized(nodeset string, e *element) string {
	if on, _ := e.params.get("randomize"); on != "true" {
		return nodeset
	}
	if seed, ok := e.params.get("seed"); ok {
		nodeset += ", " + strings.TrimSpace(c.expand(seed, view{from: e}))
	}
	return "randomize(" + nodeset + ")"
}

// answersOf gives the nodes and the name of the question in a repeat whose
// answers are the choices of a select.
func (c *compiler) answersOf(e *element) (nodeset, name string) {
	full := strings.TrimSpace(c.expand(e.list, view{from: e, outer: true}))
	if target := c.find(soleReference.FindStringSubmatch(e.list)[2]); target.kind == repeat {
		full += "/geometry"
	}
	at := strings.LastIndex(full, "/")
	nodeset, name = full[:at], full[at+1:]
	filter := "./" + name + " != ''"
	if e.filter != "" {
		filter = c.expand(e.filter, view{from: e, current: true})
		filter = strings.NewReplacer("current()/"+nodeset, ".", nodeset, ".").Replace(filter)
	}
	return nodeset + "[" + filter + "]", name
}
