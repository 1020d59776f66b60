package form_test

import (
	"slices"
	"strings"
	"testing"

	"solidaren/ui/model/form"
	"solidaren/ui/model/form/formtest"
)

const interview = `
| survey |
| | type | name | label | required | appearance | bind::sr:observes | bind::sr:sensitivity |
| | begin_group | a | A. Début | | | | |
| | select_one district | d | Quartier | yes | | encounter.district | |
| | text | code | Code | | | person.code | |
| | end_group | | | | | | |
| | begin_group | b | B. Toit | | talk | | |
| | integer | n | Combien | yes | | | |
| | text | why | Pourquoi | | | | S3 |
| | end_group | | | | | | |
| | begin_group | c | C. Fin | | talk | | |
| | select_one yn | ok | Bien | yes | | | |
| | end_group | | | | | | |
| choices |
| | list_name | name | label |
| | district | q1 | Centre |
| | yn | yes | Oui |
| | yn | rf | Ne souhaite pas |
| settings |
| | form_id | namespaces |
| | f | sr="https://solidaren.fr/xforms" |
`

// A refusal stands beside the answer, satisfies what is required, and goes with
// the draft; facts of the record cannot be refused.
func TestRefusal(t *testing.T) {
	p := openForm(t, interview, form.Options{})
	if p.Refuse() || !strings.Contains(strings.Join(p.notices, ""), "nécessaire") {
		t.Errorf("the district was refused; notices %q", p.notices)
	}
	p.Answer("/data/a/d", "q1")
	p.GoTo("/data/b/n")
	p.Type("/data/b/n", "3")
	if !p.DontKnow() {
		t.Fatal("not known, and no way to say so")
	}
	item := p.item(t, "/data/b/n")
	if item.Reason != form.Unknown || item.Text != "" || item.Status != "ne sait pas" || !item.Answered() {
		t.Errorf("got %+v", item)
	}
	p.GoTo("/data/c/ok")
	p.Refuse()
	if item := p.item(t, "/data/c/ok"); item.Reason != "" || item.Chosen[0] != "rf" {
		t.Errorf("a list that has the answer keeps a reason instead: %+v", item)
	}
	if problems, err := p.Finish(); err != nil || len(problems) > 0 {
		t.Errorf("problems %v", problems)
	}
	again := form.New(formtest.Restore(t, formtest.Compile(t, interview), p.state), form.Options{})
	again.GoTo("/data/b/n")
	if item, _ := again.Item("/data/b/n"); item.Reason != form.Unknown {
		t.Errorf("the draft came back with %+v", item)
	}
	p.GoTo("/data/b/n")
	p.Type("/data/b/n", "2")
	p.Leave("/data/b/n")
	if item := p.item(t, "/data/b/n"); item.Reason != "" || item.Status != "" || item.Text != "2" {
		t.Errorf("an answer leaves %+v", item)
	}
}

// One key says that a section was not talked about; any answer takes it back.
func TestNotTalked(t *testing.T) {
	p := openForm(t, interview, form.Options{})
	if p.shape()[0] != "question Quartier choice" {
		t.Errorf("a section that does not ask shows %q", p.shape())
	}
	p.NextSection()
	p.wantShape(t, "talked En avez-vous parlé ?", "question Combien integer", "question Pourquoi line")
	if p.Cursor() != "/data/b#talked" {
		t.Errorf("cursor at %s", p.Cursor())
	}
	p.NotTalked()
	if p.Current() != 2 || p.Cursor() != "/data/c#talked" {
		t.Errorf("section %d, cursor %s", p.Current(), p.Cursor())
	}
	if s := p.Sections()[1]; s.State != form.Silent || s.Answered != 2 {
		t.Errorf("the outline says %+v", s)
	}
	p.PreviousSection()
	if head := p.Items()[0]; !slices.Equal(head.Chosen, []string{form.NotDiscussed}) {
		t.Errorf("the head says %q", head.Chosen)
	}
	p.Answer("/data/b/why", "le loyer")
	if head := p.Items()[0]; !slices.Equal(head.Chosen, []string{"yes"}) {
		t.Errorf("the head says %q", head.Chosen)
	}
	if item := p.item(t, "/data/b/n"); item.Reason != "" {
		t.Errorf("the rest is still %q", item.Reason)
	}
	p.NotTalked()
	p.PreviousSection()
	if item := p.item(t, "/data/b/why"); item.Text != "le loyer" {
		t.Errorf("the answer went: %+v", item)
	}
	p.Talk()
	if item := p.item(t, "/data/b/n"); item.Reason != "" || p.Cursor() != "/data/b/n" {
		t.Errorf("%+v, cursor %s", item, p.Cursor())
	}
	again := form.New(formtest.Restore(t, formtest.Compile(t, interview), p.state), form.Options{Cursor: "/data/c#talked"})
	if again.Cursor() != "/data/c#talked" {
		t.Errorf("the cursor came back at %s", again.Cursor())
	}
}

