package xform

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"solidaren/diagnostics/xpath"
)

// control is a question, group or repeat of the body.
type control struct {
	name       string
	appearance string
	label      *text
	hint       *text
	guidance   *text
	choices    *chooser
	marks      *chooser // words for values of a range
	params     map[string]string
	limit      int // most characters that the constraint allows; 0: no such limit
	most       int // most answers that the constraint allows; 0: no such limit
	element    *xpath.XMLNode
}

// controls are the elements of the body that ask something.
var controls = map[string]bool{
	"input": true, "select": true, "select1": true, "rank": true, "trigger": true,
	"upload": true, "range": true, "secret": true, "textarea": true,
}

// readBody gives each control to its definition, then compiles the texts.
func (p *parser) readBody(*xpath.XMLNode) {
	p.placeControls(p.body, p.form.root.path)
	p.form.root.settle()
	for _, e := range p.model.Elements() {
		p.action(e, nil, p.form.root.path)
	}
}

func (p *parser) placeControls(parent *xpath.XMLNode, base string) {
	for _, e := range parent.Elements() {
		name := e.Name().Local
		ref := firstOf(attribute(e, "ref"), attribute(e, "nodeset"))
		if ref == "" {
			if id := attribute(e, "bind"); id != "" {
				ref = p.boundTo(id)
			}
		}
		switch {
		case name == "group":
			path := base
			if ref != "" {
				path = resolvePath(base, ref)
				p.placeGroup(e, path)
			}
			p.placeControls(e, path)
		case name == "repeat":
			path := resolvePath(base, ref)
			p.placeRepeat(e, path)
			p.placeControls(e, path)
		case controls[name]:
			p.placeControl(e, resolvePath(base, ref), ref)
		default:
			p.action(e, nil, base)
		}
	}
}

// boundTo is the path of the bind of that id.
func (p *parser) boundTo(id string) string {
	for _, e := range p.model.Elements() {
		if e.Name().Local == "bind" && attribute(e, "id") == id {
			return firstOf(attribute(e, "nodeset"), attribute(e, "ref"))
		}
	}
	return ""
}

func (p *parser) placeGroup(e *xpath.XMLNode, path string) {
	d := p.form.find(path)
	if d == nil {
		p.fail(path, "ref", "", "ce groupe n'est pas dans l'instance", "this group is not in the instance")
		return
	}
	d.group = newControl(e)
}

func (p *parser) placeRepeat(e *xpath.XMLNode, path string) {
	d := p.form.find(path)
	if d == nil || !d.repeat {
		return // reported with the repeats
	}
	if d.group == nil || attribute(e, "appearance") != "" {
		group := newControl(e)
		if d.group != nil {
			group.element = d.group.element
		}
		d.group = group
	}
	if count, ok := e.Attr(nsJavaRosa, "count"); ok && strings.TrimSpace(count) != "" {
		d.counted = true
		d.bind.exprs[countKind] = strings.TrimSpace(count)
	}
	if fixed, ok := e.Attr(nsJavaRosa, "noAddRemove"); ok {
		d.fixed = strings.TrimSpace(fixed) == "true()" || strings.TrimSpace(fixed) == "true"
	}
}

func (p *parser) placeControl(e *xpath.XMLNode, path, ref string) {
	d := p.form.find(path)
	if d == nil || ref == "" {
		p.fail(path, "ref", "", "cette question n'est pas dans l'instance", "this question is not in the instance")
		return
	}
	if d.control == nil {
		d.control = newControl(e)
	}
	for _, child := range e.Elements() {
		p.action(child, d, path)
	}
}

// newControl reads a control. An input that queries a list is a choice of one.
func newControl(e *xpath.XMLNode) *control {
	c := &control{name: e.Name().Local, appearance: attribute(e, "appearance"), element: e, params: params(e)}
	if attribute(e, "query") != "" {
		c.name = "select1"
	}
	return c
}

// params are the attributes of a control that only a screen reads.
func params(e *xpath.XMLNode) map[string]string {
	var list map[string]string
	for _, a := range e.Attributes() {
		name := a.Name().Local
		if slices.Contains([]string{"ref", "nodeset", "bind", "appearance", "query"}, name) {
			continue
		}
		if list == nil {
			list = map[string]string{}
		}
		list[name] = a.StringValue()
	}
	return list
}

