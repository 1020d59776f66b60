package xform_test

import (
	"errors"
	"io"
	"io/fs"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"solidaren/diagnostics"
	"solidaren/diagnostics/xform"
)

// document writes a small form from its parts; the instance's root is data.
func document(instance, binds, body string) string {
	return `<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:jr="http://openrosa.org/javarosa" xmlns:ev="http://www.w3.org/2001/xml-events">
<h:head><h:title>t</h:title><model><instance><data id="t">` + instance + `</data></instance>` + binds + `</model></h:head><h:body>` + body + `</h:body></h:html>`
}

func TestFormErrors(t *testing.T) {
	for _, test := range []struct {
		name, document string
		want           []string
	}{
		{"no XML", "<", []string{"the document cannot be read"}},
		{"no XForm", "<a/>", []string{"html, head and body are needed"}},
		{"no instance", `<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><model/></h:head><h:body/></h:html>`, []string{"primary instance is missing"}},
		{"question outside the instance", document(`<a/>`, "", `<input ref="/data/b"/>`), []string{"/data/b: ref: this question is not in the instance"}},
		{"repeat outside the instance", document(`<a/>`, "", `<repeat nodeset="/data/b"/>`), []string{"/data/b: nodeset: this repeat is not in the instance"}},
		{"unknown reference", document(`<a/>`, `<bind nodeset="/data/a" relevant="/data/b = 1"/>`, ""), []string{"/data/a: relevant: reference to an unknown node: /data/b (/data/b = 1)"}},
		{"unknown relative reference", document(`<g><a/></g>`, `<bind nodeset="/data/g/a" constraint="../b = 1"/>`, ""), []string{"/data/g/a: constraint: reference to an unknown node: /data/g/b (../b = 1)"}},
		{"syntax", document(`<a/>`, `<bind nodeset="/data/a" calculate="1 +"/>`, ""), []string{"/data/a: calculate: expression refused: unexpected end (1 +)"}},
		{"unknown function", document(`<a/>`, `<bind nodeset="/data/a" required="nope()"/>`, ""), []string{"/data/a: required: expression refused: unknown function nope() (nope())"}},
		{"several at once", document(`<a/><b/>`, `<bind nodeset="/data/a" relevant="/data/x"/><bind nodeset="/data/b" calculate=")"/>`, ""), []string{
			"/data/a: relevant: reference to an unknown node: /data/x (/data/x)", `/data/b: calculate: expression refused: unexpected ")" ())`,
		}},
		{"itself", document(`<a/>`, `<bind nodeset="/data/a" calculate="/data/a + 1"/>`, ""), []string{"/data/a: calculate: circular dependency, each question waits for the other: /data/a → /data/a (/data/a + 1)"}},
		{
			"circle", document(`<a/><b/><c/>`, `<bind nodeset="/data/a" calculate="/data/c"/><bind nodeset="/data/b" calculate="/data/a"/><bind nodeset="/data/c" calculate="/data/b"/>`, ""),
			[]string{"/data/b: calculate: circular dependency, each question waits for the other: /data/b → /data/c → /data/a → /data/b (/data/a)"},
		},
		{"circle through relevance", document(`<a/><b/>`, `<bind nodeset="/data/a" calculate="/data/b"/><bind nodeset="/data/b" relevant="/data/a = 1"/>`, ""), []string{"circular dependency"}},
		{"circle through other instances", document(`<r><a>1</a><b/></r>`, `<bind nodeset="/data/r/b" calculate="sum(/data/r/b) + ../a"/>`, `<repeat nodeset="/data/r"/>`), []string{"/data/r/b: calculate: circular dependency, each question waits for the other: /data/r/b → /data/r/b"}},
		{"label", document(`<a/>`, "", `<input ref="/data/a"><label><output value="/data/x"/></label></input>`), []string{"/data/a: label: reference to an unknown node: /data/x (/data/x)"}},
		{"choices", document(`<a/>`, "", `<select1 ref="/data/a"><itemset nodeset="instance('l')/root/item[x = /data/y]"><value ref="v"/></itemset></select1>`), []string{"/data/a: itemset: reference to an unknown node: /data/y"}},
		{"set value", document(`<a/>`, `<setvalue ref="/data/b" event="odk-instance-first-load"/>`, ""), []string{"/data/b: setvalue: the target is not in the instance"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := xform.Parse(strings.NewReader(test.document), xform.Options{})
			var list xform.Errors
			if !errors.As(err, &list) {
				t.Fatalf("error %v", err)
			}
			if code := diagnostics.Code(err); code != diagnostics.CodeInvalid {
				t.Errorf("code %q", code)
			}
			if fr := diagnostics.Sentence(err, "fr"); !strings.Contains(fr, list[0].FR) {
				t.Errorf("French: %q", fr)
			}
			if len(list) != len(test.want) {
				t.Fatalf("got %d errors: %v", len(list), err)
			}
			for i, want := range test.want {
				if !strings.Contains(list[i].Error(), want) {
					t.Errorf("got %q, want %q", list[i], want)
				}
				if list[i].FR == "" {
					t.Errorf("%q has no French", list[i])
				}
			}
		})
	}
}

