package neverask

import (
	"io"
	"slices"
	"strings"

	"solidaren/diagnostics/xlsform"
	"solidaren/diagnostics/xpath"
)

// Asked reads what an XForm asks, as xlsform.Result.Asked does for a workbook;
// there are no cells to name. The error is that of a document that is no XML.
func Asked(r io.Reader) ([]xlsform.Asked, error) {
	doc, err := xpath.ParseDocument(r)
	if err != nil {
		return nil, err
	}
	f := xformReader{texts: map[string][]string{}, byPath: map[string]int{}}
	f.readTexts(doc)
	f.readBinds(doc)
	f.readBody(doc, "")
	return append(f.questions, f.choices...), nil
}

type xformReader struct {
	texts     map[string][]string // of itext, in every language, by id
	questions []xlsform.Asked
	byPath    map[string]int // places in questions
	choices   []xlsform.Asked
}

// each visits the elements of these names below n.
func each(n *xpath.XMLNode, visit func(*xpath.XMLNode), names ...string) {
	for _, k := range n.Elements() {
		if slices.Contains(names, k.Name().Local) {
			visit(k)
		}
		each(k, visit, names...)
	}
}

func attribute(n *xpath.XMLNode, name string) string {
	for _, a := range n.Attributes() {
		if a.Name().Local == name {
			return a.StringValue()
		}
	}
	return ""
}

func (f *xformReader) readTexts(doc *xpath.XMLNode) {
	each(doc, func(text *xpath.XMLNode) {
		id := attribute(text, "id")
		for _, value := range text.Elements() {
			f.texts[id] = append(f.texts[id], value.StringValue())
		}
	}, "text")
}

// question gives the question at the path, made where it is new.
func (f *xformReader) question(path string) *xlsform.Asked {
	i, known := f.byPath[path]
	if !known {
		i = len(f.questions)
		f.byPath[path] = i
		name := xlsform.Text{Kind: xlsform.TextName, Value: path[strings.LastIndex(path, "/")+1:]}
		f.questions = append(f.questions, xlsform.Asked{Path: path, Texts: []xlsform.Text{name}})
	}
	return &f.questions[i]
}

func (f *xformReader) readBinds(doc *xpath.XMLNode) {
	each(doc, func(bind *xpath.XMLNode) {
		q := f.question(attribute(bind, "nodeset"))
		q.Type = strings.TrimPrefix(attribute(bind, "type"), "xsd:")
		q.Relevant, q.Observes = attribute(bind, "relevant"), attribute(bind, "observes")
		if attribute(bind, "location-priority") != "" {
			q.Type = "audit-location"
		}
	}, "bind")
}

// readBody reads the controls and the choices, of which those of a secondary
// instance belong to its list, and others to their select.
func (f *xformReader) readBody(n *xpath.XMLNode, list string) {
	for _, k := range n.Elements() {
		below := list
		switch k.Name().Local {
		case "input", "select", "select1", "rank", "range", "upload", "trigger", "group", "repeat":
			if path := attribute(k, "ref") + attribute(k, "nodeset"); path != "" {
				f.control(k, path)
				below = path
			}
		case "instance":
			below = attribute(k, "id")
		case "item":
			f.choice(k, list)
			continue
		}
		f.readBody(k, below)
	}
}

// control adds the words and the type of a control to its question.
func (f *xformReader) control(k *xpath.XMLNode, path string) {
	q := f.question(path)
	q.Appearance = attribute(k, "appearance")
	if kind, _, _ := strings.Cut(attribute(k, "mediatype"), "/"); kind != "" {
		q.Type = map[string]string{"image": "photo", "video": "video", "application": "file"}[kind]
	}
	for _, part := range k.Elements() {
		switch part.Name().Local {
		case "label":
			q.Texts = append(q.Texts, f.words(part, attribute(part, "ref"), xlsform.TextLabel)...)
		case "hint":
			q.Texts = append(q.Texts, f.words(part, attribute(part, "ref"), xlsform.TextHint)...)
		case "item":
			q.List = path
		case "itemset":
			if _, rest, ok := strings.Cut(attribute(part, "nodeset"), "instance('"); ok {
				q.List, _, _ = strings.Cut(rest, "'")
			}
		}
	}
}

// choice adds an item: its words are its own, or those that it refers to.
func (f *xformReader) choice(item *xpath.XMLNode, list string) {
	a := xlsform.Asked{List: list}
	for _, part := range item.Elements() {
		switch part.Name().Local {
		case "label":
			a.Texts = append(a.Texts, f.words(part, attribute(part, "ref"), xlsform.TextLabel)...)
		case "itextId":
			a.Texts = append(a.Texts, f.words(part, "jr:itext('"+part.StringValue()+"')", xlsform.TextLabel)...)
		case "name", "value":
			a.Texts = append(a.Texts, xlsform.Text{Kind: xlsform.TextName, Value: part.StringValue()})
		}
	}
	f.choices = append(f.choices, a)
}

// words are the text of an element, or the texts that its reference names.
func (f *xformReader) words(n *xpath.XMLNode, ref string, kind xlsform.TextKind) []xlsform.Text {
	values := []string{n.StringValue()}
	if id, ok := strings.CutPrefix(ref, "jr:itext("); ok {
		values = f.texts[strings.Trim(id, `'")`)]
	}
	var out []xlsform.Text
	for _, v := range values {
		out = append(out, xlsform.Text{Kind: kind, Value: v})
	}
	return out
}
