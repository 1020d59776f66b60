package xform_test

import (
	"testing"

	"solidaren/diagnostics"
)

// repeatTests are what happens within repeats: what a new instance sets, what
// a change sets in its own instance, what instances lend to each other.
var repeatTests = []struct {
	name, document string
	steps          []string
	want           map[string]string
}{
	{
		"a new instance sets", document(`<n>5</n><r jr:template=""><a/><b>1</b></r>`, "",
			`<input ref="/data/n"/><group ref="/data/r"><repeat nodeset="/data/r"><input ref="/data/r/a"/><setvalue ref="/data/r/a" event="odk-new-repeat" value="concat(/data/n, '-', position(..))"/></repeat></group>`),
		[]string{"+/data/r", "/data/n=6", "+/data/r"},
		map[string]string{"/data/r[1]/a": "5-1", "/data/r[2]/a": "6-2", "/data/r[2]/b": "1"},
	},
	{
		"a first load sets every instance", document(`<r><a/></r><r><a/></r>`, `<setvalue ref="/data/r/a" event="odk-instance-first-load" value="position(..) * 10"/>`, `<repeat nodeset="/data/r"><input ref="/data/r/a"/></repeat>`),
		[]string{"+/data/r"},
		map[string]string{"/data/r[1]/a": "10", "/data/r[2]/a": "20", "/data/r[3]/a": ""},
	},
	{
		"a change sets its own instance", document(`<r><a/><b/></r><r><a/><b/></r>`, "", `<repeat nodeset="/data/r"><input ref="/data/r/a"><setvalue ref="/data/r/b" event="xforms-value-changed" value="../a * 2"/></input></repeat>`),
		[]string{"/data/r[2]/a=4"},
		map[string]string{"/data/r[1]/b": "", "/data/r[2]/b": "8"},
	},
	{
		"a change sets what sets more", document(`<a/><b/><c/>`, "", `<input ref="/data/a"><setvalue ref="/data/b" event="xforms-value-changed" value="/data/a + 1"/></input><input ref="/data/b"><setvalue ref="/data/c" event="xforms-value-changed" value="/data/b + 1"/></input>`),
		[]string{"/data/a=1"},
		map[string]string{"/data/b": "2", "/data/c": "3"},
	},
	{
		"actions that set what sets them", document(`<a/><b/>`, "", `<input ref="/data/a"><setvalue ref="/data/a" event="xforms-value-changed" value="concat(., .)"/><setvalue ref="/data/b" event="xforms-value-changed" value="concat(/data/a, 1)"/><setvalue event="xforms-value-changed" value="3"/></input><input ref="/data/b"><setvalue ref="/data/a" event="xforms-value-changed" value="concat(/data/b, 2)"/></input>`),
		[]string{"/data/a=x"},
		map[string]string{"/data/a": "xx12", "/data/b": "xx1"},
	},
	{
		"a change clears", document(`<a/><b>x</b>`, "", `<input ref="/data/a"><setvalue ref="/data/b" event="xforms-value-changed"/></input>`),
		[]string{"/data/a=1"},
		map[string]string{"/data/b": ""},
	},
	{
		"choices are the instances", document(`<r><name/></r><q/>`, "", `<repeat nodeset="/data/r"><input ref="/data/r/name"/></repeat><select1 ref="/data/q"><itemset nodeset="/data/r[./name != '']"><value ref="name"/><label ref="name"/></itemset></select1>`),
		[]string{"+/data/r", "/data/r[1]/name=Ana", "/data/r[2]/name=Bo", "/data/q=Bo", "-/data/r[2]"},
		map[string]string{"/data/q": "Bo invalid"},
	},
	{
		"nested counts", document(`<r><n/><s><x/></s></r>`, "", `<repeat nodeset="/data/r"><input ref="/data/r/n"/><repeat nodeset="/data/r/s" jr:count="../n"><input ref="/data/r/s/x"/></repeat></repeat>`),
		[]string{"+/data/r", "/data/r[1]/n=2", "/data/r[2]/n=1"},
		map[string]string{"/data/r[1]/s[2]/x": "", "/data/r[2]/s[1]/x": "", "/data/r[2]/s[2]/x": "absent"},
	},
	{
		"a count that is typed anew", document(`<n/><r jr:template=""><a/></r><r><a/></r>`, "", `<input ref="/data/n"/><repeat nodeset="/data/r" jr:count="/data/n"><input ref="/data/r/a"/></repeat>`),
		[]string{"/data/n=2", "/data/r[2]/a=x", "/data/n=", "/data/n=two"},
		map[string]string{"/data/r[2]/a": "x", "/data/r[3]/a": "absent"},
	},
	{
		"answers of a count that is typed anew", document(`<n>3</n><r jr:template=""><a>1</a><b/></r><t/>`, `<bind nodeset="/data/r/b" calculate="concat(../a, position(..), /data/n)"/><bind nodeset="/data/t" calculate="sum(/data/r/a)"/>`, `<input ref="/data/n"/><repeat nodeset="/data/r" jr:count="/data/n"><input ref="/data/r/a"/></repeat>`),
		[]string{"/data/r[2]/a=5", "/data/r[3]/a=7", "/data/n=1", "/data/n=13"},
		map[string]string{"/data/r[2]/a": "5", "/data/r[3]/b": "7313", "/data/r[4]/a": "1", "/data/r[13]/b": "11313", "/data/t": "23"},
	},
	{
		"a count of nothing yet, in a new instance", document(`<r><n/><s><a/></s></r>`, "", `<repeat nodeset="/data/r"><input ref="/data/r/n"/><repeat nodeset="/data/r/s" jr:count="../n"><input ref="/data/r/s/a"/></repeat></repeat>`),
		[]string{"+/data/r", "/data/r[1]/n=1"},
		map[string]string{"/data/r[1]/s[1]/a": "", "/data/r[2]/s[1]/a": "absent"},
	},
	{
		"irrelevant instances keep their answers", document(`<ok>1</ok><r><a/></r><s/>`, `<bind nodeset="/data/r" relevant="/data/ok = 1"/><bind nodeset="/data/s" calculate="count(/data/r[a != ''])"/>`, `<input ref="/data/ok"/><repeat nodeset="/data/r"><input ref="/data/r/a"/></repeat>`),
		[]string{"/data/r[1]/a=x", "/data/ok=0", "+/data/r"},
		map[string]string{"/data/r[1]/a": "x irrelevant", "/data/r[2]/a": "irrelevant", "/data/s": "0"},
	},
}

