package xform_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"solidaren/diagnostics"
	"solidaren/diagnostics/xform"
)

var clock = time.Date(2026, 3, 5, 22, 40, 0, 0, time.FixedZone("CET", 3600))

func options() xform.SessionOptions {
	return xform.SessionOptions{Now: func() time.Time { return clock }, Location: clock.Location(), Seed: 1}
}

func parse(t testing.TB, document string) *xform.Form {
	t.Helper()
	form, err := xform.Parse(strings.NewReader(document), xform.Options{})
	if err != nil {
		t.Fatalf("parse: %v", err)
	}
	return form
}

func visit(t testing.TB) *xform.Session {
	t.Helper()
	document, err := os.ReadFile("testdata/visit.xml")
	if err != nil {
		t.Fatal(err)
	}
	return begin(t, parse(t, string(document)))
}

func begin(t testing.TB, form *xform.Form) *xform.Session {
	t.Helper()
	s, err := form.NewSession(options())
	if err != nil {
		t.Fatalf("new session: %v", err)
	}
	return s
}

// play does the steps "ref=value", "+ref", "-ref" and "@language".
func play(t testing.TB, s *xform.Session, steps ...string) xform.Changes {
	t.Helper()
	var last xform.Changes
	for _, step := range steps {
		var err error
		switch step[0] {
		case '+':
			last, err = s.AddRepeat(step[1:])
		case '-':
			last, err = s.RemoveRepeat(step[1:])
		case '@':
			err = s.SetLanguage(step[1:])
		default:
			ref, value, _ := strings.Cut(step, "=")
			last, err = s.Set(ref, value)
		}
		if err != nil {
			t.Fatalf("step %q: %v", step, err)
		}
	}
	return last
}

// show writes what a test asks of a node: "value", or "value irrelevant
// required invalid readonly".
func show(t testing.TB, s *xform.Session, ref string) string {
	t.Helper()
	n, ok := s.Node(ref)
	if !ok {
		return "absent"
	}
	out := n.Value
	for _, flag := range []struct {
		on   bool
		name string
	}{{!n.Relevant, "irrelevant"}, {n.Required, "required"}, {!n.Valid, "invalid"}, {n.ReadOnly, "readonly"}} {
		if flag.on {
			out += " " + flag.name
		}
	}
	return strings.TrimSpace(out)
}

