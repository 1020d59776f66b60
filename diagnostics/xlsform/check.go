package xlsform

import (
	"path"
	"slices"
	"strings"
)

// geometryUse is a parameter reference-geometry.
type geometryUse struct {
	name string
	at   Cell
}

// checkForm checks what can be known only once the whole form was read.
func (c *compiler) checkForm() {
	c.root.walk(c.checkShown)
	for _, g := range c.geometries {
		if !c.isGeometrySource(g.name) {
			c.fail(g.at, "geometry_source", g.name)
		}
	}
	if c.orOther && len(c.languages()) > 1 {
		c.warn(Cell{}, "other_translations")
	}
}

// checkShown sees that what people are to answer has words.
func (c *compiler) checkShown(e *element) {
	if e.kind != question || e.row == nil || e.hidden() {
		return
	}
	if e.label.empty() && e.hint.empty() && len(e.media) == 0 && !e.row.has("media") {
		c.fail(e.cell("name"), "no_text", e.name)
	}
	forms := map[string]bool{}
	for _, m := range e.media {
		forms[m.form] = true
	}
	if forms["big-image"] && !forms["image"] {
		c.fail(e.cell("media"), "big_image", e.name)
	}
}

// isGeometrySource reports whether the name is a reference to a question, a
// choice list, or a file that a select reads.
func (c *compiler) isGeometrySource(name string) bool {
	if refersTo(name) || c.lists[name] != nil {
		return true
	}
	found := false
	c.root.walk(func(e *element) {
		found = found || fromFile(e.list) && strings.TrimSuffix(e.list, path.Ext(e.list)) == name ||
			e.isExternal() && e.name == name
	})
	return found
}

// languages are those of labels and hints, of questions and choices.
func (c *compiler) languages() map[string]bool {
	out := map[string]bool{}
	add := func(t text) {
		for _, tr := range t.byLang {
			out[tr.lang] = true
		}
	}
	c.root.walk(func(e *element) { add(e.label); add(e.hint) })
	for _, l := range c.lists {
		for _, it := range l.items {
			add(it.label)
		}
	}
	return out
}

// checkAttributes sees that the columns of these groups name attributes, with
// prefixes that the document declares.
func (c *compiler) checkAttributes(sheet string, head []column, groups ...string) {
	declared := c.namespaces()
	for _, col := range head {
		levels := strings.Split(col.key, sep)
		if len(levels) != 2 || !slices.Contains(groups, levels[0]) {
			continue
		}
		at := Cell{sheet, 1, letters(col.index)}
		prefix, _, prefixed := strings.Cut(levels[1], ":")
		if !isName(levels[1]) {
			c.fail(at, "attribute_name", col.header)
		} else if _, known := declared.get("xmlns:" + prefix); prefixed && !known {
			c.fail(at, "attribute_prefix", col.header, prefix)
		}
	}
}
