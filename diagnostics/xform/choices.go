package xform

import (
	"regexp"
	"strings"

	"solidaren/diagnostics/xpath"
)

// chooser gives the choices of a question: those in the body, or those of an
// instance.
type chooser struct {
	items    []item
	nodes    *xpath.Program // itemset
	all      *xpath.Program // itemset without its filter
	value    *xpath.Program // of a node of the itemset
	label    *xpath.Program
	labelRef string
	textID   *xpath.Program // of a node's text, where it may have media or lack words
	filtered bool           // the choices depend on answers
	external bool           // they come from a side file
}

type item struct {
	value string
	label *text
}

// maxChoices bounds the choices that a question shows.
const maxChoices = 100_000

func (p *parser) chooser(d *def, e *xpath.XMLNode) *chooser {
	c := &chooser{}
	for _, child := range e.Elements() {
		switch child.Name().Local {
		case "item":
			it := item{label: p.label(d, child.First("label"), "", "label")}
			if v := child.First("value"); v != nil {
				it.value = strings.TrimSpace(v.StringValue())
			}
			c.items = append(c.items, it)
		case "itemset":
			p.itemset(d, c, attribute(child, "nodeset"), refOf(child.First("value")), refOf(child.First("label")))
		}
	}
	if query := attribute(e, "query"); query != "" {
		p.itemset(d, c, query, "name", "label") // rows of itemsets.csv
	}
	return c
}

var instanceName = regexp.MustCompile(`instance\(\s*['"]([^'"]+)['"]\s*\)`)

// external reports whether an itemset reads a side file.
func (p *parser) external(source string) bool {
	m := instanceName.FindStringSubmatch(source)
	return m != nil && p.sideFiles[m[1]]
}

// refOf is the ref of an element, "" where there is no such element.
func refOf(e *xpath.XMLNode) string {
	if e == nil {
		return ""
	}
	return firstOf(strings.TrimSpace(attribute(e, "ref")), ".")
}

// itemset compiles the choices that source gives; value and label are the refs
// of those of each, "" for none.
func (p *parser) itemset(d *def, c *chooser, source, value, label string) {
	c.external = p.external(source)
	tree, err := parseAt(d, source)
	if err != nil {
		p.exprError(d.path, "itemset", source, err)
		return
	}
	rec := &recorder{form: p.form, calls: map[string]bool{}}
	own := static{rec: rec, defs: []*def{d}, align: d.scope()}
	if c.nodes, err = xpath.CompileTree(source, tree, rec.scope(own)); err == nil {
		c.all, err = xpath.CompileTree(source, unfiltered(tree), (&recorder{form: p.form, calls: map[string]bool{}}).scope(static{rec: &recorder{form: p.form}, defs: own.defs, align: own.align}))
	}
	if err != nil {
		p.exprError(d.path, "itemset", source, err)
		return
	}
	for _, u := range rec.unknown {
		p.fail(d.path, "itemset", source, "référence à un nœud inconnu : "+u, "reference to an unknown node: "+u)
	}
	rec.unknown = nil
	node := c.nodes.Static()
	if value != "" {
		c.value = p.compileIn(rec, node, d, "itemset", value)
	}
	if c.labelRef = label; label != "" {
		c.label = p.compileIn(rec, node, d, "itemset", label)
		if id, ok := strings.CutPrefix(c.labelRef, "jr:itext("); ok && p.called {
			c.textID = p.compileIn(rec, node, d, "itemset", strings.TrimSuffix(id, ")"))
		}
	}
	c.filtered = len(rec.reads) > 0
	p.shows(d, choicesKind, rec)
}

// unfiltered is an itemset without its shuffle and its predicates.
func unfiltered(tree xpath.Expr) xpath.Expr {
	if call, ok := tree.(*xpath.Call); ok && call.Name == "randomize" && len(call.Args) > 0 {
		return unfiltered(call.Args[0])
	}
	if path, ok := tree.(*xpath.Path); ok && len(path.Steps) > 0 {
		bare := *path
		bare.Steps = append([]xpath.Step(nil), path.Steps...)
		for i := range bare.Steps {
			bare.Steps[i].Predicates = nil
		}
		return &bare
	}
	return tree
}

