package xform

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"slices"

	"solidaren/diagnostics/xpath"
)

// state is a saved session.
type state struct {
	Form     string            `json:"form"`
	Version  string            `json:"version"`
	Language string            `json:"language"`
	ID       string            `json:"id"`
	Answers  json.RawMessage   `json:"answers"`
	Reasons  map[string]string `json:"reasons,omitempty"` // ref → why it has no answer
	Orphans  []Orphan          `json:"orphans,omitempty"`
	Audit    []Event           `json:"audit,omitempty"`
}

// key is the name of a definition among its siblings; the second of the same
// name is "name#2".
func (d *def) key() string {
	same := 1
	for _, k := range d.parent.kids[:d.slot] {
		if k.name == d.name {
			same++
		}
	}
	if same == 1 {
		return d.name
	}
	return d.name + "#" + xpath.FormatNumber(float64(same))
}

// Restore opens a saved session. Calculations keep the values that they had.
// A state that is of another version, or holds what the form has not, is
// brought over as Migrate does. Errors: invalid for a state that cannot be read
// or is of another form.
func (f *Form) Restore(saved []byte, o SessionOptions) (*Session, error) {
	st, err := f.read(saved)
	if err != nil {
		return nil, err
	}
	if st.Version == f.version {
		s, foreign, err := f.reopen(st, o)
		if err != nil || !foreign {
			return s, err
		}
	}
	s, _, err := f.migrate(st, o)
	return s, err
}

func (f *Form) read(saved []byte) (state, error) {
	var st state
	if err := json.Unmarshal(saved, &st); err != nil {
		return st, unreadable(err)
	}
	if st.Form != f.id {
		return st, invalid("Restore", "le brouillon vient d'un autre questionnaire", "the draft is of another form", nil)
	}
	return st, nil
}

func unreadable(err error) error {
	return invalid("Restore", "le brouillon n'est pas lisible", "the draft cannot be read", err)
}

// in gives the options the language of the state, if they name none.
func (st state) in(f *Form, o SessionOptions) SessionOptions {
	if o.Language == "" && slices.Contains(f.languages, st.Language) {
		o.Language = st.Language
	}
	return o
}

// reopen opens a state of this version; foreign reports that it holds what the
// form has not.
func (f *Form) reopen(st state, o SessionOptions) (s *Session, foreign bool, err error) {
	if s, err = f.open(st.in(f, o)); err != nil {
		return nil, false, err
	}
	s.id, s.orphans, s.audit = firstOf(st.ID, s.id), st.Orphans, st.Audit
	t := &tree{}
	t.document = newNode(f.document, t, nil)
	if t.root, err = unpack(f.root, t, t.document, st.Answers); err != nil {
		return nil, false, unreadable(err)
	}
	t.document.kids[0] = t.root
	s.tree = t
	s.excuseAll(st.Reasons)
	s.evaluateAll(false)
	s.loaded()
	s.drain()
	s.note(EventResume, "")
	return s, t.foreign, nil
}

// unpack builds a node from its saved values; what the form does not have makes
// the tree foreign.
func unpack(d *def, t *tree, parent *inode, raw json.RawMessage) (*inode, error) {
	n := newNode(d, t, parent)
	if d.leaf() && n.kids == nil {
		return n, n.unpackValue(raw)
	}
	var object map[string]json.RawMessage
	if len(raw) > 0 && raw[0] == '{' {
		if err := json.Unmarshal(raw, &object); err != nil {
			return nil, err
		}
	}
	if d.leaf() {
		if err := n.unpackValue(object[""]); err != nil {
			return nil, err
		}
	}
	known := 0
	if _, ok := object[""]; ok && d.leaf() {
		known++
	}
	for _, k := range d.kids {
		raw, ok := object[k.key()]
		if ok {
			known++
		}
		if err := n.unpackKid(k, raw); err != nil {
			return nil, err
		}
	}
	t.foreign = t.foreign || known < len(object) || object == nil && holds(raw)
	return n, nil
}

// holds reports whether a saved value says anything.
func holds(raw json.RawMessage) bool {
	text := string(raw)
	return text != "" && text != "null" && text != `""` && text != "[]" && text != "{}"
}

func (n *inode) unpackKid(k *def, raw json.RawMessage) error {
	if !k.repeat {
		kid, err := unpack(k, n.tree, n, raw)
		n.kids[k.slot] = kid
		return err
	}
	var list []json.RawMessage
	if len(raw) > 0 && raw[0] == '[' {
		if err := json.Unmarshal(raw, &list); err != nil {
			return err
		}
	}
	n.tree.foreign = n.tree.foreign || list == nil && holds(raw)
	for _, one := range list {
		x, err := unpack(k, n.tree, n, one)
		if err != nil {
			return err
		}
		n.adopt(k, x)
	}
	return nil
}

func (n *inode) unpackValue(raw json.RawMessage) error {
	if len(raw) == 0 || raw[0] != '"' {
		n.tree.foreign = n.tree.foreign || holds(raw)
		return nil
	}
	err := json.Unmarshal(raw, &n.typed)
	n.value = n.typed
	return err
}

// Submission writes the record as XML: relevant nodes only.
func (s *Session) Submission() ([]byte, error) {
	var b bytes.Buffer
	b.WriteString(xml.Header)
	w := writer{out: &b, form: s.form, id: s.id}
	w.element(s.tree.root)
	return b.Bytes(), w.err
}

type writer struct {
	out  *bytes.Buffer
	form *Form
	id   string
	err  error
}

func (w *writer) text(s string) {
	if err := xml.EscapeText(w.out, []byte(s)); err != nil && w.err == nil {
		w.err = err
	}
}

func (w *writer) element(n *inode) {
	d := n.def
	w.out.WriteString("<" + d.name)
	if d == w.form.root {
		w.namespaces()
	}
	for _, k := range d.kids {
		if k.attr && n.kids[k.slot].relevant {
			w.out.WriteString(" " + k.name[1:] + `="`)
			w.text(n.kids[k.slot].value)
			w.out.WriteString(`"`)
		}
	}
	w.out.WriteString(">")
	if d.leaf() {
		w.text(n.value)
	}
	w.inner(n)
	if d == w.form.root && len(d.child("", "meta", false)) == 0 {
		w.out.WriteString("<meta><instanceID>" + w.id + "</instanceID></meta>")
	}
	w.out.WriteString("</" + d.name + ">")
}

func (w *writer) inner(n *inode) {
	for _, k := range n.def.kids {
		switch {
		case k.attr:
		case k.repeat:
			for _, x := range n.reps[k.series] {
				if x.relevant {
					w.element(x)
				}
			}
		case n.kids[k.slot].relevant:
			w.element(n.kids[k.slot])
		}
	}
}

// namespaces declares the prefixes that the answers use.
func (w *writer) namespaces() {
	used := map[string]bool{}
	for _, d := range w.form.defs {
		used[d.prefix] = true
	}
	for _, ns := range w.form.namespace {
		if ns.prefix != "" && used[ns.prefix] {
			w.out.WriteString(" xmlns:" + ns.prefix + `="`)
			w.text(ns.space)
			w.out.WriteString(`"`)
		}
	}
	if space := w.form.root.space; space != "" && space != nsXForms && w.form.root.prefix == "" {
		w.out.WriteString(` xmlns="`)
		w.text(space)
		w.out.WriteString(`"`)
	}
}