func TestRepeats(t *testing.T) {
	for _, test := range repeatTests {
		t.Run(test.name, func(t *testing.T) {
			s := begin(t, parse(t, test.document))
			play(t, s, test.steps...)
			for ref, want := range test.want {
				if got := show(t, s, ref); got != want {
					t.Errorf("%s: got %q, want %q", ref, got, want)
				}
			}
		})
	}
}

func TestFixedRepeat(t *testing.T) {
	s := begin(t, parse(t, document(`<r><a/></r><r><a/></r>`, "", `<repeat nodeset="/data/r" jr:noAddRemove="true()"><input ref="/data/r/a"/></repeat>`)))
	_, added := s.AddRepeat("/data/r")
	_, removed := s.RemoveRepeat("/data/r[1]")
	if diagnostics.Code(added) != diagnostics.CodeForbidden || diagnostics.Code(removed) != diagnostics.CodeForbidden {
		t.Errorf("added: %v, removed: %v", added, removed)
	}
}

// TestShuffled: a seed gives the same order of choices each time, and the keys
// follow the place in the list.
func TestShuffled(t *testing.T) {
	order := func(seed int64) (values string) {
		source := document(`<q/>`, `<instance id="l"><root><item><v>a</v></item><item><v>b</v></item><item><v>c</v></item><item><v>d</v></item><item><v>e</v></item></root></instance>`,
			`<select1 ref="/data/q"><itemset nodeset="randomize(instance('l')/root/item)"><value ref="v"/><label ref="v"/></itemset></select1>`)
		o := options()
		o.Seed = seed
		s, err := parse(t, source).NewSession(o)
		if err != nil {
			t.Fatal(err)
		}
		n, _ := s.Node("/data/q")
		for _, c := range n.Choices {
			if string(rune('a'+c.Position-1)) != c.Value {
				t.Errorf("%s is at %d", c.Value, c.Position)
			}
			values += c.Value
		}
		return values
	}
	if first, again := order(3), order(3); first != again || len(first) != 5 {
		t.Errorf("the same seed gives %s and %s", first, again)
	}
	if order(3) == order(4) && order(4) == order(5) {
		t.Errorf("any seed gives %s", order(3))
	}
}
