package xlsform

import "strings"

// beginLoop notes which list the loop runs over.
func (b *builder) beginLoop(rec *record, e *element, list string) {
	switch {
	case list == "":
		b.fail(rec.cell("type"), "loop_list")
	case b.lists[list] == nil:
		b.fail(rec.cell("type"), "unknown_list", list, orNone(suggest(list, keys(b.lists))))
	}
	b.loops[e] = list
}

// unroll writes what a loop holds once for each choice of its list, in a group
// that has the choice's name.
func (b *builder) unroll(loop *element, list *choiceList) []*element {
	var out []*element
	seen := map[string]bool{}
	for _, it := range list.items {
		if it.name == "none" {
			out = append(out, loop.kids...)
			continue
		}
		if at := it.row.cell("name"); !isName(it.name) {
			b.fail(at, "bad_name", it.name)
		} else if seen[it.name] && !b.told(at) {
			b.fail(at, "name_twice", it.name)
		}
		seen[it.name] = true
		round := &element{kind: group, name: it.name, label: it.label, media: it.media, row: loop.row, parent: loop}
		for _, k := range loop.kids {
			k = k.clone()
			k.label = k.label.fill(it)
			k.hint = k.hint.fill(it)
			round.add(k)
		}
		out = append(out, round)
	}
	return out
}

// clone copies an element and all that it holds.
func (e *element) clone() *element {
	out := *e
	out.kids = nil
	for _, k := range e.kids {
		out.add(k.clone())
	}
	return &out
}

// fill puts the name and the label of a choice where the text asks for them.
func (t text) fill(it *choice) text {
	put := func(s, label string) string {
		return strings.NewReplacer("%(label)s", label, "%(name)s", it.name).Replace(s)
	}
	out := text{plain: put(t.plain, it.label.plain)}
	for _, tr := range t.byLang {
		label := it.label.plain
		for _, l := range it.label.byLang {
			if l.lang == tr.lang {
				label = l.value
			}
		}
		out.byLang = append(out.byLang, translation{tr.lang, put(tr.value, label)})
	}
	return out
}