// sessionTests are steps on the form of testdata/visit.xml, and what its nodes
// are after them.
var sessionTests = []struct {
	name  string
	steps []string
	want  map[string]string
}{
	{"defaults", nil, map[string]string{
		"/data/persons": "1", "/data/at": "2026-03-05T22:40:00.000+01:00 required", "/data/contact": "required invalid",
		"/data/day": "2026-03-05", "/data/far": "few", "/data/thanks": "readonly", "/data/total": "1",
	}},
	{"relevance of a question", []string{"/data/persons=3"}, map[string]string{"/data/children": ""}},
	{"relevance is inherited", []string{"/data/talked/words=x"}, map[string]string{
		"/data/talked": "irrelevant", "/data/talked/words": "x irrelevant", "/data/talked/urgent": "irrelevant",
	}},
	{"typed values return", []string{"/data/contact=talk", "/data/talked/words=x", "/data/contact=sleeps", "/data/contact=talk"}, map[string]string{
		"/data/talked/words": "x", "/data/talked/urgent": "",
	}},
	{"irrelevant is empty for others", []string{"/data/contact=talk", "/data/talked/words=x", "/data/contact=sleeps"}, map[string]string{
		"/data/talked/words": "x irrelevant", "/data/talked/urgent": "irrelevant",
	}},
	{"calculation", []string{"/data/persons=11"}, map[string]string{"/data/far": "many"}},
	{"constraint broken", []string{"/data/persons=51"}, map[string]string{"/data/persons": "51 invalid"}},
	{"constraint over two questions", []string{"/data/persons=3", "/data/children=3", "/data/persons=2"}, map[string]string{"/data/children": "3 invalid"}},
	{"constraint holds when empty", []string{"/data/persons="}, map[string]string{"/data/persons": ""}},
	{"wrong type is kept", []string{"/data/persons=trois"}, map[string]string{"/data/persons": "trois invalid", "/data/far": "few"}},
	{"unknown choice is kept", []string{"/data/region=x"}, map[string]string{"/data/region": "x invalid"}},
	{"filtered choice goes", []string{"/data/region=s", "/data/place=b", "/data/region=n"}, map[string]string{"/data/place": ""}},
	{"filtered choice returns", []string{"/data/region=s", "/data/place=b", "/data/region=n", "/data/region=s"}, map[string]string{"/data/place": "b"}},
	{"value set by a change", []string{"/data/contact=talk"}, map[string]string{"/data/echo": "talk!"}},
	{"label of a choice", []string{"/data/contact=talk"}, map[string]string{"/data/chosen": "Parle"}},
	{"label of a choice in the other language", []string{"/data/contact=talk", "@English (en)"}, map[string]string{"/data/chosen": "Talks"}},
	{"repeat added", []string{"+/data/needs", "/data/needs[2]/domain=food"}, map[string]string{
		"/data/needs[2]/weight": "3", "/data/total": "4", "/data/heavy": "1", "/data/pair": "food",
		"/data/needs[1]/rank": "1/2", "/data/needs[2]/rank": "2/2",
	}},
	{"repeat removed", []string{"+/data/needs", "+/data/needs", "/data/needs[3]/domain=z", "-/data/needs[1]"}, map[string]string{
		"/data/needs[2]/domain": "z", "/data/needs[1]/rank": "1/2", "/data/needs[2]/rank": "2/2", "/data/total": "7", "/data/needs[3]": "absent",
	}},
	{"no value twice", []string{"+/data/needs", "/data/needs[1]/domain=food", "/data/needs[2]/domain=food"}, map[string]string{
		"/data/needs[1]/domain": "food invalid", "/data/needs[2]/domain": "food invalid",
	}},
	{"no value twice, mended", []string{"+/data/needs", "/data/needs[1]/domain=food", "/data/needs[2]/domain=food", "-/data/needs[1]"}, map[string]string{
		"/data/needs[1]/domain": "food",
	}},
	{"nested repeat", []string{"+/data/needs[1]/steps", "+/data/needs[1]/steps", "/data/needs[1]/steps[2]/what=x"}, map[string]string{
		"/data/needs[1]/steps[2]/what": "x",
	}},
	{"counted repeat", []string{"/data/kid[2]/name=Zoé", "/data/n=3"}, map[string]string{
		"/data/kid[2]/name": "Zoé", "/data/kid[3]/name": "", "/data/kid[4]": "absent", "/data/kid": "readonly",
	}},
	{"counted repeat shrinks", []string{"/data/n=1"}, map[string]string{"/data/kid[1]/name": "", "/data/kid[2]": "absent"}},
}

func TestSession(t *testing.T) {
	for _, test := range sessionTests {
		t.Run(test.name, func(t *testing.T) {
			s := visit(t)
			play(t, s, test.steps...)
			for ref, want := range test.want {
				if got := show(t, s, ref); got != want {
					t.Errorf("%s: got %q, want %q", ref, got, want)
				}
			}
		})
	}
}

func TestTexts(t *testing.T) {
	s := visit(t)
	play(t, s, "/data/contact=talk", "/data/persons=60")
	n, _ := s.Node("/data/persons")
	got := []string{n.Label, n.Hint, n.Guidance, n.Error}
	if diff := cmp.Diff([]string{"Nombre de personnes (talk)", "Tout le monde", "Enfants compris", "Entre 1 et 50"}, got); diff != "" {
		t.Errorf("French: %s", diff)
	}
	play(t, s, "@English (en)")
	n, _ = s.Node("/data/persons")
	got = []string{n.Label, n.Hint, n.Guidance, n.Error}
	if diff := cmp.Diff([]string{"Number of people (talk)", "Everybody", "Children too", "Between 1 and 50"}, got); diff != "" {
		t.Errorf("English: %s", diff)
	}
	n, _ = s.Node("/data/contact")
	if diff := cmp.Diff([]xform.Choice{{Value: "talk", Label: "Talks", Position: 1}, {Value: "sleeps", Label: "Sleeps", Position: 2}}, n.Choices); diff != "" {
		t.Errorf("choices: %s", diff)
	}
	play(t, s, "/data/region=s")
	n, _ = s.Node("/data/place")
	if diff := cmp.Diff([]xform.Choice{{Value: "b", Label: "B", Position: 2}, {Value: "c", Label: "C", Position: 3}}, n.Choices); diff != "" {
		t.Errorf("filtered choices: %s", diff)
	}
	if err := s.SetLanguage("Klingon"); diagnostics.Code(err) != diagnostics.CodeInvalid {
		t.Errorf("unknown language: %v", err)
	}
}