// choicesFor gives the choices of a question now, in the session's language.
func (s *Session) choicesFor(n *inode) []Choice {
	c := n.def.control
	if c == nil || c.choices == nil {
		return nil
	}
	if n.def.choiceComp == nil && n.def.viewComp == nil {
		if _, known := s.shared[c.choices]; !known {
			s.shared[c.choices] = s.listChoices(n, c.choices)
		}
		return s.shared[c.choices]
	}
	if n.choicesOf == s.language+1 {
		return n.choices
	}
	n.choices, n.choicesOf = s.listChoices(n, c.choices), s.language+1
	return n.choices
}

func (s *Session) listChoices(n *inode, c *chooser) []Choice {
	var list []Choice
	for i, it := range c.items {
		list = append(list, Choice{Value: it.value, Label: it.label.in(s.language, s.at(n)), Position: i + 1, Media: it.label.shown(s.language), Lent: it.label.lentIn(s.language)})
	}
	if c.nodes == nil {
		return list
	}
	nodes := c.nodes.Nodes(s.at(n))
	positions := s.positions(n, c)
	for _, x := range nodes {
		if len(list) == maxChoices {
			break
		}
		choice := Choice{Value: s.choiceValue(n, x, c), Label: s.choiceLabel(n, x, c), Position: positions[x]}
		s.callUp(&choice, n, x, c)
		list = append(list, choice)
	}
	return list
}

// positions are the places of the nodes of an itemset before any filter.
func (s *Session) positions(n *inode, c *chooser) map[xpath.Node]int {
	key := c.all
	if known := s.places[key]; known != nil && !c.ofAnswers() {
		return known
	}
	places := map[xpath.Node]int{}
	for i, x := range c.all.Nodes(s.at(n)) {
		places[x] = i + 1
	}
	s.places[key] = places
	return places
}

// ofAnswers reports whether the choices are answers themselves (of a repeat).
func (c *chooser) ofAnswers() bool { return c.all != nil && c.all.Static() != nil }

func (s *Session) choiceValue(n *inode, x xpath.Node, c *chooser) string {
	if c.value == nil {
		return ""
	}
	return strings.TrimSpace(c.value.Text(s.within(n, x)))
}

// choiceLabel is the label of a node of an itemset. A csv list may hold one
// column a language: "label::Français (fr)".
func (s *Session) choiceLabel(n *inode, x xpath.Node, c *chooser) string {
	if c.label == nil {
		return s.choiceValue(n, x, c)
	}
	if e, ok := x.(*xpath.XMLNode); ok && s.language < len(s.form.languages) && c.labelRef != "" {
		if own := e.First(c.labelRef + "::" + s.form.languages[s.language]); own != nil {
			return own.StringValue()
		}
	}
	return c.label.Text(s.within(n, x))
}

// callUp adds what is known of the text of a node of an itemset: its media, and
// where its words are taken from.
func (s *Session) callUp(choice *Choice, n *inode, x xpath.Node, c *chooser) {
	if c.textID == nil {
		return
	}
	texts, id := s.form.texts, c.textID.Text(s.within(n, x))
	choice.Media = texts.media(id, s.language)
	if in := texts.lentIn(id, s.language); in >= 0 {
		choice.Lent = s.form.languages[in]
	}
}

// offered reports whether a value is among the choices, before and after the
// filter.
func (s *Session) offered(n *inode, value string) (listed, now bool) {
	c := n.def.control.choices
	if !c.filtered {
		listed = s.values(n, c)[value]
		return listed, listed
	}
	for _, choice := range s.choicesFor(n) {
		if choice.Value == value {
			return true, true
		}
	}
	return s.values(n, c)[value], false
}

// values are all values of an itemset before any filter.
func (s *Session) values(n *inode, c *chooser) map[string]bool {
	if known := s.listed[c]; known != nil && !c.ofAnswers() {
		return known
	}
	values := map[string]bool{}
	for _, it := range c.items {
		values[it.value] = true
	}
	if c.all == nil {
		s.listed[c] = values
		return values
	}
	for _, x := range c.all.Nodes(s.at(n)) {
		values[s.choiceValue(n, x, c)] = true
	}
	s.listed[c] = values
	return values
}
