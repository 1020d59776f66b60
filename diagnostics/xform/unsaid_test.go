package xform_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"solidaren/diagnostics"
	"solidaren/diagnostics/xform"
)

const refusals = `
| survey |
| | type | name | label | required | relevant | constraint | default |
| | text | q | Q | yes | | string-length(.) <= 20 | |
| | integer | n | N | yes | ${q} != '' | | |
| | begin_repeat | r | R | | | | |
| | text | a | A | yes | | | |
| | integer | b | B | | ${a} != '' | | 7 |
| | select_one l | c | C | | | | |
| | end_repeat | | | | | | |
| choices |
| | list_name | name | label |
| | l | x | X |
`

func TestExcuse(t *testing.T) {
	s := begin(t, fromSheets(t, refusals, nil))
	play(t, s, "/data/q=x", "/data/n=3", "/data/r[1]/a=y", "+/data/r", "/data/r[2]/a=z")
	excuse := func(ref, reason string) xform.Changes {
		t.Helper()
		changes, err := s.Excuse(ref, reason)
		if err != nil {
			t.Fatal(err)
		}
		return changes
	}
	if changes := excuse("/data/n", "rf"); !contains(changes.Changed, "/data/n") {
		t.Errorf("changed %v", changes.Changed)
	}
	excuse("/data/r[2]/a", "dk")
	if n, _ := s.Node("/data/n"); n.Value != "" || n.Reason != "rf" || !n.Required || !n.Valid {
		t.Errorf("n is %q for %q, valid %v", n.Value, n.Reason, n.Valid)
	}
	if problems := s.Validate(); len(problems) > 0 {
		t.Errorf("problems %v", problems)
	}
	if n, _ := s.Node("/data/r[2]/b"); n.Relevant {
		t.Error("a refusal counts as an answer for others")
	}
	want := map[string]string{"/data/n": "rf", "/data/r[2]/a": "dk"}
	if diff := cmp.Diff(want, s.Reasons()); diff != "" {
		t.Error(diff)
	}
	state, err := s.Save()
	if err != nil {
		t.Fatal(err)
	}
	again, err := s.Form().Restore(state, options())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, again.Reasons()); diff != "" {
		t.Error(diff)
	}
	play(t, s, "-/data/r[1]", "/data/q=")
	if diff := cmp.Diff(map[string]string{"/data/r[1]/a": "dk"}, s.Reasons()); diff != "" {
		t.Error(diff)
	}
	play(t, s, "/data/q=x", "/data/n=4")
	if n, _ := s.Node("/data/n"); n.Reason != "" || n.Value != "4" {
		t.Errorf("n is %q for %q after an answer", n.Value, n.Reason)
	}
	excuse("/data/n", "rf")
	excuse("/data/n", "")
	if n, _ := s.Node("/data/n"); n.Reason != "" || n.Valid {
		t.Errorf("the reason is %q, valid %v", n.Reason, n.Valid)
	}
	if _, err := s.Excuse("/data/none", "rf"); diagnostics.Code(err) != diagnostics.CodeInvalid {
		t.Errorf("error %v", err)
	}
}

// A reason follows its question into another version under another name.
func TestExcuseMigrates(t *testing.T) {
	former := versioned("1", `<g><a/></g>`, ``, `<input ref="/data/g/a"/>`)
	s := begin(t, parse(t, former))
	if _, err := s.Excuse("/data/g/a", "rf"); err != nil {
		t.Fatal(err)
	}
	to := parse(t, versioned("2", `<h><b/></h>`, `<bind nodeset="/data/h" sr:was="g"/><bind nodeset="/data/h/b" sr:was="a"/>`, `<input ref="/data/h/b"/>`))
	state, err := s.Save()
	if err != nil {
		t.Fatal(err)
	}
	moved, err := to.Restore(state, options())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]string{"/data/h/b": "rf"}, moved.Reasons()); diff != "" {
		t.Error(diff)
	}
}

// A sample is what AddRepeat would add, and looking at it changes nothing.
func TestSample(t *testing.T) {
	s := begin(t, fromSheets(t, refusals, nil))
	play(t, s, "/data/r[1]/a=y")
	before, _ := s.Save()
	sample, ok := s.Sample("/data/r")
	if after, _ := s.Save(); !ok || string(after) != string(before) {
		t.Fatalf("sample %v; the state became %s", ok, after)
	}
	play(t, s, "+/data/r")
	var added []xform.Node
	for _, n := range s.Nodes() {
		if strings.HasPrefix(n.Ref, "/data/r[2]") {
			added = append(added, n)
		}
	}
	if diff := cmp.Diff(added, sample); diff != "" {
		t.Errorf("(-added +sample):\n%s", diff)
	}
	if _, ok := s.Sample("/data/q"); ok {
		t.Error("a question has a sample")
	}
}

// TestRewind: whatever was answered since, a state that was saved comes back
// whole, and answers go on from there as they did.
func TestRewind(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		form, err := xform.Parse(strings.NewReader(randomForm(t)), xform.Options{})
		if err != nil {
			t.Skip(err)
		}
		s, err := form.NewSession(options())
		if err != nil {
			t.Fatal(err)
		}
		for range rapid.IntRange(0, 5).Draw(t, "before") {
			randomStep(t, s)
		}
		saved, err := s.Save()
		if err != nil {
			t.Fatal(err)
		}
		want := s.Nodes()
		for range rapid.IntRange(1, 5).Draw(t, "after") {
			randomStep(t, s)
		}
		if _, err := s.Rewind(saved); err != nil {
			t.Fatal(err)
		}
		again, err := s.Save()
		if err != nil || string(again) != string(saved) {
			t.Fatalf("saved %s\nafter rewinding %s (%v)", saved, again, err)
		}
		if diff := cmp.Diff(want, s.Nodes()); diff != "" {
			t.Fatal(diff)
		}
		step := randomStep(t, s)
		compareSessions(t, step, "rewound", s)
	})
}