// TestAllowed holds what is unusual but no error.
func TestAllowed(t *testing.T) {
	for _, test := range []struct {
		name, document string
		steps          []string
		ref, want      string
	}{
		{"bind of no node", document(`<a/>`, `<bind nodeset="/data/zz" type="int"/>`, `<input ref="/data/a"/>`), []string{"/data/a=1"}, "/data/a", "1"},
		{"keeps its own value", document(`<a/><b/>`, `<bind nodeset="/data/a" calculate="coalesce(/data/a, /data/b)"/>`, `<input ref="/data/a"/><input ref="/data/b"/>`), []string{"/data/b=1", "/data/b=2"}, "/data/a", "1"},
		{"nodes that hide each other", document(`<a/><b/>`, `<bind nodeset="/data/a" relevant="/data/b = ''"/><bind nodeset="/data/b" relevant="/data/a = ''"/>`, `<input ref="/data/a"/><input ref="/data/b"/>`), []string{"/data/a=1"}, "/data/b", "irrelevant"},
		{"sum skips what is hidden", document(`<r><h/><n>1</n></r><r><h>1</h><n>5</n></r><s/>`, `<bind nodeset="/data/r/n" relevant="../h = ''"/><bind nodeset="/data/s" calculate="sum(/data/r/n)"/>`, `<repeat nodeset="/data/r"/>`), nil, "/data/s", "1"},
		{"the same instance by an absolute path", document(`<r><a>1</a><b/></r><r><a>2</a><b/></r>`, `<bind nodeset="/data/r/b" calculate="/data/r/a * 10"/>`, `<repeat nodeset="/data/r"/>`), nil, "/data/r[2]/b", "20"},
		{"all instances by a relative path", document(`<r><a>1</a><b/></r><r><a>2</a><b/></r>`, `<bind nodeset="/data/r/b" calculate="sum(../../r/a)"/>`, `<repeat nodeset="/data/r"/>`), nil, "/data/r[1]/b", "3"},
		{"predicate by an absolute path", document(`<r><a>1</a></r><r><a>2</a></r><s/>`, `<bind nodeset="/data/s" calculate="count(/data/r[/data/r/a &gt; 1])"/>`, `<repeat nodeset="/data/r"/>`), nil, "/data/s", "1"},
		{"the instance before", document(`<r><a>1</a></r><r><a>2</a></r><s/>`, `<bind nodeset="/data/s" calculate="/data/r[position() = last() - 1]/a"/>`, `<repeat nodeset="/data/r"/>`), []string{"/data/r[1]/a=9"}, "/data/s", "9"},
		{"no number is no answer", document(`<a/><s/>`, `<bind nodeset="/data/s" type="int" calculate="/data/a + 1"/>`, `<input ref="/data/a"/>`), nil, "/data/s", ""},
		{"integers are cut", document(`<a>7</a><s/>`, `<bind nodeset="/data/s" type="int" calculate="/data/a div 2"/>`, `<input ref="/data/a"/>`), nil, "/data/s", "3"},
		{"all below", document(`<g><a>1</a><b>2</b></g><s/>`, `<bind nodeset="/data/s" calculate="sum(/data/g/*)"/>`, `<input ref="/data/g/a"/>`), []string{"/data/g/a=5"}, "/data/s", "7"},
		{"count without answers", document(`<a/><r><x/></r>`, "", `<input ref="/data/a"/><repeat nodeset="/data/r" jr:count="/data/a"/>`), nil, "/data/r[1]", "absent"},
		{"what is hidden equals what is empty", document(`<a>x</a><b/><s/>`, `<bind nodeset="/data/a" relevant="false()"/><bind nodeset="/data/s" calculate="concat(/data/a = '', /data/a = /data/b, /data/a != /data/b)"/>`, `<input ref="/data/a"/><input ref="/data/b"/>`), nil, "/data/s", "truetruefalse"},
		{"dates", document(`<a>2026-03-01</a><s/>`, `<bind nodeset="/data/a" type="date"/><bind nodeset="/data/s" calculate="format-date(date(/data/a + 7), '%d/%m/%Y')"/>`, `<input ref="/data/a"/>`), nil, "/data/s", "08/03/2026"},
		{"text of a node", document(`<a>x</a><s/>`, `<bind nodeset="/data/s" calculate="concat(/data/a/text(), /data/a/text()/../../a)"/>`, `<input ref="/data/a"/>`), []string{"/data/a=y"}, "/data/s", "yy"},
		{"read-only is inherited", document(`<g><a/></g>`, `<bind nodeset="/data/g" readonly="true()"/>`, `<group ref="/data/g"><input ref="/data/g/a"/></group>`), nil, "/data/g/a", "readonly"},
		{"answers and a list together", `<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><model><instance><data id="t"><a><b>1</b></a><s/></data></instance>
<instance id="l"><root><a><b>5</b></a></root></instance><bind nodeset="/data/s" calculate="sum((/data/a | instance('l')/root/a)/b)"/></model></h:head><h:body><input ref="/data/a/b"/></h:body></h:html>`, []string{"/data/a/b=2"}, "/data/s", "7"},
		{"repeats that count themselves", document(`<n>10000</n><r><s><a/><b/></s></r>`, "", `<repeat nodeset="/data/r" jr:count="/data/n"><repeat nodeset="/data/r/s" jr:count="/data/n"/></repeat>`), []string{"/data/n=1"}, "/data/r[2]", "absent"},
		{"attributes", document(`<a x="1"/><s/>`, `<bind nodeset="/data/a/@x" calculate="/data/s"/><bind nodeset="/data/s" type="string"/>`, `<input ref="/data/s"/>`), []string{"/data/s=7"}, "/data/a/@x", "7"},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := begin(t, parse(t, test.document))
			play(t, s, test.steps...)
			if got := show(t, s, test.ref); got != test.want {
				t.Errorf("%s: got %q, want %q", test.ref, got, test.want)
			}
		})
	}
}

