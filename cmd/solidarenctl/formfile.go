package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"solidaren/assets"
	"solidaren/cmd/internal/cli"
	"solidaren/diagnostics"
	"solidaren/diagnostics/store"
	"solidaren/diagnostics/xform"
	"solidaren/diagnostics/xlsform"
	"solidaren/diagnostics/xlsform/neverask"
	"solidaren/ui/model"
)

// maxForm bounds a form file, in bytes.
const maxForm = 64 << 20

// formFile is a form as it was named on the command line: a file, or one that
// comes with the program. It can be a questionnaire in a workbook or an XForm.
type formFile struct {
	xform    []byte
	book     *xlsform.Workbook // nil for an XForm
	compiled *xlsform.Result   // nil for an XForm
	files    func(name string) (io.ReadCloser, error)
}

// readForm reads and compiles FORM. Errors: not_found, invalid (xlsform.Errors
// where the workbook is refused, and then the file holds it all the same),
// those of cli.ReadFile.
func readForm(name string) (*formFile, error) {
	if b, ok := assets.Form(name); ok {
		book, err := xlsform.ReadXLSX(bytes.NewReader(b))
		if err != nil {
			return nil, err
		}
		return compile(book, assets.List)
	}
	beside := filesBeside(name)
	if strings.EqualFold(filepath.Ext(name), ".xml") {
		b, err := cli.ReadFile(name, nil, maxForm)
		return &formFile{xform: b, files: beside}, err
	}
	if _, err := os.Stat(name); err != nil {
		if filepath.Ext(name) == "" && errors.Is(err, fs.ErrNotExist) {
			return nil, unknownForm(name)
		}
		return nil, cli.FileError(name, err)
	}
	book, err := xlsform.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return compile(book, beside)
}

func unknownForm(name string) error {
	known := strings.Join(assets.FormIDs(), ", ")
	return diagnostics.E("solidarenctl.form", diagnostics.CodeNotFound,
		fmt.Sprintf("Le questionnaire « %s » n'est ni un fichier ni fourni avec le programme (%s).", name, known),
		fmt.Sprintf("The form %q is neither a file nor comes with the program (%s).", name, known), nil)
}

func compile(book *xlsform.Workbook, files func(string) (io.ReadCloser, error)) (*formFile, error) {
	compiled, err := xlsform.Compile(book, xlsform.CompileOptions{})
	if err != nil {
		return &formFile{book: book}, err
	}
	return &formFile{xform: compiled.XForm, book: book, compiled: compiled, files: withItemsets(compiled.Itemsets, files)}, nil
}

// withItemsets opens itemsets.csv from the workbook itself, where it has the
// lists.
func withItemsets(itemsets []byte, files func(string) (io.ReadCloser, error)) func(string) (io.ReadCloser, error) {
	return func(name string) (io.ReadCloser, error) {
		if name == "itemsets.csv" && itemsets != nil {
			return io.NopCloser(bytes.NewReader(itemsets)), nil
		}
		return files(name)
	}
}

// filesBeside opens the files that a form takes choices from: those in its
// folder and no other, then those of the program.
func filesBeside(form string) func(string) (io.ReadCloser, error) {
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

// parse makes the form ready to be filled. Errors: invalid.
func (f *formFile) parse() (*xform.Form, error) {
	return xform.Parse(bytes.NewReader(f.xform), xform.Options{Files: f.files})
}

// neverAsk is the list of what no form of a team may ask.
const neverAsk = "never-ask.csv"

// forbidden finds what the form must not ask in a team. Errors: corrupt.
func forbidden(f *formFile) ([]xlsform.Issue, error) {
	file, err := assets.List(neverAsk)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	list, err := neverask.Read(file)
	if err != nil {
		return nil, err
	}
	switch {
	case f.compiled != nil:
		return list.Check(f.compiled.Asked), nil
	case f.book != nil:
		return list.Check(xlsform.AskedIn(f.book, xlsform.CompileOptions{})), nil
	}
	asked, err := neverask.Asked(bytes.NewReader(f.xform))
	if err != nil { // no XML: the engine says so
		return nil, nil //nolint:nilerr
	}
	return list.Check(asked), nil
}

// openForm reads and parses FORM.
func openForm(name string) (*xform.Form, error) {
	f, err := readForm(name)
	if err != nil {
		return nil, err
	}
	return f.open()
}

// openForTeam opens FORM for a notebook, whose team may not be asked everything.
// Errors: forbidden, those of openForm.
func openForTeam(name string) (*formFile, error) {
	f, err := readForm(name)
	if err != nil {
		return nil, err
	}
	found, err := forbidden(f)
	if err != nil {
		return nil, err
	}
	if len(found) > 0 {
		first := found[0]
		place := ""
		if cell := first.Cell().String(); cell != "" {
			place = cell + ": "
		}
		return nil, diagnostics.E("solidarenctl.form", diagnostics.CodeForbidden,
			place+first.In("fr")+" Rien n'a été enregistré. Voir « form check --for-team ».",
			place+first.In("en")+" Nothing was recorded. See “form check --for-team”.", nil)
	}
	_, err = f.open()
	return f, err
}

// openWith opens the form with the actions of a notebook's directory, where it
// has one, in the place of those that the program brings.
func (f *formFile) openWith(ctx context.Context, n *store.Notebook) (*xform.Form, error) {
	d, err := model.ReadDirectory(ctx, n)
	if err != nil {
		return nil, err
	}
	if len(d.Entries) > 0 {
		actions, err := d.CSV()
		if err != nil {
			return nil, err
		}
		others := f.files
		f.files = func(name string) (io.ReadCloser, error) {
			if name == model.ActionFile {
				return io.NopCloser(bytes.NewReader(actions)), nil
			}
			return others(name)
		}
	}
	return f.open()
}

func (f *formFile) open() (*xform.Form, error) {
	form, err := f.parse()
	if err != nil {
		return nil, refusedForm(err)
	}
	return form, nil
}
