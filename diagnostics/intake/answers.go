package intake

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"solidaren/diagnostics"
	"solidaren/diagnostics/xform"
)

// Answers writes what was answered as JSON: a question's name to its text, a
// group's to an object, a repeat's to an array of objects, one an instance.
// texts holds free text and places, which leave the laptop sealed; answers all
// others. Unanswered and irrelevant questions are left out, and so is what the
// form knows of itself (meta), and a working note: that is kept for 90 days
// only, in a record of its own.
func Answers(s *xform.Session) (answers, texts []byte, err error) {
	kinds := map[string]xform.Kind{}
	for _, q := range s.Form().Questions() {
		kinds[q.Path] = q.Kind
	}
	meta := s.Form().Root() + "/meta/"
	open, closed := map[string]any{}, map[string]any{}
	for _, n := range s.Nodes() {
		if n.Value == "" || !n.Relevant || n.Kind != xform.KindQuestion && n.Kind != xform.KindCalculate || strings.HasPrefix(n.Path, meta) {
			continue
		}
		if isNote(n.Attrs) {
			continue
		}
		tree := open
		if isText(n) {
			tree = closed
		}
		place(tree, n, s.Form().Root(), kinds)
	}
	if answers, err = json.Marshal(open); err != nil {
		return nil, nil, err
	}
	texts, err = json.Marshal(closed)
	return answers, texts, err
}

// isNote reports whether a question takes a working note.
func isNote(attrs map[string]string) bool {
	return slices.ContainsFunc(targets(attrs), func(t target) bool { return t.is(diagnostics.TypeNote, "private") })
}

// NoteQuestion gives the name of the form's question for a working note outside
// repeats, "" if it has none.
func NoteQuestion(f *xform.Form) string {
	for _, q := range f.Questions() {
		if q.Repeat == "" && isNote(q.Attrs) {
			return q.Name
		}
	}
	return ""
}

// readable are the types whose values are no words and no places.
var readable = []string{"int", "integer", "decimal", "date", "dateTime", "time", "boolean"}

// isText reports whether an answer may hold words of a person or a precise
// place: every string that was typed, and a calculation unless it fills a
// coded field.
func isText(n xform.Node) bool {
	if slices.Contains([]string{"select1", "select", "rank", "trigger", "range"}, n.Control) {
		return false
	}
	if slices.Contains(readable, n.Type[strings.LastIndex(n.Type, ":")+1:]) {
		return false
	}
	if n.Kind == xform.KindCalculate {
		for _, t := range targets(n.Attrs) {
			if t.field.List != "" && !t.field.Sealed {
				return false
			}
		}
	}
	return true
}

// place puts an answer into the tree, making the groups and instances on its
// way.
func place(tree map[string]any, n xform.Node, root string, kinds map[string]xform.Kind) {
	at := tree
	path := root
	parts := strings.Split(strings.TrimPrefix(n.Ref, root+"/"), "/")
	for _, part := range parts[:len(parts)-1] {
		name, position := step(part)
		path += "/" + name
		if kinds[path] == xform.KindRepeat {
			at = instanceAt(at, name, position)
			continue
		}
		inner, ok := at[name].(map[string]any)
		if !ok {
			inner = map[string]any{}
			at[name] = inner
		}
		at = inner
	}
	at[n.Name] = n.Value
}

// instanceAt gives the object of a repeat's instance (1 the first), filling
// the array up to it.
func instanceAt(at map[string]any, name string, position int) map[string]any {
	list, _ := at[name].([]any)
	for len(list) < position {
		list = append(list, map[string]any{})
	}
	at[name] = list
	return list[position-1].(map[string]any)
}

// step splits "r[2]" into "r" and 2; without a number it is the first.
func step(part string) (string, int) {
	name, number, ok := strings.Cut(part, "[")
	position, err := strconv.Atoi(strings.TrimSuffix(number, "]"))
	if !ok || err != nil || position < 1 {
		return name, 1
	}
	return name, position
}
