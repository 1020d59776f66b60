package xlsform

// tag is a key of an osm question, with its values.
type tag struct {
	name  string
	label text
	items []*choice
}

// osmTags gives the tags of a list of the osm sheet.
func (c *compiler) osmTags(list string) []*tag {
	var out []*tag
	for _, rec := range c.osm[list] {
		t := &tag{name: rec.get("name"), label: rec.text("label", c.settings.language)}
		for _, value := range c.osm[t.name] {
			t.items = append(t.items, &choice{name: value.get("name"), label: value.text("label", c.settings.language)})
		}
		out = append(out, t)
	}
	return out
}

func (t *tag) gather(c *compiler, e *element) {
	put := func(id string, label text) {
		if !label.translated() {
			return
		}
		for _, tr := range label.byLang {
			c.itext.put(tr.lang, id, itextValue{value: tr.value, from: e})
		}
	}
	put(t.path(e)+":label", t.label)
	for _, it := range t.items {
		put(t.path(e)+"/"+it.name+":label", it.label)
	}
}

func (t *tag) path(e *element) string { return e.path() + "/" + t.name }

func (t *tag) node(c *compiler, e *element) *node {
	label := func(id string, l text) *node {
		if l.translated() {
			return el("label", "ref", "jr:itext('"+id+":label')")
		}
		return c.sayWithOutputs(el("label"), l.plain, e)
	}
	n := el("tag", "key", t.name).add(label(t.path(e), t.label))
	for _, it := range t.items {
		n.add(el("item").add(label(t.path(e)+"/"+it.name, it.label), el("value").say(it.name)))
	}
	return n
}
