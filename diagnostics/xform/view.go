package xform

import "slices"

// Node is a node as a screen shows it.
type Node struct {
	Ref, Path, Name           string
	Kind                      Kind
	Type, Control, Appearance string
	Value                     string
	Reason                    string // why there is no value, as given to Excuse
	Relevant, Required        bool
	Valid, ReadOnly           bool
	Label, Hint, Guidance     string   // in the session's language, outputs resolved
	Media                     *Media   // of the label, in the session's language; nil for none
	Lent                      string   // language of the label, where the session's has none; "" if it has
	LentHint                  string   // the same of the hint
	Error                     string   // what to show when it is not valid
	Choices                   []Choice // filtered, in the session's language; not to be changed
	Marks                     []Choice // words for values of a range
	Depth                     int      // 1 for what stands right below the root
	Attrs                     map[string]string
	Params                    map[string]string // further attributes of the control, without prefix: "end", "mediatype"
	Limit                     int               // most characters that the constraint allows; 0: no such limit
	Most                      int               // most answers of several that it allows; 0: no such limit
	FromFile                  bool              // the choices come from a side file
	Count                     int               // of a repeat: its instances
}

// Choice is one choice of a question. Position is its place, from 1, before
// any filter.
type Choice struct {
	Value, Label string
	Position     int
	Media        *Media // in the session's language; nil for none
	Lent         string // language of the label, where the session's has none; "" if it has
}

// Node gives the node of a ref: a question, a group, an instance ("/data/r[1]")
// or the series of a repeat ("/data/r").
func (s *Session) Node(ref string) (Node, bool) {
	at, ok := s.locate(ref)
	switch {
	case !ok:
		return Node{}, false
	case at.series != nil:
		return s.seriesNode(at.node, at.series), true
	}
	return s.node(at.node), true
}

// ReadOnly reports whether a node is there that takes no answer. It is Node's,
// without its label and choices.
func (s *Session) ReadOnly(ref string) bool {
	at, ok := s.locate(ref)
	switch {
	case !ok:
		return false
	case at.series != nil:
		return s.seriesNode(at.node, at.series).ReadOnly
	}
	return s.frozen(at.node)
}

// Nodes lists every node in document order, irrelevant ones included. A repeat
// comes as its series, then its instances one by one.
func (s *Session) Nodes() []Node {
	w := Watch{s: s}
	w.list()
	return w.nodes
}

func (d *def) depth() int {
	n := -1
	for ; d.parent != nil; d = d.parent {
		n++
	}
	return n
}

// face is the control that says what a node looks like.
func (d *def) face() *control {
	if d.control != nil {
		return d.control
	}
	return d.group
}

func (s *Session) node(n *inode) Node {
	d := n.def
	out := Node{
		Ref: n.reference(), Path: d.path, Name: d.name, Kind: d.kind(), Type: d.bind.typ,
		Value: n.value, Reason: n.reason, Relevant: n.relevant, Required: n.required, ReadOnly: s.frozen(n),
		Depth: d.depth(), Attrs: d.bind.attrs,
	}
	if !n.relevant {
		out.Value = n.typed
	}
	if d.repeat {
		out.Kind = KindGroup
	}
	s.describe(&out, d, n)
	if d.leaf() {
		out.Choices = s.choicesFor(n)
		out.Error = s.fault(n)
	}
	out.Valid = s.problem(n) == ""
	return out
}

func (s *Session) describe(out *Node, d *def, n *inode) {
	c := d.face()
	if c == nil {
		return
	}
	if d.control != nil {
		out.Control = c.name
	}
	out.Appearance = c.appearance
	out.Params, out.Limit, out.Most = c.params, c.limit, c.most
	out.FromFile = c.choices != nil && c.choices.external
	if c.marks != nil {
		out.Marks = s.listChoices(n, c.marks)
	}
	out.Label, out.Lent = c.label.in(s.language, s.at(n)), c.label.lentIn(s.language)
	out.Media = c.label.shown(s.language)
	out.Hint, out.LentHint = c.hint.in(s.language, s.at(n)), c.hint.lentIn(s.language)
	out.Guidance = c.guidance.in(s.language, s.at(n))
}

// seriesNode is a repeat as a whole. Its relevance is that of its instances,
// or, where it has none, that which a first one would have.
func (s *Session) seriesNode(parent *inode, d *def) Node {
	series := parent.reps[d.series]
	out := Node{
		Ref: parent.reference() + "/" + d.name, Path: d.path, Name: d.name, Kind: KindRepeat, Type: d.bind.typ,
		Valid: true, ReadOnly: d.fixed || d.counted || s.frozen(parent),
		Depth: d.depth(), Attrs: d.bind.attrs, Count: len(series),
	}
	if len(series) > 0 {
		out.Relevant = slices.ContainsFunc(series, func(n *inode) bool { return n.relevant })
		s.describe(&out, d, series[0])
		return out
	}
	first := build(d, s.tree, parent, nil)
	first.position = 1
	out.Relevant = parent.relevant
	if c := d.comps[relevantKind]; c != nil {
		out.Relevant = parent.relevant && c.program.Truth(s.at(first))
	}
	s.describe(&out, d, first)
	return out
}

// Problem is something that keeps a form from being finished.
type Problem struct {
	Ref, Label, Message string
	Code                string // required, constraint or type
}

// Codes of problems.
const (
	ProblemRequired   = "required"
	ProblemConstraint = "constraint"
	ProblemType       = "type"
)

// problem is the code of what is wrong with a node; "" if nothing is.
func (s *Session) problem(n *inode) string {
	switch {
	case !n.relevant || !n.def.leaf():
		return ""
	case n.value == "" && n.required && n.reason == "" && !s.frozen(n):
		return ProblemRequired
	case !n.typeOK:
		return ProblemType
	case !n.satisfied:
		return ProblemConstraint
	}
	return ""
}

// fault is the message of what is wrong with a node.
func (s *Session) fault(n *inode) string {
	b := &n.def.bind
	switch s.problem(n) {
	case ProblemRequired:
		return firstOf(b.requiredMsg.in(s.language, s.at(n)), s.say("Réponse obligatoire.", "An answer is required."))
	case ProblemConstraint:
		return firstOf(b.constraintMsg.in(s.language, s.at(n)), s.say("Cette réponse n'est pas possible.", "This answer is not possible."))
	case ProblemType:
		rule, ok := typeRules[b.typ]
		if !ok || n.def.control != nil && n.def.control.choices != nil {
			rule = choiceRule
		}
		return s.say(rule.fr, rule.en)
	}
	return ""
}

// Validate lists everything that keeps the form from being finished, in
// document order.
func (s *Session) Validate() []Problem {
	var list []Problem
	s.tree.root.each(func(n *inode) {
		code := s.problem(n)
		if code == "" {
			return
		}
		p := Problem{Ref: n.reference(), Code: code, Message: s.fault(n)}
		if c := n.def.face(); c != nil {
			p.Label = c.label.in(s.language, s.at(n))
		}
		list = append(list, p)
	})
	return list
}

// Finish validates and, where nothing is wrong, sets what is known only at the
// end. The error is that of Submission.
func (s *Session) Finish() ([]Problem, error) {
	if problems := s.Validate(); len(problems) > 0 {
		return problems, nil
	}
	s.note(EventFinish, "")
	s.stampEnd()
	s.run()
	s.drain()
	_, err := s.Submission()
	return nil, err
}
