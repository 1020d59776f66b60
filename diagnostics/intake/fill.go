package intake

import (
	"bytes"
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
// with one object an instance. Calculated and read-only questions are left to
// the form. It gives the problems that stand between the session and its end.
// Errors: invalid, naming the question that the form does not have or that
// holds another shape than the form's.
func Fill(s *xform.Session, answersJSON []byte) ([]xform.Problem, error) {
	decoder := json.NewDecoder(bytes.NewReader(answersJSON))
	decoder.UseNumber()
	var answers map[string]any
	if err := decoder.Decode(&answers); err != nil {
		return nil, diagnostics.E("intake.Fill", diagnostics.CodeInvalid,
			"Le fichier de réponses n'est pas un objet JSON lisible ("+position(err, answersJSON)+").",
			"The file of answers is not a readable JSON object ("+position(err, answersJSON)+").", err)
	}
	f := filler{s: s, children: map[string][]xform.Question{}}
	for _, q := range s.Form().Questions() {
		parent := q.Path[:strings.LastIndex(q.Path, "/")]
		f.children[parent] = append(f.children[parent], q)
	}
	root := s.Form().Root()
	if err := f.object(root, root, answers); err != nil {
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

type filler struct {
	s        *xform.Session
	children map[string][]xform.Question // by the path of their parent
}

// object answers the questions below a node (ref with positions, path without)
// in the form's order, so that what an answer makes relevant comes after it.
func (f filler) object(ref, path string, answers map[string]any) error {
	known := map[string]bool{}
	for _, q := range f.children[path] {
		known[q.Name] = true
		answer, ok := answers[q.Name]
		if !ok {
			continue
		}
		if err := f.answer(ref+"/"+q.Name, q, answer); err != nil {
			return err
		}
	}
	for _, name := range slices.Sorted(maps.Keys(answers)) {
		if !known[name] {
			return refused(ref+"/"+name, "cette question n'existe pas dans le formulaire", "the form has no such question")
		}
	}
	return nil
}

func (f filler) answer(ref string, q xform.Question, answer any) error {
	switch q.Kind {
	case "group":
		inner, ok := answer.(map[string]any)
		if !ok {
			return refused(ref, "un groupe attend un objet", "a group takes an object")
		}
		return f.object(ref, q.Path, inner)
	case "repeat":
		list, ok := answer.([]any)
		if !ok {
			return refused(ref, "une répétition attend un tableau", "a repeat takes an array")
		}
		return f.repeat(ref, q, list)
	case "calculate":
		return nil
	}
	text, ok := plain(answer)
	if !ok {
		return refused(ref, "une question attend un texte", "a question takes a string")
	}
	if n, ok := f.s.Node(ref); ok && n.ReadOnly {
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
			return refused(ref, "le formulaire fixe lui-même le nombre de ces répétitions", "the form itself sets the number of these instances")
		}
	}
	for i, item := range list {
		inner, ok := item.(map[string]any)
		at := fmt.Sprintf("%s[%d]", ref, i+1)
		if !ok {
			return refused(at, "une répétition attend un objet par instance", "a repeat takes an object an instance")
		}
		if err := f.object(at, q.Path, inner); err != nil {
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
		FR: fmt.Sprintf("%s : %s.", ref, fr), EN: fmt.Sprintf("%s: %s.", ref, en)}}
}
