package main

import (
	"io"

	"solidaren/assets"
	"solidaren/cmd/internal/notebook"
	"solidaren/diagnostics/workbook"
	"solidaren/ui/model"
)

type exportRaw struct {
	span
	// Audience is taken so that every export is called alike; answers one by
	// one have no cells to hide.
	Audience string   `enum:"plenary,restricted,group" default:"group" help:"${raw_audience}"`
	Form     []string `placeholder:"FORM" help:"${raw_form}"`
	Texts    bool     `help:"${raw_texts}"`
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
		described, err := workbook.Describe(form, e.Lang)
		if err != nil {
			return err
		}
		forms = append(forms, described)
	}
	return e.withNotebook(func(nb *notebook.Opened) error {
		if err := nb.Store.Log(e.ctx, model.ExportAccess()); err != nil {
			return err
		}
		options, err := e.options(nb)
		if err != nil {
			return err
		}
		return e.workbook(c.Out, func(w io.Writer) error {
			return workbook.WriteRaw(e.ctx, w, nb.Store.Shared(), workbook.RawOptions{
				Options: options, Period: period, Forms: forms, Texts: c.Texts,
			})
		})
	})
}
