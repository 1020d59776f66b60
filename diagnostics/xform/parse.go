package xform

import (
	"fmt"
	"io"
	"strings"

	"solidaren/diagnostics/xpath"
)

// Namespaces of XForms.
const (
	nsXForms   = "http://www.w3.org/2002/xforms"
	nsXHTML    = "http://www.w3.org/1999/xhtml"
	nsJavaRosa = "http://openrosa.org/javarosa"
	nsOpenRosa = "http://openrosa.org/xforms"
	nsODK      = "http://www.opendatakit.org/xforms"
	nsEvents   = "http://www.w3.org/2001/xml-events"
)

// maxForm bounds the size of a form's document, in bytes.
const maxForm = 64 << 20

// parser reads a form; it collects errors, so that a form is refused with all
// its reasons.
type parser struct {
	form    *Form
	options Options
	model   *xpath.XMLNode
	body    *xpath.XMLNode
	errors  Errors
	repeats map[string]bool // paths of the repeats of the body

	called    bool            // choices need the ids of their texts: some have media, or lack words in a language
	sideFiles map[string]bool // ids of the instances that come from side files
}

// Parse reads and compiles an XForm document. The error is Errors where the
// form is refused; it then holds every reason that was found.
func Parse(r io.Reader, o Options) (*Form, error) {
	limited := &io.LimitedReader{R: r, N: maxForm + 1}
	document, err := xpath.ParseDocument(limited)
	if limited.N <= 0 {
		err = fmt.Errorf("more than %d bytes", maxForm)
	}
	if err != nil {
		return nil, Errors{{FR: "le document n'est pas lisible : " + err.Error(), EN: "the document cannot be read: " + err.Error(), Err: err}}
	}
	p := &parser{form: &Form{files: o.Files, instances: map[string]*xpath.XMLNode{}, lastSaved: map[string]bool{}}, options: o, repeats: map[string]bool{}, sideFiles: map[string]bool{}}
	for _, stage := range []func(*xpath.XMLNode){
		p.readParts, p.readItext, p.readInstances, p.readBinds, p.readBody, p.compile,
	} {
		if stage(document); len(p.errors) > 0 {
			return nil, p.errors
		}
	}
	if err := p.form.sortMembers(); err != nil {
		return nil, err
	}
	return p.form, nil
}

func (p *parser) fail(path, attr, expr, fr, en string) {
	p.errors = append(p.errors, &FormError{Path: path, Attr: attr, Expr: expr, FR: fr, EN: en})
}

func (p *parser) warn(path, attr, fr, en string) {
	p.form.warnings = append(p.form.warnings, &FormError{Path: path, Attr: attr, FR: fr, EN: en})
}

// readParts finds the head, the model and the body.
func (p *parser) readParts(document *xpath.XMLNode) {
	html := document.Elements()[0]
	head, body := html.First("head"), html.First("body")
	if html.Name().Local != "html" || head == nil || body == nil {
		p.fail("", "", "", "ce n'est pas un XForm : il faut html, head et body", "this is no XForm: html, head and body are needed")
		return
	}
	p.body = body
	if p.model = head.First("model"); p.model == nil {
		p.fail("", "", "", "le modèle (model) manque", "the model is missing")
		return
	}
	if title := head.First("title"); title != nil {
		p.form.title = strings.TrimSpace(title.StringValue())
	}
	for _, n := range html.Namespaces() {
		p.form.namespace = append(p.form.namespace, declaration{n.Name().Local, n.StringValue()})
	}
	for _, e := range p.model.Elements() {
		if e.Name().Local == "instance" && len(e.Elements()) > 0 {
			p.form.prototype = e.Elements()[0]
			break
		}
	}
	if p.form.prototype == nil {
		p.fail("", "", "", "l'instance principale manque ou est vide", "the primary instance is missing or empty")
		return
	}
	p.form.id = firstOf(attribute(p.form.prototype, "id"), p.form.prototype.Name().Space)
	p.form.version = attribute(p.form.prototype, "version")
	p.findRepeats(body, p.form.prototype)
}

func firstOf(list ...string) string {
	for _, s := range list {
		if s != "" {
			return s
		}
	}
	return ""
}

func attribute(e *xpath.XMLNode, local string) string {
	v, _ := e.Attr("", local)
	return v
}

