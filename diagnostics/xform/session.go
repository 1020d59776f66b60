package xform

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"solidaren/diagnostics"
	"solidaren/diagnostics/xpath"
)

// Session is a form being filled. It belongs to one goroutine.
type Session struct {
	form     *Form
	options  SessionOptions
	language int
	tree     *tree
	env      xpath.Env
	context  xpath.Context
	work     worklist
	changed  []*inode
	changes  Changes
	id       string                // instanceID, where the form has no place for it
	saved    *xpath.XMLNode        // last saved record, nil if there is none
	shared   map[*chooser][]Choice // choices that are the same everywhere, in the language
	places   map[*xpath.Program]map[xpath.Node]int
	listed   map[*chooser]map[string]bool
	spared   map[seriesOf][]*inode // instances that a count cut off
	orphans  []Orphan
	audit    []Event
	// savedSize is how long the last saved state was.
	savedSize int
	watch     *Watch // nil: nobody follows the nodes
	// keeping holds while saved answers are taken up: nothing is worked out anew,
	// whatever becomes relevant or not on the way.
	keeping bool
}

// Changes are what one step did, so that a screen refreshes that alone.
type Changes struct {
	Changed   []string // nodes whose state differs, or whose texts or choices may
	Added     []string // new instances of repeats
	Removed   []string // instances that are gone, by the refs that they had
	Structure bool     // relevance or repeats changed: the list of nodes differs
}

// NewSession begins a new record: defaults, first-load values, calculations.
// Errors: invalid for an unknown language.
func (f *Form) NewSession(o SessionOptions) (*Session, error) {
	s, err := f.open(o)
	if err != nil {
		return nil, err
	}
	s.begin()
	s.note(EventStart, "")
	return s, nil
}

// begin gives a session the values of a new record.
func (s *Session) begin() {
	s.plant(s.form.prototype)
	s.preload()
	s.evaluateAll(true)
	s.act(func(a *action) bool { return a.first || a.load })
	s.drain()
}

// loaded sets what is set whenever a form opens.
func (s *Session) loaded() { s.act(func(a *action) bool { return a.load }) }

// act performs actions, one after the other.
func (s *Session) act(which func(*action) bool) {
	for _, a := range s.form.actions {
		if which(a) {
			s.everyInstance(a.target, func(n *inode) { s.perform(a, n) })
			s.run()
		}
	}
}

// Edit opens a new session on the answers of a finished record, for a
// correction: a new record with its own instanceID that says which it
// deprecates. Errors: invalid for a submission that cannot be read or is of
// another form.
func (f *Form) Edit(submission []byte, o SessionOptions) (*Session, error) {
	document, err := xpath.ParseDocument(bytes.NewReader(submission))
	if err != nil {
		return nil, invalid("Edit", "la fiche à corriger n'est pas lisible", "the record to correct cannot be read", err)
	}
	root := document.Elements()[0]
	if root.Name().Local != f.root.local {
		return nil, invalid("Edit", "la fiche à corriger vient d'un autre questionnaire", "the record to correct is of another form", nil)
	}
	s, err := f.open(o)
	if err != nil {
		return nil, err
	}
	s.plant(root)
	s.tree.root.each(func(n *inode) { n.fromForm = false })
	s.deprecate()
	s.evaluateAll(true)
	s.loaded()
	s.drain()
	s.note(EventStart, "")
	return s, nil
}

func forbidden(op, fr, en string) error {
	return diagnostics.E("xform."+op, diagnostics.CodeForbidden, upper(fr)+".", upper(en)+".", nil)
}

func invalid(op, fr, en string, err error) error {
	return diagnostics.E("xform."+op, diagnostics.CodeInvalid, upper(fr)+".", upper(en)+".", err)
}

func upper(s string) string {
	r := []rune(s)
	return strings.ToUpper(string(r[:1])) + string(r[1:])
}

// open makes a session without answers.
func (f *Form) open(o SessionOptions) (*Session, error) {
	s := &Session{
		form: f, options: o, language: f.defaultLanguage, id: newInstanceID(), shared: map[*chooser][]Choice{},
		places: map[*xpath.Program]map[xpath.Node]int{}, listed: map[*chooser]map[string]bool{}, spared: map[seriesOf][]*inode{},
	}
	s.work.size(len(f.comps))
	s.env = xpath.Env{Now: o.Now, Location: o.Location, Instance: s.instance, Itext: s.itext, ChoiceName: s.choiceName, Property: s.property}
	if o.Seed != 0 {
		s.env.Random = rand.New(rand.NewPCG(uint64(o.Seed), 0))
	}
	s.context.Env = &s.env
	s.env.French = isFrench(s.Language())
	if len(o.LastSaved) > 0 && len(f.lastSaved) > 0 {
		if document, err := xpath.ParseDocument(bytes.NewReader(o.LastSaved)); err == nil {
			s.saved = document
		}
	}
	if o.Language != "" {
		return s, s.SetLanguage(o.Language)
	}
	return s, nil
}

