package intake

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"solidaren/diagnostics"
	"solidaren/diagnostics/xform"
)

// Fill answers a session from JSON: a question's name maps to a string (a
// number, true or false are read as their text, a list of strings as the
// choices of a select_multiple), a group's to an object, a repeat's to an array
// with one object an instance. What stands in a group may also be written
// without it, where its name is the only one. Calculated and read-only
// questions are left to the form. It gives the problems that stand between the
// session and its end. Errors: invalid, naming the question that the form does
// not have or that holds another shape than the form's.
func Fill(s *xform.Session, answersJSON []byte) ([]xform.Problem, error) {
	decoder := json.NewDecoder(bytes.NewReader(answersJSON))
	decoder.UseNumber()
	var answers map[string]any
	if err := decoder.Decode(&answers); err != nil {
		return nil, diagnostics.E("intake.Fill", diagnostics.CodeInvalid,
			"Le fichier de réponses n'est pas un objet JSON lisible ("+position(err, answersJSON)+").",
			"The file of answers is not a readable JSON object ("+position(err, answersJSON)+").", err)
	}
	f := filler{s: s, scopes: map[string][]xform.Question{}}
	root := s.Form().Root()
	for _, q := range s.Form().Questions() {
		scope := cmp.Or(q.Repeat, root)
		f.scopes[scope] = append(f.scopes[scope], q)
	}
	if err := f.scope(root, root, answers); err != nil {
		return nil, err
	}
	return s.Validate(), nil
}

// position tells where a JSON text stops being readable.
func position(err error, text []byte) string {
	var syntax *json.SyntaxError
	if !errors.As(err, &syntax) {
		return "1:1"
	}
	before := text[:min(int(syntax.Offset), len(text))]
	line := bytes.Count(before, []byte("\n")) + 1
	return fmt.Sprintf("%d:%d", line, len(before)-bytes.LastIndexByte(before, '\n')-1)
}

// filler answers a session. A scope is the form or a repeat, by its path, with
// the questions in it that are in no inner repeat, in the form's order.
type filler struct {
	s      *xform.Session
	scopes map[string][]xform.Question
}

// scope answers the questions of a scope (ref with positions, path without) in
// the form's order, so that what an answer makes relevant comes after it.
func (f filler) scope(ref, path string, answers map[string]any) error {
	given := map[string]any{}
	if err := f.flatten(ref, path, path, answers, given); err != nil {
		return err
	}
	for _, q := range f.scopes[path] {
		if answer, ok := given[q.Path]; ok {
			if err := f.answer(ref+strings.TrimPrefix(q.Path, path), q, answer); err != nil {
				return err
			}
		}
	}
	return nil
}

// flatten puts the answers of a group (path) of a scope (ref, its path scope)
// into given, by the path of their question.
func (f filler) flatten(ref, scope, path string, answers, given map[string]any) error {
	for _, name := range slices.Sorted(maps.Keys(answers)) {
		at := ref + strings.TrimPrefix(path, scope) + "/" + name
		q, ok := f.find(scope, path, name)
		if !ok {
			return refused(at, "cette question n'existe pas dans le questionnaire", "the form has no such question")
		}
		if q.Kind != xform.KindGroup {
			if _, twice := given[q.Path]; twice {
				return refused(at, "cette question a deux réponses", "this question has two answers")
			}
			given[q.Path] = answers[name]
			continue
		}
		inner, ok := answers[name].(map[string]any)
		if !ok {
			return refused(at, "un groupe attend un objet", "a group takes an object")
		}
		if err := f.flatten(ref, scope, q.Path, inner, given); err != nil {
			return err
		}
	}
	return nil
}

// find gives the question or group of that name under path: the one that
// stands there itself, else the only one in the groups below.
func (f filler) find(scope, path, name string) (xform.Question, bool) {
	var below []xform.Question
	for _, q := range f.scopes[scope] {
		if q.Path == path+"/"+name {
			return q, true
		}
		if q.Name == name && strings.HasPrefix(q.Path, path+"/") {
			below = append(below, q)
		}
	}
	if len(below) != 1 {
		return xform.Question{}, false
	}
	return below[0], true
}

func (f filler) answer(ref string, q xform.Question, answer any) error {
	if q.Kind == xform.KindRepeat {
		list, ok := answer.([]any)
		if !ok {
			return refused(ref, "une répétition attend un tableau", "a repeat takes an array")
		}
		return f.repeat(ref, q, list)
	}
	text, ok := plain(answer)
	if !ok {
		return refused(ref, "une question attend un texte", "a question takes a string")
	}
	if q.Kind == xform.KindCalculate || f.s.ReadOnly(ref) {
		return nil
	}
	_, err := f.s.Set(ref, text)
	return err
}

// repeat brings the repeat to as many instances as the list has, then answers
// each.
func (f filler) repeat(ref string, q xform.Question, list []any) error {
	for count := f.count(ref); count != len(list); count = f.count(ref) {
		var err error
		if count < len(list) {
			_, err = f.s.AddRepeat(ref)
		} else {
			_, err = f.s.RemoveRepeat(fmt.Sprintf("%s[%d]", ref, count))
		}
		if err != nil {
			return err
		}
		if f.count(ref) == count {
			return refused(ref, "le questionnaire fixe lui-même le nombre de ces répétitions", "the form itself sets the number of these instances")
		}
	}
	for i, item := range list {
		inner, ok := item.(map[string]any)
		at := fmt.Sprintf("%s[%d]", ref, i+1)
		if !ok {
			return refused(at, "une répétition attend un objet par instance", "a repeat takes an object an instance")
		}
		if err := f.scope(at, q.Path, inner); err != nil {
			return err
		}
	}
	return nil
}

// count is the number of instances that a repeat has.
func (f filler) count(ref string) int {
	n, _ := f.s.Node(ref)
	return n.Count
}

// plain is the text of a JSON value that a question can take.
func plain(answer any) (string, bool) {
	switch v := answer.(type) {
	case nil:
		return "", true
	case string:
		return v, true
	case json.Number:
		return v.String(), true
	case bool:
		return fmt.Sprint(v), true
	case []any:
		codes := make([]string, len(v))
		for i, item := range v {
			code, ok := item.(string)
			if !ok {
				return "", false
			}
			codes[i] = code
		}
		return strings.Join(codes, " "), true
	}
	return "", false
}

func refused(ref, fr, en string) error {
	return &diagnostics.Error{Op: "intake.Fill", Code: diagnostics.CodeInvalid, Field: ref, Msg: diagnostics.Text{
		FR: fmt.Sprintf("%s : %s.", ref, fr), EN: fmt.Sprintf("%s: %s.", ref, en),
	}}
}