// findRepeats notes which paths repeat, before the instance is read. Relative
// references of nested controls are read with the reference around them.
func (p *parser) findRepeats(body, root *xpath.XMLNode) {
	var walk func(e *xpath.XMLNode, base string)
	walk = func(e *xpath.XMLNode, base string) {
		for _, child := range e.Elements() {
			next := base
			if ref := firstOf(attribute(child, "nodeset"), attribute(child, "ref")); ref != "" {
				switch child.Name().Local {
				case "repeat":
					next = resolvePath(base, ref)
					p.repeats[next] = true
				case "group":
					next = resolvePath(base, ref)
				}
			}
			walk(child, next)
		}
	}
	walk(body, "/"+qualifiedName(root.Name()))
	p.form.define(root, p.repeats)
	for path := range p.repeats {
		if p.form.byPath[path] == nil {
			p.fail(path, "nodeset", "", "cette répétition n'est pas dans l'instance", "this repeat is not in the instance")
		}
	}
}

// resolvePath turns a reference of the body into an absolute path.
func resolvePath(base, ref string) string {
	ref = strings.TrimSpace(ref)
	if strings.HasPrefix(ref, "/") {
		return strings.Join(strings.Fields(ref), "")
	}
	parts := strings.Split(strings.Trim(base, "/"), "/")
	for _, step := range strings.Split(ref, "/") {
		switch step = strings.TrimSpace(step); step {
		case ".", "":
		case "..":
			if len(parts) > 0 {
				parts = parts[:len(parts)-1]
			}
		default:
			parts = append(parts, step)
		}
	}
	return "/" + strings.Join(parts, "/")
}

// find gives the definition at a path; prefixes may be left out.
func (f *Form) find(path string) *def {
	if d := f.byPath[path]; d != nil {
		return d
	}
	d := f.document
	for _, step := range strings.Split(strings.TrimPrefix(path, "/"), "/") {
		name, attr := strings.CutPrefix(step, "@")
		prefix, local, found := strings.Cut(name, ":")
		if !found {
			prefix, local = "", name
		}
		kids := d.child(prefix, local, attr)
		if len(kids) == 0 || local == "*" {
			return nil
		}
		d = kids[0]
	}
	return d
}

// exprNames are the attributes of a bind that hold expressions.
var exprNames = [kindCount]string{
	calculateKind: "calculate", relevantKind: "relevant", requiredKind: "required",
	readonlyKind: "readonly", constraintKind: "constraint",
}

// readBinds gives each bind to its definition.
func (p *parser) readBinds(*xpath.XMLNode) {
	for _, e := range p.model.Elements() {
		if e.Name().Local != "bind" {
			continue
		}
		ref := firstOf(attribute(e, "nodeset"), attribute(e, "ref"))
		path := resolvePath(p.form.root.path, ref)
		d := p.form.find(path)
		if d == nil {
			p.warn(path, "bind", "cette question n'est pas dans l'instance", "this question is not in the instance")
			continue
		}
		p.bind(d, e)
		p.checkPreload(d)
	}
}

func (p *parser) bind(d *def, e *xpath.XMLNode) {
	b := &d.bind
	b.found = true
	for _, n := range e.Attributes() {
		name, value := n.Name(), n.StringValue()
		known := true
		switch {
		case name.Space == nsJavaRosa:
			switch name.Local {
			case "constraintMsg":
				b.constraintText = value
			case "requiredMsg":
				b.requiredText = value
			case "preload":
				b.preload = value
			case "preloadParams":
				b.preloadParams = value
			default:
				known = false
			}
		case name.Prefix != "":
			known = false
		default:
			known = b.plain(name.Local, value)
		}
		if !known {
			if b.attrs == nil {
				b.attrs = map[string]string{}
			}
			b.attrs[qualifiedName(name)] = value
		}
	}
}

// plain takes an attribute without prefix.
func (b *bind) plain(local, value string) bool {
	switch local {
	case "nodeset", "ref", "id":
		return true
	case "type":
		_, b.typ, _ = strings.Cut(value, ":")
		if b.typ == "" {
			b.typ = value
		}
		return true
	}
	for kind, name := range exprNames {
		if name == local && name != "" {
			b.exprs[kind] = strings.TrimSpace(value)
			return true
		}
	}
	return false
}