func TestRefused(t *testing.T) {
	s := visit(t)
	for _, test := range []struct {
		name string
		do   func() error
		want diagnostics.ErrorCode
	}{
		{"unknown ref", func() error { _, err := s.Set("/data/nope", "1"); return err }, diagnostics.CodeInvalid},
		{"instance that is not there", func() error { _, err := s.Set("/data/needs[9]/domain", "1"); return err }, diagnostics.CodeInvalid},
		{"group", func() error { _, err := s.Set("/data/talked", "1"); return err }, diagnostics.CodeInvalid},
		{"repeat without position", func() error { _, err := s.Set("/data/needs/domain", "1"); return err }, diagnostics.CodeInvalid},
		{"position that is no number", func() error { _, err := s.Set("/data/needs[x]/domain", "1"); return err }, diagnostics.CodeInvalid},
		{"read-only", func() error { _, err := s.Set("/data/thanks", "1"); return err }, diagnostics.CodeForbidden},
		{"calculation", func() error { _, err := s.Set("/data/total", "1"); return err }, diagnostics.CodeForbidden},
		{"add to a question", func() error { _, err := s.AddRepeat("/data/persons"); return err }, diagnostics.CodeInvalid},
		{"add to a counted repeat", func() error { _, err := s.AddRepeat("/data/kid"); return err }, diagnostics.CodeForbidden},
		{"remove from a counted repeat", func() error { _, err := s.RemoveRepeat("/data/kid[1]"); return err }, diagnostics.CodeForbidden},
		{"remove what is no instance", func() error { _, err := s.RemoveRepeat("/data/needs"); return err }, diagnostics.CodeInvalid},
		{"restore of another form", func() error {
			_, err := s.Form().Restore([]byte(`{"form":"other"}`), options())
			return err
		}, diagnostics.CodeInvalid},
		{"edit of another form", func() error { _, err := s.Form().Edit([]byte(`<other/>`), options()); return err }, diagnostics.CodeInvalid},
		{"edit of no XML", func() error { _, err := s.Form().Edit([]byte(`x`), options()); return err }, diagnostics.CodeInvalid},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := diagnostics.Code(test.do()); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestChanges(t *testing.T) {
	s := visit(t)
	got := play(t, s, "/data/contact=talk")
	for _, ref := range []string{"/data/contact", "/data/talked", "/data/talked/words", "/data/echo", "/data/chosen", "/data/persons"} {
		if !contains(got.Changed, ref) {
			t.Errorf("%s is not among the changes %q", ref, got.Changed)
		}
	}
	if !got.Structure || contains(got.Changed, "/data/total") || contains(got.Changed, "/data/region") {
		t.Errorf("changes %+v", got)
	}
	if got = play(t, s, "/data/contact=talk"); len(got.Changed) != 0 {
		t.Errorf("the same answer again changes %q", got.Changed)
	}
	if got = play(t, s, "+/data/needs"); !cmp.Equal(got.Added, []string{"/data/needs[2]"}) || !got.Structure {
		t.Errorf("added %+v", got)
	}
	if got = play(t, s, "-/data/needs[1]"); !cmp.Equal(got.Removed, []string{"/data/needs[1]"}) || !got.Structure {
		t.Errorf("removed %+v", got)
	}
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

func TestFinish(t *testing.T) {
	s := visit(t)
	problems, err := s.Finish()
	if err != nil {
		t.Fatal(err)
	}
	want := []xform.Problem{{Ref: "/data/contact", Label: "Contact", Message: "Choisir", Code: xform.ProblemRequired}}
	if diff := cmp.Diff(want, problems); diff != "" {
		t.Fatalf("problems: %s", diff)
	}
	play(t, s, "/data/persons=2", "/data/children=1", "/data/persons=1", "/data/contact=sleeps", "/data/needs[1]/domain=a<b", "/data/last=T1")
	if problems, err = s.Finish(); err != nil || len(problems) > 0 {
		t.Fatalf("problems %v, error %v", problems, err)
	}
	submission, err := s.Submission()
	if err != nil {
		t.Fatal(err)
	}
	id, _ := s.Node("/data/meta/instanceID")
	wantXML := `<data id="visit" version="3"><at>2026-03-05T22:40:00.000+01:00</at><contact>sleeps</contact><persons>1</persons><far>few</far>` +
		`<thanks></thanks><region></region><place></place><needs><domain>a&lt;b</domain><weight>1</weight><rank>1/1</rank></needs>` +
		`<total>1</total><heavy>0</heavy><pair></pair><day>2026-03-05</day><last>T1</last><n>2</n><kid><name></name></kid><kid><name></name></kid>` +
		`<chosen>Dort</chosen><echo>sleeps!</echo><meta><instanceID>` + id.Value + `</instanceID></meta></data>`
	if _, body, _ := strings.Cut(string(submission), "\n"); body != wantXML {
		t.Errorf("submission: %s", cmp.Diff(wantXML, body))
	}
	t.Run("edit", func(t *testing.T) {
		again, err := s.Form().Edit(submission, options())
		if err != nil {
			t.Fatal(err)
		}
		for ref, want := range map[string]string{"/data/needs[1]/domain": "a<b", "/data/contact": "sleeps required", "/data/children": "irrelevant", "/data/kid[2]/name": ""} {
			if got := show(t, again, ref); got != want {
				t.Errorf("%s: got %q, want %q", ref, got, want)
			}
		}
		if n, _ := again.Node("/data/meta/instanceID"); n.Value == id.Value || !strings.HasPrefix(n.Value, "uuid:") {
			t.Errorf("the correction has the instanceID %q", n.Value)
		}
	})
	t.Run("last saved", func(t *testing.T) {
		o := options()
		o.LastSaved = submission
		next, err := s.Form().NewSession(o)
		if err != nil {
			t.Fatal(err)
		}
		if got := show(t, next, "/data/last"); got != "T1" {
			t.Errorf("last used: %q", got)
		}
	})
}

func TestForm(t *testing.T) {
	f := visit(t).Form()
	if f.ID() != "visit" || f.Version() != "3" || f.Title() != "Visite" || f.Root() != "/data" || f.DefaultLanguage() != "Français (fr)" {
		t.Errorf("form %q %q %q %q %q", f.ID(), f.Version(), f.Title(), f.Root(), f.DefaultLanguage())
	}
	got := map[string]xform.Question{}
	for _, q := range f.Questions() {
		got[q.Path] = q
	}
	want := xform.Question{Path: "/data/contact", Name: "contact", Kind: xform.KindQuestion, Type: "string", Control: "select1", Appearance: "minimal", Attrs: map[string]string{"sr:observes": "encounter.contact_kind"}}
	if diff := cmp.Diff(want, got["/data/contact"]); diff != "" {
		t.Error(diff)
	}
	for path, kind := range map[string]xform.Kind{"/data/thanks": xform.KindNote, "/data/talked": xform.KindGroup, "/data/needs": xform.KindRepeat, "/data/total": xform.KindCalculate} {
		if got[path].Kind != kind {
			t.Errorf("%s is a %s, want a %s", path, got[path].Kind, kind)
		}
	}
	if r := got["/data/needs/steps/what"].Repeat; r != "/data/needs/steps" {
		t.Errorf("repeat of a nested question: %q", r)
	}
}
