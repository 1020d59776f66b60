package main

import (
	"encoding/json"
	"fmt"
	"io"

	"solidaren/cmd/internal/cli"
	"solidaren/diagnostics"
	"solidaren/diagnostics/xform"
)

type formPlay struct {
	Form   string `arg:"" name:"FORM" help:"${form_file}"`
	Script string `arg:"" name:"SCRIPT.json" help:"${script}"`
}

// maxScript bounds a script and a file of answers, in bytes.
const maxScript = 16 << 20

// step is one thing that is done to a session; exactly one of its fields is
// set.
type step struct {
	Set          *string `json:"set"`
	Value        string  `json:"value"`
	AddRepeat    *string `json:"add_repeat"`
	RemoveRepeat *string `json:"remove_repeat"`
	Language     *string `json:"language"`
	Finish       bool    `json:"finish"`
}

// nodeState is a node after a step.
type nodeState struct {
	Ref      string        `json:"ref"`
	Value    string        `json:"value"`
	Relevant bool          `json:"relevant"`
	Required bool          `json:"required"`
	Valid    bool          `json:"valid"`
	ReadOnly bool          `json:"readonly"`
	Label    string        `json:"label"`
	Choices  []choiceState `json:"choices,omitempty"`
}

type choiceState struct {
	Value string `json:"value"`
	Label string `json:"label"`
}

// problemState is what stands between a session and its end.
type problemState struct {
	Ref     string `json:"ref"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

// state is the whole session after a step, counted from 1.
type state struct {
	Step     int            `json:"step"`
	Language string         `json:"language"`
	Nodes    []nodeState    `json:"nodes"`
	Finished *bool          `json:"finished,omitempty"` // of a step that finishes
	Problems []problemState `json:"problems,omitempty"`
	XML      string         `json:"submission,omitempty"`
}

// played is the result of a whole script.
type played struct {
	Form   string  `json:"form"`
	States []state `json:"states"`
}

// text writes one JSON object a step.
func (p played) text(w io.Writer, _ string) {
	for _, s := range p.States {
		_ = writeJSON(w, s) // a state is strings and booleans
	}
}

func (c formPlay) Run(e *env) error {
	form, err := e.formNamed(c.Form)
	if err != nil {
		return err
	}
	steps, err := readScript(c.Script, e.in)
	if err != nil {
		return err
	}
	session, err := form.NewSession(xform.SessionOptions{})
	if err != nil {
		return err
	}
	out := played{Form: form.ID(), States: []state{}}
	for i, s := range steps {
		after, err := s.do(session)
		if err != nil {
			return inStep(i+1, err, e.Lang)
		}
		after.Step = i + 1
		out.States = append(out.States, after)
	}
	return e.print(out)
}

// readScript reads the list of steps. Errors: invalid, naming the step.
func readScript(path string, stdin io.Reader) ([]step, error) {
	b, err := cli.ReadFile(path, stdin, maxScript)
	if err != nil {
		return nil, err
	}
	var raw []json.RawMessage
	if err := json.Unmarshal(b, &raw); err != nil {
		return nil, diagnostics.E("solidarenctl.play", diagnostics.CodeInvalid,
			fmt.Sprintf("Le fichier « %s » n'est pas une liste JSON de gestes : %v.", path, err),
			fmt.Sprintf("The file %q is not a JSON list of steps: %v.", path, err), err)
	}
	steps := make([]step, len(raw))
	for i, one := range raw {
		if err := decodeStrict(one, &steps[i]); err != nil || steps[i].count() != 1 {
			return nil, diagnostics.E("solidarenctl.play", diagnostics.CodeInvalid,
				fmt.Sprintf("Geste %d : attendu set et value, add_repeat, remove_repeat, language ou finish.", i+1),
				fmt.Sprintf("Step %d: expected set and value, add_repeat, remove_repeat, language or finish.", i+1), err)
		}
	}
	return steps, nil
}

// count is the number of things that the step does.
func (s step) count() int {
	n := 0
	for _, set := range []bool{s.Set != nil, s.AddRepeat != nil, s.RemoveRepeat != nil, s.Language != nil, s.Finish} {
		if set {
			n++
		}
	}
	return n
}

func inStep(number int, err error, lang string) error {
	sentence := cli.Sentence(err, lang)
	return diagnostics.E("solidarenctl.play", diagnostics.CodeInvalid,
		fmt.Sprintf("Geste %d : %s", number, sentence), fmt.Sprintf("Step %d: %s", number, sentence), err)
}

// do plays the step and gives the state after it.
func (s step) do(session *xform.Session) (after state, err error) {
	switch {
	case s.Set != nil:
		_, err = session.Set(*s.Set, s.Value)
	case s.AddRepeat != nil:
		_, err = session.AddRepeat(*s.AddRepeat)
	case s.RemoveRepeat != nil:
		_, err = session.RemoveRepeat(*s.RemoveRepeat)
	case s.Language != nil:
		err = session.SetLanguage(*s.Language)
	default:
		err = after.finish(session)
	}
	after.Language, after.Nodes = session.Language(), []nodeState{}
	for _, n := range session.Nodes() {
		after.Nodes = append(after.Nodes, nodeOf(n))
	}
	return after, err
}

// finish ends the session; problems are part of the state, not an error.
func (a *state) finish(session *xform.Session) error {
	problems, err := session.Finish()
	if err != nil {
		return err
	}
	done := len(problems) == 0
	a.Finished = &done
	for _, p := range problems {
		a.Problems = append(a.Problems, problemState{p.Ref, p.Code, p.Message})
	}
	if done {
		var xml []byte
		xml, err = session.Submission()
		a.XML = string(xml)
	}
	return err
}

func nodeOf(n xform.Node) nodeState {
	out := nodeState{
		Ref: n.Ref, Value: n.Value, Relevant: n.Relevant, Required: n.Required, Valid: n.Valid,
		ReadOnly: n.ReadOnly, Label: n.Label,
	}
	for _, c := range n.Choices {
		out.Choices = append(out.Choices, choiceState{c.Value, c.Label})
	}
	return out
}
