package xlsform

import (
	"slices"
	"strings"
)

// entity is a declaration of the sheet entities: what the record creates or
// updates in a list kept between records.
type entity struct {
	list string
	row  *record
	uses []entityUse
}

// entityUse is a question that an entity takes something from: with property,
// the answer is saved under that name; without, an expression refers to it.
type entityUse struct {
	question *element
	property string
	at       Cell
}

// entityColumns are the columns that hold expressions.
var entityColumns = []string{"entity_id", "create_if", "update_if", "label"}

// readEntities reads the sheet entities.
func (c *compiler) readEntities() {
	s := c.sheet(sheetEntities)
	if s == nil {
		if similar := c.similarSheets(sheetEntities); similar != "" {
			c.warn(Cell{}, "similar_sheet", sheetEntities, similar)
		}
		return
	}
	head, records := c.report.records(s, entityLayout, false)
	for _, col := range head {
		if !entityLayout.known[col.key] {
			c.fail(Cell{sheetEntities, 1, letters(col.index)}, "entity_column", col.header)
		}
	}
	seen := map[string]bool{}
	for i := range records {
		rec := &records[i]
		if len(rec.fields) == 0 {
			continue
		}
		c.records = append(c.records, rec)
		e := &entity{list: rec.get("list_name"), row: rec}
		c.checkEntity(e, seen[e.list])
		seen[e.list] = true
		c.entities = append(c.entities, e)
	}
}

// checkEntity checks the name of an entity list, and that the columns say
// together what is to be done.
func (c *compiler) checkEntity(e *entity, twice bool) {
	at := e.row.cell("list_name")
	switch {
	case e.list == "":
		c.fail(at, "entity_name")
		return
	case twice:
		c.fail(at, "entity_twice", e.list)
	case strings.HasPrefix(e.list, "__"):
		c.fail(at, "entity_reserved", e.list)
	case strings.Contains(e.list, "."):
		c.fail(at, "entity_period", e.list)
	case !wholeName.MatchString(e.list):
		c.fail(at, "bad_name", e.list)
	}
	id, create, update := e.row.has("entity_id"), e.row.has("create_if"), e.row.has("update_if")
	switch {
	case update && !id:
		c.fail(at, "entity_needs_id", e.list)
	case id && create && !update:
		c.fail(at, "entity_needs_update", e.list)
	case !id && !e.row.has("label"):
		c.fail(at, "entity_needs_label", e.list)
	}
}

// readSaveTo reads which property of which entity the answer becomes.
func (b *builder) readSaveTo(e *element) {
	value := e.row.get("save_to")
	if value == "" {
		return
	}
	at := e.row.cell("save_to")
	if strings.Count(value, "#") > 1 {
		b.fail(at, "save_hashes")
		return
	}
	list, property, prefixed := strings.Cut(value, "#")
	if !prefixed {
		list, property = "", value
	}
	ent := b.entityOf(at, list, prefixed)
	if ent == nil {
		return
	}
	switch {
	case strings.EqualFold(property, "name") || strings.EqualFold(property, "label"):
		b.fail(at, "save_name", property)
		return
	case strings.HasPrefix(property, "__"):
		b.fail(at, "entity_reserved", property)
		return
	case !wholeName.MatchString(property):
		b.fail(at, "bad_name", property)
		return
	}
	for _, use := range ent.uses {
		if use.property == property {
			b.fail(at, "save_twice", property, use.at.Row)
		}
	}
	ent.uses = append(ent.uses, entityUse{e, property, at})
	e.bind.set("entities:saveto", property)
}

// entityOf finds the entity that a save_to names; without a name, the only
// one.
func (b *builder) entityOf(at Cell, list string, named bool) *entity {
	switch {
	case len(b.entities) == 0:
		b.fail(at, "save_alone")
		return nil
	case !named && len(b.entities) == 1:
		return b.entities[0]
	case !named:
		b.fail(at, "save_prefix")
		return nil
	}
	var known []string
	for _, e := range b.entities {
		if e.list == list {
			return e
		}
		known = append(known, e.list)
	}
	b.fail(at, "save_unknown", list, orNone(suggest(list, known)))
	return nil
}

// placeEntities puts each entity into the container that its questions ask for.
func (c *compiler) placeEntities() {
	for _, e := range c.entities {
		for _, column := range entityColumns {
			for _, m := range reference.FindAllStringSubmatch(e.row.get(column), -1) {
				if q := c.find(m[2]); q != nil {
					e.uses = append(e.uses, entityUse{question: q, at: e.row.cell(column)})
				}
			}
		}
	}
	for _, e := range c.entities {
		slices.SortStableFunc(e.uses, func(a, b entityUse) int { return a.question.row.row - b.question.row.row })
	}
	for _, p := range c.allocate() {
		c.version = "2024.1.0"
		if len(c.entities) > 1 || p.at.boundary() != c.root {
			c.version = "2025.1.0"
		}
		c.metaOf(p.at).add(p.entity.element())
	}
}

// metaOf gives the meta block of a container, made where it is missing; an
// entity stands first in it.
func (c *compiler) metaOf(container *element) *element {
	for _, k := range container.kids {
		if k.isMeta() {
			return k
		}
	}
	meta := &element{kind: group, name: "meta"}
	container.add(meta)
	return meta
}

// element writes the entity as a part of the instance: its attributes, and its
// label.
func (e *entity) element() *element {
	out := &element{kind: group, name: "entity"}
	id, create, update := e.row.get("entity_id"), e.row.get("create_if"), e.row.get("update_if")
	attribute := func(name, value, calculate string) *element {
		a := &element{name: "@" + name, value: value}
		if calculate != "" {
			a.bind = attrs{{"calculate", calculate}, {"type", "string"}, {"readonly", "true()"}}
		}
		out.add(a)
		return a
	}
	attribute("dataset", e.list, "")
	if create != "" || update == "" && id == "" {
		attribute("create", "1", create)
	}
	if update != "" || id != "" {
		attribute("update", "1", update)
	}
	if id != "" {
		known := "instance('" + e.list + "')/root/item[name=" + id + "]/"
		attribute("baseVersion", "", known+"__version")
		attribute("trunkVersion", "", known+"__trunkVersion")
		attribute("branchId", "", known+"__branchId")
	}
	key := attribute("id", "", id)
	key.bind.set("type", "string")
	key.bind.set("readonly", "true()")
	if id == "" {
		key.value, key.dynamic = "uuid()", true
	}
	if label := e.row.get("label"); label != "" {
		out.add(&element{
			typ: types["calculate"], name: "label",
			bind: attrs{{"calculate", label}, {"readonly", "true()"}},
		})
	}
	return out
}
