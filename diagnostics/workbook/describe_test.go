package workbook_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"solidaren/assets"
	"solidaren/diagnostics"
	"solidaren/diagnostics/workbook"
	"solidaren/diagnostics/xform"
	"solidaren/diagnostics/xlsform"
)

// shipped is a questionnaire of the program, compiled.
func shipped(t *testing.T, id string) *xform.Form {
	t.Helper()
	content, ok := assets.Form(id)
	if !ok {
		t.Fatalf("no form %s", id)
	}
	book, err := xlsform.ReadXLSX(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	compiled, err := xlsform.Compile(book, xlsform.CompileOptions{})
	if err != nil {
		t.Fatal(err)
	}
	f, err := xform.Parse(bytes.NewReader(compiled.XForm), xform.Options{Files: assets.List})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func described(t *testing.T, id, lang string) workbook.Form {
	t.Helper()
	f, err := workbook.Describe(shipped(t, id), lang)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func question(t *testing.T, f workbook.Form, name string) workbook.Question {
	t.Helper()
	for _, q := range f.Questions {
		if strings.HasSuffix(q.Path, "/"+name) {
			return q
		}
	}
	t.Fatalf("%s has no question %s", f.ID, name)
	return workbook.Question{}
}

func TestDescribeShippedForms(t *testing.T) {
	f := described(t, "entretien", "fr")
	var repeats []string
	for _, path := range f.Repeats {
		repeats = append(repeats, path[strings.LastIndex(path, "/")+1:])
	}
	if diff := cmp.Diff([]string{"e_rights", "e_needs", "e_ref"}, repeats); diff != "" {
		t.Error(diff)
	}
	domain := question(t, f, "en_domain")
	if domain.Label != "Domaine" || !strings.HasSuffix(domain.Repeat, "/e_needs") || domain.Observes != "need.domain" {
		t.Errorf("a question in a repeat: %+v", domain)
	}
	if len(domain.Choices) != len(diagnostics.Codes("need_domain")) || domain.Choices[0].Label != "Alimentation" {
		t.Errorf("its choices: %v", domain.Choices)
	}
	english := question(t, described(t, "entretien", "en"), "en_domain")
	if english.Label != "Domain" || english.Choices[0].Label != "Food" {
		t.Errorf("in English: %q, %v", english.Label, english.Choices[0])
	}
	if when := question(t, described(t, "maraude", "fr"), "m_at"); when.Type != "dateTime" || when.Label != "Heure" {
		t.Errorf("time of a tour: %+v", when)
	}
}

func TestRawExportOfAShippedForm(t *testing.T) {
	f := described(t, "entretien", "fr")
	tree := func(name, value string) string { // answers of a question, in its groups
		keys := strings.Split(strings.TrimPrefix(question(t, f, name).Path, f.Root+"/"), "/")
		answer := `"` + value + `"`
		for i := len(keys) - 1; i >= 0; i-- {
			answer = `{"` + keys[i] + `":` + answer + `}`
		}
		return answer
	}
	src := answerRows{"entretien": {
		{ID: "d1", At: madeOn, Answers: []byte(tree("e_public", "errance far"))},
		{ID: "d2", At: madeOn, Answers: []byte(tree("e_stay", "hue"))},
	}}
	o := rawOptions(false)
	o.Forms = []workbook.Form{f}
	file := writtenRaw(t, src, o)
	book := opened(t, file)
	if got := cellOf(t, book, "entretien", "d1", "Situation(s) (e_public)"); got != "En errance ; Éloigné de l'action sociale" {
		t.Errorf("publics: %q", got)
	}
	for name, content := range parts(t, file) {
		for _, never := range []string{"stay_status", "Nationalité", ">hue<", "Hors UE", "Notes de travail", "Dans ses mots"} {
			if strings.Contains(content, never) {
				t.Errorf("%s holds %q", name, never)
			}
		}
	}
}
