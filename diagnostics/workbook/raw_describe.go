package workbook

import (
	"strings"

	"solidaren/diagnostics/xform"
)

// Describe reads from a form what its raw export must know, with the words of
// the language ("fr" or "en") where the form has them. Codes: those of a new
// session.
func Describe(f *xform.Form, lang string) (Form, error) {
	s, err := f.NewSession(xform.SessionOptions{Language: languageOf(f, lang)})
	if err != nil {
		return Form{}, err
	}
	form := Form{ID: f.ID(), Title: f.Title(), Root: f.Root()}
	if form.Title == "" {
		form.Title = form.ID
	}
	first := firstInstances(f, s)
	for _, q := range f.Questions() {
		if strings.HasPrefix(q.Path, f.Root()+"/meta/") {
			continue // what the form knows of itself
		}
		switch q.Kind {
		case xform.KindRepeat:
			form.Repeats = append(form.Repeats, q.Path)
		case xform.KindQuestion, xform.KindCalculate:
			form.Questions = append(form.Questions, describe(q, s, first))
		}
	}
	return form, nil
}

// describe adds the words to a question. They stand on the nodes of a session;
// those of a repeat that the form counts itself may not be there.
func describe(q xform.Question, s *xform.Session, first map[string]string) Question {
	out := Question{Path: q.Path, Type: q.Type, Control: q.Control, Observes: q.Attrs["sr:observes"], Repeat: q.Repeat}
	node, ok := s.Node(within(q.Path, q.Repeat, first))
	if !ok {
		return out
	}
	out.Label = strings.Join(strings.Fields(node.Label), " ")
	for _, c := range node.Choices {
		out.Choices = append(out.Choices, Choice{c.Value, c.Label})
	}
	return out
}

// firstInstances makes sure that each repeat has an instance, and gives the
// reference of its first one.
func firstInstances(f *xform.Form, s *xform.Session) map[string]string {
	first := map[string]string{}
	for _, q := range f.Questions() {
		if q.Kind != xform.KindRepeat {
			continue
		}
		series := within(q.Path, q.Repeat, first)
		if node, ok := s.Node(series); ok && node.Count == 0 {
			_, _ = s.AddRepeat(series) // refused where the form counts: no words then
		}
		first[q.Path] = series + "[1]"
	}
	return first
}

// within is the reference of a path in the first instance of its repeat.
func within(path, repeat string, first map[string]string) string {
	if repeat == "" {
		return path
	}
	return first[repeat] + strings.TrimPrefix(path, repeat)
}

// languageOf finds a form's name of a language: "Français (fr)" for "fr".
func languageOf(f *xform.Form, lang string) string {
	code := "fr"
	if strings.HasPrefix(lang, "en") {
		code = "en"
	}
	for _, name := range f.Languages() {
		if name == code || strings.HasSuffix(name, "("+code+")") {
			return name
		}
	}
	return f.DefaultLanguage()
}