func TestNotTalkedIsOneStepToUndo(t *testing.T) {
	p := openForm(t, interview, form.Options{})
	p.NextSection()
	p.NotTalked()
	if !p.Undo() || p.Current() != 1 {
		t.Fatalf("section %d", p.Current())
	}
	for _, ref := range []string{"/data/b/n", "/data/b/why"} {
		if item := p.item(t, ref); item.Reason != "" {
			t.Errorf("%s is still %q", ref, item.Reason)
		}
	}
}

// Bis takes the answer of the record before, and says so; who a person is, is
// not copied.
func TestBis(t *testing.T) {
	before := map[string]string{"/data/a/d": "q1", "/data/a/code": "ABCD-EFC", "/data/b/n": ""}
	p := openForm(t, interview, form.Options{Previous: func(ref string) (string, bool) { v, ok := before[ref]; return v, ok }})
	if !p.Bis() {
		t.Fatal("nothing was copied")
	}
	if item := p.item(t, "/data/a/d"); item.Chosen[0] != "q1" || item.Status != "repris de la fiche précédente" {
		t.Errorf("got %+v", item)
	}
	p.Answer("/data/a/d", "q1")
	if item := p.item(t, "/data/a/d"); item.Status != "" {
		t.Errorf("an answer of one's own is %q", item.Status)
	}
	for _, ref := range []string{"/data/a/code", "/data/b/n", "/data/b/why"} {
		p.GoTo(ref)
		if p.Bis() {
			t.Errorf("%s was copied", ref)
		}
	}
}

func TestUndo(t *testing.T) {
	p := openForm(t, interview, form.Options{})
	if p.Undo() {
		t.Error("undid nothing")
	}
	p.Answer("/data/a/d", "q1")
	p.GoTo("/data/b/why")
	p.Type("/data/b/why", "le loyer")
	p.Leave("/data/b/why")
	p.Clear("/data/b/why")
	p.Clear("/data/b/why") // changes nothing, and is no step
	p.Show(2)
	for i, want := range []string{"le loyer", ""} {
		if !p.Undo() || p.Cursor() != "/data/b/why" {
			t.Fatalf("step %d: cursor %s", i, p.Cursor())
		}
		if got := p.item(t, "/data/b/why").Text; got != want {
			t.Errorf("step %d: %q", i, got)
		}
	}
	if !p.Undo() || p.Undo() {
		t.Error("the steps do not end where the form began")
	}
	if item := p.item(t, "/data/a/d"); len(item.Chosen) > 0 {
		t.Errorf("got %+v", item)
	}
	if problems, err := p.Finish(); err != nil || len(problems) != 3 || len(p.Problems()) != 3 {
		t.Errorf("%d problems, %d told, %v", len(p.Problems()), len(problems), err)
	}
	p.Answer("/data/a/d", "q1")
	p.Undo()
	if len(p.Problems()) != 3 {
		t.Errorf("%d problems after undoing", len(p.Problems()))
	}
}
