package xlsform

import "strings"

// namespaces of every XForm.
var namespaces = attrs{
	{"xmlns", "http://www.w3.org/2002/xforms"},
	{"xmlns:h", "http://www.w3.org/1999/xhtml"},
	{"xmlns:ev", "http://www.w3.org/2001/xml-events"},
	{"xmlns:xsd", "http://www.w3.org/2001/XMLSchema"},
	{"xmlns:jr", "http://openrosa.org/javarosa"},
	{"xmlns:orx", "http://openrosa.org/xforms"},
	{"xmlns:odk", "http://www.opendatakit.org/xforms"},
}

// namespaces are those of every XForm, and those that the settings declare.
func (c *compiler) namespaces() attrs {
	out := append(attrs{}, namespaces...)
	if c.version != "" {
		out.set("xmlns:entities", "http://www.opendatakit.org/xforms/entities")
	}
	for _, m := range namespacePair.FindAllStringSubmatch(c.settings.namespaces, -1) {
		if _, known := out.get("xmlns:" + m[1]); !known && wholeName.MatchString(m[1]) {
			out.set("xmlns:"+m[1], m[2])
		}
	}
	return out
}

// document writes the whole XForm.
func (c *compiler) document() *node {
	html := el("h:html")
	html.attr = c.namespaces()
	body := el("h:body")
	if c.settings.style != "" {
		body.attr.set("class", c.settings.style)
	}
	model := c.model()
	return html.add(
		el("h:head").add(el("h:title").say(c.settings.title), model),
		body.add(c.controls(c.root)...),
	)
}

func (c *compiler) model() *node {
	c.gatherTexts()
	c.checkLanguages()
	m := el("model", "odk:xforms-version", "1.0.0")
	if c.version != "" {
		m.attr.set("entities:entities-version", c.version)
	}
	if len(c.settings.submission) > 0 {
		m.add(&node{name: "submission", attr: c.settings.submission})
	}
	m.add(c.itext.node(c))
	m.add(el("instance").add(c.rootInstance()))
	m.add(c.instances()...)
	c.root.walk(func(e *element) { m.add(c.binds(e)...) })
	return m
}

// rootInstance writes the primary instance with what the settings say of it.
func (c *compiler) rootInstance() *node {
	n := c.instance(c.root, false)
	st := c.settings
	n.attr = append(attrs{}, st.attributes...)
	n.attr.set("id", st.id)
	for _, a := range []attr{
		{"xmlns", st.instanceXmlns}, {"version", st.version}, {"odk:prefix", st.prefix}, {"odk:delimiter", st.delimiter},
	} {
		if a.value != "" {
			n.attr.set(a.name, a.value)
		}
	}
	return n
}

// instance writes the element as it stands in a new record. inRepeat says that
// it is written below a repeat, whose template holds those of its repeats.
func (c *compiler) instance(e *element, inRepeat bool) *node {
	n := c.instanceNode(e)
	for _, k := range e.kids {
		switch {
		case k.isExternal():
		case k.isAttribute():
			n.attr.set(k.name[1:], k.startValue())
		case k.kind == repeat && !inRepeat:
			n.add(c.template(k), c.instance(k, true))
		default:
			n.add(c.instance(k, inRepeat))
		}
	}
	return n
}

func (c *compiler) template(e *element) *node {
	n := el(e.name, "jr:template", "")
	for _, k := range e.kids {
		switch {
		case k.isExternal():
		case k.kind == repeat:
			n.add(c.template(k))
		default:
			n.add(c.instance(k, false))
		}
	}
	return n
}

func (c *compiler) instanceNode(e *element) *node {
	n := el(e.name)
	for _, a := range e.instance {
		n.attr.set(a.name, c.expand(a.value, view{from: e}))
	}
	if e.kind == question {
		n.say(e.startValue())
	}
	return n
}

// startValue is what the element holds before anything is computed.
func (e *element) startValue() string {
	if e.dynamic {
		return ""
	}
	return e.value
}

// isExternal reports whether the element only names a file.
func (e *element) isExternal() bool {
	return e.typ != nil && e.typ.bind == "" && strings.HasSuffix(e.typ.name, "-external")
}

// binds writes the bind of an element, and what happens to it on first load.
func (c *compiler) binds(e *element) []*node {
	if e.isExternal() {
		return nil
	}
	return append(c.bindOf(e), c.actions(e, false)...)
}

// convertible are the attributes of a bind where yes means true().
var convertible = names("readonly required relevant constraint calculate")

func (c *compiler) bindOf(e *element) []*node {
	n := el("bind", "nodeset", e.path())
	if e.typ != nil && e.typ.bind != "" {
		n.attr.set("type", e.typ.bind)
	}
	for _, a := range e.bind {
		if a.name == "calculate" && len(e.triggers) > 0 {
			continue
		}
		if convertible[a.name] {
			a.value = expressionOfTruth(a.value)
		}
		n.attr.set(a.name, c.expand(a.value, view{from: e}))
	}
	for _, m := range e.messages {
		value := m.text.plain
		if m.needsItext() {
			value = "jr:itext('" + e.path() + ":" + m.attr + "')"
		}
		n.attr.set(m.attr, value)
	}
	if len(n.attr) == 1 {
		return nil
	}
	return []*node{n}
}

// actions writes what happens to the element when a record, or with inRepeat
// an instance of its repeat, is made.
func (c *compiler) actions(e *element, inRepeat bool) []*node {
	var out []*node
	if e.dynamic {
		event := "odk-instance-first-load"
		if inRepeat {
			event = "odk-new-repeat"
		}
		out = append(out, el("setvalue", "ref", e.path(), "event", event, "value", c.expand(e.value, view{from: e})))
	}
	if inRepeat || e.typ == nil {
		return out
	}
	switch e.typ.name {
	case "start-geopoint":
		out = append(out, el("odk:setgeopoint", "ref", e.path(), "event", "odk-instance-first-load"))
	case "background-audio":
		n := el("odk:recordaudio", "ref", e.path(), "event", "odk-instance-load")
		if quality, ok := e.params.get("quality"); ok {
			n.attr.set("odk:quality", quality)
		}
		out = append(out, n)
	}
	return out
}

// addMeta adds the block of data about the record.
func (c *compiler) addMeta() {
	kids := c.meta
	calculate := func(name string, binds ...attr) {
		kids = append(kids, &element{typ: types["calculate"], name: name, bind: binds})
	}
	if !c.settings.omitInstanceID {
		calculate("instanceID", attr{"readonly", "true()"}, attr{"jr:preload", c.settings.instanceID})
	}
	if c.settings.instanceName != "" {
		calculate("instanceName", attr{"calculate", c.settings.instanceName})
	}
	if len(kids) > 0 {
		c.metaOf(c.root).add(kids...)
	}
	for _, k := range kids {
		c.byName[k.name] = append(c.byName[k.name], k)
	}
}
