package xform_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"solidaren/diagnostics"
	"solidaren/diagnostics/xform"
)

// randomForm draws a form: questions, calculations, relevance, constraints, a
// group, a repeat with a nested one, a repeat that is counted, choices that are
// filtered, and a value that a change sets. Expressions read what stands before
// them, in their own instance or over all.
func randomForm(t *rapid.T) string {
	g := &formGenerator{t: t}
	g.block("/data", "q", rapid.IntRange(2, 5).Draw(t, "questions"))
	g.open("g", `<group ref="/data/g">`)
	g.bind("/data/g", "")
	g.block("/data/g", "x", 2)
	g.close("g", `</group>`)
	g.open("r", `<repeat nodeset="/data/r">`)
	g.bind("/data/r", "")
	g.block("/data/r", "y", rapid.IntRange(2, 4).Draw(t, "in the repeat"))
	g.open("s", `<repeat nodeset="/data/r/s">`)
	g.block("/data/r/s", "z", 2)
	g.close("s", `</repeat>`)
	g.close("r", `</repeat>`)
	g.open("k", `<repeat nodeset="/data/k" jr:count="`+rapid.SampledFrom([]string{"/data/q0", "count(/data/r)", "/data/q0 + count(/data/r)"}).Draw(t, "count")+`">`)
	g.bind("/data/k", "")
	g.block("/data/k", "c", 2)
	g.close("k", `</repeat>`)
	g.choices()
	g.block("/data", "w", rapid.IntRange(1, 4).Draw(t, "after"))
	return document(g.instance.String(), g.binds.String(), g.body.String())
}

type formGenerator struct {
	t                     *rapid.T
	instance, binds, body strings.Builder
	known                 []string // paths that may be read
}

func (g *formGenerator) open(name, body string) {
	g.instance.WriteString("<" + name + ">")
	g.body.WriteString(body)
}

func (g *formGenerator) close(name, body string) {
	g.instance.WriteString("</" + name + ">")
	g.body.WriteString(body)
}

func (g *formGenerator) block(path, letter string, n int) {
	for i := range n {
		name := fmt.Sprintf("%s%d", letter, i)
		g.instance.WriteString("<" + name + ">" + rapid.SampledFrom([]string{"", "1", "2", "x"}).Draw(g.t, "default") + "</" + name + ">")
		calculate := len(g.known) > 0 && rapid.Bool().Draw(g.t, "calculate")
		if calculate {
			g.bind(path+"/"+name, ` calculate="`+g.value()+`"`)
		} else {
			g.bind(path+"/"+name, "")
			g.body.WriteString(`<input ref="` + path + "/" + name + `"/>`)
		}
		g.known = append(g.known, path+"/"+name)
	}
}

// choices adds two questions whose choices depend on an answer, and one that is
// set whenever the first of them changes.
func (g *formGenerator) choices() {
	g.instance.WriteString("<f0/><f1/><set/>")
	g.binds.WriteString(`<instance id="l"><root><item><v>1</v><k>1</k></item><item><v>2</v><k>2</k></item><item><v>3</v><k>1</k></item></root></instance>`)
	itemset := `<itemset nodeset="instance('l')/root/item[k = ` + g.read() + `]"><value ref="v"/><label ref="v"/></itemset>`
	g.body.WriteString(`<select1 ref="/data/f0">` + itemset + `<setvalue ref="/data/set" event="xforms-value-changed" value="concat(/data/f0, ` + g.read() + `)"/></select1>` +
		`<select ref="/data/f1">` + itemset + `</select><input ref="/data/set"/>`)
	g.known = append(g.known, "/data/f0", "/data/f1", "/data/set")
}

// bind gives a node a random relevance, constraint and requirement.
func (g *formGenerator) bind(path, more string) {
	for _, attr := range []string{"relevant", "required", "readonly"} {
		if len(g.known) > 0 && rapid.IntRange(0, 3).Draw(g.t, attr) == 0 {
			if attr == "readonly" && more == "" {
				continue // or else nothing could be answered
			}
			more += " " + attr + `="` + g.condition() + `"`
		}
	}
	if rapid.IntRange(0, 2).Draw(g.t, "constraint") == 0 {
		more += ` constraint=". != 3"`
	}
	typ := rapid.SampledFrom([]string{"int", "string"}).Draw(g.t, "type")
	g.binds.WriteString(`<bind nodeset="` + path + `" type="` + typ + `"` + more + `/>`)
}

func (g *formGenerator) read() string {
	if len(g.known) == 0 {
		return "1"
	}
	return rapid.SampledFrom(g.known).Draw(g.t, "read")
}

