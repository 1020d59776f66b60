package main

import (
	"io"

	"solidaren/cmd/internal/notebook"
	"solidaren/diagnostics"
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

// Run writes the answers of the named forms, of every form of the notebook by
// default.
func (c exportRaw) Run(e *env) error {
	period, err := c.period()
	if err != nil {
		return err
	}
	return e.withNotebook(func(nb *notebook.Opened) error {
		forms, err := c.forms(e.desk(nb), e.Lang)
		if err != nil {
			return err
		}
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

// forms describes the forms whose answers are wanted: files as they are, those
// named by their ids with what their earlier versions asked.
func (c exportRaw) forms(desk *model.Desk, lang string) ([]workbook.Form, error) {
	names := c.Form
	if len(names) == 0 {
		names = desk.Forms.IDs()
	}
	var forms []workbook.Form
	for _, name := range names {
		described, err := describe(desk, name, lang)
		if err != nil {
			return nil, err
		}
		forms = append(forms, described)
	}
	return forms, nil
}

func describe(desk *model.Desk, name, lang string) (workbook.Form, error) {
	if !isFile(name) {
		described, err := desk.Described(name, lang)
		if diagnostics.Code(err) == diagnostics.CodeNotFound {
			err = unknownForm(name)
		}
		return described, err
	}
	form, err := openForm(name)
	if err != nil {
		return workbook.Form{}, err
	}
	return workbook.Describe(form, lang)
}
