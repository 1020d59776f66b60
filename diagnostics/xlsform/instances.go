package xlsform

import (
	"path"
	"regexp"
	"strings"
)

// source is a secondary instance of the form.
type source struct {
	id, src, kind string
	node          *node
	at            Cell
}

var pulldata = regexp.MustCompile(`pulldata\s*\(\s*['"]?([^'",)]+?)['"]?\s*,`)

// sources lists the secondary instances: files that questions name, the last
// saved record, and the choice lists.
func (c *compiler) sources() []source {
	var out []source
	lastSaved := false
	c.root.walk(func(e *element) {
		out = append(out, c.sourcesOf(e)...)
		for _, expr := range e.expressions() {
			lastSaved = lastSaved || strings.Contains(expr, "${last-saved#")
		}
	})
	if lastSaved {
		out = append(out, fileSource("__last-saved", "jr://instance/last-saved", "instance", Cell{}))
	}
	for _, name := range c.listOrder {
		if list := c.lists[name]; !list.looked {
			out = append(out, source{id: name, kind: "choice", node: list.instance()})
		}
	}
	return out
}

func fileSource(id, src, kind string, at Cell) source {
	return source{id, src, kind, el("instance", "id", id, "src", src), at}
}

func (c *compiler) sourcesOf(e *element) []source {
	var out []source
	if e.typ != nil {
		switch e.typ.name {
		case "xml-external":
			out = append(out, fileSource(e.name, "jr://file/"+e.name+".xml", "external", e.cell("name")))
		case "csv-external":
			out = append(out, fileSource(e.name, "jr://file-csv/"+e.name+".csv", "external", e.cell("name")))
		}
	}
	for _, expr := range e.expressions() {
		for _, m := range pulldata.FindAllStringSubmatch(expr, -1) {
			out = append(out, fileSource(m[1], "jr://file-csv/"+m[1]+".csv", "pulldata", e.cell("type")))
		}
	}
	if fromFile(e.list) {
		out = append(out, fileSource(strings.TrimSuffix(e.list, path.Ext(e.list)), fileURI(e.list), "file", e.cell("type")))
	}
	return out
}

func fileURI(file string) string {
	if path.Ext(file) == ".csv" {
		return "jr://file-csv/" + file
	}
	return "jr://file/" + file
}

// expressions are the cells of an element that may look at other data.
func (e *element) expressions() []string {
	out := []string{e.filter}
	if e.dynamic {
		out = append(out, e.value)
	}
	for _, name := range []string{"calculate", "constraint", "readonly", "required", "relevant"} {
		if v, ok := e.bind.get(name); ok {
			out = append(out, v)
		}
	}
	return out
}

// instances writes each source once; one id for two sources is an error.
func (c *compiler) instances() []*node {
	var out []*node
	seen := map[string]source{}
	for _, s := range c.sources() {
		old, twice := seen[s.id]
		switch {
		case twice && old.src != s.src:
			at := s.at
			if at == (Cell{}) {
				at = old.at
			}
			c.fail(at, "instance_clash", s.id, old.kind, s.kind)
		case twice && s.kind == "external" && old.kind == "external":
			c.fail(s.at, "instance_twice", s.id)
		case !twice:
			seen[s.id] = s
			out = append(out, s.node)
		}
	}
	return out
}