func TestSideFiles(t *testing.T) {
	files := map[string]string{
		"actions.csv":    "name,label,label::Français (fr),kind\nmeal,Meal,Repas,x\nbed,Bed,Lit,y\n",
		"semi.csv":       "\ufeffname;label\na;A\n",
		"quoted.csv":     "\"name\";\"label\"\r\na;\"A; b\"\r\n",
		"tab.csv":        "name\tlabel\na\t\"A, \"\"b\"\"\"\n",
		"places.xml":     `<root><item><name>p</name><label>P</label></item></root>`,
		"places.geojson": `{"type":"FeatureCollection","features":[{"id":"g","properties":{"label":"G","people":13960000,"none":null},"geometry":{"type":"Point","coordinates":[-1.68,48.11]}}]}`,
		"broken.geojson": `{"type":"Feature"}`,
	}
	for _, test := range []struct {
		name, file, ref string
		want            []xform.Choice
		refused         string
	}{
		{"csv", "actions.csv", "name", []xform.Choice{{Value: "meal", Label: "Repas", Position: 1}, {Value: "bed", Label: "Lit", Position: 2}}, ""},
		{"csv with semicolons", "semi.csv", "name", []xform.Choice{{Value: "a", Label: "A", Position: 1}}, ""},
		{"csv with semicolons and quotes", "quoted.csv", "name", []xform.Choice{{Value: "a", Label: "A; b", Position: 1}}, ""},
		{"csv with tabs", "tab.csv", "name", []xform.Choice{{Value: "a", Label: `A, "b"`, Position: 1}}, ""},
		{"numbers of geojson", "places.geojson", "people", []xform.Choice{{Value: "13960000", Label: "G", Position: 1}}, ""},
		{"xml", "places.xml", "name", []xform.Choice{{Value: "p", Label: "P", Position: 1}}, ""},
		{"geojson", "places.geojson", "id", []xform.Choice{{Value: "g", Label: "G", Position: 1}}, ""},
		{"broken", "broken.geojson", "id", nil, "the file broken.geojson cannot be read: not a collection of features"},
		{"missing", "none.csv", "name", nil, "the file none.csv is missing"},
	} {
		t.Run(test.name, func(t *testing.T) {
			source := document(`<a/>`, `<itext><translation lang="Français (fr)"/></itext><instance id="l" src="jr://file/`+test.file+`"/>`,
				`<select1 ref="/data/a"><itemset nodeset="instance('l')/root/item"><value ref="`+test.ref+`"/><label ref="label"/></itemset></select1>`)
			form, err := xform.Parse(strings.NewReader(source), xform.Options{Files: func(name string) (io.ReadCloser, error) {
				if text, ok := files[name]; ok {
					return io.NopCloser(strings.NewReader(text)), nil
				}
				return nil, fs.ErrNotExist
			}})
			if test.refused != "" {
				if err == nil || !strings.Contains(err.Error(), test.refused) {
					t.Fatalf("error %v", err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			n, _ := begin(t, form).Node("/data/a")
			if diff := cmp.Diff(test.want, n.Choices); diff != "" {
				t.Error(diff)
			}
		})
	}
}
