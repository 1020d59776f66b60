package xlsform

import (
	"fmt"
	"regexp"
	"strings"
)

// builder makes the tree of elements from the rows of the survey sheet.
type builder struct {
	*compiler
	open    []*element // groups and repeats not yet closed, the root first
	loops   map[*element]string
	table   *tableList      // the group at hand shows its selects as a table
	repeats map[string]bool // names of repeats
	uses    []triggerUse
}

type tableList struct{ list string }

type triggerUse struct {
	name string
	at   Cell
}

// readSurvey reads the survey sheet into c.root.
func (c *compiler) readSurvey() {
	c.root = &element{kind: group, name: c.settings.name}
	s := c.sheet(sheetSurvey)
	if s == nil {
		c.fail(Cell{}, "no_survey", orNone(c.similarSheets(sheetSurvey)))
		return
	}
	head, records := c.report.records(s, surveyLayout, c.settings.clean)
	c.letters = map[string]string{}
	for _, col := range head {
		c.letters[col.key] = letters(col.index)
	}
	c.checkTranslations(sheetSurvey, head)
	c.checkAttributes(sheetSurvey, head, "bind", "control", "instance")
	if c.letters["type"] == "" {
		c.fail(Cell{Sheet: sheetSurvey, Row: 1}, "missing_column", sheetSurvey, "type")
		return
	}
	b := &builder{compiler: c, open: []*element{c.root}, loops: map[*element]string{}, repeats: map[string]bool{}}
	for i := range records {
		b.read(&records[i])
	}
	for _, e := range b.open[1:] {
		c.fail(e.cell("type"), "unclosed", controlName(e), e.name)
	}
	b.checkTriggers()
}

// nothing stands where a message has nothing to name.
const nothing = "—"

func orNone(s string) string {
	if s == "" {
		return nothing
	}
	return s
}

func controlName(e *element) string {
	if e.kind == repeat {
		return "repeat"
	}
	return "group"
}

func (b *builder) parent() *element { return b.open[len(b.open)-1] }

// read takes one row of the survey sheet.
func (b *builder) read(rec *record) {
	if rec.has("disabled") {
		b.warn(rec.cell("disabled"), "disabled_column")
		if yes[rec.get("disabled")] {
			return
		}
	}
	if len(rec.fields) == 0 {
		return
	}
	typed := rec.get("type")
	if typed == "" {
		if rec.has("name") || rec.has("label") {
			b.fail(rec.cell("type"), "no_type")
		} else {
			b.warn(rec.cell("name"), "comment_row")
		}
		return
	}
	b.records = append(b.records, rec)
	if rec.has("save_to") && (beginRow.MatchString(typed) || endRow.MatchString(typed)) {
		b.fail(rec.cell("save_to"), "save_group")
	}
	switch {
	case typed == "audit":
		b.readAudit(rec)
	case b.readSetting(rec, typed), b.readEnd(rec, typed):
	case !b.named(rec, typed):
	case b.readBegin(rec, typed), b.readSelect(rec, typed):
	default:
		b.readQuestion(rec, typed)
	}
}

// readSetting takes a row that sets the form's title or id (an old notation).
func (b *builder) readSetting(rec *record, typed string) bool {
	switch settingsLayout.aliases[snake(typed)] {
	case "title":
		b.settings.title = rec.get("name")
	case "id_string":
		b.settings.id = rec.get("name")
	default:
		return false
	}
	return true
}

// named checks the name of the row, and gives a note without one a name.
func (b *builder) named(rec *record, typed string) bool {
	name := rec.get("name")
	if name == "" && types[typed] == types["note"] {
		name = fmt.Sprintf("generated_note_name_%d", rec.row)
		rec.fields = append(rec.fields, field{column{key: "name", header: "name"}, name})
	}
	switch {
	case name == "":
		b.fail(rec.cell("name"), "no_name")
		return false
	case !isName(name):
		b.fail(rec.cell("name"), "bad_name", name)
		return false
	case name == "meta":
		b.fail(rec.cell("name"), "reserved_name", name)
	}
	b.checkUnique(rec.cell("name"), b.parent(), name)
	return true
}

// checkUnique compares a name with those of its neighbours.
func (b *builder) checkUnique(at Cell, parent *element, name string) {
	for _, k := range parent.kids {
		switch {
		case k.name == name:
			b.fail(at, "name_twice", name)
			return
		case strings.EqualFold(k.name, name):
			b.warn(at, "name_case", name)
		}
	}
}

var (
	controlWords = `(group|lgroup|repeat|loop|looped group)`
	beginRow     = regexp.MustCompile(`^begin[\s_]` + controlWords + `(?: (?:over )?(\S+))?$`)
	endRow       = regexp.MustCompile(`^end[\s_]` + controlWords + `$`)
)

func controlKind(word string) kind {
	switch word {
	case "group", "loop":
		return group
	default:
		return repeat
	}
}

func (b *builder) readEnd(rec *record, typed string) bool {
	m := endRow.FindStringSubmatch(typed)
	if m == nil {
		return false
	}
	e := b.parent()
	list, looped := b.loops[e]
	if len(b.open) == 1 || e.kind != controlKind(m[1]) || looped != (m[1] == "loop") {
		b.fail(rec.cell("type"), "unopened", m[1], rec.get("name"))
		return true
	}
	if looped {
		e.kids = b.unroll(e, b.list(list))
	}
	b.open = b.open[:len(b.open)-1]
	b.table = nil
	return true
}

