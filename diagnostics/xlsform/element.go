package xlsform

import (
	"regexp"
	"strings"
)

// kind of an element of the form.
type kind int

const (
	question kind = iota
	group
	repeat
)

// element is a question, a group or a repeat; the survey itself is the group
// at the root.
type element struct {
	kind kind
	typ  *questionType // nil for groups and repeats
	name string
	row  *record // the row that made it; nil where the compiler did

	label, hint, guidance text
	media                 []medium
	messages              []message
	bind, control         attrs
	instance              attrs

	value    string   // default
	dynamic  bool     // the default is an expression
	triggers []string // questions whose change computes this one

	list   string // choice list, file or reference that a select takes its choices from
	filter string
	query  string // list of a select_one_external
	params attrs
	tags   []*tag // osm

	parent *element
	kids   []*element
}

// medium is one media file of a label.
type medium struct {
	form string // image, big-image, audio, video
	file text
}

// message is a text that the bind refers to: jr:constraintMsg, jr:requiredMsg,
// jr:noAppErrorString.
type message struct {
	attr string
	text text
}

func (e *element) add(kids ...*element) {
	for _, k := range kids {
		k.parent = e
		e.kids = append(e.kids, k)
	}
}

// path is the place of the element in the instance: /data/group/question.
func (e *element) path() string {
	if e.parent == nil {
		return "/" + e.name
	}
	return e.parent.path() + "/" + e.name
}

// repeatAround is the nearest repeat that holds the element, nil outside.
func (e *element) repeatAround() *element {
	for p := e.parent; p != nil; p = p.parent {
		if p.kind == repeat {
			return p
		}
	}
	return nil
}

// walk visits the element and what it holds, in the order of the form.
func (e *element) walk(visit func(*element)) {
	visit(e)
	for _, k := range e.kids {
		k.walk(visit)
	}
}

// needsItext reports whether the label must be looked up by language.
func (e *element) needsItext() bool { return e.label.translated() || len(e.media) > 0 }

var searchCall = regexp.MustCompile(`\bsearch\s*\(`)

// searches reports whether the choices of a select are looked up by the old
// function search(), which wants them in the control.
func (e *element) searches() bool {
	appearance, _ := e.control.get("appearance")
	return searchCall.MatchString(appearance)
}

// shown reports whether the element has something to show in the body.
func (e *element) shown() bool {
	return !e.label.empty() || !e.hint.empty() || !e.guidance.empty() || len(e.media) > 0
}

// hidden reports whether nobody sees the question: its type has no control, or
// it is computed and has nothing to show.
func (e *element) hidden() bool {
	_, calculated := e.bind.get("calculate")
	return e.typ.control == "" || (calculated || len(e.triggers) > 0) && !e.shown()
}

// isMeta reports whether the element is a block of data about the record.
func (e *element) isMeta() bool { return e.kind == group && e.name == "meta" && e.row == nil }

// isAttribute reports whether the element is an attribute of its parent.
func (e *element) isAttribute() bool { return strings.HasPrefix(e.name, "@") }

// cell is the place of a column of the row that made the element.
func (e *element) cell(key string) Cell {
	if e.row == nil {
		return Cell{Sheet: sheetSurvey}
	}
	return e.row.cell(key)
}
