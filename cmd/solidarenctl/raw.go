package main

import (
	"io"
	"strings"

	"solidaren/assets"
	"solidaren/cmd/internal/notebook"
	"solidaren/diagnostics/intake"
	"solidaren/diagnostics/workbook"
	"solidaren/diagnostics/xform"
)

type exportRaw struct {
	span
	Form  []string `placeholder:"FORM" help:"${raw_form}"`
	Texts bool     `help:"${raw_texts}"`
}

// Run writes the answers of the named forms, of every form of the program by
// default.
func (c exportRaw) Run(e *env) error {
	period, err := c.period()
	if err != nil {
		return err
	}
	if len(c.Form) == 0 {
		c.Form = assets.FormIDs()
	}
	var forms []workbook.Form
	for _, name := range c.Form {
		form, err := openForm(name)
		if err != nil {
			return err
		}
		described, err := describe(form, e.Lang)
		if err != nil {
			return err
		}
		forms = append(forms, described)
	}
	return e.withNotebook(func(nb *notebook.Opened) error {
		return e.workbook(c.Out, func(w io.Writer) error {
			return workbook.WriteRaw(e.ctx, w, nb.Store, workbook.RawOptions{
				Options: e.options(), Period: period, Forms: forms, Texts: c.Texts})
		})
	})
}

// describe tells the workbook what it must know of a form, in the language.
func describe(form *xform.Form, lang string) (workbook.Form, error) {
	out := workbook.Form{ID: form.ID(), Title: form.Title(), Root: form.Root()}
	session, err := form.NewSession(xform.SessionOptions{Language: formLanguage(form, lang)})
	if err != nil {
		return out, err
	}
	nodes, err := oneOfEach(session)
	if err != nil {
		return out, err
	}
	for _, q := range form.Questions() {
		if strings.HasPrefix(q.Path, form.Root()+"/meta/") {
			continue // what the form knows of itself
		}
		switch q.Kind {
		case xform.KindRepeat:
			out.Repeats = append(out.Repeats, q.Path)
		case xform.KindQuestion, xform.KindCalculate:
			n := nodes[q.Path]
			asked := workbook.Question{Path: q.Path, Label: n.Label, Type: q.Type, Control: q.Control, Observes: q.Attrs[intake.Attr], Repeat: q.Repeat}
			for _, choice := range n.Choices {
				asked.Choices = append(asked.Choices, workbook.Choice{Value: choice.Value, Label: choice.Label})
			}
			out.Questions = append(out.Questions, asked)
		}
	}
	return out, nil
}

// oneOfEach gives a node of every path, an instance of each repeat made where
// the form begins with none.
func oneOfEach(session *xform.Session) (map[string]xform.Node, error) {
	for range session.Form().Questions() { // a repeat may hold repeats
		for _, n := range session.Nodes() {
			if n.Kind != xform.KindRepeat || n.Count > 0 {
				continue
			}
			if _, err := session.AddRepeat(n.Ref); err != nil {
				return nil, err
			}
			break
		}
	}
	out := map[string]xform.Node{}
	for _, n := range session.Nodes() {
		out[n.Path] = n
	}
	return out, nil
}
