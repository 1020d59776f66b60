package xlsform

import (
	"encoding/json"
	"fmt"
	"slices"
	"sort"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"solidaren/diagnostics/xpath"
)

// assertions are what the field's own tests say of the XForm of a case.
type assertions struct {
	Match []string    `json:"xml__xpath_match"` // finds one node
	Count []assertion `json:"xml__xpath_count"` // finds so many
	Exact []assertion `json:"xml__xpath_exact"` // finds just these
}

// assertion is a pair: an expression, and what it gives.
type assertion struct {
	expr  string
	count int
	found []string
}

// UnmarshalJSON reads ["expr", 2] or ["expr", ["found"]].
func (a *assertion) UnmarshalJSON(b []byte) error {
	var pair [2]json.RawMessage
	if err := json.Unmarshal(b, &pair); err != nil {
		return err
	}
	if err := json.Unmarshal(pair[0], &a.expr); err != nil {
		return err
	}
	if json.Unmarshal(pair[1], &a.count) == nil {
		return nil
	}
	return json.Unmarshal(pair[1], &a.found)
}

// hold evaluates the assertions over an XForm; it gives how many there are and
// what does not hold, "" where all do.
func (a assertions) hold(t *testing.T, xform []byte) (n int, problem string) {
	t.Helper()
	doc, err := xpath.ParseDocument(strings.NewReader(string(xform)))
	if err != nil {
		t.Fatal(err)
	}
	var wrong []string
	for _, expr := range a.Match {
		if found := find(t, doc, expr); len(found) != 1 {
			wrong = append(wrong, fmt.Sprintf("%s\nfinds %d nodes, want one", expr, len(found)))
		}
	}
	for _, c := range a.Count {
		if found := find(t, doc, c.expr); len(found) != c.count {
			wrong = append(wrong, fmt.Sprintf("%s\nfinds %d nodes, want %d", c.expr, len(found), c.count))
		}
	}
	for _, e := range a.Exact {
		if diff := cmp.Diff(wanted(t, e.found), unique(find(t, doc, e.expr))); diff != "" {
			wrong = append(wrong, e.expr+"\n"+diff)
		}
	}
	return len(a.Match) + len(a.Count) + len(a.Exact), strings.Join(wrong, "\n")
}

// prefixes are those that the assertions use: those of every XForm, and x for
// what has none there.
func prefixes() map[string]string {
	out := map[string]string{"x": "http://www.w3.org/2002/xforms", "entities": "http://www.opendatakit.org/xforms/entities"}
	for _, a := range namespaces[1:] {
		out[strings.TrimPrefix(a.name, "xmlns:")] = a.value
	}
	return out
}

// find evaluates an expression and writes each node that it gives.
func find(t *testing.T, doc *xpath.XMLNode, expr string) []string {
	t.Helper()
	p, err := xpath.Compile(strings.TrimSpace(expr), xpath.Scope{Namespaces: prefixes()})
	if err != nil {
		t.Fatalf("%s: %v", expr, err)
	}
	v := p.Value((&xpath.Context{Env: &xpath.Env{}}).At(doc))
	if v.Type != xpath.TypeNodes {
		t.Fatalf("%s gives no nodes", expr)
	}
	var out []string
	for _, n := range v.Nodes {
		out = append(out, written(n))
	}
	return out
}

// written is an attribute's or text's value, or an element with its names in
// full, its attributes sorted, and without white space between elements.
func written(n xpath.Node) string {
	if n.Kind() != xpath.KindElement {
		return n.StringValue()
	}
	var attrs []string
	for _, a := range n.Attributes() {
		attrs = append(attrs, fmt.Sprintf(" {%s}%s=%q", a.Name().Space, a.Name().Local, a.StringValue()))
	}
	sort.Strings(attrs)
	out := fmt.Sprintf("<{%s}%s%s>", n.Name().Space, n.Name().Local, strings.Join(attrs, ""))
	for _, k := range n.Children() {
		if text := written(k); strings.TrimSpace(text) != "" {
			out += text
		}
	}
	return out + "</>"
}

// wanted writes the expected nodes as find does.
func wanted(t *testing.T, list []string) []string {
	t.Helper()
	declared := ""
	for prefix, uri := range prefixes() {
		declared += fmt.Sprintf(" xmlns:%s=%q", prefix, uri)
	}
	var out []string
	for _, s := range list {
		if strings.HasPrefix(s, "<") {
			doc, err := xpath.ParseDocument(strings.NewReader(`<w xmlns="http://www.w3.org/2002/xforms"` + declared + ">" + s + "</w>"))
			if err != nil {
				t.Fatal(err)
			}
			s = written(doc.Elements()[0].Elements()[0])
		}
		out = append(out, s)
	}
	return unique(out)
}

// unique sorts a list and leaves each entry once: the field's tests compare
// sets.
func unique(list []string) []string {
	slices.Sort(list)
	return slices.Compact(list)
}