// lengthLimit finds the most characters that a constraint allows, where it says
// so plainly.
var lengthLimit = regexp.MustCompile(`string-length\(\s*\.\s*\)\s*(<=?)\s*(\d+)`)

// countLimit finds the most answers of several that a constraint allows.
var countLimit = regexp.MustCompile(`count-selected\(\s*\.\s*\)\s*(<=?)\s*(\d+)`)

// limitOf reads a limit of a constraint that leaves no other way out.
func limitOf(limit *regexp.Regexp, constraint string) int {
	m := limit.FindStringSubmatch(constraint)
	if m == nil || strings.Contains(constraint, " or ") {
		return 0
	}
	n, err := strconv.Atoi(m[2])
	if err != nil || m[1] == "<" {
		n--
	}
	return max(n, 0)
}

// describe compiles the texts and choices of a control.
func (p *parser) describe(d *def, c *control) {
	if c == nil {
		return
	}
	e := c.element
	c.limit = limitOf(lengthLimit, d.bind.exprs[constraintKind])
	c.most = limitOf(countLimit, d.bind.exprs[constraintKind])
	c.label = p.label(d, e.First("label"), "", "label")
	if c.label == nil && e.First("label") == nil && d.repeat {
		c.label = p.label(d, e.Parent().(*xpath.XMLNode).First("label"), "", "label")
	}
	c.hint = p.label(d, e.First("hint"), "", "hint")
	c.guidance = p.label(d, e.First("hint"), "guidance", "hint")
	switch c.name {
	case "select", "select1", "rank":
		c.choices = p.chooser(d, e)
	case "range":
		c.marks = p.chooser(d, e)
	}
}

// action sets a value when something happens.
type action struct {
	target  *def
	program *xpath.Program // nil: the value is plain
	plain   string
	first   bool // at the first load of a new record
	load    bool // at every load
	source  *def // of the change that triggers it; nil for other events
	element *xpath.XMLNode
}

// deviceActions are the actions that need what a desktop has not: they do
// nothing, and the form says so.
var deviceActions = map[string]struct{ fr, en string }{
	"setgeopoint": {"cet ordinateur ne relève pas la position : la réponse reste vide", "this computer does not read its position: the answer stays empty"},
	"recordaudio": {"cet ordinateur n'enregistre pas le son : la réponse reste vide", "this computer does not record sound: the answer stays empty"},
}

// action reads an action; any other element is passed over. source is the
// question that it is nested in.
func (p *parser) action(e *xpath.XMLNode, source *def, base string) {
	name := e.Name().Local
	if why, ok := deviceActions[name]; ok {
		p.warn(resolvePath(base, attribute(e, "ref")), name, why.fr, why.en)
	}
	if name != "setvalue" {
		return
	}
	ref := attribute(e, "ref")
	path := resolvePath(base, ref)
	id := attribute(e, "bind")
	if ref == "" && id == "" {
		p.warn(base, "setvalue", "une action ne dit pas quelle question elle remplit : elle ne fait rien", "an action does not say which question it fills: it does nothing")
		return
	}
	if ref == "" {
		path = resolvePath(base, p.boundTo(id))
	}
	target := p.form.find(path)
	if target == nil {
		p.fail(path, "setvalue", attribute(e, "value"), "la cible n'est pas dans l'instance", "the target is not in the instance")
		return
	}
	event, _ := e.Attr("", "event")
	if v, ok := e.Attr(nsEvents, "event"); ok {
		event = v
	}
	a := &action{target: target, element: e}
	for _, name := range strings.Fields(event) {
		switch name {
		case "odk-instance-first-load", "xforms-ready":
			a.first = true
		case "odk-instance-load":
			a.load = true
		case "odk-new-repeat":
			if r := target.scope(); r != nil {
				r.births = append(r.births, a)
			}
		case "xforms-value-changed":
			if source != nil {
				a.source = source
				source.triggers = append(source.triggers, a)
			}
		}
	}
	p.form.actions = append(p.form.actions, a)
}