func (b *builder) readBegin(rec *record, typed string) bool {
	m := beginRow.FindStringSubmatch(typed)
	if m == nil {
		return false
	}
	e := b.element(rec, controlKind(m[1]), nil)
	if intent := rec.get("intent"); intent != "" {
		e.control.set("intent", intent)
	}
	if e.kind == repeat {
		b.checkRepeatName(rec, e.name)
		b.countRepeat(e)
	}
	if m[1] == "loop" {
		b.beginLoop(rec, e, m[2])
	}
	if e.kind == repeat && e.label.empty() && len(e.media) == 0 {
		b.warn(rec.cell("name"), "no_label", e.name)
	}
	b.parent().add(e)
	b.open = append(b.open, e)
	b.beginTable(rec, e)
	return true
}

func (b *builder) checkRepeatName(rec *record, name string) {
	switch {
	case name == b.root.name:
		b.fail(rec.cell("name"), "repeat_is_root", name)
	case b.repeats[name]:
		b.fail(rec.cell("name"), "repeat_twice", name)
	}
	b.repeats[name] = true
}

// countRepeat gives an expression of the column repeat_count a question of its
// own, since the body can refer to a question only.
func (b *builder) countRepeat(e *element) {
	count, ok := e.control.get("jr:count")
	if !ok || soleReference.MatchString(count) {
		return
	}
	name := e.name + "_count"
	b.checkUnique(e.cell("control::jr:count"), b.parent(), name)
	b.parent().add(&element{
		typ: types["calculate"], name: name, row: e.row,
		bind: attrs{{"readonly", "true()"}, {"calculate", count}},
	})
	e.control.set("jr:count", "${"+name+"}")
}

// beginTable turns the appearance table-list into what it stands for: a field
// list, its label as a note, and below a row of choices.
func (b *builder) beginTable(rec *record, e *element) {
	appearance, _ := e.control.get("appearance")
	words := strings.Fields(appearance)
	rest := []string{"field-list"}
	for _, w := range words {
		if w != "table-list" {
			rest = append(rest, w)
		}
	}
	if len(rest) > len(words) {
		return
	}
	b.table = &tableList{}
	e.control.set("appearance", strings.Join(rest, " "))
	if e.label.empty() && e.hint.empty() {
		return
	}
	e.add(&element{
		typ: types["note"], name: fmt.Sprintf("generated_table_list_label_%d", rec.row),
		label: e.label, hint: e.hint, bind: attrs{{"readonly", "true()"}}, row: rec,
	})
	e.label, e.hint = text{}, text{}
}

// element makes an element from the columns that all rows share.
func (c *compiler) element(rec *record, k kind, t *questionType) *element {
	language := c.settings.language
	e := &element{
		kind: k, typ: t, name: rec.get("name"), row: rec,
		label: rec.text("label", language), hint: rec.text("hint", language),
		guidance: rec.text("guidance_hint", language), media: rec.media(language),
		control: rec.attrs("control"), instance: rec.attrs("instance"),
		value: rec.get("default"), filter: rec.get("choice_filter"),
	}
	if t != nil {
		e.bind = append(e.bind, t.binds...)
		if e.hint.empty() && t.hint != "" {
			e.hint = text{plain: t.hint}
		}
	}
	for _, a := range rec.attrs("bind") {
		if !isMessage(a.name) {
			e.bind.set(a.name, a.value)
		}
	}
	for _, name := range messageAttrs {
		if m := rec.text("bind"+sep+name, language); !m.empty() {
			e.messages = append(e.messages, message{name, m})
		}
	}
	if required, ok := e.bind.get("required"); ok && k != question {
		if truth, said := yes[required]; truth || !said {
			c.warn(rec.cell("bind::required"), "group_required", e.name)
		}
	}
	e.dynamic = e.value != "" && k == question && isDynamic(e.value, rec.get("type"))
	return e
}

var messageAttrs = []string{"jr:constraintMsg", "jr:requiredMsg", "jr:noAppErrorString"}

func isMessage(name string) bool {
	for _, m := range messageAttrs {
		if m == name {
			return true
		}
	}
	return false
}

// readQuestion takes a row that is neither a group nor a select.
func (b *builder) readQuestion(rec *record, typed string) {
	word, list, _ := strings.Cut(typed, " ")
	t := types[typed]
	if t == nil && word == "osm" {
		t = types[word]
	}
	if t == nil {
		b.fail(rec.cell("type"), "unknown_type", typed, orNone(suggest(typed, typeNames)))
		return
	}
	e := b.element(rec, question, t)
	b.readTrigger(e)
	b.readSaveTo(e)
	b.readParameters(e)
	if t.name == "calculate" {
		_, calculated := e.bind.get("calculate")
		if !calculated && !e.dynamic && t == types[typed] && typed != "hidden" {
			b.fail(rec.cell("type"), "no_calculation", e.name)
		}
	}
	if t.name == "osm" && list != "" {
		e.tags = b.osmTags(list)
	}
	b.warnType(rec, t)
	b.parent().add(e)
}

func (b *builder) warnType(rec *record, t *questionType) {
	switch t.name {
	case "subscriberid", "simserial":
		b.warn(rec.cell("type"), "old_device_type", t.name)
	}
}
