package model

import (
	"bytes"
	"io"
	"path/filepath"
	"strings"

	"solidaren/assets"
	"solidaren/diagnostics"
	"solidaren/diagnostics/xform"
	"solidaren/diagnostics/xlsform"
	"solidaren/diagnostics/xlsform/neverask"
)

// FormFile is a questionnaire as its author wrote it: a workbook, or an XForm.
type FormFile struct {
	Name    string // "maraude.xlsx": what it is called, and what it is
	Content []byte

	xform    []byte            // nil where the workbook is refused
	book     *xlsform.Workbook // nil for an XForm
	compiled *xlsform.Result   // nil for an XForm, and where the workbook is refused
	files    Files
	fault    error // why it cannot be used
}

// Files opens a file that a form takes choices from, by its name.
type Files func(name string) (io.ReadCloser, error)

// ReadForm reads and compiles a questionnaire. One that is refused can be judged
// all the same; Err tells why.
func ReadForm(name string, content []byte, files Files) *FormFile {
	f := &FormFile{Name: name, Content: content, files: files}
	if strings.EqualFold(filepath.Ext(name), ".xml") {
		f.xform = content
		return f
	}
	if f.book, f.fault = xlsform.Read(name, bytes.NewReader(content)); f.fault != nil {
		f.book = nil
		return f
	}
	if f.compiled, f.fault = xlsform.Compile(f.book, xlsform.CompileOptions{}); f.fault != nil {
		return f
	}
	f.xform = f.compiled.XForm
	f.files = withItemsets(f.compiled.Itemsets, files)
	if isBook(name) {
		f.files = withPictures(content, f.files)
	}
	return f
}

// Err tells why the file is refused: xlsform.Errors where the workbook is written
// wrongly, invalid where it is none; nil if it is not.
func (f *FormFile) Err() error { return f.fault }

// XForm is the compiled form, nil where the workbook is refused.
func (f *FormFile) XForm() []byte { return f.xform }

// Warnings are those of the compiler.
func (f *FormFile) Warnings() []xlsform.Issue {
	if f.compiled == nil {
		return nil
	}
	return f.compiled.Warnings
}

// Parse makes the form ready to be filled. Errors: invalid.
func (f *FormFile) Parse() (*xform.Form, error) {
	if f.fault != nil {
		return nil, f.fault
	}
	return xform.Parse(bytes.NewReader(f.xform), xform.Options{Files: f.files})
}

// Open is Parse with a sentence for people. Errors: invalid.
func (f *FormFile) Open() (*xform.Form, error) {
	parsed, err := f.Parse()
	if err != nil {
		return nil, refusedForm(err)
	}
	return parsed, nil
}

// OpenForTeam opens the form for a notebook, whose team may not be asked
// everything. Errors: forbidden, those of Open.
func (f *FormFile) OpenForTeam() (*xform.Form, error) {
	if f.fault != nil {
		return nil, f.fault
	}
	found, err := f.forbidden()
	if err != nil {
		return nil, err
	}
	if len(found) > 0 {
		first := issuesOf(found[:1])[0]
		return nil, diagnostics.E("model.FormFile", diagnostics.CodeForbidden,
			first.In("fr")+" Rien n'a été enregistré. Voir « form check --for-team ».",
			first.In("en")+" Nothing was recorded. See “form check --for-team”.", nil)
	}
	return f.Open()
}

// cell is the place of a column of a question, none for an XForm.
func (f *FormFile) cell(path, column string) xlsform.Cell {
	if f.compiled == nil {
		return xlsform.Cell{}
	}
	return f.compiled.Cell(path, column)
}

// neverAsk is the list of what no form of a team may ask.
const neverAsk = "never-ask.csv"

// forbidden finds what the form must not ask in a team. Errors: corrupt.
func (f *FormFile) forbidden() ([]xlsform.Issue, error) {
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

// withItemsets opens itemsets.csv from the workbook itself, where it has the
// lists.
func withItemsets(itemsets []byte, files Files) Files {
	return func(name string) (io.ReadCloser, error) {
		if name == "itemsets.csv" && itemsets != nil {
			return io.NopCloser(bytes.NewReader(itemsets)), nil
		}
		return files(name)
	}
}

// teamFiles are the files that a questionnaire of a team takes choices from:
// those of the program. No other travels with it.
var teamFiles Files = assets.List

// setting is the place of a setting, none for an XForm.
func (f *FormFile) setting(name string) xlsform.Cell {
	if f.book == nil {
		return xlsform.Cell{}
	}
	return f.book.Setting(name)
}

// Offering puts actions, where there are any, in the place of those that the
// program brings.
func (f *FormFile) Offering(actions []byte) *FormFile {
	others := f.files
	if actions != nil {
		f.files = func(name string) (io.ReadCloser, error) {
			if name == ActionFile {
				return io.NopCloser(bytes.NewReader(actions)), nil
			}
			return others(name)
		}
	}
	return f
}
