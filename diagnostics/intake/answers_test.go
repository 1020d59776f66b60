package intake_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"solidaren/diagnostics"
	"solidaren/diagnostics/intake"
	"solidaren/diagnostics/xform"
)

// Coded answers can be read at the centre, words cannot: each question is in
// one of the two, and a name is in the sealed one alone.
func TestAnswers(t *testing.T) {
	s := open(t, street(t), [2]string{"/data/contact", "talk"}, [2]string{"/data/n", "2"}, [2]string{"/data/code", "ABCD-EFC"},
		[2]string{"/data/night", "tent"}, [2]string{"/data/needs", "food rights"}, [2]string{"/data/loose", "un mot"})
	answers, texts, err := intake.Answers(s)
	if err != nil {
		t.Fatal(err)
	}
	wantAnswers := `{"contact":"talk","n":"2","needs":"food rights","night":"tent","public":"errance"}`
	if diff := cmp.Diff(wantAnswers, string(answers)); diff != "" {
		t.Errorf("answers (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(`{"code":"ABCD-EFC","loose":"un mot"}`, string(texts)); diff != "" {
		t.Errorf("texts (-want +got):\n%s", diff)
	}
}

// A calculation may hold words: unless it fills a coded field it is sealed.
func TestAnswersSealsCalculations(t *testing.T) {
	form := newForm(t, "f", q{name: "name", kind: "text"},
		q{name: "hello", kind: "calculate", calculate: "concat('Bonjour ', /data/name)"},
		q{name: "total", kind: "int", calculate: "1 + 1"})
	answers, texts, err := intake.Answers(open(t, form, [2]string{"/data/name", "Loulou"}))
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(answers), "Loulou") || !strings.Contains(string(texts), "Bonjour Loulou") {
		t.Errorf("answers %s, texts %s: the words belong to the texts", answers, texts)
	}
}

func TestFillRoundTrip(t *testing.T) {
	want := `{"b":{"minors":"2","needs":[{"domain":"food"},{"domain":"work","urg":"weeks"}],"type":"fse"},"date":"2026-03-02","rights":[{"right":"rsa","status":"has"}],"voice":"quote meet"}`
	s := open(t, talk(t), [2]string{"/data/rights", "+"}) // one instance more than the answers have
	problems, err := intake.Fill(s, []byte(`{"date":"2026-03-02","voice":["quote","meet"],
		"b":{"type":"fse","minors":2,"needs":[{"domain":"food"},{"domain":"work","urg":"weeks"}]},
		"rights":[{"right":"rsa","status":"has"}]}`))
	if err != nil {
		t.Fatal(err)
	}
	if len(problems) > 0 {
		t.Errorf("problems: %v", problems)
	}
	answers, _, err := intake.Answers(s)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, string(answers)); diff != "" {
		t.Errorf("answers (-want +got):\n%s", diff)
	}
}

// Whoever does not know a form's groups may leave them out.
func TestFillWithoutGroups(t *testing.T) {
	nested, flat := open(t, talk(t)), open(t, talk(t))
	for s, text := range map[*xform.Session]string{
		nested: `{"b":{"type":"fse","needs":[{"domain":"food"}]}}`, flat: `{"type":"fse","needs":[{"domain":"food"}]}`,
	} {
		if _, err := intake.Fill(s, []byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	want, _, _ := intake.Answers(nested)
	got, _, _ := intake.Answers(flat)
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("answers (-nested +flat):\n%s", diff)
	}
}

func TestFillRefuses(t *testing.T) {
	tests := []struct{ name, answers, place string }{
		{"unknown question", `{"nobody":"x"}`, "/data/nobody"},
		{"unknown question in an instance", `{"rights":[{"right":"rsa"},{"rihgt":"x"}]}`, "/data/rights[2]/rihgt"},
		{"a text where a group is meant", `{"b":"x"}`, "/data/b"},
		{"an object where a repeat is meant", `{"rights":{"right":"rsa"}}`, "/data/rights"},
		{"a text in a repeat", `{"rights":["rsa"]}`, "/data/rights[1]"},
		{"an object where a question is meant", `{"date":{"y":2026}}`, "/data/date"},
		{"two answers to one question", `{"type":"fs","b":{"type":"hs"}}`, "/data/type"},
		{"a name that stands twice", `{"urg":"days"}`, "/data/urg"},
		{"not JSON", "{\n \"date\": 2026-03-02 }", "2:"},
		{"not an object", `["x"]`, "1:1"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := intake.Fill(open(t, talk(t)), []byte(tt.answers))
			if diagnostics.Code(err) != diagnostics.CodeInvalid {
				t.Fatalf("error %v, want invalid", err)
			}
			for _, lang := range []string{"fr", "en"} {
				if got := diagnostics.Sentence(err, lang); !strings.Contains(got, tt.place) {
					t.Errorf("sentence %q does not name %s", got, tt.place)
				}
			}
		})
	}
}

// A working note is kept for 90 days, in a record of its own: it is in none of
// the texts, which are kept longer.
func TestAnswersLeaveOutTheWorkingNote(t *testing.T) {
	form := newForm(t, "f", q{name: "missing", kind: "text", observes: "diagnostic.missing"}, q{name: "private", kind: "text", observes: "note.private"})
	answers, texts, err := intake.Answers(open(t, form, [2]string{"/data/missing", "un toit"}, [2]string{"/data/private", "à revoir"}))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(`{}{"missing":"un toit"}`, string(answers)+string(texts)); diff != "" {
		t.Errorf("answers and texts (-want +got):\n%s", diff)
	}
	if got := intake.NoteQuestion(form); got != "private" {
		t.Errorf("the note's question is %q", got)
	}
}