func TestRewindRefuses(t *testing.T) {
	s := begin(t, fromSheets(t, refusals, nil))
	for _, state := range []string{`{}`, `{"form":"data","version":"other","answers":{}}`, `x`} {
		if _, err := s.Rewind([]byte(state)); diagnostics.Code(err) != diagnostics.CodeInvalid {
			t.Errorf("%s: error %v", state, err)
		}
	}
}

// What a screen reads of a question beside its words.
func TestFaces(t *testing.T) {
	form := fromSheets(t, `
| survey |
| | type | name | label::Français (fr) | label::English (en) | parameters | constraint |
| | range | r | Sur dix | Out of ten | start=0 end=10 step=2 | |
| | text | w | Mots | | rows=5 | string-length(.) < 141 |
| | text | e | Libre | Free | | string-length(.) <= 5 or . = 'x' |
| | select_one_from_file places.csv | f | Liste | List | | |
| | select_one l | i | Dedans | Inside | | |
| choices |
| | list_name | name | label::Français (fr) | label::English (en) |
| | l | x | Ixe | |
| settings |
| | default_language |
| | Français (fr) |
`, map[string]string{"places.csv": "name,label\na,A\n"})
	s := begin(t, form)
	play(t, s, "@English (en)")
	node := func(ref string) xform.Node {
		n, ok := s.Node(ref)
		if !ok {
			t.Fatalf("no %s", ref)
		}
		return n
	}
	if p := node("/data/r").Params; p["start"] != "0" || p["end"] != "10" || p["step"] != "2" {
		t.Errorf("params of a range: %v", p)
	}
	if n := node("/data/w"); n.Limit != 140 || n.Params["rows"] != "5" || n.Label != "Mots" || n.Lent != "Français (fr)" {
		t.Errorf("got %d, %v, %q lent by %q", n.Limit, n.Params, n.Label, n.Lent)
	}
	if n := node("/data/e"); n.Limit != 0 || n.Lent != "" {
		t.Errorf("limit %d, lent by %q", n.Limit, n.Lent)
	}
	if !node("/data/f").FromFile || node("/data/i").FromFile {
		t.Error("which list comes from a file is not known")
	}
	if c := node("/data/i").Choices[0]; c.Label != "Ixe" {
		t.Errorf("a choice without words in English is %q", c.Label)
	}
}

// TestRestoreKeepsAnAnswerOverItsCalculation: what somebody wrote over a value
// that the form had worked out stays theirs when the draft is taken up, and when
// a later step is taken back.
func TestRestoreKeepsAnAnswerOverItsCalculation(t *testing.T) {
	form := fromSheets(t, `
| survey |
| | type | name | label | relevant | calculation |
| | select_one l | s | S | | |
| | text | a | A | ${s} = 'x' | |
| | text | c | C | | ${a} |
| | text | d | D | | |
| choices |
| | list_name | name | label |
| | l | x | X |
`, nil)
	s := begin(t, form)
	play(t, s, "/data/c=mine")
	state, err := s.Save()
	if err != nil {
		t.Fatal(err)
	}
	restored, err := form.Restore(state, options())
	if err != nil {
		t.Fatal(err)
	}
	if got := show(t, restored, "/data/c"); !strings.HasPrefix(got, "mine") {
		t.Errorf("restored, c is %q", got)
	}
	play(t, s, "/data/d=z")
	if _, err := s.Rewind(state); err != nil {
		t.Fatal(err)
	}
	if got := show(t, s, "/data/c"); !strings.HasPrefix(got, "mine") {
		t.Errorf("taken back, c is %q", got)
	}
	play(t, restored, "/data/s=x", "/data/a=other")
	if got := show(t, restored, "/data/c"); !strings.HasPrefix(got, "other") {
		t.Errorf("worked out anew, c is %q", got)
	}
}

// TestKeysOfACascade: the places of choices are those before any filter,
// wherever the filter stands in the itemset.
func TestKeysOfACascade(t *testing.T) {
	s := begin(t, parse(t, `<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><h:title>c</h:title><model>
<instance><data id="c"><s/><c/></data></instance>
<instance id="l"><all><state><value>a</value><county><value>a1</value></county></state><state><value>b</value><county><value>b1</value></county><county><value>b2</value></county></state></all></instance>
<bind nodeset="/data/s" type="string"/><bind nodeset="/data/c" type="string"/></model></h:head><h:body>
<select1 ref="/data/s"><itemset nodeset="instance('l')/all/state"><value ref="value"/><label ref="value"/></itemset></select1>
<select1 ref="/data/c"><itemset nodeset="instance('l')/all/state[value=/data/s]/county"><value ref="value"/><label ref="value"/></itemset></select1>
</h:body></h:html>`))
	for _, step := range []struct {
		state string
		want  []int
	}{{"a", []int{1}}, {"b", []int{2, 3}}} {
		play(t, s, "/data/s="+step.state)
		n, _ := s.Node("/data/c")
		var got []int
		for _, c := range n.Choices {
			got = append(got, c.Position)
		}
		if diff := cmp.Diff(step.want, got); diff != "" {
			t.Errorf("in %s: %s", step.state, diff)
		}
	}
}
