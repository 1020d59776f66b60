package xlsform

import (
	"fmt"
	"path"
	"sort"
	"strings"
)

// selectRow is the type cell of a select, taken apart.
type selectRow struct {
	command, list string
	other         bool
}

// selectCommands are the first words of a select, the longest first.
var selectCommands = func() []string {
	var out []string
	for command := range selectTypes {
		out = append(out, command)
	}
	sort.Slice(out, func(i, j int) bool { return len(out[i]) > len(out[j]) })
	return out
}()

// parseSelect takes "select_one list or_other" apart.
func parseSelect(typed string) (selectRow, bool) {
	for _, command := range selectCommands {
		rest, ok := strings.CutPrefix(typed, command+" ")
		if !ok {
			continue
		}
		list, other, _ := strings.Cut(strings.TrimSpace(rest), " ")
		switch other = strings.TrimSpace(other); other {
		case "":
			return selectRow{command: command, list: list}, list != ""
		case "or_other", "or other", "or specify other":
			return selectRow{command: command, list: list, other: true}, true
		}
	}
	return selectRow{}, false
}

func fromFile(list string) bool {
	switch path.Ext(list) {
	case ".csv", ".xml", ".geojson":
		return true
	}
	return false
}

func (b *builder) readSelect(rec *record, typed string) bool {
	row, ok := parseSelect(typed)
	if !ok {
		return false
	}
	e := b.element(rec, question, types[selectTypes[row.command]])
	e.list = row.list
	b.readTrigger(e)
	b.readSaveTo(e)
	b.readParameters(e)
	b.checkList(rec, row, e)
	if row.other {
		b.addOther(rec, row, e)
		return true
	}
	if b.table != nil {
		b.addToTable(rec, e)
	}
	b.parent().add(e)
	return true
}

// checkList sees that the list of a select is to be had.
func (b *builder) checkList(rec *record, row selectRow, e *element) {
	at := rec.cell("type")
	needsFile := strings.HasSuffix(strings.ReplaceAll(row.command, " ", "_"), "from_file")
	switch {
	case e.typ.name == "select one external":
		b.checkExternal(at, e)
	case needsFile && !fromFile(row.list):
		b.fail(at, "file_extension", row.list)
	case fromFile(row.list) && e.searches():
		b.fail(at, "search_file", e.name)
	case fromFile(row.list) || refersTo(row.list):
	case b.lists[row.list] == nil && len(b.lists) == 0 && b.sheet(sheetChoices) != nil:
		b.fail(Cell{Sheet: sheetChoices, Row: 1}, "missing_column", sheetChoices, "list_name")
	case b.lists[row.list] == nil && len(b.lists) == 0:
		b.fail(at, "no_choices", orNone(b.similarSheets(sheetChoices)))
	case b.lists[row.list] == nil:
		b.fail(at, "unknown_list", row.list, orNone(suggest(row.list, keys(b.lists))))
	default:
		b.useList(at, e)
	}
}

func (b *builder) useList(at Cell, e *element) {
	list := b.lists[e.list]
	list.looked = list.looked || e.searches()
	if e.typ.name != "select all that apply" {
		return
	}
	for _, it := range list.items {
		if strings.Contains(it.name, " ") {
			b.fail(it.row.cell("name"), "choice_space", it.name, list.name)
		}
	}
}

func (b *builder) checkExternal(at Cell, e *element) {
	e.query, e.list = e.list, ""
	switch {
	case b.external == nil:
		b.fail(at, "no_external", orNone(b.similarSheets(sheetExternal)))
	case !b.external[e.query]:
		b.fail(at, "unknown_external", e.query, orNone(suggest(e.query, keys(b.external))))
	case e.filter == "":
		b.warn(at, "external_filter")
	}
}

// addOther adds the choice "other" to the list of a select and, below it, the
// question that asks which.
func (b *builder) addOther(rec *record, row selectRow, e *element) {
	b.orOther = true
	list := b.lists[row.list]
	switch {
	case e.filter != "":
		b.fail(rec.cell("choice_filter"), "other_filter")
		return
	case list == nil:
		if fromFile(row.list) || refersTo(row.list) {
			b.fail(rec.cell("type"), "other_choices")
		}
		return
	}
	list.addOther()
	b.parent().add(e, &element{
		typ: types["text"], name: e.name + "_other", row: rec, label: text{plain: "Specify other."},
		bind: attrs{{"relevant", "selected(../" + e.name + ", 'other')"}},
	})
}

// addOther gives a list the choice "other", in each of its languages.
func (l *choiceList) addOther() {
	other := &choice{name: "other", label: text{plain: "Other"}, row: l.items[0].row}
	var byLang []translation
	seen := map[string]bool{}
	for _, it := range l.items {
		if it.name == other.name {
			return
		}
		for _, tr := range it.label.byLang {
			if !seen[tr.lang] {
				seen[tr.lang] = true
				byLang = append(byLang, translation{tr.lang, "Other"})
			}
		}
	}
	if len(byLang) > 0 {
		other.label = text{byLang: byLang}
	}
	l.items = append(l.items, other)
}

// addToTable puts a select into the table of its group; the first one brings
// the row of choices.
func (b *builder) addToTable(rec *record, e *element) {
	switch {
	case b.table.list == "":
		b.table.list = e.list
		if e.filter != "" {
			b.fail(rec.cell("choice_filter"), "table_filter")
		}
		b.parent().add(&element{
			typ: e.typ, name: fmt.Sprintf("reserved_name_for_field_list_labels_%d", rec.row), row: rec,
			label: text{plain: " "}, control: attrs{{"appearance", "label"}}, list: e.list,
		})
	case b.table.list != e.list:
		b.fail(rec.cell("type"), "table_lists", b.table.list, e.list)
	}
	e.control.set("appearance", "list-nolabel")
}

func keys[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	sort.Strings(out)
	return out
}