func (s *Session) plant(root *xpath.XMLNode) {
	t := &tree{}
	t.document = newNode(s.form.document, t, nil)
	t.root = build(s.form.root, t, t.document, root)
	t.document.kids[0] = t.root
	s.tree = t
}

func (s *Session) now() time.Time {
	now := time.Now
	if s.options.Now != nil {
		now = s.options.Now
	}
	if s.options.Location != nil {
		return now().In(s.options.Location)
	}
	return now()
}

func (s *Session) at(n *inode) *xpath.Context { return s.context.At(n) }

// within evaluates at x for an expression that belongs to n.
func (s *Session) within(n *inode, x xpath.Node) *xpath.Context { return s.context.At(n).Within(x) }

// Form is the form that is filled.
func (s *Session) Form() *Form { return s.form }

// Language is the language of labels and messages.
func (s *Session) Language() string {
	if len(s.form.languages) == 0 {
		return ""
	}
	return s.form.languages[s.language]
}

// SetLanguage changes the language of labels, messages and choices. Errors:
// invalid for a language that the form does not have.
func (s *Session) SetLanguage(l string) error {
	i := slices.Index(s.form.languages, l)
	if i < 0 {
		if len(s.form.languages) == 0 && l == "" {
			return nil
		}
		return invalid("SetLanguage", fmt.Sprintf("ce questionnaire n'a pas la langue « %s »", l), fmt.Sprintf("this form has no language %q", l), nil)
	}
	clear(s.shared)
	if s.watch != nil {
		s.watch.whole = true
	}
	s.language, s.env.French = i, isFrench(l)
	if s.tree == nil {
		return nil
	}
	for _, c := range s.form.comps {
		if c.speaks {
			s.everyInstance(c.target(), func(n *inode) { s.push(c, n) })
		}
	}
	s.run()
	s.drain()
	return nil
}

// instance finds a secondary instance for an expression.
func (s *Session) instance(id string) xpath.Node {
	if s.form.lastSaved[id] {
		if s.saved == nil {
			return nil
		}
		return s.saved
	}
	if e := s.form.instances[id]; e != nil {
		return e
	}
	return nil
}

func (s *Session) itext(id string) string {
	if v := s.form.texts.value(id, "", s.language); v != nil {
		return strings.TrimSpace(v.StringValue())
	}
	return ""
}

// choiceName is the label of a choice of the question at a path.
func (s *Session) choiceName(value, path string, at xpath.Node) string {
	n, ok := at.(*inode)
	if !ok {
		n = s.tree.root
	}
	d := s.form.find(resolvePath(n.def.path, path))
	if d == nil || d.control == nil || d.control.choices == nil {
		return ""
	}
	kept := s.context // a choice's label is an expression inside an expression
	s.context = xpath.Context{Env: &s.env}
	defer func() { s.context = kept }()
	for _, c := range s.listChoices(s.nearest(d, n), d.control.choices) {
		if c.Value == value {
			return c.Label
		}
	}
	return ""
}

// nearest is an instance of d that shares the most repeats with n.
func (s *Session) nearest(d *def, n *inode) *inode {
	for up := n; up != nil; up = up.parent {
		if d.within(up.def) {
			found := up
			for _, k := range chainTo(d, up.def) {
				switch {
				case !k.repeat:
					found = found.kids[k.slot]
				case len(found.reps[k.series]) > 0:
					found = found.reps[k.series][0]
				default:
					found = build(k, s.tree, found, nil)
				}
			}
			return found
		}
	}
	return s.tree.root
}

// property is what the device knows by that name; "uri:deviceid" is "deviceid".
func (s *Session) property(name string) string {
	name = strings.ToLower(strings.TrimPrefix(name, "uri:"))
	switch name {
	case "deviceid":
		return s.options.DeviceID
	case "version":
		return s.form.version
	}
	return s.options.Properties[name]
}

// everyInstance visits the instances of a definition.
func (s *Session) everyInstance(d *def, visit func(*inode)) {
	descend(s.tree.root, chainTo(d, s.form.root), visit)
}

// descend visits what a chain of definitions leads to.
func descend(n *inode, chain []*def, visit func(*inode)) {
	for i, d := range chain {
		if d.repeat {
			for _, x := range slices.Clone(n.reps[d.series]) {
				descend(x, chain[i+1:], visit)
			}
			return
		}
		n = n.kids[d.slot]
	}
	visit(n)
}