func (g *formGenerator) value() string {
	return fmt.Sprintf(rapid.SampledFrom([]string{
		"%s + 1", "sum(%s)", "count(%s[. &gt; 1])", "concat(%s, '-')", "if(%s = '', 5, 6)", "coalesce(%s, 'n')",
		"max(%s)", "count(/data/r) + count(%s)", "sum(/data/r[position() &lt; 3]/y0) + string-length(%s)", "join(' ', %s)",
		"count(/data/r[y0 = 1]) + count(%s)", "sum(/data/r/s/z0) + count(%s)", "count(/data/r/s) + count(%s)",
	}).Draw(g.t, "value"), g.read())
}

func (g *formGenerator) condition() string {
	return fmt.Sprintf(rapid.SampledFrom([]string{"%s = 1", "%s != ''", "%s &gt; 1", "not(%s = 2)", "count(%s) &gt; 1"}).Draw(g.t, "condition"), g.read())
}

// TestIncremental: after every step, what was evaluated step by step equals an
// evaluation from scratch, and a session saved and restored; a list that
// follows the steps equals one that is made anew.
func TestIncremental(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		source := randomForm(t)
		form, err := xform.Parse(strings.NewReader(source), xform.Options{})
		if err != nil {
			if strings.Contains(err.Error(), "circular") {
				t.Skip("the form is circular")
			}
			t.Fatalf("%v\n%s", err, source)
		}
		s, err := form.NewSession(options())
		if err != nil {
			t.Fatal(err)
		}
		watch := s.Watch()
		for range rapid.IntRange(1, 12).Draw(t, "steps") {
			step := randomStep(t, s)
			compareSessions(t, step, source, s)
			watch.Refresh()
			if diff := cmp.Diff(s.Nodes(), watch.Nodes()); diff != "" {
				t.Fatalf("after %s, as Nodes gives it (-), as it is followed (+): %s\n%s", step, diff, source)
			}
		}
	})
}

// randomStep answers a question, or adds or removes an instance.
func randomStep(t *rapid.T, s *xform.Session) string {
	nodes := s.Nodes()
	n := nodes[rapid.IntRange(0, len(nodes)-1).Draw(t, "node")]
	var err error
	step := n.Ref
	switch {
	case n.Kind == xform.KindRepeat:
		_, err = s.AddRepeat(n.Ref)
		step = "+" + step
	case strings.HasSuffix(n.Ref, "]"):
		_, err = s.RemoveRepeat(n.Ref)
		step = "-" + step
	case n.Kind == xform.KindQuestion:
		value := rapid.SampledFrom([]string{"", "1", "2", "3", "x", "1 3", "« é » \"<&>\"\n\\\u2028"}).Draw(t, "answer")
		_, err = s.Set(n.Ref, value)
		step += "=" + value
	}
	counted := strings.HasPrefix(n.Ref, "/data/k[") && diagnostics.Code(err) == diagnostics.CodeForbidden
	if err != nil && !n.ReadOnly && !counted {
		t.Fatalf("%s: %v", step, err)
	}
	return step
}

// reencoded is a state as encoding/json writes it.
func reencoded(t *rapid.T, saved []byte) []byte {
	var state struct {
		Form     string          `json:"form"`
		Version  string          `json:"version"`
		Language string          `json:"language"`
		ID       string          `json:"id"`
		Answers  map[string]any  `json:"answers"`
		Reasons  json.RawMessage `json:"reasons,omitempty"`
		Orphans  json.RawMessage `json:"orphans,omitempty"`
		Audit    json.RawMessage `json:"audit,omitempty"`
	}
	if err := json.Unmarshal(saved, &state); err != nil {
		t.Fatal(err)
	}
	out, err := json.Marshal(state)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func compareSessions(t *rapid.T, step, source string, s *xform.Session) {
	saved, err := s.Save()
	if err != nil {
		t.Fatal(err)
	}
	if want := reencoded(t, saved); !bytes.Equal(want, saved) {
		t.Fatalf("after %s: saved as %s, encoding/json writes %s", step, saved, want)
	}
	want := s.Nodes()
	for _, again := range []struct {
		name    string
		restore func([]byte, xform.SessionOptions) (*xform.Session, error)
	}{{"restored", s.Form().Restore}, {"from scratch", s.Form().Scratch}} {
		other, err := again.restore(saved, options())
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, other.Nodes()); diff != "" {
			t.Fatalf("after %s, %s (-step by step, +%s): %s\n%s", step, again.name, again.name, diff, source)
		}
	}
}
