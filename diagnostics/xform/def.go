package xform

import (
	"strings"

	"solidaren/diagnostics/xpath"
)

// def is the definition of a node: an element of the primary instance, or an
// attribute of one.
type def struct {
	name     string // with its prefix: "orx:meta"; attributes "@id"
	local    string
	prefix   string
	space    string
	path     string
	parent   *def
	kids     []*def            // attributes first; in the order of the instance
	named    map[string][]*def // kids by their name without prefix
	members  []member          // kids in the order of a saved state
	slot     int               // among the parent's kids
	nth      int               // among the parent's kids of the same name
	series   int               // of a repeat: among the parent's repeats
	repeats  int               // number of repeats among the kids
	attr     bool
	repeat   bool
	bind     bind
	control  *control
	group    *control // label and appearance of a group or repeat
	leafNode bool
	counted  bool           // jr:count decides how many instances there are
	fixed    bool           // jr:noAddRemove
	template *xpath.XMLNode // what a new instance is made of
	model    bool           // the template is marked as one: its values are defaults

	comps       [kindCount]*comp
	choiceComp  *comp
	viewComp    *comp
	onValue     []edge  // what reads the value
	onRelevance []edge  // what reads whether the node is there
	onMembers   []edge  // of a repeat: what reads its instances
	onPosition  []edge  // of a repeat: what reads the position of an instance
	folds       []*fold // of a repeat: sums and counts over its instances
	totals      int     // number of totals of the repeats right below
	triggers    []*action
	births      []*action // of a repeat: what a new instance sets
}

// bind is what a bind element says of a node.
type bind struct {
	typ            string
	attrs          map[string]string
	exprs          [kindCount]string
	preload        string
	preloadParams  string
	constraintText string // as written: a text, or jr:itext(…)
	requiredText   string
	constraintMsg  *text
	requiredMsg    *text
	found          bool
}

func (d *def) leaf() bool { return d.leafNode }

// settle decides, once the body is read, whether the node holds a value.
func (d *def) settle() {
	d.leafNode = !d.repeat && d.group == nil && d.parent != nil
	for _, k := range d.kids {
		d.leafNode = d.leafNode && k.attr
		k.settle()
	}
}

// scope is the nearest repeat around the node, itself included; nil for none.
func (d *def) scope() *def {
	for ; d != nil; d = d.parent {
		if d.repeat {
			return d
		}
	}
	return nil
}

// within reports whether d is a or below it; everything is within nil.
func (d *def) within(a *def) bool {
	if a == nil {
		return true
	}
	for ; d != nil; d = d.parent {
		if d == a {
			return true
		}
	}
	return false
}

func (d *def) kind() Kind {
	switch {
	case d.repeat:
		return KindRepeat
	case !d.leaf():
		return KindGroup
	case d.control == nil:
		return KindCalculate
	case d.control.name == "input" && strings.TrimSpace(d.bind.exprs[readonlyKind]) == "true()" && d.bind.exprs[calculateKind] == "":
		return KindNote
	}
	return KindQuestion
}

// child finds the kids of that name; a prefix may be left out.
func (d *def) child(prefix, local string, attr bool) []*def {
	var exact, loose []*def
	candidates := d.named[local]
	if local == "*" {
		candidates = d.kids
	}
	for _, k := range candidates {
		if k.attr != attr {
			continue
		}
		loose = append(loose, k)
		if k.prefix == prefix || local == "*" {
			exact = append(exact, k)
		}
	}
	if len(exact) > 0 {
		return exact
	}
	return loose
}

// define builds the definitions from the primary instance. Elements of the
// same name side by side are one definition if a repeat names them.
func (f *Form) define(root *xpath.XMLNode, repeats map[string]bool) {
	f.document = &def{path: ""}
	f.byPath = map[string]*def{}
	f.root = f.add(f.document, root, repeats)
	f.order(f.root)
	f.document.named = map[string][]*def{f.root.local: {f.root}}
}

func (f *Form) order(d *def) {
	f.defs = append(f.defs, d)
	d.named = map[string][]*def{}
	for _, k := range d.kids {
		for _, before := range d.named[k.local] {
			if before.name == k.name && !before.repeat {
				k.nth++
			}
		}
		d.named[k.local] = append(d.named[k.local], k)
		f.order(k)
	}
}

func (f *Form) add(parent *def, e *xpath.XMLNode, repeats map[string]bool) *def {
	name := e.Name()
	path := parent.path + "/" + qualifiedName(name)
	d := f.byPath[path]
	if d == nil || !repeats[path] {
		d = &def{name: qualifiedName(name), local: name.Local, prefix: name.Prefix, space: name.Space, path: path, parent: parent, slot: len(parent.kids)}
		if repeats[path] {
			d.repeat = true
			d.series = parent.repeats
			parent.repeats++
		}
		parent.kids = append(parent.kids, d)
		if f.byPath[path] == nil {
			f.byPath[path] = d
		}
	}
	if _, isTemplate := e.Attr(nsJavaRosa, "template"); d.repeat && (isTemplate || d.template == nil) {
		d.template, d.model = e, isTemplate
	}
	for _, a := range e.Attributes() {
		f.addAttribute(d, a.(*xpath.XMLNode))
	}
	seen := map[string]bool{}
	for _, child := range e.Elements() {
		key := path + "/" + qualifiedName(child.Name())
		if k := f.byPath[key]; k != nil && !seen[key] && k.parent == d {
			f.merge(k, child, repeats) // of another instance of the same repeat
		} else {
			f.add(d, child, repeats)
		}
		seen[key] = true
	}
	return d
}

// merge takes what another instance of a repeat adds to a definition.
func (f *Form) merge(d *def, e *xpath.XMLNode, repeats map[string]bool) {
	if _, isTemplate := e.Attr(nsJavaRosa, "template"); d.repeat && isTemplate {
		d.template, d.model = e, true
	}
	for _, child := range e.Elements() {
		if k := f.byPath[d.path+"/"+qualifiedName(child.Name())]; k != nil {
			f.merge(k, child, repeats)
		} else {
			f.add(d, child, repeats)
		}
	}
}

func (f *Form) addAttribute(d *def, a *xpath.XMLNode) {
	name := a.Name()
	if name.Space == nsJavaRosa && name.Local == "template" {
		return
	}
	path := d.path + "/@" + qualifiedName(name)
	if f.byPath[path] != nil {
		return
	}
	k := &def{name: "@" + qualifiedName(name), local: name.Local, prefix: name.Prefix, space: name.Space, path: path, parent: d, slot: len(d.kids), attr: true}
	d.kids = append(d.kids, k)
	f.byPath[path] = k
}

func qualifiedName(n xpath.Name) string {
	if n.Prefix != "" {
		return n.Prefix + ":" + n.Local
	}
	return n.Local
}
