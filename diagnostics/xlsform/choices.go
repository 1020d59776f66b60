package xlsform

import (
	"strconv"
	"strings"
)

// choiceList is one list of the choices sheet.
type choiceList struct {
	name   string
	items  []*choice
	looked bool // some select looks its choices up by search()
}

type choice struct {
	name  string
	label text
	media []medium
	extra []attr // further columns, for choice filters
	row   *record
}

// needsItext reports whether the labels of the list are looked up by language.
func (l *choiceList) needsItext() bool {
	for _, it := range l.items {
		if it.label.translated() || len(it.media) > 0 || labelRefersTo(it.label.plain) {
			return true
		}
	}
	return false
}

func labelRefersTo(label string) bool { return strings.Contains(label, "${") }

// readChoices reads the sheets choices, external_choices and osm.
func (c *compiler) readChoices() {
	c.readExternal()
	if s := c.sheet(sheetChoices); s != nil {
		head, records := c.report.records(s, choiceLayout, false)
		keys := map[string]bool{}
		for _, col := range head {
			keys[col.key] = true
		}
		if !keys["name"] && len(records) > 0 {
			c.fail(Cell{Sheet: sheetChoices, Row: 1}, "missing_column", sheetChoices, "name")
			return
		}
		c.checkTranslations(sheetChoices, head)
		usable := c.choiceColumns(head)
		for i := range records {
			c.addChoice(&records[i], usable)
		}
		c.checkChoices()
	}
	if s := c.sheet(sheetOSM); s != nil {
		_, records := c.report.records(s, osmLayout, false)
		c.osm = map[string][]*record{}
		for i := range records {
			list := records[i].get("list_name")
			c.osm[list] = append(c.osm[list], &records[i])
		}
	}
}

// choiceColumns leaves out headers that cannot be the name of an element:
// people write remarks beside their lists.
func (c *compiler) choiceColumns(head []column) map[string]bool {
	usable := map[string]bool{}
	for _, col := range head {
		levels := strings.Split(col.key, sep)
		own := choiceLayout.aliases[levels[0]] != "" || choiceLayout.known[levels[0]]
		if !isName(levels[0]) || !own && (len(levels) > 2 || !isName(levels[len(levels)-1])) {
			c.warn(Cell{sheetChoices, 1, letters(col.index)}, "choice_column", col.header)
			continue
		}
		usable[col.key] = true
	}
	return usable
}

func (c *compiler) addChoice(rec *record, usable map[string]bool) {
	if len(rec.fields) == 0 || !rec.has("list_name") {
		return
	}
	c.records = append(c.records, rec)
	list := c.list(rec.get("list_name"))
	it := &choice{name: rec.get("name"), label: rec.text("label", c.settings.language), row: rec}
	it.media = rec.media(c.settings.language)
	for _, f := range rec.fields {
		first, rest, deep := strings.Cut(f.key, sep)
		switch {
		case first == "label" || first == "media" || first == "name" || first == "list_name" || !usable[f.key]:
		case deep:
			it.extra = append(it.extra, attr{rest, f.value})
		default:
			it.extra = append(it.extra, attr{f.key, f.value})
		}
	}
	list.items = append(list.items, it)
}

// list gives the list of that name, made where it is new.
func (c *compiler) list(name string) *choiceList {
	l := c.lists[name]
	if l == nil {
		l = &choiceList{name: name}
		c.lists[name] = l
		c.listOrder = append(c.listOrder, name)
	}
	return l
}

func (c *compiler) checkChoices() {
	for _, name := range c.listOrder {
		l := c.lists[name]
		seen := map[string]bool{}
		for _, it := range l.items {
			switch {
			case it.name == "":
				c.fail(it.row.cell("name"), "choice_name")
			case seen[it.name] && !c.settings.allowDuplicates:
				c.fail(it.row.cell("name"), "choice_twice", it.name, l.name)
			}
			seen[it.name] = true
			if it.label.empty() {
				c.warn(it.row.cell("label"), "choice_label", it.name)
			}
		}
	}
}

// media reads the media columns of a row.
func (rec *record) media(language string) []medium {
	var out []medium
	seen := map[string]bool{}
	for _, f := range rec.fields {
		rest, ok := strings.CutPrefix(f.key, "media"+sep)
		if !ok {
			continue
		}
		form, _, _ := strings.Cut(rest, sep)
		if !seen[form] {
			seen[form] = true
			out = append(out, medium{form, rec.text("media"+sep+form, language)})
		}
	}
	return out
}

// instance writes the list as a secondary instance.
func (l *choiceList) instance() *node {
	root := el("root")
	translated := l.needsItext()
	for i, it := range l.items {
		item := el("item")
		if translated {
			item.add(el("itextId").say(l.itextID(i)))
		}
		item.add(el("name").say(it.name))
		if !translated && it.label.plain != "" {
			item.add(el("label").say(it.label.plain))
		}
		for _, x := range it.extra {
			item.add(el(x.name).say(x.value))
		}
		root.add(item)
	}
	return el("instance", "id", l.name).add(root)
}

func (l *choiceList) itextID(i int) string { return l.name + "-" + strconv.Itoa(i) }
