package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"solidaren/assets"
	"solidaren/cmd/internal/cli"
	"solidaren/cmd/internal/notebook"
	"solidaren/diagnostics"
	"solidaren/diagnostics/xform"
	"solidaren/ui/model"
)

// maxForm bounds a form file, in bytes.
const maxForm = 64 << 20

// readForm reads and compiles FORM: a file, or one that comes with the program.
// Errors: not_found, invalid, those of cli.ReadFile.
func readForm(name string) (*model.FormFile, error) {
	if b, ok := assets.Form(name); ok {
		return model.ReadForm(name+".xlsx", b, assets.List), nil
	}
	b, err := cli.ReadFile(name, nil, maxForm)
	if errors.Is(err, fs.ErrNotExist) && filepath.Ext(name) == "" {
		return nil, unknownForm(name)
	}
	if err != nil {
		return nil, err
	}
	return model.ReadForm(name, b, filesBeside(name)), nil
}

func unknownForm(name string) error {
	known := strings.Join(assets.FormIDs(), ", ")
	return diagnostics.E("solidarenctl.form", diagnostics.CodeNotFound,
		fmt.Sprintf("Le questionnaire « %s » n'est ni un fichier, ni reçu, ni fourni avec le programme (%s).", name, known),
		fmt.Sprintf("The form %q is neither a file, nor received, nor comes with the program (%s).", name, known), nil)
}

// isFile reports whether FORM names a file, not a form by its id.
func isFile(name string) bool {
	if _, shipped := assets.Form(name); shipped {
		return false
	}
	_, err := os.Stat(name)
	return err == nil || filepath.Ext(name) != ""
}

// filesBeside opens the files that a form takes choices from: those in its
// folder and no other, then those of the program.
func filesBeside(form string) model.Files {
	return func(name string) (io.ReadCloser, error) {
		if !filepath.IsLocal(name) {
			return nil, diagnostics.E("solidarenctl.files", diagnostics.CodeForbidden,
				"Le questionnaire nomme un fichier hors de son dossier.", "The form names a file outside its folder.", nil)
		}
		f, err := os.Open(filepath.Join(filepath.Dir(form), name))
		if errors.Is(err, fs.ErrNotExist) {
			return assets.List(name)
		}
		return f, err
	}
}

// openForm reads and parses FORM.
func openForm(name string) (*xform.Form, error) {
	f, err := readForm(name)
	if err != nil {
		return nil, err
	}
	return f.Open()
}

// openForTeam reads FORM for a notebook, whose team may not be asked everything.
// Errors: forbidden, those of openForm.
func openForTeam(name string) (*model.FormFile, error) {
	f, err := readForm(name)
	if err != nil {
		return nil, err
	}
	_, err = f.OpenForTeam()
	return f, err
}

// catalogue are the forms of an open notebook, with the actions of its directory.
func (e *env) catalogue(nb *notebook.Opened) (*model.Catalogue, error) {
	read, err := model.ReadDirectory(e.ctx, nb.Store)
	if err != nil {
		return nil, err
	}
	forms := model.NewCatalogue().With(e.ctx, nb.Store)
	forms.Offer(model.OfferedActions(read))
	return forms, nil
}

// formOf finds the version in use of a form of an open notebook by its id.
// Errors: not_found, invalid.
func formOf(e *env, nb *notebook.Opened, name string) (*xform.Form, error) {
	forms, err := e.catalogue(nb)
	if err != nil {
		return nil, err
	}
	form, err := forms.Form(name)
	if diagnostics.Code(err) == diagnostics.CodeNotFound {
		return nil, unknownForm(name)
	}
	return form, err
}

// formNamed finds FORM: where a notebook is named, among those that it has
// received, too. Errors: as openForm.
func (e *env) formNamed(name string) (form *xform.Form, err error) {
	if e.Vault == "" || isFile(name) {
		return openForm(name)
	}
	err = e.withNotebook(func(nb *notebook.Opened) error {
		form, err = formOf(e, nb, name)
		return err
	})
	return form, err
}
