package xlsform

import "strings"

// Asked is a row as those who answer meet it: a question or group with its
// words, or one choice of a list. Checks of what is asked look at it.
type Asked struct {
	Path       string // of a question or group; "" for a choice
	List       string // of a choice: its list; of a select: the list that it shows
	Type       string // of a question: text, photo, geopoint…
	Appearance string
	Relevant   string
	Observes   string // what its answer means
	Texts      []Text
}

// Text is one cell of words.
type Text struct {
	At    Cell
	Kind  TextKind
	Value string
}

// TextKind says what words are for.
type TextKind string

// The kinds of words: the name of a question, choice or list; what is asked;
// what explains it.
const (
	TextName  TextKind = "name"
	TextLabel TextKind = "label"
	TextHint  TextKind = "hint"
)

// textKinds are the columns that hold words.
var textKinds = map[string]TextKind{
	"name": TextName, "label": TextLabel, "hint": TextHint, "guidance_hint": TextHint,
	"bind::jr:constraintMsg": TextHint, "bind::jr:requiredMsg": TextHint,
}

// AskedIn lists what a workbook asks, also one that is refused: as far as its
// rows can be read. Where it compiles, that is the result's Asked.
func AskedIn(w *Workbook, o CompileOptions) []Asked {
	c, _ := compileAll(w, o)
	return c.asked()
}

// asked lists the questions and groups, then the choices, each in its order.
func (c *compiler) asked() []Asked {
	var out []Asked
	seen := map[*record]bool{}
	c.root.walk(func(e *element) {
		if e.row != nil && !seen[e.row] && (e.name == e.row.get("name") || e.row.get("name") == "") {
			seen[e.row] = true
			out = append(out, e.asked())
		}
	})
	for _, name := range c.listOrder {
		for i, it := range c.lists[name].items {
			a := Asked{List: name, Texts: it.row.texts()}
			if i == 0 {
				a.Texts = append(a.Texts, Text{it.row.cell("list_name"), TextName, name})
			}
			out = append(out, a)
		}
	}
	for _, rec := range c.externalRows {
		out = append(out, Asked{List: rec.get("list_name"), Texts: rec.texts()})
	}
	return out
}

func (e *element) asked() Asked {
	a := Asked{Path: e.path(), List: e.list}
	if e.typ != nil {
		a.Type = e.typ.name
	}
	if a.List == "" {
		a.List = e.query
	}
	a.Appearance, _ = e.control.get("appearance")
	a.Relevant, _ = e.bind.get("relevant")
	for _, b := range e.bind {
		if strings.HasSuffix(b.name, ":observes") {
			a.Observes = b.value
		}
	}
	if _, located := e.bind.get("odk:location-priority"); located {
		a.Type = "audit-location"
	}
	if e.row != nil {
		a.Texts = e.row.texts()
	}
	return a
}

// texts are the cells of a row that hold words, in every language.
func (rec *record) texts() []Text {
	var out []Text
	for _, f := range rec.fields {
		key := f.key
		if at := strings.LastIndex(key, sep); at > 0 && textKinds[key] == "" {
			key = key[:at]
		}
		if kind := textKinds[key]; kind != "" {
			out = append(out, Text{Cell{rec.sheet, rec.row, letters(f.index)}, kind, f.value})
		}
	}
	return out
}
